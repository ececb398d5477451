package reading

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/letters"
)

// The most of a paper that is looked at: pages, and words of one page. What is past them is left out.
const (
	maxPages = 4
	maxWords = 4000
)

// word is one word of a page with its box in points.
type word struct {
	text           string
	low            string // folded: lower-case a to z and digits, nothing else
	x0, x1, y0, y1 float64
	line           int // index of the line that it was found in
	cell           int // index of its cell in the row
}

// row is the words on one height of a page, from left to right.
type row struct {
	words []word
	cells []cell
	page  int
	y, h  float64 // middle and height
}

// cell is a run of words of a row with no wide gap: words[first:end].
type cell struct{ first, end int }

func (r *row) in(c cell) []word { return r.words[c.first:c.end] }

// bounds is where a cell begins and ends.
func (r *row) bounds(c cell) (x0, x1 float64) { return r.words[c.first].x0, r.words[c.end-1].x1 }

// text writes words with single spaces.
func text(words []word) string {
	parts := make([]string, len(words))
	for i, w := range words {
		parts[i] = w.text
	}
	return strings.Join(parts, " ")
}

// lowText writes their folded forms.
func lowText(words []word) string {
	parts := make([]string, 0, len(words))
	for _, w := range words {
		if w.low != "" {
			parts = append(parts, w.low)
		}
	}
	return strings.Join(parts, " ")
}

// layOut makes the rows of a paper from the lines of its pages, top down. Pages that were pictures may still lean.
func layOut(pages [][]document.Line, pictures bool) []row {
	var rows []row
	for i, lines := range pages[:min(len(pages), maxPages)] {
		if pictures {
			lines = straighten(lines)
		}
		rows = append(rows, rowsOf(i, lines)...)
	}
	return rows
}

func rowsOf(page int, lines []document.Line) []row {
	var words []word
	for i, l := range lines {
		if len(words) >= maxWords {
			break
		}
		words = append(words, split(i, l)...)
	}
	slices.SortStableFunc(words, func(a, b word) int { return cmp.Compare(a.y0+a.y1, b.y0+b.y1) })
	var rows []row
	for _, w := range words {
		if n := len(rows); n > 0 && rows[n-1].takes(w) {
			rows[n-1].words = append(rows[n-1].words, w)
			continue
		}
		rows = append(rows, row{words: []word{w}, page: page, y: (w.y0 + w.y1) / 2, h: w.y1 - w.y0})
	}
	for i := range rows {
		rows[i].part()
	}
	return rows
}

// takes reports whether a word stands on the row's height. Boxes around ink alone are lower than lines of type, so that
// half a height is less than half the way to the next row.
func (r *row) takes(w word) bool {
	y := (w.y0 + w.y1) / 2
	return y-r.y < 0.5*min(r.h, w.y1-w.y0) || y-r.y < 0.6*min(r.h, w.y1-w.y0) && r.apart(w)
}

// apart reports whether a word stands beside all words of the row, over or under none.
func (r *row) apart(w word) bool {
	return !slices.ContainsFunc(r.words, func(o word) bool { return w.x0 < o.x1 && o.x0 < w.x1 })
}

// part orders the words of a row and finds its cells. Whoever found the lines cut them where a gap was wide; two lines
// that nearly touch are one cell.
func (r *row) part() {
	slices.SortStableFunc(r.words, func(a, b word) int { return cmp.Compare(a.x0, b.x0) })
	for i := range r.words {
		w := &r.words[i]
		if n := len(r.cells); n > 0 && (w.line == r.words[i-1].line || w.x0-r.words[i-1].x1 < 0.4*min(w.y1-w.y0, r.words[i-1].y1-r.words[i-1].y0)) {
			r.cells[n-1].end = i + 1
		} else {
			r.cells = append(r.cells, cell{i, i + 1})
		}
		w.cell = len(r.cells) - 1
	}
}

// split cuts a line into words. Their places are in proportion to their letters: close enough to find columns.
func split(index int, l document.Line) []word {
	if !(l.W > 0 && l.W < 1e6 && l.H > 0 && l.H < 1e6 && l.X > -1e6 && l.X < 1e6 && l.Y > -1e6 && l.Y < 1e6) {
		return nil
	}
	all := utf8.RuneCountInString(l.Text)
	var words []word
	at := 0
	for _, part := range strings.SplitAfter(strings.ReplaceAll(l.Text, "\u00a0", " "), " ") {
		n := utf8.RuneCountInString(part)
		if t := strings.TrimSpace(part); t != "" {
			pos := func(i int) float64 { return l.X + l.W*float64(i)/float64(all) }
			for _, piece := range unglue(t) {
				words = append(words, word{line: index, text: piece, low: fold(piece), x0: pos(at), x1: pos(at + utf8.RuneCountInString(t)), y0: l.Y, y1: l.Y + l.H})
			}
		}
		at += n
	}
	return words
}

// unglue parts a short label from a number that is printed right behind it: "n.318", "N°12/26", "P.IVA01234567897",
// "CF:MRCLNE…".
func unglue(t string) []string {
	mark := strings.IndexAny(t, ".:°º")
	if mark < 1 || mark > 6 {
		return []string{t}
	}
	end := strings.LastIndexAny(t, ".:°º")
	if digit := strings.IndexAny(t, "0123456789"); digit > 0 {
		end = strings.LastIndexAny(t[:digit], ".:°º")
	}
	if end < 0 {
		return []string{t}
	}
	_, size := utf8.DecodeRuneInString(t[end:])
	head, tail := t[:end+size], t[end+size:]
	if strings.ContainsAny(head, "0123456789/") || !strings.ContainsAny(tail, "0123456789") || letters.Only(head, letters.Plain) == "" {
		return []string{t}
	}
	return []string{head, tail}
}

// fold reduces a word to lower-case a to z and digits.
func fold(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case '0' <= r && r <= '9' || 'a' <= r && r <= 'z':
			b.WriteRune(r)
		case 'A' <= r && r <= 'Z':
			b.WriteRune(r + 'a' - 'A')
		case r >= 0x80 && r != '°' && r != 'º' && r != 'ª':
			b.WriteString(strings.ToLower(letters.Only(string(r), letters.Plain)))
		}
	}
	return b.String()
}
