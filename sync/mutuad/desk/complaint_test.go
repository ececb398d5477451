package desk_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"slices"
	"testing"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/complaint"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/request"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/demo"
	"github.com/sodale/sodale/sync/mutuad/desk"
	"github.com/sodale/sodale/sync/mutuad/register"
	"github.com/sodale/sodale/sync/mutuad/store"
)

// wrote files a letter of the demo member.
func (b bench) wrote(t *testing.T, f request.Filed) {
	t.Helper()
	newID := func() string {
		id, err := b.Archive.NewID()
		must(t, err)
		return id
	}
	f.Format, f.ID, f.OpID, f.Revision, f.Holder, f.Number, f.MadeAt = request.FiledFormat, newID(), newID(), 1, demo.Elena, demo.User, b.Archive.Now()
	plain, err := request.Encode(f)
	must(t, err)
	var sealed bytes.Buffer
	w, err := b.Archive.Box.Seal(&sealed)
	must(t, err)
	_, err = w.Write(plain)
	must(t, err)
	must(t, w.Close())
	letter, err := register.Read(string(f.Kind), plain)
	must(t, err)
	sum := sha256.Sum256(plain)
	_, err = register.File(ctx, b.Archive, register.Entry{Member: string(demo.Elena), Device: "test", Letter: letter,
		Put: api.Put{OpID: f.OpID, Kind: string(f.Kind), Body: sealed.Bytes(), Plain: hex.EncodeToString(sum[:]), Blobs: []string{}}})
	must(t, err)
}

// itemOf is what an error is about.
func itemOf(err error) string {
	var f *fault.Error
	if !errors.As(err, &f) {
		return ""
	}
	return f.Item
}

func TestComplaintsAndQuestionsAreListedOpenedAndAnswered(t *testing.T) { // CMP-01, CMP-02
	everywhere(t, func(t *testing.T, d bench) {
		d.wrote(t, request.Filed{Kind: submission.KindComplaint, Complaint: &complaint.Complaint{About: complaint.OfService, Named: "Sportello di Milano",
			On: civil.Of(d.Archive.Now()), Why: "Ho aspettato due ore.", Asked: "Chiedo di essere richiamata."}})
		d.wrote(t, request.Filed{Kind: submission.KindQuestion, Question: &complaint.Question{Topic: "Orari", Text: "Siete aperti il 24 dicembre?"}})
		all, err := d.Complaints(ctx)
		must(t, err)
		rows := all[1:] // after that of the history
		if len(rows) != 2 || rows[0].Kind != "complaint" || rows[1].Kind != "question" || rows[0].State != complaint.Received || rows[0].Member != demo.User || rows[0].Number == rows[1].Number {
			t.Fatalf("%+v", rows)
		}
		if text, _ := json.Marshal(rows); bytes.Contains(text, []byte("Sportello")) {
			t.Fatalf("the list opens what it lists: %s", text)
		}
		opened, err := d.Complaint(ctx, rows[1].ID)
		must(t, err)
		if opened.Question == nil || opened.Question.Topic != "Orari" || opened.Complaint != nil || opened.Said.State != complaint.Received {
			t.Fatalf("%+v", opened)
		}
		grievance, question := rows[0].Number, rows[1].Number
		for name, c := range map[string]struct {
			of    string
			reply desk.Reply
			item  string
		}{
			"no state":                    {grievance, desk.Reply{Answer: "Sì."}, "state"},
			"no outcome":                  {grievance, desk.Reply{State: complaint.Answered, Answer: "Sì."}, "outcome"},
			"an outcome of a question":    {question, desk.Reply{State: complaint.Answered, Answer: "Sì.", Outcome: complaint.Upheld}, "outcome"},
			"an outcome too early":        {grievance, desk.Reply{State: complaint.InReview, Outcome: complaint.Upheld}, "outcome"},
			"an answer without an answer": {grievance, desk.Reply{State: complaint.Answered, Outcome: complaint.Upheld, Answer: " "}, "text"},
			"an answer too early":         {grievance, desk.Reply{State: complaint.InReview, Answer: "Vediamo."}, "text"},
			"a body that says nothing":    {grievance, desk.Reply{State: complaint.InReview, By: "Consiglio"}, "by"},
		} {
			if _, err := d.Answer(ctx, c.of, c.reply); fault.CodeOf(err) != desk.CodeDecision || itemOf(err) != c.item {
				t.Errorf("%s: %v", name, err)
			}
		}
		before := len(d.events(t))
		_, err = d.Answer(ctx, grievance, desk.Reply{State: complaint.InReview})
		must(t, err)
		r, err := d.Answer(ctx, grievance, desk.Reply{State: complaint.Answered, Outcome: complaint.Upheld, Answer: "Hai ragione.", By: "Commissione sussidi"})
		must(t, err)
		if r.State != complaint.Answered || r.Outcome != complaint.Upheld || len(d.events(t)) != before+2 {
			t.Fatalf("%+v", r)
		}
		if _, err := d.Answer(ctx, grievance, desk.Reply{State: complaint.InReview}); fault.CodeOf(err) != desk.CodeNotAllowed {
			t.Fatalf("back from an answer: %v", err)
		}
		opened, err = d.Complaint(ctx, grievance)
		must(t, err)
		if opened.Said != (complaint.StatusNews{State: complaint.Answered, Number: grievance, Outcome: complaint.Upheld, Answer: "Hai ragione.", By: "Commissione sussidi"}) {
			t.Fatalf("%+v", opened.Said)
		}
		if _, err := d.Answer(ctx, "R26-999999", desk.Reply{State: complaint.InReview}); fault.CodeOf(err) != store.CodeNone {
			t.Fatal(err)
		}
		if got := d.actions(t); !slices.Contains(got, "rossi complaint.opened") || !slices.Contains(got, "rossi complaint.answered") {
			t.Fatalf("%v", got)
		}
	})
}
