package sample

import "image"

// HeavyPhoto is the receipt photographed by a phone that spares nothing: 12 megapixels in colour, more than 6,000,000
// bytes, lying on its side, with EXIF.
func (r Receipt) HeavyPhoto() []byte { return r.photo(6, 3000, 4000, 97, 7.3) }

// HeavyScan is a PDF as an office scanner at its best setting sends it: a colour JPEG of 300 dpi, of more than 5,000,000
// bytes, for each receipt; no text.
func HeavyScan(receipts ...Receipt) []byte {
	var pages []picturePage
	for _, r := range receipts {
		img := tinted(r.grainyScan(300, 6))
		pages = append(pages, picturePage{jpegBytes(img, 98), img.Bounds().Size(), "/DeviceRGB"})
	}
	return imagePDF(pages...)
}

// tinted is a grey scan with the colours that a scanner sees in white paper: each channel has grain of its own.
func tinted(g *image.Gray) *image.RGBA {
	out := image.NewRGBA(g.Rect)
	grain := grains(5, 4)
	for i, v := range g.Pix {
		for c := range 3 {
			out.Pix[4*i+c] = uint8(min(max(int(v)+grain[(i*7+c*977)%len(grain)], 0), 255))
		}
		out.Pix[4*i+3] = 255
	}
	return out
}

// GreyTIFF is a TIFF with one uncompressed grey page of 200 dpi, of about 3,900,000 bytes, for each receipt.
func GreyTIFF(receipts ...Receipt) []byte {
	var pages []tiffPage
	for _, r := range receipts {
		img := r.grainyScan(200, 4)
		size := img.Bounds().Size()
		pages = append(pages, tiffPage{w: size.X, h: size.Y, bits: 8, compression: tiffNone, photometric: 1, dpi: 200, strip: img.Pix})
	}
	return tiffFile(pages...)
}

// FaxTIFF is a TIFF with one G3 page of 200 dpi, of about 60,000 bytes, for each receipt.
func FaxTIFF(receipts ...Receipt) []byte {
	var pages []tiffPage
	for _, r := range receipts {
		pages = append(pages, r.faxPage(200, tiffG3))
	}
	return tiffFile(pages...)
}
