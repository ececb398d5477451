package print

import (
	"io"
	"time"
)

// Record is everything that is held about a member, in the order it is printed.
type Record struct {
	Title  string
	Intro  []string
	Parts  []Part
	MadeAt time.Time // UTC
}

// Part is one heading with what stands under it: lines first, then a table.
type Part struct {
	Title   string
	Text    []string
	Lines   []Line
	Columns []string
	Rows    [][]string
}

// Line is one value with its name.
type Line struct{ Name, Value string }

// Takeout writes the record.
func Takeout(w io.Writer, fonts Fonts, r Record) error {
	return drawn(func() error { return takeout(w, fonts, r) })
}

func takeout(w io.Writer, fonts Fonts, r Record) error {
	p := newPaper(fonts, r.Title, r.MadeAt)
	for _, text := range r.Intro {
		p.paragraph(text)
	}
	for _, part := range r.Parts {
		p.heading(part.Title)
		for _, text := range part.Text {
			p.paragraph(text)
		}
		for _, l := range part.Lines {
			p.line(l.Name, l.Value)
		}
		if len(part.Columns) > 0 {
			p.gap(1.5)
			p.table(part.Columns, part.Rows)
		}
	}
	return p.finish(w)
}
