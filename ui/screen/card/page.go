package card

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/card"
	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/clock"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/qr"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// Config is what the card needs.
type Config struct {
	Cards     func(ctx context.Context) ([]card.Card, error)
	Household func(ctx context.Context) (member.Household, error)
	Clock     clock.Clock
	Runner    *runner.Runner
}

// Page is *Tessera*. It is a desktop.Page.
type Page struct {
	config    Config
	scroll    *widget.Scroll
	model     *model
	household member.Household
	full      *fullScreen
}

// New returns the page; it reads when it is first shown.
func New(c Config) *Page { return &Page{config: c} }

// Title implements desktop.Page.
func (p *Page) Title() string { return words.T("shell.screen.card") }

// Content implements desktop.Page.
func (p *Page) Content() fyne.CanvasObject {
	p.scroll = widget.NewScroll(widget.Column(0))
	if p.model != nil {
		p.fill()
	} else {
		p.Refresh()
	}
	return p.scroll
}

// Focus implements desktop.Page.
func (p *Page) Focus() fyne.Focusable { return nil }

// Leave implements desktop.Page.
func (p *Page) Leave() {
	p.config.Runner.Leave()
	if p.full != nil {
		p.full.close()
	}
}

// read is what the page is made of.
type read struct {
	cards     []card.Card
	household member.Household
}

// Refresh implements desktop.Refresher.
func (p *Page) Refresh() {
	runner.Go(p.config.Runner, "cards", func(ctx context.Context) (r read, err error) {
		if r.household, err = p.config.Household(ctx); err != nil {
			return r, err
		}
		r.cards, err = p.config.Cards(ctx)
		return r, err
	}, func(r read, err error) {
		if err != nil {
			p.scroll.SetContent(widget.Pad(theme.PageMargin, widget.Banner(theme.IconWarning, "", errtext.Of(err), widget.ToneBad)))
			return
		}
		fresh := newModel(r.cards, r.household)
		fresh.keep(p.model)
		p.model, p.household = fresh, r.household
		p.fill()
	})
}

func (p *Page) today() civil.Date { return civil.Of(p.config.Clock.Now()) }

func (p *Page) choose(i int) {
	p.model.choose(i)
	p.fill()
}

// showFull shows the code as large as the window, on white.
func (p *Page) showFull(code qr.Code, c card.Card) {
	if on := fyne.CurrentApp().Driver().CanvasForObject(p.scroll); on != nil {
		p.full = showFull(on, code, c)
	}
}
