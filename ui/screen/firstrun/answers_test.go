package firstrun

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/account/accounttest"
	"github.com/sodale/sodale/app/identity"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/ui/words"
)

// registering fills the forms of a registration up to *Iscriviti*.
func (v *visit) registering() {
	v.t.Helper()
	v.choose()
	v.do(v.Press("Prima Iscrizione"))
	v.person()
	v.home()
	v.do(v.Press("Continua"), v.Fill("E-mail", "elena@posta.example"), v.Fill("Cellulare", "+39.3330003423"))
	v.password(chosen)
	v.tickAll(mutual.AtRegistration)
}

func TestWhoIsRegisteredAlreadyIsLedToTheSignIn(t *testing.T) { // REG-10, MSG-01
	v := visiting(t, "coopsal", func(v *visit) { v.portal.Refuse = refused(account.CodeRegistered) })
	v.registering()
	v.do(v.Press("Iscriviti"))
	v.must("Anagrafica non registrabile. Utente già registrato.", "Entra con le credenziali che hai già scelto.", "Password dimenticata?")
	v.do(v.Press("Ho già le credenziali"))
	v.must("Entra con le tue credenziali")
	v.do(v.Press("Indietro"))
	v.must("Iscriviti", chosen)
	v.do(v.Press("Indietro"), v.Press("Continua"), v.Press("Iscriviti"))
	v.must("Abbiamo scritto a")
}

func TestWhoIsNotInTheArchiveIsSentToTheEmployerFirst(t *testing.T) { // REG-11, MSG-02, SUP-09
	v := visiting(t, "coopsal", func(v *visit) { v.portal.Refuse = refused(account.CodeNotFound) })
	v.registering()
	v.do(v.Press("Iscriviti"))
	v.must("Anagrafica non trovata", "chiedi prima a: il proprio datore di lavoro, per una verifica dell'avvenuta")
}

func TestAFirstPasswordThatIsNotRightSaysWhatToLookAt(t *testing.T) { // FAC-11, MSG-03, LOG-04
	v := visiting(t, "cesarepozzo")
	v.choose()
	v.do(v.Press("Ho la matricola"), v.Fill("Matricola o codice utente", "3423"), v.Fill("Password del primo accesso", "03423F205K"), v.Press("Continua"))
	v.must("La password non è corretta", "lettere maiuscole", "spazi prima o dopo", "Come password per il primo accesso utilizza gli ultimi 5 numeri")
	v.must("03423F205K") // nothing is lost
}

func TestHelpHoldsTheUserNameAndNeverAPassword(t *testing.T) { // FAC-01, FAC-13, SUP-04, SUP-08
	v := visiting(t, "cesarepozzo")
	v.choose()
	v.do(v.Press("Ho la matricola"), v.Fill("Matricola o codice utente", "3423"), v.Fill("Password del primo accesso", "03423F205K"), v.Press("Continua"), v.Press("Chiedi aiuto"))
	v.must("Scrivi a infocenter@mutuacesarepozzo.it", "Matricola o codice utente: "+number, "Telefono, meglio se cellulare", "www.mutuacesarepozzo.org")
	v.do(v.Press("Copia il testo"))
	copied := fyne.CurrentApp().Clipboard().Content()
	if !strings.Contains(copied, number) || strings.Contains(copied, "03423F205K") || !strings.Contains(copied, "La password non è corretta") {
		t.Errorf("copied %q", copied)
	}
}

func TestContactsOfTheMutualAreThereForHelp(t *testing.T) { // REG-01, REG-02, SUP-01, SUP-02, SUP-03, LOG-14
	v := visiting(t, "coopsal")
	v.choose()
	v.do(v.Press("Ho già le credenziali"), v.Press("Chiedi aiuto"))
	v.must("0461 1788990", "info@cooperazionesalute.it", "+39 0461 1975484", "assistenza.be@cooperazionesalute.it", "sussidi@cooperazionesalute.it", "02.24128406", "www.cooperazionesalute.it")
}

