package queue

import (
	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/clock"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// faces says how each look is drawn. Offline is calm: it is normal.
var faces = map[Look]struct {
	icon theme.IconName
	tone widget.Tone
}{
	Fresh:       {theme.IconCloudCheck, widget.Calm},
	Offline:     {theme.IconWifiSlash, widget.Calm},
	Waiting:     {theme.IconClock, widget.Calm},
	Sending:     {theme.IconCircleNotch, widget.ToneAccent},
	Unconfirmed: {theme.IconArrowsClockwise, widget.ToneAccent},
	Stuck:       {theme.IconQuestion, widget.ToneCareful},
	Held:        {theme.IconWarning, widget.ToneCareful},
}

// Text writes what a chip says.
func (c Chip) Text(clk clock.Clock) string {
	switch c.Look {
	case Fresh:
		return c.freshText(clk)
	case Offline:
		if c.N > 0 {
			return words.N("queue.chip.offline.n", c.N)
		}
		return words.T("queue.chip.offline")
	case Waiting:
		return words.N("queue.chip.waiting", c.N)
	case Sending:
		return words.T("queue.chip.sending", "N", c.N, "Of", c.Of)
	case Unconfirmed:
		return words.T("queue.chip.unconfirmed", "N", c.N)
	}
	return words.T("queue.chip." + string(c.Look))
}

func (c Chip) freshText(clk clock.Clock) string {
	switch {
	case c.At.IsZero():
		return words.T("queue.chip.never")
	case civil.Of(c.At) != civil.Of(clk.Now()):
		return words.T("queue.chip.fresh.day", "Day", words.Day(civil.Of(c.At)))
	}
	return words.T("queue.chip.fresh", "Time", words.Clock(c.At))
}

// Show makes a chip of the kit say it.
func (c Chip) Show(on *widget.Chip, clk clock.Clock) {
	face := faces[c.Look]
	on.Set(face.icon, c.Text(clk), face.tone)
}
