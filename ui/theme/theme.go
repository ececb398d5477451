// Package theme is how Sodale looks: colours by meaning in four looks, sizes that grow with the text, fonts and icons.
// Widgets read it through the functions of this package, which answer for the theme in force; after Use every object of
// every window is refreshed. The tests recompute every contrast: 4.5 for text, 7 in high contrast and at the kiosk.
package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// Look is one of the four sets of colours.
type Look string

// The looks. The written-out values are stored.
const (
	Light        Look = "light"
	Dark         Look = "dark"
	HighContrast Look = "contrast"
	Kiosk        Look = "kiosk"
)

// Looks are those a member may choose, in the order they are shown.
var Looks = []Look{Light, Dark, HighContrast}

// TextSizes are the sizes of text that a member may choose, in per cent.
var TextSizes = []int{100, 115, 130, 150, 175, 200}

// Settings is what a member chose in *Aspetto e lettura*.
type Settings struct {
	Look Look
	Text int // per cent, one of TextSizes
}

// Theme is a look at a size of text. It never changes.
type Theme struct {
	settings Settings
	palette  palette
	scale    float32
}

// New builds a theme. An unknown look is Light; a size outside TextSizes becomes the nearest one.
func New(s Settings) *Theme {
	p, ok := palettes[s.Look]
	if !ok {
		s.Look, p = Light, palettes[Light]
	}
	s.Text = nearest(s.Text)
	return &Theme{settings: s, palette: p, scale: float32(s.Text) / 100}
}

func nearest(text int) int {
	best := TextSizes[0]
	for _, size := range TextSizes {
		if abs(size-text) < abs(best-text) {
			best = size
		}
	}
	return best
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

// Use puts a theme in force for the whole program and refreshes every window.
func Use(s Settings) {
	t, app := New(s), fyne.CurrentApp()
	app.Settings().SetTheme(t)
	// The toolkit's entry asks for this measure by style alone, and would read five fonts for it before the first frame.
	app.Driver().RenderedTextSize("M", t.Size(fynetheme.SizeNameText), fyne.TextStyle{}, regular())
}

var fallback = New(Settings{Look: Light, Text: 100})

// Current returns the theme in force, or the light one at 100 % when the program has not chosen.
func Current() *Theme {
	if app := fyne.CurrentApp(); app != nil {
		if t, ok := app.Settings().Theme().(*Theme); ok {
			return t
		}
	}
	return fallback
}

// Settings returns the look and the size of text.
func (t *Theme) Settings() Settings { return t.settings }

// Larger returns the next larger size of text than this one, in per cent; the largest stays.
func Larger(text int) int {
	for _, size := range TextSizes {
		if size > text {
			return size
		}
	}
	return TextSizes[len(TextSizes)-1]
}

// Smaller returns the next smaller size of text than this one, in per cent; the smallest stays.
func Smaller(text int) int {
	best := TextSizes[0]
	for _, size := range TextSizes {
		if size < text {
			best = size
		}
	}
	return best
}

// Color answers for the toolkit's names and for those of this package. The toolkit's variant is not asked: a look is a
// member's choice.
func (t *Theme) Color(name fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	if own, ok := toolkitColors[name]; ok {
		name = own
	}
	if c, ok := t.palette[name]; ok {
		return c
	}
	variant := fynetheme.VariantLight
	if t.settings.Look == Dark || t.settings.Look == HighContrast {
		variant = fynetheme.VariantDark
	}
	return fynetheme.DefaultTheme().Color(name, variant)
}

// Color returns a colour of the theme in force.
func Color(name fyne.ThemeColorName) color.Color { return Current().Color(name, 0) }

// Mix returns a over b, a taking the given share from 0 to 1. Both must be opaque.
func Mix(a, b color.Color, share float64) color.Color {
	ar, ag, ab, _ := a.RGBA()
	br, bg, bb, _ := b.RGBA()
	part := func(x, y uint32) uint8 { return uint8((float64(x)*share + float64(y)*(1-share)) / 257) }
	return color.NRGBA{R: part(ar, br), G: part(ag, bg), B: part(ab, bb), A: 255}
}
