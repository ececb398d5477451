package server_test

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/demo"
	"github.com/sodale/sodale/sync/mutuad/storetest"
)

// at runs a test on a house of one of the mutuals that the program knows, on each database.
func at(t *testing.T, mutualID string, test func(t *testing.T, h *house, rules mutual.Profile)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, databaseURL string) {
		h := newHouseAt(t, databaseURL, mutualID)
		rules, err := demo.Rules(mutualID)
		if err != nil {
			t.Fatal(err)
		}
		test(t, h, rules)
	})
}

// postTo asks with a body and without a token.
func (h *house) postTo(path string, body any) response {
	h.t.Helper()
	return h.call(request{method: http.MethodPost, path: path, json: body})
}

// enrol asks for one more step of an activation, which must go well.
func (h *house) enrol(path string, body any) api.Enrolment {
	h.t.Helper()
	got := h.postTo(path, body)
	if got.status != http.StatusOK {
		h.t.Fatalf("%s: %d %s", path, got.status, got.body)
	}
	var e api.Enrolment
	got.decode(h.t, &e)
	return e
}

// refused fails the test unless an answer is this refusal.
func (h *house) refused(got response, status int, code string) api.Problem {
	h.t.Helper()
	p := got.problem(h.t)
	if p.Status != status || p.Code != code {
		h.t.Fatalf("%d %s, want %d %s", got.status, got.body, status, code)
	}
	return p
}

var codePattern = regexp.MustCompile(`\b\d{6,8}\b`)

// code is the one of the last message to an address.
func (h *house) code(address string) string {
	h.t.Helper()
	letters := h.to(address)
	if len(letters) == 0 {
		h.t.Fatalf("nothing was sent to %s", address)
	}
	code := codePattern.FindString(letters[len(letters)-1].text)
	if code == "" {
		h.t.Fatalf("no code in %q", letters[len(letters)-1].text)
	}
	return code
}

// all answers every consent of a moment with yes.
func all(rules mutual.Profile, moment mutual.Moment) []api.ConsentAnswer {
	answers := []api.ConsentAnswer{}
	for _, c := range rules.ConsentsAt(moment) {
		answers = append(answers, api.ConsentAnswer{Consent: c.ID, Version: c.Version, Given: true, At: epochNow})
	}
	return answers
}

// actor is who of the cast plays a role.
func actor(t testing.TB, role demo.Role) demo.Actor {
	t.Helper()
	for _, a := range demo.Cast() {
		if a.Role == role {
			return a
		}
	}
	t.Fatalf("nobody is %s", role)
	return demo.Actor{}
}

const chosen = "Nuova-2026"

// form is what somebody fills in to register.
func form(a demo.Actor, rules mutual.Profile, way mutual.Way) api.Application {
	p := a.Person
	return api.Application{Way: string(way), Password: chosen, FiscalCode: p.FiscalCode, GivenName: p.GivenName, FamilyName: p.FamilyName,
		Sex: string(p.Sex), DateOfBirth: p.DateOfBirth.String(), BirthPlace: p.BirthPlace, EMail: "nuovo@posta.example", Mobile: "+393330001122",
		Consents: all(rules, mutual.AtRegistration)}
}

// wrong is another code of as many digits.
func wrong(code string) string {
	return strings.Map(func(r rune) rune { return '0' + (r-'0'+1)%10 }, code)
}

// firstAccess begins the first access of Bruno, with his derived password.
func (h *house) firstAccess(rules mutual.Profile) (demo.Actor, api.Application) {
	h.t.Helper()
	bruno := actor(h.t, demo.RoleFirstAccess)
	first, err := rules.FirstPassword(bruno.Number, bruno.Person.FiscalCode)
	if err != nil {
		h.t.Fatal(err)
	}
	return bruno, api.Application{Way: "first-access", User: strings.TrimLeft(bruno.Number, "0"), Password: first}
}

