package sample

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"image"
	"strings"
)

// pdfFile collects the objects of a PDF; object numbers start at 1.
type pdfFile struct {
	objects [][]byte
	trailer string // entries beside Size and Root
}

// reserve takes an object number to be filled later.
func (p *pdfFile) reserve() int {
	p.objects = append(p.objects, nil)
	return len(p.objects)
}

func (p *pdfFile) set(n int, format string, a ...any) {
	p.objects[n-1] = fmt.Appendf(nil, format, a...)
}

func (p *pdfFile) add(format string, a ...any) int {
	n := p.reserve()
	p.set(n, format, a...)
	return n
}

// addStream adds a stream as it is; entries are those of its dictionary beside Length.
func (p *pdfFile) addStream(entries string, data []byte) int {
	n := p.reserve()
	p.objects[n-1] = fmt.Appendf(nil, "<< %s /Length %d >>\nstream\n%s\nendstream", entries, len(data), data)
	return n
}

// addDeflated adds a stream compressed.
func (p *pdfFile) addDeflated(entries string, data []byte) int {
	return p.addStream(entries+" /Filter /FlateDecode", deflate(data))
}

func deflate(data []byte) []byte {
	var b bytes.Buffer
	w, _ := zlib.NewWriterLevel(&b, zlib.BestCompression)
	_, _ = w.Write(data)
	_ = w.Close()
	return b.Bytes()
}

