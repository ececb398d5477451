package complaint

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/sodale/sodale/app/submission"
)

// State is how far the mutual is with a complaint or a question.
type State string

// The states. "" is that the mutual said nothing yet.
const (
	Received State = "received"
	InReview State = "in-review"
	Answered State = "answered"
)

// Outcome is what came of a complaint. A question has none.
type Outcome string

// The outcomes.
const (
	Upheld    Outcome = "upheld"        // accolto
	Partly    Outcome = "partly-upheld" // accolto in parte
	Dismissed Outcome = "dismissed"     // non accolto
)

// Outcomes lists them.
var Outcomes = []Outcome{Upheld, Partly, Dismissed}

// StatusNews is the body of an event "complaint.status". Each is complete by itself.
type StatusNews struct {
	State   State   `json:"state"`
	Number  string  `json:"number"`            // the mutual's, "R26-000012"
	Outcome Outcome `json:"outcome,omitempty"` // of an answered complaint
	Answer  string  `json:"answer,omitempty"`  // the mutual's words
	By      string  `json:"by,omitempty"`      // which of its bodies answered (CMP-01); "" = not said
}

// Passage is one state with the instant from which it held.
type Passage struct {
	State State
	At    time.Time // UTC, the mutual's clock
}

// Standing is what the mutual said of one complaint or question.
type Standing struct {
	StatusNews
	Passages []Passage // oldest first
}

// StandingOf reads the standing of a subject from the events of the feed, oldest first. Others, and bodies that can't be read, are
// passed over.
func StandingOf(subject string, events []submission.FeedEvent) Standing {
	var s Standing
	for _, e := range events {
		var news StatusNews
		if e.Kind != submission.EventComplaint || e.Subject != subject || json.Unmarshal(e.Body, &news) != nil || news.State == "" {
			continue
		}
		s.StatusNews = news
		if !slices.ContainsFunc(s.Passages, func(p Passage) bool { return p.State == news.State && p.At.Equal(e.At) }) {
			s.Passages = append(s.Passages, Passage{news.State, e.At})
		}
	}
	return s
}

// moves is the one table of what follows what at the mutual. An answer may be followed by another one.
var moves = map[State][]State{Received: {InReview, Answered}, InReview: {Answered}, Answered: {Answered}}

// MayMove reports whether a state follows another.
func MayMove(from, to State) bool { return slices.Contains(moves[from], to) }
