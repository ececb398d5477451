package reading

import (
	"slices"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/member"
)

// sheetReader reads one paper that is laid out in rows.
type sheetReader struct {
	matcher
	rows        []row
	today       civil.Date
	people      []member.Person
	issued      civil.Date
	top, bottom float64 // of the writing on the first page
	height      float64 // of the middling word there
}

// Extract reads what a paper says from the lines of its pages, of which it looks at the first four. today is the day on
// which it is read: no paper is younger, or older than ten years. people are the household. It does nothing else: the
// same lines give the same paper.
func Extract(source Source, pages [][]document.Line, today civil.Date, people []member.Person) Paper {
	p := &sheetReader{matcher: matcher{loose: source == OCR}, rows: layOut(pages, source == OCR), today: today, people: people}
	paper := Paper{Source: source}
	if len(p.rows) == 0 {
		return paper
	}
	p.measure()
	p.issued = p.issuedOn(datesOf(p.rows))
	paper.Type, paper.IssuedOn = p.kind(), p.issued
	vat, vatRow := p.vat()
	provider, name := p.provider(vatRow)
	paper.VAT, paper.Provider = vat, provider
	if name >= 0 {
		paper.Province = p.province(name)
	}
	codes := codesOf(p.rows)
	paper.Codes = validCodes(codes)
	paper.Person, paper.Stranger = p.patient(codes, vatRow)
	if p.credit() {
		return paper
	}
	paper.Number = p.number()
	amounts := amountsOf(p.rows)
	paper.Total = p.total(amounts)
	paper.StampDuty = p.duty(amounts, paper.Total)
	if paper.Total > 0 {
		paper.Currency = currencyOf(p.rows, amounts)
	}
	return paper
}

// measure finds how far the writing of the first page reaches and how high its middling word is.
func (p *sheetReader) measure() {
	var heights []float64
	p.top = p.rows[0].y
	for _, r := range p.rows {
		if r.page > 0 {
			break
		}
		p.bottom = max(p.bottom, r.y)
		for _, w := range r.words {
			heights = append(heights, w.y1-w.y0)
		}
	}
	slices.Sort(heights)
	p.height = heights[len(heights)/2]
}
