package claims

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/submission"
)

// drawn writes a story as "state" for what is done, "[state]" for now and "(state)" for what is to come.
func drawn(s Story) []string {
	var out []string
	for _, step := range s.Steps {
		switch step.Phase {
		case Now:
			out = append(out, fmt.Sprintf("[%s]", step.State))
		case Future:
			out = append(out, fmt.Sprintf("(%s)", step.State))
		default:
			out = append(out, string(step.State))
		}
	}
	return out
}

func onItsWay(status submission.Status, state claim.State) claim.Summary {
	return claim.Summary{State: state, Claim: claim.Claim{Revision: 1, OpID: "op"},
		Delivery: &submission.Delivery{Status: status, FrozenAt: noon, BlobsDone: 2, Blobs: make([]submission.Blob, 3)}}
}

func atTheMutual(states ...claim.State) claim.Summary {
	s := sent("x", states[len(states)-1], noon)
	for i, state := range states {
		s.Claim.Mutual.Steps = append(s.Claim.Mutual.Steps, claim.Passage{State: state, At: noon.AddDate(0, 0, i+1)})
		s.Claim.Mutual.State = state
	}
	return s
}

func TestTheTimelineTellsWhatWasIsAndWillBe(t *testing.T) {
	for name, c := range map[string]struct {
		summary claim.Summary
		want    []string
	}{
		"draft":       {claim.Summary{State: claim.Draft}, []string{"[draft]", "(queued)", "(delivered)", "(in-review)", "(approved)", "(paid)"}},
		"queued":      {onItsWay(submission.Queued, claim.Queued), []string{"[queued]", "(delivered)", "(in-review)", "(approved)", "(paid)"}},
		"sending":     {onItsWay(submission.Sending, claim.Sending), []string{"queued", "[sending]", "(delivered)", "(in-review)", "(approved)", "(paid)"}},
		"unconfirmed": {onItsWay(submission.Unconfirmed, claim.Unconfirmed), []string{"queued", "[unconfirmed]", "(delivered)", "(in-review)", "(approved)", "(paid)"}},
		"held":        {onItsWay(submission.Held, claim.Held), []string{"queued", "[held]", "(delivered)", "(in-review)", "(approved)", "(paid)"}},
		"delivered":   {sent("x", claim.Delivered, noon), []string{"queued", "[delivered]", "(in-review)", "(approved)", "(paid)"}},
		"in review":   {atTheMutual(claim.InReview), []string{"queued", "delivered", "[in-review]", "(approved)", "(paid)"}},
		"requested":   {atTheMutual(claim.InReview, claim.DocumentsRequested), []string{"queued", "delivered", "in-review", "[documents-requested]", "(approved)", "(paid)"}},
		"approved":    {atTheMutual(claim.InReview, claim.Approved), []string{"queued", "delivered", "in-review", "[approved]", "(paid)"}},
		"paid":        {atTheMutual(claim.InReview, claim.Approved, claim.Paid), []string{"queued", "delivered", "in-review", "approved", "[paid]"}},
		"rejected":    {atTheMutual(claim.InReview, claim.Rejected), []string{"queued", "delivered", "in-review", "[rejected]"}},
		"unknown":     {atTheMutual(claim.InReview, "audit"), []string{"queued", "delivered", "in-review", "[audit]"}},
	} {
		if got := drawn(Timeline(c.summary)); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}

func TestThePaymentIsExpectedSixtyDaysAfterDelivery(t *testing.T) { // CLM-28, CLM-44
	s := sent("x", claim.Delivered, time.Date(2026, 10, 13, 4, 2, 0, 0, time.UTC))
	steps := Timeline(s).Steps
	last := steps[len(steps)-1]
	if last.State != claim.Paid || last.Note.Values["Day"] != (civil.Date{Year: 2026, Month: 12, Day: 12}) {
		t.Errorf("got %+v", last)
	}
}

func TestTheReceiptStandsWhereItWasGiven(t *testing.T) {
	for _, step := range Timeline(atTheMutual(claim.InReview)).Steps {
		if step.Receipt != (step.State == claim.Delivered) {
			t.Errorf("%s: receipt %v", step.State, step.Receipt)
		}
	}
}

func TestTheMutualsWordsComeBeforeTheProgramsOwn(t *testing.T) {
	s := atTheMutual("audit")
	s.Claim.Mutual.Steps[0].Text = "Controllo a campione"
	last := func() Step {
		steps := Timeline(s).Steps
		return steps[slices.IndexFunc(steps, func(step Step) bool { return step.Phase == Now })]
	}
	if got := last(); got.Name != "Controllo a campione" || got.Note.say() != "" {
		t.Errorf("a state that the program does not know is told as %+v", got)
	}
	s.Claim.Mutual.Steps[0].Text, s.Claim.Mutual.State, s.Claim.Mutual.Text = "", "audit", "In verifica"
	if got := last(); got.Name != "In verifica" {
		t.Errorf("where the passage has no words, those of the standing are %q", got.Name)
	}
	s = atTheMutual(claim.DocumentsRequested)
	s.Claim.Mutual.Steps[0].Text = "Serve la ricetta"
	if got := last(); got.Note.say() != "Serve la ricetta" || got.Name != "" {
		t.Errorf("a known state is told as %+v", got)
	}
}

func TestPassagesOfEarlierRevisionsAreFolded(t *testing.T) {
	s := atTheMutual(claim.InReview, claim.DocumentsRequested)
	s.Claim.Revision, s.Delivery.FrozenAt, s.Delivery.DoneAt = 2, noon.AddDate(0, 0, 5), noon.AddDate(0, 0, 5).Add(time.Hour)
	story := Timeline(s)
	if len(story.Older) != 2 || story.Older[1].State != claim.DocumentsRequested {
		t.Errorf("older: %+v", story.Older)
	}
	if got := drawn(story)[:2]; !slices.Equal(got, []string{"queued", "[delivered]"}) {
		t.Errorf("got %v", got)
	}
}

// grantedOf is a claim of which so much was granted.
func grantedOf(s claim.Summary, spent, granted money.Cents, outcomes ...claim.Outcome) claim.Summary {
	s.Claim.Documents = []claim.ExpenseDocument{{Amount: spent}}
	s.Claim.Mutual.Granted, s.Claim.Mutual.Outcomes = granted, outcomes
	return s
}

func TestTheButtonsFollowTheState(t *testing.T) { // UX section 3, CMP-01
	lets := claim.Rules{Mutual: mutual.Profile{Claims: mutual.Claims{Withdraw: true}}}
	noReceipt := func(state claim.State, status submission.Status) claim.Summary { return onItsWay(status, state) }
	for name, c := range map[string]struct {
		summary claim.Summary
		want    []Action
	}{
		"draft":            {claim.Summary{State: claim.Draft}, []Action{Resume, Discard}},
		"ready":            {claim.Summary{State: claim.Ready}, []Action{Send, Resume, Discard}},
		"queued":           {noReceipt(claim.Queued, submission.Queued), []Action{Remind, Again, Ask}},
		"sending":          {noReceipt(claim.Sending, submission.Sending), []Action{Remind, Again, Ask}},
		"unconfirmed":      {noReceipt(claim.Unconfirmed, submission.Unconfirmed), []Action{CheckNow, Remind, Again, Ask}},
		"held":             {noReceipt(claim.Held, submission.Held), []Action{CorrectHeld, Release, Remind, Again, Ask}},
		"delivered":        {sent("x", claim.Delivered, noon), []Action{ShowReceipt, Correct, Withdraw, Again, Ask}},
		"in review":        {atTheMutual(claim.InReview), []Action{ShowReceipt, Correct, Withdraw, Again, Ask}},
		"requested":        {atTheMutual(claim.DocumentsRequested), []Action{AddDocument, ShowReceipt, Withdraw, Again, Ask}},
		"approved":         {atTheMutual(claim.Approved), []Action{ShowReceipt, Again, Ask}},
		"rejected":         {atTheMutual(claim.Rejected), []Action{Complain, ShowReceipt, Again, Ask}},
		"paid":             {atTheMutual(claim.Paid), []Action{ShowReceipt, Again, Ask}},
		"paid in part":     {grantedOf(atTheMutual(claim.Paid), 3615, 2892), []Action{ShowReceipt, Complain, Again, Ask}},
		"paid in full":     {grantedOf(atTheMutual(claim.Paid), 3615, 3615), []Action{ShowReceipt, Again, Ask}},
		"paid but for one": {grantedOf(atTheMutual(claim.Paid), 3615, 3615, claim.Outcome{State: claim.Rejected}), []Action{ShowReceipt, Complain, Again, Ask}},
		"correction":       {claim.Summary{State: claim.DocumentsRequested, Delivery: &submission.Delivery{Receipt: []byte("{}")}, Claim: claim.Claim{Open: true, Revision: 1}}, []Action{Resume, Send, ShowReceipt, Withdraw, Again, Ask}},
	} {
		if got := Actions(c.summary, lets); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
	if slices.Contains(Actions(atTheMutual(claim.InReview), claim.Rules{}), Withdraw) {
		t.Error("a mutual that takes nothing back is asked to")
	}
}

func TestAWithdrawalTellsThatTheMutualConfirmsIt(t *testing.T) { // CLM-48
	s := atTheMutual(claim.InReview)
	s.Claim.Withdrawing, s.Claim.Revision, s.State = true, 2, claim.Queued
	s.Delivery.Status, s.Delivery.FrozenAt = submission.Queued, noon.AddDate(0, 0, 5)
	story := Timeline(s)
	if got := drawn(story); !slices.Equal(got, []string{"[queued]", "(withdrawn)"}) || story.Steps[0].Note.Key != "claims.note.withdrawing" {
		t.Errorf("got %v, %+v", got, story.Steps[0].Note)
	}
	if len(story.Older) != 1 {
		t.Errorf("what was before is not folded: %+v", story.Older)
	}
}
