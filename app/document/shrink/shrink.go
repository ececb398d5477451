// Package shrink makes a file that is too large to be sent fit: a photo becomes a smaller JPEG, a scan a PDF of lighter
// pages. Text read by a machine from the result differs by no more than 1 % from that read before (a test measures it).
// What no longer fits without becoming illegible is refused, with a word on what to do instead.
package shrink

import (
	"context"
	"errors"
	"image"
	"strconv"

	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/document/compose"
	"github.com/sodale/sodale/app/fault"
)

// Codes of a file that can't be shrunk.
const (
	CodeHasText  fault.Code = "shrink.has-text"  // a PDF with text: as pictures it would lose it
	CodeTooLarge fault.Code = "shrink.too-large" // Values: Max, Pages
)

// Result is a file made to fit, beside the one that it comes from.
type Result struct {
	Kind          document.Kind // PDF or JPEG; TIFF only where nothing had to be done
	Data          []byte
	Before, After int64 // bytes
	Pages         int   // in both the same
	source        []byte
}

// Fit makes data fit into limit bytes. A file that fits already comes back as it is, unless it is a PNG, which can't be
// attached and becomes a JPEG. Otherwise the result has all pages,
// never more bytes than limit, and nothing of what cameras and scanners write beside the picture (EXIF, place, device).
// step may be nil; it is told how many pages are done. It ends early with ctx's error.
//
// Errors: CodeHasText, CodeTooLarge, and those of package document for a file that can't be opened.
func Fit(ctx context.Context, p document.Previewer, data []byte, limit int64, step compose.Step) (*Result, error) {
	info, err := p.Look(ctx, data)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, err
	}
	r := &Result{Kind: info.Kind, Data: data, Before: int64(len(data)), After: int64(len(data)), Pages: info.Pages, source: data}
	if r.Before <= limit && !document.Convertible(r.Kind) {
		return r, nil
	}
	pages := make([]compose.Page, info.Pages)
	for i := range pages {
		pages[i] = compose.Page{Source: data, Index: i}
	}
	file, err := compose.Make(ctx, p, pages, limit, step)
	if err != nil {
		return nil, named(err, info.Pages)
	}
	r.Kind, r.Data, r.After = file.Kind, file.Data, int64(len(file.Data))
	return r, nil
}

// named gives an error of compose the code of this package, whose sentence says what to do with this one file.
func named(err error, pages int) error {
	var f *fault.Error
	if !errors.As(err, &f) {
		return err
	}
	switch f.Code {
	case compose.CodeHasText:
		return fault.Wrap(CodeHasText, "shrink.fit", "", err)
	case compose.CodeTooLarge:
		return fault.Wrap(CodeTooLarge, "shrink.fit", "", err).With("Max", f.Values["Max"]).With("Pages", strconv.Itoa(pages))
	}
	return err
}

// Sides draws a page, from 0, before and after, each as large as fits into maxWidth by maxHeight device pixels.
func (r *Result) Sides(ctx context.Context, p document.Previewer, page, maxWidth, maxHeight int) (before, after *image.RGBA, err error) {
	request := document.Request{Page: page, MaxWidth: maxWidth, MaxHeight: maxHeight}
	if before, err = p.Page(ctx, r.source, request); err != nil {
		return nil, nil, err
	}
	if after, err = p.Page(ctx, r.Data, request); err != nil {
		return nil, nil, err
	}
	return before, after, nil
}
