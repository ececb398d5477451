// Package membership is *Piano e contributi*: how each person is covered today, what the plan pays and what is left of it, what it
// costs, whom to call around the clock, and the regulation word for word, all of it with no network (PLN-01 to PLN-08, MEM, CRT-04 to
// CRT-08, H24). Every amount that the plan would pay is an estimate: the mutual decides.
package membership

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/clock"
	"github.com/sodale/sodale/app/helpline"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/plan"
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/screen/part"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// Rights answers for the persons of a household, as package entitlement does.
type Rights interface {
	// Plan is the edition of the household's plan in force on a day, nil when it is not known here.
	Plan(day civil.Date) *plan.Plan
	// Insured is how the plan knows a person; false when the mutual did not say.
	Insured(id member.ID) (plan.Insured, bool)
	// History lists what the mutual granted for a person.
	History(id member.ID) []plan.Paid
	// Accompanies reports whether a document is about a stay that another one asks for.
	Accompanies(d claim.ExpenseDocument) bool
	// Estimate is what the plan says of a document that is sent on a day.
	Estimate(d claim.ExpenseDocument, sent civil.Date) (plan.Estimate, *plan.Plan)
}

// Config is what the page needs.
type Config struct {
	Household func(ctx context.Context) (member.Household, error)
	List      func(ctx context.Context) ([]claim.Summary, error)
	Rights    func(h member.Household, past []claim.Claim) Rights
	Rules     func(h member.Household) claim.Rules // for the terms of claims
	Mutual    func() mutual.Profile
	Help      *helpline.Desk // counts uses of the telephone centre; nil counts none

	// SaveFile lets the member keep a file; Print hands a PDF to the printer. nil hides their buttons.
	SaveFile func(ctx context.Context, name string, data []byte) (path string, err error)
	Print    func(ctx context.Context, name string, pdf []byte) error

	Ask     func(d claim.ExpenseDocument) // begins a claim with these values
	Shown   func(id string)               // another part of the page is shown
	Retitle func()                        // the title changed

	Clock  clock.Clock
	Runner *runner.Runner
}

// Tab is a part of the page. Its name is "membership.tab.<value>".
type Tab string

// The tabs, in their order.
const (
	CoverTab Tab = "cover"
	Benefits Tab = "benefits"
	Trial    Tab = "trial"
	Fees     Tab = "fees"
	Helpline Tab = "helpline"
	Rules    Tab = "rules"
)

// Page is *Piano e contributi*. It is a desktop.Page.
type Page struct {
	part.Scroll
	config Config
	tab    Tab
	data   *data // nil until it was read
	person member.ID
	year   int // of the statement; 0 = the last that has one
	costs  *costs
	trial  *trial
	book   *book
}

// New returns the page with a tab open; id is a tab, or Rules with the article that is opened: "rules/art. 1.1". "" is the first.
func New(c Config, id string) *Page {
	tab, article, _ := strings.Cut(id, "/")
	p := &Page{config: c, tab: Tab(tab)}
	if p.tab == "" {
		p.tab = CoverTab
	}
	p.Width = pageWidth
	p.costs, p.trial, p.book = &costs{page: p}, &trial{page: p}, &book{page: p, open: article}
	return p
}

// pageWidth is how wide the page is at most, at 100 %.
const pageWidth = 968

// Title implements desktop.Page.
func (p *Page) Title() string { return words.T("shell.screen.plan") }

// Subtitle implements desktop.Subtitled: the plan and its edition (PLN-02).
func (p *Page) Subtitle() string {
	if p.data == nil {
		return ""
	}
	if p.data.plan == nil {
		return p.data.household.Plan.Name
	}
	return p.data.plan.Name + " · " + p.data.plan.Edition
}

// Content implements desktop.Page.
func (p *Page) Content() fyne.CanvasObject {
	content := p.Open()
	if p.data != nil {
		p.fill()
	} else {
		p.Refresh()
	}
	return content
}

// Focus implements desktop.Page.
func (p *Page) Focus() fyne.Focusable { return nil }

// Leave implements desktop.Page.
func (p *Page) Leave() { p.config.Runner.Leave() }

