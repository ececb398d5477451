package sample

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strings"
)

// PNG is a small picture of a kind that can't be attached (CLM-04); as "ricevuta.pdf" it is a file with a wrong name.
func PNG() []byte {
	img := image.NewGray(image.Rect(0, 0, 64, 64))
	for i := range img.Pix {
		img.Pix[i] = uint8(i)
	}
	img.Set(0, 0, color.Black)
	var b bytes.Buffer
	_ = png.Encode(&b, img)
	return b.Bytes()
}

// Encrypted is a PDF that asks for a password.
func Encrypted() []byte {
	var p pdfFile
	catalogue := p.page(p.addStream("", []byte("\x8f\x11\x9c\x05")), "", "", "")
	secret := func(seed byte) string {
		return fmt.Sprintf("<%x>", bytes.Repeat([]byte{seed, seed ^ 0x5a, seed + 17, seed * 3}, 8))
	}
	encrypt := p.add("<< /Filter /Standard /V 1 /R 2 /O %s /U %s /P -4 >>", secret(7), secret(91))
	p.trailer = fmt.Sprintf("/Encrypt %d 0 R /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]", encrypt)
	return p.bytes(catalogue)
}

// ManyPages is a PDF of n empty pages that packs them into a file of under a megabyte.
func ManyPages(n int) []byte {
	var kids, table, objects bytes.Buffer
	for i := range n {
		fmt.Fprintf(&kids, "%d 0 R ", i+3)
	}
	pages := []string{"<</Type/Catalog/Pages 2 0 R>>", fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]/MediaBox[0 0 200 200]>>", n, kids.String())}
	for i := range n + len(pages) {
		object := "<</Type/Page/Parent 2 0 R>>"
		if i < len(pages) {
			object = pages[i]
		}
		fmt.Fprintf(&table, "%d %d ", i+1, objects.Len())
		objects.WriteString(object + " ")
	}
	return packed(n+len(pages), table.Bytes(), objects.Bytes())
}

// packed writes a PDF whose n objects, the first of them its catalogue, all lie in one object stream.
func packed(n int, table, objects []byte) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	stream := b.Len()
	data := deflate(append(table, objects...))
	fmt.Fprintf(&b, "%d 0 obj\n<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream\nendobj\n",
		n+1, n, len(table), len(data), data)
	index := []byte{0, 0, 0, 0, 0, 0, 0, 0}
	entry := func(kind byte, where, rank int) {
		index = binary.BigEndian.AppendUint32(append(index, kind), uint32(where))
		index = append(index, byte(rank>>16), byte(rank>>8), byte(rank))
	}
	for i := range n {
		entry(2, n+1, i)
	}
	at := b.Len()
	entry(1, stream, 0)
	entry(1, at, 0)
	index = deflate(index)
	fmt.Fprintf(&b, "%d 0 obj\n<</Type/XRef/Size %d/W[1 4 3]/Root 1 0 R/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream\nendobj\n"+
		"startxref\n%d\n%%%%EOF\n", n+2, n+3, len(index), index, at)
	return b.Bytes()
}

// HugeTIFF is the header of a TIFF of side by side pixels, with hardly any data.
func HugeTIFF(side int) []byte {
	return tiffFile(tiffPage{w: side, h: side, bits: 8, compression: tiffNone, photometric: 1, dpi: 300, strip: make([]byte, 64)})
}

// HugeJPEG is the header of a JPEG of 65,500 by 65,500 pixels.
func HugeJPEG() []byte {
	return []byte("\xff\xd8\xff\xc0\x00\x0b\x08\xff\xdc\xff\xdc\x01\x01\x11\x00\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x00\xff\xd9")
}

// HugePage is a PDF whose page measures side by side points, with one line across.
func HugePage(side int) []byte {
	var p pdfFile
	tree := p.reserve()
	content := p.addStream("", fmt.Appendf(nil, "0 0 m %d %d l S", side, side))
	leaf := p.add("<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R /Resources << >> >>", tree, side, side, content)
	p.set(tree, "<< /Type /Pages /Kids [%d 0 R] /Count 1 >>", leaf)
	return p.bytes(p.add("<< /Type /Catalog /Pages %d 0 R >>", tree))
}

// NestedForms is a PDF whose page draws a form that draws ten forms that draw ten… 10^depth in all.
func NestedForms(depth int) []byte {
	var p pdfFile
	form := p.addStream("/Type /XObject /Subtype /Form /BBox [0 0 600 800]", []byte("0 0 600 800 re f"))
	for range depth {
		form = p.addStream(fmt.Sprintf("/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /XObject << /F %d 0 R >> >>", form),
			bytes.Repeat([]byte("/F Do "), 10))
	}
	return p.bytes(p.page(p.addStream("", []byte("/F Do")), fmt.Sprintf("/XObject << /F %d 0 R >>", form), "", ""))
}

// FlateBomb is a PDF of a few kilobytes whose page unpacks, twice over and 64 times in a row, to size bytes.
func FlateBomb(size int) []byte {
	const parts = 64
	var p pdfFile
	ink := bytes.Repeat([]byte("0 0 1 1 re f\n"), size/parts/13)
	part := p.addStream("/Filter [/FlateDecode /FlateDecode]", deflate(deflate(ink)))
	content := p.add("[%s]", strings.Repeat(fmt.Sprintf("%d 0 R ", part), parts))
	return p.bytes(p.page(content, "", "", ""))
}

// DeepArrays is a PDF whose page tree hides behind n brackets, for readers that recurse.
func DeepArrays(n int) []byte {
	var p pdfFile
	content := p.addStream("", append(bytes.Repeat([]byte("["), n), bytes.Repeat([]byte("]"), n)...))
	catalogue := p.page(content, "", "/Deep "+strings.Repeat("[", n)+strings.Repeat("]", n), "")
	return p.bytes(catalogue)
}

// Cut is the first half of a file.
func Cut(data []byte) []byte { return data[:len(data)/2] }
