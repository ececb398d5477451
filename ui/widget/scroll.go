package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/sodale/sodale/ui/theme"
)

// Scroll shows a content higher than its room, and brings whatever gets the focus into view.
type Scroll struct {
	fynewidget.BaseWidget
	content fyne.CanvasObject
	held    *fyne.Container
	hold    *scrollLayout
	inner   *container.Scroll
}

// NewScroll returns a scroll that goes up and down; its content is as wide as the room.
func NewScroll(content fyne.CanvasObject) *Scroll {
	s := &Scroll{content: content, hold: &scrollLayout{}}
	s.held = container.New(s.hold, content)
	s.inner = container.NewVScroll(s.held)
	s.ExtendBaseWidget(s)
	return s
}

// SetContent replaces the content and goes to its top.
func (s *Scroll) SetContent(content fyne.CanvasObject) {
	s.content = content
	s.held.Objects = []fyne.CanvasObject{content}
	s.inner.Offset = fyne.Position{}
	s.Refresh()
}

// Offset returns how far down the content is scrolled.
func (s *Scroll) Offset() float32 { return s.inner.Offset.Y }

// ScrollTo scrolls so that the content's y lies at the top, as far as there is content.
func (s *Scroll) ScrollTo(y float32) {
	s.inner.ScrollToOffset(fyne.NewPos(0, max(0, min(y, s.held.MinSize().Height-s.inner.Size().Height))))
}

// Reveal scrolls just so far that an object inside is in view, with room for its ring.
func (s *Scroll) Reveal(o fyne.CanvasObject) {
	at, inside := placeIn(s.content, o)
	if !inside {
		return
	}
	top, bottom := at.Y, at.Y+o.Size().Height
	margin := theme.Px(12)
	switch {
	case top-margin < s.inner.Offset.Y:
		s.ScrollTo(top - margin)
	case bottom+margin > s.inner.Offset.Y+s.inner.Size().Height:
		s.ScrollTo(bottom + margin - s.inner.Size().Height)
	}
}

// Parts implements parted.
func (s *Scroll) Parts() []fyne.CanvasObject { return []fyne.CanvasObject{s.content} }

// MinSize is small: a scroll takes the room it gets.
func (s *Scroll) MinSize() fyne.Size {
	return fyne.NewSize(s.content.MinSize().Width, theme.Px(64))
}

// CreateRenderer implements fyne.Widget.
func (s *Scroll) CreateRenderer() fyne.WidgetRenderer {
	return newFace(face{
		owner:   s,
		objects: []fyne.CanvasObject{s.inner},
		min:     s.MinSize,
		layout: func(size fyne.Size) {
			s.hold.width = size.Width
			place(s.inner, 0, 0, size.Width, size.Height)
			s.inner.Refresh()
		},
	})
}

// scrollLayout gives the content the width of the room and the height it needs there.
type scrollLayout struct{ width float32 }

// Layout implements fyne.Layout.
func (l *scrollLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	place(objects[0], 0, 0, size.Width, size.Height)
}

// MinSize implements fyne.Layout.
func (l *scrollLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, HeightAt(objects[0], l.width))
}

// reveal brings an object into view in every Scroll around it.
func reveal(o fyne.CanvasObject) {
	c := canvasOf(o)
	if c == nil {
		return
	}
	root := c.Content()
	if top := c.Overlays().Top(); top != nil {
		root = top
	}
	var path []*Scroll
	if pathTo(root, o, &path) {
		for _, s := range path {
			s.Reveal(o)
		}
	}
}

// placeIn returns where an object lies from the top left of another, and whether it is inside. The toolkit's own answer is wrong
// for what was not painted yet.
func placeIn(root, o fyne.CanvasObject) (at fyne.Position, inside bool) {
	if root == o {
		return at, true
	}
	for _, part := range Parts(root) {
		if at, inside = placeIn(part, o); inside {
			if s, ok := root.(*Scroll); ok {
				at.Y -= s.Offset()
			}
			return at.Add(part.Position()), true
		}
	}
	return fyne.Position{}, false
}

// pathTo collects the scrolls on the way from a root to an object, and reports whether it is there.
func pathTo(root, target fyne.CanvasObject, path *[]*Scroll) bool {
	if root == target {
		return true
	}
	s, scroll := root.(*Scroll)
	if scroll {
		*path = append(*path, s)
	}
	for _, part := range Parts(root) {
		if pathTo(part, target, path) {
			return true
		}
	}
	if scroll {
		*path = (*path)[:len(*path)-1]
	}
	return false
}
