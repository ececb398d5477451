package claims

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/member"
)

// Sort is an order of the list.
type Sort string

// The orders. Their words are "claims.sort.<value>".
const (
	Newest Sort = "newest" // also ""
	Oldest Sort = "oldest"
	Dear   Sort = "amount" // the highest amount first
	Stage  Sort = "state"  // as a claim goes from one state to the next
	Payday Sort = "paid"   // last paid first, then what was not paid
)

// Sorts lists the orders as they stand on the screen.
var Sorts = []Sort{Newest, Oldest, Dear, Stage, Payday}

// Query is which claims are listed, and in which order. The zero Query lists all, newest first.
type Query struct {
	Filter Filter
	Search string      // every word must occur in the row; accents and case don't count
	Person member.ID   // "" = anyone
	State  claim.State // "" = any
	Year   int         // of the row's day; 0 = every year
	Sort   Sort
}

// Narrowed counts how many of person, state and year leave something out.
func (q Query) Narrowed() int {
	n := 0
	for _, on := range []bool{q.Person != "", q.State != "", q.Year != 0} {
		if on {
			n++
		}
	}
	return n
}

// pill is the one in force.
func (q Query) pill() Filter {
	if q.Filter == "" {
		return All
	}
	return q.Filter
}

// order is the one in force.
func (q Query) order() Sort {
	if q.Sort == "" {
		return Newest
	}
	return q.Sort
}

// Widened is the query without search, person, state and year.
func (q Query) Widened() Query { return Query{Filter: q.Filter, Sort: q.Sort} }

// admits reports whether a row is left by all but the pill.
func (q Query) admits(r *Row, wanted []string) bool {
	return (q.Year == 0 || r.Day.Year == q.Year) && (q.State == "" || r.State == q.State) && (q.Person == "" || r.concerns(q.Person)) && r.matches(wanted)
}

// Line is one line of the list: a heading over the rows that follow, or a row.
type Line struct {
	Heading string
	Row     *Row
}

// Found is what a query leaves.
type Found struct {
	Lines  []Line
	Counts map[Filter]int // how many rows each pill would leave
}

// first is the claim of the first row, or "".
func (f Found) first() claim.ID {
	for _, l := range f.Lines {
		if l.Row != nil {
			return l.Row.ID
		}
	}
	return ""
}

// has reports whether a claim is listed.
func (f Found) has(id claim.ID) bool {
	return slices.ContainsFunc(f.Lines, func(l Line) bool { return l.Row != nil && l.Row.ID == id })
}

// Choice is one value to filter by, with the number of rows that have it.
type Choice struct {
	Value, Label string
	Count        int
}

// Book holds every row, ready to be filtered, searched and sorted. Its methods must not be called at once.
type Book struct {
	rows   []Row // newest first
	byID   map[claim.ID]int
	orders map[Sort][]int // places in rows; made when first asked for

	people, states, years []Choice

	household member.Household
	words     Vocabulary
}

// NewBook makes the rows of all claims.
func NewBook(summaries []claim.Summary, household member.Household, v Vocabulary) *Book {
	return (&Book{}).Renewed(summaries, household, v)
}

// Renewed is the book of what the claims have become; rows of claims that did not change are taken over. v must be in the
// language of b.
func (b *Book) Renewed(summaries []claim.Summary, household member.Household, v Vocabulary) *Book {
	n := &Book{rows: make([]Row, 0, len(summaries)), byID: make(map[claim.ID]int, len(summaries)), orders: map[Sort][]int{}, household: household, words: v}
	same := b.household.Version == household.Version && b.household.Number == household.Number
	for _, s := range summaries {
		if at, ok := b.byID[s.Claim.ID]; ok && same && unchanged(b.rows[at].summary, s) {
			n.rows = append(n.rows, b.rows[at])
		} else {
			n.rows = append(n.rows, NewRow(s, household, v))
		}
		n.rows[len(n.rows)-1].summary = s
	}
	slices.SortStableFunc(n.rows, func(x, y Row) int { return compareDays(y.Day, x.Day) })
	for i := range n.rows {
		n.byID[n.rows[i].ID] = i
	}
	n.countChoices()
	return n
}

// unchanged reports whether two readings of a claim make the same row: what the member changes grows its version, what the mutual
// says its steps.
func unchanged(was, is claim.Summary) bool {
	return was.Claim.Version == is.Claim.Version && was.State == is.State && len(was.Claim.Mutual.Steps) == len(is.Claim.Mutual.Steps) && protocol(was) == protocol(is)
}

// Summary returns a claim by its id.
func (b *Book) Summary(id claim.ID) (claim.Summary, bool) {
	at, ok := b.byID[id]
	if !ok {
		return claim.Summary{}, false
	}
	return b.rows[at].summary, true
}

// Numbered returns the id of the claim that has a number at the mutual, or "".
func (b *Book) Numbered(number string) claim.ID {
	for i := range b.rows {
		if protocol(b.rows[i].summary) == number {
			return b.rows[i].ID
		}
	}
	return ""
}

