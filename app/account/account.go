// Package account is a member's access at the mutual: how it comes to be, how it is proved, and how it is got back. What is
// here needs the network; the vault on this computer opens without it (package identity).
package account

import (
	"context"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/privacy"
)

// Codes of what the mutual answers. Screens translate them.
const (
	CodeWrong        fault.Code = "access.bad-sign-in"        // user name or password (LOG-04, MSG-03)
	CodeFactor       fault.Code = "access.second-factor"      // the password is right, a code is needed (TFA-07)
	CodeFactorWrong  fault.Code = "access.second-factor-bad"  // that code is not right, or was used
	CodeUnfinished   fault.Code = "access.unfinished"         // the activation has a step left; Values: Ticket
	CodeRegistered   fault.Code = "access.already-registered" // MSG-01
	CodeNotFound     fault.Code = "access.person-unknown"     // MSG-02
	CodeCodeWrong    fault.Code = "access.bad-code"           // Values: Left (tries), Field ("email", "mobile", "activation")
	CodeCodeOver     fault.Code = "access.code-over"          // too old or tried too often: ask for a new one
	CodeTicketOver   fault.Code = "access.ticket-over"        // the activation or reset ran out: begin again
	CodeTooSoon      fault.Code = "access.too-soon"           // Values: Seconds until a new code may be asked
	CodePasswordRule fault.Code = "access.password-rule"      // MSG-04
	CodeSameMobile   fault.Code = "access.mobile-differs"     // FAM-05, MSG-08
	CodeConsent      fault.Code = "access.consent-missing"    // FAC-14, REG-08; Values: Consent
	CodeField        fault.Code = "access.field"              // Values: Field, Reason: what is wrong with one field of a form
	CodeRevoked      fault.Code = "access.revoked"            // this computer was signed out from elsewhere
	CodeStale        fault.Code = "access.stale-password"     // the account's password is not the one of this vault
)

// Application is what a person hands in to come to an account. Which fields matter depends on Way.
type Application struct {
	Way        mutual.Way
	User       string // WayFirstAccess: padded number
	Password   string // WayFirstAccess: the derived one; otherwise the one chosen
	FiscalCode string
	Code       string // WayCode: activation code from the paper form; asked only at the dossier step
	Person     Person
	EMail      string
	Mobile     string // "+39" and digits, no spaces (AMB-57)
	Consents   []privacy.Answer
}

// Person is who registers (REG-04, FAM-02).
type Person struct {
	GivenName   string
	FamilyName  string
	Sex         member.Sex
	DateOfBirth civil.Date
	BirthPlace  string // Belfiore code
	Residence   member.Address
}

// Step is what an activation waits for (REG-14).
type Step string

// The steps.
const (
	StepContacts Step = "contacts"   // new password, contacts and consents (FAC-06)
	StepLink     Step = "email-link" // the link in the e-mail has to be opened (CTV-01)
	StepCodes    Step = "codes"      // codes sent by e-mail and SMS have to be typed (CTV-07)
	StepSignIn   Step = "sign-in"    // sign in with what was chosen
	StepDossier  Step = "dossier"    // notice, codice fiscale and activation code (REG-18)
	StepDone     Step = "done"
)

// Enrolment is how far an activation has come, in the mutual's words.
type Enrolment struct {
	Ticket   string // secret, names the activation until it is done
	Step     Step
	User     string // what to sign in with
	Name     string // given name, once proved (FAC-06)
	EMail    string // known so far (FAC-07), or where the code went
	Mobile   string
	Channels []string  // of StepCodes: "email", "mobile"
	ResendAt time.Time // UTC, from when a new code may be asked
}

// Contacts is the page of the first access (FAC-06 … FAC-10).
type Contacts struct {
	Password string
	EMail    string
	Mobile   string
	Consents []privacy.Answer
}

// Codes are what a person typed.
type Codes struct {
	EMail  string
	Mobile string
}

// Dossier opens a patient's dossier (REG-18, FAM-06).
type Dossier struct {
	FiscalCode string
	Code       string
	Consents   []privacy.Answer
}

// Credentials sign in. Factor is a TOTP code, Recovery one of the recovery codes; at most one of them is set.
type Credentials struct {
	User     string
	Password string
	Factor   string
	Recovery string
	Device   string // a name the member recognises this computer by
}

// Device is what a sign-in gives: opaque, revocable, bound to the key that was made for it.
type Device struct {
	ID     string
	Token  string
	Upload string
	Key    []byte // Ed25519 seed, 32 bytes; made here, never sent
	Member member.ID
	// PasswordChanged is Standing.PasswordChanged of that moment.
	PasswordChanged time.Time
}

// Access is what the mutual hands out against the account's password. Share is nil when it has none of this computer.
type Access struct {
	Share           []byte
	PasswordChanged time.Time // UTC, the mutual's clock: Standing.PasswordChanged from now on
}

