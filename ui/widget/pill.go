package widget

import (
	"strconv"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/ui/theme"
)

// FilterPill is one filter of a list with the number of rows it leaves: *Da fare 1*.
type FilterPill struct {
	Tile
	text, number *Text
	selected     bool
}

// NewFilterPill returns a filter; a count below 0 shows none.
func NewFilterPill(label string, count int, pressed func()) *FilterPill {
	p := &FilterPill{text: NewText(label, theme.Body).OneLine(), number: NewText("", theme.Body).OneLine()}
	p.setUp(p, label, Row(8, p.text, p.number), pressed)
	p.height, p.padX, p.radius = theme.TargetHeight, 16, -1
	p.restyle = p.style
	p.SetCount(count)
	return p
}

// SetCount changes the number.
func (p *FilterPill) SetCount(count int) {
	p.number.Hidden = count < 0
	p.number.SetText(strconv.Itoa(count))
	p.Refresh()
}

// SetSelected marks the filter in force.
func (p *FilterPill) SetSelected(selected bool) {
	p.selected = selected
	p.Refresh()
}

// Selected reports whether the filter is in force.
func (p *FilterPill) Selected() bool { return p.selected }

func (p *FilterPill) style() {
	ink, number := theme.Ink, theme.Ink2
	p.fill, p.edge = theme.Surface, theme.Line
	if p.selected {
		ink, number = theme.OnAccent, theme.OnAccent
		p.fill, p.edge = theme.Accent, theme.Accent
	}
	p.text.style.Bold, p.number.style.Bold = p.selected, p.selected
	p.text.SetColor(ink)
	p.number.SetColor(number)
}

// Chip is the sync chip: always visible, opens the queue.
type Chip struct {
	Tile
	icon *Icon
	text *Text
	tone Tone
}

// NewChip returns a chip with nothing to say yet.
func NewChip(pressed func()) *Chip {
	c := &Chip{icon: NewIcon(theme.IconCloudCheck, 22, theme.Ink), text: NewText("", theme.Body).Bold().OneLine()}
	c.setUp(c, "", Row(10, c.icon, c.text), pressed)
	c.height, c.padX, c.padY, c.radius = theme.TargetHeight, 16, 4, -1
	c.restyle = c.style
	return c
}

// Set changes what the chip says. Offline is normal: its tone is Calm.
func (c *Chip) Set(icon theme.IconName, text string, tone Tone) {
	c.label, c.tone = text, tone
	c.icon.name = icon
	c.text.SetText(text)
	c.Refresh()
}

func (c *Chip) style() {
	ink, veil := c.tone.Colors()
	c.fill, c.edge = theme.Surface, theme.Line
	if c.tone == ToneCareful || c.tone == ToneBad {
		c.fill, c.edge = veil, ink
	}
	if c.tone == Calm {
		ink = theme.Ink
	}
	c.text.SetColor(ink)
	c.icon.Set(c.icon.name, ink, false)
}

// Tone says what a colour means. Green, amber and red only ever mean a state.
type Tone int

// The tones.
const (
	Calm        Tone = iota // neutral
	ToneAccent              // under way
	ToneGood                // done well
	ToneCareful             // something to do
	ToneBad                 // refused or failed
)

// Colors returns ink and veil of a tone.
func (t Tone) Colors() (ink, veil fyne.ThemeColorName) {
	switch t {
	case ToneAccent:
		return theme.Accent, theme.AccentVeil
	case ToneGood:
		return theme.Good, theme.GoodVeil
	case ToneCareful:
		return theme.Careful, theme.CarefulVeil
	case ToneBad:
		return theme.Bad, theme.BadVeil
	}
	return theme.Neutral, theme.NeutralVeil
}
