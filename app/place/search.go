package place

import (
	"cmp"
	"slices"
	"strings"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/letters"
)

// Search finds places by the beginning of a name, or of a later word of it, in any case and with or without accents,
// apostrophes and spaces: "l’aq", "forli", "BENEDETTO". Names of every time and of both languages are looked at; a place
// is returned once, as it was called on the day, at most limit of them. With a day only places that stood on it are
// returned. The zero Date asks for any time: then a place comes as it is, or last was, called, and those that stand come
// first. A comune comes after its exact name, then names that begin so, then words that do.
func Search(text string, on civil.Date, limit int) []Place {
	prefix := letters.Only(text, letters.Plain)
	if prefix == "" || limit < 1 {
		return nil
	}
	a := table()
	first, _ := slices.BinarySearchFunc(a.names, prefix, func(e entry, p string) int { return strings.Compare(e.key, p) })
	best := map[Code]hit{}
	for i := first; i < len(a.names) && strings.HasPrefix(a.names[i].key, prefix); i++ {
		h, ok := a.hit(a.names[i], prefix, on)
		if !ok {
			continue
		}
		if old, seen := best[h.Code]; !seen || h.rank < old.rank {
			best[h.Code] = h
		}
	}
	hits := make([]hit, 0, len(best))
	for _, h := range best {
		hits = append(hits, h)
	}
	slices.SortFunc(hits, compare)
	found := make([]Place, 0, min(limit, len(hits)))
	for _, h := range hits[:min(limit, len(hits))] {
		found = append(found, *h.Place)
	}
	return found
}

// hit is a place that was found, the letters of its name, and how well it fits: 0 for the exact name, 1 for its
// beginning, 2 for a later word.
type hit struct {
	*Place
	key  string
	rank int
}

// hit judges one entry of the index.
func (a *atlas) hit(e entry, prefix string, on civil.Date) (hit, bool) {
	rank := 1
	switch {
	case e.word > 0:
		rank = 2
	case e.key == prefix:
		rank = 0
	}
	code := a.places[e.place].Code
	i := int(e.place)
	for i+1 < len(a.places) && a.places[i+1].Code == code {
		i++ // to the last of the code
	}
	for !on.IsZero() && i >= 0 && a.places[i].Code == code && !a.places[i].Stood(on) {
		i--
	}
	if i < 0 || a.places[i].Code != code || !on.IsZero() && a.places[i].Withdrawn {
		return hit{}, false
	}
	return hit{&a.places[i], a.keys[i], rank}, true
}

// compare puts the better hit first: by rank, those that stand before those that don't, then by name and code.
func compare(a, b hit) int {
	gone := func(h hit) int {
		if h.Stands() {
			return 0
		}
		return 1
	}
	return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(gone(a), gone(b)),
		strings.Compare(a.key, b.key), strings.Compare(string(a.Code), string(b.Code)))
}

// Named lists the places that bore exactly this name, in letters A to Z, on a day, or at any time for the zero Date. A
// province that is not "" must be theirs at that time. More than one is returned where comuni share a name.
func Named(name, province string, on civil.Date) []Place {
	key := letters.Only(name, letters.Plain)
	a := table()
	i, _ := slices.BinarySearchFunc(a.names, key, func(e entry, k string) int { return strings.Compare(e.key, k) })
	var found []Place
	for ; i < len(a.names) && a.names[i].key == key; i++ {
		p := a.places[a.names[i].place]
		same := func(q Place) bool { return q.Code == p.Code }
		if a.names[i].word == 0 && (province == "" || province == p.Province) && (on.IsZero() || p.Stood(on)) && !slices.ContainsFunc(found, same) {
			found = append(found, p)
		}
	}
	return found
}
