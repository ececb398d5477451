package widget

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/sodale/sodale/ui/theme"
)

// lineGap lies between two lines of a text, whatever its size.
const lineGap = 2

// Text is words in a role. It wraps at spaces; **words between double stars** are semibold. A Text is never cut unless
// Short allows it.
type Text struct {
	fynewidget.BaseWidget
	text   string
	role   theme.Role
	colour fyne.ThemeColorName
	style  fyne.TextStyle
	align  fyne.TextAlign
	wrap   bool
	short  bool

	runs []*canvas.Text
	last float32 // width of the last layout
}

// NewText returns a wrapping text in ink; H1 to H3 and Amount are semibold, Secondary and Caption in Ink2.
func NewText(text string, role theme.Role) *Text {
	t := &Text{text: text, role: role, colour: theme.Ink, wrap: true}
	switch role {
	case theme.H1, theme.H2, theme.H3, theme.Amount:
		t.style.Bold = true
	case theme.Secondary, theme.Caption:
		t.colour = theme.Ink2
	}
	t.ExtendBaseWidget(t)
	return t
}

// Bold makes the text semibold.
func (t *Text) Bold() *Text { t.style.Bold = true; return t }

// Mono sets the text in the font for codes.
func (t *Text) Mono() *Text { t.style.Monospace = true; return t }

// Color sets the colour by meaning.
func (t *Text) Color(name fyne.ThemeColorName) *Text { t.colour = name; return t }

// Right aligns the lines at the right edge.
func (t *Text) Right() *Text { t.align = fyne.TextAlignTrailing; return t }

// Center centres the lines; only for a word under a picture, never for paragraphs.
func (t *Text) Center() *Text { t.align = fyne.TextAlignCenter; return t }

// OneLine keeps the text on one line; it is as wide as its words.
func (t *Text) OneLine() *Text { t.wrap = false; return t }

// Short keeps the text on one line and ends it with … where the room ends. The full text must be readable elsewhere.
func (t *Text) Short() *Text { t.wrap, t.short = false, true; return t }

// Plain returns the words without stars.
func (t *Text) Plain() string { return strings.ReplaceAll(t.text, "**", "") }

// SetText replaces the words. The caller refreshes the layout around it when the height may change.
func (t *Text) SetText(text string) {
	if text == t.text {
		return
	}
	t.text = text
	t.Refresh()
}

// SetColor changes the colour by meaning.
func (t *Text) SetColor(name fyne.ThemeColorName) {
	t.colour = name
	t.Refresh()
}

// HeightAt returns the height of the text wrapped at a width.
func (t *Text) HeightAt(width float32) float32 {
	n := float32(len(t.lines(width)))
	return n*t.lineHeight() + max(0, n-1)*lineGap
}

func (t *Text) lineHeight() float32 { return t.measure("Xg", false).Height }

func (t *Text) measure(s string, bold bool) fyne.Size {
	style := t.style
	style.Bold = style.Bold || bold
	size, _ := fyne.CurrentApp().Driver().RenderedTextSize(s, theme.TextSize(t.role), style, theme.Font(style))
	return size
}

// span is a stretch of a line in one style.
type span struct {
	text string
	bold bool
	x    float32
}

// longWord is the length from which a word, as a page's address, may also be broken behind a stroke.
const longWord = 24

// words parts the text into words, each with the space before it, and notes which are bold. A line break is "\n".
func (t *Text) words() []span {
	var list []span
	for i, part := range strings.Split(t.text, "**") {
		for j, line := range strings.Split(part, "\n") {
			if j > 0 {
				list = append(list, span{text: "\n"})
			}
			for line != "" {
				end := strings.IndexByte(line[1:], ' ') + 1
				if end == 0 {
					end = len(line)
				}
				if end > longWord {
					if slash := strings.LastIndexByte(line[:longWord], '/'); slash > 0 {
						end = slash + 1
					}
				}
				list = append(list, span{text: line[:end], bold: i%2 == 1})
				line = line[end:]
			}
		}
	}
	return list
}

