package newclaim

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"testing"

	"pgregory.net/rapid"

	"github.com/sodale/sodale/app/document"
)

func TestPagesAreMovedTurnedAndLeftOutAndNeverLost(t *testing.T) { // CLM-13
	rapid.Check(t, func(t *rapid.T) {
		b := binder{}
		b.add("a", "a.pdf", []byte("a"), rapid.IntRange(1, 4).Draw(t, "a"))
		b.add("b", "b.jpg", []byte("b"), 1)
		left := len(b.leaves)
		for range rapid.IntRange(0, 20).Draw(t, "acts") {
			b.at = rapid.IntRange(0, len(b.leaves)-1).Draw(t, "at")
			before := b.leaves[b.at]
			switch rapid.IntRange(0, 2).Draw(t, "act") {
			case 0:
				b.move(rapid.SampledFrom([]int{-1, 1}).Draw(t, "by"))
			case 1:
				b.turn(rapid.SampledFrom([]int{-1, 1}).Draw(t, "quarters"))
				before.turn = b.leaves[b.at].turn
			case 2:
				b.remove()
				left = max(1, left-1)
				continue
			}
			if now := b.leaves[b.at]; now.file != before.file || now.index != before.index || now.turn != before.turn || now.turn < 0 || now.turn > 3 {
				t.Fatalf("looked at %+v, now %+v", before, now)
			}
		}
		if len(b.leaves) != left || b.at < 0 || b.at >= left {
			t.Fatalf("%d pages at %d, want %d", len(b.leaves), b.at, left)
		}
	})
}

// drawer draws every page in one grey and notes what it was asked for.
type drawer struct {
	document.Previewer
	asked []document.Request
}

func (d *drawer) Look(context.Context, []byte) (document.Info, error) {
	return document.Info{Kind: document.TIFF, Pages: 1}, nil
}

func (d *drawer) Page(_ context.Context, _ []byte, r document.Request) (*image.RGBA, error) {
	d.asked = append(d.asked, r)
	img := image.NewRGBA(image.Rect(0, 0, 200, 300))
	for i := range img.Pix {
		img.Pix[i] = 0xf0
	}
	img.Set(20, 20, color.Black)
	return img, nil
}

func (d *drawer) Text(context.Context, []byte, int) ([]document.Line, error) { return nil, nil }

func TestWhatIsBoundHasItsTurnsAndItsOrder(t *testing.T) { // CLM-13
	b := binder{}
	b.add("a", "a.tif", []byte("II*\x00a"), 2)
	b.move(1)
	b.turn(1)
	d := &drawer{}
	file, err := b.bind(t.Context(), d, document.MaxSize, nil)
	if err != nil || file.Kind != document.PDF || !bytes.HasPrefix(file.Data, []byte("%PDF-")) {
		t.Fatalf("%s %v", file.Kind, err)
	}
	if len(d.asked) < 2 || d.asked[0].Page != 1 || d.asked[0].Turn != 0 || d.asked[len(d.asked)-1].Page != 0 || d.asked[len(d.asked)-1].Turn != 1 {
		t.Fatalf("asked for %+v", d.asked)
	}
}
