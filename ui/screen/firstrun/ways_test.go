package firstrun

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/account/accounttest"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/ui/words"
)

func TestTheFirstAccessGoesFromTheDerivedPasswordToTheCard(t *testing.T) { // FAC-02, FAC-03, FAC-04, FAC-05, FAC-06, FAC-07, FAC-08, FAC-09, FAC-10, FAC-14, FAC-15, FAC-16, CTV-04, CTV-05, CTV-06, CTV-07, CTV-08, CTV-09, LOG-02, MSG-11
	v := visiting(t, "aurora")
	v.choose()
	v.must("Ho la matricola", "Ho ricevuto un codice utente") // FAC-02, FAC-03
	v.do(v.Press("Ho la matricola"))
	v.must("03423G209D") // FAC-15: the instructions
	v.do(v.Fill("Matricola o codice utente", "3423"))
	v.must(number) // FAC-04: padded by itself
	v.do(v.Fill("Codice fiscale per calcolarla", "MRCLNE67C54F205J"), v.Press("Calcola la password"))
	v.must("03423F205J") // FAC-05
	v.do(v.Press("Continua"))

	v.must("Ciao, Elena", "elena@posta.example", "+39 333 000 3423", v.portal.Profile.Messages.MobileWarning, v.portal.Profile.Messages.WhyContacts) // FAC-06, FAC-07, FAC-09, CTV-05, CTV-10
	v.do(v.Fill("E-mail", "elena.m@posta.example"))
	v.password(chosen)
	v.tick("Autorizzo il trattamento dei dati personali, necessario a Mutua Aurora per fornirmi il servizio.")
	v.do(v.Press("Prosegui"))                               // FAC-10
	v.must("elena.m@posta.example", "Per SMS al cellulare") // CTV-06
	v.do(v.Press("Indietro"))
	v.must("Ciao, Elena", "elena.m@posta.example")
	v.do(v.Press("Prosegui"), v.Press("Procedi"))
	v.must(v.portal.Profile.Messages.LastCode, "posta indesiderata") // MSG-11

	set := v.portal.Set[0]
	if set.EMail != "elena.m@posta.example" || set.Mobile != "+393330003423" || set.Password != chosen || len(set.Consents) != 1 || !set.Consents[0].Given || set.Consents[0].At != now {
		t.Errorf("sent %+v", set)
	}
	v.do(v.Fill("Codice ricevuto per e-mail", "4821 3377"), v.Fill("Codice ricevuto per SMS", "000000"), v.Press("Procedi"))
	v.must("Restano 4 tentativi.", "4821 3377") // the right one stays
	v.do(v.Fill("Codice ricevuto per SMS", accounttest.MobileCode), v.Press("Procedi"))
	v.must("La verifica è avvenuta correttamente", number) // CTV-09
	v.do(v.Press("Continua"))
	if f := v.founded[0]; f.Password != chosen || f.User != number || f.Device.Token == "" || f.Rules.ID != "aurora" {
		t.Errorf("founded %+v", f)
	}
	if c := v.portal.SignedIn[0]; c.Device != "Computer di casa" || c.User != number {
		t.Errorf("signed in %+v", c)
	}
	v.finish()
}

func TestARegistrationIsFinishedOnlyByBothConfirmations(t *testing.T) { // REG-03, REG-04, REG-05, REG-06, REG-07, REG-08, REG-09, REG-12, REG-14, CTV-01, CTV-02, CTV-03, LOG-01, MSG-05
	v := visiting(t, "coopsal")
	v.choose()
	v.mustNot("Ho un codice di attivazione", "Primo accesso")
	v.do(v.Press("Prima Iscrizione"))
	v.person()
	v.must("MRCLNE67C54F205J")
	v.home()
	v.do(v.Press("Continua"))
	v.must(v.portal.Profile.Messages.EMailWarning, v.portal.Profile.Messages.MobileWarning) // REG-06, REG-07
	v.do(v.Fill("E-mail", "Elena@Posta.example"), v.Fill("Cellulare", "+39.3330003423"))
	v.password(chosen)
	v.tickAll(mutual.AtRegistration)
	v.do(v.Press("Iscriviti")) // REG-09

	a := v.portal.Applied[0]
	if a.EMail != "elena@posta.example" || a.User != a.EMail || a.Mobile != "+393330003423" || a.FiscalCode != "MRCLNE67C54F205J" || a.Person.BirthPlace != "F205" ||
		a.Person.Residence.Province != "MI" || len(a.Consents) != 2 || a.Way != mutual.WayRegister {
		t.Errorf("applied %+v", a)
	}
	v.must("Abbiamo scritto a elena@posta.example", "posta indesiderata", "Indirizzo e-mail da confermare", "Cellulare da confermare") // CTV-01, REG-14
	v.do(v.Press("Ho aperto il collegamento"))
	v.must("La mutua non ha ancora visto la conferma")
	v.portal.LinkOpen = true
	v.do(v.Press("Ho aperto il collegamento"), v.Press("Continua"))
	v.must("Codice ricevuto per SMS", "La registrazione verrà così ultimata.") // CTV-02, CTV-03, MSG-05
	if len(v.founded) != 0 {
		t.Error("a vault was made before the mobile was confirmed")
	}
	v.do(v.Fill("Codice ricevuto per SMS", accounttest.MobileCode), v.Press("Procedi"))
	if f := v.founded[0]; f.User != "elena@posta.example" || f.Password != chosen {
		t.Errorf("founded %+v", f)
	}
	v.finish()
}

