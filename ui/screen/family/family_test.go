package family_test

import (
	"context"
	"testing"

	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/request"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/ui/desktop"
	"github.com/sodale/sodale/ui/gallery"
	"github.com/sodale/sodale/ui/gallery/visit"
	"github.com/sodale/sodale/ui/words"
)

// The words of the mutual, as the requirements quote them.
const (
	msg07 = "Il dossier sarà vuoto se nessun documento è ancora pronto. Verrà automaticamente avvisato via sms/email quando saranno disponibili nuovi documenti. I documenti rimarranno nel fascicolo al massimo 60 giorni."
	msg08 = "ATTENZIONE: il sistema consentirà l'operazione solo se il familiare è registrato con lo stesso numero di cellulare del capofamiglia. Qualora questa condizione non sussista, è comunque possibile attivare il dossier per un parente, ma solo creando nuova utenza distinta dalla propria, utilizzando i dati del familiare e inserendo, all'atto della registrazione, il codice OTP che il sistema invierà al cellulare del familiare stesso."
	msg14 = "I dati dei familiari non sono modificabili in CesarePozzoXTE, per modificarli contatta la tua sede regionale di riferimento."
)

// requests are those that were frozen, oldest first.
func requests(v *visit.Visitor) []request.Request {
	all, _ := v.Asked.Requests(context.Background())
	return all
}

// anna fills the form with Elena's mother.
func anna(v *visit.Visitor) {
	v.Fill("family.given", "Anna")
	v.Fill("family.surname", "Bianchi")
	v.Fill("family.born", "14/02/1938")
	v.Fill("family.birthplace", "Alessandri")
	v.PressText("Alessandria (AL)")
	v.Choose("family.sex", words.T("family.female"))
	v.Choose("person.role", words.T("person.role.other"))
	v.Fill("family.fiscal", "bnc nna 38b54 a182p")
}

func TestTheFamilyIsListedEachWithARecordOfTheirOwn(t *testing.T) { // PER-01, PER-08, PER-11, SES-06
	v := visit.Open(t, desktop.Family, func(w *gallery.World) {
		w.SetHousehold(func(h *member.Household) {
			h.Family = append(h.Family, member.Person{ID: "mia", Role: member.Child, GivenName: "Mia", FamilyName: "Marchetti", FiscalCode: "MRCMIA26P41F205X", DateOfBirth: h.Since},
				member.Person{ID: "teo", Role: member.Child, GivenName: "Teo", FamilyName: "Marchetti", FiscalCode: "MRCTEO16P01F205X"})
			h.Family[2].DateOfBirth.Year, h.Family[3].DateOfBirth = 2026, h.Since
			h.Family[3].DateOfBirth.Year = 2016
		})
	})
	v.SeeInOrder("Elena Marchetti", "Titolare", "Paolo Marchetti", "Coniuge o convivente", "Luca Marchetti", "Figlio o figlia", "Mia Marchetti", "Neonato", "Teo Marchetti", "Minore di 14 anni")
	v.PressText("Paolo Marchetti")
	v.SeeInOrder("Paolo Marchetti", "MRCPLA65P02A794S")
}

func TestWhereRelativesAreFixedTheMutualsSentenceSaysSo(t *testing.T) { // PER-07, MSG-14
	v := visit.Open(t, desktop.Family, func(w *gallery.World) { w.UseRules("cesarepozzo") })
	v.SeeText(msg14)
	v.NotSee(words.T("family.add"))
	v = visit.Open(t, desktop.Family, func(w *gallery.World) {
		w.UseRules("aurora", func(p *mutual.Profile) { p.Relatives.Editable = false })
	})
	v.See("family.fixed")
}

func TestTheDefinitionOfTheHouseholdIsThere(t *testing.T) { // PER-10
	v := visit.Open(t, desktop.Family)
	v.SeeText("unita civilmente (L. 76/2016)")
	v.SeeText("figli legittimi, naturali, riconosciuti, adottivi, in affido o affiliati")
}

func TestOneDossierAtATimeIsShownUnderItsName(t *testing.T) { // FAM-04, FAM-08, MSG-07
	v := visit.Open(t, desktop.Family, func(w *gallery.World) {
		w.SetHousehold(func(h *member.Household) { h.Family[1].Dossier = true })
	})
	v.See("family.dossier.of", "Name", "Elena Marchetti")
	v.See("family.dossier.closed", "Name", "Elena")
	v.Choose("family.dossier.whose", "Luca")
	v.See("family.dossier.of", "Name", "Luca Marchetti")
	v.SeeText(msg07)
	v.NotSee(words.T("family.dossier.of", "Name", "Elena Marchetti"))
}

