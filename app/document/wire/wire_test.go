package wire

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestRequestsArriveAsTheyWereSent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := Request{
			Op: rapid.SampledFrom([]Op{Look, Draw, Text}).Draw(t, "op"), Kind: rapid.SampledFrom([]Kind{PDF, JPEG, TIFF, PNG, HEIC}).Draw(t, "kind"),
			Fresh: rapid.Bool().Draw(t, "fresh"), Turn: rapid.Uint8Range(0, 3).Draw(t, "turn"), Size: rapid.Uint32Range(0, MaxDocument).Draw(t, "size"),
			Page: rapid.Uint32().Draw(t, "page"), MaxWidth: rapid.Uint32().Draw(t, "w"), MaxHeight: rapid.Uint32().Draw(t, "h"),
			MaxPixels: rapid.Uint32Range(1, MaxPixels).Draw(t, "pixels"), DPI: rapid.Float64().Filter(func(f float64) bool { return !math.IsInf(f, 0) && !math.IsNaN(f) }).Draw(t, "dpi"),
		}
		var b bytes.Buffer
		if err := WriteRequest(&b, want); err != nil {
			t.Fatal(err)
		}
		if got, err := ReadRequest(&b); err != nil || got != want || b.Len() > 0 {
			t.Fatalf("%+v %v, want %+v", got, err, want)
		}
	})
}

func TestRequestsThatCannotBeAreRefused(t *testing.T) {
	good := Request{Op: Draw, Kind: PDF, MaxPixels: 1, DPI: 72}
	for name, change := range map[string]func(*Request){
		"no operation":        func(q *Request) { q.Op = 0 },
		"unknown operation":   func(q *Request) { q.Op = 9 },
		"unknown kind":        func(q *Request) { q.Kind = 9 },
		"turned five times":   func(q *Request) { q.Turn = 5 },
		"document too large":  func(q *Request) { q.Size = MaxDocument + 1 },
		"too many pixels":     func(q *Request) { q.MaxPixels = MaxPixels + 1 },
		"no pixels":           func(q *Request) { q.MaxPixels = 0 },
		"a DPI of no number":  func(q *Request) { q.DPI = math.NaN() },
		"an infinite DPI":     func(q *Request) { q.DPI = math.Inf(1) },
		"nothing is the good": nil,
	} {
		q, want := good, ErrFrame
		if change != nil {
			change(&q)
		} else {
			want = nil
		}
		var b bytes.Buffer
		if err := WriteRequest(&b, q); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadRequest(&b); !errors.Is(err, want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAnswersThatCannotBeAreRefused(t *testing.T) {
	draw := Request{Op: Draw, Page: 1, MaxWidth: 100, MaxHeight: 50, MaxPixels: 5000}
	text := Request{Op: Text, Page: 0, MaxPixels: 1}
	for _, c := range []struct {
		name string
		q    Request
		a    Answer
		ok   bool
	}{
		{"a picture", draw, Answer{Pages: 2, Width: 100, Height: 50, Size: 20000}, true},
		{"too wide", draw, Answer{Pages: 2, Width: 101, Height: 49, Size: 4 * 101 * 49}, false},
		{"too high", draw, Answer{Pages: 2, Width: 98, Height: 51, Size: 4 * 98 * 51}, false},
		{"more pixels than asked", Request{Op: Draw, MaxPixels: 100}, Answer{Pages: 1, Width: 11, Height: 10, Size: 440}, false},
		{"a size that overflows", Request{Op: Draw, MaxPixels: MaxPixels}, Answer{Pages: 1, Width: 1 << 31, Height: 1 << 31, Size: 0}, false},
		{"no pixels", draw, Answer{Pages: 2}, false},
		{"another size than its pixels", draw, Answer{Pages: 2, Width: 100, Height: 50, Size: 19999}, false},
		{"a page that the document has not", draw, Answer{Pages: 1, Width: 100, Height: 50, Size: 20000}, false},
		{"no pages", Request{Op: Look}, Answer{}, false},
		{"too many pages", Request{Op: Look}, Answer{Pages: MaxPages + 1}, false},
		{"a look", Request{Op: Look}, Answer{Pages: MaxPages}, true},
		{"a look with bytes", Request{Op: Look}, Answer{Pages: 1, Size: 1}, false},
		{"a text", text, Answer{Pages: 1, Size: MaxText}, true},
		{"a text too long", text, Answer{Pages: 1, Size: MaxText + 1}, false},
		{"a refusal", draw, Answer{Status: TooMany, Pages: 100_000}, true},
		{"a refusal with bytes", draw, Answer{Status: Damaged, Size: 4}, false},
		{"an unknown status", draw, Answer{Status: 99}, false},
	} {
		var b bytes.Buffer
		if err := WriteAnswer(&b, c.a); err != nil {
			t.Fatal(err)
		}
		got, err := ReadAnswer(&b, c.q)
		if c.ok != (err == nil) || (c.ok && got != c.a) {
			t.Errorf("%s: %+v %v", c.name, got, err)
		}
	}
}

func TestAWorkerThatEndsIsNotAnAnswer(t *testing.T) {
	if _, err := ReadHello(bytes.NewReader(nil)); !errors.Is(err, io.EOF) {
		t.Error(err)
	}
	if _, err := ReadHello(bytes.NewReader([]byte("SDA1\x00"))); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Error(err)
	}
	if _, err := ReadHello(bytes.NewReader([]byte("usage: sodale [command] and its arguments"))); !errors.Is(err, ErrFrame) {
		t.Error(err)
	}
}

func FuzzReadAnswer(f *testing.F) {
	var b bytes.Buffer
	_ = WriteAnswer(&b, Answer{Pages: 1, Width: 10, Height: 10, Size: 400})
	f.Add(b.Bytes(), uint8(Draw), uint32(0), uint32(100), uint32(0))
	f.Add([]byte("SDA1"), uint8(Look), uint32(7), uint32(1), uint32(9))
	f.Fuzz(func(t *testing.T, data []byte, op uint8, page, pixels, width uint32) {
		q := Request{Op: Op(op), Page: page, MaxPixels: min(pixels, MaxPixels), MaxWidth: width}
		a, err := ReadAnswer(bytes.NewReader(data), q)
		if err != nil {
			return
		}
		if a.Size > 4*MaxPixels || uint64(a.Width)*uint64(a.Height) > uint64(q.MaxPixels) {
			t.Fatalf("%+v to %+v", a, q)
		}
		var b bytes.Buffer
		if err := WriteAnswer(&b, a); err != nil || !bytes.Equal(b.Bytes(), data[:b.Len()]) {
			t.Fatalf("%+v is written otherwise than it was read", a)
		}
	})
}

func FuzzReadRequest(f *testing.F) {
	f.Add(append([]byte("SDQ1"), make([]byte, binary.Size(Request{}))...))
	f.Fuzz(func(t *testing.T, data []byte) {
		q, err := ReadRequest(bytes.NewReader(data))
		if err == nil && (q.Size > MaxDocument || q.MaxPixels > MaxPixels || q.Turn > 3) {
			t.Fatalf("%+v", q)
		}
	})
}
