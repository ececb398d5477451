package drive

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/storage"

	"github.com/sodale/sodale/ui/widget"
)

// Window is a person at one window. Its methods are called on one goroutine.
type Window struct {
	app    *App
	window fyne.Window
	drop   func(files []fyne.URI)
}

// Errors of looking for something, wrapped with what was looked for and what was seen instead.
var (
	ErrNotSeen  = errors.New("not seen")
	ErrDisabled = errors.New("disabled")
	ErrNotThat  = errors.New("can't be used that way")
)

// Attach takes the place before a window. drop is what the window does with dropped files; nil drops nothing.
func (a *App) Attach(w fyne.Window, drop func(files []fyne.URI)) *Window {
	return &Window{app: a, window: w, drop: drop}
}

// root is what is seen: the topmost sheet over the window, or the window itself.
func (w *Window) root() fyne.CanvasObject {
	if top := w.window.Canvas().Overlays().Top(); top != nil {
		return top
	}
	return w.window.Canvas().Content()
}

// Words returns every text that is seen, in reading order.
func (w *Window) Words() []string {
	w.app.Pump()
	return widget.Words(w.root())
}

// Sees reports whether a text that is seen contains the words.
func (w *Window) Sees(words string) bool {
	return slices.ContainsFunc(w.Words(), func(text string) bool { return strings.Contains(text, words) })
}

// find returns the first visible part of type T with that name.
func find[T any](w *Window, name string) (found T, err error) {
	w.app.Pump()
	err = ErrNotSeen
	widget.Walk(w.root(), func(o fyne.CanvasObject) bool {
		n, named := o.(widget.Named)
		if !named || n.Name() != name {
			return true
		}
		part, ok := o.(T)
		if !ok {
			err = ErrNotThat
			return true
		}
		found, err = part, nil
		return false
	})
	if err != nil {
		err = fmt.Errorf("%q: %w; seen: %s", name, err, strings.Join(widget.Words(w.root()), " | "))
	}
	return found, err
}

// Press presses what has that name.
func (w *Window) Press(name string) error {
	part, err := find[fyne.Tappable](w, name)
	if err != nil {
		return err
	}
	if d, ok := part.(fyne.Disableable); ok && d.Disabled() {
		return fmt.Errorf("%q: %w", name, ErrDisabled)
	}
	part.Tapped(&fyne.PointEvent{Position: fyne.NewPos(2, 2)})
	w.app.Pump()
	return nil
}

// Fill replaces what stands in a field, letter by letter, and leaves the field.
func (w *Window) Fill(field, text string) error {
	part, err := find[widget.Filled](w, field)
	if err != nil {
		return err
	}
	part.SetText("")
	part.Focus()
	c := w.window.Canvas()
	if focused := c.Focused(); focused != nil {
		focused.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd}) // what was selected is no longer there
	}
	for _, r := range text {
		focused := c.Focused()
		if focused == nil {
			return fmt.Errorf("%q lost the keyboard: %w", field, ErrNotThat)
		}
		focused.TypedRune(r)
		w.app.Pump()
	}
	c.Unfocus()
	w.app.Pump()
	return nil
}

// Choose takes an option of a list of choices.
func (w *Window) Choose(field, option string) error {
	part, err := find[widget.Chosen](w, field)
	if err != nil {
		return err
	}
	if !part.Choose(option) {
		return fmt.Errorf("%q has no %q: %w; it has %v", field, option, ErrNotSeen, part.Options())
	}
	w.app.Pump()
	return nil
}

// Type writes letters where the keyboard is, and fails where nothing takes them.
func (w *Window) Type(text string) error {
	for _, r := range text {
		focused := w.window.Canvas().Focused()
		if focused == nil {
			return fmt.Errorf("typing %q: no part has the keyboard: %w", text, ErrNotThat)
		}
		focused.TypedRune(r)
		w.app.Pump()
	}
	return nil
}

// Key presses a key where the keyboard is.
func (w *Window) Key(name fyne.KeyName) {
	c := w.window.Canvas()
	if f := c.Focused(); f != nil {
		if tabbed, ok := f.(fyne.Tabbable); name == fyne.KeyTab && (!ok || !tabbed.AcceptsTab()) {
			c.FocusNext()
		} else {
			f.TypedKey(&fyne.KeyEvent{Name: name})
		}
	} else if name == fyne.KeyTab {
		c.FocusNext()
	} else if onKey := c.OnTypedKey(); onKey != nil {
		onKey(&fyne.KeyEvent{Name: name})
	}
	w.app.Pump()
}

// Shortcut presses a key combination where the keyboard is, or else in the window.
func (w *Window) Shortcut(key fyne.KeyName, modifier fyne.KeyModifier) {
	s := typedShortcut(key, modifier)
	if f, ok := w.window.Canvas().Focused().(fyne.Shortcutable); ok {
		f.TypedShortcut(s)
	} else if c, ok := w.window.Canvas().(fyne.Shortcutable); ok {
		c.TypedShortcut(s)
	}
	w.app.Pump()
}

// typedShortcut is what the toolkit makes of a key combination: those of editing have types of their own.
func typedShortcut(key fyne.KeyName, modifier fyne.KeyModifier) fyne.Shortcut {
	if modifier == fyne.KeyModifierShortcutDefault {
		switch key {
		case fyne.KeyZ:
			return &fyne.ShortcutUndo{}
		case fyne.KeyY:
			return &fyne.ShortcutRedo{}
		case fyne.KeyV:
			return &fyne.ShortcutPaste{Clipboard: fyne.CurrentApp().Clipboard()}
		}
	}
	return &desktop.CustomShortcut{KeyName: key, Modifier: modifier}
}

// Drop lets files fall on the window.
func (w *Window) Drop(paths ...string) error {
	if w.drop == nil {
		return fmt.Errorf("drop: %w", ErrNotThat)
	}
	var files []fyne.URI
	for _, p := range paths {
		files = append(files, storage.NewFileURI(p))
	}
	w.drop(files)
	w.app.Pump()
	return nil
}

// Await waits until condition holds, doing meanwhile what other goroutines ask for.
func (w *Window) Await(what string, limit time.Duration, condition func() bool) error {
	deadline := time.NewTimer(limit)
	defer deadline.Stop()
	look := time.NewTicker(5 * time.Millisecond)
	defer look.Stop()
	for {
		w.app.Pump()
		if condition() {
			return nil
		}
		select {
		case <-w.app.driver.woken:
		case <-look.C:
		case <-deadline.C:
			return fmt.Errorf("waited %v for %s: %w; seen: %s", limit, what, ErrNotSeen, strings.Join(w.Words(), " | "))
		}
	}
}

// AwaitWords waits until the words are seen.
func (w *Window) AwaitWords(words string, limit time.Duration) error {
	return w.Await(words, limit, func() bool { return w.Sees(words) })
}
