// Package readingtest invents Italian medical invoices and receipts with what each truly says, as PDFs with text and as
// scans and photos of them. What a paper says, and where, follows from the seed. People, providers and numbers are invented; the layouts
// follow those that Italian programs and counters print. It was written apart from the reader, and shares no pattern
// with it.
package readingtest

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/reading"
)

// Today is the day on which the papers are read.
var Today = civil.Date{Year: 2026, Month: time.November, Day: 28}

// Sample is one paper.
type Sample struct {
	Seed   uint64
	Layout string
	Truth  reading.Paper // what a careful person would type; Codes is left out
	PDF    []byte        // one page with text
}

// layout draws a bill on a sheet, filling in what the layout decides.
type layout struct {
	name string
	draw func(*sheet, *bill)
}

var layouts = []layout{
	{"FatturaPA courtesy", courtesy},
	{"letterhead", letterhead},
	{"ticket", ticket},
	{"dentist", dentist},
	{"physiotherapist", physiotherapist},
	{"pharmacy", pharmacy},
	{"optician", optician},
	{"hospital", hospital},
	{"laboratory", laboratory},
	{"psychologist", psychologist},
	{"polyclinic", polyclinic},
}

// Household is the family whose papers they are; two of its codes differ in few letters.
func Household() []member.Person { return family() }

// Make invents the paper of a seed. Consecutive seeds take the layouts in turn.
func Make(seed uint64) Sample { return invent(layouts, seed) }

// invent draws the paper of a seed in the layout whose turn it is.
func invent(all []layout, seed uint64) Sample {
	l := all[seed%uint64(len(all))]
	r := rand.New(rand.NewPCG(seed, 0x50a1e))
	b := newBill(r)
	s := newSheet(r)
	l.draw(s, b)
	pdf, err := s.finish()
	if err != nil {
		panic(fmt.Sprintf("readingtest: seed %d: %v", seed, err))
	}
	return Sample{Seed: seed, Layout: l.name, Truth: b.truth(), PDF: pdf}
}

// finish closes the PDF.
func (s *sheet) finish() ([]byte, error) {
	var out bytes.Buffer
	err := s.pdf.Output(&out)
	return out.Bytes(), err
}
