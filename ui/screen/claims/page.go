package claims

import (
	"context"

	"fyne.io/fyne/v2"
	fynedesktop "fyne.io/fyne/v2/driver/desktop"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/clock"
	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/plan"
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// Config is what the list and the detail need.
type Config struct {
	Desk      *claim.Desk
	Household func(ctx context.Context) (member.Household, error)
	Previewer document.Previewer // nil: files are listed, and not shown
	Clock     clock.Clock
	Runner    *runner.Runner

	Edit     func(claim.ID) // opens the wizard on a draft
	New      func()
	CheckNow func(opID string)
	Release  func(ctx context.Context, opID string) error
	Receipt  func(raw []byte) (Receipt, error)
	SaveFile func(ctx context.Context, name string, data []byte) (path string, err error) // nil hides it
	Print    func(ctx context.Context, name string, pdf []byte) error                     // nil hides it
	Rules    func() mutual.Profile                                                        // the mutual's, of the moment
	User     func() string                                                                // what the member signs in with; nil = not told
	// Complain begins a complaint about a claim, OpenComplaint shows one, Complaints lists those about claims; nil hides them all.
	Complain      func(claim.ID)
	OpenComplaint func(id string)
	Complaints    func(ctx context.Context) ([]Complaint, error)
	Plans         func() plan.Plans // that are known here; nil = none
	Shown         func(claim.ID)    // a claim was opened; "" = none
	Version       string            // of the program
	// Query is what was listed last, so that the list opens as it was left; the page keeps it up to date.
	Query *Query
}

// Page is *Rimborsi e sussidi*. It is a desktop.Page.
type Page struct {
	config Config
	query  *Query
	open   claim.ID // whose detail is shown, or ""
	alone  bool     // a narrow window shows the detail instead of the list

	household member.Household
	summaries []claim.Summary
	bin       []claim.Claim // drafts that were deleted
	letters   []Complaint
	plans     plan.Plans
	loaded    bool
	failed    error
	book      *Book
	found     Found

	list   *listView
	detail *detail
	panes  *panes
}

// New returns the list with one claim open unless id is "".
func New(c Config, id claim.ID) *Page {
	return &Page{config: c, query: c.Query, open: id, alone: id != "", book: NewBook(nil, member.Household{}, Words())}
}

// Title implements desktop.Page.
func (p *Page) Title() string { return words.T("shell.screen.claims") }

// Content implements desktop.Page.
func (p *Page) Content() fyne.CanvasObject {
	p.list = newListView(p)
	p.detail = newDetail(p)
	p.panes = newPanes(p.list.bar, p.list.root, p.detail.root, p.narrowed)
	p.panes.alone = p.alone
	if p.loaded {
		p.book = NewBook(p.summaries, p.household, Words()) // the language may be another
		p.fill()
	} else {
		p.Refresh()
	}
	return p.panes
}

// narrowed lays bar and detail out anew after the window became narrow, wide, low or high.
func (p *Page) narrowed() {
	p.list.fit(p.panes.low)
	p.list.show()
	p.beside()
}

// Focus is the list.
func (p *Page) Focus() fyne.Focusable { return nil }

// Search implements desktop.Searcher.
func (p *Page) Search() {
	p.showList()
	p.list.openSearch()
}

// Shortcuts implements desktop.Shortcutter: Ctrl+Enter goes on with the open claim, when something is left for the member to
// do on it.
func (p *Page) Shortcuts() map[fynedesktop.CustomShortcut]func() {
	goOn := map[fynedesktop.CustomShortcut]func(){}
	for _, key := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyEnter} {
		goOn[fynedesktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault}] = p.goOn
	}
	return goOn
}

func (p *Page) goOn() {
	s, ok := p.summary(p.open)
	if !ok {
		return
	}
	for _, a := range Actions(s, p.rules()) {
		switch a {
		case Send, Resume, AddDocument, CorrectHeld:
			p.do(a, s)
			return
		}
	}
}

// Back implements desktop.Backer: from a detail that hides the list back to the list.
func (p *Page) Back() bool {
	if !p.panes.narrow || !p.alone {
		return false
	}
	p.showList()
	return true
}

