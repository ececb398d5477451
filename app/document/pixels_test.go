package document

import (
	"bytes"
	"encoding/binary"
	"image"
	_ "image/jpeg"
	_ "image/png"
	"testing"

	"github.com/sodale/sodale/app/document/sample"
	"github.com/sodale/sodale/app/document/wire"
	"github.com/sodale/sodale/app/fault"
)

func TestImageSizesAreReadFromHeaders(t *testing.T) {
	ticket := sample.Ticket()
	for _, c := range []struct {
		name string
		kind Kind
		data []byte
		want []dimensions
	}{
		{"photo stored lying", JPEG, ticket.SmallPhoto(6), []dimensions{{400, 300}}},
		{"photo with no EXIF", JPEG, ticket.SmallPhoto(0), []dimensions{{300, 400}}},
		{"padding before a mark", JPEG, []byte("\xff\xd8\xff\xff\xff\xc2\x00\x0b\x08\x00\x07\x00\x09\x01\x01\x11\x00"), []dimensions{{9, 7}}},
		{"TIFF of three pages", TIFF, sample.PagesTIFF(ticket, ticket, ticket), []dimensions{{827, 1169}, {827, 1169}, {827, 1169}}},
		{"TIFF, big-endian", TIFF, []byte("MM\x00*\x00\x00\x00\x08\x00\x02" +
			"\x01\x00\x00\x03\x00\x00\x00\x01\x00\x05\x00\x00" + "\x01\x01\x00\x04\x00\x00\x00\x01\x00\x00\x00\x06" + "\x00\x00\x00\x00"), []dimensions{{5, 6}}},
		{"PNG", PNG, sample.PNG(), []dimensions{{64, 64}}},
		{"PDF has none", PDF, ticket.PDF(), nil},
	} {
		got, err := imagePages(c.kind, c.data)
		if err != nil || len(got) != len(c.want) {
			t.Errorf("%s: %v %v", c.name, got, err)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%s: page %d is %v, want %v", c.name, i, got[i], c.want[i])
			}
		}
	}
}

func TestImagesThatWouldNotFitAreRefusedByTheirHeader(t *testing.T) {
	loop := sample.HugeTIFF(10)
	binary.LittleEndian.PutUint32(loop[len(loop)-4:], binary.LittleEndian.Uint32(loop[4:])) // the directory follows itself
	for _, c := range []struct {
		name string
		kind Kind
		data []byte
		code fault.Code
	}{
		{"50,000 × 50,000 TIFF", TIFF, sample.HugeTIFF(50_000), CodePixels},
		{"65,500 × 65,500 JPEG", JPEG, sample.HugeJPEG(), CodePixels},
		{"108-megapixel photo", JPEG, frame(12_000, 9_000), ""},
		{"no frame in a JPEG", JPEG, []byte("\xff\xd8\xff\xe0\x00\x04ab\xff\xda"), CodeDamaged},
		{"a JPEG's first bytes only", JPEG, []byte("\xff\xd8\xff"), CodeDamaged},
		{"a size of zero", JPEG, frame(0, 10), CodeDamaged},
		{"50,000 × 50,000 PNG", PNG, []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00\xc3\x50\x00\x00\xc3\x50"), CodePixels},
		{"a PNG's first bytes only", PNG, sample.PNG()[:23], CodeDamaged},
		{"PNG with no header", PNG, []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIDAT\x00\x00\x00\x01\x00\x00\x00\x01"), CodeDamaged},
		{"TIFF with no directory", TIFF, []byte("II*\x00\x00\x00\x00\x00"), CodeDamaged},
		{"TIFF whose directory is outside", TIFF, []byte("II*\x00\xff\xff\xff\xff"), CodeDamaged},
		{"TIFF cut in its directory", TIFF, sample.Cut(sample.HugeTIFF(10)), CodeDamaged},
		{"TIFF that loops", TIFF, loop, ""},
		{"TIFF of too many pages", TIFF, chain(wire.MaxPages + 1), CodePages},
	} {
		if _, err := imagePages(c.kind, c.data); fault.CodeOf(err) != c.code {
			t.Errorf("%s: %v, want %q", c.name, err, c.code)
		}
	}
}

// frame is a JPEG up to its frame header.
func frame(w, h uint16) []byte {
	b := []byte("\xff\xd8\xff\xc0\x00\x0b\x08")
	b = binary.BigEndian.AppendUint16(b, h)
	b = binary.BigEndian.AppendUint16(b, w)
	return append(b, 1, 1, 0x11, 0)
}

// chain is a TIFF of n directories, each with a size of 1 by 1.
func chain(n int) []byte {
	b := []byte("II*\x00\x08\x00\x00\x00")
	for i := range n {
		b = append(b, "\x02\x00\x00\x01\x03\x00\x01\x00\x00\x00\x01\x00\x00\x00\x01\x01\x03\x00\x01\x00\x00\x00\x01\x00\x00\x00"...)
		next := uint32(len(b) + 4)
		if i == n-1 {
			next = 0
		}
		b = binary.LittleEndian.AppendUint32(b, next)
	}
	return b
}

func FuzzImagePages(f *testing.F) {
	f.Add(sample.Ticket().SmallPhoto(6)[:600])
	f.Add(sample.HugeTIFF(50_000))
	f.Add(chain(3))
	f.Add(sample.PNG())
	f.Fuzz(func(t *testing.T, data []byte) {
		kind := Sniff(data)
		pages, err := imagePages(kind, data)
		if err != nil || (kind != JPEG && kind != TIFF && kind != PNG) {
			return
		}
		if len(pages) == 0 || len(pages) > wire.MaxPages {
			t.Fatalf("%d pages", len(pages))
		}
		for _, p := range pages {
			if p.w <= 0 || p.h <= 0 || p.pixels() > wire.MaxImage {
				t.Fatalf("a page of %v", p)
			}
		}
		if kind == TIFF {
			return
		}
		if c, _, err := image.DecodeConfig(bytes.NewReader(data)); err == nil && (int64(c.Width) != pages[0].w || int64(c.Height) != pages[0].h) {
			t.Fatalf("%v, a decoder says %d × %d", pages[0], c.Width, c.Height)
		}
	})
}
