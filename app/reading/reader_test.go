package reading_test

import (
	"context"
	"errors"
	"image"
	"image/color"
	"slices"
	"testing"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/document/code"
	"github.com/sodale/sodale/app/reading"
	"github.com/sodale/sodale/app/reading/readingtest"
)

// shelf is a Previewer of made-up pages: what is written on each, and pixels for those that are pictures.
type shelf struct {
	document.Previewer
	kind  document.Kind
	texts [][]document.Line
	drawn int
}

func (s *shelf) Look(context.Context, []byte) (document.Info, error) {
	return document.Info{Kind: s.kind, Pages: len(s.texts)}, nil
}

func (s *shelf) Text(_ context.Context, _ []byte, page int) ([]document.Line, error) {
	return s.texts[page], nil
}

func (s *shelf) Page(context.Context, []byte, document.Request) (*image.RGBA, error) {
	s.drawn++
	img := image.NewRGBA(image.Rect(0, 0, 200, 280))
	for y := range 280 {
		for x := range 200 {
			v := uint8(250)
			if y%14 < 5 && x > 20 && x < 150 && x%7 < 4 {
				v = 20
			}
			img.SetRGBA(x, y, color.RGBA{v, v, v, 255})
		}
	}
	return img, nil
}

func today() civil.Date { return readingtest.Today }

var longLines = sheet("Fattura n. 318 del 09/11/2026", "Totale fattura|36,15")[0]

func TestAPageWithTextIsNeverDrawnForOCR(t *testing.T) {
	s := &shelf{kind: document.PDF, texts: [][]document.Line{longLines}}
	r := reading.Reader{Previewer: s, Today: today, OCR: func(context.Context, *image.Gray, float64) ([]document.Line, float64, error) {
		t.Error("recognised")
		return nil, 0, nil
	}}
	p, err := r.Read(context.Background(), nil, nil, nil)
	if err != nil || p.Source != reading.Text || p.Number != "318" || p.Total != 3615 || p.Confidence != 0 || s.drawn != 0 {
		t.Errorf("%+v %v, drawn %d times", p, err, s.drawn)
	}
}

func TestAPageWithoutTextIsRecognised(t *testing.T) {
	s := &shelf{kind: document.PDF, texts: [][]document.Line{{{Text: "scanner 1", W: 10, H: 5}}}}
	r := reading.Reader{Previewer: s, Today: today, OCR: func(_ context.Context, _ *image.Gray, dpi float64) ([]document.Line, float64, error) {
		return sheet("Fattura n. 318 del 09/11/2026")[0], 91.4, nil
	}}
	var told []int
	p, err := r.Read(context.Background(), nil, nil, func(done, all int) { told = append(told, done, all) })
	if err != nil || p.Source != reading.OCR || p.Number != "318" || p.Confidence != 91 || p.Turned || !slices.Equal(told, []int{1, 1}) {
		t.Errorf("%+v %v %v", p, err, told)
	}
}

func TestAPageThatLiesOnItsSideIsTurnedUntilItReads(t *testing.T) {
	s := &shelf{kind: document.JPEG, texts: make([][]document.Line, 1)}
	var tries int
	r := reading.Reader{Previewer: s, Today: today, OCR: func(_ context.Context, page *image.Gray, _ float64) ([]document.Line, float64, error) {
		if tries++; tries == 3 {
			return longLines, 93, nil
		}
		return sheet("Iq 6ZTz n. 77")[0], 31, nil
	}}
	p, err := r.Read(context.Background(), nil, nil, nil)
	if err != nil || tries != 3 || !p.Turned || p.Number != "318" || p.Confidence != 93 {
		t.Errorf("after %d tries: %+v %v", tries, p, err)
	}
}

func TestAPageThatNobodyCanReadIsNotCalledTurned(t *testing.T) {
	s := &shelf{kind: document.JPEG, texts: make([][]document.Line, 1)}
	var tries int
	r := reading.Reader{Previewer: s, Today: today, OCR: func(context.Context, *image.Gray, float64) ([]document.Line, float64, error) {
		tries++
		return nil, float64(tries), nil
	}}
	p, err := r.Read(context.Background(), nil, nil, nil)
	if err != nil || tries != 4 || p.Turned || !p.Empty() {
		t.Errorf("after %d tries: %+v %v", tries, p, err)
	}
}

func TestFourPagesAreTheMost(t *testing.T) {
	s := &shelf{kind: document.PDF, texts: slices.Repeat([][]document.Line{longLines}, 9)}
	var all int
	_, err := reading.Reader{Previewer: s, Today: today}.Read(context.Background(), nil, nil, func(_, n int) { all = n })
	if err != nil || all != 4 {
		t.Errorf("%d %v", all, err)
	}
}

func TestWithoutOCRAPictureStaysUnread(t *testing.T) {
	s := &shelf{kind: document.TIFF, texts: make([][]document.Line, 2)}
	p, err := reading.Reader{Previewer: s, Today: today}.Read(context.Background(), nil, nil, nil)
	if err != nil || !p.Empty() || s.drawn != 0 {
		t.Errorf("%+v %v, drawn %d times", p, err, s.drawn)
	}
}

func TestReadingStopsWithItsContext(t *testing.T) {
	s := &shelf{kind: document.TIFF, texts: make([][]document.Line, 4)}
	ctx, stop := context.WithCancel(context.Background())
	r := reading.Reader{Previewer: s, Today: today, OCR: func(ctx context.Context, _ *image.Gray, _ float64) ([]document.Line, float64, error) {
		stop()
		return nil, 0, ctx.Err()
	}}
	if _, err := r.Read(ctx, nil, nil, nil); !errors.Is(err, context.Canceled) || s.drawn != 1 {
		t.Errorf("%v, drawn %d times", err, s.drawn)
	}
}

func TestThePagoPANoticeIsReadFromItsCode(t *testing.T) { // CLM-36
	s := &shelf{kind: document.PDF, texts: [][]document.Line{longLines}}
	first := code.PagoPA{Notice: "301000000000012345", Creditor: "01234567897", Amount: 3615}
	codes := []code.Code{code.Text("https://example.it"), first}
	r := reading.Reader{Previewer: s, Today: today, Codes: func(context.Context, *image.Gray) ([]code.Code, error) { return codes, nil }}
	p, err := r.Read(context.Background(), nil, nil, nil)
	want := reading.Notice{Number: "301000000000012345", Creditor: "01234567897", Amount: 3615}
	if err != nil || p.Notice == nil || *p.Notice != want {
		t.Errorf("%+v %v", p.Notice, err)
	}
	second := first
	second.Notice = "301000000000012346"
	codes = append(codes, second)
	if p, err = r.Read(context.Background(), nil, nil, nil); err != nil || p.Notice != nil {
		t.Errorf("of two notices: %+v %v", p.Notice, err)
	}
}
