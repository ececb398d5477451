package privacy_test

import (
	"context"
	"testing"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/privacy"
	"github.com/sodale/sodale/app/request"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/ui/desktop"
	"github.com/sodale/sodale/ui/gallery"
	"github.com/sodale/sodale/ui/gallery/visit"
	"github.com/sodale/sodale/ui/screen/settings"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/words"
)

func requests(v *visit.Visitor) []request.Request {
	all, _ := v.Asked.Requests(context.Background())
	return all
}

func insieme(w *gallery.World) { w.UseRules("insieme") }

func TestEveryConsentIsShownWithDateVersionStateAndConsequence(t *testing.T) { // PRV-01, PRV-02, PRV-03, PRV-04, PRV-11
	v := visit.Open(t, desktop.Privacy)
	v.SeeInOrder("Accetto i termini e le condizioni d'uso.", "Dato il 16 marzo 2026 alle 10:41, testo 2026-01.", "Dato",
		"Autorizzo il trattamento dei dati personali", "Senza questo consenso non è possibile accedere all'area personale.", "Dato",
		"Elena: Ho letto l'informativa specifica per il fascicolo", "Nessuna risposta · testo 2026-01", "Non dato",
		"Desidero ricevere la newsletter", "Rifiutato o ritirato il 16 settembre 2026")
}

func TestTheHistoryOfAConsentKeepsEveryAnswer(t *testing.T) { // PRV-04
	v := visit.Open(t, desktop.Privacy)
	v.PressText(words.N("privacy.history", 2))
	v.SeeInOrder("Desidero ricevere la newsletter", "Rifiutato o ritirato il 16 settembre 2026", "Dato il 16 aprile 2026")
}

func TestAConsentOfEachRelativesDossierIsItsOwn(t *testing.T) { // PRV-03
	v := visit.Open(t, desktop.Privacy, func(w *gallery.World) {
		w.SetHousehold(func(h *member.Household) { h.Family[1].Dossier = true })
	})
	v.SeeInOrder("Elena: Ho letto l'informativa specifica", "Luca: Ho letto l'informativa specifica")
	v.NotSee("Paolo: Ho letto")
}

func TestAWithdrawalSaysWhatItMeansAndIsSent(t *testing.T) { // PRV-09, PRV-11, DEL-05
	v := visit.Open(t, desktop.Privacy)
	v.Press("privacy.consent.withdraw")
	v.SeeText("Senza l'accettazione dei termini la richiesta non può essere inviata.")
	v.SeeText(words.N("privacy.kept", 10))
	v.Press("privacy.keep")
	if len(requests(v)) != 0 {
		t.Fatal("keeping sent something")
	}
	v.Press("privacy.consent.withdraw")
	v.Press("privacy.consent.withdraw")
	sent := requests(v)
	if len(sent) != 1 || sent[0].Consent.Consent != "terms" || sent[0].Consent.Given || sent[0].Consent.Version != "2026-01" || !sent[0].Consent.At.Equal(v.Clock.Now()) {
		t.Fatalf("sent %+v", sent)
	}
	v.SeeText("In attesa di conferma.")
}

func TestTheNewsletterIsUnsubscribedAndTakenAgain(t *testing.T) { // PRV-12, NTF-07
	v := visit.Open(t, desktop.Privacy, func(w *gallery.World) {
		w.Asked.SetConsents([]privacy.Answer{{Consent: "newsletter", Version: "2026-01", Given: true, At: w.Clock.Now().AddDate(0, -1, 0)}})
	})
	v.Press("privacy.consent.unsubscribe")
	v.SeeText("Non riceverai la newsletter.")
	v.Press("privacy.consent.withdraw")
	if sent := requests(v); len(sent) != 1 || sent[0].Consent.Consent != "newsletter" || sent[0].Consent.Given {
		t.Fatalf("sent %+v", sent)
	}
}