// Find lists what a query leaves, with a heading where a month begins or another state.
func (b *Book) Find(q Query) Found {
	wanted := strings.Fields(fold(q.Search))
	f := Found{Lines: make([]Line, 0, len(b.rows)), Counts: map[Filter]int{}}
	by, under := q.order(), group{}
	for _, i := range b.order(by) {
		row := &b.rows[i]
		if !q.admits(row, wanted) {
			continue
		}
		f.Counts[All]++
		f.Counts[row.filter]++
		if !q.pill().holds(row.filter) {
			continue
		}
		if g := groupOf(by, row); g != under {
			under = g
			f.Lines = append(f.Lines, Line{Heading: b.heading(g)})
		}
		f.Lines = append(f.Lines, Line{Row: row})
	}
	return f
}

// group is the rows under one heading; the zero group has none.
type group struct {
	month  civil.Date // its first day
	label  string     // of a state
	unpaid bool
}

// groupOf says under which heading a row stands in an order.
func groupOf(s Sort, r *Row) group {
	day := r.Day
	switch s {
	case Dear:
		return group{}
	case Stage:
		return group{label: r.Label}
	case Payday:
		if r.PaidOn.IsZero() {
			return group{unpaid: true}
		}
		day = r.PaidOn
	}
	return group{month: civil.Date{Year: day.Year, Month: day.Month, Day: 1}}
}

func (b *Book) heading(g group) string {
	switch {
	case g.unpaid:
		return b.words.Unpaid
	case g.label != "":
		return g.label
	}
	return b.words.Month(g.month)
}

// order lists the places of the rows in an order. Rows that are equal in it stay newest first.
func (b *Book) order(s Sort) []int {
	if order, ok := b.orders[s]; ok {
		return order
	}
	order := make([]int, len(b.rows))
	for i := range order {
		order[i] = i
	}
	compare := map[Sort]func(x, y *Row) int{
		Oldest: func(x, y *Row) int { return compareDays(x.Day, y.Day) },
		Dear:   func(x, y *Row) int { return cmp.Compare(y.Amount, x.Amount) },
		Stage: func(x, y *Row) int {
			return cmp.Or(cmp.Compare(stageOf(x.State), stageOf(y.State)), cmp.Compare(x.Label, y.Label))
		},
		Payday: func(x, y *Row) int { return compareDays(y.PaidOn, x.PaidOn) },
	}[s]
	if compare != nil {
		slices.SortStableFunc(order, func(i, j int) int { return compare(&b.rows[i], &b.rows[j]) })
	}
	b.orders[s] = order
	return order
}

// stages are the states as a claim goes through them.
var stages = []claim.State{claim.Draft, claim.Ready, claim.Held, claim.DocumentsRequested, claim.Blocked, claim.Queued, claim.Sending, claim.Unconfirmed, claim.Delivered,
	claim.Registered, claim.InReview, claim.Approved, claim.Paid, claim.Rejected, claim.Merged, claim.Withdrawn}

// stageOf is the place of a state among the stages; one that the program does not know comes last.
func stageOf(s claim.State) int {
	if at := slices.Index(stages, s); at >= 0 {
		return at
	}
	return len(stages)
}

func compareDays(x, y civil.Date) int {
	return cmp.Or(cmp.Compare(x.Year, y.Year), cmp.Compare(x.Month, y.Month), cmp.Compare(x.Day, y.Day))
}

// People lists whom the claims are for, in the order of the household.
func (b *Book) People() []Choice { return b.people }

// States lists the states that claims have, as they follow one another.
func (b *Book) States() []Choice { return b.states }

// Years lists the years of the claims, last first.
func (b *Book) Years() []Choice { return b.years }

// countChoices finds what there is to filter by.
func (b *Book) countChoices() {
	people, states, years := map[string]int{}, map[string]int{}, map[int]int{}
	labels := map[string]string{}
	for i := range b.rows {
		r := &b.rows[i]
		for j, d := range r.summary.Claim.Documents {
			if !slices.ContainsFunc(r.summary.Claim.Documents[:j], func(o claim.ExpenseDocument) bool { return o.Person == d.Person }) {
				people[string(d.Person)]++
			}
		}
		states[string(r.State)]++
		labels[string(r.State)] = r.Label
		years[r.Day.Year]++
	}
	for _, p := range b.household.People() {
		if n := people[string(p.ID)]; n > 0 {
			b.people = append(b.people, Choice{string(p.ID), p.GivenName, n})
		}
	}
	for state, n := range states {
		b.states = append(b.states, Choice{state, labels[state], n})
	}
	slices.SortFunc(b.states, func(x, y Choice) int {
		return cmp.Or(cmp.Compare(stageOf(claim.State(x.Value)), stageOf(claim.State(y.Value))), cmp.Compare(x.Label, y.Label))
	})
	for _, year := range slices.Backward(slices.Sorted(maps.Keys(years))) {
		b.years = append(b.years, Choice{strconv.Itoa(year), strconv.Itoa(year), years[year]})
	}
}

// Claims returns all claims, newest first.
func (b *Book) Claims() []claim.Claim {
	all := make([]claim.Claim, len(b.rows))
	for i := range b.rows {
		all[i] = b.rows[i].summary.Claim
	}
	return all
}
