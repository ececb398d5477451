package api

import (
	"crypto/ed25519"
	"encoding/base64"
	"fmt"
	"time"
)

// Paths of a member's access. Tickets and codes travel in bodies, never in addresses.
const (
	PathRules    = "/v1/rules"              // GET, no token: mutual.Profile
	PathApply    = "/v1/enrolment"          // POST Application, no token → Enrolment
	PathContacts = "/v1/enrolment/contacts" // POST EnrolContacts, no token → Enrolment
	PathResend   = "/v1/enrolment/codes"    // POST Ticketed, no token → Enrolment
	PathVerify   = "/v1/enrolment/verify"   // POST EnrolCodes, no token → Enrolment
	PathDossier  = "/v1/enrolment/dossier"  // POST EnrolDossier, no token → Enrolment
	PathState    = "/v1/enrolment/state"    // POST Ticketed, no token → Enrolment

	PathReset       = "/v1/reset"        // POST ResetAsk, no token → Reset, the same for every user name
	PathResetResend = "/v1/reset/codes"  // POST Ticketed, no token → Reset
	PathResetFinish = "/v1/reset/finish" // POST ResetFinish, no token → Share
	PathShareOpen   = "/v1/share/open"   // POST ShareOpen, no token → Share

	PathShare         = "/v1/share"          // PUT Share, full → {}
	PathPassword      = "/v1/password"       // POST PasswordChange, full → Share without share
	PathFactor        = "/v1/factor"         // POST Secret, full → Factor
	PathFactorConfirm = "/v1/factor/confirm" // POST FactorCode, full → {}
	PathFactorEnd     = "/v1/factor/end"     // POST Secret, full → {}
	PathFactorCodes   = "/v1/factor/codes"   // POST Secret, full → Factor without secret
	PathSessions      = "/v1/sessions"       // GET, full → Sessions
	PathSessionEnd    = "/v1/sessions/end"   // POST SessionEnd, full → {}
	PathContactCodes  = "/v1/contacts/codes" // POST {}, full → {}: sends the codes of pending contacts again
	PathContactProof  = "/v1/contacts/proof" // POST ContactProof, full → {}

	PathConfirm = "/v1/confirm" // GET: a page for the link in an e-mail, POST token=…: of browsers, so neither has a nonce (CTV-01)
)

// Headers of a token's proof (RFC 9449, with the server's challenge instead of a clock).
const (
	HeaderProof     = "Sodale-Proof"     // request: base64 Ed25519 by the device's key over ProofText
	HeaderChallenge = "Sodale-Challenge" // every answer: what the next proof must name; both: request repeats it
)

// ProofText is what a device signs with each request that presents a token or its own id: whoever only has the token can do
// nothing with it. A challenge that is too old is answered by 401 CodeChallenge and a fresh one.
func ProofText(method, path, nonce, challenge, token string) []byte {
	return fmt.Appendf(nil, "sodale-proof-1\n%s\n%s\n%s\n%s\n%s\n", method, path, nonce, challenge, token)
}

// Prove signs a ProofText with the seed of a device's key.
func Prove(seed []byte, method, path, nonce, challenge, token string) string {
	return base64.StdEncoding.EncodeToString(ed25519.Sign(ed25519.NewKeyFromSeed(seed), ProofText(method, path, nonce, challenge, token)))
}

// Address is where a person lives.
type Address struct {
	Street   string `json:"street"`
	PostCode string `json:"postCode"`
	Town     string `json:"town"`
	Province string `json:"province"`
}

// ConsentAnswer is one ticked or empty box.
type ConsentAnswer struct {
	Consent string    `json:"consent"`
	Version string    `json:"version"`
	Person  string    `json:"person"`
	Given   bool      `json:"given"`
	At      time.Time `json:"at"`
}

// Application begins an activation (REG, FAC).
type Application struct {
	Way         string          `json:"way"` // "register", "first-access" or "code"
	User        string          `json:"user"`
	Password    string          `json:"password"`
	FiscalCode  string          `json:"fiscalCode"`
	GivenName   string          `json:"givenName"`
	FamilyName  string          `json:"familyName"`
	Sex         string          `json:"sex"`
	DateOfBirth string          `json:"dateOfBirth"` // YYYY-MM-DD
	BirthPlace  string          `json:"birthPlace"`
	Residence   Address         `json:"residence"`
	EMail       string          `json:"email"`
	Mobile      string          `json:"mobile"`
	Consents    []ConsentAnswer `json:"consents"`
}

// Enrolment is how far an activation has come.
type Enrolment struct {
	Ticket   string    `json:"ticket"`
	Step     string    `json:"step"` // "contacts", "email-link", "codes", "sign-in", "dossier" or "done"
	User     string    `json:"user"`
	Name     string    `json:"name"`
	EMail    string    `json:"email"`
	Mobile   string    `json:"mobile"`
	Channels []string  `json:"channels"`
	ResendAt time.Time `json:"resendAt"`
}

