package person_test

import (
	"context"
	"slices"
	"testing"

	"github.com/sodale/sodale/app/change"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/request"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/ui/desktop"
	"github.com/sodale/sodale/ui/gallery"
	"github.com/sodale/sodale/ui/gallery/visit"
	"github.com/sodale/sodale/ui/words"
)

// last is the latest request that was frozen.
func last(t *testing.T, v *visit.Visitor) request.Request {
	t.Helper()
	all, err := v.Asked.Requests(context.Background())
	if err != nil || len(all) == 0 {
		t.Fatalf("%d requests, %v", len(all), err)
	}
	return all[len(all)-1]
}

// stored is the edit that lies in the vault, false without one.
func stored(v *visit.Visitor) (member.Edit, bool) {
	all, _ := v.Asked.Edits(context.Background())
	if len(all) == 0 {
		return member.Edit{}, false
	}
	return all[0], true
}

func TestThePersonIsShownWithAReadOnlyResidence(t *testing.T) { // PER-01, PER-03, PER-04, MSG-13
	v := visit.Open(t, desktop.Person)
	v.SeeInOrder("Elena Marchetti", "MRCLNE67C54F205J", "14 marzo 1967, Milano (MI)", "Titolare", "000000003423",
		"Via dei Tigli 14, 20100 Milano (MI)", "Se non diversamente da te indicato, il domicilio coincide con la residenza. L'indirizzo di residenza non è modificabile in Area Aurora, per cambiarlo contatta la tua sede regionale di riferimento.",
		"come la residenza")
	v.Press("person.edit")
	for _, w := range v.Words() {
		if w == "Via dei Tigli 14" {
			t.Error("the residence can be typed over")
		}
	}
	v.Go(desktop.Contacts, "")
	v.SeeInOrder("elena@posta.example", "+39 333 000 3423")
	v.Go(desktop.Payments, "")
	v.SeeInOrder("Bonifico sul conto", "IT56 N054 2801 6020 0000 0417 435")
}

func TestTheResidenceSentenceOfCesarePozzoIsItsOwn(t *testing.T) { // PER-04, MSG-13
	v := visit.Open(t, desktop.Person, func(w *gallery.World) { w.UseRules("cesarepozzo") })
	v.SeeText("Se non diversamente da te indicato, il domicilio coincide con la residenza. L'indirizzo di residenza non è modificabile in CesarePozzoXTE, per cambiarlo contatta la tua sede regionale di riferimento.")
}

func TestEveryNumberShownCanBeCopied(t *testing.T) { // PER-01
	v := visit.Open(t, desktop.Person)
	for label, want := range map[string]string{"Codice fiscale": "MRCLNE67C54F205J", "Matricola": "000000003423"} {
		v.Press("part.copy", "What", label)
		if v.Clipboard() != want {
			t.Errorf("%s: copied %q", label, v.Clipboard())
		}
	}
	v.Go(desktop.Payments, "")
	v.Press("part.copy", "What", "IBAN")
	if v.Clipboard() != "IT56N0542801602000000417435" {
		t.Errorf("copied %q", v.Clipboard())
	}
}

func TestADomicileAndThePostalChoiceAreSentAndWaitBesideTheOldValue(t *testing.T) { // PER-02, PER-03, PER-05
	v := visit.Open(t, desktop.Person)
	v.Press("person.edit")
	v.Press("person.domicile.other")
	v.Fill("person.street", "Via Dante 3")
	v.Press("person.confirm")
	v.See("person.domicile.missing")
	v.Fill("person.postcode", "46100")
	v.Fill("person.town", "Mantova")
	v.Choose("person.province", "Mantova")
	v.Choose("person.field.postal", "Al domicilio")
	v.Press("person.confirm")
	v.See("person.sent")
	r := last(t, v)
	want := member.Address{Street: "Via Dante 3", PostCode: "46100", Town: "Mantova", Province: "MN"}
	if r.Kind != submission.KindProfile || *r.Change.Mine.Domicile != want || r.Change.Mine.Postal != member.ToDomicile || r.Change.Base.Domicile != nil {
		t.Errorf("sent %+v", r.Change)
	}
	v.SeeInOrder("come la residenza", "In attesa di conferma", "Via Dante 3, 46100 Mantova (MN)")
	if _, left := stored(v); left {
		t.Error("the draft of what was sent is still there")
	}
}

func TestADomicileEqualToTheResidenceIsNone(t *testing.T) { // PER-03
	v := visit.Open(t, desktop.Person)
	v.Press("person.edit")
	v.Press("person.domicile.other")
	v.Press("person.domicile.other")
	v.Press("person.confirm")
	v.See("error.request.nothing")
}

