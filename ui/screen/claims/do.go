package claims

import (
	"context"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// reviewStep is the step of the wizard at which a draft is looked over and sent.
const reviewStep = 3

// do carries an action out.
func (p *Page) do(a Action, s claim.Summary) {
	switch a {
	case Resume:
		p.config.Edit(s.Claim.ID)
	case Send:
		p.send(s.Claim)
	case CheckNow:
		p.config.CheckNow(s.Claim.OpID)
		p.toast(words.T("claims.checking"), nil)
	case ShowReceipt:
		p.showReceipt(s)
	case AddDocument, Correct, CorrectHeld:
		p.correct(s.Claim)
	case Release:
		p.told("release", func(ctx context.Context) error { return p.config.Release(ctx, s.Claim.OpID) },
			func() { p.toast(words.T("claims.released"), nil) })
	case Discard:
		p.discard(s.Claim)
	case Again:
		p.again(s)
	case Withdraw:
		p.withdraw(s)
	case Remind:
		p.showReminder(s)
	case Ask:
		p.ask(s)
	case Complain:
		p.config.Complain(s.Claim.ID)
	}
}

// send opens the wizard where everything is looked over once more: nothing leaves by one press in a list.
func (p *Page) send(c claim.Claim) {
	p.told("send", func(ctx context.Context) error {
		c.Step = reviewStep
		_, err := p.config.Desk.Save(ctx, c)
		return err
	}, func() { p.config.Edit(c.ID) })
}

// correct opens the next revision of a claim in the wizard.
func (p *Page) correct(c claim.Claim) {
	p.told("correct", func(ctx context.Context) error {
		_, err := p.config.Desk.Correct(ctx, c)
		return err
	}, func() { p.config.Edit(c.ID) })
}

// discard puts a draft into the bin, with ten seconds to take it out again.
func (p *Page) discard(c claim.Claim) {
	var gone claim.Claim
	p.told("discard", func(ctx context.Context) (err error) {
		gone, err = p.config.Desk.Discard(ctx, c)
		return err
	}, func() {
		p.open = ""
		p.toast(words.T("claims.discarded"), func() {
			p.told("restore", func(ctx context.Context) error {
				_, err := p.config.Desk.Restore(ctx, gone)
				return err
			}, func() { p.showClaim(c.ID) })
		})
	})
}

// again opens the wizard on a new draft for the same people and things.
func (p *Page) again(s claim.Summary) {
	var draft claim.Claim
	p.told("again", func(ctx context.Context) (err error) {
		draft, err = p.config.Desk.Again(ctx, s.Claim.ID)
		return err
	}, func() { p.config.Edit(draft.ID) })
}

// withdraw says what taking a claim back means, and asks.
func (p *Page) withdraw(s claim.Summary) {
	on := p.canvas()
	if on == nil {
		return
	}
	widget.Confirm(on, words.T("claims.withdraw.title"), words.T("claims.withdraw.text", "Title", Title(s.Claim, Words())), words.T("claims.withdraw.do"), words.T("claims.withdraw.keep"), widget.Danger, func() {
		p.told("withdraw", func(ctx context.Context) error {
			_, err := p.config.Desk.Withdraw(ctx, s.Claim.ID)
			return err
		}, func() { p.toast(words.T("claims.withdraw.done"), nil) })
	})
}

// over shows a sheet where the page is shown.
func (p *Page) over(sheet *widget.Sheet) {
	if c := p.canvas(); c != nil {
		sheet.ShowOn(c)
	}
}

// when writes a past instant as one says it: the hour if it was today, else the day.
func when(at, now time.Time) string {
	if civil.Of(at) == civil.Of(now) {
		return words.T("claims.when.today", "Time", words.Clock(at))
	}
	return words.T("claims.when.day", "Day", words.Day(civil.Of(at)))
}
