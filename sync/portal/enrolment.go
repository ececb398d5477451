package portal

import (
	"context"
	"slices"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/privacy"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/engine"
)

// Apply implements account.Portal.
func (p *Portal) Apply(ctx context.Context, a account.Application) (account.Enrolment, error) {
	day := ""
	if !a.Person.DateOfBirth.IsZero() {
		day = a.Person.DateOfBirth.String()
	}
	return p.enrol(ctx, api.PathApply, api.Application{Way: string(a.Way), User: a.User, Password: a.Password, FiscalCode: a.FiscalCode,
		GivenName: a.Person.GivenName, FamilyName: a.Person.FamilyName, Sex: string(a.Person.Sex), DateOfBirth: day, BirthPlace: a.Person.BirthPlace,
		Residence: api.Address(a.Person.Residence), EMail: a.EMail, Mobile: a.Mobile, Consents: answers(a.Consents)})
}

// SetContacts implements account.Portal.
func (p *Portal) SetContacts(ctx context.Context, ticket string, c account.Contacts) (account.Enrolment, error) {
	return p.enrol(ctx, api.PathContacts, api.EnrolContacts{Ticket: ticket, Password: c.Password, EMail: c.EMail, Mobile: c.Mobile, Consents: answers(c.Consents)})
}

// Resend implements account.Portal.
func (p *Portal) Resend(ctx context.Context, ticket string) (account.Enrolment, error) {
	return p.enrol(ctx, api.PathResend, api.Ticketed{Ticket: ticket})
}

// Verify implements account.Portal.
func (p *Portal) Verify(ctx context.Context, ticket string, c account.Codes) (account.Enrolment, error) {
	return p.enrol(ctx, api.PathVerify, api.EnrolCodes{Ticket: ticket, EMail: c.EMail, Mobile: c.Mobile})
}

// OpenDossier implements account.Portal.
func (p *Portal) OpenDossier(ctx context.Context, ticket string, d account.Dossier) (account.Enrolment, error) {
	return p.enrol(ctx, api.PathDossier, api.EnrolDossier{Ticket: ticket, FiscalCode: d.FiscalCode, Code: d.Code, Consents: answers(d.Consents)})
}

// State implements account.Portal.
func (p *Portal) State(ctx context.Context, ticket string) (account.Enrolment, error) {
	return p.enrol(ctx, api.PathState, api.Ticketed{Ticket: ticket})
}

// steps are the ones that this program knows; another one would leave a person before an empty page.
var steps = []account.Step{account.StepContacts, account.StepLink, account.StepCodes, account.StepSignIn, account.StepDossier, account.StepDone}

func (p *Portal) enrol(ctx context.Context, path string, body any) (account.Enrolment, error) {
	var e api.Enrolment
	if err := p.open(ctx, path, body, &e); err != nil {
		return account.Enrolment{}, err
	}
	step := account.Step(e.Step)
	if !slices.Contains(steps, step) {
		return account.Enrolment{}, fault.New(engine.CodeAnswer, "portal.enrol", e.Step)
	}
	return account.Enrolment{Ticket: e.Ticket, Step: step, User: e.User, Name: e.Name, EMail: e.EMail, Mobile: e.Mobile, Channels: e.Channels,
		ResendAt: e.ResendAt}, nil
}

func answers(given []privacy.Answer) []api.ConsentAnswer {
	list := make([]api.ConsentAnswer, len(given))
	for i, a := range given {
		list[i] = api.ConsentAnswer(a)
	}
	return list
}