// FAC-02 … FAC-11, FAC-16, CTV-04 … CTV-09, MSG-03: user name and derived password, new password with contacts and consent, two
// codes, in.
func TestAFirstAccessLeadsFromTheDerivedPasswordToAnAccount(t *testing.T) {
	at(t, "cesarepozzo", func(t *testing.T, h *house, rules mutual.Profile) {
		bruno, ask := h.firstAccess(rules)
		bent := ask
		bent.Password = "12345F205X"
		if p := h.refused(h.postTo(api.PathApply, bent), 401, api.CodeBadSignIn); p.Title != "La password non è corretta" {
			t.Errorf("FAC-11 says %q", p.Title)
		}
		e := h.enrol(api.PathApply, ask)
		if e.Step != "contacts" || e.Name != "Bruno" || e.EMail != bruno.EMail || e.Mobile != bruno.Mobile || e.User != bruno.Number {
			t.Fatalf("FAC-06, FAC-07: %+v", e)
		}
		e = h.enrol(api.PathContacts, api.EnrolContacts{Ticket: e.Ticket, Password: chosen, EMail: "Bruno2@posta.example ", Mobile: "+393331112223",
			Consents: all(rules, mutual.AtFirstAccess)})
		if e.Step != "codes" || !slices.Equal(e.Channels, []string{"email", "mobile"}) || !e.ResendAt.Equal(epochNow.Add(time.Minute)) {
			t.Fatalf("CTV-07: %+v", e)
		}
		email, mobile := h.code("bruno2@posta.example"), h.code("+393331112223")
		if len(email) != 8 || len(mobile) != 6 {
			t.Fatalf("codes %q and %q", email, mobile)
		}
		if p := h.refused(h.postTo(api.PathVerify, api.EnrolCodes{Ticket: e.Ticket, EMail: email, Mobile: wrong(mobile)}), 422, api.CodeBadCode); p.Field != "mobile" || p.Left != 4 {
			t.Fatalf("%+v", p)
		}
		if e = h.enrol(api.PathState, api.Ticketed{Ticket: e.Ticket}); !slices.Equal(e.Channels, []string{"mobile"}) {
			t.Fatalf("a right code did not stay right: %+v", e)
		}
		if e = h.enrol(api.PathVerify, api.EnrolCodes{Ticket: e.Ticket, Mobile: mobile}); e.Step != "sign-in" || e.User != bruno.Number {
			t.Fatalf("CTV-09: %+v", e)
		}
		got, d := h.signInAs(api.SignIn{User: e.User, Password: chosen, Device: "casa"})
		if got.status != 200 || d.Member != string(bruno.Person.ID) {
			t.Fatalf("%d %s", got.status, got.body)
		}
		h.refused(h.postTo(api.PathApply, ask), 401, api.CodeBadSignIn) // once is all
		if old := h.to(bruno.EMail); len(old) != 1 || !strings.Contains(old[0].text, "recapiti diversi") {
			t.Errorf("the old address was not told: %v", old)
		}
		h.wantTold(d, bruno.Person.ID, "bruno2@posta.example", "+393331112223", len(rules.ConsentsAt(mutual.AtFirstAccess)))
	})
}

// FAC-08, FAC-12, FAC-14, MSG-04: what the page of the first access does not take, and what it says.
func TestThePageOfTheFirstAccessTakesNothingThatTheRulesDoNotAllow(t *testing.T) {
	at(t, "cesarepozzo", func(t *testing.T, h *house, rules mutual.Profile) {
		_, ask := h.firstAccess(rules)
		e := h.enrol(api.PathApply, ask)
		consent := rules.ConsentsAt(mutual.AtFirstAccess)[0].ID
		for name, c := range map[string]struct {
			bend  func(*api.EnrolContacts)
			code  string
			field string
		}{
			"FAC-14 without consent":   {func(p *api.EnrolContacts) { p.Consents = nil }, api.CodeConsentMissing, consent},
			"FAC-14 refused":           {func(p *api.EnrolContacts) { p.Consents[0].Given = false }, api.CodeConsentMissing, consent},
			"FAC-14 to an older text":  {func(p *api.EnrolContacts) { p.Consents[0].Version = "1999" }, api.CodeConsentMissing, consent},
			"FAC-12 too short":         {func(p *api.EnrolContacts) { p.Password = "Corta1" }, api.CodePasswordRule, "password"},
			"FAC-12 no capital":        {func(p *api.EnrolContacts) { p.Password = "minuscola1" }, api.CodePasswordRule, "password"},
			"FAC-12 the derived one":   {func(p *api.EnrolContacts) { p.Password = ask.Password }, api.CodePasswordRule, "password"},
			"FAC-08 without e-mail":    {func(p *api.EnrolContacts) { p.EMail = "" }, api.CodeField, "email"},
			"a number that is none":    {func(p *api.EnrolContacts) { p.Mobile = "12" }, api.CodeField, "mobile"},
			"an e-mail that is a name": {func(p *api.EnrolContacts) { p.EMail = "Bruno <b@x.example>" }, api.CodeField, "email"},
		} {
			page := api.EnrolContacts{Ticket: e.Ticket, Password: chosen, EMail: "b@x.example", Consents: all(rules, mutual.AtFirstAccess)}
			c.bend(&page)
			if p := h.refused(h.postTo(api.PathContacts, page), 422, c.code); p.Field != c.field || c.code == api.CodePasswordRule && p.Title != rules.Password.Text {
				t.Errorf("%s: %+v", name, p)
			}
		}
	})
}

