package security_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/ui/desktop"
	"github.com/sodale/sodale/ui/gallery"
	"github.com/sodale/sodale/ui/gallery/visit"
	"github.com/sodale/sodale/ui/words"
)

func on(w *gallery.World) { w.Access.Said.FactorOn, w.Access.Said.RecoveryLeft = true, 8 }

func TestTheSecondFactorIsTurnedOnWithPasswordPictureAndCode(t *testing.T) { // TFA-01, TFA-02, TFA-03, TFA-04, TFA-05, MSG-12, SES-02
	v := visit.Open(t, desktop.Security)
	v.Press("security.factor.enable")
	v.Fill("part.password", visit.Password)
	v.Press("security.factor.enable")
	v.SeeInOrder("Verifica in due passaggi", "K7VD 2QPL 9XWM 4RTA H3NC", "Per esempio Google Authenticator, da Google Play Store o da App Store",
		"Il codice di Google Authenticator cambia ogni 30 secondi, inserisci l'ultimo codice generato dall'app.", "Codici di recupero", "posto sicuro", gallery.Recovery()[0], gallery.Recovery()[9])
	v.Press("security.factor.key.copy")
	if v.Clipboard() != "K7VD2QPL9XWM4RTAH3NC" {
		t.Errorf("copied %q", v.Clipboard())
	}
	v.Press("part.codes.copy")
	if v.Clipboard() == "" || v.Clipboard()[:4] != "H4KM" {
		t.Errorf("copied %q", v.Clipboard())
	}
	v.Press("part.codes.print")
	if len(v.Printed) != 1 {
		t.Errorf("printed %v", v.Printed)
	}
	v.Fill("security.factor.code", "123")
	v.Press("security.factor.confirm")
	v.See("security.factor.digits")
	v.Fill("security.factor.code", "000000")
	v.Press("security.factor.confirm")
	v.See("error.access.second-factor-bad")
	if v.Access.Said.FactorOn {
		t.Fatal("a wrong code turned it on")
	}
	v.Fill("security.factor.code", "417 032")
	v.Press("security.factor.confirm")
	v.See("security.factor.on")
	v.SeeText(words.N("security.codes.left", 10))
	v.NotSee(gallery.Recovery()[0])
}

func TestAWrongPasswordBeginsNothing(t *testing.T) { // TFA-03
	v := visit.Open(t, desktop.Security)
	v.Press("security.factor.enable")
	v.Fill("part.password", "Sbagliata")
	v.Press("security.factor.enable")
	v.See("part.password.wrong")
	v.Escape()
	v.See("security.factor.off")
	if v.Portal.Began != 0 {
		t.Error("a second factor was begun")
	}
}

func TestLeavingThePageBeforeTheCodeLeavesTheSecondFactorOff(t *testing.T) { // TFA-03
	v := visit.Open(t, desktop.Security)
	v.Press("security.factor.enable")
	v.Fill("part.password", visit.Password)
	v.Press("security.factor.enable")
	v.Go(desktop.Overview, "")
	v.Go(desktop.Security, "")
	v.See("security.factor.off")
}

func TestTheSecondFactorIsTurnedOffWithThePassword(t *testing.T) { // TFA-06
	v := visit.Open(t, desktop.Security, on)
	v.Press("security.factor.disable")
	v.Fill("part.password", visit.Password)
	v.Press("security.factor.disable")
	v.See("security.factor.off")
	if v.Access.Said.FactorOn {
		t.Error("the mutual still has it on")
	}
}

func TestNewRecoveryCodesReplaceThoseBefore(t *testing.T) { // TFA-05, TFA-09
	v := visit.Open(t, desktop.Security, func(w *gallery.World) { on(w); w.Access.Said.RecoveryLeft = 1 })
	v.SeeText(words.N("security.codes.left", 1))
	v.See("security.codes.few")
	v.Press("security.codes.new")
	v.Fill("part.password", visit.Password)
	v.Press("security.codes.make")
	v.SeeText(gallery.Recovery()[4])
	v.Press("part.codes.save")
	v.Escape()
	v.SeeText(words.N("security.codes.left", 10))
}

func TestThePasswordIsChangedAtTheMutualAndHere(t *testing.T) { // SES-03, LOG-07, MSG-04
	v := visit.Open(t, desktop.Security)
	v.Press("security.password.change")
	v.SeeText("La password deve essere composta da almeno 8 caratteri e contenere almeno un numero, un carattere maiuscolo e uno minuscolo.")
	v.Fill("security.password.current", visit.Password)
	v.Fill("secret.new", "corta")
	v.Press("security.password.do")
	v.Fill("secret.new", "Lanterna-77-blu")
	v.Fill("secret.again", "Lanterna-77-bla")
	v.Press("security.password.do")
	v.See("secret.again.differs")
	if v.Portal.Password != visit.Password {
		t.Fatal("the password changed before it was confirmed")
	}
	v.Fill("secret.again", "Lanterna-77-blu")
	v.Press("security.password.others")
	v.Press("security.password.do")
	v.See("security.password.done")
	if v.Portal.Password != "Lanterna-77-blu" || v.Access.Password != "Lanterna-77-blu" || !v.Portal.EndedOthers {
		t.Errorf("mutual %q, vault %q, others %v", v.Portal.Password, v.Access.Password, v.Portal.EndedOthers)
	}
	v.See("security.password.changed", "Day", "16 novembre 2026")
}

