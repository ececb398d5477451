package desktop

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// sections are the screens of the navigation in order, with the group that each begins.
var sections = []struct {
	screen Screen
	icon   theme.IconName
	group  string
}{
	{Overview, theme.IconHouse, ""},
	{Claims, theme.IconReceipt, "claims"},
	{Card, theme.IconIdentificationCard, "health"},
}

// frame is the navigation, the header and the room for a page.
type frame struct {
	shell  *Shell
	root   fyne.CanvasObject
	nav    *fyne.Container
	items  map[Screen]*widget.NavItem
	person *fyne.Container
	header *header
	room   *fyne.Container
}

func newFrame(s *Shell) *frame {
	f := &frame{shell: s, items: map[Screen]*widget.NavItem{}, room: widget.Stack()}
	f.header = newHeader(f)
	f.nav = f.navigation()
	main := widget.Frame(widget.PadXY(theme.PageMargin, 24, f.header), nil, f.room)
	f.root = container.New(&frameLayout{f}, f.nav, main)
	return f
}

// fill puts a page into the room.
func (f *frame) fill(content fyne.CanvasObject) {
	f.room.Objects = []fyne.CanvasObject{content}
	f.title()
	f.room.Refresh()
}

// title shows the page's title and marks its section.
func (f *frame) title() {
	subtitle := ""
	if t, ok := f.shell.page.(Subtitled); ok {
		subtitle = t.Subtitle()
	}
	f.header.set(f.shell.page.Title(), subtitle)
	here, _ := f.shell.way.here()
	for screen, item := range f.items {
		item.SetSelected(screen == here.Screen)
	}
	f.root.Refresh()
}

// navigation is the column at the left.
func (f *frame) navigation() *fyne.Container {
	s := f.shell
	brand := widget.PadXY(8, 4, widget.Row(14, widget.NewLogo(26), widget.Grow(widget.Column(0, widget.NewText("Sodale", theme.H3),
		widget.NewText(s.services.MutualName, theme.Caption)))))
	search := widget.NewTile(words.T("shell.goto"), widget.Row(10, widget.NewIcon(theme.IconMagnifyingGlass, 20, theme.Ink2),
		widget.Grow(widget.NewText(words.T("shell.goto"), theme.Secondary).Short()), widget.NewText("Ctrl K", theme.Caption).OneLine()), s.goTo)
	head := widget.Column(12, brand, widget.Stack(widget.NewPanel(theme.Surface, theme.Line, theme.ButtonRadius), search))
	body := widget.NewScroll(widget.Column(4, f.entries()...))
	return widget.Stack(widget.PadXY(16, 20, widget.Frame(head, f.foot(), widget.PadXY(0, 10, body))))
}

func (f *frame) entries() []fyne.CanvasObject {
	var list []fyne.CanvasObject
	for _, section := range sections {
		if section.group != "" {
			list = append(list, widget.PadXY(12, 6, widget.NewText(words.T("shell.group."+section.group), theme.Caption).Bold()))
		}
		item := widget.NewNavItem(section.icon, words.T("shell.screen."+string(section.screen)), func() { f.shell.Go(Place{Screen: section.screen}) })
		f.items[section.screen] = item
		list = append(list, item)
	}
	return list
}

// foot is the person, *Aspetto e lettura* and *Blocca*.
func (f *frame) foot() fyne.CanvasObject {
	s := f.shell
	f.person = widget.Stack()
	f.showPerson()
	look := widget.NewNavItem(theme.IconTextAa, words.T("shell.screen.settings"), func() { s.Go(Place{Screen: Appearance}) })
	f.items[Appearance] = look
	parts := []fyne.CanvasObject{widget.Rule(), f.person, look}
	if s.services.Lock != nil {
		parts = append(parts, widget.NewNavItem(theme.IconLockSimple, words.T("shell.lock"), s.Lock))
	}
	return widget.Column(6, parts...)
}

// showPerson writes whose vault is open.
func (f *frame) showPerson() {
	holder := f.shell.facts.household.Holder
	f.person.Objects = []fyne.CanvasObject{widget.PadXY(6, 4, widget.Row(10, widget.NewAvatar(holder.Initials(), 40),
		widget.Grow(widget.NewText(holder.FullName(), theme.Secondary).Bold().Color(theme.Ink).Short())))}
	f.person.Refresh()
}

// frameLayout puts the navigation beside the page, or takes it away where the scaled width is small: the header then
// has a button that opens it.
type frameLayout struct{ frame *frame }

// narrowAt is the scaled width below which the navigation is behind a button.
const narrowAt = 960

// Layout implements fyne.Layout.
func (l *frameLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	if size.Width < 1 {
		return
	}
	nav, main := objects[0], objects[1]
	narrow := widget.ScaledWidth(size.Width) < narrowAt
	l.frame.header.setNarrow(narrow)
	left := theme.Px(theme.NavWidth)
	if narrow {
		left = 0
		nav.Hide()
	} else {
		nav.Show()
		nav.Move(fyne.NewPos(0, 0))
		nav.Resize(fyne.NewSize(left, size.Height))
	}
	main.Move(fyne.NewPos(left, 0))
	main.Resize(fyne.NewSize(size.Width-left, size.Height))
}

// MinSize implements fyne.Layout.
func (l *frameLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(320, 320) }