// Ticketed names an activation or a reset.
type Ticketed struct {
	Ticket string `json:"ticket"`
}

// EnrolContacts is the page of the first access (FAC-06 … FAC-10).
type EnrolContacts struct {
	Ticket   string          `json:"ticket"`
	Password string          `json:"password"`
	EMail    string          `json:"email"`
	Mobile   string          `json:"mobile"`
	Consents []ConsentAnswer `json:"consents"`
}

// EnrolCodes are the codes that were typed (CTV-07).
type EnrolCodes struct {
	Ticket string `json:"ticket"`
	EMail  string `json:"email"`
	Mobile string `json:"mobile"`
}

// EnrolDossier opens a dossier (REG-18).
type EnrolDossier struct {
	Ticket     string          `json:"ticket"`
	FiscalCode string          `json:"fiscalCode"`
	Code       string          `json:"code"`
	Consents   []ConsentAnswer `json:"consents"`
}

// ResetAsk asks for a code to the registered e-mail (LOG-09).
type ResetAsk struct {
	User string `json:"user"`
}

// Reset is the answer, whoever asks.
type Reset struct {
	Ticket   string    `json:"ticket"`
	ResendAt time.Time `json:"resendAt"`
}

// ResetFinish sets the new password (LOG-11). With Device and its proof the answer holds that device's share.
type ResetFinish struct {
	Ticket   string `json:"ticket"`
	Code     string `json:"code"`
	Password string `json:"password"`
	Factor   string `json:"factor"`
	Recovery string `json:"recovery"`
	Device   string `json:"device"`
}

// ShareOpen asks for a device's share with the account's right password.
type ShareOpen struct {
	User     string `json:"user"`
	Password string `json:"password"`
	Factor   string `json:"factor"`
	Recovery string `json:"recovery"`
	Device   string `json:"device"`
}

// Share is the mutual's half of what opens a device's vault, 32 bytes; it opens nothing without that device's disk.
type Share struct {
	Share           []byte    `json:"share"`
	PasswordChanged time.Time `json:"passwordChanged"` // UTC; in answers
}

// PasswordChange changes the password (SES-03).
type PasswordChange struct {
	Current   string `json:"current"`
	Next      string `json:"next"`
	EndOthers bool   `json:"endOthers"`
}

// Secret proves that the member is there.
type Secret struct {
	Password string `json:"password"`
}

// Factor is shown once (TFA-04, TFA-05).
type Factor struct {
	URI      string   `json:"uri"`
	Secret   string   `json:"secret"`
	Recovery []string `json:"recovery"`
}

// FactorCode is a TOTP code.
type FactorCode struct {
	Code string `json:"code"`
}

// Session is one signed-in device (SES-02).
type Session struct {
	ID       string    `json:"id"`
	Name     string    `json:"name"`
	Since    time.Time `json:"since"`
	LastSeen time.Time `json:"lastSeen"`
	Here     bool      `json:"here"`
}

// Sessions lists them, newest first.
type Sessions struct {
	Sessions []Session `json:"sessions"`
}

// SessionEnd signs a device out.
type SessionEnd struct {
	ID       string `json:"id"`
	Password string `json:"password"`
	Destroy  bool   `json:"destroy"` // the device destroys its vault's key when it hears of it
}

// ContactProof proves new contacts (PER-06).
type ContactProof struct {
	EMail  string `json:"email"`
	Mobile string `json:"mobile"`
}

// Codes of a member's access, in Problem.Code.
const (
	CodeSecondFactor    = "access.second-factor"      // 401: the password is right; a TOTP or recovery code is needed
	CodeSecondFactorBad = "access.second-factor-bad"  // 401
	CodeUnfinished      = "access.unfinished"         // 401: Problem.Ticket goes on with the activation
	CodeRegistered      = "access.already-registered" // 409
	CodeUnknownPerson   = "access.person-unknown"     // 404
	CodeBadCode         = "access.bad-code"           // 422: Field says which, Left how many tries
	CodeCodeOver        = "access.code-over"          // 410
	CodeTicketOver      = "access.ticket-over"        // 410
	CodeTooSoon         = "access.too-soon"           // 429, with Retry-After
	CodePasswordRule    = "access.password-rule"      // 422
	CodeConsentMissing  = "access.consent-missing"    // 422: Field says which
	CodeField           = "access.field"              // 422: Field and Title say what
	CodeRevoked         = "access.revoked"            // 401: Destroy says whether to destroy the key
	CodeChallenge       = "access.challenge"          // 401: prove again with the challenge of this answer
	CodeProof           = "access.proof"              // 401: the proof is not this device's
	CodeConflict        = "request.conflict"          // 422: Field lists the fields, comma-separated
	CodeMobileDiffers   = "access.mobile-differs"     // 422 (FAM-05)
	CodeActivation      = "request.activation-code"   // 422
	CodeNotAllowed      = "request.not-allowed"       // 422
	CodePersonUnknown   = "request.person"            // 422
)