// Back implements desktop.Backer: it closes what is read of the regulation.
func (p *Page) Back() bool {
	if p.tab != Rules || p.book.open == "" {
		return false
	}
	p.book.read("")
	return true
}

// Search implements desktop.Searcher: it goes to the search of the regulation.
func (p *Page) Search() {
	if p.data == nil || p.data.plan == nil {
		return
	}
	if p.tab != Rules || p.book.open != "" {
		p.book.open = ""
		p.show(Rules)
	}
	p.book.focus()
}

// Refresh implements desktop.Refresher.
func (p *Page) Refresh() {
	runner.Go(p.config.Runner, "membership", p.read, func(d *data, err error) {
		if err != nil {
			p.Fail(err)
			return
		}
		first := p.data == nil
		p.data = d
		if _, ok := d.household.Person(p.person); !ok {
			p.person = d.covered()[0].ID
		}
		if first || p.tab != Trial && p.tab != Rules { // what is typed or read there stays
			p.fill()
		}
		p.config.Retitle()
	})
}

func (p *Page) today() civil.Date { return civil.Of(p.config.Clock.Now()) }

// show opens a tab at its top.
func (p *Page) show(t Tab) {
	p.tab = t
	p.fill()
	p.Top()
	p.config.Shown(string(t))
}

// tabs are those that have something to show.
func (p *Page) tabs() []Tab {
	if p.data.plan == nil {
		return []Tab{CoverTab, Fees}
	}
	all := []Tab{CoverTab, Benefits, Trial, Fees}
	if len(p.data.plan.Helps) > 0 {
		all = append(all, Helpline)
	}
	return append(all, Rules)
}

func (p *Page) fill() {
	all := p.tabs()
	labels, chosen := make([]string, len(all)), 0
	for i, t := range all {
		labels[i] = words.T("membership.tab." + string(t))
		if t == p.tab {
			chosen = i
		}
	}
	p.tab = all[chosen]
	tabs := widget.NewTabs(func(i int) { p.show(all[i]) })
	tabs.Set(labels, chosen, nil)
	views := map[Tab]func() []fyne.CanvasObject{CoverTab: p.coverParts, Benefits: p.benefitParts, Trial: p.trial.parts, Fees: p.feeParts,
		Helpline: p.helpParts, Rules: p.book.parts}
	p.Show(append([]fyne.CanvasObject{tabs}, views[p.tab]()...)...)
	if p.tab == Rules {
		p.book.reveal()
	}
}

// whose lets the member choose one of the persons covered; nil where there is only one.
func (p *Page) whose() fyne.CanvasObject {
	people := p.data.covered()
	if len(people) < 2 {
		return nil
	}
	options := make([]widget.Option, len(people))
	for i, x := range people {
		options[i] = widget.Option{Value: string(x.ID), Label: x.GivenName}
	}
	choice := widget.NewSegments(words.T("membership.whose"), options)
	choice.SetValue(string(p.person))
	choice.OnChanged = func(id string) {
		p.person = member.ID(id)
		p.fill()
	}
	return choice
}

// save makes a file and lets the member keep it.
func (p *Page) save(name string, draw func() ([]byte, error)) {
	runner.Go(p.config.Runner, "save", func(ctx context.Context) (string, error) {
		data, err := draw()
		if err != nil {
			return "", err
		}
		return p.config.SaveFile(ctx, name, data)
	}, func(path string, err error) {
		switch {
		case err != nil:
			p.Toast(errtext.Of(err))
		case path != "":
			p.Toast(words.T("part.saved", "Path", path))
		}
	})
}

// print draws a paper and hands it to the printer.
func (p *Page) print(name string, draw func() ([]byte, error)) {
	runner.Go(p.config.Runner, "print", func(ctx context.Context) (struct{}, error) {
		data, err := draw()
		if err != nil {
			return struct{}{}, err
		}
		return struct{}{}, p.config.Print(ctx, name, data)
	}, func(_ struct{}, err error) {
		if err != nil {
			p.Toast(errtext.Of(err))
			return
		}
		p.Toast(words.T("membership.printed"))
	})
}
