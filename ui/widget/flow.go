package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/sodale/sodale/ui/theme"
)

// Flow puts objects side by side and goes on in the next line when there is no room left.
func Flow(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&flowLayout{gap: gap}, objects...)
}

// FlowEnd is Flow with lines that end at the right edge.
func FlowEnd(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&flowLayout{gap: gap, end: true}, objects...)
}

// FlowApart is Flow whose last object ends at the right edge.
func FlowApart(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&flowLayout{gap: gap, apart: true}, objects...)
}

type flowLayout struct {
	gap   float32
	end   bool // every line ends at the right edge
	apart bool // the last object does
}

// lines parts the objects into lines that fit a width.
func (l *flowLayout) lines(list []fyne.CanvasObject, width float32) [][]fyne.CanvasObject {
	var lines [][]fyne.CanvasObject
	x := float32(0)
	for _, o := range list {
		w := o.MinSize().Width
		if len(lines) == 0 || x+theme.Px(l.gap)+w > width+0.5 {
			lines = append(lines, nil)
			x = -theme.Px(l.gap)
		}
		lines[len(lines)-1] = append(lines[len(lines)-1], o)
		x += theme.Px(l.gap) + w
	}
	return lines
}

// oneLine is the width of all objects on one line.
func (l *flowLayout) oneLine(objects []fyne.CanvasObject) float32 {
	list := shown(objects)
	width := theme.Px(l.gap) * float32(max(0, len(list)-1))
	for _, o := range list {
		width += o.MinSize().Width
	}
	return width
}

func lineHeight(line []fyne.CanvasObject) float32 {
	var height float32
	for _, o := range line {
		height = max(height, HeightAt(o, o.MinSize().Width))
	}
	return height
}

func (l *flowLayout) heightAt(objects []fyne.CanvasObject, width float32) float32 {
	lines := l.lines(shown(objects), width)
	height := theme.Px(l.gap) * float32(max(0, len(lines)-1))
	for _, line := range lines {
		height += lineHeight(line)
	}
	return height
}

// Layout implements fyne.Layout.
func (l *flowLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	y := float32(0)
	list := shown(objects)
	for _, line := range l.lines(list, size.Width) {
		height, x := lineHeight(line), float32(0)
		if l.end {
			x = size.Width + theme.Px(l.gap)
			for _, o := range line {
				x -= o.MinSize().Width + theme.Px(l.gap)
			}
		}
		for _, o := range line {
			width := o.MinSize().Width
			h := HeightAt(o, width)
			if l.apart && o == list[len(list)-1] {
				x = max(x, size.Width-width)
			}
			place(o, x, y+(height-h)/2, width, h)
			x += width + theme.Px(l.gap)
		}
		y += height + theme.Px(l.gap)
	}
}

// MinSize implements fyne.Layout. The height is that of one line: a Flow belongs into a layout that asks HeightAt.
func (l *flowLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, o := range shown(objects) {
		size = size.Max(o.MinSize())
	}
	return size
}
