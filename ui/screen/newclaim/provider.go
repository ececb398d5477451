package newclaim

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/ui/screen/claims"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// mostProviders is how many earlier providers are offered at once.
const mostProviders = 3

// provider is who gave a paper out, as an earlier claim names it.
type provider struct{ Name, VAT, Province string }

// providersOf lists the providers of the claims, each once, in the order of the claims.
func providersOf(earlier []claim.Summary) []provider {
	var list []provider
	for _, s := range earlier {
		for _, d := range s.Claim.Documents {
			one := provider{strings.TrimSpace(d.Provider), d.ProviderVAT, d.Province}
			known := slices.ContainsFunc(list, func(p provider) bool { return strings.EqualFold(p.Name, one.Name) })
			if one.Name != "" && !known {
				list = append(list, one)
			}
		}
	}
	return list
}

// offers lists the earlier providers that a text finds; none when it is the whole name of one already.
func (m *model) offers(text string) []provider {
	text = strings.TrimSpace(text)
	if len([]rune(text)) < 2 {
		return nil
	}
	var found []provider
	for _, p := range m.providers {
		switch {
		case strings.EqualFold(p.Name, text):
			return nil
		case claims.Matches(p.Name, text) && len(found) < mostProviders:
			found = append(found, p)
		}
	}
	return found
}

// TakeProvider fills name, partita IVA and province together, as they were written before.
func (m *model) TakeProvider(p provider) {
	m.before(where(m.Current, claim.FieldProvider), "")
	m.put(claim.FieldProvider, p.Name)
	d := m.document()
	if p.VAT != "" && d.Asks(claim.FieldVAT) {
		m.put(claim.FieldVAT, p.VAT)
	}
	if p.Province != "" && d.Asks(claim.FieldProvince) {
		m.put(claim.FieldProvince, p.Province)
	}
}

// provider is *Chi lo ha emesso*, with the providers of earlier claims below while one is typed: Tab reaches them, Enter
// takes one.
func (f *form) provider() fyne.CanvasObject {
	e := widget.NewEntry(label(claim.FieldProvider))
	offers := widget.Column(0)
	offers.Hide()
	_ = f.line(claim.FieldProvider, e)
	save := e.OnChanged
	e.OnChanged = func(text string) {
		save(text)
		f.offer(offers, f.page.m.offers(text))
	}
	return widget.Column(4, e, offers)
}

// offer shows what can be taken.
func (f *form) offer(into *fyne.Container, found []provider) {
	into.RemoveAll()
	for _, p := range found {
		into.Add(widget.NewTile(p.Name, widget.Row(10, widget.NewIcon(theme.IconHospital, 20, theme.Accent),
			widget.Grow(widget.NewText(providerLine(p), theme.Body))), func() { f.takeProvider(p) }))
	}
	into.Hidden = len(found) == 0
	f.page.relayout()
}

// providerLine is "Ospedale San Rocco · Milano".
func providerLine(p provider) string {
	if p.Province == "" {
		return p.Name
	}
	return words.T("newclaim.provider", "Name", p.Name, "Province", p.Province)
}

func (f *form) takeProvider(p provider) {
	f.page.m.TakeProvider(p)
	f.page.changed()
	f.page.show()
	f.page.form.focus(claim.FieldProvider)
}
