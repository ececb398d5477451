package privacy

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/privacy"
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/screen/part"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

func (p *Page) fails(err error) { p.Toast(errtext.Of(err)) }

// sameWord compares what was typed with a word, without regard to case and spaces.
func sameWord(typed, word string) bool { return strings.EqualFold(strings.TrimSpace(typed), word) }

// consents lists each consent of the mutual once: one that is asked at several moments is the same (PRV-03).
func (p *Page) consents() []mutual.Consent {
	var list []mutual.Consent
	for _, c := range p.config.Rules().Consents {
		if !slices.ContainsFunc(list, func(o mutual.Consent) bool { return o.ID == c.ID }) {
			list = append(list, c)
		}
	}
	return list
}

// concerned lists whose answer a consent needs: the holder's, and for a dossier that of everybody who has one.
func (p *Page) concerned(c mutual.Consent) []member.Person {
	list := []member.Person{p.household.Holder}
	if c.Moment != mutual.AtDossier {
		return list
	}
	for _, x := range p.household.Family {
		if len(p.ledger.History(c.ID, string(x.ID))) > 0 || x.Dossier {
			list = append(list, x)
		}
	}
	return list
}

// consentsCard shows what was agreed to, when and to which text, and lets the member change their mind (PRV-04, PRV-09).
func (p *Page) consentsCard() fyne.CanvasObject {
	parts := []fyne.CanvasObject{widget.NewText(words.T("privacy.consents.text"), theme.Secondary)}
	for i, c := range p.consents() {
		if i > 0 {
			parts = append(parts, widget.Rule())
		}
		for _, x := range p.concerned(c) {
			parts = append(parts, p.consentRow(c, x))
		}
	}
	return part.Section(words.T("privacy.consents"), nil, parts...)
}

func (p *Page) consentRow(c mutual.Consent, x member.Person) fyne.CanvasObject {
	entry, answered := p.ledger.Current(c.ID, string(x.ID))
	given := answered && entry.Given || !answered && c.Standing
	name := c.Text
	if x.ID != p.household.Holder.ID || c.Moment == mutual.AtDossier {
		name = words.T("privacy.consent.for", "Name", x.GivenName, "Text", c.Text)
	}
	said := widget.Column(4, widget.NewText(name, theme.Body).Bold(), widget.NewText(state(entry, answered, c), theme.Caption))
	if c.Without != "" {
		said.Objects = append(said.Objects, widget.NewText(c.Without, theme.Secondary)) // PRV-11
	}
	badge := widget.NewBadge(theme.IconCircle, words.T("privacy.consent.off"), widget.Calm)
	if given {
		badge = widget.NewBadge(theme.IconCheckCircle, words.T("privacy.consent.on"), widget.ToneGood)
	}
	label, kind := words.T("privacy.consent.give"), widget.Secondary
	if given {
		label = words.T("privacy.consent.withdraw")
		if c.ID == "newsletter" {
			label = words.T("privacy.consent.unsubscribe") // PRV-12
		}
	}
	actions := []fyne.CanvasObject{widget.NewButton(label, kind, func() { p.answer(c, x, !given) }).Compact()}
	if n, ok := p.config.Rules().Notice(c.Notice); ok {
		actions = append(actions, widget.NewButton(words.T("privacy.notice.read"), widget.Tertiary, func() { p.open(n) }).WithIcon(theme.IconFileText))
	}
	if history := p.ledger.History(c.ID, string(x.ID)); len(history) > 0 {
		actions = append(actions, widget.NewButton(words.N("privacy.history", len(history)), widget.Tertiary, func() { p.showHistory(c, history) }).WithIcon(theme.IconClock))
	}
	return widget.Column(8, widget.NewColumns(12, widget.Col{Object: said}, widget.Col{Object: widget.Row(0, badge), Natural: true, FoldBelow: 460}), widget.Flow(12, actions...))
}

// state says what was answered, when, and to which version of the text.
func state(e privacy.Entry, answered bool, c mutual.Consent) string {
	if !answered {
		if c.Standing {
			return words.T("privacy.consent.standing", "Version", c.Version)
		}
		return words.T("privacy.consent.unasked", "Version", c.Version)
	}
	text := answerText(e)
	if e.Version != c.Version {
		text += " " + words.T("privacy.consent.newer", "Version", c.Version)
	}
	return text
}

