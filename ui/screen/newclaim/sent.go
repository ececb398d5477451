package newclaim

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/screen/claims"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// readSent reads the claim that was sent again, and shows it anew when it has come further.
func (p *Page) readSent() {
	runner.Go(p.run, "sent", func(ctx context.Context) (claim.Summary, error) { return p.needs.Desk.Open(ctx, p.id) },
		func(s claim.Summary, err error) {
			if err != nil || s.State == p.sent.State && progress(s.Delivery) == progress(p.sent.Delivery) {
				return
			}
			p.sent = &s
			p.verify()
			p.show()
			p.refocus()
		})
}

// progress is what the screen shows of a delivery besides the state.
func progress(d *submission.Delivery) int {
	if d == nil {
		return 0
	}
	return d.BlobsDone
}

// verify reads the signed receipt, if it is there. What does not verify is not shown as a receipt.
func (p *Page) verify() {
	p.receipt = nil
	d := p.sent.Delivery
	if d == nil || len(d.Receipt) == 0 || p.needs.Receipt == nil {
		return
	}
	if r, err := p.needs.Receipt(d.Receipt); err == nil {
		p.receipt = &r
	}
}

// sentBody is the word after *Invia*: what is safe, what happens now, and the receipt once it is there (CLM-21, CLM-22).
func (p *Page) sentBody() fyne.CanvasObject {
	style := widget.StateOf(p.sent.State)
	ink, veil := style.Tone.Colors()
	badge := widget.Fixed(64, 64, widget.Stack(widget.NewPanel(veil, theme.Clear, 32),
		widget.Row(0, widget.Gap(), widget.NewIcon(style.Icon, 32, ink), widget.Gap())))
	parts := []fyne.CanvasObject{widget.Row(0, badge, widget.Gap()), widget.NewText(p.sentTitle(), theme.H1), p.sentText()}
	if p.receipt != nil {
		parts = append(parts, p.receiptCard())
	} else {
		parts = append(parts, p.afterCard())
	}
	return widget.PadXY(theme.PageMargin, 32, widget.AtMost(680, widget.Column(16, parts...)))
}

func (p *Page) sentTitle() string {
	switch p.sent.State {
	case claim.Unconfirmed:
		return words.T("newclaim.sent.unconfirmed")
	case claim.Held:
		return words.T("newclaim.sent.held")
	case claim.Draft, claim.Ready, claim.Queued, claim.Sending:
		return words.T("newclaim.sent.queued")
	}
	return words.T("newclaim.sent.delivered")
}

func (p *Page) sentText() fyne.CanvasObject {
	text := words.T("newclaim.sent.queued.text")
	d := p.sent.Delivery
	switch p.sent.State {
	case claim.Sending:
		text = words.T("newclaim.sent.sending.text")
		if d != nil && len(d.Blobs) > 0 {
			text = words.T("newclaim.sent.sending.files", "N", d.BlobsDone, "Of", len(d.Blobs))
		}
	case claim.Unconfirmed:
		text = words.T("newclaim.sent.unconfirmed.text")
	case claim.Held:
		text = words.T("newclaim.sent.held.text")
		if d != nil {
			text = errtext.Code(d.Reason, nil)
		}
	case claim.Queued:
	default:
		text = words.T("newclaim.sent.delivered.text")
		if p.receipt == nil {
			text = words.T("newclaim.sent.unsigned.text")
		}
	}
	return widget.NewText(text, theme.Body).Color(theme.Ink2)
}

// receiptCard is the signed receipt (CLM-21).
func (p *Page) receiptCard() fyne.CanvasObject {
	r := p.receipt
	row := func(name, value string) fyne.CanvasObject {
		return widget.NewColumns(12, widget.Col{Object: widget.NewText(name, theme.Body).Color(theme.Ink2), Width: 180},
			widget.Col{Object: widget.NewText(value, theme.Body).Bold(), FoldBelow: 420})
	}
	parts := []fyne.CanvasObject{
		widget.Row(10, widget.NewIcon(theme.IconSealCheck, 26, theme.Good).Filled(), widget.Grow(widget.NewText(words.T("newclaim.receipt"), theme.H3))),
		row(words.T("newclaim.receipt.number"), r.Protocol),
		row(words.T("newclaim.receipt.at"), words.LongMoment(r.At)),
		row(words.T("newclaim.receipt.from"), r.Mutual),
		row(words.T("newclaim.receipt.revision"), strconv.Itoa(r.Revision)),
		row(words.T("newclaim.receipt.files"), strconv.Itoa(r.Files)),
		widget.Space(0, 4),
		widget.NewText(words.T("newclaim.receipt.digest"), theme.Secondary),
		widget.NewText(claims.GroupedDigest(r.Digest), theme.Secondary).Mono(),
	}
	if p.needs.SaveFile != nil {
		keep := widget.NewButton(words.T("newclaim.receipt.save"), widget.Secondary, p.saveReceipt).WithIcon(theme.IconDownloadSimple)
		parts = append(parts, widget.Space(0, 4), widget.Flow(0, keep))
	}
	return widget.Card(widget.Column(8, parts...))
}

// saveReceipt keeps the receipt as it came, signature and all.
func (p *Page) saveReceipt() {
	raw, name := p.sent.Delivery.Receipt, words.T("newclaim.receipt.file", "Number", p.receipt.Protocol)
	runner.Go(p.run, "receipt", func(ctx context.Context) (string, error) { return p.needs.SaveFile(ctx, name, raw) },
		func(path string, err error) {
			c := p.canvas()
			switch {
			case c == nil || err == nil && path == "":
			case err != nil:
				widget.ShowToast(c, errtext.Of(err), nil)
			default:
				widget.ShowToast(c, words.T("newclaim.receipt.saved"), nil)
			}
		})
}
