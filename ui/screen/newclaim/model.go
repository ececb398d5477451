package newclaim

import (
	"slices"
	"strings"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/iban"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/mutual"
)

// step is a page of the wizard.
type step int

// The steps (CLM-07, CLM-10, CLM-18).
const (
	stepBasics    step = 1 // Dati preliminari
	stepDocuments step = 2 // Documenti
	stepReview    step = 3 // Riepilogo e invio
)

// field names one field of a document as claim.Problem.Where does.
type field string

// The fields, in the order of the form.
const (
	fieldType       field = "type"
	fieldPerson     field = "person"
	fieldService    field = "service"
	fieldAmount     field = "amount"
	fieldAdmitted   field = "admitted"
	fieldDischarged field = "discharged"
	fieldNumber     field = "number"
	fieldIssued     field = "issuedOn"
	fieldProvince   field = "province"
	fieldProvider   field = "provider"
	fieldFiles      field = "files"
)

// model is the draft as it stands on the screen, and what the member did to it. It is pure: nothing here draws, waits or
// stores. It belongs to one goroutine.
type model struct {
	Claim     claim.Claim
	Household member.Household
	Joins     string // number of the open unpaid pratica that this one will join, or "" (CLM-24)
	Today     civil.Date
	Mutual    mutual.Profile
	Step      step
	Current   string // id of the document whose form is open

	left     map[string]bool        // fields left at least once, by Where: only these show their error
	setAside map[string]money.Cents // amounts hidden by a stay, by document, in case the choice is undone
	removed  *removal
	ownIBAN  bool // the field of *Solo per questa pratica* is open
}

// removal is what the last remove took away, so that it can come back for ten seconds.
type removal struct {
	document claim.ExpenseDocument // of a document: all of it; of a file: only its id
	file     *claim.Attachment
	at       int // where it stood
}

// newModel opens a draft at the step where it was left (UX section 4).
func newModel(c claim.Claim, household member.Household, rules mutual.Profile, others []claim.Summary, today civil.Date) *model {
	m := &model{Claim: c, Household: household, Mutual: rules, Joins: openPratica(c.ID, others), Today: today,
		Step: step(min(max(c.Step, 1), 3)), left: map[string]bool{}, setAside: map[string]money.Cents{}}
	if n := len(c.Documents); n > 0 {
		m.Current = c.Documents[n-1].ID
	}
	m.ownIBAN = c.IBAN != "" || c.IBANText != ""
	return m
}

// openPratica returns the number of the newest claim that the mutual has and has not ended (CLM-24).
func openPratica(self claim.ID, others []claim.Summary) string {
	for _, s := range others {
		switch s.State {
		case claim.Delivered, claim.Registered, claim.InReview, claim.DocumentsRequested, claim.Blocked, claim.Approved:
			if s.Claim.ID != self && s.Claim.Mutual.Number != "" {
				return s.Claim.Mutual.Number
			}
		}
	}
	return ""
}

// document is the document whose form is open, or nil.
func (m *model) document() *claim.ExpenseDocument { return m.Claim.Document(m.Current) }

// where writes claim.Problem.Where of a field.
func where(documentID string, f field) string { return "documents/" + documentID + "/" + string(f) }

// parseWhere is the reverse of where. For a Where that is not of a document it returns it as the field.
func parseWhere(w string) (documentID string, f field) {
	if parts := strings.Split(w, "/"); len(parts) == 3 {
		return parts[1], field(parts[2])
	}
	return "", field(w)
}

// Leave notes that a field was left: from now on it shows what is wrong with it.
func (m *model) Leave(f field) { m.left[where(m.Current, f)] = true }

// LeaveAll lets every field show what is wrong with it, as *Continua* does (CLM-14).
func (m *model) LeaveAll() {
	for _, p := range m.Problems() {
		m.left[p.Where] = true
	}
}

// Problems is what claim.Check says now, in form order.
func (m *model) Problems() []claim.Problem { return claim.Check(m.Claim, m.rules()) }

func (m *model) rules() claim.Rules {
	return claim.Rules{Today: m.Today, IBAN: m.Household.IBAN, Mutual: m.Mutual}
}

