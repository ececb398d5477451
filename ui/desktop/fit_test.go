package desktop

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/assets"
	"github.com/sodale/sodale/ui/screen/settings"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
)

// eachScreen shows every page, a detail in every state and every sheet, one after the other.
func (st *stage) eachScreen(look func(name string)) {
	look("door")
	st.fill("Password", "apriti sesamo")
	st.press(st.openLabel())
	for _, to := range st.screens() {
		st.Go(Place{Screen: to})
		look(string(to))
	}
	for _, id := range []string{"draft", "ready", "unconfirmed", "held", "requested", "rejected", "paid"} {
		st.Go(Place{Claims, id})
		look("claim " + id)
	}
	for name, show := range map[string]func(){"queue": st.showQueue, "help": st.showHelp, "notices": st.showNotices, "go to": st.goTo, "menu": st.showMenu} {
		show()
		look(name)
		st.key(fyne.KeyEscape)
		if widget.ModalOpen(st.Window().Canvas()) {
			st.t.Fatalf("Esc left %s open", name)
		}
	}
}

// openLabel is the label of the button that opens, in the language of the moment.
func (st *stage) openLabel() string {
	if st.stored.Language == "en" {
		return "Unlock"
	}
	return "Sblocca"
}

func TestNothingIsCutAtTwiceTheSizeInASmallWindow(t *testing.T) { // UX section 8
	for _, language := range []string{"it", "en"} {
		t.Run(language, func(t *testing.T) {
			st := open(t, fullVault(), func(st *stage) { st.stored = settings.Settings{Look: theme.Light, Text: 200, Language: language} })
			st.size(1024, 700)
			st.eachScreen(func(name string) { st.checkFit(name) })
		})
	}
}

// checkFit looks for words that have less room than they need, and for parts that reach out of the window.
func (st *stage) checkFit(name string) {
	st.t.Helper()
	driver, width := fyne.CurrentApp().Driver(), st.Window().Canvas().Size().Width
	widget.Walk(st.top(), func(o fyne.CanvasObject) bool {
		size, least := o.Size(), o.MinSize()
		switch x := o.(type) {
		case *widget.Text:
			if size.Width+1 < least.Width || x.HeightAt(size.Width) > size.Height+1 {
				st.t.Errorf("%s: %q has %v, needs %v", name, x.Plain(), size, least)
			}
		case widget.Pressed:
			at := driver.AbsolutePositionForObject(o)
			if at.X < -1 || at.X+size.Width > width+1 {
				st.t.Errorf("%s: %q reaches from %v to %v in a window of %v", name, x.Name(), at.X, at.X+size.Width, width)
			}
			if _, list := o.(*widget.List); !list && (size.Width+1 < least.Width || size.Height+1 < least.Height) {
				st.t.Errorf("%s: %q has %v, needs %v", name, x.Name(), size, least)
			}
		}
		return true
	})
}

// phrases are the texts of a language that the other does not have, without placeholders.
func phrases(t *testing.T, language, other string) []string {
	t.Helper()
	read := func(language string) map[string]string {
		all := map[string]string{}
		for _, file := range []string{"shell", "unlock", "overview", "claims", "card", "queue", "settings", "kit"} {
			var table map[string]any
			if err := json.Unmarshal(assets.Translations(language)[file], &table); err != nil {
				t.Fatalf("%s/%s: %v", language, file, err)
			}
			for key, phrase := range table {
				if text, ok := phrase.(string); ok {
					all[key] = text
				}
			}
		}
		return all
	}
	own, theirs := read(language), read(other)
	var list []string
	for key, text := range own {
		if !strings.Contains(text, "{") && !slices.Contains(values(theirs), text) {
			list = append(list, text)
		}
		if theirs[key] == "" {
			t.Errorf("%s has no %s", other, key)
		}
	}
	return list
}

func values(m map[string]string) []string {
	list := make([]string, 0, len(m))
	for _, v := range m {
		list = append(list, v)
	}
	return list
}

func TestNoScreenMixesLanguages(t *testing.T) {
	for _, c := range []struct{ language, other string }{{"en", "it"}, {"it", "en"}} {
		t.Run(c.language, func(t *testing.T) {
			foreign := phrases(t, c.other, c.language)
			st := open(t, fullVault(), func(st *stage) { st.stored.Language = c.language })
			st.eachScreen(func(name string) {
				for _, w := range st.words() {
					if slices.Contains(foreign, w) && !slices.Contains([]string{"Password", "Italiano", "English"}, w) {
						t.Errorf("%s: %q is in the other language", name, w)
					}
				}
			})
		})
	}
}
