package firstrun

import (
	"slices"
	"strings"
	"time"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/privacy"
)

// stage is one screen of the way.
type stage string

// The screens.
const (
	stageMutual   stage = "mutual"   // which mutual
	stageWays     stage = "ways"     // how to come in, or what can be done without a connection
	stageJoin     stage = "join"     // not a member yet
	stageFirst    stage = "first"    // user name and first password (FAC-02 … FAC-05)
	stageAgree    stage = "agree"    // consent before anything else (REG-16)
	stagePerson   stage = "person"   // who registers (REG-04)
	stageReach    stage = "reach"    // password, contacts, consents (FAC-06 … FAC-10, REG-04 … REG-08)
	stageAnnounce stage = "announce" // codes will be sent (CTV-06)
	stageCodes    stage = "codes"    // codes are typed (CTV-07)
	stageLink     stage = "link"     // the link in the e-mail (CTV-01)
	stageVerified stage = "verified" // contacts are proved (CTV-09)
	stageSignIn   stage = "signin"   // user name and password (LOG-01 … LOG-03)
	stageReset    stage = "reset"    // forgotten password (LOG-09)
	stageFactor   stage = "factor"   // second factor (TFA-07)
	stageDossier  stage = "dossier"  // notice, codice fiscale, activation code (REG-18)
	stagePaper    stage = "paper"    // the recovery code
	stageProve    stage = "prove"    // two groups of it are typed back
	stageDone     stage = "done"
)

// field names what is typed. Values stand in model.values.
type field string

// The fields.
const (
	fieldUser       field = "user"
	fieldFirst      field = "first" // password of the first access
	fieldPassword   field = "password"
	fieldNew        field = "new"
	fieldAgain      field = "again"
	fieldFamilyName field = "family-name"
	fieldGivenName  field = "given-name"
	fieldSex        field = "sex"
	fieldBirthDate  field = "birth-date"
	fieldBirthPlace field = "birth-place" // the label of the place
	fieldPlaceCode  field = "place-code"  // its Belfiore code
	fieldFiscalCode field = "fiscal-code"
	fieldStreet     field = "street"
	fieldPostCode   field = "post-code"
	fieldTown       field = "town"
	fieldProvince   field = "province"
	fieldEMail      field = "email"
	fieldMobile     field = "mobile"
	fieldCodeEMail  field = "code-email"
	fieldCodeMobile field = "code-mobile"
	fieldActivation field = "activation"
	fieldGroupOne   field = "group-one"
	fieldGroupTwo   field = "group-two"
)

// passage is a screen that was left by going on, and the way that it belonged to.
type passage struct {
	stage stage
	way   mutual.Way
}

// consentKey names one box.
type consentKey struct {
	id     string
	moment mutual.Moment
}

// model is all that the way knows. It is pure.
type model struct {
	mutuals []Mutual
	chosen  int // -1 = none
	way     mutual.Way
	stage   stage
	path    []passage // the screens before this one

	values   map[field]string
	consents map[consentKey]time.Time // when each was ticked
	today    civil.Date

	enrolment account.Enrolment
	proved    []string // channels that were proved, for the list of REG-14
	fault     error    // of the last answer
	wrong     map[field]string
	device    account.Device
	recovery  string
	saved     string // where the sheet was saved
}

func newModel(mutuals []Mutual, today civil.Date) *model {
	m := &model{mutuals: slices.Clone(mutuals), chosen: -1, stage: stageMutual, today: today, values: map[field]string{},
		consents: map[consentKey]time.Time{}, wrong: map[field]string{}}
	if len(mutuals) == 1 {
		m.chosen = 0
	}
	return m
}

// rules are those of the chosen mutual; zero without one.
func (m *model) rules() mutual.Profile {
	if m.chosen < 0 {
		return mutual.Profile{}
	}
	return m.mutuals[m.chosen].Rules
}

// portal is that of the chosen mutual; nil without a connection.
func (m *model) portal() account.Portal {
	if m.chosen < 0 {
		return nil
	}
	return m.mutuals[m.chosen].Portal
}

// connect takes a mutual that a connection file led to, and chooses it.
func (m *model) connect(found Mutual) {
	at := slices.IndexFunc(m.mutuals, func(o Mutual) bool { return o.Rules.ID == found.Rules.ID })
	if at < 0 {
		m.mutuals = append(m.mutuals, found)
		at = len(m.mutuals) - 1
	} else {
		m.mutuals[at] = found
	}
	m.choose(at)
}