func TestASignInThatFailsLeadsToTheReset(t *testing.T) { // LOG-01, LOG-04, LOG-06, LOG-09, LOG-10, LOG-11, LOG-12, LOG-13
	v := visiting(t, "coopsal", func(v *visit) {
		v.portal.User, v.portal.Password = "elena@posta.example", "Vecchia-parola-1"
	})
	v.portal.Profile.Verification.MobileAtSignIn = false
	v.choose()
	v.do(v.Press("Ho già le credenziali"), v.Fill("Nome Utente", "Elena@posta.example"), v.Fill("Password", "sbagliata"), v.Press("Entra"))
	v.must("Se non basta, scegli «Password dimenticata?».")
	v.do(v.Press("Password dimenticata?"))
	v.must("Password dimenticata?", "Elena@posta.example")
	v.do(v.Press("Procedi")) // LOG-09
	v.must("posta indesiderata", "vale solo l’ultimo", "Puoi chiedere un nuovo codice tra 60 secondi.")
	v.do(v.Press("Procedi"))
	v.must("Scrivi il codice che hai ricevuto per e-mail.")
	v.do(v.Fill("Codice di sicurezza", accounttest.EMailCode), v.Fill("Nuova password", chosen), v.Fill("Ripeti la nuova password", chosen+"x"), v.Press("Procedi"))
	v.must(words.T("secret.again.differs")) // LOG-11
	v.do(v.Fill("Ripeti la nuova password", chosen), v.Press("Procedi"))
	v.must("La procedura è completata") // LOG-12
	v.do(v.Press("Entra"))
	if len(v.founded) != 1 || v.founded[0].Password != chosen || v.portal.Resets[0] != "elena@posta.example" {
		t.Fatalf("founded %+v, asked %v", v.founded, v.portal.Resets)
	}
	v.finish()
}

func TestAFormSaysAtEveryFieldWhatIsWrong(t *testing.T) { // REG-04, REG-07, REG-08, FAC-04, FAC-12, LOG-05, LOG-07, LOG-08, MSG-04
	v := visiting(t, "coopsal")
	v.choose()
	v.do(v.Press("Prima Iscrizione"), v.Press("Continua"))
	v.must("Scrivi il cognome.", "Scrivi il nome.", "Scegli il sesso", "Scrivi la data di nascita.", "Scrivi il luogo di nascita.", "Manca il codice fiscale", "Il CAP ha 5 cifre.")
	v.person()
	v.do(v.Fill("Codice fiscale", "MRCLNE67C14F205K"))
	v.must("Il sesso non torna con il codice fiscale")
	v.do(v.Fill("Codice fiscale", "MRCLNE67C54F205X"))
	v.must("L’ultima lettera del codice fiscale non torna")
	v.do(v.Fill("Luogo di nascita", "Atlantide"), v.Fill("Codice fiscale", "MRCLNE67C54F205J"))
	v.home()
	v.do(v.Press("Continua"))
	v.must("Scegli il luogo fra quelli proposti.")
	v.do(v.Fill("Luogo di nascita", "milano"), v.Press("Continua"))

	v.do(v.Fill("E-mail", "elena@posta"), v.Fill("Cellulare", "+39. 3330003423"), v.Fill("Nuova password", "corta"), v.Fill("Ripeti la nuova password", "corta"), v.Press("Iscriviti"))
	v.must("Questo indirizzo e-mail non è completo", v.portal.Profile.Messages.MobileWarning, v.portal.Profile.Password.Text) // REG-07, FAC-12, MSG-04
	for _, c := range v.portal.Profile.ConsentsAt(mutual.AtRegistration) {
		v.must(c.Without) // REG-08
	}
	if len(v.portal.Applied) != 0 {
		t.Error("it was sent all the same")
	}
	v.do(v.Fill("Nuova password", "Password1"), v.Fill("Ripeti la nuova password", "Password1"), v.Press("Iscriviti"))
	v.must(words.T("secret.new.common"))
}

func TestAUserNumberOfLettersIsRefusedAndSpacesAreOfferedToBeTrimmed(t *testing.T) { // FAC-04, LOG-05
	v := visiting(t, "cesarepozzo")
	v.choose()
	v.do(v.Press("Ho già le credenziali"), v.Fill("Matricola o codice utente", "34A23"))
	v.must("Il codice è fatto solo di cifre.")
	v.do(v.Fill("Matricola o codice utente", "1234567890123"))
	v.must("Il codice ha al massimo 12 cifre.")
	v.do(v.Fill("Password", chosen+" "))
	v.must("C’è uno spazio")
	v.do(v.Press("Togli gli spazi all’inizio e alla fine"))
	if got := v.page.m.text(fieldPassword); got != chosen {
		t.Errorf("%q", got)
	}
	v.do(v.Fill("Password", "TUTTOMAIUSCOLO"))
	v.must("tasto maiuscole")
}

