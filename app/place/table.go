package place

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/letters"
	"github.com/sodale/sodale/assets/places"
)

// atlas is the whole table, read once.
type atlas struct {
	places []Place  // by code, then by day
	keys   []string // the letters of each place's name
	names  []entry  // by key
}

// entry leads from a name, or from one that begins at a later word of it, to its place. Keys are letters A to Z.
type entry struct {
	key   string
	place int32
	word  uint8 // 0 for the whole name
}

var table = sync.OnceValue(func() *atlas {
	a, err := read(places.Table())
	if err != nil {
		panic(err) // the table is embedded: only a broken build comes here
	}
	return a
})

// read unpacks the table and indexes its names.
func read(packed []byte) (*atlas, error) {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(z)
	if err != nil {
		return nil, err
	}
	a := &atlas{}
	for line := range strings.Lines(string(text)) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "|")
		if len(f) != 6 {
			continue
		}
		p := Place{Code: Code(f[0]), From: day(f[1]), To: day(f[2]), Province: f[3], Name: f[4], Other: f[5], Withdrawn: f[2] == "?"}
		a.index(p.Name, len(a.places))
		a.index(p.Other, len(a.places))
		a.places, a.keys = append(a.places, p), append(a.keys, letters.Only(p.Name, letters.Plain))
	}
	slices.SortFunc(a.names, func(x, y entry) int { return cmp.Or(strings.Compare(x.key, y.key), cmp.Compare(x.place, y.place)) })
	return a, nil
}

// index adds a name under its letters, and under those from each later word on.
func (a *atlas) index(name string, place int) {
	words := letters.Words(name)
	key := strings.Join(words, "")
	for i, start := 0, 0; i < len(words); i++ {
		a.names = append(a.names, entry{key[start:], int32(place), uint8(i)})
		start += len(words[i])
	}
}

// history returns the places of a code.
func (a *atlas) history(code Code) []Place {
	i, _ := slices.BinarySearchFunc(a.places, code, func(p Place, c Code) int { return strings.Compare(string(p.Code), string(c)) })
	j := i
	for j < len(a.places) && a.places[j].Code == code {
		j++
	}
	return a.places[i:j]
}

// day reads YYYYMMDD; anything else is the zero Date.
func day(text string) civil.Date {
	n, err := strconv.Atoi(text)
	if err != nil || len(text) != 8 {
		return civil.Date{}
	}
	return civil.Date{Year: n / 10000, Month: time.Month(n / 100 % 100), Day: n % 100}
}