// choose takes a mutual. What was typed for another one that follows other rules is asked anew; the rest stays.
func (m *model) choose(at int) {
	if at != m.chosen {
		for _, f := range []field{fieldUser, fieldFirst, fieldCodeEMail, fieldCodeMobile, fieldActivation} {
			delete(m.values, f)
		}
		m.enrolment, m.proved = account.Enrolment{}, nil
		clear(m.consents)
	}
	m.chosen = at
}

// take goes on in a way. An activation that was begun in another one is left.
func (m *model) take(w mutual.Way) {
	m.enter(map[mutual.Way]stage{mutual.WayFirstAccess: stageFirst, mutual.WayRegister: stagePerson, mutual.WayCode: stageAgree, mutual.WaySignIn: stageSignIn}[w])
	if m.way != w {
		m.enrolment, m.proved = account.Enrolment{}, nil
	}
	m.way, m.device = w, account.Device{}
}

// enter goes on to a screen; back leads here again.
func (m *model) enter(s stage) {
	if s != m.stage {
		m.path = append(m.path, passage{m.stage, m.way})
	}
	m.stage, m.fault = s, nil
	clear(m.wrong)
}

// jump goes on to a screen from which there is no way back to this one, as once a code was proved.
func (m *model) jump(s stage) {
	m.stage, m.fault = s, nil
	clear(m.wrong)
}

// back goes to the screen before, and reports whether there was one.
func (m *model) back() bool {
	if len(m.path) == 0 || m.final() {
		return false
	}
	last := m.path[len(m.path)-1]
	m.stage, m.way = last.stage, last.way
	m.path = m.path[:len(m.path)-1]
	m.fault = nil
	clear(m.wrong)
	return true
}

// backTo goes back to the screen that asks a field and keeps what went wrong; it reports whether there is one.
func (m *model) backTo(f field) bool {
	fault := m.fault
	defer func() { m.fault = fault }()
	for !slices.Contains(m.fieldsOf(m.stage), f) {
		if !m.back() {
			return false
		}
	}
	return true
}

// final reports whether the vault is there, so that no way leads back.
func (m *model) final() bool {
	return m.stage == stagePaper || m.stage == stageProve || m.stage == stageDone
}

// text is what stands in a field.
func (m *model) text(f field) string { return m.values[f] }

// set takes what was typed; the complaint about it is gone.
func (m *model) set(f field, text string) {
	m.values[f] = text
	delete(m.wrong, f)
}

// moment is when consents are asked in the way that was chosen.
func (m *model) moment() mutual.Moment {
	if m.way == mutual.WayFirstAccess {
		return mutual.AtFirstAccess
	}
	return mutual.AtRegistration
}

// tick answers a consent; the zero instant takes the answer back.
func (m *model) tick(c mutual.Consent, at time.Time) {
	key := consentKey{c.ID, c.Moment}
	if at.IsZero() {
		delete(m.consents, key)
		return
	}
	m.consents[key] = at.UTC()
}

func (m *model) ticked(c mutual.Consent) bool {
	_, ok := m.consents[consentKey{c.ID, c.Moment}]
	return ok
}

// answers are the answers to what is asked at a moment, as they are sent (PRV-04). A box that was left empty is a no.
func (m *model) answers(at mutual.Moment, now time.Time) []privacy.Answer {
	var all []privacy.Answer
	for _, c := range m.rules().ConsentsAt(at) {
		when, given := m.consents[consentKey{c.ID, c.Moment}]
		if !given {
			when = now.UTC()
		}
		all = append(all, privacy.Answer{Consent: c.ID, Version: c.Version, Given: given, At: when})
	}
	return all
}

// refused lists the mandatory consents of a moment that are not given (FAC-14, REG-08).
func (m *model) refused(at mutual.Moment) []mutual.Consent {
	return slices.DeleteFunc(m.rules().ConsentsAt(at), func(c mutual.Consent) bool { return !c.Mandatory || m.ticked(c) })
}

// mobile is the number as the mutual keeps it, "" when none was typed or it can't be read.
func (m *model) mobile() string {
	n, err := m.rules().ParseMobile(m.text(fieldMobile))
	if err != nil {
		return ""
	}
	return n
}

