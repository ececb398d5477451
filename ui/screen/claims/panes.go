package claims

import (
	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
)

// Widths of the two panes at 100 %: below foldAt of scaled width there is room for one of them.
const (
	listWidth = 388
	foldAt    = 860
)

// panes shows list and detail side by side, or one of them where there is no room for two.
type panes struct {
	fynewidget.BaseWidget
	list, detail fyne.CanvasObject
	alone        bool // the detail, where there is room for one
	narrow       bool // as last laid out
}

func newPanes(list, detail fyne.CanvasObject) *panes {
	p := &panes{list: list, detail: detail}
	p.ExtendBaseWidget(p)
	return p
}

// set chooses which pane is seen where there is room for one.
func (p *panes) set(alone bool) {
	p.alone = alone
	p.Refresh()
}

// Parts lists what is seen, for the kit's Walk.
func (p *panes) Parts() []fyne.CanvasObject { return []fyne.CanvasObject{p.list, p.detail} }

// CreateRenderer implements fyne.Widget.
func (p *panes) CreateRenderer() fyne.WidgetRenderer { return &panesFace{p} }

type panesFace struct{ *panes }

// Layout implements fyne.WidgetRenderer.
func (f *panesFace) Layout(size fyne.Size) {
	margin, gap := theme.Px(theme.PageMargin), theme.Px(24)
	if size.Width < 1 {
		return
	}
	f.narrow = widget.ScaledWidth(size.Width) < foldAt
	height := size.Height - theme.Px(28)
	if f.narrow {
		seen := f.list
		if f.alone {
			seen = f.detail
		}
		show(f.list, !f.alone)
		show(f.detail, f.alone)
		margin = theme.Px(16)
		seen.Move(fyne.NewPos(margin, 0))
		seen.Resize(fyne.NewSize(size.Width-2*margin, height))
		return
	}
	show(f.list, true)
	show(f.detail, true)
	left := theme.Px(listWidth)
	f.list.Move(fyne.NewPos(margin, 0))
	f.list.Resize(fyne.NewSize(left, height))
	f.detail.Move(fyne.NewPos(margin+left+gap, 0))
	f.detail.Resize(fyne.NewSize(size.Width-2*margin-left-gap, height))
}

// MinSize implements fyne.WidgetRenderer: both panes scroll.
func (f *panesFace) MinSize() fyne.Size { return fyne.NewSize(theme.Px(240), theme.Px(200)) }

// Objects implements fyne.WidgetRenderer.
func (f *panesFace) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{f.list, f.detail} }

// Refresh implements fyne.WidgetRenderer.
func (f *panesFace) Refresh() {
	f.Layout(f.panes.Size())
	f.list.Refresh()
	f.detail.Refresh()
}

// Destroy implements fyne.WidgetRenderer.
func (f *panesFace) Destroy() {}

func show(o fyne.CanvasObject, visible bool) {
	switch {
	case visible && !o.Visible():
		o.Show()
	case !visible && o.Visible():
		o.Hide()
	}
}