func TestWhatIsTypedIsOnTheDiskAndComesBackOnEveryPage(t *testing.T) { // PER-02
	v := visit.Open(t, desktop.Contacts)
	v.Press("person.edit")
	v.Fill("person.field.email", "elena.nuova@posta.example")
	v.See("person.saved", "Clock", "10:41")
	if e, ok := stored(v); !ok || e.Mine.EMail != "elena.nuova@posta.example" {
		t.Fatalf("stored %+v", e)
	}
	v.Go(desktop.Overview, "")
	v.Go(desktop.Payments, "")
	v.See("person.changes", "Fields", "E-mail")
	v.Go(desktop.Contacts, "")
	if got := v.Words(); !slices.Contains(got, "elena.nuova@posta.example") {
		t.Errorf("what was typed is gone: %q", got)
	}
	v.Press("person.undo")
	if _, left := stored(v); left {
		t.Error("what was given up is still stored")
	}
	v.See("person.edit")
}

func TestAnIBANThatIsWrongSaysWhichPart(t *testing.T) { // PER-09
	v := visit.Open(t, desktop.Payments)
	v.Press("person.edit")
	v.Fill("person.field.iban", "IT56A0542801602000000417435")
	v.SeeText("La lettera di controllo dell’IBAN")
	v.Fill("person.field.iban", "IT56 N054")
	v.SeeText("ne servono 27")
	v.Press("person.confirm")
	if all, _ := v.Asked.Requests(context.Background()); len(all) != 0 {
		t.Fatal("a wrong IBAN was sent")
	}
	v.Fill("person.field.iban", "it60 x054 2811 1010 0000 0123 456")
	v.Press("person.confirm")
	if got := last(t, v).Change.Mine.IBAN; got != "IT60X0542811101000000123456" {
		t.Errorf("sent %q", got)
	}
}

func TestThePaymentOfSubsidiesIsChosen(t *testing.T) { // PER-02
	v := visit.Open(t, desktop.Payments)
	v.Press("person.edit")
	v.Choose("person.field.payment", "Assegno per posta")
	v.Press("person.confirm")
	if got := last(t, v).Change.Mine.Payment; got != member.ByCheque {
		t.Errorf("sent %q", got)
	}
}

func TestAFaultOnAnotherPageIsNamedWithItsPage(t *testing.T) { // PER-05
	v := visit.Open(t, desktop.Contacts)
	v.Press("person.edit")
	v.Fill("person.field.email", "elena@")
	v.Fill("person.field.mobile", "06 1234 5678")
	v.SeeText("cominciano con 3")
	v.Go(desktop.Payments, "")
	v.Press("person.confirm")
	v.See("person.elsewhere", "Page", "Contatti")
}

func TestANewContactIsProvedByItsCode(t *testing.T) { // PER-06, CTV-04, MSG-11
	v := visit.Open(t, desktop.Contacts, func(w *gallery.World) {
		w.Access.Said.EMailPending, w.Access.Said.MobilePending = "elena.nuova@posta.example", "+393330009988"
	})
	v.SeeInOrder("Se ricevi più codici, dovrai inserire l'ultimo ricevuto.", "elena.nuova@posta.example", "+39 333 000 9988", "elena@posta.example")
	v.Press("person.proof.do")
	v.See("person.proof.missing")
	v.Press("person.proof.again")
	v.Portal.Err = fault.New("access.bad-code", "", "").With("Left", "4")
	v.Fill("person.proof.email", "11112222", "At", "elena.nuova@posta.example")
	v.Press("person.proof.do")
	v.See("error.access.bad-code")
	v.Portal.Err = nil
	v.Fill("person.proof.mobile", "417032", "At", "+39 333 000 9988")
	v.Press("person.proof.do")
	v.See("person.proof.done")
	if n := len(v.Portal.Proved); n != 2 || v.Portal.Proved[1].EMail != "11112222" || v.Portal.Proved[1].Mobile != "417032" || v.Portal.Resent != 1 {
		t.Errorf("proved %+v, sent again %d", v.Portal.Proved, v.Portal.Resent)
	}
}

func TestACodeNeedsTheNetwork(t *testing.T) { // PER-06
	v := visit.Open(t, desktop.Contacts, func(w *gallery.World) {
		w.Access.Said.EMailPending = "elena.nuova@posta.example"
		w.Line(submission.Link{})
	})
	v.See("person.proof.offline")
	if err := v.World.Press(words.T("person.proof.do")); err == nil {
		t.Error("the code can be sent with no network")
	}
}

// disagree lets both sides change the e-mail.
func disagree(t *testing.T) *visit.Visitor {
	v := visit.Open(t, desktop.Contacts)
	v.Press("person.edit")
	v.Fill("person.field.email", "elena.casa@posta.example")
	v.SetHousehold(func(h *member.Household) { h.EMail = "e.marchetti@posta.example" })
	v.See("person.conflict.mine", "Value", "elena.casa@posta.example")
	v.See("person.conflict.mutual", "Value", "e.marchetti@posta.example")
	return v
}

