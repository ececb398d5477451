// Package places holds the table of Italian comuni, foreign states and provinces with the codes that a codice fiscale
// names a birthplace by (Belfiore codes). It is bytes alone; app/place reads them. README.md says where they come from,
// under which licence, of which day, and how to make them again.
package places

import (
	_ "embed"
	"strings"
)

//go:embed places.txt.gz
var table []byte

//go:embed provinces.txt
var provinces string

// AsOf is the last day that the table of comuni knows of (YYYY-MM-DD).
const AsOf = "2024-01-22"

// Table returns the places, gzipped text, a line for each name and province that a code had from a day to a day:
//
//	code|from|to|province|name|other name
//
// The days are YYYYMMDD and both included. An empty day has no bound; the last day "?" means that the register no longer
// gives the code, since a day that it does not publish. Foreign states have the province EE. Sorted by code and day.
func Table() []byte { return table }

// Province is a province, with the days between which its code stood. The days are YYYY-MM-DD, "" for no bound.
type Province struct {
	Code, Name, From, To string
}

// Provinces lists the 107 provinces of today and, after them, those whose code is no longer given.
func Provinces() []Province {
	var list []Province
	for line := range strings.Lines(provinces) {
		if f := strings.Split(strings.TrimSpace(line), "|"); len(f) == 4 {
			list = append(list, Province{f[0], f[1], f[2], f[3]})
		}
	}
	return list
}
