package complaint_test

import (
	"context"
	"testing"
	"time"

	"github.com/sodale/sodale/app/complaint"
	"github.com/sodale/sodale/app/request"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/ui/desktop"
	"github.com/sodale/sodale/ui/gallery"
	"github.com/sodale/sodale/ui/gallery/visit"
	"github.com/sodale/sodale/ui/words"
)

// letters are those that were frozen, latest first.
func letters(v *visit.Visitor) []request.Letter {
	all, _ := v.Requests.Letters(context.Background())
	return all
}

func full(w *gallery.World) { w.FillVault() }

func TestAComplaintAndAQuestionAreTwoForms(t *testing.T) { // CMP-02, BEG-19
	v := visit.Open(t, desktop.Complaints)
	v.See("complaint.way.complaint.text")
	v.See("complaint.way.question.text")
	v.Press("complaint.way.complaint")
	v.See("complaint.what.title")
	v.NotSee(words.T("complaint.field.topic"))
	v.Press("complaint.instead.question")
	v.See("complaint.question.title")
	v.NotSee(words.T("complaint.field.why"))
	v.Press("complaint.question.send")
	v.See("complaint.flaw.topic.missing")
	v.See("complaint.flaw.text.missing")
	v.Fill("complaint.field.topic", "Orari")
	v.Fill("complaint.field.text", "Siete aperti il 24 dicembre?")
	v.Press("complaint.question.send")
	sent := letters(v)
	if len(sent) != 1 || sent[0].Kind != submission.KindQuestion || sent[0].Question.Topic != "Orari" {
		t.Fatalf("%+v", sent)
	}
	v.SeeInOrder(words.T("complaint.list"), "Domanda", "Orari", words.T("part.request.waiting"))
}

func TestAComplaintSaysAtEveryFieldWhatIsMissing(t *testing.T) { // CMP-02, BEG-19
	v := visit.Open(t, desktop.Complaints, full)
	v.Press("complaint.way.complaint")
	v.Press("complaint.send")
	for _, field := range []string{"about", "why", "asked"} {
		v.See("complaint.flaw." + field + ".missing")
	}
	v.Choose("complaint.field.about", words.T("complaint.about.claim"))
	v.Fill("complaint.field.why", "Male.")
	v.Press("complaint.send")
	v.See("complaint.flaw.claim.missing")
	v.See("complaint.flaw.matter.missing")
	v.See("complaint.flaw.why.generic")
	v.Choose("complaint.field.about", words.T("complaint.about.service"))
	v.Fill("complaint.named.service", "Sportello di Milano")
	v.Fill("complaint.field.on", "17/11/2026") // tomorrow
	v.Press("complaint.send")
	v.See("complaint.flaw.on.future")
	v.NotSee(words.T("complaint.flaw.claim.missing"))
	v.Fill("complaint.field.on", "12/11/2026")
	v.Fill("complaint.field.why", "Ho aspettato due ore.")
	v.Fill("complaint.field.asked", "Chiedo di essere richiamata.")
	v.Press("complaint.send")
	sent := letters(v)
	if len(sent) != 1 || sent[0].Complaint.Named != "Sportello di Milano" || sent[0].Complaint.On.Day != 12 || sent[0].Complaint.Claim != "" {
		t.Fatalf("%+v", sent)
	}
}

// complains writes a complaint about the claim that was refused, from its detail.
func complains(v *visit.Visitor) {
	v.Go(desktop.Claims, "c-rejected")
	v.Press("claims.action.complain")
	v.SeeText("26-003500")
	v.Choose("complaint.field.matter", words.T("complaint.matter.eligibility"))
	v.Fill("complaint.field.why", "La ricetta era allegata.")
	v.Fill("complaint.field.asked", "Chiedo che sia riesaminata.")
	v.Press("complaint.send")
}

func TestAComplaintAboutARefusedClaimIsWrittenFromItAndItsAnswerIsSeenThere(t *testing.T) { // CMP-01, CMP-03, CMP-04, CMP-06
	v := visit.Open(t, desktop.Overview, full)
	complains(v)
	sent := letters(v)
	if len(sent) != 1 || sent[0].Complaint.Claim != "c-rejected" || sent[0].Complaint.Matter != complaint.Eligibility {
		t.Fatalf("%+v", sent)
	}
	v.Arrive(submission.Delivered, "")
	v.HearOf(sent[0].Request, 2*time.Hour, complaint.StatusNews{State: complaint.Received, Number: "R26-000031"})
	v.Go(desktop.Complaints, sent[0].ID)
	v.SeeText("Reclamo R26-000031")
	v.See("complaint.state.received")
	v.NotSee("Commissione di Conciliazione")
	v.HearOf(sent[0].Request, time.Hour, complaint.StatusNews{State: complaint.Answered, Number: "R26-000031", Outcome: complaint.Dismissed, Answer: "Confermiamo la decisione.", By: "Commissione sussidi"})
	v.Go(desktop.Complaints, "")
	v.SeeInOrder("Reclamo R26-000031", words.T("complaint.outcome.dismissed"))
	v.PressText("Reclamo R26-000031")
	v.SeeInOrder("Confermiamo la decisione.", "Commissione sussidi", "La ricetta era allegata.", words.T("complaint.recourse"), "Commissione di Conciliazione",
		"Mediazione obbligatoria", "Garante per la protezione dei dati personali")
	v.Press("complaint.claim.open")
	v.SeeInOrder("26-003500", words.T("claims.complaints"), "Reclamo R26-000031", "Confermiamo la decisione.")
}

