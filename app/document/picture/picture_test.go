package picture_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"math/rand/v2"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/sodale/sodale/app/document/picture"
	"github.com/sodale/sodale/app/document/sample"
)

// Pages that many tests look at, drawn once.
var (
	ticket   = sync.OnceValue(func() *image.Gray { return sample.Ticket().Drawn(200) })
	dentist  = sync.OnceValue(func() *image.Gray { return sample.Dentist().Drawn(200) })
	analyses = sync.OnceValue(func() *image.Gray { return sample.Analyses().Drawn(200) })
	photo    = sync.OnceValue(func() *image.RGBA {
		img, err := jpeg.Decode(bytes.NewReader(sample.Ticket().Photo(0)))
		if err != nil {
			panic(err)
		}
		out := image.NewRGBA(img.Bounds())
		for y := range out.Rect.Dy() {
			for x := range out.Rect.Dx() {
				out.Set(x, y, img.At(x, y))
			}
		}
		return out
	})
)

// noisy draws a small colour picture, at times a part of a larger one.
var noisy = rapid.Custom(func(t *rapid.T) *image.RGBA {
	w, h := rapid.IntRange(1, 40).Draw(t, "w"), rapid.IntRange(1, 40).Draw(t, "h")
	img := image.NewRGBA(image.Rect(0, 0, w+8, h+8))
	r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
	for i := range img.Pix {
		img.Pix[i] = uint8(r.Uint32())
	}
	x, y := rapid.IntRange(0, 8).Draw(t, "x"), rapid.IntRange(0, 8).Draw(t, "y")
	return img.SubImage(image.Rect(x, y, x+w, y+h)).(*image.RGBA)
})

func same(a, b image.Image) bool {
	size := a.Bounds().Size()
	if b.Bounds().Size() != size {
		return false
	}
	for y := range size.Y {
		for x := range size.X {
			if a.At(a.Bounds().Min.X+x, a.Bounds().Min.Y+y) != b.At(b.Bounds().Min.X+x, b.Bounds().Min.Y+y) {
				return false
			}
		}
	}
	return true
}

func TestFourQuarterTurnsAreNone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		img := noisy.Draw(t, "picture")
		once := picture.Turn(img, 1)
		if !same(img, picture.Turn(picture.Turn(picture.Turn(once, 1), 1), 1)) {
			t.Fatal("not the same")
		}
		n := rapid.IntRange(-9, 9).Draw(t, "n")
		if !same(picture.Turn(img, n), picture.Turn(picture.Turn(img, n-1), 1)) || !same(picture.Turn(img, n), picture.Turn(img, n+4)) {
			t.Fatalf("%d turns", n)
		}
		if !same(picture.Gray(once), picture.Turn(picture.Gray(img), 1)) {
			t.Fatal("grey turns otherwise than colour")
		}
	})
}

func TestATurnIsClockwise(t *testing.T) {
	img := image.NewGray(image.Rect(0, 0, 3, 2))
	copy(img.Pix, []uint8{1, 2, 3, 4, 5, 6})
	for turns, want := range map[int][]uint8{1: {4, 1, 5, 2, 6, 3}, 2: {6, 5, 4, 3, 2, 1}, 3: {3, 6, 2, 5, 1, 4}} {
		if got := picture.Turn(img, turns); !bytes.Equal(got.Pix, want) {
			t.Errorf("%d: %v, want %v", turns, got.Pix, want)
		}
	}
}

func TestGreyIsTheLumaOfColour(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		img := noisy.Draw(t, "picture")
		for i := 3; i < len(img.Pix); i += 4 {
			img.Pix[i] = 255
		}
		g := picture.Gray(img)
		for y := range g.Rect.Dy() {
			for x := range g.Rect.Dx() {
				want := color.GrayModel.Convert(img.At(img.Rect.Min.X+x, img.Rect.Min.Y+y)).(color.Gray).Y
				if got := g.GrayAt(x, y).Y; math.Abs(float64(got)-float64(want)) > 1 {
					t.Fatalf("%d, want %d", got, want)
				}
			}
		}
	})
}

