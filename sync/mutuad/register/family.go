package register

import (
	"context"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/fiscalcode"
	"github.com/sodale/sodale/app/letters"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/phone"
	"github.com/sodale/sodale/app/privacy"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/archive"
	"github.com/sodale/sodale/sync/mutuad/store"
)

// followFamily adds a relative to the household, with the holder's contacts (FAM-03), and opens the dossier where its code was
// given (FAM-06). Adding one who is there already only opens the dossier.
func followFamily(ctx context.Context, f *filing) (archive.News, error) {
	who := *f.Letter.Request.Family
	rules, err := f.RulesIn(ctx, f.tx.Queries)
	if err != nil {
		return archive.News{}, err
	}
	h, err := f.tx.Household(ctx, f.Member)
	if err != nil && fault.CodeOf(err) != store.CodeNone {
		return archive.News{}, err
	}
	if err != nil || !rules.Relatives.Activation { // FAM-01
		return archive.News{}, &Refusal{Code: api.CodeNotAllowed, Field: "family"}
	}
	relative, err := f.relative(ctx, who)
	if err != nil {
		return archive.News{}, err
	}
	if rules.Relatives.SameMobileOnly && !sameMobile(relative.Mobile, h.Mobile) {
		return archive.News{}, &Refusal{Code: api.CodeMobileDiffers, Field: "family"} // FAM-05, FAM-07
	}
	opens, err := f.opens(rules, who, relative)
	if err != nil {
		return archive.News{}, err
	}
	return f.adopt(ctx, relative, h, opens)
}

var relativeRoles = map[member.Role]bool{member.Spouse: true, member.Child: true, member.Other: true}

// relative finds the person in the archive. Whoever is of another household, or whose name or day of birth is another one, is as
// unknown as somebody who is not there at all.
func (f *filing) relative(ctx context.Context, who member.Newcomer) (store.Person, error) {
	code, err := fiscalcode.Parse(who.FiscalCode)
	switch {
	case err != nil:
		return store.Person{}, unacceptable("family/fiscalCode")
	case !relativeRoles[who.Role]:
		return store.Person{}, unacceptable("family/role")
	}
	p, err := f.tx.PersonByFiscalCode(ctx, string(code))
	if err == nil {
		p, err = f.tx.LockPerson(ctx, string(p.ID)) // two households may ask for the same relative
	}
	if err != nil && fault.CodeOf(err) != store.CodeNone {
		return p, err
	}
	stranger := err != nil || p.Role == member.Holder || p.Member != "" && p.Member != f.Member
	if stranger || p.DateOfBirth != who.DateOfBirth || !sameName(p.GivenName, who.GivenName) || !sameName(p.FamilyName, who.FamilyName) {
		return p, &Refusal{Code: api.CodePersonUnknown, Field: "family"}
	}
	if p.Member == "" {
		p.Role = who.Role
	}
	return p, nil
}

// sameName compares names as registers write them, in either reading of their letters.
func sameName(a, b string) bool {
	return letters.Only(a, letters.Plain) == letters.Only(b, letters.Plain) || letters.Only(a, letters.Spelled) == letters.Only(b, letters.Spelled)
}

// sameMobile reports whether the number given at the desk is the holder's, however either is written.
func sameMobile(desk, holder string) bool {
	a, err := phone.Parse(desk)
	if err != nil {
		return false
	}
	b, err := phone.Parse(holder)
	return err == nil && a == b
}

// opens says whether the dossier is opened: its notice was accepted first and the code of the collection form fits (FAM-06).
// Guessing is hopeless: a code has 80 bits.
func (f *filing) opens(rules mutual.Profile, who member.Newcomer, p store.Person) (bool, error) {
	switch {
	case rules.Relatives.DossierCode && who.Code == "":
		return false, nil
	case who.Consent.IsZero():
		return false, consentLacks(rules)
	case rules.Relatives.DossierCode && !f.Activates(p, who.Code):
		return false, &Refusal{Code: api.CodeActivation, Field: "family/code"}
	}
	return true, nil
}

// consentLacks refuses where the mutual asks for a consent to each dossier (PRV-03).
func consentLacks(rules mutual.Profile) error {
	for _, c := range rules.Consents {
		if c.Moment == mutual.AtDossier && c.Mandatory {
			return unacceptable("family/consent")
		}
	}
	return nil
}

// adopt stores the relative and returns the news of the household; cards and consents follow.
func (f *filing) adopt(ctx context.Context, p store.Person, h member.Household, opens bool) (archive.News, error) {
	if p.Member == "" {
		if err := f.enrol(ctx, &p, len(h.People())); err != nil {
			return archive.News{}, err
		}
	}
	if opens {
		p.Dossier, p.Code = true, "" // a code is used up
	}
	if err := f.tx.PutPerson(ctx, p); err != nil {
		return archive.News{}, err
	}
	if err := f.consentToDossier(ctx, p); err != nil {
		return archive.News{}, err
	}
	words := p.FullName() + " è nel tuo nucleo familiare."
	if p.Dossier {
		words += " Il dossier è attivo."
	}
	news, err := f.ChangeHousehold(ctx, f.tx, f.Member, h, words)
	if err != nil {
		return news, err
	}
	cards, err := f.CardsNews(ctx, f.tx.Queries, f.Member)
	f.more = append(f.more, cards)
	return news, err
}

// enrol makes a person one of the household, whom claims may be made for.
func (f *filing) enrol(ctx context.Context, p *store.Person, place int) error {
	p.Member, p.Place = f.Member, place
	m, err := f.tx.Member(ctx, f.Member)
	if err != nil {
		return err
	}
	m.People = append(m.People, p.ID)
	return f.tx.PutMember(ctx, m)
}

// consentToDossier writes the consent that was given for a relative into the log (PRV-03).
func (f *filing) consentToDossier(ctx context.Context, p store.Person) error {
	at := f.Letter.Request.Family.Consent
	if at.IsZero() {
		return nil
	}
	rules, err := f.RulesIn(ctx, f.tx.Queries)
	if err != nil {
		return err
	}
	for _, c := range rules.Consents {
		if c.Moment == mutual.AtDossier {
			err := f.AddConsents(ctx, f.tx, f.Member, privacy.Answer{Consent: c.ID, Version: c.Version, Person: string(p.ID), Given: true, At: at})
			if err != nil {
				return err
			}
		}
	}
	consents, err := f.ConsentsNews(ctx, f.tx.Queries, f.Member, "")
	f.more = append(f.more, consents)
	return err
}
