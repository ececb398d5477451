package picture_test

import (
	"image"
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/sodale/sodale/app/document/picture"
)

func TestSkewIsTheAngleOfTheLines(t *testing.T) {
	for _, page := range []*image.Gray{ticket(), dentist()} {
		for _, angle := range []float64{-6, -4.2, -1.5, -0.4, 0, 0.3, 2.2, 5.5} {
			if got := picture.Skew(picture.Rotate(page, angle)); math.Abs(got-angle) > 0.15 {
				t.Errorf("%.1f°, want %.1f°", got, angle)
			}
		}
	}
}

func TestAPageSetStraightIsStraight(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		askew := picture.Rotate(picture.Scale(ticket(), 1000), rapid.Float64Range(-5.5, 5.5).Draw(t, "angle"))
		if got := picture.Skew(picture.Deskew(askew)); math.Abs(got) >= 0.2 {
			t.Fatalf("%.1f°", got)
		}
	})
}

func TestAStraightPageAndAnEmptyOneStayAsTheyAre(t *testing.T) {
	empty := image.NewGray(image.Rect(0, 0, 800, 1100))
	for name, g := range map[string]*image.Gray{"straight": ticket(), "empty": empty} {
		if picture.Deskew(g) != g {
			t.Errorf("%s: turned by %.1f°", name, picture.Skew(g))
		}
	}
}

func TestColourTurnsAsGreyDoes(t *testing.T) {
	colour := picture.Scale(photo(), 500)
	a, b := picture.Gray(picture.Rotate(colour, 2)), picture.Rotate(picture.Gray(colour), 2)
	for i := range a.Pix {
		if d := int(a.Pix[i]) - int(b.Pix[i]); d < -2 || d > 2 {
			t.Fatalf("pixel %d: %d and %d", i, a.Pix[i], b.Pix[i])
		}
	}
}
