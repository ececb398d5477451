package gallery_test

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/assets"
	"github.com/sodale/sodale/ui/desktop"
	"github.com/sodale/sodale/ui/gallery"
	"github.com/sodale/sodale/ui/screen/settings"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/words"
)

// pages are those under the member's name.
var pages = []desktop.Screen{desktop.Person, desktop.Contacts, desktop.Payments, desktop.Family, desktop.Security, desktop.Privacy, desktop.Support}

// eachPage shows every page, and those with a form open, under the rules of some mutuals.
func eachPage(t *testing.T, s settings.Settings, mutuals []string, look func(w *gallery.World, name string)) {
	t.Helper()
	for _, mutual := range mutuals {
		w := gallery.NewPromptWorld(s)
		w.UseRules(mutual)
		w.SetHousehold(func(h *member.Household) { h.Family[0].Dossier = true })
		w.Resize(1024, 700)
		if err := w.Unlock(); err != nil {
			t.Fatal(err)
		}
		for _, p := range pages {
			w.Shell.Go(desktop.Place{Screen: p})
			look(w, mutual+" "+string(p))
			for _, form := range []string{"person.edit", "family.add"} {
				if w.Sees(words.T(form)) {
					if err := w.Press(words.T(form)); err != nil {
						t.Fatal(err)
					}
					look(w, mutual+" "+string(p)+" "+form)
				}
			}
		}
		for _, n := range w.Rules.Notices {
			w.Shell.Go(desktop.Place{Screen: desktop.Privacy, ID: n.ID})
			look(w, mutual+" notice "+n.ID)
		}
		w.Close()
	}
	words.Set(words.Italian)
}

var keyOrHole = regexp.MustCompile(`^(part|person|family|security|privacy|help|shell|error)\.[a-z]|\{[A-Z]`)

func TestNothingOfTheMembersPagesIsCutAtTwiceTheSize(t *testing.T) { // UX section 8
	for language, mutuals := range map[string][]string{words.Italian: {"aurora", "insieme"}, words.English: {"cesarepozzo"}} {
		eachPage(t, settings.Settings{Look: theme.Light, Text: 200, Language: language}, mutuals, func(w *gallery.World, name string) {
			if cut := w.CutTexts(); len(cut) > 0 {
				t.Errorf("%s, %s: cut %q", language, name, cut)
			}
			for _, text := range w.Words() {
				if keyOrHole.MatchString(text) {
					t.Errorf("%s, %s: shows %q", language, name, text)
				}
			}
		})
	}
}

// phrases are the texts of the members' pages in a language that are not in the other, without placeholders.
func phrases(t *testing.T, language, other string) []string {
	t.Helper()
	table := func(language, file string) map[string]any {
		var m map[string]any
		if err := json.Unmarshal(assets.Translations(language)[file], &m); err != nil {
			t.Fatalf("%s/%s: %v", language, file, err)
		}
		return m
	}
	var list []string
	for _, file := range []string{"part", "person", "family", "security", "privacy", "help"} {
		theirs := table(other, file)
		for key, phrase := range table(language, file) {
			if text, ok := phrase.(string); ok && !strings.Contains(text, "{") && theirs[key] != text {
				list = append(list, text)
			}
		}
	}
	return list
}

func TestTheMembersPagesDoNotMixLanguages(t *testing.T) {
	for _, c := range []struct{ language, other string }{{words.English, words.Italian}, {words.Italian, words.English}} {
		foreign := phrases(t, c.other, c.language)
		if len(foreign) < 100 {
			t.Fatalf("only %d phrases: the tables are not read", len(foreign))
		}
		eachPage(t, settings.Settings{Look: theme.Light, Text: 100, Language: c.language}, []string{"aurora"}, func(w *gallery.World, name string) {
			for _, text := range w.Words() {
				if !strings.Contains(name, "notice") && slices.Contains(foreign, text) && !slices.Contains([]string{"Privacy", "Password"}, text) {
					t.Errorf("%s, %s: %q is in the other language", c.language, name, text)
				}
			}
		})
	}
}
