package main

import (
	"context"
	"testing"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/document/sample"
	"github.com/sodale/sodale/app/entitlement"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/plan"
	"github.com/sodale/sodale/assets"
	"github.com/sodale/sodale/sync/mutuad/desk"
	"github.com/sodale/sodale/ui/words"
)

// estimates asks the plan about the documents of a claim of the vault, as its member sees them.
func (s *seat) estimates(c claim.Claim) []entitlement.Answer {
	s.t.Helper()
	plans, err := plan.LoadAll(assets.Plans())
	if err != nil {
		s.t.Fatal(err)
	}
	home, err := s.house.store.Household(context.Background())
	if err != nil {
		s.t.Fatal(err)
	}
	today := civil.Of(time.Now())
	return entitlement.Source{Plans: plans, Household: home, Claim: c, Today: today}.Answers(today)
}

// TestMemberAndMutualReckonTheSameAndThatIsPaid sends a claim from the real screens to a real mutual: what stood beside the
// form is what the mutual's proposes, what it decides and what is paid (CLM-49, CRT-05).
func TestMemberAndMutualReckonTheSameAndThatIsPaid(t *testing.T) {
	m := startTestMutual(t)
	s := signedIn(t, m)
	s.press(words.T("shell.new"), words.T("shell.new.refund"), words.T("newclaim.continue"))
	visit := sample.Ticket()
	s.fills(expense{"Elena (tu)", "Visite specialistiche", "36,15", "2026/004817", "Ospedale San Rocco", map[string][]byte{"visita.pdf": visit.PDF(), "ricetta.jpg": visit.Photo(1)}})
	s.await(words.T("plan.estimate"), words.Money(2892)) // beside the form
	s.press(words.T("newclaim.document.more"))
	s.fills(expense{"Paolo", "Esami di laboratorio", "29,54", "2026/004702", "Poliambulatorio Porta Est", map[string][]byte{"esami.pdf": sample.Analyses().ScanPDF()}})
	s.await(words.Money(2363))
	s.sends()
	sent := s.only(claim.Registered).Claim
	var said desk.Proposal
	if err := m.ask(&said, "claim", "decide", sent.Mutual.Number, "--propose"); err != nil {
		t.Fatal(err)
	}
	var granted money.Cents
	for i, a := range s.estimates(sent) {
		if !a.Estimate.Eligible() || a.Estimate.Refund == 0 {
			t.Fatalf("nothing is estimated: %+v", a.Estimate)
		}
		q := said.Documents[i]
		if q.Document != a.Document || q.Granted != a.Estimate.Refund || q.Own != a.Estimate.Share || q.Article != a.Estimate.Article || q.Plan != a.Plan.Code {
			t.Errorf("the member sees %+v, the mutual %+v", a.Estimate, q)
		}
		granted += a.Estimate.Refund
	}
	if said.State != claim.Approved || said.Granted != granted || granted != 2892+2363 || len(said.Documents) != len(sent.Documents) {
		t.Fatalf("%+v", said)
	}
	var row desk.Row
	if err := m.ask(&row, "claim", "decide", sent.Mutual.Number, "--propose", "--accept"); err != nil || row.Granted != granted {
		t.Fatalf("%+v, %v", row, err)
	}
	s.decides(sent.Mutual.Number, "paid")
	paid := s.only(claim.Paid).Claim.Mutual
	if paid.Granted != granted || len(paid.Outcomes) != len(sent.Documents) {
		t.Fatalf("%+v", paid)
	}
	for i, o := range paid.Outcomes {
		if o.Granted != said.Documents[i].Granted || o.Own != said.Documents[i].Own || o.Article != said.Documents[i].Article {
			t.Errorf("paid %+v, proposed %+v", o, said.Documents[i])
		}
	}
	s.press(words.T("newclaim.sent.show"))
	s.await(words.Money(granted))
}
