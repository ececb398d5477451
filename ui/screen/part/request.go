package part

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/request"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/screen/claims"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// Badge shows how far a request has come.
func Badge(status submission.Status) *widget.StateBadge {
	switch status {
	case submission.Delivered:
		return widget.NewBadge(theme.IconChecks, words.T("part.request.delivered"), widget.ToneGood)
	case submission.Held:
		return widget.NewBadge(theme.IconWarning, words.T("part.request.held"), widget.ToneCareful)
	}
	return widget.NewBadge(theme.IconClock, words.T("part.request.waiting"), widget.Calm)
}

// RequestTitle says what a request asks.
func RequestTitle(r request.Request) string {
	switch {
	case r.Family != nil:
		return words.T("part.request.family", "Name", member.Person{GivenName: r.Family.GivenName, FamilyName: r.Family.FamilyName}.FullName())
	case r.Erasure != nil:
		return words.T("privacy.erase." + string(*r.Erasure))
	case r.Consent != nil && r.Consent.Given:
		return words.T("part.request.consent")
	case r.Consent != nil:
		return words.T("part.request.withdrawal")
	case r.Complaint != nil:
		return words.T("part.request.complaint")
	case r.Question != nil:
		return words.T("part.request.question", "Topic", r.Question.Topic)
	}
	return words.T("part.request.profile")
}

// Requests shows what was sent, with the mutual's signed receipt of what arrived.
type Requests struct {
	Receipt  func(raw []byte) (claims.Receipt, error)                                     // nil = no receipts are shown
	SaveFile func(ctx context.Context, name string, data []byte) (path string, err error) // nil = a receipt is only shown
	Runner   *runner.Runner
}

// Row is one request: what it asks, when it was sent, how far it is, and its receipt. actions stand below.
func (q Requests) Row(on func() fyne.Canvas, what string, r request.Request, actions ...fyne.CanvasObject) fyne.CanvasObject {
	sent := words.T("part.request.sent", "Day", words.Date(civil.Of(r.MadeAt)), "Clock", words.Clock(r.MadeAt))
	said := widget.Column(2, widget.NewText(what, theme.Body).Bold(), widget.NewText(sent, theme.Caption))
	if r.Delivery.Status == submission.Held {
		said.Objects = append(said.Objects, widget.NewText(refused(r), theme.Secondary).Color(theme.Ink))
	}
	if r.Delivery.Status == submission.Delivered && q.Receipt != nil && len(r.Delivery.Receipt) > 0 {
		actions = append(actions, widget.NewButton(words.T("part.receipt"), widget.Tertiary, func() { q.show(on(), r) }).WithIcon(theme.IconSealCheck))
	}
	parts := []fyne.CanvasObject{widget.NewColumns(12, widget.Col{Object: said}, widget.Col{Object: widget.Row(0, Badge(r.Delivery.Status)), Natural: true, FoldBelow: 460})}
	if len(actions) > 0 {
		parts = append(parts, widget.Flow(12, actions...))
	}
	return widget.Column(6, parts...)
}

// unacceptable is the code of a body that the mutual read and can't accept.
const unacceptable fault.Code = "submission.content"

// refused says why a request is held.
func refused(r request.Request) string {
	if (r.Complaint != nil || r.Question != nil) && r.Delivery.Reason == unacceptable {
		return words.T("complaint.refused")
	}
	return errtext.Code(r.Delivery.Reason, nil)
}

// show verifies and shows a receipt.
func (q Requests) show(on fyne.Canvas, r request.Request) {
	if on == nil {
		return
	}
	receipt, err := q.Receipt(r.Delivery.Receipt)
	var keep claims.Keep
	if q.SaveFile != nil {
		keep.Signed = func() { q.save(on, claims.ReceiptName(receipt), r.Delivery.Receipt) }
	}
	claims.ReceiptSheet(receipt, err, keep).ShowOn(on)
}

func (q Requests) save(on fyne.Canvas, name string, data []byte) {
	runner.Go(q.Runner, "receipt", func(ctx context.Context) (string, error) { return q.SaveFile(ctx, name, data) }, func(path string, err error) {
		switch {
		case err != nil:
			widget.ShowToast(on, errtext.Of(err), nil)
		case path != "":
			widget.ShowToast(on, words.T("part.saved", "Path", path), nil)
		}
	})
}