func TestARelativeIsAddedWithNoticeConsentAndCode(t *testing.T) { // FAM-01, FAM-02, FAM-03, FAM-06, MSG-08, PRV-03
	v := visit.Open(t, desktop.Family)
	v.Press("family.add")
	v.SeeText(msg08)
	anna(v)
	v.SeeText(words.N("family.age", 88))
	v.See("family.inherited.text", "Name", "Elena")
	v.SeeInOrder("elena@posta.example", "+39 333 000 3423", "Leggi l’informativa", "Ho letto l'informativa specifica per il fascicolo ed esprimo il consenso.", "Codice di attivazione")
	for _, w := range []string{"person.field.email", "person.field.mobile"} {
		if v.World.Fill(words.T(w), "x") == nil {
			t.Errorf("%s is asked", w)
		}
	}
	v.Fill("family.code", "AB12-CD34")
	v.Press("family.send")
	v.See("family.consent.missing")
	v.PressText("Ho letto l'informativa specifica per il fascicolo ed esprimo il consenso.")
	v.Press("family.send")
	v.See("family.sent.toast", "Name", "Anna")
	sent := requests(v)
	if len(sent) != 1 || sent[0].Kind != submission.KindFamily {
		t.Fatalf("sent %+v", sent)
	}
	who := *sent[0].Family
	if who.FiscalCode != "BNCNNA38B54A182P" || who.BirthPlace != "A182" || who.Role != member.Other || who.Code != "AB12-CD34" || !who.Consent.Equal(v.Clock.Now()) {
		t.Errorf("sent %+v", who)
	}
}

func TestWhatIsMissingIsSaidAtItsField(t *testing.T) { // FAM-02
	v := visit.Open(t, desktop.Family)
	v.Press("family.add")
	v.Press("family.send")
	for _, key := range []string{"family.given.missing", "family.surname.missing", "family.born.missing", "family.birthplace.missing", "family.sex.missing", "family.role.missing", "family.fiscal.missing"} {
		v.See(key)
	}
	if len(requests(v)) != 0 {
		t.Error("an empty form was sent")
	}
}

func TestTheCodiceFiscaleIsComparedWithTheRest(t *testing.T) { // FAM-02
	v := visit.Open(t, desktop.Family)
	v.Press("family.add")
	anna(v)
	v.Fill("family.fiscal", "BNCNNA38B54A18")
	v.SeeText("Il codice fiscale ha 16 caratteri: qui sono 14.")
	v.Fill("family.given", "Maria")
	v.Fill("family.fiscal", "BNCNNA38B54A182P")
	v.SeeText("Il nome non torna con il codice fiscale")
}

func TestWhatIsTypedOfARelativeStaysWhileOtherPagesAreShown(t *testing.T) { // FAM-02
	v := visit.Open(t, desktop.Family)
	v.Press("family.add")
	anna(v)
	v.Go(desktop.Overview, "")
	v.Go(desktop.Family, "")
	v.SeeText("BNCNNA38B54A182P")
	v.Escape()
	v.See("family.add.resume")
	v.Press("family.add.resume")
	v.SeeText("Alessandria (AL)")
}

func TestTheNoticeOfADossierIsReadBeforeTheConsent(t *testing.T) { // FAM-06, PRV-03
	v := visit.Open(t, desktop.Family)
	v.Press("family.add")
	v.Press("family.notice")
	v.SeeText("Informativa specifica per il fascicolo")
	v.Escape()
	v.Escape()
	v.SeeText(msg08)
}

func TestAnotherMobileIsSaidWithTheWayOutAndCanBeCorrected(t *testing.T) { // FAM-05, FAM-07, MSG-08
	v := visit.Open(t, desktop.Family)
	v.Press("family.add")
	anna(v)
	v.Press("family.send")
	v.Arrive(submission.Held, request.CodeMobile)
	v.See("error.access.mobile-differs")
	v.See("family.own.text", "Name", "Anna")
	v.Press("family.correct")
	v.See("family.correcting")
	v.SeeText("Alessandria (AL)")
	v.Press("family.send")
	sent := requests(v)
	if len(sent) != 2 || sent[1].ID != sent[0].ID || sent[1].Revision != 2 {
		t.Errorf("the correction is %+v", sent[len(sent)-1])
	}
}

func TestACodeThatDoesNotFitIsSaid(t *testing.T) { // FAM-06
	v := visit.Open(t, desktop.Family)
	v.Press("family.add")
	anna(v)
	v.Press("family.send")
	v.Arrive(submission.Held, request.CodeActivation)
	v.See("error.request.activation-code")
	v.NotSee(words.T("family.own.title"))
}
