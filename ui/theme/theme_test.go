package theme

import (
	"image/color"
	"math"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/sodale/sodale/assets"
)

// luminance is the relative luminance of WCAG 2.
func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	channel := func(v uint32) float64 {
		s := float64(v) / 0xFFFF
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(r) + 0.7152*channel(g) + 0.0722*channel(b)
}

func contrast(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (math.Max(x, y) + 0.05) / (math.Min(x, y) + 0.05)
}

func TestEveryTextIsReadableOnEveryGroundItStandsOn(t *testing.T) {
	grounds := []fyne.ThemeColorName{Paper, Surface, Well}
	veils := map[fyne.ThemeColorName]fyne.ThemeColorName{Good: GoodVeil, Careful: CarefulVeil, Bad: BadVeil, Neutral: NeutralVeil, Accent: AccentVeil}
	for look, p := range palettes {
		least := 4.5
		if look == HighContrast || look == Kiosk {
			least = 7
		}
		need := func(ink, ground fyne.ThemeColorName, least float64) {
			if got := contrast(p[ink], p[ground]); got < least {
				t.Errorf("%s: %s on %s is %.2f, below %.1f", look, ink, ground, got, least)
			}
		}
		for _, ground := range grounds {
			need(Ink, ground, least)
			need(Ink2, ground, least)
			need(Border, ground, 3)
			need(Focus, ground, 3)
		}
		need(Accent, Paper, least)
		need(Accent, Surface, least)
		for _, fill := range []fyne.ThemeColorName{Accent, AccentHover, AccentPressed} {
			need(OnAccent, fill, least)
		}
		for ink, veil := range veils {
			need(ink, veil, least)
			need(Ink, veil, least)
		}
		need(Ink2, AccentVeil, least)
		need(Surface, Ink, least)
		for _, ground := range grounds { // what is wrong, missing or granted, said below a field, in a card or a line
			need(Good, ground, least)
			need(Careful, ground, least)
			need(Bad, ground, least)
			need(Accent, ground, least)
		}
		need(Accent, BadVeil, least) // the links of what is missing
		need(Focus, BadVeil, 3)      // and their ring
		need(Focus, AccentVeil, 3)   // the ring on a chosen row
		need(Ink2, NeutralVeil, least)
	}
}

func TestTheWorstContrastsAreThoseOfTheDesign(t *testing.T) {
	cases := []struct {
		ink     fyne.ThemeColorName
		grounds []fyne.ThemeColorName
		want    map[Look]float64
	}{
		{Ink, []fyne.ThemeColorName{Paper, Surface, Well}, map[Look]float64{Light: 13.4, Dark: 14.1, HighContrast: 21, Kiosk: 14.5}},
		{OnAccent, []fyne.ThemeColorName{Accent}, map[Look]float64{Light: 7.9, Dark: 8.5, HighContrast: 14.5, Kiosk: 9.1}},
		{Border, []fyne.ThemeColorName{Paper, Surface, Well}, map[Look]float64{Light: 3.2, Dark: 4.1, HighContrast: 21, Kiosk: 5.0}},
	}
	for _, c := range cases {
		for look, want := range c.want {
			worst := math.Inf(1)
			for _, ground := range c.grounds {
				worst = math.Min(worst, contrast(palettes[look][c.ink], palettes[look][ground]))
			}
			if math.Abs(worst-want) > 0.1 {
				t.Errorf("%s: worst %s is %.2f, the design measured %.1f", look, c.ink, worst, want)
			}
		}
	}
}

func near(a, b float32) bool { return math.Abs(float64(a-b)) < 0.01 }

func TestSizesGrowWithTheText(t *testing.T) {
	test.NewTempApp(t)
	for _, text := range TextSizes {
		Use(Settings{Look: Light, Text: text})
		if got, want := TextSize(Body), 17*float32(text)/100; !near(got, want) {
			t.Errorf("body at %d %% is %v, want %v", text, got, want)
		}
		if got, want := Px(TargetHeight), TargetHeight*float32(text)/100; !near(got, want) {
			t.Errorf("a target at %d %% is %v, want %v", text, got, want)
		}
		if got := Current().Size(fynetheme.SizeNameText); got != TextSize(Body) {
			t.Errorf("the toolkit's text at %d %% is %v, ours %v", text, got, TextSize(Body))
		}
	}
}

