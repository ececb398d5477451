package gallery

import (
	"errors"
	"slices"
	"time"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/identity"
	"github.com/sodale/sodale/app/plan"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/ui/desktop"
	"github.com/sodale/sodale/ui/words"
)

// Scene is one screen in one state, and how a person gets there.
type Scene struct {
	Name string
	Play func(w *World) error
}

// Scenes are all the screens and states: the way in, those of the main job in its order, then those under the member's name.
var Scenes = slices.Concat(beginScenes, jobScenes, wizardScenes, answerScenes, claimScenes, afterScenes, stateScenes, memberScenes, planScenes, complaintScenes)

var jobScenes = []Scene{
	{"sblocco", func(*World) error { return nil }},
	{"sblocco-password-sbagliata", func(w *World) error {
		return errors.Join(w.Fill(words.T("unlock.password"), "Sbagliata"), w.Press(words.T("unlock.open")), w.settle())
	}},
	{"sblocco-aperto-altrove", gateSays(fault.New(identity.CodeInUse, "gallery", ""))},
	{"sblocco-versione-nuova", gateSays(fault.New(identity.CodeNewer, "gallery", ""))},
	{"sblocco-rovinato", gateSays(fault.New(identity.CodeDamaged, "gallery", "").With("Lost", "claims/0199a3f0"))},
	{"sblocco-attesa", gateSays(fault.New(identity.CodeWait, "gallery", "").With("Seconds", "30"))},
	{"sblocco-offline", func(w *World) error { w.Line(offline(0)); return nil }},

	{"panoramica-vuota", func(w *World) error { return w.Unlock() }},
	{"panoramica", filled},
	{"panoramica-offline", func(w *World) error { w.Line(offline(2)); return filled(w) }},
	{"pratiche-vuote", func(w *World) error { return errors.Join(w.Unlock(), w.show(desktop.Claims, "")) }},
	{"pratiche", func(w *World) error { return errors.Join(filled(w), w.show(desktop.Claims, "c-exams")) }},
	{"pratiche-da-integrare", func(w *World) error { return errors.Join(filled(w), w.show(desktop.Claims, "c-dental")) }},
	{"pratiche-da-verificare", func(w *World) error {
		err := filled(w)
		w.Vault.Move("c-queued", func(d *submission.Delivery) { d.Status = submission.Unconfirmed })
		return errors.Join(err, w.show(desktop.Claims, "c-queued"))
	}},
	{"pratiche-intervento", func(w *World) error {
		err := filled(w)
		w.Vault.Move("c-queued", func(d *submission.Delivery) { d.Status, d.Reason = submission.Held, "submission.content" })
		return errors.Join(err, w.show(desktop.Claims, "c-queued"))
	}},
	{"pratiche-respinta", func(w *World) error { return errors.Join(filled(w), w.show(desktop.Claims, "c-rejected")) }},
	{"pratiche-liquidata", func(w *World) error { return errors.Join(filled(w), w.show(desktop.Claims, "c-paid")) }},
	{"tessera", func(w *World) error { return errors.Join(filled(w), w.show(desktop.Card, "")) }},
	{"tessera-vuota", func(w *World) error { w.cards = nil; return errors.Join(w.Unlock(), w.show(desktop.Card, "")) }},
	{"aspetto", func(w *World) error { return errors.Join(filled(w), w.show(desktop.Appearance, "")) }},
	{"coda", func(w *World) error {
		w.Line(offline(1))
		w.findings = healthy()
		w.findings[0].Code = "network.offline"
		return errors.Join(filled(w), w.Press(words.N("queue.chip.offline.n", 1)), w.settle())
	}},

	{"richiesta-1-dati", basics},
	{"richiesta-1-si-unisce", func(w *World) error { return errors.Join(filled(w), w.wizard()) }},
	{"richiesta-1-iban-sbagliato", func(w *World) error {
		return errors.Join(basics(w), w.Press(words.T("newclaim.iban.own")), w.Fill(words.T("newclaim.iban.label"), "IT56N0542801602000000417436"))
	}},
	{"richiesta-2-vuota", documents},
	{"richiesta-2-compilata", complete},
	{"richiesta-2-due-documenti", twoDocuments},
	{"richiesta-2-manca", func(w *World) error { return errors.Join(documents(w), w.Press(words.T("newclaim.continue"))) }},
	{"richiesta-2-file-rifiutati", func(w *World) error {
		return errors.Join(documents(w), w.DropNames("foto.jpg", "appunti.docx"), w.AwaitWords("foto.jpg", Patience))
	}},
	{"richiesta-2-disco-pieno", func(w *World) error {
		w.Vault.FailBlobs(fault.New(identity.CodeDiskFull, "gallery", ""))
		err := errors.Join(documents(w), w.DropNames("ricevuta-ticket.pdf"), w.AwaitWords("50 MB", Patience))
		w.Vault.FailSaves(fault.New(identity.CodeDiskFull, "gallery", ""))
		return errors.Join(err, w.Fill(words.T("newclaim.field.number"), "2026/004817"), w.settle())
	}},
	{"richiesta-2-anteprima-rotta", func(w *World) error {
		w.Previewer.Refuse(document.CodeCrashed)
		return errors.Join(documents(w), w.DropNames("ricevuta-ticket.pdf"), w.settle())
	}},
	{"richiesta-2-apro", func(w *World) error {
		release := w.Previewer.Hold()
		defer release()
		return errors.Join(documents(w), w.DropNames("ricevuta-ticket.pdf"), w.Await("the wait", Patience, func() bool {
			return w.Sees(words.T("kit.page.opening")) || w.Sees(words.T("newclaim.preview.open"))
		}))
	}},
	{"richiesta-2-ricovero", func(w *World) error {
		return errors.Join(documents(w), w.DropNames("cartella.pdf"), w.AwaitWords("cartella.pdf", Patience), w.awaitPage(3),
			w.Choose(words.T("newclaim.field.service"), benefitName("stay")), w.settle())
	}},
	{"richiesta-3-riepilogo", func(w *World) error { return errors.Join(twoDocuments(w), w.Press(words.T("newclaim.continue"))) }},
	{"richiesta-3-offline", func(w *World) error {
		w.Line(offline(2))
		return errors.Join(twoDocuments(w), w.Press(words.T("newclaim.continue")))
	}},
	{"richiesta-4-in-coda", func(w *World) error { w.Line(offline(3)); _, err := w.send(); return err }},
	{"richiesta-4-da-verificare", func(w *World) error {
		id, err := w.send()
		w.Vault.Move(id, func(d *submission.Delivery) { d.Status = submission.Unconfirmed })
		return errors.Join(err, w.AwaitWords(words.T("newclaim.sent.unconfirmed"), Patience))
	}},
	{"richiesta-4-consegnata", func(w *World) error {
		id, err := w.send()
		w.Deliver(id)
		return errors.Join(err, w.AwaitWords(words.T("newclaim.receipt"), Patience))
	}},
}