func TestAnActivationCodeOpensTheDossierAtTheFirstSignIn(t *testing.T) { // REG-15, REG-16, REG-17, REG-18, REG-19, CTV-11, LOG-03, MSG-07
	v := visiting(t, "mantova", func(v *visit) { v.portal.Dossier = true })
	v.choose()
	v.must("anche per un familiare con un cellulare diverso dal tuo") // FAM-07, MSG-08: an account of their own
	v.do(v.Press("Ho un codice di attivazione"))
	v.must("Il tuo consenso") // REG-16: consent, then the form, then the password
	v.do(v.Press("Continua"))
	v.must(v.portal.Profile.ConsentsAt(mutual.AtRegistration)[0].Without)
	v.tickAll(mutual.AtRegistration)
	v.do(v.Press("Continua"))
	v.must("Il mio profilo")
	v.mustNot("Via e numero")
	v.person()
	v.do(v.Press("Continua"))
	v.mustNot("Cellulare", "Consensi") // CTV-11: the number given at the desk
	v.must("al cellulare che hai dato allo sportello", "E-mail (facoltativo)")
	v.do(v.Fill("E-mail (facoltativo)", "elena@posta.example"))
	v.password(chosen)
	v.do(v.Press("Completa la registrazione"))
	v.must("Codice ricevuto per SMS") // REG-17
	v.mustNot("Codice ricevuto per e-mail")
	v.do(v.Fill("Codice ricevuto per SMS", accounttest.MobileCode), v.Press("Procedi"), v.Press("Continua"))

	v.must("Attiva il tuo fascicolo", "modulo per il ritiro referti", v.portal.Profile.Messages.DossierEmpty) // REG-15, REG-18, MSG-07
	v.do(v.Press("Attiva"))
	v.must("Scrivi il codice di attivazione.", v.portal.Profile.ConsentsAt(mutual.AtDossier)[0].Without)
	v.tickAll(mutual.AtDossier)
	v.do(v.Fill("Codice di attivazione", "SBAGLIATO"), v.Press("Attiva"))
	v.must("Restano 4 tentativi.")
	v.do(v.Fill("Codice di attivazione", accounttest.Activation), v.Press("Attiva"))
	if d := v.portal.Dossiers[1]; d.FiscalCode != "MRCLNE67C54F205J" || len(d.Consents) != 1 || d.Consents[0].Consent != "dossier" {
		t.Errorf("dossier %+v", d)
	}
	v.finish()
}

func TestWhoHasCredentialsSignsInWithTheSecondFactor(t *testing.T) { // TFA-02, TFA-07, TFA-08, TFA-09, MSG-12, LOG-02
	for name, c := range map[string]struct {
		enter func(v *visit)
		used  bool
	}{
		"code of the app": {func(v *visit) { v.do(v.Fill("Codice dell’app", "417 032"), v.Press("Entra")) }, false},
		"recovery code": {func(v *visit) {
			v.do(v.Press("Usa un codice di recupero"))
			v.must("Ogni codice vale una volta sola.") // TFA-09
			v.do(v.Fill("Codice di recupero dell’autenticazione a due fattori", "H4KM-92QT"), v.Press("Entra"))
		}, true},
	} {
		t.Run(name, func(t *testing.T) {
			v := visiting(t, "aurora", func(v *visit) { v.portal.Password, v.portal.Factor = chosen, "417032" })
			v.choose()
			v.do(v.Press("Ho già le credenziali"), v.Fill("Matricola o codice utente", "3423"), v.Fill("Password", chosen), v.Press("Entra"))
			v.must("Autenticazione a due fattori", v.portal.Profile.Messages.FactorCode) // MSG-12
			v.do(v.Press("Entra"))
			v.must("Scrivi il codice.")
			v.do(v.Fill("Codice dell’app", "000000"), v.Press("Entra"))
			v.must("Questo codice non va bene")
			c.enter(v)
			if len(v.founded) != 1 || v.founded[0].Password != chosen {
				t.Fatalf("founded %+v", v.founded)
			}
			if (len(v.portal.Recovery) == 0) != c.used {
				t.Errorf("recovery codes left: %v", v.portal.Recovery)
			}
			v.finish()
		})
	}
}