func TestTheNoticeOfInsiemeIsReadOfflineWithItsTable(t *testing.T) { // PRV-05, PRV-06, PRV-07, PRV-08, PRV-11, PRV-12, PRV-16, LST-01
	v := visit.Open(t, desktop.Privacy, insieme, func(w *gallery.World) { w.Line(submission.Link{}) })
	v.PressText("Informazioni sui trattamenti di dati personali (articoli 13 e 14 del Regolamento (UE) 2016/679)")
	v.SeeInOrder("Insieme Salute Società di Mutuo Soccorso", "V.le San Gimignano, n. 30/32, 20146 Milano", "02 37052067", "02 37052072", "info@insiemesalute.org", "Francesco De Lucia", "cresitalia@pec.it")
	for _, column := range []string{"Trattamento", "Finalità", "Base giuridica", "Destinatari", "Periodo di conservazione"} {
		v.SeeText(column)
	}
	v.SeeText("Pubblicazione all'interno dell'area riservata del Socio Assistito.")
	v.SeeText("10 anni dalla perdita della qualifica di Socio Assistito.")
	v.SeeText("newsletter")
	v.Escape()
	v.See("privacy.consents.text")
}

func TestTheNoticesSayWhatTheDocumentsAsk(t *testing.T) { // PRV-13, PRV-14, PRV-15
	for id, want := range map[string][]string{
		"coopsal": {"L'informativa scritta è data all'iscrizione e a ogni richiesta di forma diretta o di rimborso."},
		"insieme": {"d.lgs. 30 giugno 2003, n. 196", "segreto professionale"},
	} {
		w := gallery.NewPromptWorld(settings.Default)
		t.Cleanup(w.Close)
		w.UseRules(id)
		if err := w.Unlock(); err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, n := range w.Rules.Notices {
			w.Shell.Go(desktop.Place{Screen: desktop.Privacy, ID: n.ID})
			for _, text := range want {
				seen[text] = seen[text] || w.Sees(text)
			}
		}
		for _, text := range want {
			if !seen[text] {
				t.Errorf("%s: no notice says %q", id, text)
			}
		}
	}
}

func TestANoticeHasRoomInASmallWindowAtTwiceTheSize(t *testing.T) { // PRV-07, LST-01
	w := gallery.NewPromptWorld(settings.Settings{Look: theme.Light, Text: 200, Language: words.Italian})
	t.Cleanup(w.Close)
	w.UseRules("insieme")
	w.Resize(1024, 700)
	if err := w.Unlock(); err != nil {
		t.Fatal(err)
	}
	w.Shell.Go(desktop.Place{Screen: desktop.Privacy, ID: "mod-b"})
	if cut := w.CutTexts(); len(cut) > 0 {
		t.Errorf("cut: %q", cut)
	}
}

func TestTheRightsAreListedWithWhomToWriteToAndWhereToComplain(t *testing.T) { // PRV-09, PRV-10, CMP-06
	v := visit.Open(t, desktop.Privacy, insieme)
	for _, r := range privacy.Rights() {
		v.See("privacy.right." + string(r.Right))
	}
	v.SeeText("cresitalia@pec.it")
	v.Press("privacy.complain.copy")
	if v.Clipboard() != "https://www.garanteprivacy.it/web/guest/home/docweb/-/docweb-display/docweb/4535524" {
		t.Errorf("copied %q", v.Clipboard())
	}
}

func TestTheThreeErasuresAreApartAndEachIsTypedFor(t *testing.T) { // DEL-01, DEL-02, DEL-03, DEL-04, RPT-07
	for _, e := range privacy.Erasures {
		name := string(e)
		v := visit.Open(t, desktop.Privacy)
		v.Press("privacy.erase." + name)
		word := words.T("privacy.erase.word." + name)
		v.Fill("privacy.type", "no", "Word", word)
		v.Press("privacy.erase." + name)
		v.See("privacy.type.wrong", "Word", word)
		if len(requests(v)) != 0 {
			t.Fatalf("%s was sent without its word", e)
		}
		v.Fill("privacy.type", word, "Word", word)
		v.Press("privacy.erase." + name)
		if sent := requests(v); len(sent) != 1 || *sent[0].Erasure != e {
			t.Errorf("%s: sent %+v", e, sent)
		}
		v.See("part.request.waiting")
	}
}

