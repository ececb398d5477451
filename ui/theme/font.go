package theme

import (
	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/sodale/sodale/assets"
)

var (
	regular    = font("SourceSans3-Regular.ttf")
	semibold   = font("SourceSans3-Semibold.ttf")
	italic     = font("SourceSans3-It.ttf")
	boldItalic = font("SourceSans3-SemiboldIt.ttf")
	mono       = font("AtkinsonHyperlegibleMono_400Regular.ttf")
)

func font(file string) fyne.Resource { return fyne.NewStaticResource(file, assets.Font(file)) }

// Font returns the font of a style: bold is semibold, monospace is for codes only.
func (t *Theme) Font(style fyne.TextStyle) fyne.Resource {
	switch {
	case style.Symbol:
		return fynetheme.DefaultTheme().Font(style)
	case style.Monospace:
		return mono
	case style.Bold && style.Italic:
		return boldItalic
	case style.Bold:
		return semibold
	case style.Italic:
		return italic
	}
	return regular
}
