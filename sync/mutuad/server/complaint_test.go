package server_test

import (
	"context"
	"testing"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/complaint"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/privacy"
	asked "github.com/sodale/sodale/app/request"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/demo"
	"github.com/sodale/sodale/sync/mutuad/desk"
	"github.com/sodale/sodale/sync/mutuad/store"
)

func (h *house) complain(c complaint.Complaint) asked.Filed {
	return h.ask(submission.KindComplaint, func(f *asked.Filed) { f.Complaint = &c })
}

var ofService = complaint.Complaint{About: complaint.OfService, Named: "Sportello di Milano", Why: "Ho aspettato due ore.", Asked: "Chiedo di essere richiamata."}

func TestAComplaintIsFiledOnceWithANumberAndAnsweredThroughTheFeed(t *testing.T) { // CMP-01, CMP-02
	everywhere(t, func(t *testing.T, h *house) {
		token := h.signIn().UploadToken
		c := ofService
		c.On = civil.Of(h.archive.Now())
		f := h.complain(c)
		r := h.send(token, f)
		if again := h.send(token, f); again.Protocol != r.Protocol {
			t.Fatalf("%s and then %s", r.Protocol, again.Protocol)
		}
		said, e := news[complaint.StatusNews](h, submission.EventComplaint)
		if said != (complaint.StatusNews{State: complaint.Received, Number: r.Protocol}) || e.Subject != f.ID || e.Seq != r.Seq || e.Text == "" {
			t.Fatalf("%+v %+v", said, e)
		}
		q := h.ask(submission.KindQuestion, func(f *asked.Filed) { f.Question = &complaint.Question{Topic: "Orari", Text: "Siete aperti?"} })
		if other := h.send(token, q); other.Protocol == r.Protocol {
			t.Fatal("one number for two letters")
		}
		office := desk.Desk{Archive: h.archive, Actor: "rossi"}
		_, err := office.Answer(context.Background(), r.Protocol, desk.Reply{State: complaint.Answered, Outcome: complaint.Partly, Answer: "Ti chiediamo scusa.", By: "Consiglio di amministrazione"})
		if err != nil {
			t.Fatal(err)
		}
		said, e = news[complaint.StatusNews](h, submission.EventComplaint)
		if said != (complaint.StatusNews{State: complaint.Answered, Number: r.Protocol, Outcome: complaint.Partly, Answer: "Ti chiediamo scusa.", By: "Consiglio di amministrazione"}) || e.Subject != f.ID {
			t.Fatalf("%+v", said)
		}
	})
}

func TestAComplaintIsAboutAClaimAndADocumentThatTheMemberHas(t *testing.T) { // BEG-19, CMP-02
	everywhere(t, func(t *testing.T, h *house) {
		token := h.signIn().UploadToken
		if err := demo.SeedHistory(context.Background(), h.archive); err != nil {
			t.Fatal(err)
		}
		claims, err := h.archive.Store.Claims(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		office := desk.Desk{Archive: h.archive, Actor: "rossi"}
		refused, err := office.Show(context.Background(), claims[1].Protocol)
		if err != nil {
			t.Fatal(err)
		}
		c := complaint.Complaint{About: complaint.OfClaim, Claim: refused.Filed.ID, Document: refused.Papers[0].ID, Matter: complaint.Eligibility,
			Why: "La prestazione rientra nel piano.", Asked: "Chiedo che sia riesaminata."}
		stranger := c
		stranger.Claim = "01890a5d-ac96-774b-bcce-b302099affff"
		h.wantRefused(token, h.complain(stranger), api.CodeContent, "complaint/claim")
		paper := c
		paper.Document = "01890a5d-ac96-774b-bcce-b302099affff"
		h.wantRefused(token, h.complain(paper), api.CodeContent, "complaint/document")
		about := h.complain(c)
		r := h.send(token, about)
		itself := c
		itself.Claim, itself.Document = claim.ID(about.ID), ""
		h.wantRefused(token, h.complain(itself), api.CodeContent, "complaint/claim")
		shown, err := office.Complaint(context.Background(), r.Protocol)
		if err != nil || shown.About != claims[1].Protocol || *shown.Complaint != c || shown.Question != nil {
			t.Fatalf("%+v, %v", shown, err)
		}
	})
}

func TestClearingTheHistoryKeepsWhatIsNotAnsweredAndLeavingTakesAll(t *testing.T) { // DEL-02, DEL-03
	everywhere(t, func(t *testing.T, h *house) {
		token := h.signIn().UploadToken
		c := ofService
		c.On = civil.Of(h.archive.Now())
		open, answered := h.complain(c), h.complain(c)
		h.send(token, open)
		r := h.send(token, answered)
		office := desk.Desk{Archive: h.archive, Actor: "rossi"}
		if _, err := office.Answer(context.Background(), r.Protocol, desk.Reply{State: complaint.Answered, Outcome: complaint.Dismissed, Answer: "No."}); err != nil {
			t.Fatal(err)
		}
		h.send(token, h.erase(privacy.ClearHistory))
		left := map[string]bool{}
		events, err := h.archive.Store.Events(context.Background(), string(demo.Elena), 0, 1000)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range events {
			if e.Kind == submission.EventComplaint {
				left[e.Subject] = true
			}
		}
		if !left[open.ID] || left[answered.ID] {
			t.Fatalf("%v", left)
		}
		if shown, err := office.Complaint(context.Background(), r.Protocol); err != nil || shown.Said.Answer != "No." {
			t.Fatalf("the mutual lost its own answer: %+v, %v", shown, err)
		}
		h.send(token, h.erase(privacy.DeleteAccount))
		if _, err := h.archive.Store.FindComplaint(context.Background(), r.Protocol); fault.CodeOf(err) != store.CodeNone {
			t.Fatal(err)
		}
	})
}
