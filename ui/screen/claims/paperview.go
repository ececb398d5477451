package claims

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// papers draws with what was read last.
func (p *Page) papers() Papers {
	return Papers{Household: p.household, Mutual: p.config.Rules(), Now: p.config.Clock.Now().UTC()}
}

// saving keeps a paper under a name of the member's choice; nil where that can't be done.
func (p *Page) saving(name string, draw func() ([]byte, error)) func() {
	if p.config.SaveFile == nil {
		return nil
	}
	return func() {
		runner.Go(p.config.Runner, "save-paper", func(ctx context.Context) (string, error) {
			data, err := draw()
			if err != nil {
				return "", err
			}
			return p.config.SaveFile(ctx, name, data)
		}, func(path string, err error) {
			switch {
			case err != nil:
				p.toast(errtext.Of(err), nil)
			case path != "":
				p.toast(words.T("claims.paper.saved", "Path", path), nil)
			}
		})
	}
}

// printing hands a paper to the printer; nil where there is none.
func (p *Page) printing(name string, draw func() ([]byte, error)) func() {
	if p.config.Print == nil {
		return nil
	}
	return func() {
		p.told("print-paper", func(ctx context.Context) error {
			data, err := draw()
			if err != nil {
				return err
			}
			return p.config.Print(ctx, name, data)
		}, func() { p.toast(words.T("claims.paper.printed"), nil) })
	}
}

// showReceipt verifies the receipt again and shows it: a receipt is proof each time it is looked at.
func (p *Page) showReceipt(s claim.Summary) {
	if s.Delivery == nil {
		return
	}
	signed := s.Delivery.Receipt
	runner.Go(p.config.Runner, "receipt", func(context.Context) (Receipt, error) { return p.config.Receipt(signed) }, func(r Receipt, err error) {
		papers := p.papers()
		draw := func() ([]byte, error) { return papers.Receipt(s, r) }
		name := receiptName(r, ".pdf")
		p.over(ReceiptSheet(r, err, Keep{Signed: p.saving(ReceiptName(r), func() ([]byte, error) { return signed, nil }), PDF: p.saving(name, draw), Print: p.printing(name, draw)}))
	})
}

// showReminder offers the paper of what waits, which is no receipt.
func (p *Page) showReminder(s claim.Summary) {
	if s.Delivery == nil {
		return
	}
	papers := p.papers()
	draw := func() ([]byte, error) { return papers.Reminder(s) }
	name := fileName(".pdf", words.T("claims.reminder.file"), s.Delivery.FrozenAt.Format("2006-01-02"))
	body := widget.Banner(theme.IconClock, words.T("claims.reminder.not"), words.T("claims.reminder.text"), widget.Calm)
	p.paperSheet(words.T("claims.reminder.title"), body, 560, p.saving(name, draw), p.printing(name, draw))
}

// paperSheet shows something that can be kept as a paper.
func (p *Page) paperSheet(title string, body fyne.CanvasObject, width float32, save, print func()) *widget.Sheet {
	var sheet *widget.Sheet
	done := widget.NewButton(words.T("claims.close"), widget.Secondary, func() { sheet.Close() })
	actions := []fyne.CanvasObject{done}
	if print != nil {
		actions = append(actions, widget.NewButton(words.T("claims.paper.print"), widget.Secondary, print).WithIcon(theme.IconPrinter))
	}
	if save != nil {
		actions = append(actions, widget.NewButton(words.T("claims.paper.save"), widget.Primary, save).WithIcon(theme.IconDownloadSimple))
	}
	sheet = widget.NewSheet(title, body, actions...).Wide(width).First(done)
	p.over(sheet)
	return sheet
}
