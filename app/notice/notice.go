// Package notice is what the mutual said, as a list that a member reads (NTF-01).
package notice

import "time"

// Notice is one item of the list, made from one event of the feed.
type Notice struct {
	ID      string    `json:"id"`
	Kind    string    `json:"kind"`    // kind of the event it came from
	Subject string    `json:"subject"` // claim id, or ""
	State   string    `json:"state"`   // for a claim: the state it moved to
	Text    string    `json:"text"`    // the mutual's own words, may be ""
	At      time.Time `json:"at"`      // UTC
	Read    bool      `json:"read"`
}
