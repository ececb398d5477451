package firstrun

import (
	"context"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/words"
)

// work is the key of what is asked of the mutual: one thing at a time.
const work = "firstrun"

// ask does one thing beside the window, and shows what came of it.
func ask[T any](p *Page, say string, do func(context.Context) (T, error), then func(T)) {
	if p.config.Runner.Busy(work) {
		return
	}
	p.m.fault = nil
	p.working(words.T(say))
	runner.Go(p.config.Runner, work, do, func(answer T, err error) {
		if err != nil {
			p.failed(err)
			return
		}
		then(answer)
	})
}

// choose takes a mutual and goes on.
func (p *Page) choose(at int) {
	p.m.choose(at)
	p.m.enter(stageWays)
	p.show()
}

// connect lets the member choose a connection file.
func (p *Page) connect() {
	ask(p, "firstrun.busy.file", p.config.AddConnection, func(found Mutual) {
		if found.Rules.ID == "" {
			p.show()
			return
		}
		p.m.connect(found)
		p.m.enter(stageWays)
		p.show()
	})
}

// take goes the way that was chosen.
func (p *Page) take(w mutual.Way) {
	p.m.take(w)
	p.show()
}

// Forward is the button at the lower right.
func (p *Page) Forward() {
	if p.forward == nil || p.forward.Disabled() || p.config.Runner.Busy(work) {
		return
	}
	if !p.complete() {
		return
	}
	switch p.m.stage {
	case stageAgree:
		p.goTo(stagePerson)
	case stagePerson:
		p.goTo(stageReach)
	case stageReach:
		if p.m.way == mutual.WayFirstAccess {
			p.goTo(stageAnnounce)
			return
		}
		p.apply()
	case stageProve:
		p.goTo(stageDone)
	case stagePaper:
		p.goTo(stageProve)
	case stageDone:
		p.enter(true)
	default:
		p.send()
	}
}

func (p *Page) goTo(s stage) {
	p.m.enter(s)
	p.show()
}

// send hands the screen to the mutual.
func (p *Page) send() {
	m, portal := p.m, p.m.portal()
	ticket := m.enrolment.Ticket
	switch m.stage {
	case stageFirst:
		p.apply()
	case stageAnnounce:
		contacts := m.contacts(p.config.Clock.Now())
		ask(p, "firstrun.busy", func(ctx context.Context) (account.Enrolment, error) { return portal.SetContacts(ctx, ticket, contacts) }, p.stand)
	case stageCodes:
		codes := account.Codes{EMail: digits(m.text(fieldCodeEMail)), Mobile: digits(m.text(fieldCodeMobile))}
		ask(p, "firstrun.busy", func(ctx context.Context) (account.Enrolment, error) { return portal.Verify(ctx, ticket, codes) }, p.stand)
	case stageLink:
		p.linkTried = true
		ask(p, "firstrun.busy", func(ctx context.Context) (account.Enrolment, error) { return portal.State(ctx, ticket) }, p.stand)
	case stageDossier:
		d := account.Dossier{FiscalCode: fiscalCode(m.text(fieldFiscalCode)), Code: trimmed(m.text(fieldActivation)), Consents: m.answers(mutual.AtDossier, p.config.Clock.Now())}
		ask(p, "firstrun.busy", func(ctx context.Context) (account.Enrolment, error) { return portal.OpenDossier(ctx, ticket, d) }, p.stand)
	case stageVerified, stageSignIn, stageFactor:
		p.signIn()
	}
}

// apply hands the forms in (REG-09, FAC-05).
func (p *Page) apply() {
	portal, a := p.m.portal(), p.m.application(p.config.Clock.Now())
	ask(p, "firstrun.busy", func(ctx context.Context) (account.Enrolment, error) { return portal.Apply(ctx, a) }, p.stand)
}

// again asks for new codes or a new link (CTV-08).
func (p *Page) again() {
	portal, ticket := p.m.portal(), p.m.enrolment.Ticket
	ask(p, "firstrun.busy", func(ctx context.Context) (account.Enrolment, error) { return portal.Resend(ctx, ticket) }, func(e account.Enrolment) {
		p.m.set(fieldCodeEMail, "")
		p.m.set(fieldCodeMobile, "")
		p.stand(e)
	})
}

// stand goes where the mutual says that the activation is (REG-14).
func (p *Page) stand(e account.Enrolment) {
	p.m.follow(e)
	if e.Step == account.StepDone {
		p.signIn()
		return
	}
	p.show()
}

// credentials are what is signed in with: what was chosen on the way, or what was typed.
func (p *Page) credentials() account.Credentials {
	c := account.Credentials{User: p.m.user(), Password: p.m.text(fieldPassword), Device: p.config.Device}
	if p.m.way != mutual.WaySignIn {
		c.User, c.Password = p.m.enrolment.User, p.m.text(fieldNew)
	}
	if p.m.stage == stageFactor && p.factor != nil {
		c.Factor, c.Recovery = p.factor.Values()
	}
	return c
}

// signIn makes this computer the member's (LOG-01 … LOG-03), then makes the vault.
func (p *Page) signIn() {
	if p.m.device.Token != "" { // the sign-in went well before, and only the vault could not be made
		p.found()
		return
	}
	portal, c := p.m.portal(), p.credentials()
	ask(p, "firstrun.busy", func(ctx context.Context) (account.Device, error) { return portal.SignIn(ctx, c) }, func(d account.Device) {
		p.m.device = d
		p.found()
	})
}

// found makes the vault under the account's password.
func (p *Page) found() {
	c := p.credentials()
	f := Founding{Device: p.m.device, Password: c.Password, User: c.User, Rules: p.m.rules()}
	ask(p, "firstrun.busy.vault", func(ctx context.Context) (string, error) { return p.config.Found(ctx, f) }, func(code string) {
		p.m.recovery = code
		p.goTo(stagePaper)
	})
}

// failed shows why something did not go well, at the field that it is about where there is one.
func (p *Page) failed(err error) {
	m := p.m
	m.fault = err
	values := errtext.Values(err)
	switch fault.CodeOf(err) {
	case account.CodeUnfinished:
		p.resume(values["Ticket"])
		return
	case account.CodeFactor:
		m.enter(stageFactor)
	case account.CodeCodeWrong:
		p.wrongCode(values)
	case account.CodePasswordRule:
		if m.backTo(fieldNew) {
			m.wrong[fieldNew] = m.rules().Password.Text
		}
	case account.CodeField:
		p.wrongField(values)
	case account.CodeTicketOver:
		m.over(err)
	}
	p.show()
}

// resume goes on with an activation that a sign-in found unfinished (CTV-02, REG-18).
func (p *Page) resume(ticket string) {
	portal := p.m.portal()
	ask(p, "firstrun.busy", func(ctx context.Context) (account.Enrolment, error) { return portal.State(ctx, ticket) }, func(e account.Enrolment) {
		if e.Ticket == "" {
			e.Ticket = ticket
		}
		p.stand(e)
	})
}

// enter goes on into the program.
func (p *Page) enter(card bool) {
	if err := p.config.Enter(card); err != nil {
		p.m.fault = err
		p.show()
	}
}
