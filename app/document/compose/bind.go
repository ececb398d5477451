package compose

import (
	"bytes"
	"strconv"
	"time"

	"codeberg.org/go-pdf/fpdf"
)

// A4 upright, in points.
const (
	paperWidth  = 595.28
	paperHeight = 841.89
)

// bind makes a PDF of written pages. Each is as large as fits on A4, upright or lying. The file does not say when it was
// made, so that the same pages give the same bytes.
func bind(sheets []sheet) ([]byte, error) {
	pdf := fpdf.New("P", "pt", "A4", "")
	pdf.SetCatalogSort(true)
	pdf.SetCreationDate(time.Unix(0, 0).UTC())
	pdf.SetModificationDate(time.Unix(0, 0).UTC())
	pdf.SetProducer("Sodale", true)
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetMargins(0, 0, 0)
	for i, s := range sheets {
		w, h := fitted(float64(s.size.X), float64(s.size.Y))
		name, options := strconv.Itoa(i), fpdf.ImageOptions{ImageType: s.format}
		pdf.AddPageFormat("P", fpdf.SizeType{Wd: w, Ht: h})
		pdf.RegisterImageOptionsReader(name, options, bytes.NewReader(s.data))
		pdf.ImageOptions(name, 0, 0, w, h, false, options, 0, "")
	}
	var b bytes.Buffer
	if err := pdf.Output(&b); err != nil {
		return nil, failed(err)
	}
	return b.Bytes(), nil
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
