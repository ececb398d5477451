package submission

import "time"

// Cursor is how far the member's feed was applied. Epoch changes when the mutual restored a backup.
type Cursor struct {
	Epoch string `json:"epoch"`
	Seq   int64  `json:"seq"`
}

// FeedEvent is one thing the mutual says, in the order it says them: a status, a payment, a new card. Body is JSON
// whose shape depends on Kind; a kind that the program does not know is kept and shown by its Text.
type FeedEvent struct {
	ID      string    `json:"id"` // UUID
	Seq     int64     `json:"seq"`
	Kind    string    `json:"kind"`    // "claim.status", "household", "notice", …
	Subject string    `json:"subject"` // claim id, or ""
	At      time.Time `json:"at"`      // UTC, the mutual's clock
	Text    string    `json:"text"`    // the mutual's own words, may be ""
	Body    []byte    `json:"body"`
}

// The kinds of event that this program understands.
const (
	EventClaimStatus = "claim.status"     // Body: claim.StatusNews
	EventHousehold   = "household"        // Body: member.Household
	EventCards       = "cards"            // Body: []card.Card, all cards of the household
	EventAccount     = "account"          // Body: account.Standing
	EventConsents    = "consents"         // Body: []privacy.Answer, every answer that the mutual has, oldest first
	EventRules       = "rules"            // Body: mutual.Profile, when the mutual changed its rules
	EventComplaint   = "complaint.status" // Body: complaint.StatusNews, of a complaint or a question
	EventErased      = "erased"           // no Body, no Text: erased at the member's wish (DEL-02); its place stays
)
