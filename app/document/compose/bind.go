package compose

import (
	"bytes"
	"fmt"
	"strings"
)

// A4 upright, in points.
const (
	paperWidth  = 595.28
	paperHeight = 841.89
)

// bind makes a PDF 1.4 of written pages (ISO 32000-1, 7.5): a catalogue, a tree of pages, and for each page its own
// object, what it draws and its picture. Each is as large as fits on A4, upright or lying. There is nothing else in it,
// above all no time, so that the same pages give the same bytes; the library of the other papers puts pictures of one
// width in a random order.
func bind(sheets []sheet) []byte {
	var w objects
	w.WriteString("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
	var kids strings.Builder
	for i := range sheets {
		fmt.Fprintf(&kids, "%d 0 R ", 3+3*i)
	}
	w.object("<< /Type /Catalog /Pages 2 0 R >>")
	w.object(fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", kids.String(), len(sheets)))
	for i, s := range sheets {
		width, height := fitted(float64(s.size.X), float64(s.size.Y))
		w.object(fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %.2f %.2f] /Contents %d 0 R /Resources << /XObject << /P %d 0 R >> >> >>",
			width, height, 4+3*i, 5+3*i))
		w.stream("", fmt.Appendf(nil, "%.2f 0 0 %.2f 0 0 cm /P Do", width, height))
		w.stream(fmt.Sprintf("/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent %d /Filter /%s ",
			s.size.X, s.size.Y, s.bits, s.filter), s.data)
	}
	return w.finish()
}

// objects is a PDF being written: its bytes, and where each object begins.
type objects struct {
	bytes.Buffer
	at []int
}

// object writes the next object; the first has the number 1.
func (w *objects) object(body string) {
	w.at = append(w.at, w.Len())
	fmt.Fprintf(w, "%d 0 obj\n%s\nendobj\n", len(w.at), body)
}

// stream writes bytes as the next object; entries are those of its dictionary beside the length.
func (w *objects) stream(entries string, data []byte) {
	w.object(fmt.Sprintf("<< %s/Length %d >>\nstream\n%s\nendstream", entries, len(data), data))
}

// finish writes the table of objects and returns the file.
func (w *objects) finish() []byte {
	table := w.Len()
	fmt.Fprintf(w, "xref\n0 %d\n0000000000 65535 f \n", len(w.at)+1)
	for _, at := range w.at {
		fmt.Fprintf(w, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(w, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(w.at)+1, table)
	return w.Bytes()
}

// fitted is the size in points of a page of that shape on A4.
func fitted(w, h float64) (float64, float64) {
	across, down := paperWidth, paperHeight
	if w > h {
		across, down = down, across
	}
	scale := min(across/w, down/h)
	return w * scale, h * scale
}
