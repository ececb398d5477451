package document

import (
	"context"
	"image"
	"math"

	"github.com/sodale/sodale/app/document/wire"
	"github.com/sodale/sodale/app/fault"
)

// Converter draws the files that can't be attached as they are.
type Converter interface {
	// Convert draws a file of a Convertible kind: upright, on white, at its own size, or smaller with the same shape
	// where that is more than wire.MaxPixels. CodeKind for a file of another kind, else the codes of Previewer.
	Convert(ctx context.Context, data []byte) (*image.RGBA, error)
}

var _ Converter = (*Pool)(nil)

// patience is how many times the deadline of other calls a photo may take: half of it is a slow computer's.
const patience = 6

// Convert implements Converter. Each HEIC photo has a worker of its own that ends with it, one at a time.
func (p *Pool) Convert(ctx context.Context, data []byte) (*image.RGBA, error) {
	kind, err := known(data)
	if err == nil {
		err = fits(data, MaxPreview)
	}
	if err != nil {
		return nil, err
	}
	switch kind {
	case PNG:
		return p.whole(ctx, data)
	case HEIC:
		return p.photo(ctx, data)
	}
	return nil, fault.New(CodeKind, "document.convert", "")
}

// whole draws a PNG at its own size.
func (p *Pool) whole(ctx context.Context, data []byte) (*image.RGBA, error) {
	images, err := imagePages(PNG, data)
	if err != nil {
		return nil, err
	}
	return p.Page(ctx, data, Request{MaxWidth: int(images[0].w), MaxHeight: int(images[0].h)})
}

// photo has a new worker draw a HEIC photo.
func (p *Pool) photo(ctx context.Context, data []byte) (*image.RGBA, error) {
	if err := sit(ctx, p.photos); err != nil {
		return nil, err
	}
	defer func() { <-p.photos }()
	ctx, cancel := context.WithTimeout(ctx, patience*p.config.Deadline)
	defer cancel()
	if p.over() {
		return nil, fault.Wrap(CodeNoWorker, "document.convert", "", errClosed)
	}
	c, err := begin(ctx, p.config, wire.Photos)
	if err != nil {
		return nil, err
	}
	defer c.end()
	q := wire.Request{Op: wire.Draw, Kind: wire.HEIC, DPI: 72, MaxPixels: wire.MaxPixels}
	var img *image.RGBA
	a, err := c.call(ctx, data, math.MaxUint64, q, func(a wire.Answer, c *child) error {
		img = image.NewRGBA(image.Rect(0, 0, int(a.Width), int(a.Height)))
		return c.payload(img.Pix)
	})
	if err != nil {
		return nil, broken(ctx, err)
	}
	if err := statusError(a); err != nil {
		return nil, err
	}
	return img, nil
}
