package ocr

import (
	"image"
	"reflect"
	"strings"
	"testing"
)

var a4 = image.Pt(1240, 1754)

// row is a word as Tesseract writes it.
func row(fields ...string) string { return "5\t" + strings.Join(fields, "\t") + "\n" }

func TestATableBecomesWordsWithTheirPlaces(t *testing.T) {
	table := "1\t1\t0\t0\t0\t0\t0\t0\t1240\t1754\t-1\t\n" +
		"4\t1\t1\t1\t1\t0\t100\t200\t400\t30\t-1\t\n" +
		row("1", "1", "1", "1", "1", "100", "200", "90", "30", "96.5", "Totale") +
		row("1", "1", "1", "1", "2", "200", "200", "80", "30", "91", "36,15 €") +
		row("1", "2", "1", "1", "1", "1200", "1740", "90", "30", "-1", "x") + // reaches over the edge
		row("1", "2", "1", "1", "2", "0", "0", "10", "10", "95", " ") // a picture
	words, err := parseTSV(table, a4)
	if err != nil {
		t.Fatal(err)
	}
	want := []word{
		{[4]int{1, 1, 1, 1}, image.Rect(100, 200, 190, 230), 96.5, "Totale"},
		{[4]int{1, 1, 1, 1}, image.Rect(200, 200, 280, 230), 91, "36,15€"},
		{[4]int{1, 2, 1, 1}, image.Rect(1200, 1740, 1240, 1754), 0, "x"},
	}
	if !reflect.DeepEqual(words, want) {
		t.Errorf("%+v", words)
	}
}

func TestWhatIsNoTableIsRefused(t *testing.T) {
	for _, table := range []string{
		"5\t1\n",
		row("1", "1", "1", "1", "1", "100", "200", "90", "30", "96"),
		row("1", "1", "1", "1", "1", "100", "200", "90", "3e1", "96", "Totale"),
		row("1", "1", "1", "1", "1", "99999999999", "200", "90", "30", "96", "Totale"),
		row("1", "1", "1", "1", "1", "100", "200", "90", "30", "NaN", "Totale"),
		row("1", "1", "1", "1", "1", "100", "200", "90", "30", "101", "Totale"),
		strings.Repeat(row("1", "1", "1", "1", "1", "100", "200", "90", "30", "96", "Totale"), maxWords+1),
	} {
		if words, err := parseTSV(table, a4); err == nil {
			t.Errorf("%.60q gave %d words", table, len(words))
		}
	}
}

func TestWordsOfOneLineAreApartWhereTheGapIsWide(t *testing.T) {
	at := func(line, x0, x1 int, text string, sure float64) word {
		return word{line: [4]int{1, 1, 1, line}, box: image.Rect(x0, 100*line, x1, 100*line+20), text: text, sure: sure}
	}
	read := layOut([]word{
		at(1, 100, 180, "Totale", 90), at(1, 190, 260, "pagato", 80), at(1, 291, 350, "36,15", 70), // the second gap is 31
		at(2, 100, 180, "Data", 60), at(2, 210, 260, "9/11", 50), // this one is 30
	}, 144)
	var texts []string
	for _, l := range read.Lines {
		texts = append(texts, l.Text)
	}
	if got := strings.Join(texts, "|"); got != "Totale pagato|36,15|Data 9/11" {
		t.Fatal(got)
	}
	if l := read.Lines[1]; l.X != 145.5 || l.Y != 50 || l.W != 29.5 || l.H != 10 { // half of the pixels at 144 dpi
		t.Errorf("%+v", l)
	}
	if !reflect.DeepEqual(read.Sure, []float64{85, 70, 55}) || read.Confidence != 70 {
		t.Errorf("%v, %v", read.Sure, read.Confidence)
	}
}

func FuzzTable(f *testing.F) {
	f.Add(row("1", "1", "1", "1", "1", "100", "200", "90", "30", "96.5", "Totale"))
	f.Add(row("1", "1", "1", "1", "1", "-100", "-200", "900000", "2147483647", "-1", "\xff\x00\u200b"))
	f.Fuzz(func(t *testing.T, table string) {
		words, err := parseTSV(table, a4)
		if err != nil {
			return
		}
		read := layOut(words, 150)
		if len(read.Lines) != len(read.Sure) || read.Confidence < 0 || read.Confidence > 100 {
			t.Fatalf("%d lines, %d of %v", len(read.Lines), len(read.Sure), read.Confidence)
		}
		for _, l := range read.Lines {
			if l.Text == "" || l.X < 0 || l.Y < 0 || l.W <= 0 || l.H <= 0 || l.X+l.W > 596 || l.Y+l.H > 842 {
				t.Fatalf("%+v reaches outside the page", l)
			}
		}
	})
}