func TestASizeThatIsNotOfferedBecomesTheNearest(t *testing.T) {
	for text, want := range map[int]int{0: 100, 99: 100, 108: 115, 140: 130, 190: 200, 1000: 200} {
		if got := New(Settings{Text: text}).Settings().Text; got != want {
			t.Errorf("%d became %d, want %d", text, got, want)
		}
	}
	if got := New(Settings{Look: "sepia", Text: 100}).Settings().Look; got != Light {
		t.Errorf("an unknown look became %q", got)
	}
}

func TestTextGrowsAndShrinksByTheStepsThatAreOffered(t *testing.T) {
	if Larger(100) != 115 || Larger(200) != 200 || Smaller(100) != 100 || Smaller(200) != 175 {
		t.Error("steps:", Larger(100), Larger(200), Smaller(100), Smaller(200))
	}
}

func TestHighContrastLinesAreTwoPixels(t *testing.T) {
	test.NewTempApp(t)
	Use(Settings{Look: HighContrast, Text: 100})
	if got := Stroke(CardStroke); got != 2 {
		t.Errorf("a line is %v", got)
	}
	Use(Settings{Look: Light, Text: 100})
	if got := Stroke(CardStroke); got != 1 {
		t.Errorf("a line in the light look is %v", got)
	}
}

func TestTheLookIsTheMembersChoiceNotTheSystems(t *testing.T) {
	dark := New(Settings{Look: Dark, Text: 100})
	if dark.Color(fynetheme.ColorNameBackground, fynetheme.VariantLight) != dark.Color(Paper, fynetheme.VariantDark) {
		t.Error("the system's variant changed the ground")
	}
}

func TestFontsAreEmbeddedAndFiguresAreEquallyWide(t *testing.T) {
	test.NewTempApp(t)
	Use(Settings{Look: Light, Text: 100})
	for _, style := range []fyne.TextStyle{{}, {Bold: true}} {
		a, b := fyne.MeasureText("111,11", 17, style), fyne.MeasureText("888,88", 17, style)
		if a.Width != b.Width || a.Width == 0 {
			t.Errorf("figures differ in width: %v and %v", a.Width, b.Width)
		}
	}
	for _, style := range []fyne.TextStyle{{}, {Bold: true}, {Italic: true}, {Bold: true, Italic: true}, {Monospace: true}} {
		if len(Current().Font(style).Content()) < 10_000 {
			t.Errorf("no font for %+v", style)
		}
	}
}

func TestEveryNamedIconIsThereInBothDrawings(t *testing.T) {
	for own, name := range toolkitIcons {
		if assets.Icon(string(name), false) == nil {
			t.Errorf("no drawing %q for the toolkit's %s", name, own)
		}
	}
	for _, name := range []IconName{IconHouse, IconClock, IconReceipt, IconWarning, IconHandCoins} {
		if assets.Icon(string(name), false) == nil || assets.Icon(string(name), true) == nil {
			t.Errorf("no drawing of %q", name)
		}
	}
}

func TestEveryArcOfAnIconHasItsOwnLetter(t *testing.T) {
	got := string(separateArcs([]byte(`<path d="M1,2A3,4,0,1,0,5,6,7,8.5.5,1-1-2,9Zm0,1a1,1,0,0,1-8-8"/>`)))
	want := `<path d="M1,2A3 4 0 1 0 5 6A7 8.5 .5 1 -1 -2 9Zm0,1a1,1,0,0,1-8-8"/>`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	for _, name := range []IconName{IconClock, IconWifiSlash, IconArrowClockwise} {
		if d := string(drawing(name, false).Content()); strings.Count(d, "A") < 2 {
			t.Errorf("%s lost its arcs: %s", name, d)
		}
	}
}
