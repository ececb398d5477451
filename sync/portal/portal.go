// Package portal is the mutual as a member's access needs it (account.Portal), over the wire of package engine: every answer
// is signed by the mutual, and what presents a token is signed by this computer's key.
package portal

import (
	"context"
	"crypto/ed25519"
	"io"
	"net/http"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/engine"
)

// Identity is what this computer may present. All of them answer "" or nil while there is none.
type Identity interface {
	Full() string   // the token for everything
	Key() []byte    // seed of this device's key
	Device() string // the device's id at the mutual
}

// Portal implements account.Portal. It is safe for concurrent use.
type Portal struct {
	wire   *engine.Wire
	who    Identity
	random io.Reader
}

// New speaks to the mutual at the other end of wire, as who: nil before an activation. Keys of new devices are drawn from random.
func New(wire *engine.Wire, who Identity, random io.Reader) *Portal {
	if who == nil {
		who = nobody{}
	}
	wire.Prove(who.Key)
	return &Portal{wire: wire, who: who, random: random}
}

// nobody is a computer that is not activated yet.
type nobody struct{}

func (nobody) Full() string   { return "" }
func (nobody) Key() []byte    { return nil }
func (nobody) Device() string { return "" }

// open asks without a token.
func (p *Portal) open(ctx context.Context, path string, body, into any) error {
	return p.wire.Ask(ctx, http.MethodPost, path, "", "", body, into)
}

// asMember asks with the full token.
func (p *Portal) asMember(ctx context.Context, method, path string, body, into any) error {
	token := p.who.Full()
	if token == "" {
		return fault.New(engine.CodeNoToken, "portal", path)
	}
	return p.wire.Ask(ctx, method, path, token, token, body, into)
}

// asDevice asks without a token, and proves that this is the device it names.
func (p *Portal) asDevice(ctx context.Context, path string, body, into any) error {
	return p.wire.Ask(ctx, http.MethodPost, path, "", p.who.Device(), body, into)
}

// Rules implements account.Portal.
func (p *Portal) Rules(ctx context.Context) (mutual.Profile, error) {
	var rules mutual.Profile
	if err := p.wire.Ask(ctx, http.MethodGet, api.PathRules, "", "", nil, &rules); err != nil {
		return mutual.Profile{}, err
	}
	return rules, mutual.Check(rules)
}

// SignIn implements account.Portal. The device's key is made here and only its public half is sent.
func (p *Portal) SignIn(ctx context.Context, c account.Credentials) (account.Device, error) {
	public, private, err := ed25519.GenerateKey(p.random)
	if err != nil {
		return account.Device{}, err
	}
	var d api.Device
	ask := api.SignIn{User: c.User, Password: c.Password, Device: c.Device, Key: public, Factor: c.Factor, Recovery: c.Recovery}
	if err := p.open(ctx, api.PathSignIn, ask, &d); err != nil {
		return account.Device{}, err
	}
	if d.ID == "" || d.Token == "" || d.UploadToken == "" {
		return account.Device{}, fault.New(engine.CodeAnswer, "portal.sign-in", "token")
	}
	return account.Device{ID: d.ID, Token: d.Token, Upload: d.UploadToken, Key: private.Seed(), Member: member.ID(d.Member), PasswordChanged: d.PasswordChanged}, nil
}

// Reset implements account.Portal.
func (p *Portal) Reset(ctx context.Context, user string) (account.Reset, error) {
	return p.reset(ctx, api.PathReset, api.ResetAsk{User: user})
}

// ResendReset implements account.Portal.
func (p *Portal) ResendReset(ctx context.Context, ticket string) (account.Reset, error) {
	return p.reset(ctx, api.PathResetResend, api.Ticketed{Ticket: ticket})
}

func (p *Portal) reset(ctx context.Context, path string, body any) (account.Reset, error) {
	var r api.Reset
	err := p.open(ctx, path, body, &r)
	return account.Reset{Ticket: r.Ticket, ResendAt: r.ResendAt}, err
}

