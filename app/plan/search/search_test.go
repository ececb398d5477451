package search_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/sodale/sodale/app/plan"
	"github.com/sodale/sodale/app/plan/search"
)

func aPlan() *plan.Plan {
	return &plan.Plan{
		Benefits: []plan.Benefit{{ID: "visits", Name: "Visite specialistiche", Summary: "Rimborso del ticket."}},
		Articles: []plan.Article{
			{ID: "art. 1", Title: "Rimborso ticket", Text: "La validità della visita è di un anno.\n\nPerché sì."},
			{ID: "art. 2", Title: "Varie", Text: strings.Repeat("parole senza peso ", 40) + "la Visita cardiologica " + strings.Repeat("e altre parole ", 40)},
			{ID: "glossario, Visita specialistica", Title: "Visita specialistica", Text: "Da parte di un medico."}},
		Annexes:  []plan.Annexed{{Title: "Elenco", Items: []string{"Ecografia", "Angiografia"}}},
		Readings: []plan.Reading{{ID: "AMB-04", Text: "Il giorno non si conta."}},
	}
}

func ids(hits []search.Hit) string {
	var list []string
	for _, h := range hits {
		list = append(list, string(h.Kind)+":"+h.ID)
	}
	return strings.Join(list, " ")
}

// marked writes a text with what was found between brackets.
func marked(m search.Marked) string {
	var b strings.Builder
	at := 0
	for _, s := range m.Spans {
		b.WriteString(m.Text[at:s.From] + "[" + m.Text[s.From:s.To] + "]")
		at = s.To
	}
	return b.String() + m.Text[at:]
}

func TestWordsAreFoundWithoutAccentsAndCase(t *testing.T) { // PLN-01, PLN-07
	x := search.New(aPlan())
	for asked, want := range map[string]string{
		"VISIT":          "benefit:visits glossary:glossario, Visita specialistica article:art. 1 article:art. 2",
		"validita visit": "article:art. 1",
		"validità":       "article:art. 1",
		"perche":         "article:art. 1",
		"ticket":         "article:art. 1 benefit:visits",
		"angiografia":    "annex:Elenco",
		"amb 04":         "reading:AMB-04",
		"isita":          "", // inside a word
		"assente":        "",
		" .,":            "",
	} {
		if got := ids(x.Find(asked)); got != want {
			t.Errorf("%q finds %q, want %q", asked, got, want)
		}
	}
}

func TestWhatWasFoundIsMarkedInItsPassage(t *testing.T) {
	hits := search.New(aPlan()).Find("visita cardio")
	if len(hits) != 1 {
		t.Fatalf("%v", hits)
	}
	got := marked(hits[0].Text)
	if !strings.Contains(got, "la [Visita] [cardiologica] e altre") || !strings.HasPrefix(got, "… ") || !strings.HasSuffix(got, " …") || utf8.RuneCountInString(got) > 200 {
		t.Errorf("got %q", got)
	}
	if got := marked(search.Mark("È la validità: valida, non invalida.", "VALIDA")); got != "È la validità: [valida], non invalida." {
		t.Errorf("got %q", got)
	}
	if got := marked(search.Mark("È la validità.", "validi")); got != "È la [validità]." {
		t.Errorf("got %q", got)
	}
}

func TestMarksAlwaysCoverWordsThatBeginAsAsked(t *testing.T) {
	texts := rapid.StringOfN(rapid.SampledFrom([]rune("aàbèe cd\u0301\n.🙂È")), 0, 300, -1)
	rapid.Check(t, func(t *rapid.T) {
		text, asked := texts.Draw(t, "text"), texts.Draw(t, "asked")
		p := &plan.Plan{Articles: []plan.Article{{ID: "a", Title: "", Text: text}}}
		for _, h := range search.New(p).Find(asked) {
			for _, s := range h.Text.Spans {
				found := search.Fold(h.Text.Text[s.From:s.To])
				begins := false
				for _, a := range search.Fold(asked) {
					begins = begins || len(found) == 1 && strings.HasPrefix(found[0], a)
				}
				if !begins {
					t.Fatalf("%q is marked for %q", h.Text.Text[s.From:s.To], asked)
				}
			}
			if !utf8.ValidString(h.Text.Text) {
				t.Fatalf("broken: %q", h.Text.Text)
			}
		}
	})
}
