package claims

import (
	"net/url"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/print"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// question is the message to the mutual about a claim: user code, number, mobile and what the member writes (CLM-20, SUP-08).
// It names no service, document or person: what is of health goes only if the member types it.
func (p *Page) question(s claim.Summary, typed string) (subject, body string) {
	r := print.HelpRequest{Mutual: p.config.Rules().Name, Claim: protocol(s), Mobile: p.config.Rules().ShowMobile(p.household.Mobile), Description: strings.TrimSpace(typed), Version: p.config.Version}
	if p.config.User != nil {
		r.User = p.config.User()
	}
	if s.Delivery != nil {
		r.Code = string(s.Delivery.Reason)
	}
	return print.Question(r)
}

// ask says whom to call and prepares a message.
func (p *Page) ask(s claim.Summary) {
	contacts := p.config.Rules().Contacts
	to := firstOf(contacts.Support, contacts.Refunds, contacts.EMail)
	number := protocol(s)
	said := fyne.CanvasObject(widget.NewText(words.T("claims.ask.none"), theme.Body))
	if number != "" {
		said = widget.NewNumber(words.T("claims.ask.number"), number, number)
	}
	typed := widget.NewMultiLine(words.T("claims.ask.what"), 3)
	typed.SetHint(words.T("claims.ask.hint"))
	preview := widget.NewText("", theme.Secondary)
	parts := []fyne.CanvasObject{}
	if phone := firstOf(contacts.Phone, contacts.TollFree); phone != "" {
		parts = append(parts, widget.NewText(words.T("claims.ask.text", "Phone", phone), theme.Body))
	}
	parts = append(parts, widget.Pair(words.T("claims.ask.number"), said), typed, widget.Well(preview))
	var sheet *widget.Sheet
	show := func(text string) {
		subject, message := p.question(s, text)
		preview.SetText(subject + "\n" + strings.TrimSpace(message))
		if sheet != nil {
			sheet.Refresh()
		}
	}
	typed.OnChanged = show
	show("")
	done := widget.NewButton(words.T("claims.close"), widget.Secondary, func() { sheet.Close() })
	actions := []fyne.CanvasObject{done, widget.NewButton(words.T("claims.ask.copy"), widget.Secondary, func() { p.copyQuestion(s, typed.Text()) }).WithIcon(theme.IconCopy)}
	if to != "" {
		actions = append(actions, widget.NewButton(words.T("claims.ask.mail"), widget.Primary, func() { p.mailQuestion(to, s, typed.Text()) }).WithIcon(theme.IconEnvelopeSimple))
	}
	sheet = widget.NewSheet(words.T("claims.ask.title"), widget.Column(16, parts...), actions...).Wide(640).First(typed.Focusable())
	p.over(sheet)
}

func (p *Page) copyQuestion(s claim.Summary, typed string) {
	subject, body := p.question(s, typed)
	fyne.CurrentApp().Clipboard().SetContent(subject + "\n\n" + body)
	p.toast(words.T("claims.ask.copied"), nil)
}

// mailQuestion opens the member's mail program on a letter with address and subject, and puts the text on the clipboard: the
// command line of another program is no place for what a member writes about their health.
func (p *Page) mailQuestion(to string, s claim.Summary, typed string) {
	subject, body := p.question(s, typed)
	fyne.CurrentApp().Clipboard().SetContent(body)
	letter := &url.URL{Scheme: "mailto", Opaque: to, RawQuery: "subject=" + url.PathEscape(subject)}
	if err := fyne.CurrentApp().OpenURL(letter); err != nil {
		p.toast(words.T("claims.ask.nomail", "To", to), nil)
		return
	}
	p.toast(words.T("claims.ask.mailed"), nil)
}

// firstOf returns the first that is not empty.
func firstOf(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}
