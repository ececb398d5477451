package picture_test

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/sodale/sodale/app/document/picture"
)

// laid is a page on a table of that grey, turned clockwise by degrees and shrunk to a share of the picture's width.
func laid(page *image.Gray, table uint8, degrees, share float64) (*image.Gray, picture.Corners) {
	const w, h = 600, 800
	out := image.NewGray(image.Rect(0, 0, w, h))
	draw.Draw(out, out.Rect, image.NewUniform(color.Gray{table}), image.Point{}, draw.Src)
	pw, ph := float64(page.Rect.Dx()), float64(page.Rect.Dy())
	scale := pw / (share * w)
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	for y := range h {
		for x := range w {
			dx, dy := (float64(x)-w/2)*scale, (float64(y)-h/2)*scale
			u, v := int(pw/2+dx*cos+dy*sin), int(ph/2-dx*sin+dy*cos)
			if image.Pt(u, v).In(page.Rect) {
				out.Pix[y*out.Stride+x] = page.Pix[v*page.Stride+u]
			}
		}
	}
	var c picture.Corners
	for i, s := range [4][2]float64{{-1, -1}, {1, -1}, {1, 1}, {-1, 1}} {
		dx, dy := s[0]*pw/2/scale, s[1]*ph/2/scale
		c[i] = picture.Point{X: (w/2 + dx*cos - dy*sin) / w, Y: (h/2 + dx*sin + dy*cos) / h}
	}
	return out, c
}

func TestTheSheetOnATableIsFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		degrees := rapid.Float64Range(-12, 12).Draw(t, "degrees")
		share := rapid.Float64Range(0.5, 0.72).Draw(t, "share")
		photo, want := laid(ticket(), uint8(rapid.IntRange(0, 170).Draw(t, "table")), degrees, share)
		got, ok := picture.Page(photo)
		if !ok {
			t.Fatal("not found")
		}
		for i := range got {
			if math.Hypot(got[i].X-want[i].X, got[i].Y-want[i].Y) > 0.01 {
				t.Fatalf("corner %d at %.3f, want %.3f", i, got[i], want[i])
			}
		}
	})
}

func TestTheReceiptOnAPhotoIsFoundAndLiftedStraight(t *testing.T) {
	small := picture.Scale(photo(), 2000)
	c, ok := picture.Page(picture.Gray(small))
	if !ok {
		t.Fatal("not found")
	}
	page := picture.Lift(small, c)
	if skew := picture.Skew(picture.Gray(page)); math.Abs(skew) > 0.2 {
		t.Errorf("still %.1f° askew", skew)
	}
	if shape := float64(page.Rect.Dy()) / float64(page.Rect.Dx()); math.Abs(shape-math.Sqrt2) > 0.02 {
		t.Errorf("the page is %v", page.Rect)
	}
	if _, again := picture.Page(picture.Gray(page)); again {
		t.Error("a sheet found on the sheet")
	}
}

func TestInDoubtThereIsNoSheet(t *testing.T) {
	onWhite, _ := laid(ticket(), 235, 3, 0.7)
	cut, _ := laid(ticket(), 60, 3, 1.1)
	tiny, _ := laid(ticket(), 60, 3, 0.2)
	turned, _ := laid(ticket(), 60, 40, 0.5)
	two, _ := laid(ticket(), 60, 0, 0.5)
	draw.Draw(two, image.Rect(400, 66, 573, 333), image.White, image.Point{}, draw.Src)
	round := image.NewGray(image.Rect(0, 0, 900, 900))
	for y := range 900 {
		for x := range 900 {
			if math.Hypot(float64(x-450), float64(y-450)) < 350 {
				round.Pix[y*round.Stride+x] = 240
			}
		}
	}
	for name, g := range map[string]*image.Gray{
		"a scan": ticket(), "white on white": onWhite, "cut off on all sides": cut, "far away": tiny, "turned by 40°": turned,
		"two papers that overlap": two, "a plate": round, "an even grey": image.NewGray(image.Rect(0, 0, 800, 600)),
	} {
		if c, ok := picture.Page(g); ok {
			t.Errorf("%s: a sheet at %.2f", name, c)
		}
	}
}

func TestLiftingABoxIsCropping(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		img := noisy.Draw(t, "picture")
		side := rapid.Float64Range(-0.2, 1.2)
		l, r, top, b := side.Draw(t, "left"), side.Draw(t, "right"), side.Draw(t, "top"), side.Draw(t, "bottom")
		got := picture.Lift(img, picture.Box(l, top, r, b))
		px := func(share float64, of int) int { return int(math.Round(min(max(share, 0), 1) * float64(of))) }
		w, h := img.Rect.Dx(), img.Rect.Dy()
		want := image.Rectangle{Min: image.Pt(px(l, w), px(top, h)), Max: image.Pt(px(r, w), px(b, h))}
		if want.Empty() {
			if !got.Rect.Empty() {
				t.Fatalf("%v of nothing", got.Rect)
			}
			return
		}
		if !same(got, img.SubImage(want.Add(img.Rect.Min))) {
			t.Fatalf("%v, want %v", got.Rect, want)
		}
	})
}

func TestAnyCornersGiveAPicture(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		img := noisy.Draw(t, "picture")
		var c picture.Corners
		for i := range c {
			at := rapid.OneOf(rapid.Float64(), rapid.Float64Range(-0.5, 1.5))
			c[i] = picture.Point{X: at.Draw(t, "x"), Y: at.Draw(t, "y")}
		}
		got := picture.Lift(img, c)
		if diagonal := math.Hypot(float64(img.Rect.Dx()), float64(img.Rect.Dy())); float64(max(got.Rect.Dx(), got.Rect.Dy())) > diagonal+1 {
			t.Fatalf("%v of %v", got.Rect, img.Rect)
		}
	})
}

func TestCornersTurnWithTheirPicture(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		img := noisy.Draw(t, "picture")
		n := rapid.IntRange(-5, 5).Draw(t, "turns")
		w, h := float64(img.Rect.Dx()), float64(img.Rect.Dy())
		x0, y0 := rapid.IntRange(0, img.Rect.Dx()-1).Draw(t, "x0"), rapid.IntRange(0, img.Rect.Dy()-1).Draw(t, "y0")
		x1, y1 := rapid.IntRange(x0+1, img.Rect.Dx()).Draw(t, "x1"), rapid.IntRange(y0+1, img.Rect.Dy()).Draw(t, "y1")
		c := picture.Box(float64(x0)/w, float64(y0)/h, float64(x1)/w, float64(y1)/h)
		before, after := picture.Turn(picture.Lift(img, c), n), picture.Lift(picture.Turn(img, n), c.Turn(n))
		if !same(before, after) {
			t.Fatalf("%v and %v", before.Rect, after.Rect)
		}
	})
}
