package document_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/document/sample"
	"github.com/sodale/sodale/app/fault"
)

func TestKindIsReadFromTheContent(t *testing.T) {
	for _, c := range []struct {
		name string
		data []byte
		want document.Kind
	}{
		{"PDF", sample.FilledForm(), document.PDF},
		{"PDF behind a preamble", append(make([]byte, 900), "%PDF-1.4"...), document.PDF},
		{"PDF too far behind", append(make([]byte, 1024), "%PDF-1.4"...), document.Unknown},
		{"JPEG", sample.Ticket().SmallPhoto(1), document.JPEG},
		{"TIFF, little-endian", sample.PagesTIFF(sample.Ticket()), document.TIFF},
		{"TIFF, big-endian", []byte("MM\x00*\x00\x00\x00\x08"), document.TIFF},
		{"PNG", sample.PNG(), document.PNG},
		{"HEIC", []byte("\x00\x00\x00\x18ftypheic"), document.HEIC},
		{"MP4", []byte("\x00\x00\x00\x18ftypmp42"), document.Unknown},
		{"text", []byte("fattura.pdf"), document.Unknown},
		{"nothing", nil, document.Unknown},
		{"half a mark", []byte("\xff\xd8"), document.Unknown},
	} {
		if got := document.Sniff(c.data); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestOnlyPDFJPEGAndTIFFMayBeAttached(t *testing.T) { // CLM-04
	for _, c := range []struct {
		data []byte
		kind document.Kind
		code fault.Code
	}{
		{[]byte("%PDF-1.7"), document.PDF, ""},
		{[]byte("\xff\xd8\xff\xe0"), document.JPEG, ""},
		{[]byte("II*\x00"), document.TIFF, ""},
		{sample.PNG(), document.PNG, document.CodePNG},
		{[]byte("\x00\x00\x00\x18ftypmif1"), document.HEIC, document.CodeHEIC},
		{[]byte("PK\x03\x04 a letter.docx"), document.Unknown, document.CodeKind},
		{nil, document.Unknown, document.CodeEmpty},
		{[]byte{}, document.Unknown, document.CodeEmpty},
	} {
		kind, err := document.Check(c.data, document.MaxSize)
		if kind != c.kind || fault.CodeOf(err) != c.code {
			t.Errorf("%.12q: %s %v, want %s %q", c.data, kind, err, c.kind, c.code)
		}
	}
}

func TestTwoMegabytesAreTheMost(t *testing.T) { // CLM-05, AMB-54: 2 × 1024 × 1024 bytes, included
	data := append([]byte("%PDF-1.7\n"), bytes.Repeat([]byte{' '}, document.MaxSize)...)
	if kind, err := document.Check(data[:2*1024*1024], document.MaxSize); kind != document.PDF || err != nil {
		t.Errorf("2 MiB: %s %v", kind, err)
	}
	kind, err := document.Check(data[:2*1024*1024+1], document.MaxSize)
	if kind != document.PDF || fault.CodeOf(err) != document.CodeTooLarge {
		t.Errorf("2 MiB and a byte: %s %v", kind, err)
	}
}

func TestTooLargeSaysHowLargeAndTheMost(t *testing.T) {
	data := append([]byte("\xff\xd8\xff"), make([]byte, 3_565_158)...) // 3.4 MiB
	kind, err := document.Check(data, document.MaxSize)
	var f *fault.Error
	if !errors.As(err, &f) || kind != document.JPEG || f.Values["Size"] != "3,4" || f.Values["Max"] != "2" {
		t.Errorf("%s %#v", kind, err)
	}
}

func TestAPNGIsRefusedAsSuchHoweverLarge(t *testing.T) {
	data := append(sample.PNG(), make([]byte, 3<<20)...)
	if _, err := document.Check(data, document.MaxSize); fault.CodeOf(err) != document.CodePNG {
		t.Error(err)
	}
}

func TestWhatCanBeConvertedIsWhatCannotBeAttachedAsItIs(t *testing.T) {
	for kind, want := range map[document.Kind]bool{
		document.PNG: true, document.HEIC: true, document.PDF: false, document.JPEG: false, document.TIFF: false, document.Unknown: false,
	} {
		if document.Convertible(kind) != want {
			t.Errorf("%s: want %v", kind, want)
		}
	}
}

func TestMegabytesAreWrittenAsPeopleReadThem(t *testing.T) {
	for size, want := range map[int64]string{0: "0", 1 << 20: "1", 2 << 20: "2", 3_565_158: "3,4", 2<<20 + 1: "2", 25 << 20: "25", 1_572_864: "1,5"} {
		if got := document.Megabytes(size); got != want {
			t.Errorf("%d: %q, want %q", size, got, want)
		}
	}
}

func FuzzSniff(f *testing.F) {
	f.Add([]byte("%PDF-1.7"))
	f.Add(sample.PNG())
	f.Add([]byte("\x00\x00\x00\x18ftypheic"))
	f.Fuzz(func(t *testing.T, data []byte) {
		kind, err := document.Check(data, document.MaxSize)
		if kind != document.Sniff(data) {
			t.Errorf("Check says %s, Sniff %s", kind, document.Sniff(data))
		}
		if err == nil && kind != document.PDF && kind != document.JPEG && kind != document.TIFF {
			t.Errorf("%s may be attached", kind)
		}
	})
}
