package desktop

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// header is the top of every screen: title, sync chip, bell, and the one primary button.
type header struct {
	fynewidget.BaseWidget
	title    *widget.Text
	subtitle *widget.Text
	left     *fyne.Container
	menu     *widget.IconButton
	bell     *widget.IconButton
	actions  *fyne.Container
	fresh    *widget.Button     // Nuova richiesta
	plus     *widget.IconButton // the same where there is little room
	calm     bool               // the page has a primary button of its own
	compact  bool
	row      fyne.Layout // of the actions beside the title
	flow     fyne.Layout // of the actions below it
}

func newHeader(f *frame) *header {
	s := f.shell
	h := &header{title: widget.NewText("", theme.H1), subtitle: widget.NewText("", theme.Secondary),
		row: widget.Row(16).Layout, flow: widget.Flow(12).Layout}
	h.menu = widget.NewIconButton(theme.IconList, words.T("shell.menu"), s.showMenu)
	h.menu.Hide()
	h.bell = widget.NewIconButton(theme.IconBell, words.T("shell.bell"), s.showNotices)
	h.left = widget.Row(12, h.menu, widget.Grow(widget.Column(0, h.title, h.subtitle)))
	h.fresh = widget.NewButton(words.T("shell.new"), widget.Primary, s.NewRequest).WithIcon(theme.IconPlus)
	h.plus = widget.NewIconButton(theme.IconPlus, words.T("shell.new"), s.NewRequest)
	h.plus.Hide()
	h.actions = container.New(h.row, s.newChip(), h.bell, h.fresh, h.plus)
	h.ExtendBaseWidget(h)
	return h
}

// set shows a title, with a second line unless it is "".
func (h *header) set(title, subtitle string) {
	h.title.SetText(title)
	h.subtitle.SetText(subtitle)
	h.subtitle.Hidden = subtitle == "" || h.compact
	h.Refresh()
}

// fit shows the button that opens the navigation in a narrow window, and keeps everything small in a low one.
func (h *header) fit(narrow, low bool) {
	compact := narrow && low
	if h.menu.Visible() == narrow && h.compact == compact {
		return
	}
	h.menu.Hidden, h.compact = !narrow, compact
	h.showNew()
	role, gap := theme.H1, float32(16)
	if compact {
		role, gap = theme.H2, 6
	}
	h.row = widget.Row(gap).Layout
	h.title = widget.NewText(h.title.Plain(), role)
	h.left.Objects[1] = widget.Grow(widget.Column(0, h.title, h.subtitle))
	h.subtitle.Hidden = compact || h.subtitle.Plain() == ""
}

// keepCalm takes *Nuova richiesta* away where the page has a primary button of its own.
func (h *header) keepCalm(calm bool) {
	if h.calm != calm {
		h.calm = calm
		h.showNew()
		h.Refresh()
	}
}

func (h *header) showNew() {
	h.plus.Hidden, h.fresh.Hidden = h.calm || !h.compact, h.calm || h.compact
}

// Parts lists what is inside, for the kit's Walk.
func (h *header) Parts() []fyne.CanvasObject { return []fyne.CanvasObject{h.left, h.actions} }

// leastTitle is the room at 100 % that the title has beside the buttons; with less they go below it.
const leastTitle = 150

// beside is the size of the buttons in one row.
func (h *header) beside() fyne.Size { return h.row.MinSize(h.actions.Objects) }

// oneLine reports whether title and buttons fit side by side.
func (h *header) oneLine(width float32) bool {
	return width-h.beside().Width-theme.Px(16) >= max(h.left.MinSize().Width, theme.Px(leastTitle))
}

// HeightAt implements the kit's way of asking for a height.
func (h *header) HeightAt(width float32) float32 {
	if h.oneLine(width) {
		return max(widget.HeightAt(h.left, width-h.beside().Width-theme.Px(16)), h.beside().Height)
	}
	return widget.HeightAt(h.left, width) + theme.Px(12) + widget.HeightAt(widget.Flow(12, h.actions.Objects...), width)
}

// CreateRenderer implements fyne.Widget.
func (h *header) CreateRenderer() fyne.WidgetRenderer { return &headerFace{h} }

type headerFace struct{ *header }

// Layout implements fyne.WidgetRenderer.
func (f *headerFace) Layout(size fyne.Size) {
	if size.Width < 1 {
		return
	}
	if f.oneLine(size.Width) {
		least := f.beside()
		f.actions.Layout = f.row
		place(f.left, 0, 0, size.Width-least.Width-theme.Px(16), size.Height)
		place(f.actions, size.Width-least.Width, (size.Height-least.Height)/2, least.Width, least.Height)
	} else {
		height := widget.HeightAt(f.left, size.Width)
		f.actions.Layout = f.flow
		place(f.left, 0, 0, size.Width, height)
		place(f.actions, 0, height+theme.Px(12), size.Width, size.Height-height-theme.Px(12))
	}
	f.actions.Refresh()
}

func place(o fyne.CanvasObject, x, y, width, height float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(width, height))
}

// MinSize implements fyne.WidgetRenderer.
func (f *headerFace) MinSize() fyne.Size {
	return fyne.NewSize(theme.Px(200), f.HeightAt(max(1, f.header.Size().Width)))
}

// Objects implements fyne.WidgetRenderer.
func (f *headerFace) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{f.left, f.actions} }

// Refresh implements fyne.WidgetRenderer.
func (f *headerFace) Refresh() {
	f.Layout(f.header.Size())
	f.left.Refresh()
	f.actions.Refresh()
}

// Destroy implements fyne.WidgetRenderer.
func (f *headerFace) Destroy() {}
