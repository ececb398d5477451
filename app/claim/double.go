package claim

import (
	"slices"
	"strings"
	"unicode"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/document/picture"
	"github.com/sodale/sodale/app/money"
)

// DoubleKind is what two documents have in common.
type DoubleKind string

// The kinds, the surest first. A double is reported once, by its surest kind.
const (
	SameFile    DoubleKind = "same-file"    // the very bytes (SHA-256)
	SamePaper   DoubleKind = "same-paper"   // who issued it, number, date and total, for whomever of the family it is
	SamePicture DoubleKind = "same-picture" // looks the same: maybe
)

// Double is a document that was claimed before, or stands twice in one claim.
type Double struct {
	Kind     DoubleKind
	Document string // id of the document in the claim that was asked about
	File     string // id of its file; "" for SamePaper by what was typed

	Claim  ID     // the other claim, or the same one
	Number string // the mutual's number of it; "" = none yet
	Twin   string // id of the other document
}

// Known is what was claimed so far, to find what is claimed twice. It is built once for many questions and then only read.
// docs/duplicates.md has how often it finds what it should, how often it errs, and how long it takes.
type Known struct {
	files    map[string][]source // by SHA-256 of the plain bytes
	papers   map[string][]paper  // by number and date
	pictures []picturePlace
}

// source is a document of a claim.
type source struct {
	claim    ID
	number   string
	document string
	facts    facts // as typed
}

type paper struct {
	source
	facts facts
}

type picturePlace struct {
	source
	print picture.Fingerprint
}

// facts tell a paper from every other.
type facts struct {
	vat, provider string // one of them may be ""
	number        string
	on            civil.Date
	total         money.Cents
	currency      string
}

// NewKnown indexes claims. Those that were taken back don't count: their expenses are not claimed any more.
func NewKnown(claims []Claim) *Known {
	k := &Known{files: map[string][]source{}, papers: map[string][]paper{}}
	for _, c := range claims {
		if c.Mutual.State == Withdrawn {
			continue
		}
		for _, d := range c.Documents {
			k.add(c, d)
		}
	}
	return k
}

func (k *Known) add(c Claim, d ExpenseDocument) {
	from := source{claim: c.ID, number: c.Mutual.Number, document: d.ID, facts: d.typed()}
	for _, a := range d.Attachments {
		if a.Role != ExpensePaper {
			continue // one prescription may serve several claims
		}
		if a.Plain != "" {
			k.files[a.Plain] = append(k.files[a.Plain], from)
		}
		if print, ok := a.print(); ok {
			k.pictures = append(k.pictures, picturePlace{from, print})
		}
	}
	for _, f := range d.facts() {
		k.papers[f.key()] = append(k.papers[f.key()], paper{from, f})
	}
}

// Doubles lists what of a claim was claimed before, in another claim or twice in this one; in form order, each pair of
// documents once. The claim itself need not be known.
func (k *Known) Doubles(c Claim) []Double {
	var found []Double
	earlier := NewKnown(nil)
	for _, d := range c.Documents {
		mine := len(found)
		for _, known := range []*Known{k, earlier} {
			for _, next := range known.doublesOf(d) {
				again := slices.ContainsFunc(found[mine:], func(f Double) bool { return f.Claim == next.Claim && f.Twin == next.Twin })
				if !again && (known == earlier || next.Claim != c.ID) {
					found = append(found, next)
				}
			}
		}
		earlier.add(c, d)
	}
	return found
}

// doublesOf lists the documents that one may be, the surest kind first.
func (k *Known) doublesOf(d ExpenseDocument) []Double {
	var found []Double
	meet := func(kind DoubleKind, file string, s source) {
		found = append(found, Double{Kind: kind, Document: d.ID, File: file, Claim: s.claim, Number: s.number, Twin: s.document})
	}
	for _, a := range d.Attachments {
		if a.Role == ExpensePaper && a.Plain != "" {
			for _, s := range k.files[a.Plain] {
				meet(SameFile, a.ID, s)
			}
		}
	}
	for _, f := range d.facts() {
		for _, p := range k.papers[f.key()] {
			if f.same(p.facts) {
				meet(SamePaper, "", p.source)
			}
		}
	}
	for _, a := range d.Attachments {
		if print, ok := a.print(); ok && a.Role == ExpensePaper {
			for i := range k.pictures {
				if k.pictures[i].print.Distance(print) <= picture.MaybeSame && !d.typed().apart(k.pictures[i].facts) {
					meet(SamePicture, a.ID, k.pictures[i].source)
				}
			}
		}
	}
	return found
}