// Leave implements desktop.Page.
func (p *Page) Leave() { p.config.Runner.Leave() }

// read is what the page is made of.
type read struct {
	household member.Household
	summaries []claim.Summary
	bin       []claim.Claim
	letters   []Complaint
	book      *Book
	plans     plan.Plans
}

// Refresh implements desktop.Refresher.
func (p *Page) Refresh() {
	before, vocabulary := p.book, Words()
	runner.Go(p.config.Runner, "claims", func(ctx context.Context) (r read, err error) {
		if r.household, err = p.config.Household(ctx); err != nil {
			return r, err
		}
		if r.summaries, err = p.config.Desk.List(ctx); err != nil {
			return r, err
		}
		r.book = before.Renewed(r.summaries, r.household, vocabulary)
		if p.config.Complaints != nil {
			if r.letters, err = p.config.Complaints(ctx); err != nil {
				return r, err
			}
		}
		if p.config.Plans != nil {
			r.plans = p.config.Plans()
		}
		r.bin, err = p.config.Desk.Bin(ctx)
		return r, err
	}, func(r read, err error) {
		p.failed = err
		if err == nil {
			p.loaded, p.household, p.summaries, p.bin, p.letters, p.book, p.plans = true, r.household, r.summaries, r.bin, r.letters, r.book, r.plans
		}
		p.fill()
	})
}

// fill shows what was read.
func (p *Page) fill() {
	p.list.choices()
	p.pick()
	p.show()
}

// pick applies the query.
func (p *Page) pick() {
	p.found = p.book.Find(*p.query)
	if p.open == "" && !p.panes.narrow {
		p.open = p.found.first()
	}
}

// show brings list and detail up to date.
func (p *Page) show() {
	p.list.show()
	p.beside()
	p.panes.set(p.alone)
}

// summary finds a claim among those read.
func (p *Page) summary(id claim.ID) (claim.Summary, bool) { return p.book.Summary(id) }

// rules are what claims are checked against at this moment.
func (p *Page) rules() claim.Rules { return p.config.Desk.Rules(p.household) }

// showClaim shows the detail of a claim.
func (p *Page) showClaim(id claim.ID) {
	p.open, p.alone = id, true
	p.config.Shown(id)
	p.show()
}

// narrow lists what a changed query leaves. Beside the list stands one of those listed, or none.
func (p *Page) narrow(edit func(*Query)) {
	edit(p.query)
	p.pick()
	if !p.panes.narrow && !p.found.has(p.open) {
		p.open = p.found.first()
		p.beside()
	}
	p.list.replace()
}

// beside brings the detail up to date.
func (p *Page) beside() {
	if s, ok := p.summary(p.open); ok {
		p.detail.show(s)
	} else {
		p.detail.nothing()
	}
}

// widen lists all again.
func (p *Page) widen() {
	p.narrow(func(q *Query) { *q = q.Widened() })
	p.list.unsearch()
}

func (p *Page) showList() {
	p.alone = false
	p.panes.set(false)
}

// canvas is where the page is shown, or nil.
func (p *Page) canvas() fyne.Canvas { return fyne.CurrentApp().Driver().CanvasForObject(p.panes) }

// toast says a short word; undo may be nil.
func (p *Page) toast(text string, undo func()) {
	if c := p.canvas(); c != nil {
		widget.ShowToast(c, text, undo)
	}
}

// told runs work that changes something, and says its error in words.
func (p *Page) told(key string, work func(ctx context.Context) error, done func()) {
	runner.Go(p.config.Runner, key, func(ctx context.Context) (struct{}, error) { return struct{}{}, work(ctx) }, func(_ struct{}, err error) {
		if err != nil {
			p.toast(errtext.Of(err), nil)
		} else {
			done()
		}
		p.Refresh()
	})
}

// fault is the banner of a reading that failed.
func (p *Page) fault() fyne.CanvasObject {
	return widget.Banner(theme.IconWarning, "", errtext.Of(p.failed), widget.ToneBad, widget.NewButton(words.T("claims.retry"), widget.Secondary, p.Refresh))
}