// Shown returns the first problem of a field of the open document that the member may be told of, or nil.
func (m *model) Shown(f field) *claim.Problem {
	w := where(m.Current, f)
	if !m.left[w] {
		return nil
	}
	problems := m.Problems()
	if i := slices.IndexFunc(problems, func(p claim.Problem) bool { return p.Where == w }); i >= 0 {
		return &problems[i]
	}
	return nil
}

// SetAmount takes what stands in *Importo*. What is no amount is kept as text, and nothing typed is lost.
func (m *model) SetAmount(text string) {
	d := m.document()
	d.Amount, d.AmountText = 0, ""
	if strings.TrimSpace(text) == "" {
		return
	}
	amount, err := money.Parse(text)
	if err != nil {
		d.AmountText = text
		return
	}
	d.Amount = amount
}

// AmountText is what *Importo* shows for the open document.
func (m *model) AmountText() string {
	d := m.document()
	switch {
	case d.AmountText != "":
		return d.AmountText
	case d.Amount == 0:
		return ""
	}
	return d.Amount.String()
}

// dateField points at the two places of a date field of d.
func dateField(d *claim.ExpenseDocument, f field) (*civil.Date, *string) {
	switch f {
	case fieldAdmitted:
		return &d.Admitted, &d.AdmittedText
	case fieldDischarged:
		return &d.Discharged, &d.DischargedText
	}
	return &d.IssuedOn, &d.IssuedText
}

// SetDate takes what stands in a date field. What is no date is kept as text.
func (m *model) SetDate(f field, text string) {
	date, kept := dateField(m.document(), f)
	*date, *kept = civil.Date{}, ""
	if strings.TrimSpace(text) == "" {
		return
	}
	day, err := civil.ParseItalian(text)
	if err != nil {
		*kept = text
		return
	}
	*date = day
}

// DateText is what a date field shows for the open document.
func (m *model) DateText(f field) string {
	date, kept := dateField(m.document(), f)
	if *kept != "" {
		return *kept
	}
	return date.Italian()
}

// SetService takes *Prestazione*. A stay has no amount: the one typed is set aside and comes back with another service.
func (m *model) SetService(s claim.Service) {
	d := m.document()
	was := d.Service
	d.Service = s
	switch {
	case s == claim.HospStay && was != claim.HospStay:
		m.setAside[d.ID], d.Amount = d.Amount, 0
	case s != claim.HospStay && was == claim.HospStay:
		d.Amount = max(d.Amount, m.setAside[d.ID])
		delete(m.setAside, d.ID)
	}
}

// Total is the sum of the amounts of all documents.
func (m *model) Total() money.Cents { return m.Claim.Total() }

// Open shows the form of another document.
func (m *model) Open(documentID string) {
	if m.Claim.Document(documentID) != nil {
		m.Current = documentID
	}
}

// Added takes the claim with one more document and opens it (CLM-15).
func (m *model) Added(c claim.Claim) {
	m.Claim.Documents = c.Documents
	m.Current = c.Documents[len(c.Documents)-1].ID
}

// AddFile puts a file into a document (CLM-13, CLM-16). A document that is gone meanwhile takes nothing.
func (m *model) AddFile(documentID string, a claim.Attachment) bool {
	d := m.Claim.Document(documentID)
	if d == nil {
		return false
	}
	d.Attachments = append(slices.Clone(d.Attachments), a)
	return true
}

// RemoveFile takes a file out of the open document; Undo puts it back (CLM-16).
func (m *model) RemoveFile(attachmentID string) {
	d := m.document()
	i := slices.IndexFunc(d.Attachments, func(a claim.Attachment) bool { return a.ID == attachmentID })
	if i < 0 {
		return
	}
	file := d.Attachments[i]
	m.removed = &removal{document: claim.ExpenseDocument{ID: d.ID}, file: &file, at: i}
	d.Attachments = slices.Delete(slices.Clone(d.Attachments), i, i+1)
}

