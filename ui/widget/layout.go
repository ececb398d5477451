package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"github.com/sodale/sodale/ui/theme"
)

// Column puts objects one under the other, each as wide as the column and as high as it needs, with a gap (at 100 %)
// between them. Hidden objects take no room. An object wrapped by Grow takes the height that is left.
func Column(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&columnLayout{gap: gap}, objects...)
}

// Row puts objects side by side with a gap between them, centred in height. Each is as wide as it must be; those
// wrapped by Grow share what is left.
func Row(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&rowLayout{gap: gap}, objects...)
}

// RowTop is Row with the tops of the objects in line.
func RowTop(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&rowLayout{gap: gap, top: true}, objects...)
}

// Grow marks an object of a Row or a Column that takes the room which the others leave.
func Grow(object fyne.CanvasObject) *fyne.Container { return container.New(&growLayout{}, object) }

// Gap is an empty Grow: it pushes what follows to the far end.
func Gap() *fyne.Container { return Grow(canvas.NewRectangle(theme.Color(theme.Clear))) }

// Space is an empty object of a height and width at 100 %.
func Space(width, height float32) fyne.CanvasObject {
	return container.New(&fixedLayout{width: width, height: height})
}

// Fixed gives an object a least width and height at 100 %; 0 leaves its own.
func Fixed(width, height float32, object fyne.CanvasObject) *fyne.Container {
	return container.New(&fixedLayout{width: width, height: height}, object)
}

// AtMost lets an object be no wider than a width at 100 %; it stays at the left of the room it gets. Reading lines end
// at 75 characters, about 620.
func AtMost(width float32, object fyne.CanvasObject) *fyne.Container {
	return container.New(&atMostLayout{width: width}, object)
}

// Pad puts an empty edge around an object: the same on all sides.
func Pad(edge float32, object fyne.CanvasObject) *fyne.Container { return PadXY(edge, edge, object) }

// PadXY puts an empty edge around an object: x at the sides, y above and below.
func PadXY(x, y float32, object fyne.CanvasObject) *fyne.Container {
	return container.New(&padLayout{x: x, y: y}, object)
}

// Stack puts objects on top of each other, each as large as the whole.
func Stack(objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&padLayout{}, objects...)
}

// Frame puts a head above and a foot below a body that takes the height which they leave. head and foot may be nil.
func Frame(head, foot, body fyne.CanvasObject) *fyne.Container {
	objects := make([]fyne.CanvasObject, 0, 3)
	if head != nil {
		objects = append(objects, head)
	}
	objects = append(objects, Grow(body))
	if foot != nil {
		objects = append(objects, foot)
	}
	return Column(0, objects...)
}

// Show shows or hides an object. One that is so already is left alone.
func Show(o fyne.CanvasObject, visible bool) {
	switch {
	case visible && !o.Visible():
		o.Show()
	case !visible && o.Visible():
		o.Hide()
	}
}

func shown(objects []fyne.CanvasObject) []fyne.CanvasObject {
	list := make([]fyne.CanvasObject, 0, len(objects))
	for _, o := range objects {
		if o.Visible() {
			list = append(list, o)
		}
	}
	return list
}

func grows(o fyne.CanvasObject) bool {
	c, ok := o.(*fyne.Container)
	if !ok {
		return false
	}
	_, ok = c.Layout.(*growLayout)
	return ok
}

// place moves and resizes an object.
func place(o fyne.CanvasObject, x, y, width, height float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(width, height))
}

type columnLayout struct{ gap float32 }

func (l *columnLayout) heightAt(objects []fyne.CanvasObject, width float32) float32 {
	var height float32
	list := shown(objects)
	for _, o := range list {
		height += HeightAt(o, width)
	}
	return height + theme.Px(l.gap)*float32(max(0, len(list)-1))
}

// Layout implements fyne.Layout.
func (l *columnLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	list := shown(objects)
	var growing float32
	for _, o := range list {
		if grows(o) {
			growing++
		}
	}
	var extra float32
	if growing > 0 {
		extra = max(0, size.Height-l.heightAt(objects, size.Width)) / growing
	}
	y := float32(0)
	for i, o := range list {
		if i > 0 {
			y += theme.Px(l.gap)
		}
		height := HeightAt(o, size.Width)
		if grows(o) {
			height += extra
			if growing == 1 && i < len(list) {
				height = min(height, max(0, size.Height-l.heightAt(objects, size.Width)+HeightAt(o, size.Width)))
			}
		}
		place(o, 0, y, size.Width, height)
		y += height
	}
}

