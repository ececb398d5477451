package document

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/sodale/sodale/app/fault"
)

// heicBrands are the names by which HEIC files call their format.
var heicBrands = []string{"heic", "heix", "hevc", "mif1", "msf1"}

// Sniff tells the kind of a file by its first bytes, never by its name.
func Sniff(data []byte) Kind {
	head := data[:min(len(data), 1024)]
	switch {
	case bytes.Contains(head, []byte("%PDF-")):
		return PDF
	case bytes.HasPrefix(head, []byte("\xff\xd8\xff")):
		return JPEG
	case bytes.HasPrefix(head, []byte("II*\x00")), bytes.HasPrefix(head, []byte("MM\x00*")):
		return TIFF
	case bytes.HasPrefix(head, []byte("\x89PNG\r\n\x1a\n")):
		return PNG
	case len(head) >= 12 && string(head[4:8]) == "ftyp" && slices.Contains(heicBrands, string(head[8:12])):
		return HEIC
	}
	return Unknown
}

// Convertible tells whether files of a kind can't be attached as they are, but may be turned into one that can when the
// member asks: a PNG is drawn by Previewer.Page, a HEIC by Previewer.Convert.
func Convertible(kind Kind) bool { return kind == PNG || kind == HEIC }

// Check refuses a file that can't be attached, before anything parses it: empty, of another kind, too large (max in
// bytes). The kind comes back even with CodeTooLarge, since such a file may be shrunk, and with CodePNG and CodeHEIC,
// since such a one may be converted.
func Check(data []byte, max int64) (Kind, error) {
	kind, err := known(data)
	switch {
	case err != nil:
		return kind, err
	case kind == PNG:
		return kind, fault.New(CodePNG, "document.check", "")
	case kind == HEIC:
		return kind, fault.New(CodeHEIC, "document.check", "")
	}
	return kind, fits(data, max)
}

// known tells the kind of a file, and refuses one that is empty or of no kind that has a name here.
func known(data []byte) (Kind, error) {
	if len(data) == 0 {
		return Unknown, fault.New(CodeEmpty, "document.check", "")
	}
	kind := Sniff(data)
	if kind == Unknown {
		return kind, fault.New(CodeKind, "document.check", "")
	}
	return kind, nil
}

// fits refuses a file of more than max bytes.
func fits(data []byte, max int64) error {
	size := int64(len(data))
	if size <= max {
		return nil
	}
	return fault.New(CodeTooLarge, "document.check", "").With("Size", Megabytes(size)).With("Max", Megabytes(max))
}

// Megabytes writes a size as people read it: "3,4" for 3.4 MiB, "2" for 2 MiB.
func Megabytes(size int64) string {
	s := fmt.Sprintf("%.1f", float64(size)/(1<<20))
	return strings.Replace(strings.TrimSuffix(s, ".0"), ".", ",", 1)
}