func TestOnlyTheWaysOfTheMutualAreShown(t *testing.T) { // REG-20, REG-21, CFG-01, CTV-12
	all := []string{"Ho la matricola", "Ho ricevuto un codice utente", "Prima Iscrizione", "Ho un codice di attivazione"}
	for id, shown := range map[string][]string{"cesarepozzo": all[:2], "coopsal": all[2:3], "insieme": all[2:3], "mantova": all[3:], "aurora": all} {
		v := visiting(t, id)
		v.choose()
		for _, way := range all {
			if v.Sees(way) != slices.Contains(shown, way) {
				t.Errorf("%s shows %q: %v", id, way, v.Sees(way))
			}
		}
		v.must("Ho già le credenziali", "Non sono ancora iscritto")
	}
}

func TestAMutualWithoutAConnectionCanBeReadAboutAndConnected(t *testing.T) { // SUP-05, SUP-06
	v := visiting(t, "aurora")
	v.must("Non ancora collegata")
	v.do(v.Press("Insieme Salute"))
	v.must("02/37.05.20.67", "Orario 9-13, 14-18 dal lunedì al venerdì nei giorni feriali", "Viale San Gimignano 30/32")
	v.mustNot("Prima Iscrizione")
	notice := rules(t, "insieme").Notices[0]
	v.do(v.Press(notice.Title))
	v.must("Francesco De Lucia")
	v.do(v.Press("Chiudi"), v.Press("Ho un file di collegamento"))
	v.must("Prima Iscrizione")
}

func TestWhoIsNoMemberIsToldWhomToAsk(t *testing.T) { // REG-13, REG-22, SUP-07
	v := visiting(t, "aurora")
	v.choose()
	v.do(v.Press("Non sono ancora iscritto"))
	v.must("per chi è già socio di Mutua Aurora", "gratuita", "800 000 342")
	v = visiting(t, "mantova")
	v.choose()
	v.do(v.Press("Non sono ancora iscritto"))
	v.must("La mutua non ha ancora indicato contatti.")
}

func TestEverythingIsDoneByKeyboard(t *testing.T) {
	v := visiting(t, "aurora")
	v.page.refocus()
	v.Key(fyne.KeyReturn) // the first mutual
	v.must("Come vuoi entrare?")
	v.Key(fyne.KeyReturn) // the first way
	v.do(v.Type("3423"))
	v.Key(fyne.KeyTab)
	v.do(v.Type("03423F205J"))
	v.Key(fyne.KeyReturn)
	v.must("Ciao, Elena")
	if len(v.portal.Applied) != 1 || v.portal.Applied[0].User != number {
		t.Errorf("applied %+v", v.portal.Applied)
	}
	v.page.Back()
	v.must("Primo accesso", number)
	v.page.Back()
	v.page.Back()
	v.must("Scegli la mutua")
	if v.page.Back() {
		t.Error("Esc leads out of the first screen")
	}
}

func TestNothingThatWasTypedIsLostByGoingBackOrByAnotherLanguage(t *testing.T) {
	v := visiting(t, "coopsal")
	v.choose()
	v.do(v.Press("Prima Iscrizione"))
	v.person()
	v.home()
	v.do(v.Press("Continua"), v.Fill("E-mail", "elena@posta.example"), v.Press(v.portal.Profile.ConsentsAt(mutual.AtRegistration)[0].Text))
	v.do(v.Press("Indietro"))
	v.must("Marchetti", "Via dei Tigli 14", "Milano (MI)", "14/03/1967")
	v.do(v.Press("English"))
	v.must("Surname", "Marchetti", "MRCLNE67C54F205J")
	v.do(v.Press("Continue"))
	v.must("elena@posta.example")
	if len(v.page.m.refused(mutual.AtRegistration)) != 1 {
		t.Error("the box is empty again")
	}
	for _, w := range v.Words() {
		if strings.Contains(w, "firstrun.") {
			t.Errorf("a key is shown: %q", w)
		}
	}
	words.Set(words.Italian)
}