func TestANewCodeMayBeAskedForAfterAMinute(t *testing.T) { // CTV-08, MSG-11
	v := visiting(t, "aurora")
	v.choose()
	v.do(v.Press("Ho la matricola"), v.Fill("Matricola o codice utente", "3423"), v.Fill("Password del primo accesso", "03423F205J"), v.Press("Continua"))
	v.password(chosen)
	v.tickAll(mutual.AtFirstAccess)
	v.do(v.Press("Prosegui"), v.Press("Procedi"))
	v.must("Puoi chiedere un nuovo codice tra 60 secondi.")
	v.clock.at = now.Add(45 * time.Second)
	v.page.resend.Tick()
	v.must("tra 15 secondi")
	v.clock.at = now.Add(time.Minute)
	v.page.resend.Tick()
	v.do(v.Fill("Codice ricevuto per e-mail", "1"), v.Press("Invia un nuovo codice"))
	v.must("Puoi chiedere un nuovo codice tra 60 secondi.", "Se ricevi più codici, dovrai inserire l'ultimo ricevuto.")
	if v.portal.Resent != 1 || v.page.m.text(fieldCodeEMail) != "" {
		t.Errorf("resent %d, the old code is still there: %q", v.portal.Resent, v.page.m.text(fieldCodeEMail))
	}
	v.portal.Refuse = refused(account.CodeTooSoon, "Seconds", "30")
	v.page.again()
	v.must("Aspetta 30 secondi")
	v.portal.Refuse = refused(account.CodeTicketOver)
	v.do(v.Fill("Codice ricevuto per e-mail", "1"), v.Fill("Codice ricevuto per SMS", "1"), v.Press("Procedi"))
	v.must("la richiesta è scaduta", "Primo accesso", number)
}

func TestWhatTheMutualFindsWrongStandsAtItsField(t *testing.T) { // FAC-12, MSG-04
	v := visiting(t, "coopsal")
	v.registering()
	v.portal.Refuse = refused(account.CodeField, "Field", "email", "Reason", "Questo nome utente è già di un’altra persona.")
	v.do(v.Press("Iscriviti"))
	v.must("Questo nome utente è già di un’altra persona.", chosen)
	v.portal.Refuse = refused(account.CodePasswordRule)
	v.do(v.Press("Iscriviti"))
	v.must(v.portal.Profile.Password.Text)
	v.portal.Refuse = refused(account.CodeField, "Field", "fiscalCode", "Reason", "Il codice fiscale non è quello.")
	v.do(v.Press("Iscriviti"))
	v.must("Il mio profilo", "Il codice fiscale non è quello.")
	v.portal.Refuse = refused(account.CodeConsent, "Consent", "terms")
	v.do(v.Press("Continua"), v.Press("Iscriviti"))
	v.must("Manca un consenso")
}

func TestWithNoNetworkNothingIsLostAndTheReasonIsSaid(t *testing.T) {
	v := visiting(t, "aurora", func(v *visit) { v.online = false })
	v.must("Per attivare serve la rete una volta sola")
	v.portal.Err = refused("network.offline")
	v.choose()
	v.do(v.Press("Ho già le credenziali"), v.Fill("Matricola o codice utente", "3423"), v.Fill("Password", chosen), v.Press("Entra"))
	v.must("Per attivare serve la rete una volta sola", number, chosen)
	v.online, v.portal.Err, v.portal.Password = true, nil, chosen
	v.do(v.Press("Entra"))
	v.mustNot("Per attivare serve la rete")
	if len(v.founded) != 1 {
		t.Error("no vault was made")
	}
}

func TestAVaultThatCantBeMadeIsTriedAgainWithoutSigningInTwice(t *testing.T) {
	v := visiting(t, "aurora", func(v *visit) {
		v.portal.Password, v.fail = chosen, refused(identity.CodeDiskFull)
	})
	v.choose()
	v.do(v.Press("Ho già le credenziali"), v.Fill("Matricola o codice utente", "3423"), v.Fill("Password", chosen), v.Press("Entra"))
	v.must("disco")
	v.fail = nil
	v.do(v.Press("Entra"))
	if len(v.portal.SignedIn) != 1 || len(v.founded) != 1 {
		t.Errorf("signed in %d times, %d vaults", len(v.portal.SignedIn), len(v.founded))
	}
}

func TestTheRecoveryCodeIsPrintedSavedAndTypedBack(t *testing.T) {
	v := visiting(t, "aurora", func(v *visit) { v.portal.Password = chosen })
	v.choose()
	v.do(v.Press("Ho già le credenziali"), v.Fill("Matricola o codice utente", "3423"), v.Fill("Password", chosen), v.Press("Entra"))
	if v.page.Back() {
		t.Error("a way leads back from the recovery code")
	}
	v.do(v.Press("Stampa"), v.Press("Salva come PDF"))
	v.must("Documenti/codice.pdf")
	if len(v.printed) != 1 || v.printed[0].Code != recovery || v.printed[0].Mutual != "Mutua Aurora" {
		t.Errorf("printed %+v", v.printed)
	}
	v.do(v.Press("Continua"))
	v.mustNot("9XWM")
	v.do(v.Fill("Gruppo 3", "AAAA"), v.Press("Conferma"))
	v.must("non è come sulla carta", "Scrivi questo gruppo.")
	v.do(v.Press("Torna al codice"))
	v.finish()
	v.page.Leave()
	if v.page.m.recovery != "" || v.page.m.text(fieldPassword) != "" {
		t.Error("a secret stays behind")
	}
}
