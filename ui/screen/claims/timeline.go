package claims

import (
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/submission"
)

// PaymentDays is within how many days of delivery the mutual pays as a rule (CLM-28, CLM-44).
const PaymentDays = 60

// Phase says how a step of the timeline is drawn.
type Phase int

// The phases.
const (
	Done   Phase = iota // filled check, accent line
	Now                 // filled icon of the state
	Future              // empty ring, grey
)

// Note is the line under a step: a key of the translations with its values, or the mutual's own words.
type Note struct {
	Key    string
	Values map[string]any
	Text   string // the mutual's own words; wins over Key
}

// Step is one step of the timeline.
type Step struct {
	Phase   Phase
	State   claim.State
	Name    string    // the mutual's own word for a state that the program does not know
	At      time.Time // UTC; zero for what has not happened
	Note    Note
	Receipt bool // the signed receipt belongs to this step
}

// Story is the way of one claim. Older holds the mutual's passages that belong to revisions before the last; the screen
// folds them.
type Story struct {
	Steps []Step
	Older []Step
}

// Timeline tells the way of a claim: what happened, where it stands, and what is still to come.
func Timeline(s claim.Summary) Story {
	var story Story
	if s.Claim.Revision == 0 {
		story.Steps = append([]Step{{Phase: Now, State: s.State, At: s.Claim.EditedAt, Note: Note{Key: noteKey(s.State)}}},
			ahead(claim.Queued, claim.Delivered, claim.InReview, claim.Approved, claim.Paid)...)
		return story
	}
	story.Steps = here(s.Delivery)
	if s.Claim.Withdrawing && len(story.Steps) > 0 {
		story.Steps[0].Note = Note{Key: "claims.note.withdrawing"}
	}
	frozen := time.Time{}
	if s.Delivery != nil {
		frozen = s.Delivery.FrozenAt
	}
	for _, p := range s.Claim.Mutual.Steps {
		step := Step{Phase: Done, State: p.State, Name: passageName(p, s.Claim.Mutual), At: p.At, Note: passageNote(p, s.Claim)}
		if p.At.Before(frozen) {
			story.Older = append(story.Older, step)
			continue
		}
		story.Steps = append(story.Steps, step)
	}
	markNow(story.Steps)
	story.Steps = append(story.Steps, expected(s, story.Steps)...)
	return story
}

// here tells the part of the way on this computer.
func here(d *submission.Delivery) []Step {
	if d == nil {
		return nil
	}
	steps := []Step{{Phase: Done, State: claim.Queued, At: d.FrozenAt, Note: Note{Key: noteKey(claim.Queued)}}}
	switch d.Status {
	case submission.Queued:
		steps[0].Note = Note{Key: "claims.note.waiting"}
	case submission.Sending:
		steps = append(steps, Step{State: claim.Sending, Note: Note{Key: "claims.note.sending",
			Values: map[string]any{"Done": d.BlobsDone, "All": len(d.Blobs)}}})
	case submission.Unconfirmed:
		steps = append(steps, Step{State: claim.Unconfirmed, At: d.AskedAt, Note: Note{Key: noteKey(claim.Unconfirmed)}})
	case submission.Held:
		steps = append(steps, Step{State: claim.Held, Note: Note{Key: "claims.note.held", Values: map[string]any{"Reason": d.Reason}}})
	case submission.Delivered:
		steps = append(steps, Step{Phase: Done, State: claim.Delivered, At: d.DoneAt, Receipt: len(d.Receipt) > 0,
			Note: Note{Key: noteKey(claim.Delivered)}})
	}
	return steps
}

// markNow makes the last step the present one.
func markNow(steps []Step) {
	if len(steps) > 0 {
		steps[len(steps)-1].Phase = Now
	}
}

func noteKey(s claim.State) string { return "claims.note." + string(s) }

// passageName is the mutual's word for a state that the program does not know: that of the passage, or, for the last one, that
// of the standing.
func passageName(p claim.Passage, m claim.Standing) string {
	switch {
	case p.State.Known():
		return ""
	case p.Text == "" && p.State == m.State:
		return m.Text
	}
	return p.Text
}

// passageNote prefers the mutual's own words to those of the program. Those of a state that the program does not know are its
// name already.
func passageNote(p claim.Passage, c claim.Claim) Note {
	if !p.State.Known() {
		return Note{}
	}
	if p.Text != "" {
		return Note{Text: p.Text}
	}
	n := Note{Key: noteKey(p.State), Values: map[string]any{"Amount": c.Mutual.Granted.Euro(), "Article": c.Mutual.Article}}
	if p.State == claim.Paid && !c.Mutual.PaidOn.IsZero() {
		n.Values["Day"] = c.Mutual.PaidOn
		n.Key += ".on"
	}
	return n
}

// usual is the way of a claim that meets no trouble.
var usual = []claim.State{claim.Queued, claim.Delivered, claim.InReview, claim.Approved, claim.Paid}

// expected tells what usually follows the present state. Nothing follows an end; after a refusal nothing is promised.
func expected(s claim.Summary, past []Step) []Step {
	if s.Claim.Withdrawing && s.State != claim.Withdrawn {
		return ahead(claim.Withdrawn)
	}
	rank, ok := usualRank[s.State]
	if !ok || len(past) == 0 {
		return nil
	}
	steps := ahead(usual[rank:]...)
	if len(steps) > 0 && s.Delivery != nil && !s.Delivery.DoneAt.IsZero() {
		last := &steps[len(steps)-1]
		last.Note = Note{Key: "claims.ahead.paid.by", Values: map[string]any{"Days": PaymentDays,
			"Day": civil.Of(s.Delivery.DoneAt).AddDays(PaymentDays)}}
	}
	return steps
}

// usualRank says from which place of usual on the steps are still to come.
var usualRank = map[claim.State]int{
	claim.Queued: 1, claim.Sending: 1, claim.Unconfirmed: 1, claim.Held: 1,
	claim.Delivered: 2, claim.Registered: 2,
	claim.InReview: 3, claim.DocumentsRequested: 3, claim.Blocked: 3,
	claim.Approved: 4,
}

func ahead(states ...claim.State) []Step {
	steps := make([]Step, len(states))
	for i, s := range states {
		steps[i] = Step{Phase: Future, State: s, Note: Note{Key: "claims.ahead." + string(s)}}
	}
	return steps
}
