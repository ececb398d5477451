package sample

import (
	"fmt"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// typeface is one of the two faces of a receipt.
type typeface struct {
	name string
	ttf  []byte
	font *sfnt.Font
}

var faces = sync.OnceValue(func() [2]typeface {
	load := func(name string, ttf []byte) typeface {
		f, err := opentype.Parse(ttf)
		if err != nil {
			panic(fmt.Sprintf("sample: font %s: %v", name, err))
		}
		return typeface{name, ttf, f}
	}
	return [2]typeface{load("GoRegular", goregular.TTF), load("GoBold", gobold.TTF)}
})

func faceOf(bold bool) typeface {
	if bold {
		return faces()[1]
	}
	return faces()[0]
}

// advance is the width of a rune in thousandths of the size.
func (t typeface) advance(r rune) int {
	var b sfnt.Buffer
	i, err := t.font.GlyphIndex(&b, r)
	if err != nil {
		return 0
	}
	a, err := t.font.GlyphAdvance(&b, i, fixed.I(1000), font.HintingNone)
	if err != nil {
		return 0
	}
	return a.Round()
}

// width is that of a text in points.
func (t typeface) width(s string, size float64) float64 {
	sum := 0
	for _, r := range s {
		sum += t.advance(r)
	}
	return float64(sum) * size / 1000
}

// start is where the text begins.
func (w words) start() float64 {
	switch w.align {
	case right:
		return w.x - faceOf(w.bold).width(w.text, w.size)
	case centre:
		return w.x - faceOf(w.bold).width(w.text, w.size)/2
	}
	return w.x
}
