package theme

import (
	"sync"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/assets"
)

var (
	regular    = font("SourceSans3-Regular.ttf")
	semibold   = font("SourceSans3-Semibold.ttf")
	italic     = font("SourceSans3-It.ttf")
	boldItalic = font("SourceSans3-SemiboldIt.ttf")
	mono       = font("AtkinsonHyperlegibleMono_400Regular.ttf")
)

// font reads a font when it is first asked for. It bears no name: the toolkit keeps measures by the name of the font that
// was asked for, and none is the one of the style, which is the same.
func font(file string) func() fyne.Resource {
	return sync.OnceValue(func() fyne.Resource { return fyne.NewStaticResource("", assets.Font(file)) })
}

// Font returns the font of a style in the theme in force. Words that are measured and drawn with it, instead of by their
// style alone, spare the toolkit from reading its own fonts for each style; what the font lacks comes from the system.
func Font(style fyne.TextStyle) fyne.Resource { return Current().Font(style) }

// Typed is the style of words that a person types: the regular font. The toolkit asks for the font of symbols, and then
// reads neither its emoji nor the system's fonts for each field before it needs them.
var Typed = fyne.TextStyle{Symbol: true}

// Font returns the font of a style: bold is semibold, monospace is for codes only, symbols stand among the regular ones.
func (t *Theme) Font(style fyne.TextStyle) fyne.Resource {
	switch {
	case style.Monospace:
		return mono()
	case style.Bold && style.Italic:
		return boldItalic()
	case style.Bold:
		return semibold()
	case style.Italic:
		return italic()
	}
	return regular()
}
