package sample

import (
	"bytes"
	"image"
	"image/color"
	"io"
	"math/rand/v2"
	"testing"

	"golang.org/x/image/ccitt"
	"golang.org/x/image/tiff"
)

func TestFilesAreTheSameEveryTime(t *testing.T) {
	r := Ticket()
	for name, file := range map[string]func() []byte{
		"PDF": r.PDF, "form": FilledForm, "photo": func() []byte { return r.SmallPhoto(6) }, "JPEG in TIFF": r.JPEGTIFF,
		"TIFF of pages": func() []byte { return PagesTIFF(r, Dentist()) }, "encrypted": Encrypted, "many": func() []byte { return ManyPages(1000) },
	} {
		if !bytes.Equal(file(), file()) {
			t.Errorf("%s differs from one call to the next", name)
		}
	}
}

func TestWhatMayBeAttachedIsSmallEnoughAndTheLargePhotoIsNot(t *testing.T) { // CLM-05
	r := Ticket()
	for name, data := range map[string][]byte{"PDF": r.PDF(), "scan": r.ScanPDF(), "photo": r.Photo(6), "TIFF": r.TIFF(), "form": FilledForm()} {
		if len(data) > 2<<20 {
			t.Errorf("%s has %d bytes", name, len(data))
		}
	}
	if n := len(r.LargePhoto()); n < 3_000_000 || n > 5_000_000 {
		t.Errorf("the large photo has %d bytes", n)
	}
}

// stripes is a picture whose rows have runs of every length, and rows that shift by a few pixels.
func stripes(width int) [][]bool {
	r := rand.New(rand.NewPCG(1, 2))
	var rows [][]bool
	for run := 1; run < width; run += 1 + run/9 {
		row := make([]bool, width)
		for x := range row {
			row[x] = x/run%2 == 1
		}
		shifted := append(make([]bool, r.IntN(5)), row...)[:width]
		rows = append(rows, row, shifted, make([]bool, width), shifted)
	}
	return rows
}

func TestFaxesAreReadBackByAnotherDecoder(t *testing.T) {
	const width = 2900
	rows := stripes(width)
	var want []byte
	for _, row := range rows {
		line := make([]byte, (width+7)/8)
		for x, black := range row {
			if black {
				line[x/8] |= 0x80 >> (x % 8)
			}
		}
		want = append(want, line...)
	}
	for name, c := range map[string]struct {
		data []byte
		as   ccitt.SubFormat
	}{"G4": {fax(rows, width), ccitt.Group4}, "G3": {fax1D(rows, width), ccitt.Group3}} {
		got, err := io.ReadAll(ccitt.NewReader(bytes.NewReader(c.data), ccitt.MSB, c.as, width, len(rows), &ccitt.Options{Invert: true}))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s: read back otherwise", name)
		}
	}
}

func TestTheTIFFIsReadByAnotherDecoder(t *testing.T) {
	img, err := tiff.Decode(bytes.NewReader(Ticket().TIFF()))
	if err != nil || img.Bounds().Size() != (image.Point{X: 2480, Y: 3508}) {
		t.Fatalf("%v", err)
	}
	if g := color.GrayModel.Convert(img.At(5, 5)).(color.Gray); g.Y != 255 {
		t.Errorf("the margin is %v", g)
	}
}

func TestHeavyFilesAreTooLargeToBeAttached(t *testing.T) { // CLM-05
	for _, c := range []struct {
		name string
		data []byte
		more int
	}{
		{"photo", Ticket().HeavyPhoto(), 6_000_000},
		{"scan", HeavyScan(Ticket()), 5_000_000},
		{"grey TIFF", GreyTIFF(Ticket()), 3_800_000},
		{"fax", FaxTIFF(Wordy()), 40_000},
	} {
		if len(c.data) < c.more {
			t.Errorf("%s has only %d bytes", c.name, len(c.data))
		}
	}
}
