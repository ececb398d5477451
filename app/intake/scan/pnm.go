package scan

import (
	"bufio"
	"errors"
	"fmt"
	"image"
	"io"

	"github.com/sodale/sodale/app/document/wire"
)

// errPNM is the error of bytes that are no picture as scanimage writes it.
var errPNM = errors.New("scan: not a picture of scanimage")

// errNothing is the error of no bytes at all.
var errNothing = errors.New("scan: nothing came")

// readPNM reads a picture as scanimage writes it: black and white (P4), grey (P5) or colour (P6), 8 bits or 16. Nothing at
// all is errNothing.
func readPNM(from io.Reader) (image.Image, error) {
	r := bufio.NewReaderSize(from, 64<<10)
	mark := make([]byte, 2)
	if _, err := io.ReadFull(r, mark); errors.Is(err, io.EOF) {
		return nil, errNothing
	} else if err != nil {
		return nil, err
	}
	kind := string(mark)
	if kind != "P4" && kind != "P5" && kind != "P6" {
		return nil, errPNM
	}
	w, err := field(r)
	if err != nil {
		return nil, err
	}
	h, err := field(r)
	if err != nil {
		return nil, err
	}
	if w == 0 || h == 0 || w > wire.MaxImage/h {
		return nil, errPNM
	}
	if kind == "P4" {
		return readBits(r, w, h)
	}
	most, err := field(r)
	if err != nil {
		return nil, err
	}
	if most != 255 && most != 65535 {
		return nil, errPNM
	}
	if kind == "P6" {
		return readColours(r, w, h, most > 255)
	}
	img := image.NewGray(image.Rect(0, 0, w, h))
	return img, readSamples(r, img.Pix, most > 255)
}

// maxField is the largest number of a header.
const maxField = 1 << 20

// field reads the next number of the header, behind space and comments, and the one space behind it.
func field(r *bufio.Reader) (int, error) {
	n, digits := 0, 0
	for {
		b, err := r.ReadByte()
		switch {
		case err != nil:
			return 0, err
		case b >= '0' && b <= '9':
			n, digits = 10*n+int(b-'0'), digits+1
			if n > maxField {
				return 0, errPNM
			}
		case b == '#' && digits == 0:
			if _, err := r.ReadString('\n'); err != nil {
				return 0, err
			}
		case b != ' ' && b != '\n' && b != '\t' && b != '\r':
			return 0, errPNM
		case digits > 0:
			return n, nil
		}
	}
}

// readSamples fills out with samples of one byte, or with the upper one of two.
func readSamples(r io.Reader, out []byte, wide bool) error {
	if !wide {
		_, err := io.ReadFull(r, out)
		return err
	}
	const step = 32 << 10
	pair := make([]byte, 2*step)
	for len(out) > 0 {
		n := min(len(out), step)
		if _, err := io.ReadFull(r, pair[:2*n]); err != nil {
			return err
		}
		for i := range n {
			out[i] = pair[2*i]
		}
		out = out[n:]
	}
	return nil
}

func readColours(r io.Reader, w, h int, wide bool) (image.Image, error) {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	row := make([]byte, 3*w)
	for y := range h {
		if err := readSamples(r, row, wide); err != nil {
			return nil, err
		}
		out := img.Pix[y*img.Stride:]
		for x := range w {
			copy(out[4*x:], row[3*x:3*x+3])
			out[4*x+3] = 255
		}
	}
	return img, nil
}

// readBits reads rows of bits, where 1 is black.
func readBits(r io.Reader, w, h int) (image.Image, error) {
	img := image.NewGray(image.Rect(0, 0, w, h))
	row := make([]byte, (w+7)/8)
	for y := range h {
		if _, err := io.ReadFull(r, row); err != nil {
			return nil, fmt.Errorf("scan: row %d: %w", y, err)
		}
		out := img.Pix[y*img.Stride:]
		for x := range w {
			if row[x/8]>>(7-x%8)&1 == 0 {
				out[x] = 255
			}
		}
	}
	return img, nil
}
