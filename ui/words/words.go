// Package words is every word that a screen shows: looked up by key in the translation files of package assets, in the
// language of the moment, with named placeholders. It also writes dates, hours and money as people read them. Keys are
// literals in the source, so that a test can hold source and files together; a family of keys is written as a literal
// beginning plus a value: words.T("state." + s).
package words

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"github.com/sodale/sodale/assets"
)

// Italian and English are the languages there are.
const (
	Italian = "it"
	English = "en"
)

// toolkitFile holds the toolkit's own strings, in its own format.
const toolkitFile = "fyne"

// phrase is one translation. A key with one form has it in both.
type phrase struct{ one, other string }

// UnmarshalJSON reads "text" or {"one": "…", "other": "…"}.
func (p *phrase) UnmarshalJSON(data []byte) error {
	var text string
	if json.Unmarshal(data, &text) == nil {
		p.one, p.other = text, text
		return nil
	}
	var forms struct{ One, Other string }
	if err := json.Unmarshal(data, &forms); err != nil {
		return err
	}
	p.one, p.other = forms.One, forms.Other
	return nil
}

var (
	mu        sync.RWMutex
	current   = Italian
	tables    = map[string]map[string]phrase{Italian: load(Italian), English: load(English)}
	listeners = map[int]func(){}
	nextID    int
)

// load merges the files of a language. The files are embedded: a broken one is a broken build, which the tests see; at
// run time its keys show as keys.
func load(language string) map[string]phrase {
	table := map[string]phrase{}
	for name, data := range assets.Translations(language) {
		if name == toolkitFile {
			continue
		}
		var file map[string]phrase
		if err := json.Unmarshal(data, &file); err != nil {
			continue
		}
		for key, p := range file {
			table[key] = p
		}
	}
	return table
}

func init() { teachToolkit(Italian) }

// teachToolkit gives the toolkit's own dialogs and menus their words, whatever the language of the system is.
func teachToolkit(language string) {
	data := assets.Translations(language)[toolkitFile]
	if data == nil {
		return
	}
	for _, locale := range []string{lang.SystemLocale().LanguageString(), "en"} {
		_ = lang.AddTranslationsForLocale(data, fyne.Locale(locale))
	}
}

// T returns the phrase of a key. Values are pairs of a name and what stands for it: T("file.size", "Size", "3,4").
// A key that no file has comes back as it is.
func T(key string, values ...any) string {
	return fill(find(key, key).other, values)
}

// N returns the phrase of a key for n things: its form "one" for 1, else "other". {N} stands for the number.
func N(key string, n int, values ...any) string {
	p := find(key, key)
	text := p.other
	if n == 1 {
		text = p.one
	}
	return fill(text, append([]any{"N", strconv.Itoa(n)}, values...))
}

// Has reports whether the current language has the key.
func Has(key string) bool {
	mu.RLock()
	defer mu.RUnlock()
	_, ok := tables[current][key]
	return ok
}

// Set changes the language and tells every listener. Languages other than Italian and English are ignored.
func Set(language string) {
	mu.Lock()
	if _, ok := tables[language]; !ok || language == current {
		mu.Unlock()
		return
	}
	current = language
	calls := make([]func(), 0, len(listeners))
	for i := range nextID {
		if f, ok := listeners[i]; ok {
			calls = append(calls, f)
		}
	}
	mu.Unlock()
	teachToolkit(language)
	for _, f := range calls {
		f()
	}
}

// Language returns the language of the moment.
func Language() string {
	mu.RLock()
	defer mu.RUnlock()
	return current
}

// Listen calls f after every change of language, on the goroutine that made it, until cancel is called.
func Listen(f func()) (cancel func()) {
	mu.Lock()
	defer mu.Unlock()
	n := nextID
	nextID++
	listeners[n] = f
	return func() {
		mu.Lock()
		defer mu.Unlock()
		delete(listeners, n)
	}
}

func find(key, otherwise string) phrase {
	mu.RLock()
	defer mu.RUnlock()
	if p, ok := tables[current][key]; ok {
		return p
	}
	return phrase{otherwise, otherwise}
}

// fill puts values in the place of {Name}. A name without a value stays visible.
func fill(text string, values []any) string {
	if len(values) == 0 || !strings.Contains(text, "{") {
		return text
	}
	pairs := make([]string, 0, len(values))
	for i := 0; i+1 < len(values); i += 2 {
		pairs = append(pairs, "{"+fmt.Sprint(values[i])+"}", fmt.Sprint(values[i+1]))
	}
	filled := strings.NewReplacer(pairs...).Replace(text)
	if Language() == Italian {
		return elide(filled)
	}
	return filled
}

// eightOrEleven is an article before a day whose name begins with a vowel. A day that stands out has stars before it.
var eightOrEleven = regexp.MustCompile(`\b([Ii]l|[Dd]el|[Aa]l|[Dd]al) (\*\*)?(8|11) (\p{Ll})`)

// elide writes "l’8 novembre" and "dell’11 dicembre" in the place of "il 8" and "del 11".
func elide(text string) string {
	return eightOrEleven.ReplaceAllStringFunc(text, func(found string) string {
		article, rest, _ := strings.Cut(found, " ")
		switch article {
		case "il":
			return "l’" + rest
		case "Il":
			return "L’" + rest
		}
		return article + "l’" + rest
	})
}
