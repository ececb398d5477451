package newclaim

import (
	"context"
	"image"

	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/document/compose"
	"github.com/sodale/sodale/app/document/picture"
)

// leaf is one page of the file that is being made.
type leaf struct {
	file   string // id of the attachment that it comes from
	name   string // of that file
	source []byte
	index  int  // which page of it, from 0
	turn   int  // quarter turns clockwise
	cut    bool // to the sheet, with its lines set level
}

// binder holds the pages of the file that is being made, in their order. It is pure: the sheet shows it.
type binder struct {
	leaves []leaf
	at     int // the page that is looked at
}

// add puts the pages of a file behind those there are.
func (b *binder) add(file, name string, source []byte, pages int) {
	for i := range pages {
		b.leaves = append(b.leaves, leaf{file: file, name: name, source: source, index: i})
	}
}

// move moves the page that is looked at up (-1) or down (+1).
func (b *binder) move(by int) {
	to := b.at + by
	if to < 0 || to >= len(b.leaves) {
		return
	}
	b.leaves[b.at], b.leaves[to] = b.leaves[to], b.leaves[b.at]
	b.at = to
}

// turn turns the page that is looked at by quarter turns clockwise.
func (b *binder) turn(quarters int) {
	b.leaves[b.at].turn = (b.leaves[b.at].turn + quarters + 4) % 4
}

// cut cuts the page that is looked at to the sheet, or gives back what was cut off.
func (b *binder) cut(on bool) { b.leaves[b.at].cut = on }

// remove leaves the page that is looked at out. The only page stays.
func (b *binder) remove() {
	if len(b.leaves) == 1 {
		return
	}
	b.leaves = append(b.leaves[:b.at:b.at], b.leaves[b.at+1:]...)
	b.at = min(b.at, len(b.leaves)-1)
}

// files lists the attachments whose pages are in it, each once.
func (b *binder) files() []string {
	var list []string
	seen := map[string]bool{}
	for _, l := range b.leaves {
		if !seen[l.file] {
			seen[l.file] = true
			list = append(list, l.file)
		}
	}
	return list
}

// draw draws a page as it will be, fitted into a square of device pixels.
func (l leaf) draw(ctx context.Context, p document.Previewer, side int) (*image.RGBA, error) {
	drawn, err := p.Page(ctx, l.source, document.Request{Page: l.index, MaxWidth: side, MaxHeight: side, Turn: l.turn})
	if err != nil || !l.cut {
		return drawn, err
	}
	if corners, found := picture.Page(picture.Gray(drawn)); found {
		return picture.Lift(drawn, corners), nil
	}
	return drawn, nil
}

// cutSide is the side, in pixels, of the drawing on which the edges of a sheet are looked for.
const cutSide = 1200

// bind makes one file of the pages, of at most limit bytes. Errors are those of compose.Make.
func (b *binder) bind(ctx context.Context, p document.Previewer, limit int64, step compose.Step) (compose.File, error) {
	pages := make([]compose.Page, len(b.leaves))
	for i, l := range b.leaves {
		pages[i] = compose.Page{Source: l.source, Index: l.index, Turn: l.turn, Deskew: l.cut}
		if !l.cut {
			continue
		}
		drawn, err := p.Page(ctx, l.source, document.Request{Page: l.index, MaxWidth: cutSide, MaxHeight: cutSide, Turn: l.turn})
		if err != nil {
			return compose.File{}, err
		}
		if corners, found := picture.Page(picture.Gray(drawn)); found {
			pages[i].Crop = corners
		}
	}
	return compose.Make(ctx, p, pages, limit, step)
}
