package overview

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/clock"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/notice"
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// Config is what the overview needs.
type Config struct {
	List      func(ctx context.Context) ([]claim.Summary, error)
	Household func(ctx context.Context) (member.Household, error)
	Notices   func(ctx context.Context) ([]notice.Notice, error)
	Rules     func(member.Household) claim.Rules // of the moment, for the terms that end soon

	Open       func(claim.ID) // the claim's detail
	OpenAll    func()         // the list
	OpenToDo   func()         // the list under Da fare
	New        func()
	Correct    func(claim.ID) // opens the next revision to add a document
	CheckNow   func(opID string)
	OpenNotice func(notice.Notice)
	AllNotices func()
	Retitle    func() // the title changed
	Copy       func(what, text string)
	Update     func() // personal data (OVW-02); nil hides it
	// FactorOff says whether the second factor could be on and is not; then Secure leads to it (OVW-03). nil hides that.
	FactorOff func(ctx context.Context) (bool, error)
	Secure    func()

	Clock  clock.Clock
	Runner *runner.Runner
}

// Page is *Panoramica*. It is a desktop.Page.
type Page struct {
	config    Config
	scroll    *widget.Scroll
	loaded    bool
	household member.Household
	summaries []claim.Summary
	notices   []notice.Notice
	factorOff bool
}

// New returns the overview; it reads when it is first shown.
func New(c Config) *Page { return &Page{config: c} }

// Title greets by the first name.
func (p *Page) Title() string {
	if !p.loaded {
		return words.T("shell.screen.overview")
	}
	return words.T("overview.hello."+string(PartOf(p.config.Clock.Now())), "Name", p.household.Holder.GivenName)
}

// Subtitle is the day.
func (p *Page) Subtitle() string { return words.WeekdayDate(p.today()) }

func (p *Page) today() civil.Date { return civil.Of(p.config.Clock.Now()) }

// Content builds the screen.
func (p *Page) Content() fyne.CanvasObject {
	p.scroll = widget.NewScroll(widget.Column(0))
	if p.loaded {
		p.fill()
	} else {
		p.Refresh()
	}
	return p.scroll
}

// Focus leaves the keyboard at the start.
func (p *Page) Focus() fyne.Focusable { return nil }

// Leave ends the reading.
func (p *Page) Leave() { p.config.Runner.Leave() }

// read is what the screen is made of.
type read struct {
	household member.Household
	summaries []claim.Summary
	notices   []notice.Notice
	factorOff bool
}

// Refresh reads again what is shown.
func (p *Page) Refresh() {
	runner.Go(p.config.Runner, "overview", func(ctx context.Context) (r read, err error) {
		if r.household, err = p.config.Household(ctx); err != nil {
			return r, err
		}
		if r.summaries, err = p.config.List(ctx); err != nil {
			return r, err
		}
		if r.notices, err = p.config.Notices(ctx); err != nil || p.config.FactorOff == nil {
			return r, err
		}
		r.factorOff, err = p.config.FactorOff(ctx)
		return r, err
	}, p.answered)
}

func (p *Page) answered(r read, err error) {
	if err != nil {
		p.scroll.SetContent(widget.Pad(theme.PageMargin, widget.Banner(theme.IconWarning, "", errtext.Of(err), widget.ToneBad)))
		return
	}
	p.loaded = true
	p.household, p.summaries, p.notices, p.factorOff = r.household, r.summaries, r.notices, r.factorOff
	p.fill()
	p.config.Retitle()
}

// fill shows what was read and keeps the place.
func (p *Page) fill() {
	at := p.scroll.Offset()
	p.scroll.SetContent(newView(p).build())
	p.scroll.ScrollTo(at)
}
