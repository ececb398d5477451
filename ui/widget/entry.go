package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/words"
)

// Entry is a line of text that a person types, with its label above. Shortcuts that it has no use for go to the
// window, Esc to the dialog, Enter to OnSubmitted.
type Entry struct {
	Field
	// OnChanged is called at every change of the text.
	OnChanged func(string)
	// OnSubmitted is called at Enter; nil lets Enter go on to the dialog.
	OnSubmitted func(string)
	// OnLeft is called when the focus leaves: the moment to check.
	OnLeft func()

	line *line
	well *inputBox
}

// NewEntry returns an empty field.
func NewEntry(label string) *Entry {
	e := &Entry{}
	e.setUp(e, label, newLine(false))
	return e
}

// NewPasswordEntry returns a field whose text is hidden, with an eye that shows it.
func NewPasswordEntry(label string) *Entry {
	e := &Entry{}
	e.setUp(e, label, newLine(false))
	e.line.Password = true
	var eye *IconButton
	eye = NewIconButton(theme.IconEye, words.T("kit.password.show"), func() {
		e.line.Password = !e.line.Password
		if e.line.Password {
			eye.SetIcon(theme.IconEye, words.T("kit.password.show"))
		} else {
			eye.SetIcon(theme.IconEyeSlash, words.T("kit.password.hide"))
		}
		e.line.Refresh()
		focus(e.line)
	})
	e.well.after = eye
	return e
}

// NewMultiLine returns a field of several lines. Tab leaves it, Enter starts a new line.
func NewMultiLine(label string, rows int) *Entry {
	e := &Entry{}
	e.setUp(e, label, newLine(true))
	e.line.SetMinRowsVisible(rows)
	return e
}

// NewSearchEntry returns a field with a magnifying glass and no label above; label is its placeholder and name.
func NewSearchEntry(label string) *Entry {
	e := &Entry{}
	e.setUp(e, "", newLine(false))
	e.line.SetPlaceHolder(label)
	e.line.name = label
	e.well.before = NewIcon(theme.IconMagnifyingGlass, 22, theme.Ink2)
	return e
}

func (e *Entry) setUp(self fyne.Widget, label string, l *line) {
	e.line = l
	l.name = label
	e.well = newInputBox(l)
	e.input = e.well
	e.build(self, label)
	l.OnChanged = func(text string) {
		if e.OnChanged != nil {
			e.OnChanged(text)
		}
	}
	l.entered = func() bool {
		if e.OnSubmitted == nil {
			return false
		}
		e.OnSubmitted(e.line.Text)
		return true
	}
	l.focusChanged = func(focused bool) {
		e.well.box.focused = focused
		e.well.Refresh()
		if !focused && e.OnLeft != nil {
			e.OnLeft()
		}
	}
}

// Name is the label, or the placeholder of a search.
func (e *Entry) Name() string { return e.line.name }

// SetLabel changes the label.
func (e *Entry) SetLabel(label string) {
	e.line.name = label
	e.Field.SetLabel(label)
}

// Text implements Filled.
func (e *Entry) Text() string { return e.line.Text }

// SetText implements Filled.
func (e *Entry) SetText(text string) { e.line.SetText(text) }

// SetPlaceholder shows grey words while the field is empty; never instead of a label.
func (e *Entry) SetPlaceholder(text string) { e.line.SetPlaceHolder(text) }

// SetSuffix shows a fixed text at the right, as €.
func (e *Entry) SetSuffix(text string) {
	e.well.after = NewText(text, theme.Body).Color(theme.Ink2).OneLine()
	e.well.Refresh()
}

// Mono sets the text in the font for codes: codice fiscale, IBAN, recovery code.
func (e *Entry) Mono() *Entry {
	e.line.TextStyle = fyne.TextStyle{Monospace: true}
	return e
}

// Focus puts the keyboard into the field, behind its text.
func (e *Entry) Focus() {
	focus(e.line)
	if !e.line.MultiLine {
		e.line.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	}
	e.revealFault()
}

// Focusable returns the object that has the keyboard, for Sheet.First and for tests that type.
func (e *Entry) Focusable() fyne.Focusable { return e.line }

// UndoneBy hands undo and redo of what was typed to the form: *Annulla* then takes back the form's changes in their
// order, not the letters of one field.
func (e *Entry) UndoneBy(undo, redo func()) { e.line.undo, e.line.redo = undo, redo }

// SelectAll marks the whole text.
func (e *Entry) SelectAll() { e.line.TypedShortcut(&fyne.ShortcutSelectAll{}) }

// Disable makes the field read-only. The screen says why beside it.
func (e *Entry) Disable() { e.line.Disable() }

// Enable lets the field be typed into again.
func (e *Entry) Enable() { e.line.Enable() }

// line is the toolkit's entry without its box, with the kit's keys.
type line struct {
	fynewidget.Entry
	name         string
	entered      func() bool // Enter in a single line; false = not wanted
	focusChanged func(bool)
	keys         func(*fyne.KeyEvent) bool // takes a key before the text does; may be nil
	pass         func(fyne.Shortcut)       // hands a shortcut to the window
	undo, redo   func()                    // of the form; nil leaves them to the text
}

func newLine(multi bool) *line {
	l := &line{}
	l.pass = func(s fyne.Shortcut) { passShortcut(l, s) }
	l.MultiLine = multi
	l.TextStyle = theme.Typed
	l.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	if multi {
		l.Wrapping = fyne.TextWrapWord
	}
	l.ExtendBaseWidget(l)
	return l
}