func offline(waiting int) submission.Link {
	return submission.Link{LastContact: now.Add(-3 * time.Hour), Waiting: waiting}
}

// gateSays tries the right password at a door that answers with an error.
func gateSays(err error) func(*World) error {
	return func(w *World) error {
		w.gateErr = err
		return errors.Join(w.Fill(words.T("unlock.password"), password), w.Press(words.T("unlock.open")), w.settle())
	}
}

// settle lets what runs beside the window come to an end.
func (w *World) settle() error {
	rest := time.Now().Add(300 * time.Millisecond)
	return w.Await("rest", Patience, func() bool { return time.Now().After(rest) && w.Previewer.Idle() })
}

func filled(w *World) error {
	w.FillVault()
	return w.Unlock()
}

// show goes to a screen as the navigation does.
func (w *World) show(s desktop.Screen, id string) error {
	w.Shell.Go(desktop.Place{Screen: s, ID: id})
	return w.settle()
}

// wizard opens a new claim.
func (w *World) wizard() error {
	w.Shell.NewClaim()
	return w.AwaitWords(words.T("newclaim.basics.title"), Patience)
}

func basics(w *World) error { return errors.Join(w.Unlock(), w.wizard()) }

func documents(w *World) error {
	return errors.Join(basics(w), w.Press(words.T("newclaim.continue")), w.AwaitWords(words.T("newclaim.drop.title"), Patience))
}

// awaitPage waits until the file came in; where there is room, its page is counted.
func (w *World) awaitPage(of int) error {
	return w.Await("the preview", Patience, func() bool {
		return w.Sees(words.T("kit.page.count", "Page", 1, "Pages", of)) || w.Sees(words.T("newclaim.preview.open"))
	})
}

// ticket fills the open document with what stands on the receipt of the visit.
func (w *World) ticket() error {
	return errors.Join(w.DropNames("ricevuta-ticket.pdf"), w.AwaitWords("ricevuta-ticket.pdf", Patience), w.awaitPage(1),
		w.document("Elena (tu)", "Elena (you)", "visit", "36,15", "2026/004817", "09/11/2026", "Ospedale San Rocco"), w.settle())
}

// document fills the fields of the open document.
func (w *World) document(who, whoEnglish, service, amount, number, day, provider string) error {
	if words.Language() == words.English {
		who = whoEnglish
	}
	field := func(name string) string { return words.T("newclaim.field." + name) }
	return errors.Join(w.Choose(field("person"), who), w.Choose(field("service"), benefitName(plan.Service(service))),
		w.Fill(field("amount"), amount), w.Fill(field("number"), number), w.Fill(field("issuedOn"), day),
		w.Choose(field("province"), "Milano"), w.Fill(field("provider"), provider))
}

func complete(w *World) error { return errors.Join(documents(w), w.ticket()) }

func twoDocuments(w *World) error {
	return errors.Join(documents(w), w.DropNames("ricevuta-esami.pdf", "ricetta-cardiologo.tif"), w.AwaitWords("ricetta-cardiologo.tif", Patience),
		w.document("Paolo", "Paolo", "exams", "46,15", "2026/118830", "02/11/2026", "Poliambulatorio Gonzaga"),
		w.Press(words.T("newclaim.document.more")), w.ticket())
}

// send takes a claim of two documents through to *Invia* and returns its id.
func (w *World) send() (claim.ID, error) {
	err := errors.Join(twoDocuments(w), w.Press(words.T("newclaim.continue")), w.Press(words.T("newclaim.send")),
		w.AwaitWords(words.T("newclaim.sent.queued"), Patience))
	frozen := w.Vault.Submissions()
	if len(frozen) == 0 {
		return "", errors.Join(err, errors.New("nothing was sent"))
	}
	return claim.ID(frozen[len(frozen)-1].Subject), err
}

// Deliver lets the mutual confirm a claim.
func (w *World) Deliver(id claim.ID) {
	w.Vault.Move(id, func(d *submission.Delivery) {
		d.Status, d.DoneAt, d.Protocol, d.BlobsDone = submission.Delivered, now.Add(time.Minute), "26-004488", len(d.Blobs)
		d.Receipt = receiptOf(id, *d)
	})
}
