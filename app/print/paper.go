// Package print makes the papers that a member keeps: the recovery code, the codes of the second factor, how to activate the
// reserved area, and everything that is held about them. They are PDFs, A4, in Italian, drawn with the program's own fonts. The
// same input gives the same bytes: every date on them is handed in.
package print

import (
	"io"
	"strconv"
	"strings"
	"time"
	"unicode"

	"codeberg.org/go-pdf/fpdf"
	"github.com/skip2/go-qrcode"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/fault"
)

// CodeFailed is the code of a paper that could not be drawn or written.
const CodeFailed fault.Code = "print.failed"

// Fonts are TrueType files.
type Fonts struct {
	Regular  []byte
	Semibold []byte
	Mono     []byte
}

// Millimetres and points of every paper.
const (
	pageWidth, pageHeight = 210.0, 297.0
	margin                = 20.0
	textWidth             = pageWidth - 2*margin
	bodySize, smallSize   = 11.0, 9.0
	lineHeight            = 5.6
	labelWidth            = 55.0
	smallLine             = 4.4
)

// paper is one document being drawn. The first error stops it; finish returns it.
type paper struct {
	pdf *fpdf.Fpdf
}

// drawn runs a drawing. The library panics on some texts that no font has: what stands in them is not part of the error.
func drawn(draw func() error) (err error) {
	defer func() {
		if recover() != nil {
			err = fault.New(CodeFailed, "print.draw", "panic")
		}
	}()
	return draw()
}

// newPaper begins a document of a title. made is the only date inside the file.
func newPaper(fonts Fonts, title string, made time.Time) *paper {
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.SetCatalogSort(true)
	pdf.SetCreationDate(made.UTC())
	pdf.SetModificationDate(made.UTC())
	pdf.SetTitle(clean(title), true)
	pdf.SetLang("it-IT")
	pdf.SetCreator("Sodale", true)
	pdf.SetProducer("Sodale", true)
	pdf.SetMargins(margin, margin, margin)
	pdf.SetAutoPageBreak(true, margin)
	pdf.AddUTF8FontFromBytes("text", "", fonts.Regular)
	pdf.AddUTF8FontFromBytes("text", "B", fonts.Semibold)
	pdf.AddUTF8FontFromBytes("code", "", fonts.Mono)
	p := &paper{pdf}
	pdf.AliasNbPages("{n}")
	pdf.SetFooterFunc(func() {
		pdf.SetY(-margin + 5)
		p.font("", smallSize)
		pdf.SetTextColor(90, 90, 90)
		pdf.CellFormat(textWidth/2, smallLine, "Sodale · "+day(made), "", 0, "L", false, 0, "")
		pdf.CellFormat(textWidth/2, smallLine, "Pagina "+strconv.Itoa(pdf.PageNo())+" di {n}", "", 0, "R", false, 0, "")
		pdf.SetTextColor(0, 0, 0)
	})
	pdf.AddPage()
	p.font("B", 20)
	p.lines(title, 9)
	p.gap(3)
	return p
}

func (p *paper) font(style string, size float64) { p.pdf.SetFont("text", style, size) }

func (p *paper) gap(mm float64) { p.pdf.Ln(mm) }

func (p *paper) lines(text string, height float64) {
	p.pdf.MultiCell(textWidth, height, clean(text), "", "L", false)
}

func (p *paper) heading(text string) {
	p.room(4 * lineHeight)
	p.gap(3)
	p.font("B", 13)
	p.lines(text, 7)
	p.gap(1)
}

func (p *paper) paragraph(text string) {
	p.font("", bodySize)
	p.lines(text, lineHeight)
	p.gap(1.5)
}

func (p *paper) steps(texts ...string) {
	for i, text := range texts {
		p.font("", bodySize)
		p.pdf.CellFormat(8, lineHeight, strconv.Itoa(i+1)+".", "", 0, "L", false, 0, "")
		p.pdf.MultiCell(textWidth-8, lineHeight, clean(text), "", "L", false)
		p.gap(0.8)
	}
}

