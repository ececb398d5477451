package queue

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/clock"
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

// Config is what the sheet needs.
type Config struct {
	List      func(ctx context.Context) ([]claim.Summary, error)
	Household func(ctx context.Context) (member.Household, error)
	Link      func() submission.Link
	Diagnose  func(ctx context.Context) []submission.Finding
	SendNow   func()
	CheckNow  func(opID string)
	Open      func(claim.ID)
	// Requests lists what was asked beside claims, and OpenRequest shows where; nil = nothing is.
	Requests    func(ctx context.Context) ([]request.Request, error)
	OpenRequest func(request.Request)
	// Courier carries what waits on a stick; nil = there is no such way.
	Courier *Courier
	Clock   clock.Clock
	Runner  *runner.Runner
}

// Sheet lists what waits, and why it does not leave.
type Sheet struct {
	config   Config
	sheet    *widget.Sheet
	list     *fyne.Container
	why      *fyne.Container
	send     *widget.Button
	findings []submission.Finding
	asking   bool
	carried  string // what became of the stick; "" = none was asked for
}

// Open shows the sheet over a canvas and begins a diagnosis.
func Open(c Config, on fyne.Canvas, closed func()) *Sheet {
	s := &Sheet{config: c, list: widget.Column(0), why: widget.Column(20)}
	done := widget.NewButton(words.T("queue.close"), widget.Secondary, func() { s.sheet.Close() })
	s.send = widget.NewButton(words.T("queue.send"), widget.Primary, c.SendNow).WithIcon(theme.IconPaperPlaneTilt)
	s.sheet = widget.NewSheet(words.T("queue.title"), widget.Column(20, s.list, s.why), done, s.send).
		First(done).Wide(640).OnClose(func() {
		c.Runner.Leave()
		closed()
	})
	s.Refresh()
	s.diagnose()
	s.sheet.ShowOn(on)
	return s
}

// Close takes the sheet away.
func (s *Sheet) Close() { s.sheet.Close() }

// content is what the list shows.
type content struct {
	items     []Item
	requests  []request.Request
	household member.Household
}

// Refresh reads again what waits.
func (s *Sheet) Refresh() {
	runner.Go(s.config.Runner, "queue.list", func(ctx context.Context) (content, error) {
		summaries, err := s.config.List(ctx)
		if err != nil {
			return content{}, err
		}
		c := content{items: Items(summaries)}
		if s.config.Requests != nil {
			all, err := s.config.Requests(ctx)
			if err != nil {
				return c, err
			}
			c.requests = Asked(all)
		}
		c.household, err = s.config.Household(ctx)
		return c, err
	}, s.fill)
}

func (s *Sheet) fill(c content, err error) {
	parts := []fyne.CanvasObject{s.lineState()}
	if err != nil {
		parts = append(parts, widget.Banner(theme.IconWarning, "", errtext.Of(err), widget.ToneCareful))
	}
	if len(c.items)+len(c.requests) == 0 && err == nil {
		parts = append(parts, widget.NewText(words.T("queue.empty"), theme.Body))
	}
	for i, item := range c.items {
		if i > 0 {
			parts = append(parts, widget.Rule())
		}
		parts = append(parts, s.row(item, c.household))
	}
	for i, r := range c.requests {
		if i+len(c.items) > 0 {
			parts = append(parts, widget.Rule())
		}
		parts = append(parts, s.requestRow(r))
	}
	waits := len(c.items)+len(c.requests) > 0
	if s.config.Courier != nil && (waits || s.carried != "") {
		parts = append(parts, widget.Rule(), s.courierRow())
	}
	asks := waits || !s.config.Link().Online || err != nil // where nothing waits, nobody asks why
	widget.Show(s.why, asks)
	widget.Show(s.send, asks)
	s.list.Objects = []fyne.CanvasObject{widget.Column(14, parts...)}
	s.sheet.Refresh()
}

// lineState says how the line to the mutual is.
func (s *Sheet) lineState() fyne.CanvasObject {
	link := s.config.Link()
	contact := words.T("queue.contact.never")
	if !link.LastContact.IsZero() {
		contact = words.T("queue.contact", "When", words.LongMoment(link.LastContact))
	}
	if link.Online {
		return widget.Banner(theme.IconWifiHigh, words.T("queue.online"), contact, widget.Calm)
	}
	return widget.Banner(theme.IconWifiSlash, words.T("queue.offline"), contact, widget.Calm)
}

// row is one waiting thing: what it is, why it waits, and the one button about it.
func (s *Sheet) row(item Item, household member.Household) fyne.CanvasObject {
	c := item.Claim.Claim
	head := widget.Column(2, widget.NewText(claims.Title(c, claims.Words()), theme.Body).Bold(),
		widget.NewText(claims.Subject(c, household), theme.Secondary))
	badge := widget.NewStateBadge(item.Claim.State, "")
	lines := []fyne.CanvasObject{
		widget.RowTop(16, widget.Grow(head), badge),
		widget.NewText(s.reason(item), theme.Secondary).Color(theme.Ink),
	}
	if item.Button != NoButton {
		lines = append(lines, widget.Flow(12, widget.NewButton(words.T("queue.button."+string(item.Button)), widget.Secondary, s.press(item)).Compact()))
	}
	return widget.Column(8, lines...)
}

func (s *Sheet) reason(item Item) string {
	d := item.Claim.Delivery
	switch item.Claim.State {
	case claim.Held:
		return claims.HeldReason(d)
	case claim.Unconfirmed:
		return words.T("queue.item.unconfirmed")
	case claim.Sending:
		return words.T("queue.item.sending", "Done", d.BlobsDone, "All", len(d.Blobs))
	}
	text := words.T("queue.item.queued")
	if item.Attempts == 0 {
		return text
	}
	next := words.T("queue.next.soon")
	if item.NextTry.After(s.config.Clock.Now()) {
		next = words.T("queue.next", "Time", words.Clock(item.NextTry))
	}
	return text + " " + next + "."
}

func (s *Sheet) press(item Item) func() {
	return func() {
		switch item.Button {
		case SendNow:
			s.config.SendNow()
		case CheckNow:
			s.config.CheckNow(item.Claim.Delivery.OpID)
		case OpenIt:
			s.sheet.Close()
			s.config.Open(item.Claim.Claim.ID)
		}
	}
}