func TestACropIsThatPart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		img := noisy.Draw(t, "picture")
		edge := rapid.IntRange(-10, 50)
		r := image.Rect(edge.Draw(t, "x0"), edge.Draw(t, "y0"), edge.Draw(t, "x1"), edge.Draw(t, "y1"))
		part := r.Add(img.Rect.Min).Intersect(img.Rect)
		if got := picture.Crop(img, r); !same(img.SubImage(part), got) && !part.Empty() || got.Rect.Size() != part.Size() {
			t.Fatalf("%v of %v: %v", r, img.Rect, got.Rect)
		}
	})
}

func TestScalingKeepsShapeAndLight(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		img := picture.Gray(noisy.Draw(t, "picture"))
		longest := rapid.IntRange(1, 50).Draw(t, "longest")
		got := picture.Scale(img, longest)
		w, h := img.Rect.Dx(), img.Rect.Dy()
		if max(w, h) <= longest {
			if got != img {
				t.Fatal("changed though it fits")
			}
			return
		}
		if max(got.Rect.Dx(), got.Rect.Dy()) != longest {
			t.Fatalf("%v", got.Rect)
		}
		if math.Abs(float64(got.Rect.Dx())*float64(h)-float64(got.Rect.Dy())*float64(w)) > float64(max(w, h)) {
			t.Fatalf("%d × %d became %v", w, h, got.Rect)
		}
		if d := mean(got) - mean(img); math.Abs(d) > 1.5 {
			t.Fatalf("the light changed by %.2f", d)
		}
	})
}

func mean(g *image.Gray) float64 {
	sum := 0
	for y := range g.Rect.Dy() {
		for x := range g.Rect.Dx() {
			sum += int(g.GrayAt(g.Rect.Min.X+x, g.Rect.Min.Y+y).Y)
		}
	}
	return float64(sum) / float64(g.Rect.Dx()*g.Rect.Dy())
}

func TestFlattenedPaperIsWhiteWhateverTheLight(t *testing.T) {
	shaded := shade(ticket())
	flat := picture.Flatten(shaded)
	for _, p := range []image.Point{{20, 20}, {1600, 30}, {30, 2300}, {1600, 2300}, {827, 1000}} {
		if v := flat.GrayAt(p.X, p.Y).Y; v < 235 || v > 252 {
			t.Errorf("paper at %v is %d (was %d)", p, v, shaded.GrayAt(p.X, p.Y).Y)
		}
	}
	if a, b := inked(ticket()), inked(flat); math.Abs(a-b) > 0.1*a {
		t.Errorf("ink: %.4f of the page, before %.4f", b, a)
	}
}

// shade darkens a page towards its lower right, to a third.
func shade(g *image.Gray) *image.Gray {
	out := image.NewGray(g.Rect)
	w, h := g.Rect.Dx(), g.Rect.Dy()
	for y := range h {
		for x := range w {
			out.Pix[y*out.Stride+x] = uint8(float64(g.Pix[y*g.Stride+x]) * (0.9 - 0.3*float64(x)/float64(w) - 0.3*float64(y)/float64(h)))
		}
	}
	return out
}

func inked(g *image.Gray) float64 {
	n := 0
	for _, v := range g.Pix {
		if v < 128 {
			n++
		}
	}
	return float64(n) / float64(len(g.Pix))
}

func TestNoPictureIsTooSmall(t *testing.T) {
	for w := range 12 {
		for h := range 12 {
			g := image.NewGray(image.Rect(0, 0, w, h))
			for i := range g.Pix {
				g.Pix[i] = uint8(i * 37)
			}
			picture.Flatten(g)
			picture.Deskew(g)
			picture.Rotate(g, 3)
			picture.Flaws(g)
			picture.Print(g)
			picture.Turn(g, 1)
			picture.Scale(g, 1)
			picture.Lift(g, picture.Corners{{0.1, 0}, {1, 0.1}, {0.9, 1}, {0, 0.9}})
			if _, ok := picture.Page(g); ok {
				t.Errorf("a sheet on %d × %d pixels", w, h)
			}
		}
	}
}
