package newclaim

import (
	"slices"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// double is a document that was claimed before, or stands twice in this claim.
type double struct{ claim.Double }

// key tells a double from every other.
func (d double) key() string { return string(d.Kind) + d.Document + string(d.Claim) + d.Twin }

// doubled is a file that was claimed before, byte for byte: it waits for the member's word.
type doubled struct {
	file     claim.Attachment
	twin     claim.Double
	document string // where it was to go
}

// knownOf indexes what was sent so far. Drafts ask for nothing yet.
func knownOf(all []claim.Summary) *claim.Known {
	var sent []claim.Claim
	for _, s := range all {
		if s.Claim.Revision > 0 {
			sent = append(sent, s.Claim)
		}
	}
	return claim.NewKnown(sent)
}

// claimedBefore reports whether another claim has the very file. A prescription may serve several.
func claimedBefore(known *claim.Known, self claim.ID, a claim.Attachment) (claim.Double, bool) {
	if known == nil || a.Role != claim.ExpensePaper {
		return claim.Double{}, false
	}
	asked := claim.Claim{ID: self, Documents: []claim.ExpenseDocument{{ID: a.ID, Attachments: []claim.Attachment{a}}}}
	found := known.Doubles(asked)
	i := slices.IndexFunc(found, func(d claim.Double) bool { return d.Kind == claim.SameFile && d.Claim != self })
	if i < 0 {
		return claim.Double{}, false
	}
	return found[i], true
}

// Doubles lists what of the claim was claimed before, but for what the member means all the same.
func (m *model) Doubles() []double {
	if m.known == nil {
		return nil
	}
	var list []double
	for _, d := range m.known.Doubles(m.Claim) {
		if one := (double{d}); !m.again[one.key()] {
			list = append(list, one)
		}
	}
	return list
}

// doubledCard is «Hai già inviato questo file nella 26-004471», with the way there and the way on.
func (p *Page) doubledCard(d doubled) fyne.CanvasObject {
	see := widget.NewButton(words.T("newclaim.double.see"), widget.Secondary, func() { p.needs.Show(d.twin.Claim) }).Compact()
	add := widget.NewButton(words.T("newclaim.double.add"), widget.Secondary, func() { p.addDoubled(d) }).Compact()
	return widget.Banner(theme.IconWarning, "", doubleText(d.twin, d.file.Name), widget.ToneCareful, see, add)
}

// addDoubled takes the member's word that a file is meant once more.
func (p *Page) addDoubled(d doubled) {
	p.doubled = slices.DeleteFunc(p.doubled, func(other doubled) bool { return other.file.ID == d.file.ID })
	twin := d.twin
	twin.Document, twin.File = d.document, d.file.ID
	p.m.again[double{twin}.key()] = true
	p.arrived(d.document, arrived{files: []claim.Attachment{d.file}})
}

// doubleText says what was claimed before, and where. name is the file's, or "".
func doubleText(d claim.Double, name string) string {
	key := "newclaim.double." + string(d.Kind)
	if d.Number == "" {
		return words.T(key+".unnumbered", "Name", name)
	}
	return words.T(key, "Name", name, "Number", d.Number)
}

// double is the line of the panel about a document that was claimed before.
func (m *missing) double(d double) {
	p := m.page
	name := ""
	for _, a := range p.m.Claim.Attachments() {
		if a.ID == d.File {
			name = a.Name
		}
	}
	same := d.Claim == p.m.Claim.ID
	text := doubleText(d.Double, name)
	if same {
		text = words.T("newclaim.double.here")
	}
	m.list.Add(widget.NewTile(text, widget.Outcome(widget.ToneCareful, text, ""), func() { p.jump(where(d.Document, claim.FieldFiles)) }))
	var buttons []fyne.CanvasObject
	if !same {
		buttons = append(buttons, widget.NewButton(words.T("newclaim.double.see"), widget.Secondary, func() { p.needs.Show(d.Claim) }).Compact())
	}
	buttons = append(buttons, widget.NewButton(words.T("newclaim.double.fine"), widget.Secondary, func() {
		p.m.again[d.key()] = true
		m.show()
	}).Compact())
	m.list.Add(widget.PadXY(8, 0, widget.Row(0, widget.Space(34, 0), widget.Grow(widget.Flow(8, buttons...)))))
	m.list.Add(widget.Space(0, 8))
}

// flawCard is «La foto si legge male», with the ways out of it.
func (p *Page) flawCard(a claim.Attachment) fyne.CanvasObject {
	other := widget.NewButton(words.T("newclaim.flaw.other"), widget.Secondary, func() {
		p.removeFile(a)
		p.chooseAs(a.Role)
	}).Compact()
	use := widget.NewButton(words.T("newclaim.flaw.use"), widget.Secondary, func() { p.useFlawed(a) }).Compact()
	text := words.T("newclaim.flaw."+string(a.Flaws[0]), "Name", a.Name)
	return widget.Banner(theme.IconWarning, "", text, widget.ToneCareful, other, use)
}

// useFlawed takes the member's word that a file can be read.
func (p *Page) useFlawed(a claim.Attachment) {
	p.m.Note(a.ID, func(a *claim.Attachment) { a.Flaws = nil })
	p.changed()
	p.show()
	p.files.focusFile(a.ID)
}

// addPrescription is *Aggiungi ricetta*: what is chosen joins the document as its prescription (CLM-30, CLM-36).
func (p *Page) addPrescription(documentID string) {
	if documentID != p.m.Current {
		p.openDocument(documentID)
	}
	p.chooseAs(claim.Prescription)
}
