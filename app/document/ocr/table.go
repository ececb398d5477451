package ocr

import (
	"errors"
	"image"
	"strconv"
	"strings"
	"unicode"
)

// word is one word of a page, in pixels.
type word struct {
	line [4]int // page, block, paragraph and line that it stands in
	box  image.Rectangle
	sure float64 // 0 to 100
	text string
}

const (
	maxWords  = 20_000 // a page of the densest print has some 2,000
	wordLevel = "5"
)

var errTable = errors.New("ocr: not a table of words")

// parseTSV reads Tesseract's table of a page of that size: a line for each block, paragraph, line and word, with level,
// page, block, paragraph, line, word, left, top, width, height, confidence and text between tabs. Only words with
// something to read in them are returned, and boxes never reach outside the page.
func parseTSV(table string, page image.Point) ([]word, error) {
	var words []word
	for row := range strings.Lines(table) {
		fields := strings.SplitN(strings.TrimRight(row, "\r\n"), "\t", 12)
		if fields[0] != wordLevel {
			continue
		}
		w, err := parseWord(fields, image.Rectangle{Max: page})
		if err != nil || len(words) == maxWords {
			return nil, errTable
		}
		if w.text != "" && !w.box.Empty() {
			words = append(words, w)
		}
	}
	return words, nil
}

func parseWord(fields []string, page image.Rectangle) (word, error) {
	if len(fields) != 12 {
		return word{}, errTable
	}
	var n [10]int
	for i := range n {
		v, err := strconv.ParseInt(fields[i], 10, 32)
		if err != nil {
			return word{}, err
		}
		n[i] = int(v)
	}
	sure, err := strconv.ParseFloat(fields[10], 64)
	if err != nil || !(sure >= -1 && sure <= 100) {
		return word{}, errTable
	}
	box := image.Rectangle{Min: image.Pt(n[6], n[7]), Max: image.Pt(n[6]+n[8], n[7]+n[9])}
	return word{line: [4]int(n[1:5]), box: box.Intersect(page), sure: max(sure, 0), text: legible(fields[11])}, nil
}

// legible is the text without what can't be seen.
func legible(s string) string {
	return strings.Map(func(r rune) rune {
		if r == unicode.ReplacementChar || !unicode.IsPrint(r) || unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}