// bytes writes the file, with root as its catalogue.
func (p *pdfFile) bytes(root int) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	at := make([]int, len(p.objects))
	for i, o := range p.objects {
		at[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, a := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", a)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root %d 0 R %s >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, root, p.trailer, xref)
	return b.Bytes()
}

// page adds one page with its tree and catalogue and returns the catalogue. more are further entries of the page.
func (p *pdfFile) page(content int, resources, more, catalogue string) int {
	tree := p.reserve()
	leaf := p.add("<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %g %g] /Contents %d 0 R /Resources << %s >> %s >>",
		tree, pageWidth, pageHeight, content, resources, more)
	p.set(tree, "<< /Type /Pages /Kids [%d 0 R] /Count 1 >>", leaf)
	return p.add("<< /Type /Catalog /Pages %d 0 R %s >>", tree, catalogue)
}

// fonts embeds both faces and returns the entry for a resource dictionary: F0 is regular, F1 bold.
func (p *pdfFile) fonts() string {
	var entries strings.Builder
	for i, f := range faces() {
		file := p.addDeflated(fmt.Sprintf("/Length1 %d", len(f.ttf)), f.ttf)
		descriptor := p.add("<< /Type /FontDescriptor /FontName /%s /Flags 32 /FontBBox [-200 -250 1200 950] /ItalicAngle 0 "+
			"/Ascent 950 /Descent -250 /CapHeight 720 /StemV 90 /FontFile2 %d 0 R >>", f.name, file)
		var widths strings.Builder
		for c := 32; c < 256; c++ {
			fmt.Fprintf(&widths, "%d ", f.advance(rune(c)))
		}
		font := p.add("<< /Type /Font /Subtype /TrueType /BaseFont /%s /Encoding /WinAnsiEncoding /FirstChar 32 /LastChar 255 "+
			"/Widths [%s] /FontDescriptor %d 0 R >>", f.name, widths.String(), descriptor)
		fmt.Fprintf(&entries, "/F%d %d 0 R ", i, font)
	}
	return "/Font << " + entries.String() + ">>"
}

// literal writes text as a PDF string in WinAnsi, which is Latin-1 for what receipts use.
func literal(s string) string {
	var b strings.Builder
	b.WriteByte('(')
	for _, r := range s {
		if strings.ContainsRune(`()\`, r) {
			b.WriteByte('\\')
		}
		b.WriteByte(byte(r))
	}
	b.WriteByte(')')
	return b.String()
}

// content writes the operators that draw the layout.
func (l layout) content() []byte {
	var b bytes.Buffer
	show := func(all []words) {
		for _, w := range all {
			face := 0
			if w.bold {
				face = 1
			}
			fmt.Fprintf(&b, "BT /F%d %g Tf %.2f %.2f Td %s Tj ET\n", face, w.size, w.start(), pageHeight-w.y, literal(w.text))
		}
	}
	show(l.words)
	b.WriteString("0.6 G 0.7 w\n")
	for _, r := range l.rules {
		fmt.Fprintf(&b, "%.2f %.2f m %.2f %.2f l S\n", r.x0, pageHeight-r.y, r.x1, pageHeight-r.y)
	}
	if l.ring.radius > 0 {
		fmt.Fprintf(&b, "0.53 0.63 0.70 RG 0.53 0.63 0.70 rg %g w\n%s S\n", l.ring.width, circle(l.ring.x, pageHeight-l.ring.y, l.ring.radius))
		show(l.stamp)
	}
	return b.Bytes()
}

// circle is the path of one, of four curves.
func circle(x, y, r float64) string {
	k := 0.5523 * r
	return fmt.Sprintf("%.2f %.2f m %.2f %.2f %.2f %.2f %.2f %.2f c %.2f %.2f %.2f %.2f %.2f %.2f c "+
		"%.2f %.2f %.2f %.2f %.2f %.2f c %.2f %.2f %.2f %.2f %.2f %.2f c",
		x+r, y, x+r, y+k, x+k, y+r, x, y+r, x-k, y+r, x-r, y+k, x-r, y,
		x-r, y-k, x-k, y-r, x, y-r, x+k, y-r, x+r, y-k, x+r, y)
}

// PDF is the receipt as a provider's program writes it: text with embedded fonts.
func (r Receipt) PDF() []byte {
	var p pdfFile
	fonts := p.fonts()
	return p.bytes(p.page(p.addDeflated("", r.layOut().content()), fonts, "", ""))
}

// PagesPDF is a text PDF of n pages, each with its number.
func (r Receipt) PagesPDF(n int) []byte {
	var p pdfFile
	fonts := p.fonts()
	tree := p.reserve()
	var kids strings.Builder
	for i := range n {
		l := r.layOut()
		l.words = append(l.words, words{fmt.Sprintf("Pagina %d di %d", i+1, n), pageWidth / 2, 800, 10, false, centre})
		content := p.addDeflated("", l.content())
		leaf := p.add("<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %g %g] /Contents %d 0 R /Resources << %s >> >>",
			tree, pageWidth, pageHeight, content, fonts)
		fmt.Fprintf(&kids, "%d 0 R ", leaf)
	}
	p.set(tree, "<< /Type /Pages /Kids [%s] /Count %d >>", kids.String(), n)
	return p.bytes(p.add("<< /Type /Catalog /Pages %d 0 R >>", tree))
}

// ScanPDF is the receipt as a scanner sends it: one grey 300-dpi JPEG, a little askew, and no text.
func (r Receipt) ScanPDF() []byte {
	img := r.Scan(300)
	return imagePDF(picturePage{jpegBytes(img, 70), img.Bounds().Size(), "/DeviceGray"})
}

// picturePage is a JPEG that fills an A4 page.
type picturePage struct {
	jpeg   []byte
	size   image.Point
	colour string // its colour space
}

// imagePDF is a PDF of pictures alone.
func imagePDF(pages ...picturePage) []byte {
	var p pdfFile
	tree := p.reserve()
	var kids strings.Builder
	for _, page := range pages {
		picture := p.addStream(fmt.Sprintf("/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace %s "+
			"/BitsPerComponent 8 /Filter /DCTDecode", page.size.X, page.size.Y, page.colour), page.jpeg)
		content := p.addStream("", fmt.Appendf(nil, "%g 0 0 %g 0 0 cm /Im Do", pageWidth, pageHeight))
		leaf := p.add("<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %g %g] /Contents %d 0 R /Resources << /XObject << /Im %d 0 R >> >> >>",
			tree, pageWidth, pageHeight, content, picture)
		fmt.Fprintf(&kids, "%d 0 R ", leaf)
	}
	p.set(tree, "<< /Type /Pages /Kids [%s] /Count %d >>", kids.String(), len(pages))
	return p.bytes(p.add("<< /Type /Catalog /Pages %d 0 R >>", tree))
}
