package reading

import "strings"

// phrase is a label of a paper: one set of alternatives for each word. A word that ends in "?" may be missing.
type phrase [][]string

// phrases reads labels written as "fattura|ricevuta sanitaria? n|nr": words parted by spaces, alternatives by bars.
func phrases(lines ...string) []phrase {
	var all []phrase
	for _, l := range lines {
		var p phrase
		for _, w := range strings.Fields(l) {
			alternatives := strings.Split(strings.TrimSuffix(w, "?"), "|")
			if strings.HasSuffix(w, "?") {
				alternatives = append(alternatives, "")
			}
			p = append(p, alternatives)
		}
		all = append(all, p)
	}
	return all
}

// matcher compares folded words; a loose one lets one letter of a long word be misread.
type matcher struct{ loose bool }

func (m matcher) same(is, want string) bool {
	return is == want || m.loose && len(want) >= 6 && len(is) >= 5 && within(is, want)
}

// start returns how many words the phrase takes at the start of words, 0 when it does not stand there.
func (m matcher) start(p phrase, words []word) int {
	n := 0
	for _, alternatives := range p {
		for n < len(words) && words[n].low == "" && n > 0 {
			n++ // a mark between two words
		}
		hit := false
		for _, want := range alternatives {
			if want != "" && n < len(words) && m.same(words[n].low, want) {
				hit = true
				n++
				break
			}
		}
		if !hit && alternatives[len(alternatives)-1] != "" {
			return 0
		}
	}
	return n
}

// starts returns the most words that one of the phrases takes at the start of words.
func (m matcher) starts(all []phrase, words []word) int {
	most := 0
	for _, p := range all {
		most = max(most, m.start(p, words))
	}
	return most
}

// ends reports whether words end with one of the phrases.
func (m matcher) ends(all []phrase, words []word) bool {
	for i := range words {
		if n := m.starts(all, words[i:]); n > 0 && i+n == len(words) {
			return true
		}
	}
	return false
}

// last returns how many words stand between the last place of one of the phrases and the end of words; -1 for nowhere.
func (m matcher) last(all []phrase, words []word) int {
	for i := len(words) - 1; i >= 0; i-- {
		if n := m.starts(all, words[i:]); n > 0 {
			return max(len(words)-i-n, 0)
		}
	}
	return -1
}

// holds reports whether one of the phrases stands anywhere in words.
func (m matcher) holds(all []phrase, words []word) bool { return m.last(all, words) >= 0 }

// within reports whether two words differ by at most one letter put in, left out or changed.
func within(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) == len(b) {
		return i == len(a) || a[i+1:] == b[i+1:]
	}
	return a[i:] == b[i+1:]
}

// above calls see with the cells that stand over a stretch of a page, the nearest first, until it returns false. It
// stops at the top of the page.
func above(rows []row, at int, x0, x1 float64, see func(r *row, c cell) bool) {
	for i := at - 1; i >= 0 && rows[i].page == rows[at].page; i-- {
		for _, c := range rows[i].cells {
			if c0, c1 := rows[i].bounds(c); c0 < x1 && c1 > x0 && !see(&rows[i], c) {
				return
			}
		}
	}
}
