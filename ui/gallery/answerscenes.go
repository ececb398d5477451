package gallery

import (
	"errors"
	"strings"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/plan"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/ui/words"
)

// answerScenes are what the plan says of a document in the claim form, one of each outcome (UX section 4).
var answerScenes = []Scene{
	{"richiesta-2-piano-coperta", func(w *World) error { return errors.Join(complete(w), prescribed(w, "sospetta aritmia")) }},
	{"richiesta-2-piano-in-parte", asEticare(func(w *World) error {
		return errors.Join(complete(w), paidPrivately(w), w.Fill(fieldName("specialty"), "Cardiologia"), w.Fill(fieldName("amount"), "150,00"), w.settle())
	})},
	{"richiesta-2-piano-non-coperta", func(w *World) error { return errors.Join(complete(w), paidPrivately(w), w.settle()) }},
	{"richiesta-2-piano-non-si-dice", func(w *World) error { return errors.Join(complete(w), prescribed(w, "controllo")) }},
	{"richiesta-2-piano-carenza", func(w *World) error {
		w.SetHousehold(func(h *member.Household) { h.Plan.Covers[0].Start = day(2026, 11, 1) })
		return complete(w)
	}},
	{"richiesta-2-piano-ricovero", stayed},
	{"richiesta-2-piano-limite", asEticare(func(w *World) error {
		for _, id := range []string{"c-one", "c-two"} {
			p := visitPaid(id)
			w.Vault.Put(p.claim, p.delivery)
		}
		return errors.Join(complete(w), paidPrivately(w), w.Fill(fieldName("specialty"), "Cardiologia"), w.settle())
	})},
	{"richiesta-2-piano-sconosciuto", func(w *World) error {
		w.SetHousehold(func(h *member.Household) { h.Plan.Name, h.Plan.ID, h.Plan.Covers = "Piano Famiglia", "", nil })
		return errors.Join(documents(w), w.DropNames("ricevuta-ticket.pdf"), w.AwaitWords("ricevuta-ticket.pdf", Patience), w.awaitPage(1),
			w.Choose(fieldName("service"), words.T("newclaim.service.visit")), w.Fill(fieldName("amount"), "36,15"), w.settle())
	}},
	{"richiesta-2-piano-articolo", func(w *World) error {
		line := strings.ReplaceAll(words.T("plan.PRESCRIPTION_MISSING"), "**", "")
		return errors.Join(complete(w), w.Press(line), w.settle())
	}},
	{"richiesta-2-piano-articolo-letto", func(w *World) error {
		return errors.Join(complete(w), w.Press(words.T("plan.fine.time", "Day", "7 febbraio 2027")+" "+words.T("plan.warning.TERM_ON_HOLIDAY")), w.settle())
	}},
	{"richiesta-3-piano", asEticare(func(w *World) error {
		return errors.Join(complete(w), paidPrivately(w), w.Press(words.T("newclaim.continue")), w.AwaitWords(words.T("newclaim.review.title"), Patience), w.settle())
	})},
}

// asEticare lets the household have the other plan.
func asEticare(play func(*World) error) func(*World) error {
	return func(w *World) error {
		w.SetHousehold(func(h *member.Household) { h.Plan = eticare(day(2025, 1, 1)) })
		return play(w)
	}
}

func paidPrivately(w *World) error {
	return w.Choose(fieldName("form"), words.T("newclaim.form."+string(plan.Private)))
}

// prescribed adds the prescription that the panel asks for, with what it says.
func prescribed(w *World, diagnosis string) error {
	w.WillChoose("ricetta-cardiologo.tif")
	return errors.Join(w.Press(words.T("plan.add.prescription")), w.AwaitWords("ricetta-cardiologo.tif", Patience), w.Press(words.T("newclaim.more")),
		w.Fill(fieldName("diagnosis"), diagnosis), w.settle())
}

// stayed fills in four days in hospital with their letter.
func stayed(w *World) error {
	return errors.Join(documents(w), w.DropNames("cartella.pdf"), w.AwaitWords("cartella.pdf", Patience), w.awaitPage(3),
		w.Choose(fieldName("type"), words.T("claims.type."+string(claim.HospitalCertificate))), w.Choose(fieldName("service"), benefitName(plan.HospStay)),
		w.Fill(fieldName("admitted"), "02/11/2026"), w.Fill(fieldName("discharged"), "06/11/2026"), w.Fill(fieldName("issuedOn"), "06/11/2026"), w.settle())
}

// visitPaid is a private visit that was paid this year.
func visitPaid(id string) pratica {
	c := made(id, elena, claim.Visit, 9000, "Studio Verdi", id, 120)
	c.Documents[0].Form, c.Documents[0].Specialty = plan.Private, "Cardiologia"
	return sent(c, submission.Delivered, stands(claim.Paid, "26-0039", func(s *claim.Standing) { s.Granted = 4000 }))
}
