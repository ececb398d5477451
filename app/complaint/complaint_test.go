package complaint_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/complaint"
	"github.com/sodale/sodale/app/submission"
)

var today = civil.Date{Year: 2026, Month: time.November, Day: 22}

func ofClaim() complaint.Complaint {
	return complaint.Complaint{About: complaint.OfClaim, Claim: "c1", Document: "d1", Matter: complaint.Amount, Why: "Il ticket pagato era di 66 euro.", Asked: "Chiedo il rimborso dell'80 %."}
}

func TestAComplaintIsAboutOneThingAndSaysWhatIsWrongAndWhatIsAsked(t *testing.T) { // BEG-19, CMP-02
	service := complaint.Complaint{About: complaint.OfService, Named: "Sportello di Milano", On: today, Why: "Ho aspettato due ore senza risposta.", Asked: "Chiedo di essere richiamata."}
	benefit := complaint.Complaint{About: complaint.OfBenefit, Named: "Fisioterapia", Why: "Il piano la esclude sempre.", Asked: "Chiedo di rivedere il piano."}
	for name, c := range map[string]struct {
		from complaint.Complaint
		bend func(*complaint.Complaint)
		want []complaint.Problem
	}{
		"of a claim":              {ofClaim(), func(*complaint.Complaint) {}, nil},
		"of a whole claim":        {ofClaim(), func(c *complaint.Complaint) { c.Document = "" }, nil},
		"of a service":            {service, func(*complaint.Complaint) {}, nil},
		"of a benefit":            {benefit, func(*complaint.Complaint) {}, nil},
		"of nothing":              {ofClaim(), func(c *complaint.Complaint) { *c = complaint.Complaint{Why: c.Why, Asked: c.Asked} }, []complaint.Problem{{"about", complaint.Missing}}},
		"of something else":       {benefit, func(c *complaint.Complaint) { c.About = "weather" }, []complaint.Problem{{"about", complaint.Missing}}},
		"which claim":             {ofClaim(), func(c *complaint.Complaint) { c.Claim = "" }, []complaint.Problem{{"claim", complaint.Missing}}},
		"what of it":              {ofClaim(), func(c *complaint.Complaint) { c.Matter = "" }, []complaint.Problem{{"matter", complaint.Missing}}},
		"which benefit":           {benefit, func(c *complaint.Complaint) { c.Named = " " }, []complaint.Problem{{"named", complaint.Missing}}},
		"when":                    {service, func(c *complaint.Complaint) { c.On = civil.Date{} }, []complaint.Problem{{"on", complaint.Missing}}},
		"tomorrow":                {service, func(c *complaint.Complaint) { c.On = today.AddDays(1) }, []complaint.Problem{{"on", complaint.Future}}},
		"a general displeasure":   {ofClaim(), func(c *complaint.Complaint) { c.Why = "Non va bene" }, nil},
		"two words":               {ofClaim(), func(c *complaint.Complaint) { c.Why, c.Asked = "Sono scontenta!", "Soldi, subito." }, []complaint.Problem{{"why", complaint.Generic}, {"asked", complaint.Generic}}},
		"no words":                {ofClaim(), func(c *complaint.Complaint) { c.Why, c.Asked = "\n ", "" }, []complaint.Problem{{"why", complaint.Missing}, {"asked", complaint.Missing}}},
		"a book":                  {ofClaim(), func(c *complaint.Complaint) { c.Why = strings.Repeat("è ", complaint.MostText/2) + "!" }, []complaint.Problem{{"why", complaint.Long}}},
		"two things at once":      {service, func(c *complaint.Complaint) { c.Claim = "c1" }, []complaint.Problem{{"claim", complaint.Foreign}}},
		"a name beside the claim": {ofClaim(), func(c *complaint.Complaint) { c.Named = "Visita" }, []complaint.Problem{{"named", complaint.Foreign}}},
		"a day beside the claim":  {ofClaim(), func(c *complaint.Complaint) { c.On = today }, []complaint.Problem{{"on", complaint.Foreign}}},
	} {
		t.Run(name, func(t *testing.T) {
			c.bend(&c.from)
			if got := c.from.Check(today); !slices.Equal(got, c.want) {
				t.Fatalf("%v", got)
			}
		})
	}
}

func TestAQuestionNeedsButATopicAndAText(t *testing.T) { // CMP-02
	for q, want := range map[complaint.Question][]complaint.Problem{
		{Topic: "Orari", Text: "Quando?"}:                                   nil,
		{Topic: " ", Text: "\t"}:                                            {{"topic", complaint.Missing}, {"text", complaint.Missing}},
		{Topic: strings.Repeat("è", complaint.MostLine+1), Text: "Quando?"}: {{"topic", complaint.Long}},
	} {
		if got := q.Check(); !slices.Equal(got, want) {
			t.Errorf("%q: %v", q.Topic, got)
		}
	}
}

// What was typed for one kind of thing and then for another never leaves with both.
func TestOnlyWhatBelongsToTheThingIsLeft(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.SampledFrom([]string{"", "uno", " uno due tre quattro "})
		c := complaint.Complaint{About: rapid.SampledFrom(complaint.Kinds).Draw(t, "about"), Claim: "c1", Document: word.Draw(t, "document"),
			Matter: rapid.SampledFrom(complaint.Matters).Draw(t, "matter"), Named: word.Draw(t, "named"), On: today, Why: word.Draw(t, "why"), Asked: word.Draw(t, "asked")}
		only := c.Only()
		if slices.ContainsFunc(only.Check(today), func(p complaint.Problem) bool { return p.Flaw == complaint.Foreign }) || only.Only() != only || only.About != c.About {
			t.Fatalf("%+v", only)
		}
	})
}

func TestTheStandingIsWhatTheMutualSaidLast(t *testing.T) { // CMP-01
	at := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	var events []submission.FeedEvent
	say := func(subject string, hours int, news complaint.StatusNews) {
		body, err := json.Marshal(news)
		if err != nil {
			t.Fatal(err)
		}
		events = append(events, submission.FeedEvent{Kind: submission.EventComplaint, Subject: subject, At: at.Add(time.Duration(hours) * time.Hour), Body: body})
	}
	say("mine", 0, complaint.StatusNews{State: complaint.Received, Number: "R26-000001"})
	say("mine", 0, complaint.StatusNews{State: complaint.Received, Number: "R26-000001"}) // fetched anew
	say("other", 1, complaint.StatusNews{State: complaint.Answered, Number: "R26-000002", Answer: "No."})
	events = append(events, submission.FeedEvent{Kind: submission.EventComplaint, Subject: "mine", Body: []byte("{")})
	say("mine", 2, complaint.StatusNews{State: complaint.Answered, Number: "R26-000001", Outcome: complaint.Partly, Answer: "In parte.", By: "Consiglio"})
	s := complaint.StandingOf("mine", events)
	if s.StatusNews != (complaint.StatusNews{State: complaint.Answered, Number: "R26-000001", Outcome: complaint.Partly, Answer: "In parte.", By: "Consiglio"}) ||
		!slices.Equal(s.Passages, []complaint.Passage{{State: complaint.Received, At: at}, {State: complaint.Answered, At: at.Add(2 * time.Hour)}}) {
		t.Fatalf("%+v", s)
	}
	if s := complaint.StandingOf("nothing", events); s.State != "" || s.Passages != nil {
		t.Fatalf("%+v", s)
	}
}
