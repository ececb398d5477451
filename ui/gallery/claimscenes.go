package gallery

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/jpeg"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/ui/words"
)

// claimScenes are what may happen to a claim while it is written and right after it was sent.
var claimScenes = []Scene{
	{"richiesta-1-intervento", surgery},
	{"richiesta-2-intervento", func(w *World) error { return errors.Join(surgery(w), w.onward()) }},
	{"richiesta-2-leggo", func(w *World) error {
		release := w.HoldReading()
		defer release()
		return errors.Join(documents(w), w.DropNames("ricevuta-ticket.pdf"), w.AwaitWords(words.T("newclaim.reading"), Patience))
	}},
	{"richiesta-2-stessa-spesa", func(w *World) error {
		id := w.ClaimedBefore("ricevuta-esami.pdf")
		before, err := w.Vault.Claim(context.Background(), id)
		return errors.Join(err, complete(w), w.Fill(fieldName("issuedOn"), before.Documents[0].IssuedOn.Italian()), w.settle())
	}},
	{"richiesta-2-si-legge-male", func(w *World) error {
		w.AddFile("scura.jpg", dark())
		return errors.Join(documents(w), w.DropNames("scura.jpg"), w.AwaitWords(words.T("newclaim.flaw.use"), Patience), w.settle())
	}},
	{"richiesta-2-file-tolto", func(w *World) error {
		return errors.Join(twoFiles(w), w.Press(words.T("kit.file.remove", "Name", "ricetta-cardiologo.tif")), w.settle())
	}},
	{"richiesta-2-fuori-tempo", func(w *World) error {
		return errors.Join(complete(w), w.Fill(fieldName("issuedOn"), "01/06/2026"), w.settle())
	}},
	{"richiesta-4-in-invio", func(w *World) error {
		id, err := w.send()
		w.Vault.Move(id, func(d *submission.Delivery) { d.Status, d.BlobsDone = submission.Sending, 1 })
		return errors.Join(err, w.AwaitWords(words.T("newclaim.sent.sending.files", "N", 1, "Of", 3), Patience))
	}},
	{"richiesta-4-intervento", func(w *World) error {
		id, err := w.send()
		w.Vault.Move(id, func(d *submission.Delivery) { d.Status, d.Reason = submission.Held, "submission.content" })
		return errors.Join(err, w.AwaitWords(words.T("newclaim.sent.held"), Patience))
	}},
	{"richiesta-4-unita", func(w *World) error {
		w.FillVault()
		id, err := w.send()
		w.Deliver(id)
		return errors.Join(err, w.AwaitWords(words.T("newclaim.receipt"), Patience))
	}},

	{"sussidio-1-manca", func(w *World) error {
		return errors.Join(grant(w), w.Press(words.T("newclaim.continue")), w.settle())
	}},
	{"sussidio-2-manca", func(w *World) error {
		return errors.Join(grant(w), w.Choose(fieldName(claim.WhereRegion), "Lombardia"), w.onward(), w.Press(words.T("newclaim.continue")), w.settle())
	}},
	{"sussidio-4-consegnato", func(w *World) error {
		err := errors.Join(grantFilled(w), w.Press(words.T("newclaim.continue")), w.Press(words.T("newclaim.send")), w.AwaitWords(words.T("newclaim.sent.queued"), Patience))
		for _, s := range w.Vault.Submissions() {
			w.Deliver(claim.ID(s.Subject))
		}
		return errors.Join(err, w.AwaitWords(words.T("newclaim.receipt"), Patience))
	}},
}

// surgery is a new claim about an operation (CLM-09).
func surgery(w *World) error {
	return errors.Join(basics(w), w.Choose(words.T("newclaim.procedure"), words.T("newclaim.procedure.surgery")), w.settle())
}

// onward goes from the first step to the second.
func (w *World) onward() error { return errors.Join(w.Press(words.T("newclaim.continue")), w.settle()) }

// dark is a photo on which little can be read.
func dark() []byte {
	img := image.NewGray(image.Rect(0, 0, 1240, 1754))
	for i := range img.Pix {
		img.Pix[i] = 22
		if i/1240%60 < 6 && i%1240 > 200 && i%1240 < 1000 {
			img.Pix[i] = 8
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		return nil
	}
	return b.Bytes()
}
