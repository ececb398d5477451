// Package widget is Sodale's own kit: every part that a screen is put together from. It exists because the toolkit's
// parts fall short where the members need them most: Enter and Space both press a button, Tab leaves a field of many
// lines, Esc closes a dialog, dates and money are Italian, and whoever has the focus wears a ring.
//
// Layout goes by width first. Text wraps, so a height is only known for a width: parts and layouts that wrap have
// HeightAt, and Column, Row, Flow, Columns, Pad, Frame and Scroll ask it. Put screens together with these and nothing
// is cut at 200 %.
//
// Every interactive part has Name, the label that is seen, and Parts lead from any object to those inside it, so that
// tests and the tour find what to press by the words on it.
package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
)

// Named is a part that a person presses or fills in, by the label they see.
type Named interface {
	fyne.CanvasObject
	// Name is the label that is seen, or the tooltip of a part that shows only an icon.
	Name() string
}

// Pressed is a Named part that does something when pressed.
type Pressed interface {
	Named
	fyne.Tappable
	fyne.Disableable
}

// Filled is a Named part that holds a text which a person types.
type Filled interface {
	Named
	// Text returns what stands in it.
	Text() string
	// SetText replaces what stands in it, as if it had been typed: OnChanged is called.
	SetText(string)
	// Focus puts the keyboard into it.
	Focus()
}

// Chosen is a Named part that holds one of a few options.
type Chosen interface {
	Named
	// Options lists the labels.
	Options() []string
	// Choose takes the option with that label, as if it had been pressed, and reports whether there is one.
	Choose(label string) bool
}

// wider is an object whose height depends on its width.
type wider interface{ HeightAt(width float32) float32 }

// wideLayout is a layout whose height depends on its width.
type wideLayout interface {
	heightAt(objects []fyne.CanvasObject, width float32) float32
}

// HeightAt returns the height an object needs at a width.
func HeightAt(o fyne.CanvasObject, width float32) float32 {
	if w, ok := o.(wider); ok {
		return w.HeightAt(width)
	}
	if c, ok := o.(*fyne.Container); ok {
		if l, ok := c.Layout.(wideLayout); ok {
			return l.heightAt(c.Objects, width)
		}
	}
	return o.MinSize().Height
}

// parted is a widget that tells what it is made of.
type parted interface{ Parts() []fyne.CanvasObject }

// Parts returns the objects directly inside one, in reading order: those of a container, a scroll, a widget of this kit
// or any other widget with a method Parts.
func Parts(o fyne.CanvasObject) []fyne.CanvasObject {
	switch x := o.(type) {
	case *fyne.Container:
		return x.Objects
	case *container.Scroll:
		return []fyne.CanvasObject{x.Content}
	case parted:
		return x.Parts()
	}
	return nil
}

// Walk visits an object and everything visible inside it, depth first in reading order, until visit returns false.
// It reports whether it came to the end.
func Walk(o fyne.CanvasObject, visit func(fyne.CanvasObject) bool) bool {
	if o == nil || !o.Visible() {
		return true
	}
	if !visit(o) {
		return false
	}
	for _, part := range Parts(o) {
		if !Walk(part, visit) {
			return false
		}
	}
	return true
}

// Find returns the first visible Named part with that name inside an object, or nil.
func Find(root fyne.CanvasObject, name string) Named {
	var found Named
	Walk(root, func(o fyne.CanvasObject) bool {
		if n, ok := o.(Named); ok && n.Name() == name {
			found = n
			return false
		}
		return true
	})
	return found
}

// Words returns every text that is seen inside an object, in reading order.
func Words(root fyne.CanvasObject) []string {
	var texts []string
	Walk(root, func(o fyne.CanvasObject) bool {
		switch x := o.(type) {
		case *Text:
			texts = append(texts, x.Plain())
			return true
		case *canvas.Text:
			if x.Text != "" {
				texts = append(texts, x.Text)
			}
		case Filled:
			if x.Text() != "" {
				texts = append(texts, x.Text())
			}
		}
		return true
	})
	return texts
}

// CutTexts returns every text inside an object that has less room than it needs, for tests of large text. Texts that may
// be Short are left out.
func CutTexts(root fyne.CanvasObject) []string {
	var cut []string
	Walk(root, func(o fyne.CanvasObject) bool {
		t, ok := o.(*Text)
		if !ok || t.short {
			return true
		}
		size := t.Size()
		for _, line := range t.lines(size.Width) {
			if t.lineWidth(line) > size.Width+1 {
				cut = append(cut, t.Plain())
				return true
			}
		}
		if t.HeightAt(size.Width) > size.Height+1 {
			cut = append(cut, t.Plain())
		}
		return true
	})
	return cut
}

// face draws a widget of the kit: objects from back to front, how they lie, how small they may be, and how they take
// on the theme and the widget's state.
type face struct {
	owner   fyne.Widget
	objects []fyne.CanvasObject
	layout  func(fyne.Size)
	min     func() fyne.Size
	paint   func()
}

// newFace completes a face and paints it for the first time.
func newFace(f face) *face {
	if f.paint != nil {
		f.paint()
	}
	return &f
}

// Layout puts the objects where they belong at a size.
func (f *face) Layout(size fyne.Size) { f.layout(size) }

// MinSize returns the least size.
func (f *face) MinSize() fyne.Size { return f.min() }

// Objects returns what is drawn, from back to front.
func (f *face) Objects() []fyne.CanvasObject { return f.objects }

// Destroy has nothing to free.
func (f *face) Destroy() {}

// Refresh paints the state and the theme anew.
func (f *face) Refresh() {
	if f.paint != nil {
		f.paint()
	}
	f.layout(f.owner.Size())
	for _, o := range f.objects {
		o.Refresh()
	}
	canvas.Refresh(f.owner)
}