// MinSize implements fyne.Layout.
func (l *columnLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	list := shown(objects)
	for _, o := range list {
		least := o.MinSize()
		size.Width = max(size.Width, least.Width)
		size.Height += least.Height
	}
	size.Height += theme.Px(l.gap) * float32(max(0, len(list)-1))
	return size
}

type rowLayout struct {
	gap float32
	top bool
}

// widths shares out a width: least widths, and what is left to those that grow.
func (l *rowLayout) widths(list []fyne.CanvasObject, width float32) []float32 {
	shares := make([]float32, len(list))
	left, growing := width-theme.Px(l.gap)*float32(max(0, len(list)-1)), 0
	for i, o := range list {
		if grows(o) {
			growing++
			continue
		}
		shares[i] = o.MinSize().Width
		left -= shares[i]
	}
	for i, o := range list {
		if grows(o) {
			shares[i] = max(0, left) / float32(growing)
		}
	}
	return shares
}

func (l *rowLayout) heightAt(objects []fyne.CanvasObject, width float32) float32 {
	list := shown(objects)
	var height float32
	for i, w := range l.widths(list, width) {
		height = max(height, HeightAt(list[i], w))
	}
	return height
}

// Layout implements fyne.Layout.
func (l *rowLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	list := shown(objects)
	x := float32(0)
	for i, width := range l.widths(list, size.Width) {
		height := HeightAt(list[i], width)
		y := float32(0)
		if !l.top {
			y = (size.Height - height) / 2
		}
		place(list[i], x, y, width, height)
		x += width + theme.Px(l.gap)
	}
}

// MinSize implements fyne.Layout.
func (l *rowLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	list := shown(objects)
	for _, o := range list {
		least := o.MinSize()
		size.Width += least.Width
		size.Height = max(size.Height, least.Height)
	}
	size.Width += theme.Px(l.gap) * float32(max(0, len(list)-1))
	return size
}

type growLayout struct{}

func (l *growLayout) heightAt(objects []fyne.CanvasObject, width float32) float32 {
	return HeightAt(objects[0], width)
}

// Layout implements fyne.Layout.
func (l *growLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	place(objects[0], 0, 0, size.Width, size.Height)
}

// MinSize implements fyne.Layout.
func (l *growLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize()
}

type fixedLayout struct{ width, height float32 }

func (l *fixedLayout) heightAt(objects []fyne.CanvasObject, width float32) float32 {
	height := theme.Px(l.height)
	for _, o := range objects {
		height = max(height, HeightAt(o, width))
	}
	return height
}

// Layout implements fyne.Layout.
func (l *fixedLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		place(o, 0, 0, size.Width, size.Height)
	}
}

// MinSize implements fyne.Layout.
func (l *fixedLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(theme.Px(l.width), theme.Px(l.height))
	for _, o := range objects {
		if l.width > 0 {
			size.Height = max(size.Height, HeightAt(o, size.Width))
			size.Width = max(size.Width, o.MinSize().Width)
			continue
		}
		size = size.Max(o.MinSize())
	}
	return size
}

type atMostLayout struct{ width float32 }

func (l *atMostLayout) heightAt(objects []fyne.CanvasObject, width float32) float32 {
	return HeightAt(objects[0], min(width, theme.Px(l.width)))
}

// Layout implements fyne.Layout.
func (l *atMostLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	place(objects[0], 0, 0, min(size.Width, theme.Px(l.width)), size.Height)
}

// MinSize implements fyne.Layout.
func (l *atMostLayout) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

type padLayout struct{ x, y float32 }

func (l *padLayout) heightAt(objects []fyne.CanvasObject, width float32) float32 {
	var height float32
	for _, o := range shown(objects) {
		height = max(height, HeightAt(o, width-2*theme.Px(l.x)))
	}
	return height + 2*theme.Px(l.y)
}

// Layout implements fyne.Layout.
func (l *padLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	x, y := theme.Px(l.x), theme.Px(l.y)
	for _, o := range objects {
		place(o, x, y, max(0, size.Width-2*x), max(0, size.Height-2*y))
	}
}

// MinSize implements fyne.Layout.
func (l *padLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, o := range shown(objects) {
		size = size.Max(o.MinSize())
	}
	return size.Add(fyne.NewSize(2*theme.Px(l.x), 2*theme.Px(l.y)))
}
