package queue

import (
	"cmp"
	"slices"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/request"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/screen/part"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// Asked lists the latest revision of each request that has not arrived yet, what needs the member first, then oldest first.
// all may be in any order.
func Asked(all []request.Request) []request.Request {
	latest := map[string]request.Request{}
	for _, r := range all {
		if old, seen := latest[r.ID]; !seen || old.Revision < r.Revision {
			latest[r.ID] = r
		}
	}
	var list []request.Request
	for _, r := range latest {
		if r.Waiting() {
			list = append(list, r)
		}
	}
	order := func(r request.Request) int {
		if r.Delivery.Status == submission.Held {
			return 0
		}
		return 1
	}
	slices.SortFunc(list, func(a, b request.Request) int {
		return cmp.Or(order(a)-order(b), a.MadeAt.Compare(b.MadeAt), cmp.Compare(a.ID, b.ID))
	})
	return list
}

// requestRow is a request that waits: what it asks, why it waits, and the way to where it was asked.
func (s *Sheet) requestRow(r request.Request) fyne.CanvasObject {
	reason := words.T("queue.item.queued")
	switch r.Delivery.Status {
	case submission.Held:
		reason = errtext.Code(r.Delivery.Reason, nil)
	case submission.Unconfirmed:
		reason = words.T("queue.item.unconfirmed")
	}
	open := widget.NewButton(words.T("queue.button.request"), widget.Secondary, func() {
		s.sheet.Close()
		s.config.OpenRequest(r)
	}).Compact()
	return widget.Column(8, widget.RowTop(16, widget.Grow(widget.NewText(part.RequestTitle(r), theme.Body).Bold()), part.Badge(r.Delivery.Status)),
		widget.NewText(reason, theme.Secondary).Color(theme.Ink), widget.Flow(12, open))
}
