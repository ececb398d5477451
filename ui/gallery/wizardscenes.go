package gallery

import (
	"errors"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/ui/words"
)

func fieldName(name string) string { return words.T("newclaim.field." + name) }

// wizardScenes are the states of the claim form beyond the straight way.
var wizardScenes = []Scene{
	{"nuova-richiesta", func(w *World) error {
		err := filled(w)
		w.Shell.NewRequest()
		return errors.Join(err, w.settle())
	}},
	{"richiesta-2-altri-dati", func(w *World) error {
		return errors.Join(complete(w), w.Press(words.T("newclaim.more")), w.Choose(fieldName("cover"), words.T("newclaim.cover.paid")),
			w.Fill(fieldName("coverBody"), "Fondo Est"), w.Fill(fieldName("coverAmount"), "10,00"), w.settle())
	}},
	{"richiesta-2-valuta", func(w *World) error {
		return errors.Join(complete(w), w.Press(words.T("newclaim.more")), w.Press(words.T("newclaim.foreign")), w.Fill(fieldName("foreign"), "120,00"), w.settle())
	}},
	{"richiesta-2-dentista", func(w *World) error {
		return errors.Join(underEticare(w, "Cure odontoiatriche", "130,00"), w.extractions("newclaim.field.treatments", "newclaim.field.treatment.more", "newclaim.field.cost"))
	}},
	{"richiesta-2-lenti", func(w *World) error {
		return errors.Join(underEticare(w, "Lenti", "140,00"), w.Choose(fieldName(claim.FieldLens), words.T("plan.lens.glasses")),
			w.Fill(fieldName(claim.FieldSightOn), "01/10/2026"), w.Choose(fieldName(claim.FieldSightIssuer), "Oculista"),
			w.Choose(fieldName(claim.FieldSight), words.T("plan.ask.yes")), w.settle())
	}},
	{"richiesta-2-autosufficienza", func(w *World) error {
		return errors.Join(documents(w), w.Choose(fieldName(claim.FieldService), "Sostegno alla perdita dell'autosufficienza"), w.Fill(fieldName(claim.FieldLossSince), "01/03/2026"),
			w.Press("Lavarsi"), w.Press("Spostarsi"), w.Press("Nutrirsi"), w.Choose(fieldName(claim.FieldPermanent), words.T("plan.ask.yes")), w.settle())
	}},
	{"richiesta-2-letta", func(w *World) error {
		w.Said("ricevuta-ticket.pdf", TicketPaper())
		return errors.Join(documents(w), w.DropNames("ricevuta-ticket.pdf"), w.AwaitWords(words.T("newclaim.read.verify"), Patience), w.settle())
	}},
	{"richiesta-2-gia-inviata", func(w *World) error {
		w.ClaimedBefore("ricevuta-ticket.pdf")
		return errors.Join(documents(w), w.DropNames("ricevuta-ticket.pdf"), w.AwaitWords("26-004471", Patience))
	}},
	{"richiesta-2-fornitore", func(w *World) error {
		w.FillVault()
		return errors.Join(documents(w), w.Fill(fieldName("provider"), "san"), w.settle())
	}},
	{"richiesta-2-troppo-grande", func(w *World) error {
		return errors.Join(documents(w), w.DropNames("foto.jpg", "ricevuta-ticket.pdf"), w.AwaitWords("foto.jpg", Patience), w.settle())
	}},
	{"richiesta-2-prima-e-dopo", func(w *World) error {
		return errors.Join(documents(w), w.DropNames("foto.jpg"), w.AwaitWords("foto.jpg", Patience), w.Press(words.T("newclaim.mend.shrink")),
			w.AwaitWords(words.T("newclaim.mend.look"), Patience), w.settle())
	}},
	{"richiesta-2-file", func(w *World) error {
		return errors.Join(twoFiles(w), w.Press(words.T("newclaim.file.more", "Name", "ricetta-cardiologo.tif")), w.settle())
	}},
	{"richiesta-2-pagine", func(w *World) error {
		return errors.Join(twoFiles(w), w.Press(words.T("newclaim.file.more", "Name", "ricetta-cardiologo.tif")), w.Press(words.T("newclaim.pages.open")),
			w.AwaitWords(words.T("newclaim.pages.join", "Name", "ricevuta-esami.pdf"), Patience), w.settle())
	}},
	{"richiesta-2-da-dove", func(w *World) error {
		return errors.Join(documents(w), w.Press(words.T("newclaim.ways.open")), w.settle())
	}},
	{"richiesta-2-cartella-scanner", func(w *World) error {
		return errors.Join(documents(w), w.Press(words.T("newclaim.ways.open")), w.Press(words.T("newclaim.way.watch")), w.AwaitWords(words.T("newclaim.way.watch.now"), Patience))
	}},
	{"coda-porta-via", func(w *World) error {
		w.Line(offline(2))
		w.Carried = 2
		w.findings = healthy()
		w.findings[0].Code = "network.offline"
		return errors.Join(filled(w), w.Press(words.N("queue.chip.offline.n", 2)), w.settle(), w.Press(words.T("queue.courier.take")), w.settle())
	}},
	{"sussidio-1-regione", grant},
	{"sussidio-2-certificato", grantFilled},
	{"sussidio-3-riepilogo", func(w *World) error {
		return errors.Join(grantFilled(w), w.Press(words.T("newclaim.continue")), w.AwaitWords(words.T("newclaim.review.title"), Patience))
	}},
}

// underEticare fills the benefit and the amount of what a member of Eticare Per Me paid privately.
func underEticare(w *World, benefit, amount string) error {
	w.SetHousehold(func(h *member.Household) { h.Plan = eticare(day(2025, 1, 1)) })
	return errors.Join(documents(w), w.Choose(fieldName(claim.FieldService), benefit), w.Choose(fieldName(claim.FieldForm), words.T("newclaim.form.private")),
		w.Fill(fieldName(claim.FieldAmount), amount), w.Fill(fieldName(claim.FieldIssued), "09/11/2026"), w.settle())
}

// extractions chooses two treatments of 65 € each, in the fields of those names.
func (w *World) extractions(first, more, cost string) error {
	const extraction = "Avulsione semplice o complessa"
	return errors.Join(w.Choose(words.T(first), extraction), w.Choose(words.T(more, "N", 2), extraction), w.Fill(words.T(cost, "N", 1), "65,00"),
		w.Fill(words.T(cost, "N", 2), "65,00"), w.settle())
}

func twoFiles(w *World) error {
	return errors.Join(documents(w), w.DropNames("ricevuta-esami.pdf", "ricetta-cardiologo.tif"), w.AwaitWords("ricetta-cardiologo.tif", Patience), w.settle())
}

// grant opens a new study grant.
func grant(w *World) error {
	err := w.Unlock()
	w.Shell.NewGrant()
	return errors.Join(err, w.AwaitWords(words.T("newclaim.hint.region"), Patience), w.settle())
}

// grantFilled fills a study grant up to its summary.
func grantFilled(w *World) error {
	school := w.Rules.Claims.Study.Schools[1]
	return errors.Join(grant(w), w.Choose(fieldName(claim.WhereRegion), "Lombardia"), w.Press(words.T("newclaim.continue")),
		w.AwaitWords(words.T("newclaim.drop.school"), Patience), w.Choose(fieldName("person"), "Luca"), w.Choose(fieldName("school"), school.Name),
		w.Choose(fieldName("mark"), school.Marks[3]), w.Fill(fieldName("issuedOn"), "02/11/2026"), w.DropNames("cartella.pdf"), w.AwaitWords("cartella.pdf", Patience), w.awaitPage(3), w.settle())
}
