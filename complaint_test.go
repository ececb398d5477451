package main

import (
	"testing"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/document/sample"
	"github.com/sodale/sodale/sync/mutuad/desk"
	"github.com/sodale/sodale/ui/words"
)

// TestAComplaintIsAnsweredByARealMutual goes the whole way on the real screens: a claim is refused, the member complains from it with
// no network, the complaint arrives once, the answer comes back and the further ways are told; a question goes another way
// (CMP-01, CMP-02, CMP-03, CMP-04, CMP-06, BEG-19).
func TestAComplaintIsAnsweredByARealMutual(t *testing.T) {
	m := startTestMutual(t)
	s := signedIn(t, m)
	s.press(words.T("shell.new"), words.T("shell.new.refund"), words.T("newclaim.continue"))
	s.fills(expense{"Elena (tu)", "Visite specialistiche", "36,15", "2026/004817", "Ospedale San Rocco", map[string][]byte{"visita.pdf": sample.Ticket().PDF()}})
	s.sends()
	sent := s.only(claim.Registered).Claim
	s.decides(sent.Mutual.Number, "rejected", "--reason", "Manca la ricetta.", "--article", "art. 1.2")
	s.press(words.T("newclaim.sent.show"), words.T("claims.action.complain"))
	s.await(sent.Mutual.Number)
	s.do(s.Choose(words.T("complaint.field.matter"), words.T("complaint.matter.eligibility")),
		s.Fill(words.T("complaint.field.why"), "Male."), s.Fill(words.T("complaint.field.asked"), "Chiedo che la pratica sia riesaminata."))
	s.press(words.T("complaint.send"))
	s.await(words.T("complaint.flaw.why.generic"))
	s.do(s.Fill(words.T("complaint.field.why"), "La ricetta era allegata alla pratica."))
	s.press(words.T("complaint.send"))
	s.await(words.T("complaint.state.received"))
	var rows []desk.ComplaintRow
	if err := m.ask(&rows, "complaint", "list"); err != nil || len(rows) != 1 || rows[0].Kind != "complaint" {
		t.Fatalf("%+v, %v", rows, err)
	}
	var opened desk.ComplaintDetail
	if err := m.ask(&opened, "complaint", "show", rows[0].Number); err != nil || opened.About != sent.Mutual.Number || opened.Complaint.Why != "La ricetta era allegata alla pratica." {
		t.Fatalf("%+v, %v", opened, err)
	}
	var row desk.ComplaintRow
	if err := m.ask(&row, "complaint", "answer", rows[0].Number, "--outcome", "upheld", "--text", "Hai ragione: la ricetta c’era.", "--by", "Commissione sussidi"); err != nil {
		t.Fatal(err)
	}
	s.house.line().Poke()
	s.await(words.T("complaint.outcome.upheld"))
	s.press("Reclamo " + rows[0].Number)
	s.await("Hai ragione: la ricetta c’era.", "Commissione sussidi", "Commissione di Conciliazione", "Mediazione obbligatoria", "Garante per la protezione dei dati personali")
	s.press(words.T("part.receipt"))
	s.await(words.T("claims.receipt.verified"))
	s.press(words.T("claims.close"), words.T("complaint.claim.open"))
	s.await("Hai ragione: la ricetta c’era.")
	s.hasNotices("Il tuo reclamo " + rows[0].Number + " ha una risposta.")

	s.goes(words.T("shell.screen.complaints"))
	s.press(words.T("complaint.way.question"))
	s.do(s.Fill(words.T("complaint.field.topic"), "Orari"), s.Fill(words.T("complaint.field.text"), "Siete aperti il "+civil.Of(time.Now()).Italian()+"?"))
	s.press(words.T("complaint.question.send"))
	waitFor(t, "the question at the mutual", func() bool {
		return m.ask(&rows, "complaint", "list") == nil && len(rows) == 2 && rows[1].Kind == "question"
	})
}