// Reset is a way back to a forgotten password, asked for (LOG-09, LOG-10). It looks the same for a user name that is unknown.
type Reset struct {
	Ticket   string
	ResendAt time.Time
}

// ResetProof is the other half of it. Device names this computer, so that the mutual hands out its half of the vault's key.
type ResetProof struct {
	Ticket   string
	Code     string
	Password string // the new one
	Factor   string
	Recovery string
}

// Standing is what the mutual says of the account. It comes through the feed.
type Standing struct {
	User            string    `json:"user"`
	FactorOn        bool      `json:"factorOn"`
	RecoveryLeft    int       `json:"recoveryLeft"`
	PasswordChanged time.Time `json:"passwordChanged"` // UTC; zero = never since activation
	ChangedBy       string    `json:"changedBy"`       // device id that changed it; "" = a reset
	EMailPending    string    `json:"emailPending"`    // new address that waits for its code (PER-06)
	MobilePending   string    `json:"mobilePending"`
	Disabled        bool      `json:"disabled"` // DEL-01
}

// Session is one signed-in computer (SES-02).
type Session struct {
	ID       string
	Name     string
	Since    time.Time // UTC
	LastSeen time.Time // UTC
	Here     bool
}

// Factor is what enabling the second factor shows once (TFA-04, TFA-05).
type Factor struct {
	URI      string // otpauth://…, for the QR code
	Secret   string // base32, for typing
	Recovery []string
}

// Portal is the mutual, as far as an account needs it. Every answer was verified. Errors carry the codes above or those of the
// line; none says whether a user name exists.
type Portal interface {
	Rules(ctx context.Context) (mutual.Profile, error)

	Apply(ctx context.Context, a Application) (Enrolment, error)
	SetContacts(ctx context.Context, ticket string, c Contacts) (Enrolment, error)
	Resend(ctx context.Context, ticket string) (Enrolment, error)
	Verify(ctx context.Context, ticket string, c Codes) (Enrolment, error)
	OpenDossier(ctx context.Context, ticket string, d Dossier) (Enrolment, error)
	State(ctx context.Context, ticket string) (Enrolment, error)

	SignIn(ctx context.Context, c Credentials) (Device, error)

	Reset(ctx context.Context, user string) (Reset, error)
	ResendReset(ctx context.Context, ticket string) (Reset, error)
	// FinishReset sets the new password and returns this computer's share of the vault key.
	FinishReset(ctx context.Context, p ResetProof) (Access, error)
	// OpenShare returns the share against the account's right password: the vault's own is an older one.
	OpenShare(ctx context.Context, c Credentials) (Access, error)
	PutShare(ctx context.Context, share []byte) error

	// ChangePassword returns an Access without a share.
	ChangePassword(ctx context.Context, current, next string, endOthers bool) (Access, error)
	BeginFactor(ctx context.Context, password string) (Factor, error)
	ConfirmFactor(ctx context.Context, code string) error
	EndFactor(ctx context.Context, password string) error
	NewRecoveryCodes(ctx context.Context, password string) ([]string, error)
	Sessions(ctx context.Context) ([]Session, error)
	// EndSession signs a computer out. With destroy it also destroys the key of its vault at its next contact.
	EndSession(ctx context.Context, id, password string, destroy bool) error
	ConfirmContacts(ctx context.Context, c Codes) error
	ResendContacts(ctx context.Context) error
}

// Vault is this computer's side. Every method that changes something returns after it is durable.
type Vault interface {
	Unlock(ctx context.Context, password []byte) error
	UnlockWithRecovery(ctx context.Context, code string) error
	// UnlockWithShare opens with the mutual's share and what lies on this disk; identity.CodeWrongPassword when it does not fit.
	UnlockWithShare(ctx context.Context, share []byte) error
	// SetPassword wraps the key of the open vault anew; the password before stops opening it. It also notes that the vault's
	// password is the account's of that moment (Standing.PasswordChanged).
	SetPassword(ctx context.Context, next []byte, changed time.Time) error
	// NewShare makes a further share. Those before it open the vault until KeepShare.
	NewShare(ctx context.Context) (share []byte, err error)
	// KeepShare notes that the mutual has the newest share: those before it stop opening the vault.
	KeepShare(ctx context.Context) error
	// ShareKept reports whether the mutual has the newest share, that is, whether a reset can open this vault.
	ShareKept() bool
	// NewRecoveryCode makes a new printed code; the one before stops opening the vault.
	NewRecoveryCode(ctx context.Context) (string, error)
	Standing(ctx context.Context) (Standing, error)
	// Stale reports whether the account's password was changed and not taken over here. It works while locked.
	Stale() bool
	// User is what to sign in with, "" when it is not known. It works while locked.
	User() string
	// Device is the id under which the mutual knows this computer. It works while locked.
	Device() string
}
