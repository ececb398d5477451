package queue

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// diagnose asks why nothing leaves, and shows the six points.
func (s *Sheet) diagnose() {
	s.asking = true
	s.fillWhy()
	runner.Go(s.config.Runner, "queue.why", func(ctx context.Context) ([]submission.Finding, error) {
		return s.config.Diagnose(ctx), nil
	}, func(findings []submission.Finding, _ error) {
		s.asking, s.findings = false, findings
		s.fillWhy()
	})
}

// fillWhy lists the points of the diagnosis. Only the first that failed has a button: the rest may follow from it.
func (s *Sheet) fillWhy() {
	title := widget.Grow(widget.NewText(words.T("queue.why"), theme.H3))
	parts := []fyne.CanvasObject{widget.Row(0, title)}
	if s.asking {
		parts = append(parts, widget.NewText(words.T("queue.why.checking"), theme.Secondary))
	} else {
		again := widget.NewButton(words.T("queue.why.again"), widget.Tertiary, s.diagnose).WithIcon(theme.IconArrowClockwise)
		parts = []fyne.CanvasObject{widget.Row(12, title, again)}
		first, failed := FirstFailure(s.findings)
		for _, f := range s.findings {
			parts = append(parts, s.point(f, failed && f.Cause == first.Cause))
		}
	}
	s.why.Objects = []fyne.CanvasObject{widget.Rule(), widget.Column(12, parts...)}
	s.sheet.Refresh()
}

// point is one line of the diagnosis: a tick or a warning, what it is about, and what was found.
func (s *Sheet) point(f submission.Finding, first bool) fyne.CanvasObject {
	name := words.T("queue.cause." + string(f.Cause))
	if f.OK() {
		return widget.Row(12, widget.NewIcon(theme.IconCheckCircle, 22, theme.Good).Filled(),
			widget.Fixed(96, 0, widget.NewText(name, theme.Body).OneLine()), widget.Grow(widget.NewText(words.T("queue.cause.ok"), theme.Secondary)))
	}
	lines := []fyne.CanvasObject{widget.NewText(name, theme.Body).Bold(), widget.NewText(errtext.Code(f.Code, f.Values), theme.Body)}
	if first {
		lines = append(lines, widget.Flow(0, widget.NewButton(words.T("queue.fix."+string(f.Cause)), widget.Secondary, s.again).Compact()))
	}
	return widget.RowTop(12, widget.NewIcon(theme.IconWarning, 22, theme.Careful).Filled(), widget.Grow(widget.Column(4, lines...)))
}

// again is what the button of a point does: after the member did their part, everything is tried again.
func (s *Sheet) again() {
	s.config.SendNow()
	s.diagnose()
}
