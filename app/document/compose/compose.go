// Package compose makes one file of pages: put in order, turned, cut to the sheet, set straight, as a PDF or a JPEG that is
// no larger than a limit. It works on pixels that the previewer drew, never on the bytes of a file from outside; so nothing
// of a source but how it looks reaches the result: no place where a photo was taken, no name of a camera or an author. The
// same pages give the same bytes.
//
// Pages of a PDF that carry text are refused: as pixels they would lose it, and with it the best way to read them.
package compose

import (
	"context"
	"image"
	"unicode"

	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/document/picture"
	"github.com/sodale/sodale/app/fault"
)

// Codes of a file that can't be made. Beside them, Make answers those of package document about its sources.
const (
	CodeHasText  fault.Code = "compose.has-text"  // a page carries text: it is never turned into a picture
	CodeTooLarge fault.Code = "compose.too-large" // Values: Max; too many pages for the limit, however they are written
	CodeFailed   fault.Code = "compose.failed"    // the file can't be written
)

// MinText is from how many characters on, spaces left out, a page of a PDF counts as text. Fewer are a scanner's stamp.
const MinText = 20

// Page is one page of the file to be made.
type Page struct {
	Source []byte // the PDF, JPEG, TIFF or PNG that it comes from; not changed
	Index  int    // which page of it, from 0
	Turn   int    // quarter turns clockwise
	// Crop is the sheet on the turned page; what lies around it is left out, perspective is undone. The zero value keeps
	// the whole page.
	Crop   picture.Corners
	Deskew bool // set its lines level
}

// File is what was made.
type File struct {
	Kind document.Kind // PDF or JPEG
	Data []byte
}

// Step is told, before each page, how many are done and how many there are. It may be nil.
type Step func(done, of int)

// Make makes one file of the pages, in their order, of at most limit bytes. A single JPEG or PNG becomes a JPEG, in
// colour if there is room. All else becomes a PDF of A4 pages, grey with the light evened out, or black and white where that is
// all there is, or all there is room for; no page is ever left out. It ends early with ctx's error.
//
// Errors: the codes above; those of document, also for a page that does not exist.
func Make(ctx context.Context, p document.Previewer, pages []Page, limit int64, step Step) (File, error) {
	if step == nil {
		step = func(int, int) {}
	}
	if len(pages) == 0 {
		return File{}, fault.New(document.CodeNoPage, "compose.make", "")
	}
	for _, page := range pages {
		if err := refuseText(ctx, p, page); err != nil {
			return File{}, err
		}
	}
	if len(pages) == 1 && isPhoto(pages[0].Source) {
		return photo(ctx, p, pages[0], limit, step)
	}
	return booklet(ctx, p, pages, limit, step)
}

// isPhoto reports whether a file is one picture, which a JPEG can hold.
func isPhoto(data []byte) bool {
	kind := document.Sniff(data)
	return kind == document.JPEG || kind == document.PNG
}

// refuseText answers CodeHasText for a page of a PDF that carries text.
func refuseText(ctx context.Context, p document.Previewer, page Page) error {
	if document.Sniff(page.Source) != document.PDF {
		return nil
	}
	lines, err := p.Text(ctx, page.Source, page.Index)
	if err != nil {
		return ended(ctx, err)
	}
	n := 0
	for _, line := range lines {
		for _, r := range line.Text {
			if !unicode.IsSpace(r) {
				n++
			}
		}
	}
	if n >= MinText {
		return fault.New(CodeHasText, "compose.make", "")
	}
	return nil
}

// photo makes the JPEG.
func photo(ctx context.Context, p document.Previewer, page Page, limit int64, step Step) (File, error) {
	step(0, 1)
	img, err := draw(ctx, p, page)
	if err != nil {
		return File{}, err
	}
	for _, r := range photoRungs {
		if err := ctx.Err(); err != nil {
			return File{}, err
		}
		data, err := r.write(img, limit)
		if err != nil {
			return File{}, err
		}
		if data != nil {
			step(1, 1)
			return File{document.JPEG, data}, nil
		}
	}
	return File{}, tooLarge(limit)
}

// booklet makes the PDF. Each page is drawn once and written in all ways that may still fit; the best one that fits with
// all pages is taken.
func booklet(ctx context.Context, p document.Previewer, pages []Page, limit int64, step Step) (File, error) {
	ways := sheetWays()
	for i, page := range pages {
		step(i, len(pages))
		img, err := draw(ctx, p, page)
		if err != nil {
			return File{}, err
		}
		if ways, err = ways.add(img, limit); err != nil {
			return File{}, err
		}
		if len(ways) == 0 {
			return File{}, tooLarge(limit)
		}
	}
	for _, w := range ways {
		data := bind(w.sheets)
		if int64(len(data)) <= limit {
			step(len(pages), len(pages))
			return File{document.PDF, data}, nil
		}
	}
	return File{}, tooLarge(limit)
}

// Resolutions to draw at. Of an image in a file no more pixels come than it has, so that of a photo all are asked for.
const (
	scanDPI  = 300
	imageDPI = 2400
)

// draw has one page drawn and mends it.
func draw(ctx context.Context, p document.Previewer, page Page) (*image.RGBA, error) {
	dpi := float64(imageDPI)
	if document.Sniff(page.Source) == document.PDF {
		dpi = scanDPI
	}
	img, err := p.Page(ctx, page.Source, document.Request{Page: page.Index, DPI: dpi, Turn: page.Turn})
	if err != nil {
		return nil, ended(ctx, err)
	}
	if page.Crop != (picture.Corners{}) {
		img = picture.Lift(img, page.Crop)
	}
	if page.Deskew {
		img = picture.Deskew(img)
	}
	if img.Rect.Empty() {
		return nil, fault.New(document.CodeNoPage, "compose.crop", "")
	}
	return img, ctx.Err()
}

// ended is ctx's own error once it has ended, so that who gave up isn't told that something took too long.
func ended(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

func tooLarge(limit int64) error {
	return fault.New(CodeTooLarge, "compose.make", "").With("Max", document.Megabytes(limit))
}

// failed is an error of an encoder, which a picture in memory gives no reason for.
func failed(err error) error {
	return fault.Wrap(CodeFailed, "compose.write", "", err)
}
