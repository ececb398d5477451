// Package privacy is what a member agreed to, may read, take away and have deleted (PRV, DEL).
package privacy

import "time"

// Answer is a person's answer to one consent, as it is sent (PRV-04).
type Answer struct {
	Consent string    `json:"consent"` // id in the mutual's profile
	Version string    `json:"version"` // of the text that was shown
	Person  string    `json:"person"`  // member id of whom it concerns; "" = the one who registers
	Given   bool      `json:"given"`   // false = refused or withdrawn
	At      time.Time `json:"at"`      // UTC, when the person answered
}

// Erasure is what is to be deleted at the mutual. The three are separate, and each is confirmed (DEL-04).
type Erasure string

// The erasures.
const (
	DisableService Erasure = "disable" // DEL-01
	ClearHistory   Erasure = "history" // DEL-02
	DeleteAccount  Erasure = "account" // DEL-03, DEL-05
)

// Erasures lists them in the order they are offered.
var Erasures = []Erasure{DisableService, ClearHistory, DeleteAccount}
