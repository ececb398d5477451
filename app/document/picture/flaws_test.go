package picture_test

import (
	"encoding/json"
	"image"
	"image/color"
	"image/draw"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/document/picture"
	"github.com/sodale/sodale/app/document/sample"
)

// smeared is a page out of focus: each pixel the average of those within reach, twice.
func smeared(g *image.Gray, reach int) *image.Gray {
	out := g
	for range 2 {
		for range 2 {
			next := image.NewGray(out.Rect)
			for y := range out.Rect.Dy() {
				row, to := out.Pix[y*out.Stride:][:out.Rect.Dx()], next.Pix[y*next.Stride:]
				for x := range row {
					from, end := max(0, x-reach), min(len(row), x+reach+1)
					sum := 0
					for _, v := range row[from:end] {
						sum += int(v)
					}
					to[x] = uint8(sum / (end - from))
				}
			}
			out = picture.Turn(next, 1)
		}
		out = picture.Turn(out, 2)
	}
	return out
}

// grained adds noise.
func grained(g *image.Gray, deviation float64) *image.Gray {
	r := rand.New(rand.NewPCG(3, 4))
	out := image.NewGray(g.Rect)
	for i, v := range g.Pix {
		out.Pix[i] = uint8(min(max(float64(v)+r.NormFloat64()*deviation, 0), 255))
	}
	return out
}

// lit is a page in that share of the light.
func lit(g *image.Gray, share float64) *image.Gray {
	out := image.NewGray(g.Rect)
	for i, v := range g.Pix {
		out.Pix[i] = uint8(float64(v) * share)
	}
	return out
}

func paper(w, h int) *image.Gray {
	g := image.NewGray(image.Rect(0, 0, w, h))
	draw.Draw(g, g.Rect, image.NewUniform(color.Gray{235}), image.Point{}, draw.Src)
	return g
}

func TestFlawsAreWhatTheEyeSees(t *testing.T) {
	onTable, _ := laid(ticket(), 60, 3, 0.7)
	blankOnTable, _ := laid(paper(1000, 1414), 60, 3, 0.7)
	punched := paper(1654, 2339)
	draw.Draw(punched, image.Rect(20, 1000, 60, 1040), image.Black, image.Point{}, draw.Src)
	for _, c := range []struct {
		name string
		page *image.Gray
		want []document.Flaw
	}{
		{"a clean page", ticket(), nil},
		{"a page at 100 dpi", sample.Dentist().Drawn(100), nil},
		{"a page at 300 dpi", sample.Analyses().Drawn(300), nil},
		{"a grainy page", grained(ticket(), 12), nil},
		{"a shaded page", shade(ticket()), nil},
		{"a photo", picture.Gray(photo()), nil},
		{"a page on a table", onTable, nil},
		{"empty paper", paper(1654, 2339), []document.Flaw{document.Blank}},
		{"grainy empty paper", grained(paper(1654, 2339), 12), []document.Flaw{document.Blank}},
		{"shaded empty paper", shade(paper(1654, 2339)), []document.Flaw{document.Blank}},
		{"empty paper with a punched hole", punched, []document.Flaw{document.Blank}},
		{"empty paper on a table", blankOnTable, []document.Flaw{document.Blank}},
		{"out of focus", smeared(sample.Ticket().Drawn(150), 5), []document.Flaw{document.Blurred}},
		{"out of focus and grainy", grained(smeared(sample.Ticket().Drawn(150), 5), 8), []document.Flaw{document.Blurred}},
		{"in the dark", lit(ticket(), 0.25), []document.Flaw{document.Dark}},
		{"empty, in the dark", lit(paper(800, 1100), 0.25), []document.Flaw{document.Blank, document.Dark}},
		{"no pixels", &image.Gray{}, []document.Flaw{document.Blank}},
	} {
		if got := picture.Flaws(c.page); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestAPageSavedAgainHasTheSamePrint(t *testing.T) {
	again := grained(picture.Scale(lit(ticket(), 0.9), 1400), 4)
	if d := picture.Print(ticket()).Distance(picture.Print(again)); d > picture.MaybeSame {
		t.Errorf("a copy is at %d", d)
	}
	for name, other := range map[string]*image.Gray{
		"another paper": dentist(), "turned": picture.Turn(ticket(), 1), "cropped": picture.Crop(ticket(), image.Rect(0, 300, 1654, 1500)),
	} {
		if d := picture.Print(ticket()).Distance(picture.Print(other)); d <= 2*picture.MaybeSame {
			t.Errorf("%s is at %d", name, d)
		}
	}
}

// Who takes a print for a proof must be stopped by this.
func TestTwoReceiptsOfOneFormMayHaveTheSamePrint(t *testing.T) {
	if d := picture.Print(ticket()).Distance(picture.Print(analyses())); d > picture.MaybeSame {
		t.Errorf("at %d: the comment of Fingerprint warns of what is no more", d)
	}
}

func TestDistanceIsADistance(t *testing.T) {
	draw := rapid.Custom(func(t *rapid.T) (f picture.Fingerprint) {
		copy(f[:], rapid.SliceOfN(rapid.Byte(), len(f), len(f)).Draw(t, "bits"))
		return f
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := draw.Draw(t, "a"), draw.Draw(t, "b"), draw.Draw(t, "c")
		if a.Distance(b) != b.Distance(a) || (a.Distance(b) == 0) != (a == b) || a.Distance(c) > a.Distance(b)+b.Distance(c) || a.Distance(b) > 256 {
			t.Fatalf("%v %v %v", a, b, c)
		}
		raw, err := json.Marshal(a)
		var back picture.Fingerprint
		if err != nil || json.Unmarshal(raw, &back) != nil || back != a {
			t.Fatalf("%s came back as %v", raw, back)
		}
	})
}

func FuzzFingerprint(f *testing.F) {
	f.Add([]byte(picture.Print(&image.Gray{}).String()))
	f.Add([]byte("00ff"))
	f.Fuzz(func(t *testing.T, text []byte) {
		before := picture.Fingerprint{1}
		p := before
		if err := p.UnmarshalText(text); err != nil {
			if p != before {
				t.Fatal("changed by an error")
			}
			return
		}
		var again picture.Fingerprint
		if err := again.UnmarshalText([]byte(p.String())); err != nil || again != p {
			t.Fatalf("%v %v", again, err)
		}
	})
}
