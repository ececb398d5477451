package request_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/complaint"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/request"
	"github.com/sodale/sodale/app/submission"
)

func aComplaint() complaint.Complaint {
	return complaint.Complaint{About: complaint.OfClaim, Claim: "c1", Matter: complaint.Eligibility, Why: " La ricetta era allegata. ", Asked: "Chiedo che sia riesaminata."}
}

func TestAComplaintAndAQuestionAreFrozenSealedAndWait(t *testing.T) { // CMP-01, CMP-02
	desk, vault, _ := newDesk()
	c := aComplaint()
	c.Named = "left from another kind"
	sent, err := desk.Complain(t.Context(), c, "")
	if err != nil {
		t.Fatal(err)
	}
	asked, err := desk.Ask(t.Context(), complaint.Question{Topic: "Orari", Text: "Siete aperti il 24 dicembre?"}, "")
	if err != nil {
		t.Fatal(err)
	}
	frozen := vault.Frozen()
	if len(frozen) != 2 || frozen[0].Kind != submission.KindComplaint || frozen[1].Kind != submission.KindQuestion || frozen[0].Subject == frozen[1].Subject {
		t.Fatalf("%+v", frozen)
	}
	if got := open(t, frozen[0]); got.Complaint.Why != "La ricetta era allegata." || got.Complaint.Named != "" || got.Question != nil || got.ID != sent.ID {
		t.Fatalf("%+v", got)
	}
	if got := open(t, frozen[1]); got.Question.Topic != "Orari" || got.Complaint != nil || got.ID != asked.ID {
		t.Fatalf("%+v", got)
	}
}

func TestWhatIsNoComplaintIsNotSentAsOne(t *testing.T) { // BEG-19, CMP-02
	desk, vault, _ := newDesk()
	for name, bend := range map[string]func(*complaint.Complaint){
		"no claim": func(c *complaint.Complaint) { c.Claim = "" },
		"generic":  func(c *complaint.Complaint) { c.Why = "Male." },
		"tomorrow": func(c *complaint.Complaint) {
			*c = complaint.Complaint{About: complaint.OfService, Named: "Sportello", On: civil.Of(noon).AddDays(1), Why: c.Why, Asked: c.Asked}
		},
	} {
		c := aComplaint()
		bend(&c)
		if _, err := desk.Complain(t.Context(), c, ""); fault.CodeOf(err) != request.CodeComplaint {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := desk.Ask(t.Context(), complaint.Question{Topic: "Orari"}, ""); fault.CodeOf(err) != request.CodeQuestion {
		t.Error(err)
	}
	if len(vault.Frozen()) != 0 {
		t.Fatal("something was sent")
	}
}

func TestLettersAreListedWithWhatTheMutualSaidOfEach(t *testing.T) { // CMP-01
	desk, vault, clock := newDesk()
	first, err := desk.Complain(t.Context(), aComplaint(), "")
	if err != nil {
		t.Fatal(err)
	}
	clock.Set(noon.Add(time.Minute))
	if _, err := desk.Complain(t.Context(), aComplaint(), first.ID); fault.CodeOf(err) != request.CodeNotFound {
		t.Fatalf("corrected what was not refused: %v", err)
	}
	vault.SetStatus(first.OpID, submission.Held, "api.content")
	again, err := desk.Complain(t.Context(), aComplaint(), first.ID)
	if err != nil || again.ID != first.ID || again.Revision != 2 {
		t.Fatalf("%+v, %v", again, err)
	}
	clock.Set(noon.Add(time.Hour))
	second, err := desk.Ask(t.Context(), complaint.Question{Topic: "Orari", Text: "Quando?"}, "")
	if err != nil {
		t.Fatal(err)
	}
	body, err := json.Marshal(complaint.StatusNews{State: complaint.Answered, Number: "R26-000001", Outcome: complaint.Upheld, Answer: "Hai ragione."})
	if err != nil {
		t.Fatal(err)
	}
	vault.Hear(submission.FeedEvent{Kind: submission.EventComplaint, Subject: first.ID, At: noon, Body: body})
	letters, err := desk.Letters(t.Context())
	if err != nil || len(letters) != 2 || letters[0].ID != second.ID || letters[0].Standing.State != "" || letters[1].OpID != again.OpID || letters[1].Standing.Answer != "Hai ragione." {
		t.Fatalf("%+v, %v", letters, err)
	}
}
