package code

import (
	"context"
	"image"
	"slices"
	"time"

	"github.com/sodale/sodale/app/document/picture"
)

// longest is the side that a page is made smaller to, in pixels: A4 at 300 dpi, where a module of a pagoPA code has nine.
const longest = 3508

// patience is how long a page is searched for a QR code. On most pages there is none.
const patience = 5 * time.Second

// Read returns what the codes on a page say, each once, QR codes first. A page is first looked at as it is, then in the
// ways that bring out what is dim, speckled, small, askew or lying, until one shows a QR code. It ends between two of
// these ways when ctx does, with its error, and after some seconds in any case.
func Read(ctx context.Context, page *image.Gray) ([]Code, error) {
	if page == nil || page.Rect.Empty() {
		return nil, nil
	}
	page = picture.Scale(page, longest)
	enough, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var texts []string
	for _, way := range ways {
		if enough.Err() != nil {
			break
		}
		if texts = qrCodes(way(page)); len(texts) > 0 {
			break
		}
	}
	for quarter := range 2 {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		texts = append(texts, barcodes(picture.Turn(page, quarter))...)
	}
	return parsed(texts), nil
}

// parsed says what the texts are, each once.
func parsed(texts []string) []Code {
	var codes []Code
	for _, t := range texts {
		if c := Parse(t); !slices.Contains(codes, c) {
			codes = append(codes, c)
		}
	}
	return codes
}
