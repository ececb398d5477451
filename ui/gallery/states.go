package gallery

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"time"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/claim/claimtest"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/ui/desktop"
	"github.com/sodale/sodale/ui/screen/claims"
	"github.com/sodale/sodale/ui/words"
)

// stateScenes are the states of a claim, of what waits and of the notices that no other scene shows.
var stateScenes = []Scene{
	{"pratiche-bozza", at("c-draft")},
	{"pratiche-pronta", only(ready(), nil)},
	{"pratiche-in-coda", at("c-queued")},
	{"pratiche-in-invio", only(moved(submission.Sending))},
	{"pratiche-consegnata", only(moved(submission.Delivered))},
	{"pratiche-protocollata", stood(claim.Registered, func(s *claim.Standing) { s.Steps = s.Steps[:1] })},
	{"pratiche-in-esame", only(reviewed())},
	{"pratiche-ritirata", stood(claim.Withdrawn, nil)},
	{"pratiche-termine-passato", func(w *World) error {
		w.FillVault()
		w.restand("c-dental", func(c *claim.Claim) { c.Mutual.ReplyBy = day(2026, 11, 14) })
		return errors.Join(w.Unlock(), w.show(desktop.Claims, "c-dental"))
	}},
	{"pratiche-correzione", func(w *World) error {
		return errors.Join(at("c-dental")(w), w.Press(words.T("claims.action.add-document")), w.settle(), w.Press(words.T("newclaim.close.saved")),
			w.settle(), w.show(desktop.Claims, "c-dental"))
	}},
	{"pratiche-cerca", func(w *World) error { return errors.Join(list(w), w.search("gonzaga")) }},
	{"pratiche-niente-trovato", func(w *World) error { return errors.Join(list(w), w.search("fisioterapia")) }},
	{"pratiche-ricevuta-falsa", func(w *World) error {
		w.Unsigned = true
		return errors.Join(at("c-review")(w), w.Press(words.T("claims.action.receipt")), w.settle())
	}},
	{"pratiche-file", func(w *World) error {
		w.WithFile("c-review", "ricevuta-ticket.pdf")
		return errors.Join(w.Unlock(), w.show(desktop.Claims, "c-review"), w.Press("ricevuta.pdf"), w.settle())
	}},

	{"coda-vuota", func(w *World) error { return errors.Join(w.Unlock(), w.openQueue("queue.chip.fresh", "Time", "10:32")) }},
	{"coda-in-invio", func(w *World) error {
		w.Line(submission.Link{Online: true, LastContact: now, Waiting: 2, Sending: 1, SendingOf: 3})
		w.Vault.Put(moved(submission.Sending))
		return errors.Join(filled(w), w.openQueue("queue.chip.sending", "N", 1, "Of", 3))
	}},
	{"coda-da-verificare", func(w *World) error {
		w.Line(submission.Link{Online: true, LastContact: now, Unconfirmed: 1})
		err := filled(w)
		w.Vault.Move("c-queued", func(d *submission.Delivery) { d.Status = submission.Unconfirmed })
		return errors.Join(err, w.openQueue("queue.chip.unconfirmed", "N", 1))
	}},
	{"coda-perche-non-parte", func(w *World) error {
		w.Line(submission.Link{Online: true, LastContact: now.Add(-30 * time.Hour), FailingFrom: now.Add(-29 * time.Hour), Failures: 9, Waiting: 1})
		w.findings = healthy()
		w.findings[2].Code, w.findings[2].Values = "clock.skew", map[string]string{"Direction": "behind", "Days": "3"}
		return errors.Join(filled(w), w.openQueue("queue.chip.stuck"))
	}},
	{"coda-intervento", func(w *World) error {
		w.Line(submission.Link{Online: true, LastContact: now, Held: 1})
		err := filled(w)
		w.Vault.Move("c-queued", func(d *submission.Delivery) { d.Status, d.Reason = submission.Held, "submission.content" })
		return errors.Join(err, w.openQueue("queue.chip.held"))
	}},

	{"notifiche-da-leggere", func(w *World) error {
		return errors.Join(filled(w), w.Press(words.T("shell.bell")), w.Press(words.T("shell.notices.unread")), w.settle())
	}},
	{"notifiche-tutto-letto", func(w *World) error {
		w.FillVault()
		w.notices = slices.Clone(w.notices)
		for i := range w.notices {
			w.notices[i].Read = true
		}
		return errors.Join(w.Unlock(), w.Press(words.T("shell.bell")), w.settle())
	}},
}