// REG-03 … REG-14, CTV-01 … CTV-03, MSG-05: a registration with a link by e-mail, and the mobile at the next sign-in.
func TestARegistrationIsFinishedByALinkAndByAnSMSAtTheNextSignIn(t *testing.T) {
	at(t, "coopsal", func(t *testing.T, h *house, rules mutual.Profile) {
		chiara := actor(t, demo.RoleRegister)
		ask := form(chiara, rules, mutual.WayRegister)
		signIn := api.SignIn{User: "Nuovo@posta.example", Password: ask.Password, Device: "casa"}
		e := h.enrol(api.PathApply, ask)
		if e.Step != "email-link" || e.User != "nuovo@posta.example" || !slices.Equal(e.Channels, []string{"email"}) {
			t.Fatalf("REG-05, CTV-01: %+v", e)
		}
		got, _ := h.signInAs(signIn) // REG-14: the state is known from another computer too
		ticket := h.refused(got, 401, api.CodeUnfinished).Ticket
		if e = h.enrol(api.PathState, api.Ticketed{Ticket: ticket}); e.Step != "email-link" {
			t.Fatalf("%+v", e)
		}
		if page := h.openLink("nuovo@posta.example"); !strings.Contains(page, "La registrazione verrà così ultimata.") {
			t.Errorf("MSG-05: %s", page)
		}
		if e = h.enrol(api.PathState, api.Ticketed{Ticket: ticket}); e.Step != "sign-in" || len(h.to("+393330001122")) != 0 {
			t.Fatalf("CTV-01: %+v", e)
		}
		got, _ = h.signInAs(signIn)
		ticket = h.refused(got, 401, api.CodeUnfinished).Ticket
		if e = h.enrol(api.PathState, api.Ticketed{Ticket: ticket}); e.Step != "codes" || !slices.Equal(e.Channels, []string{"mobile"}) {
			t.Fatalf("CTV-02: %+v", e)
		}
		if e = h.enrol(api.PathVerify, api.EnrolCodes{Ticket: ticket, Mobile: h.code("+393330001122")}); e.Step != "done" {
			t.Fatalf("CTV-03: %+v", e)
		}
		got, d := h.signInAs(signIn)
		if got.status != 200 {
			t.Fatalf("%d %s", got.status, got.body)
		}
		h.wantTold(d, chiara.Person.ID, "nuovo@posta.example", "+393330001122", len(rules.ConsentsAt(mutual.AtRegistration)))
		if p := h.refused(h.postTo(api.PathApply, ask), 409, api.CodeRegistered); p.Title != "Anagrafica non registrabile. Utente già registrato." {
			t.Errorf("REG-10, MSG-01: %q", p.Title)
		}
	})
}

