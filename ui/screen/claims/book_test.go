package claims

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/money"
)

// told writes what a query leaves: headings as they are, rows by their id.
func told(f Found) []string {
	var out []string
	for _, l := range f.Lines {
		if l.Row == nil {
			out = append(out, l.Heading)
		} else {
			out = append(out, string(l.Row.ID))
		}
	}
	return out
}

func rowsOf(f Found) int {
	n := 0
	for _, l := range f.Lines {
		if l.Row != nil {
			n++
		}
	}
	return n
}

// three is a list of an old paid claim of Paolo's and two of Elena's under way.
func three() []claim.Summary {
	old := sent("old", claim.Paid, noon.AddDate(-1, -2, 0), claim.ExpenseDocument{Person: "paolo", Service: claim.Exams, Amount: 9000})
	old.Claim.Mutual.Granted, old.Claim.Mutual.PaidOn = 3692, civil.Date{Year: 2026, Month: 1, Day: 8}
	return []claim.Summary{old, sent("new", claim.InReview, noon, claim.ExpenseDocument{Person: "elena", Amount: 100}),
		sent("middle", claim.Delivered, noon.AddDate(0, 0, -3), claim.ExpenseDocument{Person: "elena", Amount: 5000})}
}

func TestTheListIsSortedWithHeadings(t *testing.T) { // CLM-25
	b := NewBook(three(), family, plain)
	for sort, want := range map[Sort][]string{
		"":     {"2026-11", "new", "middle", "2025-09", "old"},
		Oldest: {"2025-09", "old", "2026-11", "middle", "new"},
		Dear:   {"middle", "old", "new"},
		Stage:  {"delivered", "middle", "in-review", "new", "paid", "old"},
		Payday: {"2026-01", "old", "Non pagate", "new", "middle"},
	} {
		if got := told(b.Find(Query{Sort: sort})); !slices.Equal(got, want) {
			t.Errorf("%q: got %v, want %v", sort, got, want)
		}
	}
}

func TestTheListIsFilteredByPersonStateAndYearAndThePillsCountWhatIsLeft(t *testing.T) { // CLM-25
	b := NewBook(three(), family, plain)
	for name, c := range map[string]struct {
		query  Query
		want   []string
		counts map[Filter]int
	}{
		"paolo":          {Query{Person: "paolo"}, []string{"2025-09", "old"}, map[Filter]int{All: 1, Closed: 1}},
		"under way":      {Query{Filter: Going}, []string{"2026-11", "new", "middle"}, map[Filter]int{All: 3, Going: 2, Closed: 1}},
		"year and pill":  {Query{Filter: Closed, Year: 2026}, nil, map[Filter]int{All: 2, Going: 2}},
		"one state":      {Query{State: claim.InReview}, []string{"2026-11", "new"}, map[Filter]int{All: 1, Going: 1}},
		"search as well": {Query{Person: "elena", Search: "50,00"}, []string{"2026-11", "middle"}, map[Filter]int{All: 1, Going: 1}},
	} {
		found := b.Find(c.query)
		if got := told(found); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
		for _, f := range Filters {
			if found.Counts[f] != c.counts[f] {
				t.Errorf("%s: %s counts %d, want %d", name, f, found.Counts[f], c.counts[f])
			}
		}
	}
	if got := (Query{Filter: Closed, Person: "p", Year: 2026, Search: "x", Sort: Dear}).Widened(); got != (Query{Filter: Closed, Sort: Dear}) {
		t.Errorf("widened to %+v", got)
	}
}

func TestTheFiltersOfferWhatThereIsWithItsNumber(t *testing.T) { // CLM-25
	b := NewBook(three(), family, plain)
	if got := b.People(); !slices.Equal(got, []Choice{{"elena", "Elena", 2}, {"paolo", "Paolo", 1}}) {
		t.Errorf("people %v", got)
	}
	if got := b.Years(); !slices.Equal(got, []Choice{{"2026", "2026", 2}, {"2025", "2025", 1}}) {
		t.Errorf("years %v", got)
	}
	if got := b.States(); !slices.Equal(got, []Choice{{"delivered", "delivered", 1}, {"in-review", "in-review", 1}, {"paid", "paid", 1}}) {
		t.Errorf("states %v", got)
	}
}

