package newclaim

import (
	"reflect"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/mutual"
)

func typeAll(m *model, f field, text string) {
	for i := range text {
		m.Type(f, text[:i+1])
	}
}

func TestLettersOfAWordAreOneChange(t *testing.T) {
	m := newTestModel(claim.ExpenseDocument{ID: "d"})
	typeAll(m, claim.FieldProvider, "Ospedale San")
	if at := m.Undo(); m.Text(claim.FieldProvider) != "Ospedale " || at != where("d", claim.FieldProvider) {
		t.Fatalf("%q at %q", m.Text(claim.FieldProvider), at)
	}
	m.Undo()
	if m.Text(claim.FieldProvider) != "" || m.CanUndo() {
		t.Fatalf("%q", m.Text(claim.FieldProvider))
	}
	m.Redo()
	m.Redo()
	if m.Text(claim.FieldProvider) != "Ospedale San" || m.CanRedo() {
		t.Fatalf("%q", m.Text(claim.FieldProvider))
	}
}

func TestAFieldThatWasLeftBeginsANewChange(t *testing.T) {
	m := newTestModel(claim.ExpenseDocument{ID: "d"})
	typeAll(m, claim.FieldNumber, "12")
	m.Leave(claim.FieldNumber)
	typeAll(m, claim.FieldNumber, "123")
	m.Undo()
	if m.Text(claim.FieldNumber) != "12" {
		t.Fatalf("%q", m.Text(claim.FieldNumber))
	}
}

func TestAChangeAfterUndoEndsTheWayForward(t *testing.T) {
	m := newTestModel(claim.ExpenseDocument{ID: "d"})
	typeAll(m, claim.FieldNumber, "12")
	m.Undo()
	m.Choose(claim.FieldProvince, "MI")
	if m.CanRedo() {
		t.Fatal("the number comes back over the province")
	}
}

func TestUndoGoesBackToTheBeginningAndRedoToTheEnd(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := newTestModel(claim.ExpenseDocument{ID: "0", Type: claim.ReceiptSlip})
		m.Mutual = mutual.Profile{Claims: mutual.Claims{Foreign: true, OtherCover: true}}
		begin := m.Snapshot()
		for n := range rapid.IntRange(1, 40).Draw(t, "changes") {
			act(t, m, strconv.Itoa(n+1))
		}
		end := m.Snapshot()
		for m.CanUndo() {
			m.Undo()
		}
		same(t, "the beginning", m.Snapshot(), begin)
		for m.CanRedo() {
			m.Redo()
		}
		same(t, "the end", m.Snapshot(), end)
	})
}

// act does one thing that a member can do.
func act(t *rapid.T, m *model, id string) {
	switch rapid.IntRange(0, 8).Draw(t, "what") {
	case 0:
		m.Type(rapid.SampledFrom([]field{claim.FieldNumber, claim.FieldProvider, claim.FieldAmount, claim.FieldIssued, fieldNotes}).Draw(t, "field"),
			rapid.SampledFrom([]string{"", "1", "36,15", "09/11/2026", "San Rocco"}).Draw(t, "text"))
	case 1:
		m.Choose(claim.FieldType, string(rapid.SampledFrom(claim.Types(claim.Refund)).Draw(t, "type")))
	case 2:
		m.Choose(claim.FieldService, string(rapid.SampledFrom([]claim.Service{claim.Visit, claim.HospStay, claim.OtherCare}).Draw(t, "service")))
	case 3:
		m.Choose(claim.FieldCurrency, rapid.SampledFrom([]string{"", "USD"}).Draw(t, "currency"))
	case 4:
		m.Added(claim.Claim{Documents: append(m.Snapshot().Documents, claim.ExpenseDocument{ID: id, Person: member.ID("elena")})})
	case 5:
		m.RemoveDocument()
	case 6:
		m.AddFile(m.Current, claim.Attachment{ID: id})
	case 7:
		if files := m.document().Attachments; len(files) > 0 {
			m.RemoveFile(files[rapid.IntRange(0, len(files)-1).Draw(t, "file")].ID)
		}
	case 8:
		m.PutBack()
	}
}

// same compares what belongs to the form.
func same(t *rapid.T, what string, got, want claim.Claim) {
	got.Field, got.Step, want.Field, want.Step = "", 0, "", 0
	for _, c := range []*claim.Claim{&got, &want} {
		for i := range c.Documents {
			if len(c.Documents[i].Attachments) == 0 {
				c.Documents[i].Attachments = nil
			}
		}
	}
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("%s is\n%+v, want\n%+v", what, got, want)
	}
}
