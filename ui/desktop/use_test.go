package desktop

import (
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	fynedesktop "fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"github.com/sodale/sodale/ui/widget"
)

// top is what lies on top: a dialog, else the page.
func (st *stage) top() fyne.CanvasObject {
	if o := st.Window().Canvas().Overlays().Top(); o != nil {
		return o
	}
	return st.layers
}

func (st *stage) find(name string) widget.Named {
	st.t.Helper()
	n := widget.Find(st.top(), name)
	if n == nil {
		st.t.Fatalf("%q is not there; seen: %q", name, st.words())
	}
	return n
}

// press presses a part by the words on it.
func (st *stage) press(name string) {
	st.t.Helper()
	p, ok := st.find(name).(widget.Pressed)
	if !ok {
		st.t.Fatalf("%q can't be pressed", name)
	}
	if p.Disabled() {
		st.t.Fatalf("%q is disabled", name)
	}
	test.Tap(p)
}

// fill types into a field by its label.
func (st *stage) fill(name, text string) {
	st.t.Helper()
	st.find(name).(widget.Filled).SetText(text)
}

// choose takes an option of a field by its label.
func (st *stage) choose(name, option string) {
	st.t.Helper()
	field := st.find(name).(widget.Chosen)
	if !field.Choose(option) {
		st.t.Fatalf("%q has no %q: %q", name, option, field.Options())
	}
}

// words is everything that is seen on top, with plain spaces.
func (st *stage) words() []string {
	all := widget.Words(st.top())
	for i, w := range all {
		all[i] = strings.ReplaceAll(w, "\u00a0", " ")
	}
	return all
}

// sees reports whether a text is part of what is seen on top.
func (st *stage) sees(text string) bool {
	return slices.ContainsFunc(st.words(), func(w string) bool { return strings.Contains(w, text) })
}

func (st *stage) mustSee(texts ...string) {
	st.t.Helper()
	for _, text := range texts {
		if !st.sees(text) {
			st.t.Errorf("%q is not seen; seen: %q", text, st.words())
		}
	}
}

// key presses a key where the keyboard is.
func (st *stage) key(name fyne.KeyName) {
	c := st.Window().Canvas()
	if f := c.Focused(); f != nil {
		f.TypedKey(&fyne.KeyEvent{Name: name})
	} else {
		c.OnTypedKey()(&fyne.KeyEvent{Name: name})
	}
}

// ctrl presses a combination. The toolkit's test window hands none out, so that it goes to the shell at once.
func (st *stage) ctrl(name fyne.KeyName) {
	st.Shortcut(&fynedesktop.CustomShortcut{KeyName: name, Modifier: fyne.KeyModifierShortcutDefault})
}

// picture writes what is seen to the folder that SODALE_PICTURES names, if any.
func (st *stage) picture(name string) {
	folder := os.Getenv("SODALE_PICTURES")
	if folder == "" {
		return
	}
	f, err := os.Create(filepath.Join(folder, name+".png"))
	if err != nil {
		st.t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, st.Window().Canvas().Capture()); err != nil {
		st.t.Fatal(err)
	}
}