func TestTheSearchIgnoresAccentsCaseAndOrder(t *testing.T) {
	doc := claim.ExpenseDocument{Service: claim.Exams, Person: "paolo", Amount: 4615, Provider: "Casa di cura dell’Università", Number: "2026/118830",
		Attachments: []claim.Attachment{{Name: "ricetta.pdf"}}}
	b := NewBook([]claim.Summary{sent("one", claim.InReview, noon, doc), sent("two", claim.Paid, noon)}, family, plain)
	for query, want := range map[string]int{
		"": 2, "universita": 1, "UNIVERSITÀ paolo": 1, "l'universita": 1, "46,15": 1, "118830": 1, "26-004471": 2, "ricetta": 1, "16/11/2026": 2, "paolo elena": 0, "nessuno": 0,
	} {
		if rows := rowsOf(b.Find(Query{Search: query})); rows != want {
			t.Errorf("%q: %d rows, want %d", query, rows, want)
		}
	}
}

func TestAClaimIsFoundByItsNumber(t *testing.T) { // CLM-24
	b := NewBook(three(), family, plain)
	if got := b.Numbered("26-004471"); got == "" {
		t.Error("no claim has the number")
	}
	if got := b.Numbered("26-999999"); got != "" {
		t.Errorf("nobody's number is that of %s", got)
	}
}

// many is n claims over the years.
func many(n int) []claim.Summary {
	all := make([]claim.Summary, n)
	for i := range all {
		all[i] = sent(claim.ID(fmt.Sprint(i)), []claim.State{claim.Paid, claim.Rejected, claim.InReview}[i%3], noon.Add(-time.Duration(i)*9*time.Hour),
			claim.ExpenseDocument{Service: claim.Visit, Person: []member.ID{"elena", "paolo"}[i%2], Amount: money.Cents(i), Provider: "Ospedale San Rocco", Number: fmt.Sprint("2026/", i)})
	}
	return all
}

func TestTenThousandClaimsAreSearchedInTime(t *testing.T) { // UX section 5: under 100 ms
	b := NewBook(many(10_000), family, plain)
	best := time.Hour
	for range 5 {
		start := time.Now()
		if f := b.Find(Query{Search: "rocco 2026/9999"}); rowsOf(f) != 1 {
			t.Fatalf("%d rows", rowsOf(f))
		}
		best = min(best, time.Since(start))
	}
	if best > 100*time.Millisecond {
		t.Errorf("a search took %v", best)
	}
}

func TestARenewedBookIsTheBookOfWhatTheClaimsHaveBecome(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		claims := many(rapid.IntRange(1, 12).Draw(t, "claims"))
		b := NewBook(claims, family, plain)
		for range rapid.IntRange(0, 6).Draw(t, "changes") {
			s := &claims[rapid.IntRange(0, len(claims)-1).Draw(t, "which")]
			switch rapid.IntRange(0, 2).Draw(t, "what") {
			case 0: // the member edits
				s.Claim.Version++
				s.Claim.Documents = []claim.ExpenseDocument{{Person: "paolo", Amount: 77, Number: "cambiata"}}
			case 1: // the mutual speaks
				s.State, s.Claim.Mutual.State = claim.Approved, claim.Approved
				s.Claim.Mutual.Granted, s.Claim.Mutual.Steps = 55, append(slices.Clone(s.Claim.Mutual.Steps), claim.Passage{State: claim.Approved})
			case 2: // it is deleted
				claims = slices.Delete(slices.Clone(claims), 0, min(1, len(claims)-1))
			}
			b = b.Renewed(claims, family, plain)
		}
		fresh := NewBook(claims, family, plain)
		for _, q := range []Query{{}, {Search: "cambiata"}, {Sort: Dear}, {Person: "paolo"}, {State: claim.Approved}} {
			if got, want := told(b.Find(q)), told(fresh.Find(q)); !slices.Equal(got, want) {
				t.Fatalf("%+v: got %v, want %v", q, got, want)
			}
		}
	})
}
