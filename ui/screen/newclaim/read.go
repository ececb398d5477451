package newclaim

import (
	"context"
	"slices"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/reading"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// reading reports whether the file of that id is being read.
func (p *Page) reading(id string) bool { return p.reads != "" && p.reads == id }

// readPapers reads the files that were not read yet, one after the other, beside the window.
func (p *Page) readPapers() {
	if p.needs.Read == nil || p.reads != "" || p.sent != nil {
		return
	}
	documentID, next, ok := p.m.unread(p.tried)
	if !ok {
		return
	}
	p.reads = next.ID
	people := p.m.Household.People()
	runner.Go(p.run, "read", func(ctx context.Context) (reading.Paper, error) {
		data, err := p.needs.Desk.Bytes(ctx, next)
		if err != nil {
			return reading.Paper{}, err
		}
		return p.needs.Read(ctx, data, people)
	}, func(paper reading.Paper, err error) { p.wasRead(documentID, next.ID, paper, err) })
}

// wasRead takes what was read of a file. What can't be read proposes nothing: the member types, as on paper.
func (p *Page) wasRead(documentID, attachmentID string, paper reading.Paper, err error) {
	p.reads = ""
	p.tried[attachmentID] = true
	laid := false
	if err == nil {
		p.m.Note(attachmentID, func(a *claim.Attachment) { a.Paper = &paper })
		laid = p.m.Propose(documentID, attachmentID)
		p.changed()
	}
	p.followReading(laid)
	p.readPapers()
}

// stopReading ends the reading: what was not read yet stays unread.
func (p *Page) stopReading() {
	p.run.Cancel("read")
	p.tried[p.reads] = true
	for _, a := range p.m.Claim.Attachments() {
		p.tried[a.ID] = true
	}
	p.reads = ""
	p.followReading(false)
}

// followReading shows what was read without taking the keyboard from where it is: in the fields that stand, or, where the
// form asks for others now, in a new form.
func (p *Page) followReading(laid bool) {
	if p.form == nil {
		return
	}
	if !laid {
		p.form.fill()
		p.files.show()
		p.relayout()
		return
	}
	at := p.form.focused()
	p.show()
	if at != "" {
		p.form.focus(at)
	}
}

// unread finds the next file that was not read, and the document that it belongs to.
func (m *model) unread(tried map[string]bool) (documentID string, a claim.Attachment, ok bool) {
	for _, d := range m.Claim.Documents {
		for _, a := range d.Attachments {
			if a.Paper == nil && !tried[a.ID] {
				return d.ID, a, true
			}
		}
	}
	return "", claim.Attachment{}, false
}

// Note writes what the program found out about a file, now and in every state of the form that can be gone back to: it is
// no change by the member.
func (m *model) Note(attachmentID string, write func(*claim.Attachment)) {
	note(&m.Claim, attachmentID, write)
	for _, way := range [][]moment{m.history.past, m.history.future} {
		for i := range way {
			note(&way[i].claim, attachmentID, write)
		}
	}
}

func note(c *claim.Claim, attachmentID string, write func(*claim.Attachment)) {
	for i := range c.Documents {
		d := &c.Documents[i]
		at := slices.IndexFunc(d.Attachments, func(a claim.Attachment) bool { return a.ID == attachmentID })
		if at >= 0 {
			d.Attachments = slices.Clone(d.Attachments)
			write(&d.Attachments[at])
		}
	}
}

// Propose fills the empty fields of a document with what a file of it says, and marks them. What was typed or chosen stays.
// It reports whether the form of the open document now asks for other fields.
func (m *model) Propose(documentID, attachmentID string) (otherFields bool) {
	current := m.Current
	defer func() { m.Current = current }()
	m.Current = documentID
	d := m.document()
	at := -1
	if d != nil {
		at = m.fileAt(attachmentID)
	}
	if at < 0 || d.Attachments[at].Paper == nil {
		return false
	}
	found := m.proposals(*d.Attachments[at].Paper, d.Attachments[at].Proves())
	if len(found) == 0 {
		return false
	}
	m.before(where(documentID, claim.FieldFiles), "")
	asked := m.asked()
	for _, p := range found {
		if d.Asks(p.field) {
			put(d, p.field, p.text)
			d.Proposed = append(slices.Clone(d.Proposed), p.field)
		}
	}
	m.settle()
	return documentID == current && !slices.Equal(asked, m.asked())
}

// proposal is one value that was read for an empty field.
type proposal struct {
	field field
	text  string
}

// proposals lists what a paper says of the empty fields of the open document. Type and person have a value from the
// start: it gives way as long as the member has not chosen one.
func (m *model) proposals(p reading.Paper, role claim.Role) []proposal {
	d := m.document()
	var all []proposal
	add := func(f field, text string) {
		free := textOf(d, f) == "" || (f == claim.FieldType || f == claim.FieldPerson) && !m.chosen[where(d.ID, f)]
		if text != "" && free && textOf(d, f) != text && !slices.Contains(d.Proposed, f) {
			all = append(all, proposal{f, text})
		}
	}
	switch role {
	case claim.Prescription:
		add(claim.FieldPrescribed, p.IssuedOn.Italian())
		return all
	case claim.ExpensePaper:
	default:
		return nil
	}
	add(claim.FieldType, proposedType(p.Type))
	add(claim.FieldPerson, string(p.Person))
	if p.Currency == "" && p.Total > 0 {
		add(claim.FieldAmount, p.Total.String())
	}
	if p.Currency == "" && p.StampDuty > 0 {
		add(claim.FieldStampDuty, p.StampDuty.String())
	}
	add(claim.FieldNumber, p.Number)
	add(claim.FieldIssued, p.IssuedOn.Italian())
	add(claim.FieldProvince, p.Province)
	add(claim.FieldProvider, p.Provider)
	add(claim.FieldVAT, p.VAT)
	return all
}

// proposedType is the document type of a paper that states an expense, or "".
func proposedType(t reading.Type) string {
	switch t {
	case reading.Invoice, reading.Receipt, reading.Certificate:
		return string(t)
	}
	return ""
}

// Unchecked counts the fields of the open document that hold what was read and not looked at.
func (m *model) Unchecked() int { return len(m.document().Proposed) }

// showCheck says how much was read, and takes the member's word that all of it is right.
func (f *form) showCheck() {
	f.check.RemoveAll()
	n := f.page.m.Unchecked()
	if n > 0 {
		done := widget.NewButton(words.T("newclaim.read.checked"), widget.Secondary, f.page.checkedAll).WithIcon(theme.IconCheck).Compact()
		f.check.Add(widget.Banner(theme.IconFileMagnifyingGlass, words.N("newclaim.read.found", n), "", widget.Calm, done))
	}
	f.unchecked = n
	f.check.Hidden = n == 0
}

// checkedAll is *Ho controllato*.
func (p *Page) checkedAll() {
	p.m.LookAll()
	p.changed()
	p.show()
	p.refocus()
}