// only shows one claim of a member who has just that.
func only(c claim.Claim, d *submission.Delivery) func(*World) error {
	return func(w *World) error {
		w.Vault.Put(c, d)
		return errors.Join(w.Unlock(), w.show(desktop.Claims, string(c.ID)))
	}
}

// stood shows a claim of which the mutual says a state.
func stood(state claim.State, more func(*claim.Standing)) func(*World) error {
	p := sent(made("c-stood", elena, claim.Visit, 5200, "Ospedale San Rocco", "2026/4300", 16), submission.Delivered, stands(state, "26-004455", more))
	return only(p.claim, p.delivery)
}

// ready is a draft that lacks nothing.
func ready() claim.Claim {
	c := made("c-ready", elena, claim.Visit, 3615, "Ospedale San Rocco", "2026/004817", 0)
	c.Open, c.Step = true, 3
	return c
}

// moved is a claim of three files on its way.
func moved(status submission.Status) (claim.Claim, *submission.Delivery) {
	c := made("c-moved", elena, claim.Visit, 3615, "Ospedale San Rocco", "2026/004817", 1)
	file := c.Documents[0].Attachments[0]
	for _, id := range []string{"c-moved-b", "c-moved-c"} {
		file.ID = id
		c.Documents[0].Attachments = append(c.Documents[0].Attachments, file)
	}
	p := sent(c, status, nil)
	if status == submission.Sending {
		p.delivery.BlobsDone = 2
	}
	return p.claim, p.delivery
}

// reviewed is the claim that the mutual is looking at.
func reviewed() (claim.Claim, *submission.Delivery) {
	for _, p := range claimsOfAYear() {
		if p.claim.ID == "c-review" {
			return p.claim, p.delivery
		}
	}
	return claim.Claim{}, nil
}

// WithFile fills the vault, and lets the file of a claim be one of the member's disk.
func (w *World) WithFile(id claim.ID, name string) {
	w.FillVault()
	w.restand(id, func(c *claim.Claim) {
		var sealed bytes.Buffer
		seal, _ := claimtest.Sealer{}.Seal(&sealed) // a buffer fails no write
		_, _ = seal.Write(w.files[name])
		seal.Close()
		sum, a := sha256.Sum256(w.files[name]), &c.Documents[0].Attachments[0]
		a.Plain, a.Blob, a.Size = hex.EncodeToString(sum[:]), "c-file", int64(len(w.files[name]))
		w.Vault.SetBlob(a.Blob, sealed.Bytes())
	})
}

// healthy is a diagnosis that found nothing.
func healthy() []submission.Finding {
	return []submission.Finding{{Cause: submission.CauseNetwork}, {Cause: submission.CauseMutual}, {Cause: submission.CauseClock},
		{Cause: submission.CauseAccess}, {Cause: submission.CauseFile}, {Cause: submission.CauseSpace}}
}

// search types into the search of the list, which stands behind a button where there is little room.
func (w *World) search(text string) error {
	name := words.T("claims.search")
	if err := w.Fill(name, text); err == nil {
		return w.settle()
	}
	return errors.Join(w.Press(name), w.Fill(name, text), w.settle())
}

// openQueue presses the chip that says so.
func (w *World) openQueue(key string, values ...any) error {
	return errors.Join(w.Press(words.T(key, values...)), w.settle())
}

// readReceipt is verifyReceipt, unless a scene wants a receipt that proves nothing.
func (w *World) readReceipt(raw []byte) (claims.Receipt, error) {
	if w.Unsigned {
		return claims.Receipt{}, fault.New("seal.signature", "gallery.receipt", "")
	}
	return verifyReceipt(raw)
}
