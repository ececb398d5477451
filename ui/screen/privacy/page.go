// Package privacy is *Privacy e consensi*: consents with their date, version and history, the notices, the member's rights, a
// copy of everything, the three erasures, and leaving this computer (PRV-01 … PRV-16, DEL-01 … DEL-06).
package privacy

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/clock"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/privacy"
	"github.com/sodale/sodale/app/request"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/screen/part"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// Config is what the page needs.
type Config struct {
	Requests  *request.Desk
	Household func(ctx context.Context) (member.Household, error)
	Rules     func() mutual.Profile
	Online    func() bool
	Ask       func() // asks the mutual for news and sends what waits; nil = nobody
	Sent      part.Requests

	// ChooseFolder lets the member choose a folder; Takeout writes the copy into it and returns where it is; OpenFolder shows
	// that. A nil Takeout hides all of it.
	ChooseFolder func(chosen func(path string))
	Takeout      func(ctx context.Context, folder string, progress func(done, total int64)) (path string, err error)
	OpenFolder   func(path string) error

	// Leaving says what leaving this computer would take. Leave removes everything and looks afterwards; with something waiting
	// it changes nothing and returns an error, unless anyway. Left goes on after that. A nil Leave hides it.
	Leaving func(ctx context.Context) (privacy.Leaving, error)
	Leave   func(ctx context.Context, anyway bool) (privacy.Leaving, error)
	Left    func()

	// Tell calls f on the window's goroutine; nil calls it at once.
	Tell func(f func())

	Clock  clock.Clock
	Runner *runner.Runner
}

// Page is *Privacy e consensi*. It is a desktop.Page.
type Page struct {
	part.Scroll
	config    Config
	loaded    bool
	household member.Household
	ledger    privacy.Ledger
	erasures  []request.Request // latest first
	leaving   privacy.Leaving
	notice    *mutual.Notice   // the one that is read; nil = the page itself
	copying   *copying         // nil while no copy is made
	copied    string           // where the last copy is
	after     *privacy.Leaving // this computer was left
}

// New returns the page; it reads when it is first shown.
func New(c Config) *Page { return &Page{config: c} }

// Read returns the page with a notice open.
func Read(c Config, n mutual.Notice) *Page { return &Page{config: c, notice: &n} }

// Title implements desktop.Page.
func (p *Page) Title() string { return words.T("shell.screen.privacy") }

// Content implements desktop.Page.
func (p *Page) Content() fyne.CanvasObject {
	content := p.Open()
	if p.loaded {
		p.fill()
	} else {
		p.Refresh()
	}
	return content
}

// Focus implements desktop.Page.
func (p *Page) Focus() fyne.Focusable { return nil }

// Leave implements desktop.Page. A copy that is being made is stopped, and nothing of it remains.
func (p *Page) Leave() { p.config.Runner.Leave() }

// Back implements desktop.Backer: it closes the notice.
func (p *Page) Back() bool {
	if p.notice == nil {
		return false
	}
	p.notice = nil
	p.fill()
	p.Top()
	return true
}

// read is what the page is made of.
type read struct {
	household member.Household
	ledger    privacy.Ledger
	erasures  []request.Request
	leaving   privacy.Leaving
}

// Refresh implements desktop.Refresher.
func (p *Page) Refresh() {
	if p.after != nil {
		return
	}
	runner.Go(p.config.Runner, "privacy", p.read, func(r read, err error) {
		if err != nil {
			p.Fail(err)
			return
		}
		p.loaded = true
		p.household, p.ledger, p.erasures, p.leaving = r.household, r.ledger, r.erasures, r.leaving
		p.fill()
	})
}

func (p *Page) read(ctx context.Context) (r read, err error) {
	if r.household, err = p.config.Household(ctx); err != nil {
		return r, err
	}
	if r.ledger, err = p.config.Requests.Ledger(ctx); err != nil {
		return r, err
	}
	all, err := p.config.Requests.Requests(ctx)
	if err != nil {
		return r, err
	}
	seen := map[string]bool{}
	for _, q := range all {
		if q.Kind == submission.KindErasure && !seen[q.ID] {
			seen[q.ID] = true
			r.erasures = append(r.erasures, q)
		}
	}
	if p.config.Leaving != nil {
		r.leaving, err = p.config.Leaving(ctx)
	}
	return r, err
}

func (p *Page) fill() {
	switch {
	case p.after != nil:
		p.Show(p.goneCard())
		return
	case p.notice != nil:
		p.Show(p.noticeParts(*p.notice)...)
		return
	}
	parts := []fyne.CanvasObject{p.consentsCard(), p.noticesCard(), p.rightsCard()}
	if p.config.Takeout != nil {
		parts = append(parts, p.takeoutCard())
	}
	parts = append(parts, p.erasureCard())
	if p.config.Leave != nil {
		parts = append(parts, p.leaveCard())
	}
	p.Show(parts...)
}

// open shows a notice, readable with no network.
func (p *Page) open(n mutual.Notice) {
	p.notice = &n
	p.fill()
	p.Top()
}

// send does something beside the window and says what came of it.
func (p *Page) send(work func(ctx context.Context) error, done string) {
	runner.Go(p.config.Runner, "send", part.Done(work), func(_ struct{}, err error) {
		if err != nil {
			p.fails(err)
			return
		}
		p.Toast(done)
		p.Refresh()
	})
}

// confirm asks before something that can't be undone by typing a word.
func (p *Page) confirm(title string, said fyne.CanvasObject, word, verb string, do func()) {
	on := p.Canvas()
	if on == nil {
		return
	}
	typed := widget.NewEntry(words.T("privacy.type", "Word", word))
	var sheet *widget.Sheet
	try := func() {
		if !sameWord(typed.Text(), word) {
			typed.SetError(words.T("privacy.type.wrong", "Word", word))
			sheet.Refresh()
			return
		}
		sheet.Close()
		do()
	}
	yes := widget.NewButton(verb, widget.Danger, try)
	no := widget.NewButton(words.T("part.cancel"), widget.Secondary, func() { sheet.Close() })
	sheet = widget.NewSheet(words.T("privacy.confirm", "What", title), widget.Column(14, said, typed), no, yes).First(typed.Focusable()).OnEnter(try)
	sheet.ShowOn(on)
}