// RemoveDocument takes the open document out with all its files and data; Undo puts it back (CLM-16). The only document
// can't go: there is always one form.
func (m *model) RemoveDocument() bool {
	i := slices.IndexFunc(m.Claim.Documents, func(d claim.ExpenseDocument) bool { return d.ID == m.Current })
	if i < 0 || len(m.Claim.Documents) == 1 {
		return false
	}
	m.removed = &removal{document: m.Claim.Documents[i], at: i}
	m.Claim.Documents = slices.Delete(slices.Clone(m.Claim.Documents), i, i+1)
	m.Current = m.Claim.Documents[min(i, len(m.Claim.Documents)-1)].ID
	return true
}

// Undo puts back what was removed last, where it stood, and opens it.
func (m *model) Undo() {
	r := m.removed
	m.removed = nil
	switch {
	case r == nil:
	case r.file == nil:
		m.Claim.Documents = slices.Insert(slices.Clone(m.Claim.Documents), min(r.at, len(m.Claim.Documents)), r.document)
		m.Current = r.document.ID
	default:
		if d := m.Claim.Document(r.document.ID); d != nil {
			d.Attachments = slices.Insert(slices.Clone(d.Attachments), min(r.at, len(d.Attachments)), *r.file)
			m.Current = d.ID
		}
	}
}

// IBAN is where the money of this claim goes: its own, else the household's.
func (m *model) IBAN() string {
	if m.Claim.IBAN != "" {
		return m.Claim.IBAN
	}
	return m.Household.IBAN
}

// OwnIBAN opens or closes the field of *Solo per questa pratica*. Closing it goes back to the household's.
func (m *model) OwnIBAN(open bool) {
	m.ownIBAN = open
	m.Claim.IBAN, m.Claim.IBANText = "", ""
}

// SetIBAN takes what stands in the field. What is no IBAN is kept as text.
func (m *model) SetIBAN(text string) {
	m.Claim.IBAN, m.Claim.IBANText = "", ""
	if number, err := iban.Parse(text); err == nil {
		m.Claim.IBAN = string(number)
	} else {
		m.Claim.IBANText = strings.TrimSpace(text)
	}
}

// IBANText is what the field shows.
func (m *model) IBANText() string {
	if m.Claim.IBANText != "" {
		return m.Claim.IBANText
	}
	return iban.Group(m.Claim.IBAN)
}

// IBANProblem is what is wrong with the IBAN that the money would go to, or nil.
func (m *model) IBANProblem() error {
	switch {
	case !m.ownIBAN && m.Household.IBAN != "":
		return nil
	case m.ownIBAN && m.Claim.IBAN != "":
		return nil
	case m.ownIBAN && m.Claim.IBANText != "":
		_, err := iban.Parse(m.Claim.IBANText)
		return err
	}
	return fault.New(claim.CodeNoIBAN, "newclaim.iban", "")
}

// Snapshot is the draft to be stored: later edits leave it alone.
func (m *model) Snapshot() claim.Claim {
	c := m.Claim
	c.Step = int(m.Step)
	c.Documents = slices.Clone(m.Claim.Documents)
	return c
}

// fine is one thing of the open document that is as it should be.
type fine struct {
	What  string
	Count int
	Day   civil.Date
}

// What can be fine. The values are the ends of translation keys.
const (
	fineData  = "data"
	fineFiles = "files"
	fineTime  = "time"
	fineIBAN  = "iban"
)

// Fine lists what is as it should be with the open document, in the order of the form.
func (m *model) Fine() []fine {
	d := m.document()
	if d == nil {
		return nil
	}
	wrong := map[field]bool{}
	data := true
	for _, p := range m.Problems() {
		documentID, f := parseWhere(p.Where)
		if documentID == d.ID || documentID == "" {
			wrong[f] = true
			data = data && (f == fieldFiles || documentID == "" || !p.Blocking)
		}
	}
	var list []fine
	if data {
		list = append(list, fine{What: fineData})
	}
	if n := len(d.Attachments); n > 0 && !wrong[fieldFiles] {
		list = append(list, fine{What: fineFiles, Count: n})
	}
	if last, stated := m.rules().LastDay(d.IssuedOn); stated && !wrong[fieldIssued] {
		list = append(list, fine{What: fineTime, Day: last})
	}
	if !wrong["iban"] {
		list = append(list, fine{What: fineIBAN})
	}
	return list
}
