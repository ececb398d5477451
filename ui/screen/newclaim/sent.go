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
	parts := []fyne.CanvasObject{widget.Row(0, badge, widget.Gap()), widget.NewText(words.T("newclaim.sent."+p.sentAs()), theme.H1), p.sentText()}
	if joined := p.joined(); joined != "" {
		parts = append(parts, widget.Banner(theme.IconGitMerge, "", joined, widget.Calm))
	}
	if p.receipt != nil {
		parts = append(parts, p.receiptCard())
	} else if parts = append(parts, p.reminderRow()); p.sent.State != claim.Held {
		parts = append(parts, p.afterCard())
	}
	return widget.PadXY(theme.PageMargin, 24, widget.AtMost(680, widget.Column(16, parts...)))
}

// sentAs is the end of the keys of the words that say what became of the claim.
func (p *Page) sentAs() string {
	switch p.sent.State {
	case claim.Unconfirmed:
		return "unconfirmed"
	case claim.Held:
		return "held"
	case claim.Draft, claim.Ready, claim.Queued, claim.Sending:
		return "queued"
	}
	return "delivered"
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
	parts = append(parts, widget.Space(0, 4), widget.Flow(12, p.receiptButtons()...))
	return widget.Card(widget.Column(8, parts...))
}

// joined says which open claim the mutual put these documents with (CLM-24, MSG-10), or what it will do; "" = neither.
func (p *Page) joined() string {
	switch {
	case p.sent.Claim.Mutual.Into != "":
		return words.T("newclaim.sent.joined", "Number", p.sent.Claim.Mutual.Into)
	case p.m != nil && p.m.Joins != "" && p.m.Mutual.Claims.MergeOpen && p.sent.Claim.Mutual.Number == "":
		if text := p.m.Mutual.Messages.Joined; text != "" {
			return text
		}
		return words.T("newclaim.joins", "Number", p.m.Joins)
	}
	return ""
}

// papers draws what was sent.
func (p *Page) papers() claims.Papers {
	papers := claims.Papers{Household: p.m.Household, Mutual: p.m.Mutual, Now: p.needs.Clock.Now().UTC()}
	if p.needs.Rules != nil {
		papers.Mutual = p.needs.Rules()
	}
	return papers
}

// receiptButtons are how the receipt leaves the screen: on paper, as a PDF, and as it was signed (CLM-21, STU-09).
func (p *Page) receiptButtons() []fyne.CanvasObject {
	s, r := *p.sent, *p.receipt
	draw := func() ([]byte, error) { return p.papers().Receipt(s, r) }
	name := words.T("newclaim.receipt.pdf", "Number", r.Protocol)
	buttons := p.paperButtons(name, draw)
	if p.needs.SaveFile != nil {
		signed := func() ([]byte, error) { return s.Delivery.Receipt, nil } //nolint:unparam // a paper that is there already
		buttons = append(buttons, widget.NewButton(words.T("newclaim.receipt.save"), widget.Tertiary, func() {
			p.keepPaper(words.T("newclaim.receipt.file", "Number", r.Protocol), signed)
		}).WithIcon(theme.IconDownloadSimple))
	}
	return buttons
}

// reminderRow offers a paper while there is no receipt yet. It is none, and says so (CLM-22).
func (p *Page) reminderRow() fyne.CanvasObject {
	s := *p.sent
	if s.Delivery == nil {
		return widget.Space(0, 0)
	}
	draw := func() ([]byte, error) { return p.papers().Reminder(s) }
	return widget.Flow(12, p.paperButtons(words.T("newclaim.reminder.pdf"), draw)...)
}

// paperButtons print a paper and keep it as a PDF, where that can be done.
func (p *Page) paperButtons(name string, draw func() ([]byte, error)) []fyne.CanvasObject {
	var buttons []fyne.CanvasObject
	if p.needs.Print != nil {
		print := func() { p.printPaper(name, draw) }
		label := words.T("newclaim.paper.print")
		if p.receipt == nil {
			label = words.T("newclaim.paper.remind")
		}
		buttons = append(buttons, widget.NewButton(label, widget.Secondary, print).WithIcon(theme.IconPrinter))
	}
	if p.needs.SaveFile != nil {
		buttons = append(buttons, widget.NewButton(words.T("newclaim.paper.save"), widget.Secondary, func() { p.keepPaper(name, draw) }).WithIcon(theme.IconDownloadSimple))
	}
	return buttons
}

func (p *Page) printPaper(name string, draw func() ([]byte, error)) {
	runner.Go(p.run, "paper", func(ctx context.Context) (struct{}, error) {
		data, err := draw()
		if err == nil {
			err = p.needs.Print(ctx, name, data)
		}
		return struct{}{}, err
	}, func(_ struct{}, err error) { p.tell(words.T("newclaim.paper.printed"), err) })
}

// keepPaper keeps a paper under a name of the member's choice.
func (p *Page) keepPaper(name string, draw func() ([]byte, error)) {
	runner.Go(p.run, "paper", func(ctx context.Context) (string, error) {
		data, err := draw()
		if err != nil {
			return "", err
		}
		return p.needs.SaveFile(ctx, name, data)
	}, func(path string, err error) {
		if err != nil || path != "" {
			p.tell(words.T("newclaim.receipt.saved"), err)
		}
	})
}

// tell says that something was done, or why not.
func (p *Page) tell(done string, err error) {
	if c := p.canvas(); c != nil {
		if err != nil {
			done = errtext.Of(err)
		}
		widget.ShowToast(c, done, nil)
	}
}
