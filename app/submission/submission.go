// Package submission is what a member sends, whatever it is: frozen, sealed, delivered once and answered with a signed
// receipt. The claim, the study grant and the booking are kinds of submission; none has a way of its own.
//
// The way of one submission:
//
//	Queued → Sending → Unconfirmed → Delivered
//	   ↑________|  ↑________|  |
//	   |___________________________|  (only by the mutual's signed word that nothing arrived)
//
// and beside it Held: something that only the member can mend, with one reason.
package submission

import (
	"time"

	"github.com/sodale/sodale/app/fault"
)

// Kind is what a submission is about. The written-out value is part of the protocol.
type Kind string

// The kinds.
const (
	KindClaim   Kind = "claim"
	KindProfile Kind = "profile" // a change of personal data (PER-02)
	KindFamily  Kind = "family"  // a relative is added (FAM-01)
	KindConsent Kind = "consent" // a consent given or withdrawn (PRV-04)
	KindErasure Kind = "erasure" // a deletion asked for (DEL-01 … DEL-03)

	KindComplaint Kind = "complaint" // about one thing (CMP-01, BEG-19)
	KindQuestion  Kind = "question"  // a request for information, no complaint (CMP-02)
)

// Blob is one sealed file that belongs to a submission. Digest and Size are of the sealed bytes, as they are stored,
// uploaded and carried.
type Blob struct {
	Digest string `json:"digest"` // lower-case hex SHA-256 of the sealed bytes
	Size   int64  `json:"size"`   // bytes, sealed
}

// Submission is one frozen revision, ready to go. Its bytes never change: every retry sends these.
type Submission struct {
	OpID     string    `json:"opId"` // UUIDv7, the idempotency key; never expires
	Kind     Kind      `json:"kind"`
	Subject  string    `json:"subject"`  // UUID of the claim (or other subject) that this is a revision of: its lane
	Revision int       `json:"revision"` // 1, 2, 3 …
	Body     []byte    `json:"body"`     // sealed to member and mutual
	Plain    string    `json:"plain"`    // hex SHA-256 of the canonical body before sealing
	Blobs    []Blob    `json:"blobs"`
	FrozenAt time.Time `json:"frozenAt"` // UTC
}

// Status is where a submission is on its way. Written-out values: they are stored.
type Status string

// The statuses, with the Italian name and who moves them.
const (
	Queued      Status = "queued"      // In coda: engine
	Sending     Status = "sending"     // In invio: engine
	Unconfirmed Status = "unconfirmed" // Da verificare: engine; committed before the last request
	Delivered   Status = "delivered"   // Consegnata: engine, with the verified receipt
	Held        Status = "held"        // Serve il tuo intervento: member
)

// Step is what happened to a submission on its way.
type Step string

// The steps.
const (
	Start        Step = "start"         // the engine took it up
	Interrupted  Step = "interrupted"   // the line dropped before the last request
	Ask          Step = "ask"           // the last request is about to leave
	Receipt      Step = "receipt"       // a receipt came and its signature verified
	NothingThere Step = "nothing-there" // the mutual signed that it has nothing of it
	Refuse       Step = "refuse"        // the mutual signed a refusal
	Release      Step = "release"       // the member says: try again
)

// transitions is the one table of a submission's way. Left out on purpose: Unconfirmed → Queued by anything but
// NothingThere, since an answer that was lost is no failure; anything out of Delivered.
var transitions = map[Status]map[Step]Status{
	Queued:      {Start: Sending, Ask: Unconfirmed, Receipt: Delivered, Refuse: Held},
	Sending:     {Interrupted: Queued, Ask: Unconfirmed, Receipt: Delivered, Refuse: Held, Start: Sending},
	Unconfirmed: {Receipt: Delivered, NothingThere: Queued, Refuse: Held, Ask: Unconfirmed},
	Held:        {Release: Queued, Receipt: Delivered},
}

// Next returns the status after a step, and false when the table has no such arrow.
func Next(from Status, step Step) (Status, bool) {
	to, ok := transitions[from][step]
	return to, ok
}

// Delivery is how far a submission has come. It lies apart from the frozen bytes and may be read while the vault is
// locked: it holds ids, digests and codes, nothing about a person.
type Delivery struct {
	OpID      string     `json:"opId"`
	Kind      Kind       `json:"kind"`
	Subject   string     `json:"subject"`
	Revision  int        `json:"revision"`
	Status    Status     `json:"status"`
	Blobs     []Blob     `json:"blobs"`
	Plain     string     `json:"plain"`
	FrozenAt  time.Time  `json:"frozenAt"`
	BlobsDone int        `json:"blobsDone"` // how many files the mutual confirmed
	Attempts  int        `json:"attempts"`  // since the last progress; never resets by restart
	NextTry   time.Time  `json:"nextTry"`   // UTC; zero = now
	Reason    fault.Code `json:"reason"`    // why Held, or why the last attempt failed
	AskedAt   time.Time  `json:"askedAt"`   // UTC; when the last request left
	DoneAt    time.Time  `json:"doneAt"`    // UTC, the mutual's clock; when Delivered
	Protocol  string     `json:"protocol"`  // the mutual's number, for example "26-004471"
	Receipt   []byte     `json:"receipt"`   // the signed receipt as it came
	Epoch     string     `json:"epoch"`     // of the mutual's memory in which it was last seen to have this; "" = not yet
}

// Revise names one revision of one subject.
type Revise struct {
	Subject  string
	Revision int
}

// Link is the state of the line to the mutual, as the sync chip shows it (UX section 3).
type Link struct {
	Online      bool      // the last signed hello is fresh
	LastContact time.Time // UTC; last verified answer; zero = never
	Waiting     int       // Queued
	Sending     int       // Sending
	SendingOf   int       // how many this run set out to send
	Unconfirmed int
	Held        int
	Failures    int       // consecutive failed contacts
	FailingFrom time.Time // UTC; zero while all is well
}

// Cause is one point of "Perché non parte?".
type Cause string

// The points, in the order they are checked and shown.
const (
	CauseNetwork Cause = "network" // Rete
	CauseMutual  Cause = "mutual"  // Mutua: portal, TLS, server
	CauseClock   Cause = "clock"   // Orologio
	CauseAccess  Cause = "access"  // Accesso
	CauseFile    Cause = "file"    // File
	CauseSpace   Cause = "space"   // Spazio
)

// Finding is the answer for one point. Code is "" when all is well.
type Finding struct {
	Cause  Cause
	Code   fault.Code
	Values map[string]string
}

// OK reports whether nothing is wrong with this point.
func (f Finding) OK() bool { return f.Code == "" }
