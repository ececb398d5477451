package unlock

import (
	"context"
	"errors"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/identity"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/screen/reset"
)

// CodeRecalled is the code of a keyring whose secret opens nothing any more.
const CodeRecalled fault.Code = "unlock.recalled"

// attempt is one try, with all that was typed for it.
type attempt struct {
	password, newer, code string
	byCode, takesOver     bool
	stale, keep           bool
	factor, recovery      string
}

// open tries what was typed.
func (p *Page) open() {
	if p.model.stage == asking && p.model.typed() == "" && !p.model.takesOver() {
		p.view.sayEmpty()
		return
	}
	if p.view.factor != nil && p.model.takesOver() && !p.view.factor.Check() {
		return
	}
	if !p.model.begin() {
		return
	}
	m := p.model
	a := attempt{password: m.password, newer: m.newer, code: m.code, byCode: m.byCode, takesOver: m.takesOver(), stale: m.stale, keep: m.keep}
	if p.view.factor != nil {
		a.factor, a.recovery = p.view.factor.Values()
	}
	p.view.show()
	runner.Go(p.config.Runner, "unlock", func(ctx context.Context) (Entered, error) { return p.try(ctx, a) }, p.answered)
}

// try opens the vault. The order is that of the member's choice: the code, the account's password alone, or the vault's own.
func (p *Page) try(ctx context.Context, a attempt) (Entered, error) {
	switch {
	case a.byCode:
		return Entered{Choose: p.config.SetHere != nil}, p.config.Recover(ctx, a.code)
	case a.takesOver:
		err := p.config.Desk.TakeOver(ctx, p.credentials(a))
		if err != nil {
			return Entered{}, atNewer{err}
		}
		return Entered{Memory: p.remember(ctx, a.keep)}, nil
	}
	password := []byte(a.password)
	defer clear(password)
	if err := p.config.Gate.Unlock(ctx, password); err != nil {
		return Entered{}, err
	}
	entered := Entered{Align: a.stale}
	if entered.Align && a.newer != "" && p.config.Desk.Align(ctx, p.credentials(a)) == nil {
		entered.Align, a.password = false, a.newer
	}
	entered.Memory = p.remember(ctx, a.keep)
	return entered, nil
}

func (p *Page) credentials(a attempt) account.Credentials {
	return account.Credentials{User: p.config.Desk.Vault.User(), Password: a.newer, Factor: a.factor, Recovery: a.recovery}
}

// atNewer is an error about the account's password.
type atNewer struct{ error }

// Unwrap returns what went wrong.
func (e atNewer) Unwrap() error { return e.error }

// remember brings the keyring in line with what the member ticked.
func (p *Page) remember(ctx context.Context, keep bool) error {
	m := p.config.Memory
	switch {
	case m == nil:
		return nil
	case keep && !m.On:
		return m.Keep(ctx)
	case !keep && m.On:
		return m.Forget(ctx)
	}
	return nil
}

// recall opens with what the keyring remembers, once.
func (p *Page) recall() {
	m := p.config.Memory
	if p.recalled || m == nil || !m.On || m.Open == nil || p.model.stage != asking || p.model.stale {
		return
	}
	p.recalled = true
	p.model.stage = opening
	p.view.show()
	runner.Go(p.config.Runner, "unlock", func(ctx context.Context) (Entered, error) {
		err := m.Open(ctx)
		if fault.CodeOf(err) == identity.CodeWrongPassword {
			err = fault.Wrap(CodeRecalled, "unlock.recall", "", err)
		}
		return Entered{}, err
	}, p.answered)
}

func (p *Page) answered(e Entered, err error) {
	if err == nil {
		keep := p.model
		p.model = model{}
		if err = p.config.Opened(e); err == nil {
			return
		}
		p.model.stale = keep.stale
	}
	p.model.failed(err, p.config.Clock.Now())
	var newer atNewer
	p.model.atNewer = errors.As(err, &newer)
	if fault.CodeOf(err) == account.CodeFactor {
		p.model.fault = nil
		p.view.askFactor()
	}
	p.view.show()
	if p.model.stage == waiting {
		p.countdown()
		return
	}
	p.view.refocus()
}

// forgotten is *Password dimenticata?*: a reset by code where there is a mutual to ask, else a word on what can be done.
func (p *Page) forgotten() {
	if p.config.Desk == nil {
		forgottenSheet(p).ShowOn(p.view.canvas())
		return
	}
	d := p.config.Desk
	p.reset = reset.New(reset.Config{Rules: p.config.Rules(), User: d.Vault.User(), Start: d.Portal.Reset, Resend: d.Portal.ResendReset, Finish: p.finishReset,
		Done: p.afterReset, Back: p.endReset, Changed: func() { p.view.scroll.Refresh() },
		Instead: p.instead, Clock: p.config.Clock, Runner: p.config.Runner})
	p.view.show()
	p.reset.Focus()
}

// finishReset sets the new password at the mutual and here. A share that does not fit this disk leaves what CodeNoShare says.
func (p *Page) finishReset(ctx context.Context, proof account.ResetProof) error {
	err := p.config.Desk.FinishReset(ctx, proof)
	if fault.CodeOf(err) == identity.CodeWrongPassword {
		return fault.Wrap(account.CodeNoShare, "unlock.reset", "", err)
	}
	return err
}

// afterReset goes in: the vault is open, and has the new password (LOG-12).
func (p *Page) afterReset(string, string) {
	p.endReset()
	keep := p.model.keep
	runner.Go(p.config.Runner, "unlock", func(ctx context.Context) (Entered, error) {
		return Entered{Memory: p.remember(ctx, keep)}, nil
	}, p.answered)
}

// endReset goes back to the password.
func (p *Page) endReset() {
	p.reset.Leave()
	p.reset = nil
	p.model.stale = p.config.Desk.Vault.Stale()
	p.view.show()
	p.view.field().Focus()
}
