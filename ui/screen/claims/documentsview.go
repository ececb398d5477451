package claims

import (
	"fmt"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/ui/estimate"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// documents lists what was filed: each document with what was decided of it, and its files.
func (d *detail) documents(s claim.Summary) []fyne.CanvasObject {
	parts := []fyne.CanvasObject{widget.Rule(), widget.NewText(words.T("claims.documents"), theme.H3)}
	for i, doc := range s.Claim.Documents {
		if i > 0 {
			parts = append(parts, widget.Rule())
		}
		parts = append(parts, d.document(s, doc))
	}
	if _, of := estimate.Total(d.forecast.answers); of > 0 {
		parts = append(parts, widget.NewText(words.T("plan.estimate"), theme.Caption))
	}
	return parts
}

func (d *detail) document(s claim.Summary, doc claim.ExpenseDocument) fyne.CanvasObject {
	head := []fyne.CanvasObject{widget.Grow(widget.NewText(documentTitle(doc), theme.Body).Bold())}
	if text := amountText(doc); text != "" {
		head = append(head, widget.NewText(text, theme.Body).OneLine())
	}
	lines := []fyne.CanvasObject{widget.RowTop(12, head...)}
	if text := d.about(s.Claim, doc); text != "" {
		lines = append(lines, widget.NewText(text, theme.Secondary))
	}
	if o, decided := OutcomeOf(s.Claim, doc.ID); decided && !s.Claim.Open {
		lines = append(lines, outcome(o))
	} else if said := d.forecast.of(doc); said != nil {
		lines = append(lines, said)
	}
	for _, a := range doc.Attachments {
		lines = append(lines, widget.NewFileRow(a.Kind, a.Name, fileLine(a), func() { d.page.preview(a) }, nil))
	}
	return widget.Column(6, lines...)
}

// about says for whom a document is, for what and from whom; of a school certificate the school and the mark (STU-06).
func (d *detail) about(c claim.Claim, doc claim.ExpenseDocument) string {
	who := ""
	if person, ok := d.page.household.Person(doc.Person); ok {
		who = person.GivenName
	}
	if c.Kind == claim.StudyGrant {
		mark := ""
		if doc.Mark != "" {
			mark = words.T("claims.mark", "Mark", doc.Mark)
		}
		return joinedBy(" · ", who, d.page.config.Rules().SchoolName(doc.School), mark)
	}
	what := ""
	if doc.Service != "" {
		what = words.T("claims.service." + string(doc.Service))
	}
	return joinedBy(" · ", who, what, doc.Provider)
}

// outcome is what was decided of one document: the amount, the member's own part, the reason and its article.
func outcome(o claim.Outcome) fyne.CanvasObject {
	tone, text := widget.ToneCareful, widget.StateName(o.State, "")
	switch o.State {
	case claim.Rejected:
		tone = widget.ToneBad
	case claim.Approved, claim.Paid:
		tone, text = widget.ToneGood, words.T("claims.outcome.granted", "Amount", words.Money(o.Granted))
		if o.Own > 0 {
			text = words.T("claims.outcome.own", "Amount", words.Money(o.Granted), "Own", words.Money(o.Own))
		}
	}
	source := ""
	if o.Article != "" {
		source = words.T("claims.article", "Article", o.Article)
	}
	if o.Reason != "" {
		text += ". " + o.Reason
	}
	return widget.Outcome(tone, text, source)
}

// amountText is what a document states: euro, or the money of another country.
func amountText(doc claim.ExpenseDocument) string {
	switch {
	case doc.Currency != "":
		return words.Decimal(fmt.Sprintf("%d,%02d", doc.Foreign/100, doc.Foreign%100)) + "\u00a0" + doc.Currency
	case doc.Amount == 0 && !doc.Type.Expense():
		return ""
	}
	return words.Money(doc.Amount)
}

func documentTitle(doc claim.ExpenseDocument) string {
	kind := ""
	if doc.Type != "" {
		kind = words.T("claims.type." + string(doc.Type))
	}
	switch {
	case doc.Number == "" && doc.IssuedOn.IsZero():
		return firstOf(kind, words.T("claims.document.none"))
	case doc.Number == "":
		return words.T("claims.document.dated", "Type", kind, "Day", words.Date(doc.IssuedOn))
	case doc.IssuedOn.IsZero():
		return words.T("claims.document.short", "Type", kind, "Number", doc.Number)
	}
	return words.T("claims.document", "Type", kind, "Number", doc.Number, "Day", words.Date(doc.IssuedOn))
}

func fileLine(a claim.Attachment) string {
	if a.Pages == 0 {
		return words.FileSize(a.Size)
	}
	return words.N("claims.file", a.Pages, "Size", words.FileSize(a.Size))
}
