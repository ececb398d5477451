package ocr

import (
	"image"
	"slices"
	"strings"

	"github.com/sodale/sodale/app/document"
)

// apart is how wide the gap between two words is, in heights of a word of their line, when they belong to different
// cells. The space between words is a third of that, even where a line is stretched.
const apart = 1.5

// layOut puts the words of a page together into lines, in points.
func layOut(words []word, dpi float64) Text {
	t := Text{Confidence: mean(words)}
	for len(words) > 0 {
		n := 1
		for n < len(words) && words[n].line == words[0].line {
			n++
		}
		for _, cell := range cells(words[:n]) {
			t.Lines = append(t.Lines, line(cell, 72/dpi))
			t.Sure = append(t.Sure, mean(cell))
		}
		words = words[n:]
	}
	return t
}

// cells splits the words of one line where the gap is wide.
func cells(line []word) [][]word {
	heights := make([]int, len(line))
	for i, w := range line {
		heights[i] = w.box.Dy()
	}
	slices.Sort(heights)
	gap := apart * float64(heights[len(heights)/2])
	var all [][]word
	from := 0
	for i := 1; i <= len(line); i++ {
		if i == len(line) || float64(line[i].box.Min.X-line[i-1].box.Max.X) > gap {
			all = append(all, line[from:i])
			from = i
		}
	}
	return all
}

// line joins words into one; scale is points a pixel.
func line(words []word, scale float64) document.Line {
	var box image.Rectangle
	texts := make([]string, len(words))
	for i, w := range words {
		box = box.Union(w.box)
		texts[i] = w.text
	}
	return document.Line{
		Text: strings.Join(texts, " "),
		X:    float64(box.Min.X) * scale, Y: float64(box.Min.Y) * scale,
		W: float64(box.Dx()) * scale, H: float64(box.Dy()) * scale,
	}
}

// mean is how sure the machine is of words, 0 to 100; 0 when there are none.
func mean(words []word) float64 {
	if len(words) == 0 {
		return 0
	}
	sum := 0.0
	for _, w := range words {
		sum += w.sure
	}
	return sum / float64(len(words))
}
