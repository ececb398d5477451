package newclaim

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/reading"
)

func paperOf(m *model, p reading.Paper, role claim.Role) {
	m.AddFile(m.Current, claim.Attachment{ID: "a", Role: role})
	m.Note("a", func(a *claim.Attachment) { a.Paper = &p })
	m.Propose(m.Current, "a")
}

func TestWhatWasTypedOrChosenIsNeverReadOver(t *testing.T) { // CLM-49
	rapid.Check(t, func(t *rapid.T) {
		m := newTestModel(claim.ExpenseDocument{ID: "d", Type: claim.ReceiptSlip, Person: "elena"})
		typed := map[field]string{}
		for f, text := range map[field]string{claim.FieldAmount: "12,00", claim.FieldNumber: "7", claim.FieldIssued: "01/11/2026", claim.FieldProvider: "Verdi",
			claim.FieldProvince: "RM", claim.FieldVAT: "00000000000"} {
			if rapid.Bool().Draw(t, f) {
				m.Type(f, text)
				typed[f] = m.Text(f)
			}
		}
		if rapid.Bool().Draw(t, "chosen") {
			m.Choose(claim.FieldType, string(claim.ReceiptSlip))
			typed[claim.FieldType] = string(claim.ReceiptSlip)
		}
		paperOf(m, reading.Paper{Type: reading.Invoice, Number: "99", IssuedOn: testDay, Total: 3615, Provider: "Bianchi", Province: "MI", VAT: "01234567897"}, claim.ExpensePaper)
		for f, text := range typed {
			if m.Text(f) != text || m.Unseen(f) {
				t.Fatalf("%s is %q, typed %q; marked %v", f, m.Text(f), text, m.Unseen(f))
			}
		}
		for _, f := range m.document().Proposed {
			if _, was := typed[f]; was || m.Text(f) == "" {
				t.Fatalf("%s is marked and holds %q", f, m.Text(f))
			}
		}
	})
}

func TestTypeAndPersonGiveWayUntilTheyWereChosen(t *testing.T) { // CLM-10, CLM-12
	m := newTestModel(claim.ExpenseDocument{ID: "d", Type: claim.ReceiptSlip, Person: "elena"})
	paperOf(m, reading.Paper{Type: reading.Invoice, Person: "paolo"}, claim.ExpensePaper)
	if d := m.document(); d.Type != claim.Invoice || d.Person != "paolo" || !m.Unseen(claim.FieldType) || !m.Unseen(claim.FieldPerson) {
		t.Fatalf("%+v", d)
	}
}

func TestAPrescriptionProposesOnlyItsDate(t *testing.T) { // CLM-37
	m := newTestModel(claim.ExpenseDocument{ID: "d", Type: claim.Invoice, Service: claim.Visit})
	paperOf(m, reading.Paper{Type: reading.Prescription, IssuedOn: testDay, Number: "0300A", Total: 100}, claim.Prescription)
	if d := m.document(); d.PrescribedOn != testDay || d.Number != "" || d.Amount != 0 || !slices.Equal(d.Proposed, []string{claim.FieldPrescribed}) {
		t.Fatalf("%+v", d)
	}
}

func TestWhatWasFoundOutAboutAFileOutlivesUndo(t *testing.T) {
	m := newTestModel(claim.ExpenseDocument{ID: "d"})
	m.AddFile("d", claim.Attachment{ID: "a"})
	m.Type(claim.FieldNumber, "1")
	m.Note("a", func(a *claim.Attachment) { a.Paper = &reading.Paper{Number: "9"} })
	m.Undo()
	if a := m.document().Attachments[0]; a.Paper == nil || a.Paper.Number != "9" {
		t.Fatalf("%+v", a)
	}
}

func TestAMarkGoesWithALookAndComesBackWithUndo(t *testing.T) { // CLM-49
	m := newTestModel(claim.ExpenseDocument{ID: "d"})
	paperOf(m, reading.Paper{Number: "9", Provider: "Bianchi"}, claim.ExpensePaper)
	if !m.Leave(claim.FieldNumber) || m.Unseen(claim.FieldNumber) || !m.Unseen(claim.FieldProvider) {
		t.Fatalf("%v", m.document().Proposed)
	}
	m.LookAll()
	if m.Unchecked() != 0 {
		t.Fatalf("%v", m.document().Proposed)
	}
	m.Undo()
	if !slices.Equal(m.document().Proposed, []string{claim.FieldProvider}) {
		t.Fatalf("%v", m.document().Proposed)
	}
}
