package widget

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/words"
)

// calendar shows one month, weeks from Monday. Arrows move by day and week, PgUp and PgDn by month, Enter takes the day.
type calendar struct {
	control
	day, today civil.Date
	pick       func(civil.Date)
	title      *Text
	before     *IconButton
	after      *IconButton
	heads      []*Text
	cells      []*calendarCell
	body       *fyne.Container
}

func newCalendar(day, today civil.Date, pick func(civil.Date)) *calendar {
	c := &calendar{day: day, today: today, pick: pick, title: NewText("", theme.H3).Center()}
	c.before = NewIconButton(theme.IconCaretLeft, words.T("kit.calendar.before"), func() { c.month(-1) })
	c.after = NewIconButton(theme.IconCaretRight, words.T("kit.calendar.after"), func() { c.month(1) })
	grid := make([]fyne.CanvasObject, 0, 49)
	for i := range 7 {
		head := NewText(words.ShortWeekday(time.Weekday((i+1)%7)), theme.Caption).Center()
		c.heads = append(c.heads, head)
		grid = append(grid, head)
	}
	for range 42 {
		cell := newCalendarCell(func(d civil.Date) { pick(d) })
		c.cells = append(c.cells, cell)
		grid = append(grid, cell)
	}
	c.body = Column(8, Row(4, c.before, Grow(c.title), c.after), container.New(&weekLayout{}, grid...))
	c.extend(c, words.T("kit.date.open"), func() { pick(c.day) })
	c.keys = c.typed
	c.show(day)
	return c
}

func (c *calendar) natural() float32 { return HeightAt(c.body, theme.Px(316)) + theme.Px(24) }

func (c *calendar) show(day civil.Date) {
	c.day = day
	c.title.SetText(words.Month(day.Year, day.Month))
	first, _ := civil.New(day.Year, day.Month, 1)
	start := first.AddDays(-(int(first.Noon().Weekday()) + 6) % 7)
	for i, cell := range c.cells {
		d := start.AddDays(i)
		cell.set(d, d.Month == day.Month, d == day, d == c.today)
	}
}

// month goes to the same day n months on, or the last day of a shorter month.
func (c *calendar) month(n int) {
	first := time.Date(c.day.Year, c.day.Month+time.Month(n), 1, 12, 0, 0, 0, civil.Rome)
	for day := c.day.Day; day > 0; day-- {
		if d, ok := civil.New(first.Year(), first.Month(), day); ok {
			c.show(d)
			return
		}
	}
}

func (c *calendar) typed(key *fyne.KeyEvent) bool {
	switch key.Name {
	case fyne.KeyLeft:
		c.show(c.day.AddDays(-1))
	case fyne.KeyRight:
		c.show(c.day.AddDays(1))
	case fyne.KeyUp:
		c.show(c.day.AddDays(-7))
	case fyne.KeyDown:
		c.show(c.day.AddDays(7))
	case fyne.KeyPageUp:
		c.month(-1)
	case fyne.KeyPageDown:
		c.month(1)
	default:
		return false
	}
	return true
}

// Parts implements parted.
func (c *calendar) Parts() []fyne.CanvasObject { return []fyne.CanvasObject{c.body} }

// CreateRenderer implements fyne.Widget.
func (c *calendar) CreateRenderer() fyne.WidgetRenderer {
	return newFace(face{
		owner:   c,
		objects: []fyne.CanvasObject{c.body},
		min:     c.body.MinSize,
		layout: func(size fyne.Size) {
			edge := theme.Px(12)
			place(c.body, edge, edge, size.Width-2*edge, size.Height-2*edge)
		},
	})
}

// weekLayout lays seven columns of equal width; the first line holds the names of the days.
type weekLayout struct{}

func (*weekLayout) heightAt(objects []fyne.CanvasObject, _ float32) float32 {
	return objects[0].MinSize().Height + theme.Px(4) + 6*weekCell()
}

func weekCell() float32 { return theme.Px(40) }

// Layout implements fyne.Layout.
func (l *weekLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width, head := size.Width/7, objects[0].MinSize().Height+theme.Px(4)
	for i, o := range objects {
		x := width * float32(i%7)
		if i < 7 {
			place(o, x, 0, width, head)
			continue
		}
		place(o, x, head+float32(i/7-1)*weekCell(), width, weekCell())
	}
}

// MinSize implements fyne.Layout.
func (l *weekLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(7*theme.Px(40), l.heightAt(objects, 0))
}

// calendarCell is one day. It is pressed by the pointer; the keyboard stays with the calendar.
type calendarCell struct {
	pressable
	day      civil.Date
	in       bool
	chosen   bool
	today    bool
	ground   *canvas.Rectangle
	text     *Text
	pickDate func(civil.Date)
}

func newCalendarCell(pick func(civil.Date)) *calendarCell {
	c := &calendarCell{ground: &canvas.Rectangle{}, text: NewText("", theme.Body).Center().OneLine(), pickDate: pick}
	c.ExtendBaseWidget(c)
	c.tap = func() { c.pickDate(c.day) }
	return c
}

func (c *calendarCell) set(day civil.Date, in, chosen, today bool) {
	c.day, c.in, c.chosen, c.today = day, in, chosen, today
	c.text.SetText(strconv.Itoa(day.Day))
	c.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (c *calendarCell) CreateRenderer() fyne.WidgetRenderer {
	return newFace(face{
		owner:   c,
		objects: []fyne.CanvasObject{c.ground, c.text},
		min:     func() fyne.Size { return fyne.NewSquareSize(theme.Px(36)) },
		layout: func(size fyne.Size) {
			height := c.text.MinSize().Height
			place(c.ground, 1, 1, size.Width-2, size.Height-2)
			place(c.text, 0, (size.Height-height)/2, size.Width, height)
		},
		paint: func() {
			c.ground.CornerRadius = theme.Px(theme.FieldRadius)
			c.ground.FillColor, c.ground.StrokeColor, c.ground.StrokeWidth = theme.Color(theme.Clear), theme.Color(theme.Accent), 0
			ink := theme.Ink
			switch {
			case c.chosen:
				c.ground.FillColor, ink = theme.Color(theme.Accent), theme.OnAccent
			case !c.in:
				ink = theme.Ink2
			}
			if c.today {
				c.ground.StrokeWidth = theme.FocusedStroke
			}
			c.text.SetColor(ink)
		},
	})
}