// REG-11, MSG-02: whoever does not know all of it hears only that nobody was found.
func TestOnlyWhoKnowsAPersonHearsThatTheyAreRegistered(t *testing.T) {
	at(t, "coopsal", func(t *testing.T, h *house, rules mutual.Profile) {
		elena := demo.Household().Holder
		ask := form(demo.Actor{Person: elena}, rules, mutual.WayRegister)
		h.refused(h.postTo(api.PathApply, ask), 409, api.CodeRegistered)
		for name, bend := range map[string]func(*api.Application){
			"another name":     func(a *api.Application) { a.GivenName = "Elisa" },
			"another surname":  func(a *api.Application) { a.FamilyName = "Rossi" },
			"another birthday": func(a *api.Application) { a.DateOfBirth = "1967-03-15" },
		} {
			bent := ask
			bend(&bent)
			if p := h.refused(h.postTo(api.PathApply, bent), 404, api.CodeUnknownPerson); p.Title != "Anagrafica non trovata" {
				t.Errorf("%s: %q", name, p.Title)
			}
		}
		bent := ask
		bent.FiscalCode = "RSSMRA80A01H501U"
		h.refused(h.postTo(api.PathApply, bent), 404, api.CodeUnknownPerson)
		ask.FiscalCode, ask.GivenName, ask.FamilyName = strings.ToLower(elena.FiscalCode), " ELENA", "Màrchetti"
		h.refused(h.postTo(api.PathApply, ask), 409, api.CodeRegistered)
		ask.Consents = nil
		h.refused(h.postTo(api.PathApply, ask), 422, api.CodeConsentMissing) // REG-08
	})
}

// REG-15 … REG-19, CTV-11, LOG-03: a form from the desk, a code to the number given there, and the dossier at the first sign-in.
func TestAFormFromTheDeskLeadsToAnAccountAndItsDossier(t *testing.T) {
	at(t, "mantova", func(t *testing.T, h *house, rules mutual.Profile) {
		davide := actor(t, demo.RoleCode)
		ask := form(davide, rules, mutual.WayCode)
		e := h.enrol(api.PathApply, ask)
		if e.Step != "codes" || !slices.Equal(e.Channels, []string{"mobile"}) || strings.Contains(e.Mobile, davide.Mobile[3:9]) {
			t.Fatalf("CTV-11: %+v", e)
		}
		if len(h.to(ask.Mobile)) != 0 {
			t.Fatal("a code went to the number that was typed")
		}
		if e = h.enrol(api.PathVerify, api.EnrolCodes{Ticket: e.Ticket, Mobile: h.code(davide.Mobile)}); e.Step != "sign-in" {
			t.Fatalf("%+v", e)
		}
		for _, user := range []string{"nuovo@posta.example", davide.Mobile} { // LOG-03
			got, _ := h.signInAs(api.SignIn{User: user, Password: ask.Password, Device: "casa"})
			if e = h.enrol(api.PathState, api.Ticketed{Ticket: h.refused(got, 401, api.CodeUnfinished).Ticket}); e.Step != "dossier" {
				t.Fatalf("REG-18: %+v", e)
			}
		}
		h.wantDossierGuarded(rules, e.Ticket, davide)
		if e = h.enrol(api.PathDossier, dossierOf(rules, e.Ticket, davide)); e.Step != "done" {
			t.Fatalf("%+v", e)
		}
		got, d := h.signInAs(api.SignIn{User: "nuovo@posta.example", Password: ask.Password, Device: "casa"})
		if got.status != 200 {
			t.Fatalf("%d %s", got.status, got.body)
		}
		household := h.wantTold(d, davide.Person.ID, "nuovo@posta.example", davide.Mobile,
			len(rules.ConsentsAt(mutual.AtRegistration))+len(rules.ConsentsAt(mutual.AtDossier)))
		if !household.Holder.Dossier {
			t.Error("the dossier is not open")
		}
	})
}

func dossierOf(rules mutual.Profile, ticket string, a demo.Actor) api.EnrolDossier {
	return api.EnrolDossier{Ticket: ticket, FiscalCode: a.Person.FiscalCode, Code: strings.ToLower(a.Code), Consents: all(rules, mutual.AtDossier)}
}

// wantDossierGuarded fails the test unless a dossier needs its consent (PRV-03), and code and codice fiscale fail alike.
func (h *house) wantDossierGuarded(rules mutual.Profile, ticket string, a demo.Actor) {
	h.t.Helper()
	bent := dossierOf(rules, ticket, a)
	bent.Consents = nil
	h.refused(h.postTo(api.PathDossier, bent), 422, api.CodeConsentMissing)
	bent = dossierOf(rules, ticket, a)
	bent.Code = "DV7A-2K9M-4QXT-8BNX"
	wrongCode := h.refused(h.postTo(api.PathDossier, bent), 422, api.CodeBadCode)
	bent = dossierOf(rules, ticket, a)
	bent.FiscalCode = demo.Household().Holder.FiscalCode
	wrongPerson := h.refused(h.postTo(api.PathDossier, bent), 422, api.CodeBadCode)
	if wrongCode.Left--; wrongCode.Field != "activation" || wrongCode.Field != wrongPerson.Field || wrongCode.Left != wrongPerson.Left || wrongCode.Title != wrongPerson.Title {
		h.t.Fatalf("%+v, %+v", wrongCode, wrongPerson)
	}
}