// CreateRenderer draws the toolkit's entry without its ground and edge, and without its own eye: the box around draws those.
func (l *line) CreateRenderer() fyne.WidgetRenderer {
	l.ActionItem = canvas.NewRectangle(theme.Color(theme.Clear)) // otherwise a hidden text gets an eye from the toolkit too
	r := l.Entry.CreateRenderer()
	l.ActionItem = nil
	return &lineFace{r}
}

// lineFace leaves the first two objects of the toolkit's entry out: ground and edge.
type lineFace struct{ fyne.WidgetRenderer }

// Objects implements fyne.WidgetRenderer.
func (f *lineFace) Objects() []fyne.CanvasObject { return f.WidgetRenderer.Objects()[2:] }

// AcceptsTab says no: Tab leaves every field.
func (l *line) AcceptsTab() bool { return false }

// FocusGained shows the focus and brings the field into view.
func (l *line) FocusGained() {
	l.Entry.FocusGained()
	l.focusChanged(true)
	reveal(l)
}

// FocusLost takes the focus away.
func (l *line) FocusLost() {
	l.Entry.FocusLost()
	l.focusChanged(false)
}

// TypedKey edits; Esc, Enter where nobody wants it, and function keys go on to the dialog or the window.
func (l *line) TypedKey(key *fyne.KeyEvent) {
	if l.keys != nil && l.keys(key) {
		return
	}
	switch key.Name {
	case fyne.KeyEscape, fyne.KeyF1, fyne.KeyF2, fyne.KeyF3, fyne.KeyF4, fyne.KeyF5, fyne.KeyF6, fyne.KeyF7, fyne.KeyF8,
		fyne.KeyF9, fyne.KeyF10, fyne.KeyF11, fyne.KeyF12:
		passKey(l, key)
	case fyne.KeyTab:
	case fyne.KeyReturn, fyne.KeyEnter:
		if l.MultiLine {
			l.Entry.TypedKey(key)
		} else if !l.entered() {
			passKey(l, key)
		}
	default:
		l.Entry.TypedKey(key)
	}
}

// TypedShortcut edits with the shortcuts of editing; all others go to the window.
func (l *line) TypedShortcut(shortcut fyne.Shortcut) {
	if custom, ok := shortcut.(*desktop.CustomShortcut); ok && !editing[custom.KeyName] {
		l.pass(shortcut)
		return
	}
	if _, undo := shortcut.(*fyne.ShortcutUndo); undo && l.undo != nil {
		l.undo()
		return
	}
	if _, redo := shortcut.(*fyne.ShortcutRedo); redo && l.redo != nil {
		l.redo()
		return
	}
	l.Entry.TypedShortcut(shortcut)
}

// editing are the keys whose shortcuts move or delete by word.
var editing = map[fyne.KeyName]bool{fyne.KeyLeft: true, fyne.KeyRight: true, fyne.KeyBackspace: true, fyne.KeyDelete: true}

// inputBox lies round a line: ground, edge, and what stands before and after the text.
type inputBox struct {
	fynewidget.BaseWidget
	line          *line
	box           *box
	before, after fyne.CanvasObject
}

func newInputBox(l *line) *inputBox {
	b := &inputBox{line: l, box: newBox()}
	b.ExtendBaseWidget(b)
	return b
}

func (b *inputBox) setWrong(wrong bool) {
	b.box.wrong = wrong
	b.Refresh()
}

// Parts implements parted.
func (b *inputBox) Parts() []fyne.CanvasObject {
	parts := []fyne.CanvasObject{b.line}
	if b.after != nil {
		parts = append(parts, b.after)
	}
	return parts
}

// CreateRenderer implements fyne.Widget.
func (b *inputBox) CreateRenderer() fyne.WidgetRenderer {
	b.box.paint()
	return &inputFace{b}
}

type inputFace struct{ *inputBox }

// Objects implements fyne.WidgetRenderer.
func (f *inputFace) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{f.box.veil, f.box.ground}
	if f.before != nil {
		objects = append(objects, f.before)
	}
	objects = append(objects, f.line)
	if f.after != nil {
		objects = append(objects, f.after)
	}
	return objects
}

// MinSize implements fyne.WidgetRenderer.
func (f *inputFace) MinSize() fyne.Size {
	height := max(theme.Px(theme.ButtonHeight), f.line.MinSize().Height)
	width := theme.Px(72)
	for _, side := range []fyne.CanvasObject{f.before, f.after} {
		if side != nil {
			width += side.MinSize().Width
		}
	}
	return fyne.NewSize(width, height)
}

// Layout implements fyne.WidgetRenderer.
func (f *inputFace) Layout(size fyne.Size) {
	f.box.lay(size)
	left, right := theme.Px(4), size.Width-theme.Px(2)
	if f.before != nil {
		least := f.before.MinSize()
		place(f.before, theme.Px(14), (size.Height-least.Height)/2, least.Width, least.Height)
		left += least.Width + theme.Px(10)
	}
	if f.after != nil {
		least := f.after.MinSize()
		inset := theme.Px(2)
		if _, text := f.after.(*Text); text {
			inset = theme.Px(14)
		}
		place(f.after, size.Width-least.Width-inset, (size.Height-least.Height)/2, least.Width, least.Height)
		right = size.Width - least.Width - inset
	}
	height := f.line.MinSize().Height
	if f.line.MultiLine {
		height = size.Height
	}
	place(f.line, left, (size.Height-height)/2, max(0, right-left), height)
}

// Refresh implements fyne.WidgetRenderer.
func (f *inputFace) Refresh() {
	f.box.paint()
	f.Layout(f.inputBox.Size())
	for _, o := range f.Objects() {
		o.Refresh()
	}
}

// Destroy implements fyne.WidgetRenderer.
func (f *inputFace) Destroy() {}