// FinishReset implements account.Portal.
func (p *Portal) FinishReset(ctx context.Context, r account.ResetProof) (account.Access, error) {
	return p.access(ctx, api.PathResetFinish, api.ResetFinish{Ticket: r.Ticket, Code: r.Code, Password: r.Password, Factor: r.Factor,
		Recovery: r.Recovery, Device: p.who.Device()})
}

// OpenShare implements account.Portal.
func (p *Portal) OpenShare(ctx context.Context, c account.Credentials) (account.Access, error) {
	return p.access(ctx, api.PathShareOpen, api.ShareOpen{User: c.User, Password: c.Password, Factor: c.Factor, Recovery: c.Recovery, Device: p.who.Device()})
}

func (p *Portal) access(ctx context.Context, path string, body any) (account.Access, error) {
	var s api.Share
	err := p.asDevice(ctx, path, body, &s)
	return account.Access{Share: s.Share, PasswordChanged: s.PasswordChanged}, err
}

// PutShare implements account.Portal.
func (p *Portal) PutShare(ctx context.Context, share []byte) error {
	return p.asMember(ctx, http.MethodPut, api.PathShare, api.Share{Share: share}, nil)
}

// ChangePassword implements account.Portal.
func (p *Portal) ChangePassword(ctx context.Context, current, next string, endOthers bool) (account.Access, error) {
	var s api.Share
	err := p.asMember(ctx, http.MethodPost, api.PathPassword, api.PasswordChange{Current: current, Next: next, EndOthers: endOthers}, &s)
	return account.Access{PasswordChanged: s.PasswordChanged}, err
}

// BeginFactor implements account.Portal.
func (p *Portal) BeginFactor(ctx context.Context, password string) (account.Factor, error) {
	var f api.Factor
	err := p.asMember(ctx, http.MethodPost, api.PathFactor, api.Secret{Password: password}, &f)
	return account.Factor{URI: f.URI, Secret: f.Secret, Recovery: f.Recovery}, err
}

// ConfirmFactor implements account.Portal.
func (p *Portal) ConfirmFactor(ctx context.Context, code string) error {
	return p.asMember(ctx, http.MethodPost, api.PathFactorConfirm, api.FactorCode{Code: code}, nil)
}

// EndFactor implements account.Portal.
func (p *Portal) EndFactor(ctx context.Context, password string) error {
	return p.asMember(ctx, http.MethodPost, api.PathFactorEnd, api.Secret{Password: password}, nil)
}

// NewRecoveryCodes implements account.Portal.
func (p *Portal) NewRecoveryCodes(ctx context.Context, password string) ([]string, error) {
	var f api.Factor
	err := p.asMember(ctx, http.MethodPost, api.PathFactorCodes, api.Secret{Password: password}, &f)
	return f.Recovery, err
}

// Sessions implements account.Portal.
func (p *Portal) Sessions(ctx context.Context) ([]account.Session, error) {
	var s api.Sessions
	if err := p.asMember(ctx, http.MethodGet, api.PathSessions, nil, &s); err != nil {
		return nil, err
	}
	list := make([]account.Session, len(s.Sessions))
	for i, one := range s.Sessions {
		list[i] = account.Session(one)
	}
	return list, nil
}

// EndSession implements account.Portal.
func (p *Portal) EndSession(ctx context.Context, id, password string, destroy bool) error {
	return p.asMember(ctx, http.MethodPost, api.PathSessionEnd, api.SessionEnd{ID: id, Password: password, Destroy: destroy}, nil)
}

// ConfirmContacts implements account.Portal.
func (p *Portal) ConfirmContacts(ctx context.Context, c account.Codes) error {
	return p.asMember(ctx, http.MethodPost, api.PathContactProof, api.ContactProof{EMail: c.EMail, Mobile: c.Mobile}, nil)
}

// ResendContacts implements account.Portal.
func (p *Portal) ResendContacts(ctx context.Context) error {
	return p.asMember(ctx, http.MethodPost, api.PathContactCodes, struct{}{}, nil)
}
