// Package accounttest is the mutual's side of a member's access in memory, and this computer's, for tests and pictures of the
// screens that come before the open vault.
package accounttest

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/clock"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/mutual"
)

// What PortalFake sends and knows.
const (
	EMailCode  = "48213377"
	MobileCode = "417032"
	Activation = "A7K2-94QX"
	Ticket     = "ticket-1"
)

// PortalFake is a mutual with one member. It is safe for concurrent use. Fields are set before it is used.
type PortalFake struct {
	account.Portal // what nobody asks before the vault is open

	Profile  mutual.Profile
	Clock    clock.Clock
	Err      error  // of every answer, as a line that is not there; nil = it answers
	Refuse   error  // of the next answer only
	User     string // of the member
	First    string // password of the first access
	Password string // "" = no access yet
	Factor   string // code of the app; "" = no second factor
	Recovery []string
	Name     string
	EMail    string
	Mobile   string
	LinkOpen bool // the link in the e-mail was opened
	Dossier  bool // the dossier has to be opened at the first sign-in
	Share    []byte
	Changed  time.Time

	mu       sync.Mutex
	Applied  []account.Application
	Set      []account.Contacts
	Verified []account.Codes
	Dossiers []account.Dossier
	SignedIn []account.Credentials
	Resets   []string
	Resent   int

	at      account.Enrolment
	pending string // password that was chosen on the way
}

// answer takes the refusal that was prepared.
func (p *PortalFake) answer() error {
	if p.Err != nil {
		return p.Err
	}
	err := p.Refuse
	p.Refuse = nil
	return err
}

func refuse(code fault.Code) *fault.Error { return fault.New(code, "accounttest", "") }

// Apply implements account.Portal.
func (p *PortalFake) Apply(_ context.Context, a account.Application) (account.Enrolment, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.Applied = append(p.Applied, a)
	if err := p.answer(); err != nil {
		return account.Enrolment{}, err
	}
	if a.Way == mutual.WayFirstAccess {
		if a.User != p.User || a.Password != p.First {
			return account.Enrolment{}, refuse(account.CodeWrong)
		}
		p.at = account.Enrolment{Ticket: Ticket, Step: account.StepContacts, User: p.User, Name: p.Name, EMail: p.EMail, Mobile: p.Mobile}
		return p.at, nil
	}
	p.pending = a.Password
	p.at = account.Enrolment{Ticket: Ticket, User: p.User, Name: a.Person.GivenName, EMail: a.EMail, Mobile: a.Mobile}
	if p.Profile.Entry.User != mutual.UserNumber {
		p.at.User = a.User
	}
	if p.Profile.Verification.MobileFromDesk {
		p.at.Mobile = p.Mobile
	}
	return p.prove(), nil
}

// prove goes to the step in which the contacts are proved.
func (p *PortalFake) prove() account.Enrolment {
	v := p.Profile.Verification
	p.at.Step, p.at.Channels, p.at.ResendAt = account.StepCodes, nil, p.Clock.Now().Add(time.Duration(v.ResendSeconds)*time.Second)
	if v.EMail != mutual.ChannelNone && p.at.EMail != "" {
		p.at.Channels = append(p.at.Channels, "email")
	}
	if v.Mobile != mutual.ChannelNone && p.at.Mobile != "" && !v.MobileAtSignIn {
		p.at.Channels = append(p.at.Channels, "mobile")
	}
	if v.EMail == mutual.ChannelLink {
		p.at.Step = account.StepLink
	}
	return p.at
}

// SetContacts implements account.Portal.
func (p *PortalFake) SetContacts(_ context.Context, _ string, c account.Contacts) (account.Enrolment, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.Set = append(p.Set, c)
	if err := p.answer(); err != nil {
		return account.Enrolment{}, err
	}
	p.pending, p.at.EMail, p.at.Mobile = c.Password, c.EMail, c.Mobile
	return p.prove(), nil
}

// Resend implements account.Portal.
func (p *PortalFake) Resend(context.Context, string) (account.Enrolment, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := p.answer(); err != nil {
		return account.Enrolment{}, err
	}
	p.Resent++
	p.at.ResendAt = p.Clock.Now().Add(time.Duration(p.Profile.Verification.ResendSeconds) * time.Second)
	return p.at, nil
}

// Verify implements account.Portal.
func (p *PortalFake) Verify(_ context.Context, _ string, c account.Codes) (account.Enrolment, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.Verified = append(p.Verified, c)
	if err := p.answer(); err != nil {
		return account.Enrolment{}, err
	}
	for channel, ok := range map[string]bool{"email": c.EMail == EMailCode, "mobile": c.Mobile == MobileCode} {
		if slices.Contains(p.at.Channels, channel) && !ok {
			return account.Enrolment{}, refuse(account.CodeCodeWrong).With("Field", channel).With("Left", "4")
		}
	}
	p.at.Channels = nil
	p.proved()
	return p.at, nil
}

// proved goes on after the contacts: to the first sign-in, or to the end of what a sign-in asked for.
func (p *PortalFake) proved() {
	if p.Password != "" {
		p.at.Step = account.StepDone
		return
	}
	p.Password, p.at.Step = p.pending, account.StepSignIn
}

// State implements account.Portal.
func (p *PortalFake) State(context.Context, string) (account.Enrolment, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := p.answer(); err != nil {
		return account.Enrolment{}, err
	}
	if p.at.Step == account.StepLink && p.LinkOpen {
		p.at.Channels = nil
		p.proved()
	}
	return p.at, nil
}

// OpenDossier implements account.Portal.
func (p *PortalFake) OpenDossier(_ context.Context, _ string, d account.Dossier) (account.Enrolment, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.Dossiers = append(p.Dossiers, d)
	if err := p.answer(); err != nil {
		return account.Enrolment{}, err
	}
	if d.Code != Activation {
		return account.Enrolment{}, refuse(account.CodeCodeWrong).With("Field", "activation").With("Left", "4")
	}
	p.Dossier, p.at.Step = false, account.StepDone
	return p.at, nil
}

// SignIn implements account.Portal.
func (p *PortalFake) SignIn(_ context.Context, c account.Credentials) (account.Device, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.SignedIn = append(p.SignedIn, c)
	if err := p.right(c.User, c.Password, c.Factor, c.Recovery); err != nil {
		return account.Device{}, err
	}
	switch {
	case p.Dossier:
		p.at.Ticket, p.at.Step = Ticket, account.StepDossier
		return account.Device{}, refuse(account.CodeUnfinished).With("Ticket", Ticket)
	case p.Profile.Verification.MobileAtSignIn && p.at.Step == account.StepSignIn:
		p.at.Step, p.at.Channels = account.StepCodes, []string{"mobile"}
		return account.Device{}, refuse(account.CodeUnfinished).With("Ticket", Ticket)
	}
	return account.Device{ID: "device-1", Token: "token", Upload: "upload", Key: make([]byte, 32), Member: "elena", PasswordChanged: p.Changed}, nil
}

// right reports whether what was typed lets the member in. A recovery code works once (TFA-09).
func (p *PortalFake) right(user, password, factor, recovery string) error {
	if err := p.answer(); err != nil {
		return err
	}
	switch at := slices.Index(p.Recovery, recovery); {
	case user != p.User && user != p.at.User || password != p.Password || password == "":
		return refuse(account.CodeWrong)
	case p.Factor == "" || factor == p.Factor:
		return nil
	case factor+recovery == "":
		return refuse(account.CodeFactor)
	case at < 0:
		return refuse(account.CodeFactorWrong)
	default:
		p.Recovery = slices.Delete(p.Recovery, at, at+1)
	}
	return nil
}
