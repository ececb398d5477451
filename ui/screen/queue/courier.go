package queue

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// Courier carries what waits on a stick, where a computer has no line.
type Courier struct {
	// Choose lets the member choose a folder and calls chosen with its path on the window's goroutine.
	Choose func(chosen func(folder string))
	// Take writes what waits into a folder, sealed as it is, and returns how many things that were.
	Take func(ctx context.Context, folder string) (letters int, err error)
	// Bring takes the mutual's answers out of a folder.
	Bring func(ctx context.Context, folder string) (Brought, error)
}

// Brought is what came back on a stick.
type Brought struct {
	Delivered int // receipts that verified
	Refused   int // refusals that verified: the member is needed
	Wrong     int // that the mutual did not sign, or that are damaged: nothing changed
}

// courierRow is *Porta via* and *Riporta ricevute*, and below them what became of it.
func (s *Sheet) courierRow() fyne.CanvasObject {
	take := widget.NewButton(words.T("queue.courier.take"), widget.Tertiary, s.takeAway).WithIcon(theme.IconUploadSimple)
	bring := widget.NewButton(words.T("queue.courier.bring"), widget.Tertiary, s.bringBack).WithIcon(theme.IconDownloadSimple)
	parts := []fyne.CanvasObject{widget.NewText(words.T("queue.courier"), theme.Secondary), widget.Flow(16, take, bring)}
	if s.carried != "" {
		parts = append(parts, widget.NewText(s.carried, theme.Body).Bold())
	}
	return widget.Column(6, parts...)
}

// takeAway is *Porta via*.
func (s *Sheet) takeAway() {
	s.carry(words.T("queue.courier.taking"), func(ctx context.Context, folder string) (string, error) {
		n, err := s.config.Courier.Take(ctx, folder)
		if n == 0 {
			return words.T("queue.courier.nothing"), err
		}
		return words.N("queue.courier.taken", n), err
	})
}

// bringBack is *Riporta ricevute*.
func (s *Sheet) bringBack() {
	s.carry(words.T("queue.courier.bringing"), func(ctx context.Context, folder string) (string, error) {
		b, err := s.config.Courier.Bring(ctx, folder)
		text := words.N("queue.courier.brought", b.Delivered)
		if b.Refused > 0 {
			text += " " + words.N("queue.courier.refused", b.Refused)
		}
		if b.Wrong > 0 {
			text += " " + words.N("queue.courier.wrong", b.Wrong)
		}
		return text, err
	})
}

// carry lets a folder be chosen, works on it beside the window, and says what became of it.
func (s *Sheet) carry(doing string, work func(ctx context.Context, folder string) (string, error)) {
	s.config.Courier.Choose(func(folder string) {
		if folder == "" {
			return
		}
		s.sayCarried(doing)
		runner.Go(s.config.Runner, "queue.courier", func(ctx context.Context) (string, error) { return work(ctx, folder) }, func(said string, err error) {
			if err != nil {
				said = errtext.Of(err)
			}
			s.sayCarried(said)
		})
	})
}

func (s *Sheet) sayCarried(text string) {
	s.carried = text
	s.Refresh()
}
