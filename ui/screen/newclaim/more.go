package newclaim

import (
	"slices"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// stampDuty is the *marca da bollo* of an invoice (D.P.R. 642/1972, art. 13 of the tariff).
const stampDuty money.Cents = 200

// folded are the fields of *Altri dati*, in the order of the form.
var folded = []field{claim.FieldCause, claim.FieldInjured, claim.FieldVAT, claim.FieldStampDuty, claim.FieldCover, claim.FieldCoverBody, claim.FieldCoverAmount, claim.FieldPrescribed,
	claim.FieldDiagnosis, fieldNotes}

// more is *Altri dati*: what few documents need stays out of the way until it is asked for.
func (f *form) more() fyne.CanvasObject {
	open := f.moreOpen()
	icon, text := theme.IconCaretRight, words.T("newclaim.more")
	if n := f.filled(); n > 0 && !open {
		text = words.T("newclaim.more.filled", "N", n)
	}
	if open {
		icon = theme.IconCaretDown
	}
	toggle := widget.NewButton(text, widget.Tertiary, func() { f.page.openMore(!open) }).WithIcon(icon)
	f.toggle = toggle
	if !open {
		return widget.Flow(0, toggle)
	}
	return widget.Column(12, append([]fyne.CanvasObject{widget.Flow(0, toggle)}, f.moreRows()...)...)
}

// moreOpen reports whether *Altri dati* shows its fields: because the member opened it, or because something in it waits.
func (f *form) moreOpen() bool {
	m := f.page.m
	if f.page.moreOpen || slices.ContainsFunc(folded, m.Unseen) {
		return true
	}
	return f.page.summary && slices.ContainsFunc(m.Problems(), func(p claim.Problem) bool {
		documentID, name := parseWhere(p.Where)
		return p.Blocking && documentID == m.Current && slices.Contains(folded, name)
	})
}

// filled counts the fields of *Altri dati* that hold something.
func (f *form) filled() int {
	n := 0
	for _, name := range folded {
		if textOf(f.page.m.document(), name) != "" {
			n++
		}
	}
	return n
}

func (f *form) moreRows() []fyne.CanvasObject {
	m := f.page.m
	d := m.document()
	var rows []fyne.CanvasObject
	switch cause := claim.FieldCause; {
	case m.plan() == nil || !d.Asks(cause):
	case d.Asks(claim.FieldInjured):
		rows = append(rows, pair(f.choice(cause, causes()), f.date(claim.FieldInjured)))
	default:
		rows = append(rows, f.choice(cause, causes()))
	}
	if m.rules().NeedsPrescription(*d) {
		rows = append(rows, pair(f.date(claim.FieldPrescribed), f.text(claim.FieldDiagnosis)))
	}
	if d.Asks(claim.FieldVAT) {
		rows = append(rows, pair(f.text(claim.FieldVAT), f.stampDuty()))
	}
	if m.Mutual.Claims.Foreign && d.Asks(claim.FieldCurrency) {
		rows = append(rows, f.abroad())
	}
	if m.Mutual.Claims.OtherCover && d.Asks(claim.FieldCover) {
		rows = append(rows, f.choice(claim.FieldCover, covers()))
		if d.Cover.Answer == claim.CoverPaid {
			rows = append(rows, beside(f.text(claim.FieldCoverBody), f.amount(claim.FieldCoverAmount)))
		}
	}
	return append(rows, f.line(fieldNotes, widget.NewMultiLine(label(fieldNotes), 2)))
}

// stampDuty is a box to tick: the duty is the same on every invoice, unless the paper said otherwise.
func (f *form) stampDuty() fyne.CanvasObject {
	duty := stampDuty
	if d := f.page.m.document(); d.StampDuty > 0 {
		duty = d.StampDuty
	}
	box := widget.NewCheck(words.T("newclaim.stamp", "Amount", words.Money(duty)))
	box.SetChecked(f.page.m.document().StampDuty > 0)
	box.OnChanged = func(on bool) {
		value := ""
		if on {
			value = duty.String()
		}
		f.choose(claim.FieldStampDuty, value)
	}
	return f.keep(claim.FieldStampDuty, widget.NewField(words.T("newclaim.field.stampDuty"), box))
}

// abroad is *In un'altra valuta*: the mutual converts, so that the amount is asked for as it was paid (Eticare, art. 15).
func (f *form) abroad() fyne.CanvasObject {
	box := widget.NewCheck(words.T("newclaim.foreign"))
	box.SetChecked(f.page.m.document().Currency != "")
	box.OnChanged = func(on bool) {
		value := ""
		if on {
			value = claim.Currencies()[0]
		}
		f.page.m.Choose(claim.FieldCurrency, value)
		f.page.changed()
		f.page.show()
		if on {
			f.page.form.focus(claim.FieldCurrency)
		} else {
			f.page.form.focus(claim.FieldAmount)
		}
	}
	return box
}

// nobodyElsePaid takes the member's word that nobody else pays for an expense (CLM-39).
func (p *Page) nobodyElsePaid(documentID string) {
	current := p.m.Current
	p.m.Open(documentID)
	p.m.Choose(claim.FieldCover, string(claim.CoverNone))
	p.m.Open(current)
	p.changed()
	p.show()
	p.refocus()
}

// openMore opens or closes *Altri dati*.
func (p *Page) openMore(open bool) {
	p.moreOpen = open
	p.show()
	if c := p.canvas(); c != nil {
		c.Focus(p.form.toggle)
	}
}
