package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/sodale/sodale/ui/theme"
)

// Col is one column of NewColumns.
type Col struct {
	Object fyne.CanvasObject
	// Width at 100 %; 0 shares what is left.
	Width float32
	// Natural makes the column as wide as its object must be, instead of Width.
	Natural bool
	// FoldBelow is the scaled width (the room divided by the size of text) under which this column goes below the one
	// that Under names.
	FoldBelow float32
	// Under is the index of the column that it goes below; it must come before. 0 is the first.
	Under int
}

// NewColumns puts objects side by side and folds them, one below the other, as the room gets narrow for the size of
// text. Side by side, each has the full height; folded ones have what they need.
func NewColumns(gap float32, columns ...Col) *fyne.Container {
	objects := make([]fyne.CanvasObject, len(columns))
	for i, c := range columns {
		objects[i] = c.Object
	}
	return container.New(&columnsLayout{gap: gap, columns: columns}, objects...)
}

// ScaledWidth is a width divided by the size of text in force: what decides how columns fold.
func ScaledWidth(width float32) float32 { return width / theme.Scale() }

// fixed is the width that the column insists on, or 0.
func (c Col) fixed() float32 {
	if !c.Natural {
		return theme.Px(c.Width)
	}
	box, ok := c.Object.(*fyne.Container)
	if !ok {
		return c.Object.MinSize().Width
	}
	if l, flows := box.Layout.(*flowLayout); flows {
		return l.oneLine(box.Objects)
	}
	return box.MinSize().Width
}

type columnsLayout struct {
	gap     float32
	columns []Col
}

// piles groups the shown columns: those that stay side by side, each followed by those folded below it.
func (l *columnsLayout) piles(width float32) [][]int {
	scaled := ScaledWidth(width)
	var piles [][]int
	for i, c := range l.columns {
		if !c.Object.Visible() {
			continue
		}
		into := -1
		if scaled < c.FoldBelow {
			for p, pile := range piles {
				for _, j := range pile {
					if j == c.Under {
						into = p
					}
				}
			}
		}
		if into >= 0 {
			piles[into] = append(piles[into], i)
		} else {
			piles = append(piles, []int{i})
		}
	}
	return piles
}

func (l *columnsLayout) widths(piles [][]int, width float32) []float32 {
	widths := make([]float32, len(piles))
	left, open := width-theme.Px(l.gap)*float32(max(0, len(piles)-1)), 0
	for p, pile := range piles {
		if c := l.columns[pile[0]]; c.fixed() > 0 {
			widths[p] = c.fixed()
			left -= widths[p]
		} else {
			open++
		}
	}
	for p, pile := range piles {
		if l.columns[pile[0]].fixed() == 0 {
			widths[p] = max(0, left) / float32(open)
		}
	}
	if open == 0 && len(piles) > 0 {
		widths[len(piles)-1] += left
	}
	return widths
}

func (l *columnsLayout) pileHeight(pile []int, width float32) float32 {
	height := theme.Px(l.gap) * float32(len(pile)-1)
	for _, i := range pile {
		height += HeightAt(l.columns[i].Object, width)
	}
	return height
}

func (l *columnsLayout) heightAt(_ []fyne.CanvasObject, width float32) float32 {
	var height float32
	piles := l.piles(width)
	for p, w := range l.widths(piles, width) {
		height = max(height, l.pileHeight(piles[p], w))
	}
	return height
}

// Layout implements fyne.Layout.
func (l *columnsLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	piles := l.piles(size.Width)
	x := float32(0)
	for p, width := range l.widths(piles, size.Width) {
		y := float32(0)
		for n, i := range piles[p] {
			o := l.columns[i].Object
			height := HeightAt(o, width)
			if n == len(piles[p])-1 {
				height = max(height, size.Height-y)
			}
			if len(piles[p]) == 1 {
				height = size.Height
			}
			place(o, x, y, width, height)
			y += height + theme.Px(l.gap)
		}
		x += width + theme.Px(l.gap)
	}
}

// MinSize implements fyne.Layout: the widest column, since they fold.
func (l *columnsLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, o := range shown(objects) {
		size = size.Max(o.MinSize())
	}
	return size
}
