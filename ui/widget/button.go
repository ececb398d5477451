package widget

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/sodale/sodale/ui/theme"
)

// Kind is how much a button stands out.
type Kind int

// The kinds. A screen has at most one Primary.
const (
	Primary   Kind = iota // filled with the accent
	Secondary             // white with an edge
	Tertiary              // words in the accent
	Danger                // white with a red edge
)

// Button does one thing when pressed, by pointer, Enter or Space. Its label is a verb.
type Button struct {
	control
	kind   Kind
	height float32
	icon   *Icon
	name   theme.IconName
	after  bool
	text   *Text
	ground *canvas.Rectangle
}

// NewButton returns a button 48 high at 100 %, a Tertiary one 44.
func NewButton(label string, kind Kind, pressed func()) *Button {
	b := &Button{kind: kind, height: theme.ButtonHeight, text: NewText(label, theme.Body).Bold().OneLine(), ground: &canvas.Rectangle{}}
	if kind == Tertiary {
		b.height = theme.TargetHeight
		b.text = NewText(label, theme.Body).Bold().OneLine()
	}
	b.extend(b, label, pressed)
	return b
}

// WithIcon puts an icon before the label.
func (b *Button) WithIcon(name theme.IconName) *Button {
	b.name, b.icon = name, NewIcon(name, 22, theme.Ink)
	return b
}

// IconAfter puts an icon behind the label, as the arrow of *Continua*.
func (b *Button) IconAfter(name theme.IconName) *Button {
	b.after = true
	return b.WithIcon(name)
}

// Compact makes the button 44 high, for cards and rows.
func (b *Button) Compact() *Button {
	b.height = theme.TargetHeight
	return b
}

// Wrapped lets the label of a Tertiary button take more lines where the room is narrow: a sentence that leads somewhere.
func (b *Button) Wrapped() *Button {
	b.text.wrap = true
	return b
}

// HeightAt implements wider.
func (b *Button) HeightAt(width float32) float32 {
	if !b.text.wrap {
		return b.MinSize().Height
	}
	return max(theme.Px(b.height), b.text.HeightAt(b.textWidth(width))+theme.Px(12))
}

// textWidth is the room that a width leaves to the label.
func (b *Button) textWidth(width float32) float32 {
	if b.icon != nil {
		width -= b.icon.MinSize().Width + theme.Px(10)
	}
	return min(max(0, width), b.text.natural())
}

// SetLabel changes the words.
func (b *Button) SetLabel(label string) {
	b.label = label
	b.text.SetText(label)
	b.Refresh()
}

// SetPressed changes what the button does.
func (b *Button) SetPressed(pressed func()) { b.press = pressed }

// Parts implements parted.
func (b *Button) Parts() []fyne.CanvasObject { return []fyne.CanvasObject{b.text} }

func (b *Button) padding() float32 {
	if b.kind == Tertiary {
		return 0
	}
	return theme.Px(20)
}

func (b *Button) inner() float32 {
	width := b.text.MinSize().Width
	if b.icon != nil {
		width += b.icon.MinSize().Width + theme.Px(10)
	}
	return width
}

// CreateRenderer implements fyne.Widget.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{b.ground, b.text, b.ring}
	if b.icon != nil {
		objects = append(objects, b.icon)
	}
	return newFace(face{owner: b, objects: objects, layout: b.lay, paint: b.paint, min: func() fyne.Size {
		return fyne.NewSize(max(b.inner()+2*b.padding(), theme.Px(theme.TargetHeight)), max(theme.Px(b.height), b.text.MinSize().Height))
	}})
}

func (b *Button) lay(size fyne.Size) {
	radius := theme.Px(theme.ButtonRadius)
	out := float32(0)
	if b.kind == Tertiary {
		out = theme.Px(8)
	}
	b.ground.CornerRadius = radius
	place(b.ground, -out, 0, size.Width+2*out, size.Height)
	x := (size.Width - b.inner()) / 2
	if b.kind == Tertiary {
		x = 0
	}
	text := b.text.MinSize()
	if b.text.wrap {
		width := b.textWidth(size.Width)
		text = fyne.NewSize(width, b.text.HeightAt(width))
	}
	if b.icon != nil {
		icon, gap := b.icon.MinSize(), theme.Px(10)
		if b.after {
			place(b.icon, x+text.Width+gap, (size.Height-icon.Height)/2, icon.Width, icon.Height)
		} else {
			place(b.icon, x, (size.Height-icon.Height)/2, icon.Width, icon.Height)
			x += icon.Width + gap
		}
	}
	place(b.text, x, (size.Height-text.Height)/2, text.Width, text.Height)
	paintRing(b.ring, b.focused, size, radius)
	if b.kind == Tertiary {
		paintRing(b.ring, b.focused, fyne.NewSize(size.Width+2*out, size.Height), radius)
		b.ring.Move(b.ring.Position().SubtractXY(out, 0))
	}
}

