package claims

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/iban"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// notes are what the mutual decided or wants, with its reason and article, and what the member may do about it.
func (d *detail) notes(s claim.Summary) []fyne.CanvasObject {
	if s.Claim.Open && s.Claim.Revision > 0 {
		return []fyne.CanvasObject{widget.Banner(theme.IconPencilSimpleLine, "", d.correcting(s), widget.Calm)}
	}
	title, lines := "", []string{}
	switch m := s.Claim.Mutual; s.State {
	case claim.Held:
		title = HeldReason(s.Delivery)
	case claim.Approved, claim.Paid:
		title, lines = granted(s), []string{m.Reason, d.account(s), article(m)}
	case claim.DocumentsRequested:
		title, lines = m.Reason, []string{d.countdown(s), article(m)}
	case claim.Blocked:
		title, lines = firstOf(m.Reason, m.Text, words.T("claims.blocked")), []string{article(m), d.call("claims.blocked.call")}
	case claim.Rejected:
		title, lines = firstOf(m.Reason, m.Text, words.T("claims.rejected")), []string{article(m), d.call("claims.rejected.call")}
	default:
		return nil
	}
	text := joinedBy("\n", lines...)
	if title == "" && text == "" {
		return nil
	}
	style := widget.StateOf(s.State)
	return []fyne.CanvasObject{widget.Banner(style.Icon, title, text, style.Tone)}
}

// correcting says that a correction is being written, and until when it is waited for.
func (d *detail) correcting(s claim.Summary) string {
	return joinedBy("\n", words.T("claims.open.correction"), d.countdown(s))
}

// countdown says until when the mutual waits for documents (CLM-42).
func (d *detail) countdown(s claim.Summary) string {
	days, asked := Countdown(s, civil.Of(d.page.config.Clock.Now()))
	day := words.Day(s.Claim.Mutual.ReplyBy)
	switch {
	case !asked:
		return ""
	case days < 0:
		return words.T("claims.reply.late", "Day", day, "Phone", d.phone())
	case days == 0:
		return words.T("claims.reply.today")
	}
	return words.N("claims.reply", days, "Day", day)
}

func article(m claim.Standing) string {
	if m.Article == "" {
		return ""
	}
	return words.T("claims.article", "Article", m.Article)
}

// granted says what comes, or came, and when.
func granted(s claim.Summary) string {
	m := s.Claim.Mutual
	amount := words.Money(m.Granted)
	switch {
	case s.State == claim.Approved:
		return words.T("claims.note.approved", "Amount", amount)
	case m.PaidOn.IsZero():
		return words.T("claims.note.paid", "Amount", amount)
	}
	return words.T("claims.note.paid.on", "Amount", amount, "Day", words.Date(m.PaidOn))
}

// account is where the money goes (CLM-07, CLM-08, CLM-26).
func (d *detail) account(s claim.Summary) string {
	number := firstOf(s.Claim.IBAN, d.page.household.IBAN)
	if number == "" {
		return ""
	}
	return words.T("claims.account", "IBAN", iban.Group(number))
}

func (d *detail) phone() string {
	c := d.page.config.Rules().Contacts
	return firstOf(c.Phone, c.TollFree)
}

// call says whom to call or to write to; "" where the mutual names nobody.
func (d *detail) call(key string) string {
	c := d.page.config.Rules().Contacts
	ways := []string{}
	if phone := d.phone(); phone != "" {
		ways = append(ways, words.T("claims.call.phone", "Phone", phone))
	}
	if mail := firstOf(c.Refunds, c.EMail); mail != "" {
		ways = append(ways, words.T("claims.call.mail", "EMail", mail))
	}
	if len(ways) == 0 {
		return ""
	}
	return words.T(key, "How", strings.Join(ways, words.T("claims.call.or")))
}

// relations name the claims that this one was joined to, or that were joined to it, each with the way there (CLM-24, MSG-10).
func (d *detail) relations(s claim.Summary) []fyne.CanvasObject {
	m := s.Claim.Mutual
	var parts []fyne.CanvasObject
	if m.Into != "" {
		parts = append(parts, d.relation(words.T("claims.merged.into", "Number", m.Into), m.Into))
	}
	if len(m.Joined) > 0 {
		parts = append(parts, d.relation(words.N("claims.merged.joined", len(m.Joined), "Numbers", and(m.Joined)), m.Joined...))
	}
	return parts
}

func (d *detail) relation(text string, numbers ...string) fyne.CanvasObject {
	var ways []fyne.CanvasObject
	for _, number := range numbers {
		ways = append(ways, d.see(number)...)
	}
	said := widget.Row(16, widget.NewIcon(theme.IconGitMerge, 24, theme.Ink), widget.Grow(widget.NewText(text, theme.Body)))
	return widget.Well(widget.NewColumns(12, widget.Col{Object: said}, widget.Col{Object: widget.FlowEnd(12, ways...), Natural: true, FoldBelow: 380}))
}

// see leads to a claim of this computer by its number.
func (d *detail) see(number string) []fyne.CanvasObject {
	id := d.page.book.Numbered(number)
	if id == "" || id == d.shown {
		return nil
	}
	return []fyne.CanvasObject{widget.NewButton(words.T("claims.merged.see", "Number", number), widget.Tertiary, func() { d.page.showClaim(id) }).Compact()}
}
