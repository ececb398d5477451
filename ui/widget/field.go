package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/sodale/sodale/ui/theme"
)

// Field is what stands round an input: the label above, a hint beside or below, and the error at the place where it
// belongs. Every input of the kit is inside one.
type Field struct {
	fynewidget.BaseWidget
	self  fyne.Widget
	label *Text
	hint  *Text
	fault *Text
	mark  *Icon
	input fyne.CanvasObject
	body  *fyne.Container
	alert *fyne.Container
}

// NewField puts a label above an input of any kind.
func NewField(label string, input fyne.CanvasObject) *Field {
	f := &Field{input: input}
	f.build(f, label)
	return f
}

// build completes a field whose input is set; self is the widget that embeds it.
func (f *Field) build(self fyne.Widget, label string) {
	f.self = self
	f.ExtendBaseWidget(self)
	f.label = NewText(label, theme.Body).Bold()
	f.hint = NewText("", theme.Caption)
	f.fault = NewText("", theme.Secondary).Color(theme.Bad)
	f.mark = NewIcon(theme.IconWarningCircle, 18, theme.Bad).Filled()
	f.alert = RowTop(6, f.mark, Grow(f.fault))
	f.hint.Hide()
	f.alert.Hide()
	if label == "" {
		f.label.Hide()
	}
	f.body = Column(6, f.label, f.input, f.alert, f.hint)
}

// Name is the label.
func (f *Field) Name() string { return f.label.Plain() }

// SetLabel changes the words above.
func (f *Field) SetLabel(label string) {
	f.label.SetText(label)
	f.label.Hidden = label == ""
	f.self.Refresh()
}

// SetHint shows a line of help below; "" shows none.
func (f *Field) SetHint(text string) {
	f.hint.SetText(text)
	f.hint.Hidden = text == ""
	f.self.Refresh()
}

// SetError shows what is wrong with the value, below it and in the edge; "" takes it away.
func (f *Field) SetError(text string) { f.say(text, theme.Bad, theme.IconWarningCircle, text != "") }

// SetWarning shows below the value what to look at; "" takes it away. Nothing stops because of it, so the edge stays as it is.
func (f *Field) SetWarning(text string) { f.say(text, theme.Careful, theme.IconWarning, false) }

func (f *Field) say(text string, ink fyne.ThemeColorName, icon theme.IconName, wrong bool) {
	f.fault.SetText(text)
	f.fault.SetColor(ink)
	f.mark.Set(icon, ink, true)
	if text == "" {
		f.alert.Hide()
	} else {
		f.alert.Show()
	}
	if m, ok := f.input.(interface{ setWrong(bool) }); ok {
		m.setWrong(wrong)
	}
	f.self.Refresh()
}

// Error returns what SetError or SetWarning said last.
func (f *Field) Error() string { return f.fault.Plain() }

// Focus puts the keyboard into the input, and brings what is wrong with it into view too.
func (f *Field) Focus() {
	Walk(f.input, func(o fyne.CanvasObject) bool {
		if _, ok := o.(fyne.Focusable); ok {
			focus(o)
			return false
		}
		return true
	})
	f.revealFault()
}

// revealFault brings what is wrong with the value into view, where something is.
func (f *Field) revealFault() {
	if f.alert.Visible() {
		reveal(f.alert)
	}
}

// HeightAt implements wider.
func (f *Field) HeightAt(width float32) float32 { return HeightAt(f.body, width) }

// Parts implements parted.
func (f *Field) Parts() []fyne.CanvasObject { return []fyne.CanvasObject{f.body} }

// CreateRenderer implements fyne.Widget.
func (f *Field) CreateRenderer() fyne.WidgetRenderer {
	return newFace(face{
		owner:   f.self,
		objects: []fyne.CanvasObject{f.body},
		min:     f.body.MinSize,
		layout:  func(size fyne.Size) { place(f.body, 0, 0, size.Width, size.Height) },
	})
}

// box is the white ground of an input with its edge, the veil round it while it has the focus, and red when wrong.
type box struct {
	veil, ground *canvas.Rectangle
	focused      bool
	wrong        bool
}

func newBox() *box { return &box{veil: &canvas.Rectangle{}, ground: &canvas.Rectangle{}} }

// paint takes on theme and state; lay must follow.
func (b *box) paint() {
	b.ground.FillColor, b.ground.StrokeColor, b.ground.StrokeWidth = theme.Color(theme.Surface), theme.Color(theme.Border), theme.Stroke(theme.FieldStroke)
	b.veil.FillColor = theme.Color(theme.AccentVeil)
	if b.focused {
		b.ground.StrokeColor, b.ground.StrokeWidth = theme.Color(theme.Focus), theme.Stroke(theme.FocusedStroke)
	}
	if b.wrong {
		b.ground.StrokeColor, b.ground.StrokeWidth = theme.Color(theme.Bad), theme.FocusedStroke
		b.veil.FillColor = theme.Color(theme.BadVeil)
	}
	if theme.Current().Settings().Look == theme.HighContrast {
		b.veil.FillColor = theme.Color(theme.Focus)
	}
	b.veil.Hidden = !b.focused
}

func (b *box) lay(size fyne.Size) {
	radius := theme.Px(theme.FieldRadius)
	b.ground.CornerRadius, b.veil.CornerRadius = radius, radius+theme.VeilStroke
	place(b.ground, 0, 0, size.Width, size.Height)
	place(b.veil, -theme.VeilStroke, -theme.VeilStroke, size.Width+2*theme.VeilStroke, size.Height+2*theme.VeilStroke)
}