func (b *Button) paint() {
	ink, fill, edge := b.colours()
	b.text.SetColor(ink)
	if b.icon != nil {
		b.icon.Set(b.name, ink, false)
	}
	b.ground.FillColor, b.ground.StrokeColor = theme.Color(fill), theme.Color(edge)
	b.ground.StrokeWidth = 0
	if edge != theme.Clear {
		b.ground.StrokeWidth = theme.Stroke(theme.CardStroke)
	}
}

func (b *Button) colours() (ink, fill, edge fyne.ThemeColorName) {
	if b.Disabled() {
		// In high contrast a button at rest and one that does nothing would have the same white edge.
		if b.kind == Tertiary || theme.Current().Settings().Look == theme.HighContrast {
			return theme.Ink2, theme.Clear, theme.Clear
		}
		return theme.Ink2, theme.Well, theme.Line
	}
	switch b.kind {
	case Primary:
		if b.hovered {
			return theme.OnAccent, theme.AccentHover, theme.Clear
		}
		return theme.OnAccent, theme.Accent, theme.Clear
	case Tertiary:
		if b.hovered {
			return theme.Accent, theme.AccentVeil, theme.Clear
		}
		return theme.Accent, theme.Clear, theme.Clear
	case Danger:
		if b.hovered {
			return theme.Bad, theme.BadVeil, theme.Bad
		}
		return theme.Bad, theme.Surface, theme.Bad
	}
	if b.hovered {
		return theme.Ink, theme.AccentVeil, theme.Border
	}
	return theme.Ink, theme.Surface, theme.Border
}

// IconButton is a button that shows only an icon: close, zoom, lock, bell. Its name is its tooltip.
type IconButton struct {
	control
	size   float32
	icon   *Icon
	ground *canvas.Rectangle
	count  int
	badge  *canvas.Rectangle
	number *Text
	tip    *tooltip
}

// NewIconButton returns a button of 44 by 44 at 100 %.
func NewIconButton(name theme.IconName, label string, pressed func()) *IconButton {
	b := &IconButton{size: theme.TargetHeight, icon: NewIcon(name, 22, theme.Ink), ground: &canvas.Rectangle{}, badge: &canvas.Rectangle{},
		number: NewText("", theme.Caption).Bold().OneLine().Color(theme.OnAccent)}
	b.extend(b, label, pressed)
	b.tip = &tooltip{owner: b}
	return b
}

// SetIcon changes the drawing and the tooltip.
func (b *IconButton) SetIcon(name theme.IconName, label string) {
	b.label = label
	b.icon.Set(name, b.icon.colour, b.icon.filled)
}

// SetCount shows a number at the corner, as on the bell; 0 shows none.
func (b *IconButton) SetCount(n int) {
	b.count = n
	b.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (b *IconButton) CreateRenderer() fyne.WidgetRenderer {
	return newFace(face{
		owner:   b,
		objects: []fyne.CanvasObject{b.ground, b.icon, b.badge, b.number, b.ring},
		min:     func() fyne.Size { return fyne.NewSquareSize(theme.Px(b.size)) },
		layout: func(size fyne.Size) {
			place(b.ground, 0, 0, size.Width, size.Height)
			place(b.icon, 0, 0, size.Width, size.Height)
			b.layBadge(size)
			paintRing(b.ring, b.focused, size, theme.Px(theme.ButtonRadius))
		},
		paint: func() {
			b.ground.CornerRadius = theme.Px(theme.ButtonRadius)
			b.ground.FillColor = theme.Color(theme.Clear)
			if b.hovered && !b.Disabled() {
				b.ground.FillColor = theme.Color(theme.AccentVeil)
			}
			ink := theme.Ink
			if b.Disabled() {
				ink = theme.Border
			}
			b.icon.Set(b.icon.name, ink, b.icon.filled)
			b.badge.FillColor = theme.Color(theme.Accent)
		},
	})
}

// layBadge puts the count at the upper right corner.
func (b *IconButton) layBadge(size fyne.Size) {
	b.badge.Hidden, b.number.Hidden = b.count == 0, b.count == 0
	if b.count == 0 {
		return
	}
	b.number.SetText(strconv.Itoa(b.count))
	text := b.number.MinSize()
	height := theme.Px(20)
	width := max(height, text.Width+theme.Px(10))
	x := size.Width - width
	b.badge.CornerRadius = height / 2
	place(b.badge, x, 0, width, height)
	place(b.number, x+(width-text.Width)/2, (height-text.Height)/2, text.Width, text.Height)
}
