// Package search finds what a plan says about a word: benefits, articles, glossary, annexes and readings (PLN-01, PLN-07). Case and
// accents make no difference; a word is found where another begins with it. A plan is small enough to be looked through at every key.
package search

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/sodale/sodale/app/plan"
)

// Kind is what was found.
type Kind string

// The kinds, in the order in which equally good finds are shown.
const (
	Benefit  Kind = "benefit"
	Article  Kind = "article"
	Glossary Kind = "glossary"
	Annex    Kind = "annex"
	Reading  Kind = "reading"
)

var order = map[Kind]int{Benefit: 0, Article: 1, Glossary: 2, Annex: 3, Reading: 4}

// GlossaryPrefix begins the ids of the articles that are a plan's glossary.
const GlossaryPrefix = "glossario, "

// KindOf tells a definition of the glossary from an article.
func KindOf(a plan.Article) Kind {
	if strings.HasPrefix(a.ID, GlossaryPrefix) {
		return Glossary
	}
	return Article
}

// Hit is one find.
type Hit struct {
	Kind  Kind
	ID    string // of the benefit, article or reading; of an annex, its title
	Title Marked
	Text  Marked // the passage round the first find, about 160 characters, with … where it is cut
}

// Marked is a text with what was found in it.
type Marked struct {
	Text  string
	Spans []Span
}

// Span is a stretch of bytes: whole words.
type Span struct{ From, To int }

// entry is one thing that can be found.
type entry struct {
	kind        Kind
	id          string
	title, text string
	titles      []word
	texts       []word
}

// Index is a plan made ready to be looked through. It is safe for concurrent use.
type Index struct{ entries []entry }

// New makes a plan ready; it takes some milliseconds.
func New(p *plan.Plan) *Index {
	x := &Index{}
	for _, b := range p.Benefits {
		x.add(Benefit, string(b.ID), b.Name, b.Summary)
	}
	for _, a := range p.Articles {
		x.add(KindOf(a), a.ID, a.Title, a.Text)
	}
	for _, a := range p.Annexes {
		x.add(Annex, a.Title, a.Title, strings.Join(a.Items, "\n"))
	}
	for _, r := range p.Readings {
		x.add(Reading, r.ID, r.ID, r.Text)
	}
	return x
}

func (x *Index) add(kind Kind, id, title, text string) {
	x.entries = append(x.entries, entry{kind, id, title, text, split(title), split(text)})
}

// Find returns what holds every word of a text, best first: found in the title, then by kind, then in the plan's order. A text
// without a word finds nothing.
func (x *Index) Find(text string) []Hit {
	asked := Fold(text)
	if len(asked) == 0 {
		return nil
	}
	type ranked struct {
		Hit
		rank int
	}
	var found []ranked
	for i := range x.entries {
		e := &x.entries[i]
		titles, inTitle := spans(e.titles, asked)
		texts, inText := spans(e.texts, asked)
		if !all(inTitle, inText) {
			continue
		}
		rank := order[e.kind]
		if !all(inTitle) {
			rank += len(order)
		}
		found = append(found, ranked{Hit{e.kind, e.id, Marked{e.title, titles}, passage(e.text, texts)}, rank})
	}
	slices.SortStableFunc(found, func(a, b ranked) int { return cmp.Compare(a.rank, b.rank) })
	hits := make([]Hit, len(found))
	for i, f := range found {
		hits[i] = f.Hit
	}
	return hits
}

// all reports whether each word is there in one of the places.
func all(places ...[]bool) bool {
	for i := range places[0] {
		if !slices.ContainsFunc(places, func(p []bool) bool { return p[i] }) {
			return false
		}
	}
	return true
}

// Mark marks in a text every word that begins with one of those asked for.
func Mark(text, asked string) Marked {
	found, _ := spans(split(text), Fold(asked))
	return Marked{text, found}
}

// word is one of a text, folded, and where it stands.
type word struct {
	folded string
	Span
}

// spans lists the words that begin as one of those asked for, and which of those were found.
func spans(words []word, asked []string) ([]Span, []bool) {
	var list []Span
	found := make([]bool, len(asked))
	for _, w := range words {
		hit := false
		for i, a := range asked {
			if strings.HasPrefix(w.folded, a) {
				found[i], hit = true, true
			}
		}
		if hit {
			list = append(list, w.Span)
		}
	}
	return list, found
}

// Fold returns the words of a text in lower case, without accents.
func Fold(text string) []string {
	words := split(text)
	list := make([]string, len(words))
	for i, w := range words {
		list[i] = w.folded
	}
	return list
}

// split parts a text into words: stretches of letters and digits.
func split(text string) []word {
	var list []word
	from := -1
	for at, r := range text {
		inside := unicode.IsLetter(r) || unicode.IsDigit(r) || from >= 0 && unicode.Is(unicode.Mn, r)
		switch {
		case inside && from < 0:
			from = at
		case !inside && from >= 0:
			list = append(list, word{plain(text[from:at]), Span{from, at}})
			from = -1
		}
	}
	if from >= 0 {
		list = append(list, word{plain(text[from:]), Span{from, len(text)}})
	}
	return list
}

func plain(word string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(word)))
}

// before and after are how many bytes of a passage stand round the first find, at most.
const (
	before = 50
	after  = 110
)

// passage cuts a text at words round the first find; without one it is the beginning.
func passage(text string, found []Span) Marked {
	at := 0
	if len(found) > 0 {
		at = found[0].From
	}
	from, to := back(text, at-before), forth(text, at+after)
	head, tail := "", ""
	if from > 0 {
		head = "… "
	}
	if to < len(text) {
		tail = " …"
	}
	m := Marked{Text: head + strings.ReplaceAll(text[from:to], "\n", " ") + tail}
	for _, s := range found {
		if s.From >= from && s.To <= to {
			m.Spans = append(m.Spans, Span{s.From - from + len(head), s.To - from + len(head)})
		}
	}
	return m
}

// back is the beginning of the word that a byte stands in, or 0.
func back(text string, at int) int {
	if at <= 0 {
		return 0
	}
	if i := strings.LastIndexAny(text[:at], " \n"); i >= 0 {
		return i + 1
	}
	return 0
}

// forth is the end of the word that a byte stands in.
func forth(text string, at int) int {
	if at >= len(text) {
		return len(text)
	}
	for at > 0 && !utf8.RuneStart(text[at]) {
		at--
	}
	if i := strings.IndexAny(text[at:], " \n"); i >= 0 {
		return at + i
	}
	return len(text)
}
