package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/sodale/sodale/ui/theme"
)

// Phase says where a step of a timeline lies.
type Phase int

// The phases.
const (
	Done   Phase = iota // filled tick, accent line
	Now                 // filled, with the state's own icon
	Future              // empty ring, grey
)

// Step is one step of a timeline.
type Step struct {
	Phase  Phase
	Icon   theme.IconName // for Now
	Tone   Tone           // for Now; Calm means the accent
	Title  string
	Text   string
	When   string            // "lun 12 ott, 21:14", or when it is expected
	Action fyne.CanvasObject // a button below the text; may be nil
}

// Timeline is the way of a claim, oldest step on top.
type Timeline struct {
	composite
	column *fyne.Container
}

// NewTimeline returns a timeline of steps.
func NewTimeline(steps ...Step) *Timeline {
	t := &Timeline{column: Column(0)}
	t.compose(t, t.column)
	t.Set(steps...)
	return t
}

// Set replaces the steps.
func (t *Timeline) Set(steps ...Step) {
	t.column.RemoveAll()
	for i, s := range steps {
		t.column.Add(t.step(s, i == len(steps)-1, i+1 < len(steps) && steps[i+1].Phase == Future))
	}
	t.Refresh()
}

func (t *Timeline) step(s Step, last, greyLine bool) fyne.CanvasObject {
	title := NewText(s.Title, theme.Body)
	if s.Phase == Future {
		title.Color(theme.Ink2)
	} else {
		title.Bold()
	}
	head := fyne.CanvasObject(title)
	if s.When != "" {
		head = NewColumns(12, Col{Object: title}, Col{Object: NewText(s.When, theme.Secondary).OneLine().Right(), Natural: true, FoldBelow: 300})
	}
	lines := []fyne.CanvasObject{head}
	if s.Text != "" {
		lines = append(lines, NewText(s.Text, theme.Secondary))
	}
	if s.Action != nil {
		lines = append(lines, PadXY(0, 6, Flow(12, s.Action)))
	}
	lines = append(lines, Space(0, 14))
	return container.New(&stepLayout{}, newMark(s, last, greyLine), Column(2, lines...))
}

// mark is the circle of a step and the line down to the next.
type mark struct {
	fynewidget.BaseWidget
	step   Step
	last   bool
	grey   bool
	circle *canvas.Circle
	line   *canvas.Rectangle
	icon   *Icon
}

func newMark(s Step, last, grey bool) *mark {
	m := &mark{step: s, last: last, grey: grey, circle: &canvas.Circle{}, line: &canvas.Rectangle{}, icon: NewIcon(theme.IconCheck, 15, theme.OnAccent)}
	if s.Phase == Now && s.Icon != "" {
		m.icon.name = s.Icon
	}
	m.ExtendBaseWidget(m)
	return m
}

// stepLayout lays the mark at the left, as high as the words at the right need.
type stepLayout struct{}

func (*stepLayout) left() float32 { return theme.Px(24 + 16) }

func (l *stepLayout) heightAt(objects []fyne.CanvasObject, width float32) float32 {
	return HeightAt(objects[1], width-l.left())
}

// Layout implements fyne.Layout.
func (l *stepLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	place(objects[0], 0, 0, theme.Px(24), size.Height)
	place(objects[1], l.left(), 0, size.Width-l.left(), size.Height)
}

// MinSize implements fyne.Layout.
func (l *stepLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[1].MinSize().Add(fyne.NewSize(l.left(), 0))
}

// CreateRenderer implements fyne.Widget.
func (m *mark) CreateRenderer() fyne.WidgetRenderer {
	return newFace(face{
		owner:   m,
		objects: []fyne.CanvasObject{m.line, m.circle, m.icon},
		min:     func() fyne.Size { return fyne.NewSquareSize(theme.Px(24)) },
		layout: func(size fyne.Size) {
			side, gap := theme.Px(24), theme.Px(5)
			place(m.circle, 0, 0, side, side)
			place(m.icon, 0, 0, side, side)
			place(m.line, side/2-1, side+gap, 2, max(0, size.Height-side-2*gap))
		},
		paint: m.paint,
	})
}

func (m *mark) paint() {
	ink := theme.Accent
	if m.step.Phase == Now && m.step.Tone != Calm {
		ink, _ = m.step.Tone.Colors()
	}
	m.circle.FillColor, m.circle.StrokeColor, m.circle.StrokeWidth = theme.Color(ink), theme.Color(ink), 0
	m.line.FillColor, m.line.Hidden = theme.Color(theme.Accent), m.last
	if m.grey {
		m.line.FillColor = theme.Color(theme.Line)
	}
	m.icon.Hidden = m.step.Phase == Future
	m.icon.Set(m.icon.name, theme.OnAccent, false)
	if m.step.Phase == Future {
		m.circle.FillColor, m.circle.StrokeColor, m.circle.StrokeWidth = theme.Color(theme.Clear), theme.Color(theme.Border), theme.FocusedStroke
	}
}
