package claims

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/theme"
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
	case Ask:
		p.ask(s)
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

// ask says whom to call, and what to say first.
func (p *Page) ask(s claim.Summary) {
	number := protocol(s)
	said := fyne.CanvasObject(widget.NewText(words.T("claims.ask.none"), theme.Body))
	if number != "" {
		said = widget.NewNumber(words.T("claims.ask.number"), number, number)
	}
	var sheet *widget.Sheet
	done := widget.NewButton(words.T("claims.close"), widget.Secondary, func() { sheet.Close() })
	sheet = widget.NewSheet(words.T("claims.ask.title"), widget.Column(16,
		widget.NewText(words.T("claims.ask.text", "Phone", p.config.Phone), theme.Body),
		widget.Pair(words.T("claims.ask.number"), said)), done).First(done)
	p.over(sheet)
}

// over shows a sheet where the page is shown.
func (p *Page) over(sheet *widget.Sheet) {
	if c := p.canvas(); c != nil {
		sheet.ShowOn(c)
	}
}

// receiptRead is a receipt with the answer of its verification.
type receiptRead struct {
	receipt Receipt
	raw     []byte
}

// showReceipt verifies the receipt again and shows it: a receipt is proof each time it is looked at.
func (p *Page) showReceipt(s claim.Summary) {
	if s.Delivery == nil {
		return
	}
	raw := s.Delivery.Receipt
	runner.Go(p.config.Runner, "receipt", func(context.Context) (receiptRead, error) {
		r, err := p.config.Receipt(raw)
		return receiptRead{r, raw}, err
	}, func(r receiptRead, err error) {
		var save func()
		if p.config.SaveFile != nil {
			save = func() { p.saveReceipt(r) }
		}
		p.over(ReceiptSheet(r.receipt, err, save))
	})
}

// saveReceipt keeps the signed receipt as a file.
func (p *Page) saveReceipt(r receiptRead) {
	name := ReceiptName(r.receipt)
	runner.Go(p.config.Runner, "save-receipt", func(ctx context.Context) (string, error) {
		return p.config.SaveFile(ctx, name, r.raw)
	}, func(path string, err error) {
		switch {
		case err != nil:
			p.toast(errtext.Of(err), nil)
		case path != "":
			p.toast(words.T("claims.receipt.saved", "Path", path), nil)
		}
	})
}

// when writes a past instant as one says it: the hour if it was today, else the day.
func when(at, now time.Time) string {
	if civil.Of(at) == civil.Of(now) {
		return words.T("claims.when.today", "Time", words.Clock(at))
	}
	return words.T("claims.when.day", "Day", words.Day(civil.Of(at)))
}