// lines wraps the words at a width and joins neighbours of one style. Widths of 0 or less mean one line.
func (t *Text) lines(width float32) [][]span {
	lines := [][]span{nil}
	x := float32(0)
	for _, w := range t.words() {
		if w.text == "\n" {
			lines, x = append(lines, nil), 0
			continue
		}
		last := &lines[len(lines)-1]
		wide := t.measure(w.text, w.bold).Width
		if t.wrap && width > 0 && x > 0 && x+wide > width+0.5 {
			lines = append(lines, nil)
			last, x = &lines[len(lines)-1], 0
			w.text = strings.TrimLeft(w.text, " ")
			wide = t.measure(w.text, w.bold).Width
		}
		if n := len(*last); n > 0 && (*last)[n-1].bold == w.bold {
			(*last)[n-1].text += w.text
		} else {
			w.x = x
			*last = append(*last, w)
		}
		x += wide
	}
	return lines
}

// MinSize returns the width of the longest word (of the whole text where it may not wrap) and the height at the width
// of the last layout.
func (t *Text) MinSize() fyne.Size {
	height := t.HeightAt(t.last)
	switch {
	case t.short:
		return fyne.NewSize(min(t.measure("Mmmmm…", false).Width, t.natural()), height)
	case !t.wrap:
		return fyne.NewSize(t.natural(), height)
	}
	var width float32
	for _, w := range t.words() {
		width = max(width, t.measure(strings.TrimSpace(w.text), w.bold).Width)
	}
	return fyne.NewSize(width, height)
}

// natural returns the width of the longest line when nothing wraps.
func (t *Text) natural() float32 {
	var width float32
	for _, line := range t.lines(0) {
		width = max(width, t.lineWidth(line))
	}
	return width
}

func (t *Text) lineWidth(line []span) float32 {
	if len(line) == 0 {
		return 0
	}
	end := line[len(line)-1]
	return end.x + t.measure(end.text, end.bold).Width
}

// CreateRenderer implements fyne.Widget.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	r := &textFace{text: t}
	r.Layout(t.Size())
	return r
}

// textFace draws the lines; their number depends on the width, so it is not a face.
type textFace struct {
	text    *Text
	objects []fyne.CanvasObject
}

// Layout implements fyne.WidgetRenderer.
func (r *textFace) Layout(size fyne.Size) {
	t := r.text
	t.last = size.Width
	r.objects = r.objects[:0]
	used, y := 0, float32(0)
	var ink color.Color = theme.Color(t.colour)
	for _, line := range t.lines(size.Width) {
		shift := t.shift(size.Width - t.lineWidth(line))
		for _, s := range line {
			run := t.run(used)
			used++
			run.Text, run.Color, run.TextSize, run.TextStyle = t.cut(s, size.Width), ink, theme.TextSize(t.role), t.style
			run.TextStyle.Bold = t.style.Bold || s.bold
			run.FontSource = theme.Font(run.TextStyle)
			run.Move(fyne.NewPos(s.x+shift, y))
			run.Resize(run.MinSize())
			r.objects = append(r.objects, run)
		}
		y += t.lineHeight() + lineGap
	}
	canvas.Refresh(t)
}

func (t *Text) shift(left float32) float32 {
	switch t.align {
	case fyne.TextAlignTrailing:
		return max(0, left)
	case fyne.TextAlignCenter:
		return max(0, left/2)
	}
	return 0
}

func (t *Text) run(i int) *canvas.Text {
	for len(t.runs) <= i {
		t.runs = append(t.runs, canvas.NewText("", color.Black))
	}
	return t.runs[i]
}

// cut shortens a span to a width when the text may be short.
func (t *Text) cut(s span, width float32) string {
	if !t.short || width <= 0 || s.x+t.measure(s.text, s.bold).Width <= width+0.5 {
		return s.text
	}
	runes := []rune(s.text)
	for len(runes) > 0 && s.x+t.measure(string(runes)+"…", s.bold).Width > width {
		runes = runes[:len(runes)-1]
	}
	return strings.TrimRight(string(runes), " ") + "…"
}

// MinSize implements fyne.WidgetRenderer.
func (r *textFace) MinSize() fyne.Size { return r.text.MinSize() }

// Objects implements fyne.WidgetRenderer.
func (r *textFace) Objects() []fyne.CanvasObject { return r.objects }

// Destroy implements fyne.WidgetRenderer.
func (r *textFace) Destroy() {}

// Refresh implements fyne.WidgetRenderer.
func (r *textFace) Refresh() {
	r.Layout(r.text.Size())
	for _, o := range r.objects {
		o.Refresh()
	}
}