// line is a label and its value, side by side. A dash stands for no value.
func (p *paper) line(label, value string) {
	if value == "" {
		value = "–"
	}
	p.font("", bodySize)
	text := p.split(value, textWidth-labelWidth)
	p.room(float64(len(text)) * lineHeight)
	p.pdf.SetTextColor(80, 80, 80)
	p.pdf.CellFormat(labelWidth, lineHeight, clean(label), "", 0, "L", false, 0, "")
	p.pdf.SetTextColor(0, 0, 0)
	for i, s := range text {
		if i > 0 {
			p.pdf.SetX(margin + labelWidth)
		}
		p.pdf.CellFormat(textWidth-labelWidth, lineHeight, s, "", 1, "L", false, 0, "")
	}
}

// table draws columns of equal width. A row that does not fit begins the next page.
func (p *paper) table(columns []string, rows [][]string) {
	if strings.Join(columns, "") != "" {
		p.row(columns, "B")
	}
	for _, row := range rows {
		p.row(row, "")
	}
	p.gap(1.5)
}

func (p *paper) row(cells []string, style string) {
	p.font(style, smallSize)
	width := textWidth / float64(max(len(cells), 1))
	texts := make([][]string, 0, len(cells))
	tallest := 1
	for _, c := range cells {
		text := p.split(c, width-2)
		texts = append(texts, text)
		tallest = max(tallest, len(text))
	}
	height := float64(tallest)*smallLine + 2
	p.room(height)
	top := p.pdf.GetY()
	p.pdf.SetDrawColor(190, 190, 190)
	p.pdf.Line(margin, top, pageWidth-margin, top)
	for i, text := range texts {
		for j, s := range text {
			p.pdf.SetXY(margin+float64(i)*width, top+1+float64(j)*smallLine)
			p.pdf.CellFormat(width, smallLine, s, "", 0, "L", false, 0, "")
		}
	}
	p.pdf.SetXY(margin, min(top+height, pageHeight-margin))
}

// room begins a new page when less than height is left.
func (p *paper) room(height float64) {
	if p.pdf.GetY()+height > pageHeight-margin && height < pageHeight-2*margin {
		p.pdf.AddPage()
	}
}

func (p *paper) split(text string, width float64) []string {
	var lines []string
	for part := range strings.SplitSeq(clean(text), "\n") {
		if part == "" {
			lines = append(lines, "")
			continue
		}
		lines = append(lines, p.pdf.SplitText(part, width)...)
	}
	return lines
}

// mono writes a code where it can be read letter by letter.
func (p *paper) mono(text string, size, width float64) {
	p.pdf.SetFont("code", "", size)
	p.pdf.MultiCell(width, size*0.55, clean(text), "", "L", false)
}

// qr draws a QR code of a text with its top left corner at x, y, as many millimetres wide as size.
func (p *paper) qr(text string, x, y, size float64) {
	code, err := qrcode.New(text, qrcode.Medium)
	if err != nil {
		p.pdf.SetError(err)
		return
	}
	dots := code.Bitmap()
	step := size / float64(len(dots))
	p.pdf.SetFillColor(0, 0, 0)
	for i, row := range dots {
		for j := 0; j < len(row); j++ {
			k := j
			for k < len(row) && row[k] {
				k++
			}
			if k > j {
				p.pdf.Rect(x+float64(j)*step, y+float64(i)*step, float64(k-j)*step, step, "F")
				j = k
			}
		}
	}
}

// finish writes the document.
func (p *paper) finish(w io.Writer) error {
	if err := p.pdf.Output(w); err != nil {
		return fault.Wrap(CodeFailed, "print.finish", "", err)
	}
	return nil
}

// clean leaves out what no font of ours draws: control characters, and whatever lies beyond the first plane of Unicode.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t':
			return ' '
		case r > 0xffff:
			return '\ufffd'
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, text)
}

func day(t time.Time) string { return civil.Of(t).Italian() }
