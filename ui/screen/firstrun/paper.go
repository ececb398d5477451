package firstrun

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// paperScreen shows the recovery code once, to be printed, saved or copied by hand.
func (p *Page) paperScreen() []fyne.CanvasObject {
	code := widget.Card(grouped(p.m.groups()))
	var actions []fyne.CanvasObject
	if p.config.PrintRecovery != nil {
		actions = append(actions, widget.NewButton(words.T("firstrun.paper.print"), widget.Secondary, p.print).WithIcon(theme.IconPrinter))
	}
	if p.config.SaveRecovery != nil {
		actions = append(actions, widget.NewButton(words.T("firstrun.paper.save"), widget.Secondary, p.save).WithIcon(theme.IconFilePdf))
	}
	parts := []fyne.CanvasObject{widget.NewText(words.T("firstrun.paper.text"), theme.Body), code}
	if len(actions) > 0 {
		parts = append(parts, widget.Flow(16, actions...))
	}
	if p.m.saved != "" {
		parts = append(parts, widget.Banner(theme.IconCheckCircle, "", words.T("firstrun.paper.saved", "Path", p.m.saved), widget.ToneGood))
	}
	return append(parts, widget.NewText(words.T("firstrun.paper.where"), theme.Secondary))
}

// grouped writes the code with room between its groups, so that it breaks only there and every line begins at the edge.
func grouped(groups []string) fyne.CanvasObject {
	parts := make([]fyne.CanvasObject, len(groups))
	for i, g := range groups {
		parts[i] = widget.NewText(g, theme.H2).Mono().OneLine()
	}
	return widget.Flow(26, parts...)
}

func (p *Page) paper() Paper {
	return Paper{Code: p.m.recovery, Mutual: p.m.rules().Name, Name: p.m.enrolment.Name}
}

func (p *Page) print() {
	paper := p.paper()
	ask(p, "firstrun.busy.print", func(ctx context.Context) (struct{}, error) { return struct{}{}, p.config.PrintRecovery(ctx, paper) }, func(struct{}) { p.show() })
}

func (p *Page) save() {
	paper := p.paper()
	runner.Go(p.config.Runner, work, func(ctx context.Context) (string, error) { return p.config.SaveRecovery(ctx, paper) }, func(path string, err error) {
		if err == nil && path != "" {
			p.m.saved = path
		}
		p.m.fault = err
		p.show()
	})
}

// proveScreen has two groups typed back, so that the paper is surely at hand.
func (p *Page) proveScreen() []fyne.CanvasObject {
	asked := p.m.asked()
	one := p.entry(fieldGroupOne, words.T("firstrun.field.group", "N", asked[0]+1)).Mono()
	two := p.entry(fieldGroupTwo, words.T("firstrun.field.group", "N", asked[1]+1)).Mono()
	again := widget.NewButton(words.T("firstrun.prove.again"), widget.Tertiary, func() {
		p.m.jump(stagePaper)
		p.show()
	}).WithIcon(theme.IconCaretLeft)
	return []fyne.CanvasObject{widget.NewText(words.T("firstrun.prove.text"), theme.Body), one, two, widget.Flow(0, again)}
}

// doneScreen is the end of the way.
func (p *Page) doneScreen() []fyne.CanvasObject {
	parts := []fyne.CanvasObject{widget.NewText(words.T("firstrun.done.text"), theme.Body)}
	enter := widget.NewButton(words.T("firstrun.done.overview"), widget.Secondary, func() { p.enter(false) })
	return append(parts, widget.Flow(16, enter))
}
