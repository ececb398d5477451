package desktop

import (
	"fyne.io/fyne/v2"
	fynedesktop "fyne.io/fyne/v2/driver/desktop"

	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// combination is one of the window's key combinations. The toolkit's default modifier is Ctrl, and Cmd on macOS.
type combination struct {
	key    fyne.KeyName
	always bool // works over a dialog too
	do     func(*Shell)
}

// combinations is the table of UX section 7, but for those that belong to a page.
func combinations() []combination {
	return []combination{
		{key: fyne.KeyK, do: (*Shell).goTo},
		{key: fyne.KeyN, do: (*Shell).newByKey},
		{key: fyne.KeyF, do: (*Shell).find},
		{key: fyne.KeyS, do: (*Shell).saySaved},
		{key: fyne.KeyL, always: true, do: (*Shell).Lock},
		{key: fyne.KeyPlus, do: (*Shell).larger},
		{key: fyne.KeyEqual, do: (*Shell).larger},
		{key: fyne.KeyMinus, do: (*Shell).smaller},
		{key: fyne.Key0, do: (*Shell).normal},
	}
}

// digits are the keys of the sections, in their order.
var digits = []fyne.KeyName{fyne.Key1, fyne.Key2, fyne.Key3, fyne.Key4, fyne.Key5, fyne.Key6, fyne.Key7, fyne.Key8}

// bindKeys gives the window its keys. Parts of the kit hand on what they have no use for, so that the keys work while
// a field is typed into.
func (s *Shell) bindKeys() {
	s.window.Canvas().SetOnTypedKey(s.typed)
	s.keys, s.pageKeys = map[string]func(){}, map[string]func(){}
	for _, c := range combinations() {
		do := func() { c.do(s) }
		if !c.always {
			do = s.unlessModal(do)
		}
		s.bind(s.keys, c.key, fyne.KeyModifierShortcutDefault, do)
		if c.key == fyne.KeyEqual || c.key == fyne.KeyPlus {
			s.bind(s.keys, c.key, fyne.KeyModifierShortcutDefault|fyne.KeyModifierShift, do)
		}
	}
	for i, to := range s.screens() {
		s.bind(s.keys, digits[i], fyne.KeyModifierShortcutDefault, s.unlessModal(func() { s.goByKey(to) }))
	}
}

// bindPageKeys gives the page that is shown its own combinations and takes those of the page before away.
func (s *Shell) bindPageKeys() {
	clear(s.pageKeys)
	if p, ok := s.page.(Shortcutter); ok {
		for key, do := range p.Shortcuts() {
			s.bind(s.pageKeys, key.KeyName, key.Modifier, s.unlessModal(do))
		}
	}
	s.bindEditing()
}

func (s *Shell) bind(into map[string]func(), key fyne.KeyName, modifier fyne.KeyModifier, do func()) {
	shortcut := &fynedesktop.CustomShortcut{KeyName: key, Modifier: modifier}
	into[shortcut.ShortcutName()] = do
	s.window.Canvas().AddShortcut(shortcut, s.Shortcut)
}

// unlessModal lets a combination rest while a dialog is open.
func (s *Shell) unlessModal(do func()) func() {
	return func() {
		if !widget.ModalOpen(s.window.Canvas()) {
			do()
		}
	}
}

// Shortcut does what a key combination is for: the page's own come before the window's.
func (s *Shell) Shortcut(pressed fyne.Shortcut) {
	if do, ok := s.pageKeys[pressed.ShortcutName()]; ok {
		do()
	} else if do, ok := s.keys[pressed.ShortcutName()]; ok {
		do()
	}
}

// screens lists the places that Ctrl and a digit lead to.
func (s *Shell) screens() []Screen {
	list := make([]Screen, 0, len(sections)+1)
	for _, section := range sections {
		list = append(list, section.screen)
	}
	return append(list, Appearance)
}

// typed takes keys that no part wanted.
func (s *Shell) typed(key *fyne.KeyEvent) {
	if widget.HandleKey(s.window.Canvas(), key) || widget.ModalOpen(s.window.Canvas()) {
		return
	}
	switch key.Name {
	case fyne.KeyEscape:
		s.Back()
	case fyne.KeyF1:
		s.showHelp()
	case fyne.KeyF5:
		s.update()
	case fyne.KeyF6:
		s.nextRegion()
	}
}

// wizardOpen reports whether a page takes the whole window, so that keys must not lead away by accident.
func (s *Shell) wizardOpen() bool { return s.frame == nil }

func (s *Shell) newByKey() {
	if s.open && !s.wizardOpen() {
		s.NewRequest()
	}
}

func (s *Shell) goByKey(to Screen) {
	if s.open {
		s.Go(Place{Screen: to})
	}
}

// find puts the keyboard into the page's search; a page without one has that of the whole program.
func (s *Shell) find() {
	if p, ok := s.page.(Searcher); ok {
		p.Search()
		return
	}
	s.goTo()
}

func (s *Shell) saySaved() {
	if s.open {
		s.toast(words.T("shell.saved"))
	}
}

// update asks the mutual for news and reads again what is shown.
func (s *Shell) update() {
	if !s.open {
		return
	}
	s.toast(words.T("shell.checking"))
	s.services.SendNow()
	s.refresh()
}

func (s *Shell) larger()  { s.resizeText(theme.Larger(s.settings.Text)) }
func (s *Shell) smaller() { s.resizeText(theme.Smaller(s.settings.Text)) }
func (s *Shell) normal()  { s.resizeText(theme.TextSizes[0]) }

func (s *Shell) resizeText(size int) {
	if size == s.settings.Text {
		return
	}
	now := s.settings
	now.Text = size
	s.change(now)
	s.toast(words.T("shell.text", "Size", size))
}

// nextRegion puts the keyboard at the start of the next region: navigation, header, page.
func (s *Shell) nextRegion() {
	if s.frame == nil {
		return
	}
	regions := []fyne.CanvasObject{s.frame.nav, s.frame.header, s.frame.room}
	canvas, at := s.window.Canvas(), -1
	for i, region := range regions {
		if focused, ok := canvas.Focused().(fyne.CanvasObject); ok && holds(region, focused) {
			at = i
		}
	}
	for n := 1; n <= len(regions); n++ {
		if first := firstFocusable(regions[(at+n)%len(regions)]); first != nil {
			canvas.Focus(first)
			return
		}
	}
}

func holds(region, part fyne.CanvasObject) bool {
	return !widget.Walk(region, func(o fyne.CanvasObject) bool { return o != part })
}

func firstFocusable(region fyne.CanvasObject) fyne.Focusable {
	var first fyne.Focusable
	widget.Walk(region, func(o fyne.CanvasObject) bool {
		f, ok := o.(fyne.Focusable)
		if d, disableable := o.(fyne.Disableable); !ok || disableable && d.Disabled() {
			return true
		}
		first = f
		return false
	})
	return first
}