func TestWhereBothChangedAFieldTheMemberChoosesAndTheLoserIsKept(t *testing.T) { // PER-02, PER-05
	v := disagree(t)
	v.Press("person.confirm")
	v.See("error.request.undecided")
	v.Press("person.conflict.do")
	v.See("person.conflict.choose")
	v.Choose("person.field.email", words.T("person.conflict.mine", "Value", "elena.casa@posta.example"))
	v.Press("person.conflict.do")
	v.SeeInOrder("Valori lasciati", "E-mail: e.marchetti@posta.example", "Era della mutua")
	v.Press("person.confirm")
	if c := last(t, v).Change; c.Mine.EMail != "elena.casa@posta.example" || c.Base.EMail != "e.marchetti@posta.example" {
		t.Errorf("sent %+v", c)
	}
}

func TestTheMutualsValueCanBeTaken(t *testing.T) { // PER-02
	v := disagree(t)
	v.Choose("person.field.email", words.T("person.conflict.mutual", "Value", "e.marchetti@posta.example"))
	v.Press("person.conflict.do")
	v.SeeInOrder("Valori lasciati", "E-mail: elena.casa@posta.example", "Era tuo")
}

func TestARefusedChangeIsStillThereToBeCorrected(t *testing.T) { // PER-05
	v := visit.Open(t, desktop.Payments)
	v.Press("person.edit")
	v.Fill("person.field.iban", "IT60X0542811101000000123456")
	v.Press("person.confirm")
	first := last(t, v)
	v.Arrive(submission.Held, request.CodeNotAllowed)
	v.See("person.refused")
	v.See("error.request.not-allowed")
	v.Fill("person.field.iban", "IT56N0542801602000000417435")
	v.Press("person.confirm")
	if r := last(t, v); r.ID != first.ID || r.Revision != 2 {
		t.Errorf("the correction is %s revision %d", r.ID, r.Revision)
	}
}

func TestWhatArrivedIsSaidWithItsReceipt(t *testing.T) { // PER-05
	v := visit.Open(t, desktop.Payments)
	v.Press("person.edit")
	v.Choose("person.field.payment", "Assegno per posta")
	v.Press("person.confirm")
	v.See("part.request.waiting")
	v.Arrive(submission.Delivered, "")
	v.See("part.request.delivered")
}

func TestAPhotoIsChosenShownAndTakenAway(t *testing.T) { // SES-02
	v := visit.Open(t, desktop.Person, func(w *gallery.World) { w.WillChoose("foto.jpg") })
	v.Press("person.edit")
	v.Press("person.photo.choose")
	if e, ok := stored(v); !ok || len(e.Mine.Photo) == 0 || len(e.Mine.Photo) > member.MaxPhoto {
		t.Fatalf("stored %d bytes", len(e.Mine.Photo))
	}
	v.Press("person.photo.remove")
	if e, ok := stored(v); ok && len(e.Mine.Photo) > 0 {
		t.Error("the photo is still there")
	}
}

func TestWhatIsTypedStaysWhileNewsArrives(t *testing.T) { // PER-02
	v := visit.Open(t, desktop.Contacts)
	v.Press("person.edit")
	v.Fill("person.field.email", "a@b")
	v.SetHousehold(func(h *member.Household) { h.IBAN = "IT60X0542811101000000123456" })
	v.Changes.Say(change.Change{Topic: change.Delivery})
	if got := v.Words(); !slices.Contains(got, "a@b") {
		t.Errorf("what was typed is gone: %q", got)
	}
	e, _ := stored(v)
	if e.Mine.IBAN == "" {
		t.Error("nothing is stored")
	}
}

func TestARelativesDataAreChangedWhereTheMutualAllowsIt(t *testing.T) { // PER-07, PER-08, SES-07
	paolo := string(gallery.Household().Family[0].ID)
	v := visit.Open(t, desktop.Person)
	v.Go(desktop.Person, paolo)
	v.SeeInOrder("Paolo Marchetti", "MRCPLA65P02A794S", "Coniuge o convivente")
	v.Press("person.edit")
	v.Fill("person.field.email", "paolo@posta.example")
	v.Press("person.confirm")
	if c := last(t, v).Change; string(c.Person) != paolo || c.Mine.EMail != "paolo@posta.example" {
		t.Errorf("sent %+v", c)
	}
	v = visit.Open(t, desktop.Person, func(w *gallery.World) {
		w.UseRules("aurora", func(p *mutual.Profile) { p.Relatives.Editable = false })
	})
	v.Go(desktop.Person, paolo)
	v.NotSee(words.T("person.edit"))
}

func TestARefusedChangeCanBeGivenUp(t *testing.T) { // PER-05
	v := visit.Open(t, desktop.Payments)
	v.Press("person.edit")
	v.Fill("person.field.iban", "IT60X0542811101000000123456")
	v.Press("person.confirm")
	v.Arrive(submission.Held, request.CodeNotAllowed)
	v.Press("person.undo")
	if r := last(t, v); r.Revision != 2 || len(r.Change.Fields()) != 0 {
		t.Errorf("sent revision %d, %+v", r.Revision, r.Change)
	}
}
