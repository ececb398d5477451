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
	"github.com/sodale/sodale/app/plan"
)

// step is a page of the wizard.
type step int

// The steps (CLM-07, CLM-10, CLM-18).
const (
	stepBasics    step = 1 // Dati preliminari
	stepDocuments step = 2 // Documenti
	stepReview    step = 3 // Riepilogo e invio
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

	providers []provider      // of earlier claims
	plans     plan.Plans      // that are known here
	past      []claim.Claim   // what the member claimed before
	known     *claim.Known    // what was claimed so far; nil = nothing
	again     map[string]bool // doubles that the member means, by double.key

	left     map[string]bool             // fields left at least once, by Where: only these show their error
	setAside map[string]map[field]string // what is not asked for any more, by document, in case the choice is undone
	chosen   map[string]bool             // choices that the member made, by Where: what is read does not change them
	history  history
	removed  *removal
	ownIBAN  bool // the field of *Solo per questa pratica* is open
}

// removal is what the last remove took away, so that it can come back for ten seconds whatever was done meanwhile.
type removal struct {
	document claim.ExpenseDocument // of a document: all of it; of a file: only its id
	file     *claim.Attachment
	at       int // where it stood
}

// newModel opens a draft at the step where it was left (UX section 4).
func newModel(c claim.Claim, household member.Household, rules mutual.Profile, others []claim.Summary, today civil.Date) *model {
	m := &model{Claim: c, Household: household, Mutual: rules, Joins: openPratica(c.ID, others), Today: today, providers: providersOf(others),
		Step: step(min(max(c.Step, 1), 3)), left: map[string]bool{}, setAside: map[string]map[field]string{}, chosen: map[string]bool{}, again: map[string]bool{}}
	for _, s := range others {
		m.past = append(m.past, s.Claim)
	}
	if n := len(c.Documents); n > 0 {
		m.Current = c.Documents[n-1].ID
	}
	if documentID, _ := parseWhere(c.Field); c.Document(documentID) != nil {
		m.Current = documentID
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
func where(documentID string, f field) string { return "documents/" + documentID + "/" + f }

// parseWhere is the reverse of where. For a Where that is not of a document it returns it as the field.
func parseWhere(w string) (documentID string, f field) {
	if parts := strings.Split(w, "/"); len(parts) == 3 {
		return parts[1], parts[2]
	}
	return "", w
}

// Leave notes that a field was left: from now on it shows what is wrong with it, and what was read into it was seen. It
// reports whether the draft changed.
func (m *model) Leave(f field) bool {
	m.left[where(m.Current, f)] = true
	m.rest()
	return m.Look(f)
}

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
	m.before(claim.WhereDocuments, "")
	m.Claim.Documents = c.Documents
	m.Current = c.Documents[len(c.Documents)-1].ID
}

// RemoveFile takes a file out of the open document; PutBack puts it back (CLM-16).
func (m *model) RemoveFile(attachmentID string) {
	d := m.document()
	i := slices.IndexFunc(d.Attachments, func(a claim.Attachment) bool { return a.ID == attachmentID })
	if i < 0 {
		return
	}
	m.before(where(d.ID, claim.FieldFiles), "")
	file := d.Attachments[i]
	m.removed = &removal{document: claim.ExpenseDocument{ID: d.ID}, file: &file, at: i}
	d.Attachments = slices.Delete(slices.Clone(d.Attachments), i, i+1)
}

// RemoveDocument takes the open document out with all its files and data; PutBack puts it back (CLM-16). The only document
// can't go: there is always one form.
func (m *model) RemoveDocument() bool {
	i := slices.IndexFunc(m.Claim.Documents, func(d claim.ExpenseDocument) bool { return d.ID == m.Current })
	if i < 0 || len(m.Claim.Documents) == 1 {
		return false
	}
	m.before(claim.WhereDocuments, "")
	m.removed = &removal{document: m.Claim.Documents[i], at: i}
	m.Claim.Documents = slices.Delete(slices.Clone(m.Claim.Documents), i, i+1)
	m.Current = m.Claim.Documents[min(i, len(m.Claim.Documents)-1)].ID
	return true
}

// PutBack puts back what was removed last, where it stood, and opens it.
func (m *model) PutBack() {
	r := m.removed
	m.removed = nil
	if r != nil {
		m.before(claim.WhereDocuments, "")
	}
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
	m.before(claim.WhereIBAN, "")
	m.ownIBAN = open
	m.Claim.IBAN, m.Claim.IBANText = "", ""
}

// SetIBAN takes what stands in the field. What is no IBAN is kept as text.
func (m *model) SetIBAN(text string) {
	m.before(claim.WhereIBAN, word(claim.WhereIBAN, text))
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
			data = data && (f == claim.FieldFiles || documentID == "" || !p.Blocking)
		}
	}
	var list []fine
	if data {
		list = append(list, fine{What: fineData})
	}
	if n := len(d.Attachments); n > 0 && !wrong[claim.FieldFiles] {
		list = append(list, fine{What: fineFiles, Count: n})
	}
	if last, stated := m.rules().LastDay(d.IssuedOn); stated && m.Claim.Kind == claim.Refund && !wrong[claim.FieldIssued] {
		list = append(list, fine{What: fineTime, Day: last})
	}
	if !wrong["iban"] {
		list = append(list, fine{What: fineIBAN})
	}
	return list
}
