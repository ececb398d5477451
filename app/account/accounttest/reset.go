package accounttest

import (
	"context"
	"time"

	"github.com/sodale/sodale/app/account"
)

// Reset implements account.Portal; it answers alike for every user name.
func (p *PortalFake) Reset(_ context.Context, user string) (account.Reset, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.Resets = append(p.Resets, user)
	return p.resetAt(), p.answer()
}

// ResendReset implements account.Portal.
func (p *PortalFake) ResendReset(context.Context, string) (account.Reset, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.Resent++
	return p.resetAt(), p.answer()
}

func (p *PortalFake) resetAt() account.Reset {
	return account.Reset{Ticket: Ticket, ResendAt: p.Clock.Now().Add(time.Duration(p.Profile.Verification.ResendSeconds) * time.Second)}
}

// FinishReset implements account.Portal. A code by e-mail never stands for the second factor.
func (p *PortalFake) FinishReset(_ context.Context, r account.ResetProof) (account.Access, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if r.Code != EMailCode {
		return account.Access{}, refuse(account.CodeCodeWrong)
	}
	if err := p.right(p.User, p.Password, r.Factor, r.Recovery); err != nil {
		return account.Access{}, err
	}
	p.Password, p.Changed = r.Password, p.Clock.Now()
	return account.Access{Share: p.Share, PasswordChanged: p.Changed}, nil
}

// OpenShare implements account.Portal.
func (p *PortalFake) OpenShare(_ context.Context, c account.Credentials) (account.Access, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := p.right(c.User, c.Password, c.Factor, c.Recovery); err != nil {
		return account.Access{}, err
	}
	return account.Access{Share: p.Share, PasswordChanged: p.Changed}, nil
}
