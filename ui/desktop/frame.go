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
	{Plan, theme.IconShieldCheck, "membership"},
}

// offered reports whether a section of the navigation is there.
func (s *Shell) offered(screen Screen) bool { return screen != Plan || s.services.Plans != nil }

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
	f.root = container.New(&frameLayout{f}, f.nav, f.header, f.room, widget.NewPanel(theme.Line, theme.Clear, 0))
	return f
}

// fill puts a page into the room.
func (f *frame) fill(content fyne.CanvasObject) {
	f.room.Objects = []fyne.CanvasObject{f.beside(content)}
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
	f.header.keepCalm(isPersonal(here.Screen))
	f.root.Refresh()
}

// navigation is the column at the left.
func (f *frame) navigation() *fyne.Container {
	s := f.shell
	brand := widget.PadXY(8, 4, widget.Row(14, widget.NewLogo(26), widget.Grow(widget.Column(0, widget.NewText("Sodale", theme.H3),
		widget.NewText(s.services.MutualName, theme.Caption)))))
	hint := widget.PadXY(12, 0, widget.Row(0, widget.Gap(), widget.NewText("Ctrl K", theme.Caption).OneLine()))
	search := widget.Stack(widget.NewPanel(theme.Surface, theme.Line, theme.ButtonRadius), hint,
		widget.NewNavItem(theme.IconMagnifyingGlass, words.T("shell.goto"), s.goTo))
	head := widget.Column(12, brand, search)
	body := ringed(widget.Column(4, f.entries()...))
	return widget.PadXY(12, 20, widget.Frame(head, f.foot(), widget.PadXY(0, 10, body)))
}

// ringRoom is the room at 100 % that the ring of the keyboard has round the parts of a scroll.
const ringRoom = 8

// ringed is a scroll that cuts no ring, as wide as its content.
func ringed(content fyne.CanvasObject) fyne.CanvasObject {
	return widget.Pad(-ringRoom, widget.NewScroll(widget.Pad(ringRoom, content)))
}

func (f *frame) entries() []fyne.CanvasObject {
	var list []fyne.CanvasObject
	for _, section := range sections {
		if !f.shell.offered(section.screen) {
			continue
		}
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
	name := widget.NewText(holder.FullName(), theme.Secondary).Bold().Color(theme.Ink).Short()
	if f.shell.services.Membership == nil {
		f.person.Objects = []fyne.CanvasObject{widget.PadXY(6, 4, widget.Row(10, widget.NewAvatar(holder.Initials(), 40), widget.Grow(name)))}
	} else {
		f.person.Objects = []fyne.CanvasObject{f.personTile(holder, name)}
	}
	f.person.Refresh()
}

// frameLayout puts the navigation beside header and page, or takes it away where the scaled width is small: the header
// then has a button that opens it.
type frameLayout struct{ frame *frame }

// The scaled width below which the navigation is behind a button, and the scaled height below which the header is kept
// small: at 200 % a window of 700 has room for 350.
const (
	narrowAt = 960
	lowAt    = 480
)

// Layout implements fyne.Layout.
func (l *frameLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	if size.Width < 1 {
		return
	}
	nav, header, room, edge := objects[0], l.frame.header, objects[2], objects[3]
	narrow, low := widget.ScaledWidth(size.Width) < narrowAt, widget.ScaledWidth(size.Height) < lowAt
	header.fit(narrow, low)
	left, x, y := float32(0), theme.Px(theme.PageMargin), theme.Px(24)
	if narrow {
		x = theme.Px(16)
	} else {
		left = theme.Px(theme.NavWidth)
	}
	if low {
		y = theme.Px(10)
	}
	widget.Show(nav, !narrow)
	widget.Show(edge, !narrow)
	place(nav, 0, 0, left, size.Height)
	place(edge, left-theme.Stroke(theme.CardStroke), 0, theme.Stroke(theme.CardStroke), size.Height)
	height := header.HeightAt(size.Width - left - 2*x)
	place(header, left+x, y, size.Width-left-2*x, height)
	place(room, left, height+2*y, size.Width-left, max(0, size.Height-height-2*y))
}

// MinSize implements fyne.Layout.
func (l *frameLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(320, 320) }