func (m *model) email() string { return strings.ToLower(strings.TrimSpace(m.text(fieldEMail))) }

func (m *model) born() civil.Date {
	d, err := civil.ParseItalian(m.text(fieldBirthDate))
	if err != nil {
		return civil.Date{}
	}
	return d
}

// application is what the forms hold, as it is sent.
func (m *model) application(now time.Time) account.Application {
	a := account.Application{Way: m.way}
	if m.way == mutual.WayFirstAccess {
		a.User, a.Password = m.user(), strings.TrimSpace(m.text(fieldFirst))
		return a
	}
	a.Password, a.FiscalCode = m.text(fieldNew), fiscalCode(m.text(fieldFiscalCode))
	a.EMail, a.Mobile, a.Consents = m.email(), m.mobile(), m.answers(mutual.AtRegistration, now)
	a.User = a.EMail
	if a.User == "" {
		a.User = a.Mobile
	}
	a.Person = account.Person{GivenName: trimmed(m.text(fieldGivenName)), FamilyName: trimmed(m.text(fieldFamilyName)), Sex: member.Sex(m.text(fieldSex)),
		DateOfBirth: m.born(), BirthPlace: m.text(fieldPlaceCode)}
	if m.asksResidence() {
		a.Person.Residence = member.Address{Street: trimmed(m.text(fieldStreet)), PostCode: trimmed(m.text(fieldPostCode)),
			Town: trimmed(m.text(fieldTown)), Province: m.text(fieldProvince)}
	}
	return a
}

// asksResidence reports whether the form has the residence (REG-04); that of the collection form has it already.
func (m *model) asksResidence() bool { return m.way == mutual.WayRegister }

// contacts is the page of the first access, as it is sent.
func (m *model) contacts(now time.Time) account.Contacts {
	return account.Contacts{Password: m.text(fieldNew), EMail: m.email(), Mobile: m.mobile(), Consents: m.answers(mutual.AtFirstAccess, now)}
}

// user is the user name as the mutual knows it, or as it was typed.
func (m *model) user() string {
	if u, err := m.rules().UserName(m.text(fieldUser)); err == nil {
		return u
	}
	return trimmed(m.text(fieldUser))
}

func trimmed(s string) string { return strings.Join(strings.Fields(s), " ") }

// forget leaves nothing secret behind.
func (m *model) forget() {
	for _, f := range []field{fieldFirst, fieldPassword, fieldNew, fieldAgain, fieldCodeEMail, fieldCodeMobile, fieldActivation, fieldGroupOne, fieldGroupTwo} {
		delete(m.values, f)
	}
	m.recovery = ""
	clear(m.device.Key)
	m.device = account.Device{}
}

// follow takes the mutual's word on how far the activation is and goes to the screen of that step. Contacts that the mutual
// knows stand in their fields, unless something was typed there (FAC-07, CTV-05).
func (m *model) follow(e account.Enrolment) {
	for _, c := range m.enrolment.Channels {
		if !slices.Contains(e.Channels, c) && !slices.Contains(m.proved, c) && e.Step != account.StepContacts {
			m.proved = append(m.proved, c)
		}
	}
	m.enrolment = e
	switch e.Step {
	case account.StepContacts:
		m.prefill(fieldEMail, e.EMail)
		m.prefill(fieldMobile, m.rules().ShowMobile(e.Mobile))
		m.enter(stageReach)
	case account.StepCodes:
		m.enter(stageCodes)
	case account.StepLink:
		m.enter(stageLink)
	case account.StepSignIn:
		m.jump(stageVerified)
	case account.StepDossier:
		m.jump(stageDossier)
	}
}

func (m *model) prefill(f field, text string) {
	if m.text(f) == "" {
		m.values[f] = text
	}
}

// over goes back to where a new activation begins: the ticket of this one ran out. What was typed stays.
func (m *model) over(err error) {
	start := map[mutual.Way]stage{mutual.WayFirstAccess: stageFirst, mutual.WayRegister: stageReach, mutual.WayCode: stageReach, mutual.WaySignIn: stageSignIn}[m.way]
	if at := slices.IndexFunc(m.path, func(p passage) bool { return p.stage == start }); at >= 0 {
		m.path = m.path[:at]
	}
	m.stage, m.enrolment, m.proved, m.fault = start, account.Enrolment{}, nil, err
}
