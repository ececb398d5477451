package picture_test

import (
	"image"
	"math"
	"testing"

	"github.com/sodale/sodale/app/document/picture"
)

// fanned is a page whose lines run by fan degrees more at the foot than at the head, as a camera at its side sees it.
func fanned(g *image.Gray, fan float64) *image.Gray {
	out := image.NewGray(g.Rect)
	w, h := g.Rect.Dx(), g.Rect.Dy()
	for y := range h {
		for x := range w {
			out.Pix[y*out.Stride+x] = 255
			slope := math.Tan(fan * math.Pi / 180 * (float64(y)/float64(h) - 0.5))
			if v := y - int(math.Round(slope*float64(x-w/2))); v >= 0 && v < h {
				out.Pix[y*out.Stride+x] = g.Pix[v*g.Stride+x]
			}
		}
	}
	return out
}

func TestLinesThatSpreadLikeAFanAreSetLevel(t *testing.T) {
	for _, fan := range []float64{-5, 1.5} {
		for _, angle := range []float64{0, 1.5} {
			level := picture.Level(picture.Rotate(fanned(picture.Scale(ticket(), 1200), fan), angle))
			w, h := level.Rect.Dx(), level.Rect.Dy()
			for _, band := range []image.Rectangle{image.Rect(0, 0, w, h/2), image.Rect(0, h/3, w, h)} {
				if got := picture.Skew(picture.Crop(level, band)); math.Abs(got) > 0.4 {
					t.Errorf("fan %.1f°, angle %.1f°: lines of %v still run by %.1f°", fan, angle, band, got)
				}
			}
		}
	}
}

func TestALevelPageAndAnEmptyOneStayAsTheyAre(t *testing.T) {
	empty := image.NewGray(image.Rect(0, 0, 800, 1100))
	for name, g := range map[string]*image.Gray{"level": ticket(), "empty": empty} {
		if picture.Level(g) != g {
			t.Errorf("%s: changed", name)
		}
	}
}

func BenchmarkLevel(b *testing.B) {
	g := ticket()
	for b.Loop() {
		picture.Level(g)
	}
}
