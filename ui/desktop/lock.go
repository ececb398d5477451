package desktop

import (
	"time"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// guard locks the open window when nobody is there, after a sleep, and when the computer is about to sleep.
type guard struct {
	shell  *Shell
	now    func() moment
	watch  *watch
	sheet  *widget.Sheet // the warning; nil while there is none
	count  *widget.Text
	cancel []func()
}

// guardDoor begins to watch once the vault is open.
func (s *Shell) guardDoor() {
	if s.services.Lock == nil {
		return
	}
	began := time.Now()
	g := &guard{shell: s, now: func() moment { return nowOf(s.services.Clock, began) }}
	g.watch = newWatch(s.idleAfter(), g.now())
	widget.HearKeys(s.window.Canvas())
	g.cancel = append(g.cancel, widget.OnActivity(g.there), runner.Every(tickEvery, g.tick))
	if s.services.Suspended != nil {
		g.cancel = append(g.cancel, g.awaitSleep(s.services.Suspended))
	}
	s.guard = g
	s.cancels = append(s.cancels, g.stop)
}

// idleAfter is how long nobody may be there, as the member chose.
func (s *Shell) idleAfter() time.Duration { return time.Duration(s.settings.Idle) * time.Minute }

// stop ends the watch. Calling it twice does no harm.
func (g *guard) stop() {
	for _, cancel := range g.cancel {
		cancel()
	}
	g.cancel = nil
}

// awaitSleep locks when the system says that it goes to sleep.
func (g *guard) awaitSleep(suspended <-chan struct{}) (cancel func()) {
	done := make(chan struct{})
	go func() {
		select {
		case <-suspended:
			fyne.Do(g.shell.Lock)
		case <-done:
		}
	}()
	return func() { close(done) }
}

// there takes the warning away: somebody is there.
func (g *guard) there() {
	g.watch.there(g.now())
	if g.sheet != nil {
		g.sheet.Close()
	}
}

// tick warns and locks.
func (g *guard) tick() {
	now := g.now()
	if g.shell.closed || !g.shell.open || g.cancel == nil {
		return
	}
	g.watch.after = g.shell.idleAfter()
	switch g.watch.tick(now) {
	case lockNow:
		g.stop()
		g.shell.Lock()
	case warn:
		g.warn(int((g.watch.left(now) + time.Second - 1) / time.Second))
	}
}

// warn says how many seconds are left, with *Resta*.
func (g *guard) warn(seconds int) {
	text := words.N("shell.idle.left", seconds)
	if g.sheet != nil {
		g.count.SetText(text)
		return
	}
	g.count = widget.NewText(text, theme.Body)
	stay := widget.NewButton(words.T("shell.idle.stay"), widget.Primary, func() { g.there() })
	body := widget.Column(8, g.count, widget.NewText(words.T("shell.idle.safe"), theme.Secondary))
	g.sheet = widget.NewSheet(words.T("shell.idle.title"), body, stay).First(stay).OnClose(func() {
		g.sheet = nil
		g.watch.there(g.now())
	})
	g.sheet.ShowOn(g.shell.window.Canvas())
}