func answerText(e privacy.Entry) string {
	key := "privacy.answer.refused"
	if e.Given {
		key = "privacy.answer.given"
	}
	text := words.T(key, "Day", words.Date(civil.Of(e.At)), "Clock", words.Clock(e.At), "Version", e.Version)
	if !e.Confirmed {
		text += " " + words.T("privacy.answer.waiting")
	}
	return text
}

func (p *Page) showHistory(c mutual.Consent, history []privacy.Entry) {
	parts := []fyne.CanvasObject{widget.NewText(c.Text, theme.Body).Bold()}
	for _, e := range slices.Backward(history) {
		parts = append(parts, widget.Rule(), widget.NewText(answerText(e), theme.Body))
	}
	p.Tell(words.T("privacy.history.title"), widget.Column(10, parts...))
}

// answer gives or withdraws a consent. A withdrawal says first what it means (PRV-09, PRV-11, DEL-05).
func (p *Page) answer(c mutual.Consent, x member.Person, given bool) {
	do := func() {
		p.send(func(ctx context.Context) error {
			_, err := p.config.Requests.Answer(ctx, c, x.ID, given)
			return err
		}, words.T("privacy.consent.sent"))
	}
	if given {
		do()
		return
	}
	text := words.T("privacy.withdraw.text")
	if c.Without != "" {
		text = c.Without + " " + text
	}
	if years := p.config.Rules().Terms.RetainYears; years > 0 && c.Mandatory {
		text += " " + words.N("privacy.kept", years)
	}
	if on := p.Canvas(); on != nil {
		widget.Confirm(on, words.T("privacy.withdraw.title"), text, words.T("privacy.consent.withdraw"), words.T("privacy.keep"), widget.Danger, do)
	}
}

// noticesCard lists the notices; they are on this computer (PRV-05 … PRV-08).
func (p *Page) noticesCard() fyne.CanvasObject {
	parts := []fyne.CanvasObject{widget.NewText(words.T("privacy.notices.text"), theme.Secondary)}
	for _, n := range p.config.Rules().Notices {
		row := widget.Row(12, widget.NewIcon(theme.IconFileText, 22, theme.Ink2), widget.Grow(widget.Column(2, widget.NewText(n.Title, theme.Body).Bold(),
			widget.NewText(words.T("privacy.notice.version", "Version", n.Version), theme.Caption))), widget.NewIcon(theme.IconCaretRight, 18, theme.Ink2))
		parts = append(parts, widget.PadXY(-8, 0, widget.NewTile(n.Title, row, func() { p.open(n) })))
	}
	return part.Section(words.T("privacy.notices"), nil, parts...)
}

// rightsCard lists the member's rights, each with how it is used, whom to write to, and where to complain (PRV-09, PRV-10).
func (p *Page) rightsCard() fyne.CanvasObject {
	parts := []fyne.CanvasObject{}
	for _, r := range privacy.Rights() {
		parts = append(parts, widget.Outcome(widget.Calm, words.T("privacy.right."+string(r.Right)), words.T("privacy.means."+string(r.Means))))
	}
	if to := privacy.WriteTo(p.config.Rules()); to != "" {
		parts = append(parts, widget.Rule(), part.Line(words.T("privacy.write"), to, to))
	}
	c := p.config.Rules().Contacts
	for _, l := range []struct{ key, value string }{{"controller", c.Controller}, {"address", c.Address}, {"phone", c.Phone}, {"email", c.EMail}, {"dpo", c.DPO}} {
		if l.value != "" {
			parts = append(parts, part.Line(words.T("privacy.contact."+l.key), l.value, l.value))
		}
	}
	complain := widget.NewButton(words.T("privacy.complain"), widget.Tertiary, func() {
		if u, err := url.Parse(privacy.AuthorityPage); err == nil && fyne.CurrentApp().OpenURL(u) != nil {
			p.Toast(words.T("privacy.complain.failed"))
		}
	}).WithIcon(theme.IconArrowSquareOut)
	copied := widget.NewIconButton(theme.IconCopy, words.T("privacy.complain.copy"), func() {
		fyne.CurrentApp().Clipboard().SetContent(privacy.AuthorityPage)
		p.Toast(words.T("privacy.complain.copied"))
	})
	return part.Section(words.T("privacy.rights"), nil, append(parts, widget.Row(8, complain, copied))...)
}