func TestWhatStaysIsSaidBeforeAnErasure(t *testing.T) { // DEL-05, DEL-06, PRV-08
	v := visit.Open(t, desktop.Privacy, insieme)
	v.See("privacy.erase.membership")
	v.Press("privacy.erase.account")
	v.SeeInOrder(words.T("privacy.goes"), words.T("privacy.matter.account"), words.T("privacy.stays"), words.N("privacy.kept", 10), words.T("privacy.matter.membership"))
}

func TestACopyOfEverythingIsMadeIntoAFolderAndShown(t *testing.T) { // PRV-09
	v := visit.Open(t, desktop.Privacy)
	v.Press("privacy.takeout.do")
	v.See("privacy.takeout.done")
	v.Press("privacy.takeout.open")
	if len(v.Opened) != 1 {
		t.Errorf("opened %v", v.Opened)
	}
}

func TestACopyTellsHowFarItIsAndCanBeStopped(t *testing.T) { // PRV-09
	w := gallery.NewWorld(settings.Default)
	t.Cleanup(w.Close)
	w.TakeoutGate = make(chan struct{})
	ok := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	ok(w.Unlock())
	w.Shell.Go(desktop.Place{Screen: desktop.Privacy})
	ok(w.AwaitWords(words.T("privacy.takeout.do"), gallery.Patience))
	ok(w.Press(words.T("privacy.takeout.do")))
	ok(w.AwaitWords(words.T("privacy.takeout.progress", "Done", words.FileSize(1<<20), "Total", words.FileSize(3<<20)), gallery.Patience))
	ok(w.Press(words.T("privacy.takeout.stop")))
	ok(w.AwaitWords(words.T("privacy.takeout.stopped"), gallery.Patience))
	ok(w.AwaitWords(words.T("privacy.takeout.do"), gallery.Patience))
}

func TestACopyThatFailsIsSaid(t *testing.T) { // PRV-09
	v := visit.Open(t, desktop.Privacy, func(w *gallery.World) { w.TakeoutErr = fault.New("takeout.folder", "", "") })
	v.Press("privacy.takeout.do")
	v.See("error.takeout.folder")
	v.NotSee(words.T("privacy.takeout.done"))
}

// leave types the word and leaves.
func leave(v *visit.Visitor) {
	v.Press("privacy.leave.do")
	word := words.T("privacy.leave.word")
	v.Fill("privacy.type", word, "Word", word)
	v.Press("privacy.leave.do")
}

func TestLeavingAComputerEndsWithNothingWaitingAndNothingLeft(t *testing.T) { // DEL-06
	v := visit.Open(t, desktop.Privacy)
	v.See("privacy.leave.nothing")
	v.See("privacy.leave.not")
	leave(v)
	v.SeeText("Niente in attesa, niente rimasto qui")
	v.Press("privacy.gone.close")
	if !v.Removed || !v.Gone {
		t.Error("the computer was not left")
	}
}

func TestLeavingSaysWhatWaitsAndOffersToDeliverItFirst(t *testing.T) { // DEL-06
	v := visit.Open(t, desktop.Privacy, func(w *gallery.World) {
		w.Leaving = privacy.Leaving{Waiting: 2, Drafts: 1, Backups: []string{"Documenti/sodale.copia"}}
	})
	v.SeeText(words.N("privacy.leave.waiting", 2))
	v.SeeText(words.N("privacy.leave.drafts", 1))
	v.SeeText("Documenti/sodale.copia")
	v.Press("privacy.leave.deliver")
	v.Press("privacy.leave.do")
	v.SeeText(words.N("privacy.leave.lost", 2))
	v.Press("part.cancel")
	if v.Removed {
		t.Error("cancelling left the computer")
	}
}

func TestWhatCouldNotBeRemovedIsNamed(t *testing.T) { // DEL-06
	v := visit.Open(t, desktop.Privacy, func(w *gallery.World) { w.Remains = []string{"vault/blocked.bin"} })
	leave(v)
	v.SeeText("vault/blocked.bin")
	v.NotSee("Niente in attesa, niente rimasto qui")
}
