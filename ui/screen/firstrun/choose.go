package firstrun

import (
	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// mutualScreen is the choice of the mutual.
func (p *Page) mutualScreen() []fyne.CanvasObject {
	parts := []fyne.CanvasObject{widget.NewText(words.T("firstrun.mutual.text"), theme.Body)}
	for i, m := range p.m.mutuals {
		tile := p.tile(theme.IconBuildings, m.Rules.Name, p.mutualLine(m), func() { p.choose(i) })
		if i == 0 {
			p.first = tile
		}
		parts = append(parts, tile)
	}
	if p.config.AddConnection != nil {
		file := widget.NewButton(words.T("firstrun.file"), widget.Tertiary, p.connect).WithIcon(theme.IconFolderOpen)
		parts = append(parts, widget.Flow(0, file), widget.NewText(words.T("firstrun.file.text"), theme.Caption))
		if p.first == nil {
			p.first = file
		}
	}
	return parts
}

// mutualLine says whether one can come in from here.
func (p *Page) mutualLine(m Mutual) string {
	if m.Portal == nil {
		return words.T("firstrun.mutual.unconnected")
	}
	return words.T("firstrun.mutual.connected", "Area", m.Rules.Area)
}

// tile is one thing to choose: a line in bold and what it means.
func (p *Page) tile(icon theme.IconName, title, text string, pressed func()) *widget.Tile {
	lines := []fyne.CanvasObject{widget.NewText(title, theme.Body).Bold()}
	if text != "" {
		lines = append(lines, widget.NewText(text, theme.Secondary))
	}
	return widget.NewCardTile(title, widget.Row(16, widget.NewIcon(icon, 26, theme.Accent), widget.Grow(widget.Column(2, lines...)),
		widget.NewIcon(theme.IconCaretRight, 20, theme.Ink2)), pressed)
}

// waysScreen shows the ways of this mutual and no others (CFG-01, CFG-03); without a connection, what can be done instead.
func (p *Page) waysScreen() []fyne.CanvasObject {
	if p.m.portal() == nil {
		return p.unconnected()
	}
	rules := p.m.rules()
	var parts []fyne.CanvasObject
	add := func(icon theme.IconName, title, text string, pressed func()) {
		tile := p.tile(icon, title, text, pressed)
		if p.first == nil {
			p.first = tile
		}
		parts = append(parts, tile)
	}
	if rules.Has(mutual.WayFirstAccess) {
		add(theme.IconIdentificationCard, words.T("firstrun.way.single", "Label", rules.Entry.Labels.Single), words.T("firstrun.way.single.text"), func() { p.take(mutual.WayFirstAccess) })
		if rules.Entry.Labels.Collective != "" {
			add(theme.IconUsersThree, words.T("firstrun.way.collective", "Label", rules.Entry.Labels.Collective), words.T("firstrun.way.collective.text"), func() { p.take(mutual.WayFirstAccess) })
		}
	}
	if rules.Has(mutual.WayRegister) {
		add(theme.IconUserPlus, words.T("firstrun.way.register"), words.T("firstrun.way.register.text"), func() { p.take(mutual.WayRegister) })
	}
	if rules.Has(mutual.WayCode) {
		add(theme.IconReceipt, words.T("firstrun.way.code"), words.T("firstrun.way.code.text"), func() { p.take(mutual.WayCode) })
	}
	add(theme.IconKey, words.T("firstrun.way.sign-in"), words.T("firstrun.way.sign-in.text"), func() { p.take(mutual.WaySignIn) })
	add(theme.IconQuestion, words.T("firstrun.way.join"), words.T("firstrun.way.join.text"), func() { p.goTo(stageJoin) })
	return parts
}

// unconnected is a mutual without a connection: whom to reach, and what can be done.
func (p *Page) unconnected() []fyne.CanvasObject {
	parts := []fyne.CanvasObject{widget.Banner(theme.IconLinkBreak, words.T("firstrun.unconnected"), words.T("firstrun.unconnected.text"), widget.Calm)}
	if p.config.AddConnection != nil {
		file := widget.NewButton(words.T("firstrun.file"), widget.Secondary, p.connect).WithIcon(theme.IconFolderOpen)
		p.first = file
		parts = append(parts, widget.Flow(0, file))
	}
	return append(parts, p.contactsCard(), p.noticesCard())
}

// joinScreen is for who is not a member yet: the area is for members (REG-13), and whom to ask.
func (p *Page) joinScreen() []fyne.CanvasObject {
	rules := p.m.rules()
	return []fyne.CanvasObject{widget.NewText(words.T("firstrun.join.text", "Mutual", rules.Name), theme.Body), p.contactsCard(), p.noticesCard()}
}

// contactsCard is how to reach the mutual (SUP-01 … SUP-06).
func (p *Page) contactsCard() fyne.CanvasObject {
	c := p.m.rules().Contacts
	rows := []fyne.CanvasObject{widget.NewText(words.T("firstrun.contacts"), theme.H3)}
	add := func(icon theme.IconName, label, value string) {
		if value != "" {
			rows = append(rows, widget.RowTop(12, widget.NewIcon(icon, 22, theme.Ink2),
				widget.Grow(widget.Column(0, widget.NewText(label, theme.Caption), widget.NewText(value, theme.Body)))))
		}
	}
	add(theme.IconPhone, words.T("firstrun.contact.phone"), c.Phone)
	if c.TollFree != c.Phone {
		add(theme.IconPhone, words.T("firstrun.contact.tollfree"), c.TollFree)
	}
	add(theme.IconClock, words.T("firstrun.contact.hours"), c.Hours)
	add(theme.IconHeartbeat, words.T("firstrun.contact.h24"), c.H24)
	add(theme.IconEnvelopeSimple, words.T("firstrun.contact.email"), c.EMail)
	add(theme.IconEnvelopeSimple, words.T("firstrun.contact.refunds"), c.Refunds)
	add(theme.IconPrinter, words.T("firstrun.contact.fax"), c.Fax)
	add(theme.IconGlobe, words.T("firstrun.contact.site"), c.Site)
	add(theme.IconMapPin, words.T("firstrun.contact.address"), c.Address)
	for _, line := range c.Other {
		add(theme.IconInfo, line.Name, line.Line)
	}
	if len(rows) == 1 {
		rows = append(rows, widget.NewText(words.T("firstrun.contacts.none"), theme.Body)) // SUP-07
	}
	return widget.Card(widget.Column(10, rows...))
}

// noticesCard leads to the mutual's notices, which can be read without network.
func (p *Page) noticesCard() fyne.CanvasObject {
	rows := []fyne.CanvasObject{widget.NewText(words.T("firstrun.notices"), theme.H3)}
	for _, n := range p.m.rules().Notices {
		rows = append(rows, p.noticeLink(n))
	}
	card := widget.Card(widget.Column(6, rows...))
	card.Hidden = len(rows) == 1
	return card
}