// FAM-07: who gave the desk another number than the head of family comes to an access of their own.
func TestARelativeWithANumberOfTheirOwnComesToAnAccessOfTheirOwn(t *testing.T) {
	at(t, "mantova", func(t *testing.T, h *house, rules mutual.Profile) {
		pietro := actor(t, demo.RoleOtherMobile)
		ask := form(pietro, rules, mutual.WayCode)
		e := h.enrol(api.PathApply, ask)
		if e = h.enrol(api.PathVerify, api.EnrolCodes{Ticket: e.Ticket, Mobile: h.code(pietro.Mobile)}); e.Step != "sign-in" {
			t.Fatalf("%+v", e)
		}
		got, _ := h.signInAs(api.SignIn{User: e.User, Password: ask.Password, Device: "casa"})
		h.enrol(api.PathDossier, dossierOf(rules, h.refused(got, 401, api.CodeUnfinished).Ticket, pietro))
		got, d := h.signInAs(api.SignIn{User: e.User, Password: ask.Password, Device: "casa"})
		if got.status != 200 || d.Member != string(pietro.Person.ID) {
			t.Fatalf("%d %s", got.status, got.body)
		}
		if household := h.wantTold(d, pietro.Person.ID, "nuovo@posta.example", pietro.Mobile, 2); household.Holder.FullName() != "Pietro Marchetti" || len(household.Number) != 12 {
			t.Errorf("%+v", household)
		}
	})
}

// CTV-08, LOG-10, MSG-11: a new code after a minute, and only the last one is valid.
func TestANewCodeComesAfterAMinuteAndMakesTheOneBeforeVoid(t *testing.T) {
	at(t, "cesarepozzo", func(t *testing.T, h *house, rules mutual.Profile) {
		e := h.untilCodes(rules)
		first := h.code("bruno2@posta.example")
		got := h.postTo(api.PathResend, api.Ticketed{Ticket: e.Ticket})
		if h.refused(got, 429, api.CodeTooSoon); got.header.Get("Retry-After") != "60" {
			t.Fatalf("Retry-After %q", got.header.Get("Retry-After"))
		}
		h.clock.advance(time.Minute)
		h.enrol(api.PathResend, api.Ticketed{Ticket: e.Ticket})
		second := h.code("bruno2@posta.example")
		if letters := h.to("bruno2@posta.example"); len(letters) != 2 || !strings.Contains(letters[1].text, rules.Messages.LastCode) {
			t.Errorf("MSG-11: %v", letters)
		}
		h.refused(h.postTo(api.PathVerify, api.EnrolCodes{Ticket: e.Ticket, EMail: first}), 422, api.CodeBadCode)
		h.clock.advance(10 * time.Minute)
		h.refused(h.postTo(api.PathVerify, api.EnrolCodes{Ticket: e.Ticket, EMail: second}), 410, api.CodeCodeOver)
		h.enrol(api.PathResend, api.Ticketed{Ticket: e.Ticket})
		if e = h.enrol(api.PathVerify, api.EnrolCodes{Ticket: e.Ticket, EMail: h.code("bruno2@posta.example")}); e.Step != "sign-in" {
			t.Fatalf("%+v", e)
		}
	})
}

// untilCodes leads Bruno to where a code by e-mail is waited for.
func (h *house) untilCodes(rules mutual.Profile) api.Enrolment {
	h.t.Helper()
	_, ask := h.firstAccess(rules)
	e := h.enrol(api.PathApply, ask)
	return h.enrol(api.PathContacts, api.EnrolContacts{Ticket: e.Ticket, Password: chosen, EMail: "bruno2@posta.example", Consents: all(rules, mutual.AtFirstAccess)})
}
