package card

import (
	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/card"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/ui/qr"
	"github.com/sodale/sodale/ui/screen/art"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// Widths at 100 %.
const (
	cardWidth = 600 // the card is no wider, so that its shape stays that of a card
	sideWidth = 336
	foldAt    = 860
)

// fill shows the card that is chosen.
func (p *Page) fill() {
	c, ok := p.model.card()
	if !ok {
		p.scroll.SetContent(widget.PadXY(theme.PageMargin, 4, widget.Column(0, widget.Card(widget.Empty(theme.IconIdentificationCard, "", words.T("card.empty"))))))
		return
	}
	code, err := qr.New(c.Code)
	left := widget.Column(24, p.drawn(c, code), p.buttons(c, code), p.data(c))
	if err != nil {
		left.Objects = append(left.Objects, widget.Banner(theme.IconWarning, "", words.T("card.no-code"), widget.ToneCareful))
	}
	right := widget.Column(24, p.family(), p.help(c), p.proof(c), widget.NewText(words.T("card.private"), theme.Secondary))
	p.scroll.SetContent(widget.PadXY(theme.PageMargin, 4, widget.Column(24, widget.NewColumns(32,
		widget.Col{Object: widget.AtMost(cardWidth, left)}, widget.Col{Object: right, Width: sideWidth, FoldBelow: foldAt}), widget.Space(0, 8))))
}

// drawn is the card itself.
func (p *Page) drawn(c card.Card, code qr.Code) fyne.CanvasObject {
	white := func(text string, role theme.Role) *widget.Text { return widget.NewText(text, role).Color(theme.White) }
	brand := widget.Row(14, art.NewMark(28), widget.Grow(widget.Column(0, white(c.Mutual, theme.H3), white(words.T("card.society"), theme.Caption))))
	valid := "card.valid"
	if expired(c, p.today()) {
		valid = "card.expired"
	}
	who := widget.Column(4, white(p.role(c), theme.Secondary), white(c.Name, theme.H1), widget.Space(0, 10),
		widget.Flow(28, widget.Column(2, white(words.T("card.number"), theme.Caption).OneLine(), white(c.Number, theme.H3).OneLine()),
			widget.Column(2, white(words.T(valid), theme.Caption).OneLine(), white(c.ValidTo.Italian(), theme.H3).OneLine())))
	said := widget.Column(20, brand, widget.Gap(), who)
	side := code.Side()
	show := widget.Column(12, code.Picture(side), white(words.T("card.show"), theme.Secondary).Center())
	ground := art.NewGround(22, [2]art.Circle{{X: 0.5, Y: 0.55, R: 0.283}, {X: 0.743, Y: 0.55, R: 0.283}})
	return widget.Fixed(0, 370, widget.Stack(ground, widget.PadXY(32, 28, widget.NewColumns(20, widget.Col{Object: said},
		widget.Col{Object: show, Width: side + 2*qr.Edge, FoldBelow: 440}))))
}

// role says what the person is in the mutual, and by which plan.
func (p *Page) role(c card.Card) string {
	role := c.Role
	for _, person := range p.household.People() {
		if person.FiscalCode == c.FiscalCode {
			role = roleName(person)
		}
	}
	if c.Plan == "" {
		return role
	}
	return role + ", " + c.Plan
}

func roleName(p member.Person) string { return words.T("card.role." + string(p.Role)) }

func (p *Page) buttons(c card.Card, code qr.Code) fyne.CanvasObject {
	full := widget.NewButton(words.T("card.full"), widget.Primary, func() { p.showFull(code, c) }).WithIcon(theme.IconCornersOut)
	if len(code) == 0 {
		full.Hide()
	}
	copied := widget.NewButton(words.T("card.copy"), widget.Secondary, func() {
		fyne.CurrentApp().Clipboard().SetContent(c.Number)
		if on := fyne.CurrentApp().Driver().CanvasForObject(p.scroll); on != nil {
			widget.ShowToast(on, words.T("card.copied"), nil)
		}
	}).WithIcon(theme.IconCopy)
	return widget.Flow(12, full, copied)
}

func (p *Page) data(c card.Card) fyne.CanvasObject {
	text := func(s string) fyne.CanvasObject { return widget.NewText(s, theme.Body).OneLine() }
	parts := []fyne.CanvasObject{widget.Pair(words.T("card.fiscal"), widget.NewText(c.FiscalCode, theme.Body).Mono().OneLine())}
	if !c.Since.IsZero() {
		parts = append(parts, widget.Rule(), widget.Pair(words.T("card.since"), text(words.Date(c.Since))))
	}
	if c.Plan != "" {
		parts = append(parts, widget.Rule(), widget.Pair(words.T("card.plan"), text(c.Plan)))
	}
	return widget.Card(widget.Column(12, parts...))
}

// family is the cards of the household; the one shown is marked.
func (p *Page) family() fyne.CanvasObject {
	if len(p.model.cards) < 2 {
		return widget.Column(0)
	}
	parts := []fyne.CanvasObject{widget.NewText(words.T("card.family"), theme.H3), widget.Space(0, 8)}
	for i, c := range p.model.cards {
		parts = append(parts, p.relative(i, c))
	}
	return widget.Card(widget.Column(4, parts...))
}

func (p *Page) relative(i int, c card.Card) fyne.CanvasObject {
	role, initials := c.Role, ""
	for _, person := range p.household.People() {
		if person.FiscalCode == c.FiscalCode {
			role, initials = roleName(person), person.Initials()
		}
	}
	avatar := widget.NewAvatar(initials, 42).Plain()
	line := []fyne.CanvasObject{avatar, widget.Grow(widget.Column(2, widget.NewText(c.Name, theme.Body).Bold(), widget.NewText(role, theme.Secondary)))}
	if i == p.model.chosen {
		line = append(line, widget.NewIcon(theme.IconCheckCircle, 22, theme.Accent).Filled())
	}
	tile := widget.NewTile(c.Name, widget.Row(12, line...), func() { p.choose(i) })
	tile.SetSelected(i == p.model.chosen)
	return tile
}

func (p *Page) help(c card.Card) fyne.CanvasObject {
	if c.Helpline == "" {
		return widget.Column(0)
	}
	return widget.Card(widget.RowTop(14, widget.NewIcon(theme.IconPhone, 24, theme.Accent), widget.Grow(widget.Column(4,
		widget.NewText(words.T("card.help"), theme.H3), widget.NewText(words.T("card.help.text"), theme.Secondary),
		widget.NewText(c.Helpline, theme.H2)))))
}

// proof says that the card proves itself, or that it has expired.
func (p *Page) proof(c card.Card) fyne.CanvasObject {
	if expired(c, p.today()) {
		return widget.Banner(theme.IconWarning, words.T("card.late"), words.T("card.late.text"), widget.ToneCareful)
	}
	return widget.Well(widget.RowTop(14, widget.NewIcon(theme.IconSealCheck, 24, theme.Good).Filled(), widget.Grow(widget.Column(4,
		widget.NewText(words.T("card.offline"), theme.Body).Bold(), widget.NewText(words.T("card.offline.text"), theme.Secondary)))))
}