func TestAWrongCurrentPasswordChangesNothing(t *testing.T) { // SES-03
	v := visit.Open(t, desktop.Security)
	v.Press("security.password.change")
	v.Fill("security.password.current", "Sbagliata")
	v.Fill("secret.new", "Lanterna-77-blu")
	v.Fill("secret.again", "Lanterna-77-blu")
	v.Press("security.password.do")
	v.See("part.password.wrong")
	if v.Portal.Password != visit.Password || v.Access.Password != visit.Password {
		t.Error("the password changed")
	}
}

func TestAComputerIsSignedOutAndItsDataDestroyedWhereAsked(t *testing.T) { // SES-02
	v := visit.Open(t, desktop.Security)
	v.SeeInOrder("Sessioni attive", "Computer di casa", "Questo computer", "Portatile di Paolo")
	v.Press("security.sessions.end")
	v.Press("security.sessions.destroy")
	v.Fill("part.password", visit.Password)
	v.Press("security.sessions.end")
	v.See("security.sessions.ended", "Name", "Portatile di Paolo")
	if len(v.Portal.Ended) != 1 || len(v.Portal.Destroyed) != 1 || len(v.Portal.List) != 1 {
		t.Errorf("ended %v, destroyed %v", v.Portal.Ended, v.Portal.Destroyed)
	}
}

func TestWithNoNetworkNothingIsHalfDone(t *testing.T) { // SES-02, SES-03, TFA-03
	v := visit.Open(t, desktop.Security, func(w *gallery.World) { w.Line(submission.Link{}) })
	v.See("security.offline")
	v.See("security.sessions.offline")
	for _, key := range []string{"security.factor.enable", "security.password.change"} {
		if err := v.World.Press(words.T(key)); err == nil {
			t.Errorf("%s can be pressed", key)
		}
	}
	v.Press("security.recovery.new") // of this computer alone
	v.Press("security.recovery.make")
	v.SeeText("K7VD-2QPL-9XWM-4RTA-H3NC-6YEF-T8WD")
}

func TestRememberingIsOffUntilTheMemberTurnsItOn(t *testing.T) {
	v := visit.Open(t, desktop.Security)
	v.See("security.remember.text")
	if v.Remembered() {
		t.Fatal("it is on by itself")
	}
	v.Press("security.remember")
	if !v.Remembered() {
		t.Error("it is still off")
	}
}

func TestAMutualWithoutASecondFactorOffersNone(t *testing.T) { // TFA-01, CFG-09
	v := visit.Open(t, desktop.Security, func(w *gallery.World) {
		w.UseRules("aurora", func(p *mutual.Profile) { p.Entry.FactorOffered = false })
	})
	v.NotSee(words.T("security.factor"))
}

func TestAMutualThatDoesNotAnswerIsSaidAndAskedAgain(t *testing.T) { // SES-02
	v := visit.Open(t, desktop.Security, func(w *gallery.World) { w.Portal.Err = fault.New("access.challenge", "", "") })
	v.See("error.access.challenge")
	v.Portal.Err = nil
	v.Press("security.again")
	v.SeeText("Portatile di Paolo")
}

func TestTheOverviewLeadsToTheSecondFactorWhileItIsOff(t *testing.T) { // OVW-03, TFA-01
	v := visit.Open(t, desktop.Overview)
	v.Press("overview.secure")
	v.See("security.factor.off")
	v = visit.Open(t, desktop.Overview, on)
	v.NotSee(words.T("overview.secure"))
}

func TestItIsSaidWhetherAResetCanOpenThisComputer(t *testing.T) { // LOG-09
	v := visit.Open(t, desktop.Security)
	v.See("security.reset")
	v = visit.Open(t, desktop.Security, func(w *gallery.World) { w.Access.NoShare = true })
	v.See("security.reset.not")
}

func TestADisabledServiceIsSaid(t *testing.T) { // DEL-01
	v := visit.Open(t, desktop.Security, func(w *gallery.World) { w.Access.Said.Disabled = true })
	v.See("security.disabled")
}

func TestTheKeyboardStaysInItsPlaceWhenThePageIsShownAnew(t *testing.T) { // UX section 7
	v := visit.Open(t, desktop.Security)
	v.Press("security.remember")
	v.Key(fyne.KeySpace) // the box still has the keyboard
	if v.Remembered() {
		t.Error("the box lost the keyboard")
	}
}

func TestTheSecondFactorIsTurnedOnByKeyboardAlone(t *testing.T) { // TFA-03, TFA-04; UX section 7
	v := visit.Open(t, desktop.Security)
	v.Press("security.factor.enable")
	for _, typed := range []string{visit.Password, "417032"} {
		if err := v.Type(typed); err != nil {
			t.Fatal(err)
		}
		v.Key(fyne.KeyReturn)
	}
	v.See("security.factor.on")
	if !v.Access.Said.FactorOn {
		t.Error("the mutual does not have it on")
	}
}