func (a Attachment) print() (f picture.Fingerprint, ok bool) {
	return f, a.Print != "" && f.UnmarshalText([]byte(a.Print)) == nil
}

// typed are the facts as they stand in the form.
func (d ExpenseDocument) typed() facts {
	f := facts{vat: d.ProviderVAT, provider: foldName(d.Provider), number: foldNumber(d.Number), on: d.IssuedOn, total: d.Amount, currency: d.Currency}
	if d.Currency != "" {
		f.total = money.Cents(d.Foreign)
	}
	return f
}

// facts are those of a document that are complete: as typed, and as each paper of the expense says.
func (d ExpenseDocument) facts() []facts {
	list := []facts{d.typed()}
	for _, a := range d.expenses() {
		p := a.Paper
		list = append(list, facts{vat: p.VAT, provider: foldName(p.Provider), number: foldNumber(p.Number), on: p.IssuedOn, total: p.Total, currency: p.Currency})
	}
	list = slices.DeleteFunc(list, func(f facts) bool {
		return f.vat == "" && f.provider == "" || f.number == "" || f.on.IsZero() || f.total <= 0
	})
	slices.SortFunc(list, func(a, b facts) int { return strings.Compare(a.key(), b.key()) })
	return slices.Compact(list)
}

func (f facts) key() string { return f.number + "|" + f.on.String() }

// same reports whether two papers are one. A VAT number that both have decides; without it the names must be the same.
func (f facts) same(g facts) bool {
	if f.number != g.number || f.on != g.on || f.total != g.total || f.currency != g.currency {
		return false
	}
	if f.vat != "" && g.vat != "" {
		return f.vat == g.vat
	}
	return f.provider != "" && f.provider == g.provider
}

// apart reports whether two documents are surely not one paper: of number, date and total at least two are stated on both
// sides and differ. So two receipts of one form are told apart, and a mistake in one field hides no double.
func (f facts) apart(g facts) bool {
	n := 0
	for _, differs := range []bool{
		f.number != "" && g.number != "" && f.number != g.number,
		!f.on.IsZero() && !g.on.IsZero() && f.on != g.on,
		f.total > 0 && g.total > 0 && f.total != g.total,
	} {
		if differs {
			n++
		}
	}
	return n >= 2
}

// foldNumber writes a document's number as everybody would: no spaces and punctuation, capitals, and without the zeros and
// the words in front that one person copies and the next leaves out. "Ricevuta n. 2026/004817" and "2026-4817" are one.
func foldNumber(text string) string {
	var parts []string
	for _, word := range strings.FieldsFunc(strings.ToUpper(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		for _, part := range runs(word) {
			if trimmed := strings.TrimLeft(part, "0"); trimmed != "" && !numberWords[trimmed] {
				parts = append(parts, trimmed)
			}
		}
	}
	return strings.Join(parts, "-")
}

// numberWords say only that a number follows.
var numberWords = map[string]bool{"N": true, "NR": true, "NUM": true, "NUMERO": true, "DOC": true, "FT": true, "FATT": true, "FATTURA": true,
	"RIC": true, "RICEVUTA": true, "PARCELLA": true, "SCONTRINO": true}

// runs cuts a word where letters meet digits.
func runs(word string) []string {
	var parts []string
	start := 0
	letters := []rune(word)
	for i := 1; i <= len(letters); i++ {
		if i == len(letters) || unicode.IsDigit(letters[i]) != unicode.IsDigit(letters[i-1]) {
			parts = append(parts, string(letters[start:i]))
			start = i
		}
	}
	return parts
}

// foldName writes a name without case, spaces and punctuation, and without what kind of company it is.
func foldName(text string) string {
	var b strings.Builder
	for _, word := range strings.FieldsFunc(strings.ToLower(strings.ReplaceAll(text, ".", "")), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if !companyWords[word] {
			b.WriteString(word)
		}
	}
	return b.String()
}

var companyWords = map[string]bool{"srl": true, "spa": true, "snc": true, "sas": true, "srls": true, "dott": true, "dr": true, "dottssa": true, "drssa": true, "prof": true}
