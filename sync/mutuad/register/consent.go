package register

import (
	"context"
	"slices"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/privacy"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/archive"
	"github.com/sodale/sodale/sync/mutuad/store"
)

// followConsent appends the answer to the log (PRV-04). Withdrawing what the service can't do without switches it off, and says
// what that means (PRV-09, PRV-11); giving all of that again switches it on. A relative's dossier follows its own consent (PRV-03).
func followConsent(ctx context.Context, f *filing) (archive.News, error) {
	answer := *f.Letter.Request.Consent
	rules, err := f.RulesIn(ctx, f.tx.Queries)
	if err != nil {
		return archive.News{}, err
	}
	asked, known := consentOf(rules, answer)
	if !known {
		return archive.News{}, unacceptable("consent")
	}
	if err := f.checkPerson(ctx, &answer); err != nil {
		return archive.News{}, err
	}
	if err := f.AddConsents(ctx, f.tx, f.Member, answer); err != nil {
		return archive.News{}, err
	}
	switch {
	case asked.Moment == mutual.AtDossier:
		err = f.switchDossier(ctx, answer)
	case asked.Mandatory:
		err = f.switchService(ctx, rules)
	}
	if err != nil {
		return archive.News{}, err
	}
	return f.ConsentsNews(ctx, f.tx.Queries, f.Member, consentWords(asked, answer))
}

// consentOf finds what was asked. A consent is given to the text as it stands; what is withdrawn may be an older one.
func consentOf(rules mutual.Profile, answer privacy.Answer) (mutual.Consent, bool) {
	for _, c := range rules.Consents {
		if c.ID == answer.Consent && (!answer.Given || c.Version == answer.Version) {
			return c, true
		}
	}
	return mutual.Consent{}, false
}

// checkPerson refuses answers for whoever is not of the household. The holder is written as "".
func (f *filing) checkPerson(ctx context.Context, answer *privacy.Answer) error {
	if answer.Person == f.Member {
		answer.Person = ""
	}
	if answer.Person == "" {
		return nil
	}
	p, err := f.tx.Person(ctx, answer.Person)
	if fault.CodeOf(err) == store.CodeNone || err == nil && p.Member != f.Member {
		return &Refusal{Code: api.CodePersonUnknown, Field: "consent/person"}
	}
	return err
}

func consentWords(asked mutual.Consent, answer privacy.Answer) string {
	switch {
	case answer.Given:
		return "Consenso registrato."
	case asked.Without != "":
		return "Revoca registrata. " + asked.Without
	}
	return "Revoca registrata."
}

// answers lists one person's answers to one consent in the order they came: the members' clocks don't count here.
func (f *filing) answers(ctx context.Context, consent, person string) ([]privacy.Answer, error) {
	all, err := f.tx.Consents(ctx, f.Member)
	return slices.DeleteFunc(all, func(a privacy.Answer) bool { return a.Consent != consent || a.Person != person }), err
}

// switchService lets the service be on exactly while nothing that it needs is withdrawn, after an answer to something that it
// needs. What was never asked of this member takes nothing away.
func (f *filing) switchService(ctx context.Context, rules mutual.Profile) error {
	on := true
	for _, c := range rules.Consents {
		answers, err := f.answers(ctx, c.ID, "")
		if err != nil {
			return err
		}
		if c.Mandatory && c.Moment != mutual.AtDossier && len(answers) > 0 && !answers[len(answers)-1].Given {
			on = false
		}
	}
	off, err := f.tx.Disabled(ctx, f.Member)
	if err != nil || on != off {
		return err
	}
	if on {
		err = f.tx.Enable(ctx, f.Member)
	} else {
		err = f.tx.Disable(ctx, f.Member)
	}
	if err != nil {
		return err
	}
	standing, err := f.StandingNews(ctx, f.tx.Queries, f.Member, map[bool]string{true: "Il servizio online è di nuovo attivo.", false: serviceOff}[on])
	f.more = append(f.more, standing)
	return err
}

// switchDossier closes a dossier whose consent was withdrawn, and opens it again when the consent is given again: whose it is was
// proved before.
func (f *filing) switchDossier(ctx context.Context, answer privacy.Answer) error {
	personID := answer.Person
	if personID == "" {
		personID = f.Member
	}
	p, err := f.tx.Person(ctx, personID)
	if err != nil {
		return err
	}
	answers, err := f.answers(ctx, answer.Consent, answer.Person)
	if err != nil || answer.Given && len(answers) == 1 {
		return err // the first answer opens nothing: the code does
	}
	p.Dossier = answer.Given
	if err := f.tx.PutPerson(ctx, p); err != nil {
		return err
	}
	h, err := f.tx.Household(ctx, f.Member)
	if err != nil {
		return err
	}
	news, err := f.ChangeHousehold(ctx, f.tx, f.Member, h, "")
	f.more = append(f.more, news)
	return err
}
