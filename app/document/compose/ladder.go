package compose

import (
	"bytes"
	"compress/zlib"
	"image"
	"image/jpeg"
	"slices"

	"github.com/sodale/sodale/app/document/picture"
)

// Pixels of the longer side of an A4 page at 300 and 200 dpi.
const (
	a4At300 = 3508
	a4At200 = 2339
)

// photoRung is how large and how good a JPEG is.
type photoRung struct{ longest, quality int }

// photoRungs are tried from the best down.
var photoRungs = func() (rungs []photoRung) {
	for _, longest := range []int{a4At300, 2800, a4At200, 1900} {
		for _, quality := range []int{80, 65, 50} {
			rungs = append(rungs, photoRung{longest, quality})
		}
	}
	return rungs
}()

// write is the photo on this rung: in colour, or in grey where colour doesn't fit; nil when neither does.
func (r photoRung) write(img *image.RGBA, limit int64) ([]byte, error) {
	small := picture.Scale(img, r.longest)
	data, err := writeJPEG(small, r.quality)
	if err != nil || int64(len(data)) <= limit {
		return data, err
	}
	data, err = writeJPEG(picture.Gray(small), r.quality)
	if err != nil || int64(len(data)) <= limit {
		return data, err
	}
	return nil, nil
}

// sheet is one page of a PDF, written.
type sheet struct {
	filter string // how the PDF is to read it: DCTDecode or FlateDecode
	bits   int    // of a pixel
	data   []byte
	size   image.Point // in pixels
}

// manner is how a page is written.
type manner struct {
	quality int  // of a grey JPEG; 0 for black and white
	coarse  bool // black and white with as few pixels as grey has
}

// way is a manner for all pages, with those written so far. A page that is black and white already stays so in all ways.
type way struct {
	manner
	sheets []sheet
	bytes  int64
}

// ways are those that may still fit, the best first.
type ways []way

// sheetWays are all ways. A scan at 200 dpi in grey reads as well as one at 300, which black and white needs.
func sheetWays() (all ways) {
	for _, m := range []manner{{quality: 80}, {quality: 65}, {quality: 50}, {}, {coarse: true}} {
		all = append(all, way{manner: m})
	}
	return all
}

// add writes one more page in each way and drops the ways that no longer fit.
func (all ways) add(img *image.RGBA, limit int64) (ways, error) {
	fine := picture.Gray(img)
	two := twoColours(fine)
	if !two {
		fine = picture.Flatten(fine)
	}
	coarse := picture.Scale(fine, max(a4At200, max(fine.Rect.Dx(), fine.Rect.Dy())*2/3))
	written := map[manner]sheet{}
	for i := range all {
		m := all[i].manner
		if two {
			m.quality = 0
		}
		if _, done := written[m]; !done {
			page := coarse
			if m == (manner{}) {
				page = fine
			}
			s, err := writeSheet(page, m.quality)
			if err != nil {
				return nil, err
			}
			written[m] = s
		}
		all[i].sheets = append(all[i].sheets, written[m])
		all[i].bytes += int64(len(written[m].data))
	}
	return slices.DeleteFunc(all, func(w way) bool { return w.bytes > limit }), nil
}

// writeSheet writes a page as a grey JPEG of that quality, or for 0 in black and white.
func writeSheet(page *image.Gray, quality int) (sheet, error) {
	if quality > 0 {
		data, err := writeJPEG(page, quality)
		return sheet{"DCTDecode", 8, data, page.Rect.Size()}, err
	}
	data, err := deflate(blackAndWhite(page))
	return sheet{"FlateDecode", 1, data, page.Rect.Size()}, err
}

func deflate(data []byte) ([]byte, error) {
	var b bytes.Buffer
	w, err := zlib.NewWriterLevel(&b, zlib.BestCompression)
	if err != nil {
		return nil, failed(err)
	}
	if _, err := w.Write(data); err != nil {
		return nil, failed(err)
	}
	if err := w.Close(); err != nil {
		return nil, failed(err)
	}
	return b.Bytes(), nil
}

func writeJPEG(img image.Image, quality int) ([]byte, error) {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: quality}); err != nil {
		return nil, failed(err)
	}
	return b.Bytes(), nil
}

// twoColours reports whether a page is black and white already, as a fax is: hardly a pixel for fifty of ink is between.
func twoColours(g *image.Gray) bool {
	ink, between := 0, 0
	for _, v := range g.Pix {
		if v < 64 {
			ink++
		} else if v < 192 {
			between++
		}
	}
	return 50*between <= ink
}

// inkLevel is below which level, on paper made white, a pixel is ink: dark enough for a shadow to vanish, light enough for
// a pale stamp to stay.
const inkLevel = 165

// blackAndWhite is the page with a bit for each pixel, set for paper; each row begins a byte.
func blackAndWhite(g *image.Gray) []byte {
	w, h := g.Rect.Dx(), g.Rect.Dy()
	stride := (w + 7) / 8
	out := make([]byte, stride*h)
	for y := range h {
		row, to := g.Pix[y*g.Stride:][:w], out[y*stride:]
		for x, v := range row {
			if v >= inkLevel {
				to[x/8] |= 0x80 >> (x % 8)
			}
		}
	}
	return out
}
