package readingtest

import (
	"math/rand/v2"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/gomedium"
	"golang.org/x/image/font/gofont/gomono"
	"golang.org/x/image/font/gofont/gomonobold"
	"golang.org/x/image/font/gofont/goregular"
)

// faces are the families that sheets are set in. The first three are those that every PDF reader brings.
var faces = []string{"Helvetica", "Times", "Courier", "Go", "Go Medium", "Go Mono"}

// sheet is one page, in points from its top left. y is always a baseline.
type sheet struct {
	pdf    *fpdf.Fpdf
	face   string
	size   float64 // of plain text
	w, h   float64
	encode func(string) string
}

// newSheet begins an A4 page in a face of its own.
func newSheet(r *rand.Rand) *sheet {
	return newSheetOf(faces[r.IntN(len(faces))], 8.5+float64(r.IntN(5))*0.6, 595, 842)
}

func newSheetOf(face string, size, w, h float64) *sheet {
	s := &sheet{face: face, size: size, w: w, h: h}
	s.reset()
	return s
}

// narrow begins again on a slip of that width and height.
func (s *sheet) narrow(face string, size, w, h float64) { *s = *newSheetOf(face, size, w, h) }

func (s *sheet) reset() {
	s.pdf = fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: fpdf.SizeType{Wd: s.w, Ht: s.h}})
	s.pdf.SetCreationDate(time.Unix(1_700_000_000, 0))
	s.pdf.SetModificationDate(time.Unix(1_700_000_000, 0))
	s.pdf.SetCatalogSort(true)
	s.pdf.SetAutoPageBreak(false, 0)
	s.encode = func(t string) string { return t }
	switch s.face {
	case "Go":
		s.pdf.AddUTF8FontFromBytes(s.face, "", goregular.TTF)
		s.pdf.AddUTF8FontFromBytes(s.face, "B", gobold.TTF)
	case "Go Medium":
		s.pdf.AddUTF8FontFromBytes(s.face, "", gomedium.TTF)
		s.pdf.AddUTF8FontFromBytes(s.face, "B", gobold.TTF)
	case "Go Mono":
		s.pdf.AddUTF8FontFromBytes(s.face, "", gomono.TTF)
		s.pdf.AddUTF8FontFromBytes(s.face, "B", gomonobold.TTF)
	default:
		s.encode = s.pdf.UnicodeTranslatorFromDescriptor("")
	}
	s.pdf.AddPage()
	s.pdf.SetLineWidth(0.6)
}

func (s *sheet) style(size float64, bold bool) {
	style := ""
	if bold {
		style = "B"
	}
	s.pdf.SetFont(s.face, style, size)
}

func (s *sheet) text(x, y float64, t string)  { s.put(x, y, s.size, false, t) }
func (s *sheet) bold(x, y float64, t string)  { s.put(x, y, s.size, true, t) }
func (s *sheet) small(x, y float64, t string) { s.put(x, y, s.size*0.8, false, t) }

func (s *sheet) put(x, y, size float64, bold bool, t string) {
	s.style(size, bold)
	s.pdf.Text(x, y, s.encode(t))
}

// right ends the text at x; centre puts its middle there.
func (s *sheet) right(x, y float64, t string) { s.putRight(x, y, s.size, false, t) }

func (s *sheet) putRight(x, y, size float64, bold bool, t string) {
	s.style(size, bold)
	s.pdf.Text(x-s.pdf.GetStringWidth(s.encode(t)), y, s.encode(t))
}

func (s *sheet) centre(x, y, size float64, bold bool, t string) {
	s.style(size, bold)
	s.pdf.Text(x-s.pdf.GetStringWidth(s.encode(t))/2, y, s.encode(t))
}

func (s *sheet) rule(y float64)           { s.pdf.Line(40, y, s.w-40, y) }
func (s *sheet) frame(x, y, w, h float64) { s.pdf.Rect(x, y, w, h, "D") }
func (s *sheet) step() float64            { return s.size * 1.45 }
func (s *sheet) stack(x, y float64, lines ...string) float64 {
	for _, l := range lines {
		s.text(x, y, l)
		y += s.step()
	}
	return y
}

// column is one column of a table: where it begins, how wide it is and whether its cells end at its right edge.
type column struct {
	x, w  float64
	right bool
}

// columns lays columns of those widths side by side. A negative width is right-aligned.
func columns(x float64, widths ...float64) []column {
	var all []column
	for _, w := range widths {
		c := column{x: x, w: w}
		if w < 0 {
			c.w, c.right = -w, true
		}
		all = append(all, c)
		x += c.w
	}
	return all
}

// row puts cells into columns, on the baseline y. Ruled rows are framed.
func (s *sheet) row(cols []column, y float64, ruled, bold bool, cells ...string) float64 {
	size := s.size * 0.92
	for i, t := range cells {
		c := cols[i]
		s.style(size, bold)
		for fit := size; fit > 5 && s.pdf.GetStringWidth(s.encode(t)) > c.w-6; fit -= 0.25 {
			s.pdf.SetFontSize(fit)
		}
		x := c.x + 3
		if c.right {
			x = c.x + c.w - 3 - s.pdf.GetStringWidth(s.encode(t))
		}
		s.pdf.Text(x, y, s.encode(t))
		if ruled {
			s.frame(c.x, y-size*1.15, c.w, size*1.7)
		}
	}
	return y + size*1.7
}