func TestOnlyWhatWasRefusedOrPaidInPartCanBeContestedThere(t *testing.T) { // CMP-01
	v := visit.Open(t, desktop.Overview, full)
	for id, offered := range map[string]bool{"c-rejected": true, "c-paid": true, "c-exams": true, "c-review": false, "c-dental": false, "c-queued": false} {
		v.Go(desktop.Claims, id)
		if seen := v.Sees(words.T("claims.action.complain")); seen != offered {
			t.Errorf("%s: %v", id, seen)
		}
	}
}

func TestWhatAMutualSaysOfQuestionsAndComplaintsComesFromItsRules(t *testing.T) { // CMP-05, CMP-06
	v := visit.Open(t, desktop.Complaints, func(w *gallery.World) { w.UseRules("insieme"); w.FillVault() })
	const told = "No call center esterni. Gli associati contattano direttamente gli operatori della Mutua."
	v.SeeText(told)
	v.Go(desktop.Support, "")
	v.SeeText(told)
	v.Press("complaint.way.question")
	v.See("complaint.question.title")
	complains(v)
	v.Arrive(submission.Delivered, "")
	sent := letters(v)[0]
	v.HearOf(sent.Request, time.Hour, complaint.StatusNews{State: complaint.Answered, Number: "R26-000001", Outcome: complaint.Dismissed, Answer: "No."})
	v.Go(desktop.Complaints, sent.ID)
	v.SeeText("Garante per la protezione dei dati personali")
	v.NotSee("Commissione di Conciliazione")
}

func TestWhatWasBegunAboutOneClaimIsThereAfterAnother(t *testing.T) { // CMP-02
	v := visit.Open(t, desktop.Overview, full)
	begin := func(id, why string) {
		v.Go(desktop.Claims, id)
		v.Press("claims.action.complain")
		v.Fill("complaint.field.why", why)
	}
	begin("c-rejected", "Della pratica respinta.")
	begin("c-paid", "Di quella pagata.")
	v.Go(desktop.Claims, "c-rejected")
	v.Press("claims.action.complain")
	v.SeeText("Della pratica respinta.")
	v.Go(desktop.Claims, "c-paid")
	v.Press("claims.action.complain")
	v.SeeText("Di quella pagata.")
	kept, _ := v.Asked.LetterDrafts(context.Background())
	if len(kept.Complaints) != 2 || kept.About("c-rejected").Why != "Della pratica respinta." {
		t.Fatalf("%+v", kept)
	}
	v.Choose("complaint.field.about", words.T("complaint.about.benefit")) // what was typed goes with it
	v.SeeText("Di quella pagata.")
	v.Fill("complaint.named.benefit", "Visite")
	v.Fill("complaint.field.asked", "Chiedo di rivedere il piano.")
	v.Press("complaint.send")
	kept, _ = v.Asked.LetterDrafts(context.Background())
	if sent := letters(v); len(kept.Complaints) != 1 || kept.Complaints[0].Claim != "c-rejected" || len(sent) != 1 || sent[0].Complaint.Claim != "" {
		t.Fatalf("%+v %+v", kept, sent)
	}
}

func TestALetterInTheMakingIsThereAfterALock(t *testing.T) { // CMP-02
	v := visit.Open(t, desktop.Complaints)
	drafts := complaint.Drafts{Complaints: []complaint.Draft{{Complaint: complaint.Complaint{About: complaint.OfService, Why: "Due ore di coda."}, Day: "12/11/20"}},
		Question: &complaint.Question{Topic: "Orari"}}
	if err := v.Asked.SaveLetterDrafts(context.Background(), drafts); err != nil {
		t.Fatal(err)
	}
	v.Go(desktop.Overview, "")
	v.Go(desktop.Complaints, "+complaint")
	v.SeeText("Due ore di coda.")
	v.SeeText("12/11/20")
	v.Press("complaint.instead.question")
	v.SeeText("Orari")
}

func TestALetterThatWasRefusedIsCorrected(t *testing.T) { // CMP-02
	v := visit.Open(t, desktop.Overview, full)
	complains(v)
	first := letters(v)[0]
	v.Arrive(submission.Held, "submission.content")
	v.Go(desktop.Complaints, first.ID)
	v.See("complaint.refused")
	v.Press("complaint.correct")
	v.SeeText("La ricetta era allegata.")
	v.Choose("complaint.field.matter", words.T("complaint.matter.time"))
	v.Press("complaint.send")
	if again := letters(v); len(again) != 1 || again[0].ID != first.ID || again[0].Revision != 2 || again[0].Complaint.Matter != complaint.Time {
		t.Fatalf("%+v", again)
	}
}
