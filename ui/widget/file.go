package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/words"
)

// FileIcon returns the icon of a kind of file.
func FileIcon(kind document.Kind) theme.IconName {
	switch kind {
	case document.PDF:
		return theme.IconFilePdf
	case document.JPEG, document.TIFF, document.PNG, document.HEIC:
		return theme.IconFileImage
	}
	return theme.IconFile
}

// FileRow is one attached file: kind, name, a line of pages, size and quality, and the bin.
type FileRow struct {
	composite
	name   string
	ground *Panel
	tile   *Tile
	second *Text
}

// NewFileRow returns a row; pressing it opens the file in the preview. remove may be nil: then there is no bin. Other
// buttons about the file stand before the bin.
func NewFileRow(kind document.Kind, name, second string, pressed, remove func(), buttons ...fyne.CanvasObject) *FileRow {
	r := &FileRow{name: name, second: NewText(second, theme.Secondary)}
	said := Row(12, NewIcon(FileIcon(kind), 26, theme.Accent), Grow(Column(1, NewText(name, theme.Body).Short(), r.second)))
	r.tile = NewTile(name, said, pressed)
	r.tile.height, r.tile.padX = 56, 14
	r.ground = NewPanel(theme.Surface, theme.Line, theme.ButtonRadius)
	parts := append([]fyne.CanvasObject{Grow(r.tile)}, buttons...)
	if remove != nil {
		parts = append(parts, NewIconButton(theme.IconTrash, words.T("kit.file.remove", "Name", name), remove), Space(4, 0))
	}
	r.compose(r, Stack(r.ground, Row(4, parts...)))
	return r
}

// Name is the name of the file.
func (r *FileRow) Name() string { return r.name }

// Focus puts the keyboard on the row.
func (r *FileRow) Focus() { focus(r.tile) }

// Focused reports whether the row itself has the keyboard.
func (r *FileRow) Focused() bool { return r.tile.focused }

// SetSelected marks the file that the preview shows.
func (r *FileRow) SetSelected(selected bool) {
	edge := theme.Line
	if selected {
		edge = theme.Accent
	}
	r.ground.Set(theme.Surface, edge)
}

// SetSecond changes the line below the name.
func (r *FileRow) SetSecond(text string) { r.second.SetText(text) }

// FileTag is a file in a summary: icon and name, not pressed.
func FileTag(kind document.Kind, name string) *fyne.Container {
	return Stack(NewPanel(theme.Well, theme.Clear, 8), PadXY(10, 6, Row(8, NewIcon(FileIcon(kind), 18, theme.Ink), NewText(name, theme.Secondary).Color(theme.Ink).OneLine())))
}

// NewDropZone is the place where files are dropped, with the button that chooses them instead. It is always tinted: the
// toolkit reports a drop, never a file that hovers.
func NewDropZone(title, text, button string, choose func()) *fyne.Container {
	said := Row(16, NewIcon(theme.IconUploadSimple, 26, theme.Accent), Grow(Column(1, NewText(title, theme.Body).Bold(), NewText(text, theme.Secondary))))
	pick := NewButton(button, Secondary, choose).Compact()
	return Stack(NewPanel(theme.AccentVeil, theme.Accent, theme.CardRadius),
		PadXY(16, 14, NewColumns(12, Col{Object: said}, Col{Object: Flow(0, pick), Natural: true, FoldBelow: 320})))
}

// Avatar shows the initials of a person on a round ground.
type Avatar struct {
	composite
	panel *Panel
	text  *Text
}

// NewAvatar returns initials in a circle of a size at 100 %.
func NewAvatar(initials string, size float32) *Avatar {
	a := &Avatar{panel: NewPanel(theme.AccentVeil, theme.Clear, size/2), text: NewText(initials, theme.Secondary).Bold().OneLine().Color(theme.Accent)}
	a.compose(a, Fixed(size, size, Stack(a.panel, Row(0, Gap(), a.text, Gap()))))
	return a
}

// Plain puts the initials on the neutral ground, for who is not chosen.
func (a *Avatar) Plain() *Avatar {
	a.panel.Set(theme.NeutralVeil, theme.Clear)
	a.text.SetColor(theme.Neutral)
	return a
}

// Share is one part of a BarStrip.
type Share struct {
	Amount int64
	Color  fyne.ThemeColorName
	Faint  bool // at half strength
}

// BarStrip shows shares of a whole as one bar. What it says must also stand in words beside it.
type BarStrip struct {
	composite
	layout *barLayout
}

// NewBarStrip returns the bar of the shares, in their order.
func NewBarStrip(shares ...Share) *BarStrip {
	b := &BarStrip{layout: &barLayout{shares: shares}}
	objects := make([]fyne.CanvasObject, len(shares))
	for i, s := range shares {
		objects[i] = newSwatch(s.Color, s.Faint, 5)
	}
	b.compose(b, container.New(b.layout, objects...))
	return b
}

// Swatch is the small square that ties a line of the legend to its share.
func Swatch(colour fyne.ThemeColorName, faint bool) fyne.CanvasObject {
	return Fixed(12, 12, newSwatch(colour, faint, 3))
}

func newSwatch(colour fyne.ThemeColorName, faint bool, radius float32) *Panel {
	p := NewPanel(colour, theme.Clear, radius)
	p.faint = faint
	return p
}

// barLayout gives every share its part of the width, with a small gap between them.
type barLayout struct{ shares []Share }

// Layout implements fyne.Layout.
func (l *barLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	var sum int64
	for _, s := range l.shares {
		sum += s.Amount
	}
	x, height := float32(0), theme.Px(10)
	for i, o := range objects {
		width := float32(0)
		if sum > 0 {
			width = size.Width * float32(l.shares[i].Amount) / float32(sum)
		}
		o.Move(fyne.NewPos(x, (size.Height-height)/2))
		o.Resize(fyne.NewSize(max(0, width-2), height))
		x += width
	}
}

// MinSize implements fyne.Layout.
func (l *barLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(theme.Px(80), theme.Px(10))
}
