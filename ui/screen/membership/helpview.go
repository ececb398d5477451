package membership

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/helpline"
	"github.com/sodale/sodale/app/plan"
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/screen/claims"
	"github.com/sodale/sodale/ui/screen/part"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// helpParts are the services of the telephone centre, large enough to be read while one is calling (H24-01 to H24-23).
func (p *Page) helpParts() []fyne.CanvasObject {
	parts := []fyne.CanvasObject{}
	for _, number := range p.numbers() {
		parts = append(parts, p.numberCard(number))
	}
	if whose := p.whose(); whose != nil && p.counts() {
		parts = append(parts, whose)
	}
	var rows []fyne.CanvasObject
	for i, h := range p.data.plan.Helps {
		if i > 0 {
			rows = append(rows, widget.Rule())
		}
		rows = append(rows, p.helpRow(h))
	}
	return append(parts, part.Section(words.T("membership.help.services"), nil, rows...))
}

// number is one to call, and which services it is for; none of them = all.
type number struct {
	digits   string
	services []string
}

// numbers are those of the plan, each once; services without one are called at the mutual's.
func (p *Page) numbers() []number {
	var list []number
	for _, h := range p.data.plan.Helps {
		digits := h.Number
		if digits == "" {
			digits = p.config.Mutual().Contacts.Phone
		}
		at := -1
		for i := range list {
			if list[i].digits == digits {
				at = i
			}
		}
		if at < 0 {
			list, at = append(list, number{digits: digits}), len(list)
		}
		list[at].services = append(list[at].services, h.Name)
	}
	return list
}

// numberCard shows a number at the size of an amount, with a button that copies it.
func (p *Page) numberCard(n number) fyne.CanvasObject {
	if n.digits == "" {
		return widget.Banner(theme.IconPhone, words.T("membership.help.none"), words.T("membership.help.none.text"), widget.Calm)
	}
	text := words.T("membership.help.call")
	if len(p.numbers()) > 1 {
		text = claims.Words().And(n.services)
	}
	copied := widget.NewButton(words.T("membership.help.copy"), widget.Secondary, func() {
		fyne.CurrentApp().Clipboard().SetContent(n.digits)
		p.Toast(words.T("membership.help.copied", "Number", n.digits))
	}).WithIcon(theme.IconCopy)
	said := widget.Column(6, widget.NewText(text, theme.Body).Color(theme.Ink2), widget.NewText(n.digits, theme.Amount))
	return widget.Veil(widget.Column(12, widget.NewColumns(16, widget.Col{Object: widget.RowTop(14, widget.NewIcon(theme.IconPhone, 28, theme.Accent), widget.Grow(said))},
		widget.Col{Object: widget.Flow(0, copied), Natural: true, FoldBelow: 560}), widget.NewText(words.T("membership.help.ready", "Number", p.data.household.Number), theme.Secondary).Color(theme.Ink)))
}

// counts reports whether a service has a yearly maximum that is counted here.
func (p *Page) counts() bool {
	for _, h := range p.data.plan.Helps {
		if h.Times > 0 && p.config.Help != nil {
			return true
		}
	}
	return false
}

func (p *Page) helpRow(h plan.Help) fyne.CanvasObject {
	said := []fyne.CanvasObject{widget.NewText(h.Name, theme.H3), widget.NewText(h.Text, theme.Body),
		widget.Row(8, widget.NewIcon(theme.IconClock, 18, theme.Ink2), widget.Grow(widget.NewText(h.Hours, theme.Secondary).Color(theme.Ink)))}
	actions := []fyne.CanvasObject{p.articleLink(h.Article)}
	if h.Times > 0 && p.config.Help != nil {
		uses := helpline.Of(p.data.uses, p.data.plan.ID, h.Name, p.person, p.data.today.Year)
		said = append(said, p.useLine(h, uses))
		actions = append([]fyne.CanvasObject{widget.NewButton(words.T("membership.help.used"), widget.Secondary, func() { p.use(h) }).WithIcon(theme.IconCheck).Compact()}, actions...)
	}
	return widget.Column(8, append(said, widget.Flow(12, actions...))...)
}

// useLine says how often a service was used this year, and lets the last use be taken back (H24-23).
func (p *Page) useLine(h plan.Help, uses []helpline.Use) fyne.CanvasObject {
	text := words.N("membership.help.count", len(uses), "Of", h.Times, "Year", p.data.today.Year)
	tone := theme.Ink
	if len(uses) >= h.Times {
		text, tone = text+" "+words.T("membership.help.over"), theme.Careful
	}
	line := widget.NewText(text, theme.Secondary).Bold().Color(tone)
	if len(uses) == 0 {
		return line
	}
	last := uses[len(uses)-1]
	undo := widget.NewButton(words.T("membership.help.undo", "Day", words.Day(last.On)), widget.Tertiary, func() { p.unuse(last.ID) }).WithIcon(theme.IconArrowCounterClockwise)
	return widget.Flow(12, line.OneLine(), undo)
}

// use notes that a service was used today; the toast takes it back.
func (p *Page) use(h plan.Help) {
	runner.Go(p.config.Runner, "use", func(ctx context.Context) (helpline.Use, error) {
		return p.config.Help.Note(ctx, p.data.plan.ID, h.Name, p.person)
	}, func(u helpline.Use, err error) {
		if err != nil {
			p.Toast(errtext.Of(err))
			return
		}
		p.Refresh()
		if on := p.Canvas(); on != nil {
			widget.ShowToast(on, words.T("membership.help.noted", "Service", h.Name), func() { p.unuse(u.ID) })
		}
	})
}

func (p *Page) unuse(id string) {
	runner.Go(p.config.Runner, "use", part.Done(func(ctx context.Context) error { return p.config.Help.Undo(ctx, id) }), func(_ struct{}, err error) {
		if err != nil {
			p.Toast(errtext.Of(err))
			return
		}
		p.Refresh()
	})
}
