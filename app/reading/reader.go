package reading

import (
	"context"
	"image"
	"slices"
	"unicode/utf8"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/document/code"
	"github.com/sodale/sodale/app/document/picture"
	"github.com/sodale/sodale/app/member"
)

const (
	minText   = 20   // characters; a page with fewer is a picture
	scanDPI   = 220  // at which a page of a PDF is drawn for OCR
	longSide  = 2572 // pixels of the longer side of a photo: A4 at scanDPI
	mostSide  = 4200 // pixels of a photo on which the sheet is small
	codeDPI   = 150  // at which a page with text is drawn to look for a QR
	upright   = 60   // a mean confidence below which the page may lie on its side
	codePages = 2    // with text, that are looked at for a QR
)

// Recognise reads the text of a page that is upright, flat and straight: lines in points, which follow from dpi, and the
// mean confidence, 0 to 100.
type Recognise func(ctx context.Context, page *image.Gray, dpi float64) (lines []document.Line, confidence float64, err error)

// Reader reads files. Its zero fields are ways that it does without.
type Reader struct {
	Previewer document.Previewer
	OCR       Recognise                                                        // nil: pages that are pictures stay unread
	Codes     func(ctx context.Context, page *image.Gray) ([]code.Code, error) // code.Read; nil: none are looked for
	Today     func() civil.Date
}

// Read reads the first four pages of a file and says what it is about. Pages with text are read as text, the others are
// drawn, set straight and recognised; a page that is hard to recognise is tried at the other quarter turns. told, which
// may be nil, hears after each page how many of how many are done. It ends soon after ctx does. Errors are those of the
// Previewer and of OCR; what was read on the pages before is then lost.
func (r Reader) Read(ctx context.Context, data []byte, people []member.Person, told func(done, all int)) (Paper, error) {
	info, err := r.Previewer.Look(ctx, data)
	if err != nil {
		return Paper{}, err
	}
	s := session{Reader: r, data: data, kind: info.Kind, source: Text}
	all := min(info.Pages, maxPages)
	for i := range all {
		if err := s.page(ctx, i); err != nil {
			return Paper{}, err
		}
		if told != nil {
			told(i+1, all)
		}
	}
	paper := Extract(s.source, s.pages, r.Today(), people)
	paper.Notice = noticeIn(s.codes)
	paper.Turned = s.turned
	if s.read > 0 {
		paper.Confidence = int(s.sure/float64(s.read) + 0.5)
	}
	return paper, nil
}

// session is the reading of one file.
type session struct {
	Reader
	data   []byte
	kind   document.Kind
	source Source
	pages  [][]document.Line
	codes  []code.Code
	turned bool
	sure   float64 // sum over the recognised pages
	read   int     // how many those are
}

func (s *session) page(ctx context.Context, i int) error {
	if s.kind == document.PDF {
		lines, err := s.Previewer.Text(ctx, s.data, i)
		if err != nil {
			return err
		}
		if characters(lines) >= minText {
			s.pages = append(s.pages, lines)
			return s.lookForCodes(ctx, i)
		}
	}
	if s.OCR == nil && s.Codes == nil {
		return nil
	}
	drawn, err := s.draw(ctx, i)
	if err != nil {
		return err
	}
	if slices.Contains(picture.Flaws(drawn), document.Blank) {
		return nil
	}
	if s.Codes != nil {
		if err := s.addCodes(ctx, drawn); err != nil {
			return err
		}
	}
	if s.OCR == nil {
		return nil
	}
	return s.recognise(ctx, picture.Flatten(drawn))
}

func (s *session) lookForCodes(ctx context.Context, i int) error {
	if s.Codes == nil || i >= codePages {
		return nil
	}
	drawn, err := s.Previewer.Page(ctx, s.data, document.Request{Page: i, DPI: codeDPI})
	if err != nil {
		return err
	}
	return s.addCodes(ctx, picture.Gray(drawn))
}

func (s *session) addCodes(ctx context.Context, page *image.Gray) error {
	codes, err := s.Codes(ctx, page)
	s.codes = append(s.codes, codes...)
	return err
}

// draw draws a page for OCR: one of a PDF at its own size, a photo so that the sheet on it is about as large as that. It
// cuts nothing away: a shadow may look like the edge of the paper.
func (s *session) draw(ctx context.Context, i int) (*image.Gray, error) {
	q := document.Request{Page: i, DPI: scanDPI}
	if s.kind != document.PDF {
		q = document.Request{Page: i, MaxWidth: longSide, MaxHeight: longSide}
	}
	drawn, err := s.Previewer.Page(ctx, s.data, q)
	if err != nil {
		return nil, err
	}
	grey := picture.Gray(drawn)
	share := 1.0
	if corners, found := picture.Page(grey); found && s.kind != document.PDF {
		share = max(corners[3].Y-corners[0].Y, corners[2].Y-corners[1].Y)
	}
	if share > 0.85 {
		return grey, nil
	}
	q.MaxHeight = int(min(float64(longSide)/share, mostSide))
	q.MaxWidth = q.MaxHeight
	if drawn, err = s.Previewer.Page(ctx, s.data, q); err != nil {
		return nil, err
	}
	return picture.Gray(drawn), nil
}

// recognise reads a flat page, at the quarter turn that reads best when it does not read well as it is.
func (s *session) recognise(ctx context.Context, flat *image.Gray) error {
	var best []document.Line
	sure, turns := -1.0, 0
	for _, turn := range []int{0, 2, 1, 3} {
		lines, confidence, err := s.OCR(ctx, picture.Level(picture.Turn(flat, turn)), scanDPI)
		if err != nil {
			return err
		}
		if confidence > sure {
			best, sure, turns = lines, confidence, turn
		}
		if sure >= upright {
			break
		}
	}
	s.source = OCR
	s.pages = append(s.pages, best)
	s.sure, s.read = s.sure+sure, s.read+1
	s.turned = s.turned || turns != 0 && sure >= upright
	return nil
}

func characters(lines []document.Line) int {
	n := 0
	for _, l := range lines {
		n += utf8.RuneCountInString(l.Text)
	}
	return n
}
