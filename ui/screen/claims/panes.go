package claims

import (
	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
)

// The width of the list at 100 %, the scaled width below which there is room for one pane, and the scaled height below
// which there is none for the search field above the list.
const (
	listWidth = 388
	foldAt    = 860
	lowAt     = 400
)

// panes shows list and detail side by side, or one of them where there is no room for two.
type panes struct {
	fynewidget.BaseWidget
	bar, list, detail  fyne.CanvasObject
	alone              bool   // the detail, where there is room for one
	narrow, low, sized bool   // as last laid out
	changed            func() // called when one of these changed
}

func newPanes(bar, list, detail fyne.CanvasObject, changed func()) *panes {
	p := &panes{bar: bar, list: list, detail: detail, changed: changed}
	p.ExtendBaseWidget(p)
	return p
}

// set chooses which pane is seen where there is room for one.
func (p *panes) set(alone bool) {
	p.alone = alone
	p.Refresh()
}

// Parts lists what is seen, for the kit's Walk.
func (p *panes) Parts() []fyne.CanvasObject { return []fyne.CanvasObject{p.bar, p.list, p.detail} }

// CreateRenderer implements fyne.Widget.
func (p *panes) CreateRenderer() fyne.WidgetRenderer { return &panesFace{p} }

type panesFace struct{ *panes }

// Layout implements fyne.WidgetRenderer.
func (f *panesFace) Layout(size fyne.Size) {
	if size.Width < 1 {
		return
	}
	narrow, low := widget.ScaledWidth(size.Width) < foldAt, widget.ScaledWidth(size.Height) < lowAt
	changed := narrow != f.narrow || low != f.low || !f.sized
	f.narrow, f.low, f.sized = narrow, low, true
	if changed {
		defer f.changed()
	}
	margin, gap, foot := theme.Px(theme.PageMargin), theme.Px(24), theme.Px(28)
	if f.narrow {
		margin, foot = theme.Px(16), theme.Px(10)
	}
	widget.Show(f.bar, !f.narrow || !f.alone)
	widget.Show(f.list, !f.narrow || !f.alone)
	widget.Show(f.detail, !f.narrow || f.alone)
	width, top := size.Width-2*margin, float32(0)
	if f.bar.Visible() {
		top = widget.HeightAt(f.bar, width)
		place(f.bar, margin, 0, width, top)
		top += theme.Px(16)
	}
	height := max(0, size.Height-top-foot)
	if f.narrow {
		place(f.list, margin, top, width, height)
		place(f.detail, margin, top, width, height)
		return
	}
	left := theme.Px(listWidth)
	place(f.list, margin, top, left, height)
	place(f.detail, margin+left+gap, top, width-left-gap, height)
}

func place(o fyne.CanvasObject, x, y, width, height float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(width, height))
}

// MinSize implements fyne.WidgetRenderer: both panes scroll.
func (f *panesFace) MinSize() fyne.Size { return fyne.NewSize(theme.Px(240), theme.Px(200)) }

// Objects implements fyne.WidgetRenderer.
func (f *panesFace) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{f.bar, f.list, f.detail}
}

// Refresh implements fyne.WidgetRenderer.
func (f *panesFace) Refresh() {
	f.Layout(f.panes.Size())
	f.bar.Refresh()
	f.list.Refresh()
	f.detail.Refresh()
}

// Destroy implements fyne.WidgetRenderer.
func (f *panesFace) Destroy() {}
