package sample

import (
	"encoding/binary"
	"image"
)

// TIFF compressions and what goes with them.
const (
	tiffNone = 1
	tiffG3   = 3
	tiffG4   = 4
	tiffJPEG = 7
)

// tiffPage is one image of a TIFF file, in one strip.
type tiffPage struct {
	w, h        int
	bits        int
	compression int
	photometric int // 0 white is 0, 1 black is 0
	dpi         int
	strip       []byte
}

// tiffFile writes pages as a little-endian TIFF.
func tiffFile(pages ...tiffPage) []byte {
	le := binary.LittleEndian
	out := append([]byte("II*\x00"), 0, 0, 0, 0)
	link := 4 // where the offset of the next directory goes
	for _, p := range pages {
		strip := len(out)
		out = append(out, p.strip...)
		out = append(out, make([]byte, len(out)%2)...)
		resolution := len(out)
		out = le.AppendUint32(out, uint32(p.dpi))
		out = le.AppendUint32(out, 1)
		le.PutUint32(out[link:], uint32(len(out)))
		entries := [][3]int{
			{256, 4, p.w}, {257, 4, p.h}, {258, 3, p.bits}, {259, 3, p.compression}, {262, 3, p.photometric}, {273, 4, strip},
			{277, 3, 1}, {278, 4, p.h}, {279, 4, len(p.strip)}, {282, 5, resolution}, {283, 5, resolution}, {296, 3, 2},
		}
		out = le.AppendUint16(out, uint16(len(entries)))
		for _, e := range entries {
			out = le.AppendUint16(out, uint16(e[0]))
			out = le.AppendUint16(out, uint16(e[1]))
			out = le.AppendUint32(out, 1)
			out = le.AppendUint32(out, uint32(e[2]))
		}
		link = len(out)
		out = append(out, 0, 0, 0, 0)
	}
	return out
}

// twoColours makes black what is darker than the paper.
func twoColours(img *image.Gray) [][]bool {
	size := img.Bounds().Size()
	rows := make([][]bool, size.Y)
	for y := range rows {
		rows[y] = make([]bool, size.X)
		for x := range rows[y] {
			rows[y][x] = img.Pix[y*img.Stride+x] < 190
		}
	}
	return rows
}

// faxPage is a receipt as one two-colour page of a TIFF.
func (r Receipt) faxPage(dpi, compression int) tiffPage {
	img := r.Scan(float64(dpi))
	size := img.Bounds().Size()
	p := tiffPage{w: size.X, h: size.Y, bits: 1, compression: compression, dpi: dpi}
	if compression == tiffG3 {
		p.strip = fax1D(twoColours(img), size.X)
	} else {
		p.strip = fax(twoColours(img), size.X)
	}
	return p
}

// TIFF is the receipt as a 300-dpi scanner writes it for archives: black and white, CCITT G4 (AMB-55).
func (r Receipt) TIFF() []byte { return tiffFile(r.faxPage(300, tiffG4)) }

// G3TIFF is the receipt as a fax of 200 dpi, CCITT G3 in one dimension.
func (r Receipt) G3TIFF() []byte { return tiffFile(r.faxPage(200, tiffG3)) }

// JPEGTIFF is the receipt as a grey JPEG of 150 dpi inside a TIFF.
func (r Receipt) JPEGTIFF() []byte {
	img := r.Scan(150)
	size := img.Bounds().Size()
	return tiffFile(tiffPage{w: size.X, h: size.Y, bits: 8, compression: tiffJPEG, photometric: 1, dpi: 150, strip: jpegBytes(img, 80)})
}

// PagesTIFF is a TIFF with one G4 page of 100 dpi for each receipt.
func PagesTIFF(receipts ...Receipt) []byte {
	var pages []tiffPage
	for _, r := range receipts {
		pages = append(pages, r.faxPage(100, tiffG4))
	}
	return tiffFile(pages...)
}
