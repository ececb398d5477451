package register

import (
	"context"
	"encoding/json"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/complaint"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/mutuad/archive"
	"github.com/sodale/sodale/sync/mutuad/store"
)

// followLetter registers a complaint or a question and tells the member its number (CMP-01, CMP-02). What is wrong with its fields was
// refused with the form of the body; a complaint about a claim needs that claim, and its document, in the book (BEG-19).
func followLetter(ctx context.Context, f *filing) (archive.News, error) {
	if c := f.Letter.Request.Complaint; c != nil && c.About == complaint.OfClaim {
		if err := f.contested(ctx, *c); err != nil {
			return archive.News{}, err
		}
	}
	row, err := f.tx.Complaint(ctx, f.Member, f.Letter.Subject)
	if fault.CodeOf(err) == store.CodeNone {
		row, err = f.newLetter(ctx)
	}
	if err != nil {
		return archive.News{}, err
	}
	f.protocol, row.Revision, row.ChangedAt = row.Protocol, f.Letter.Revision, f.now
	words := "La tua domanda è arrivata. Numero " + row.Protocol + "."
	if row.Kind == string(submission.KindComplaint) {
		words = "Il tuo reclamo è arrivato. Numero " + row.Protocol + "."
	}
	text, err := f.Opened(row.Said)
	if err != nil {
		return archive.News{}, err
	}
	news := archive.News{Kind: submission.EventComplaint, Subject: row.Subject, At: f.now, Words: words, Body: json.RawMessage(text)}
	return news, f.tx.PutComplaint(ctx, row)
}

// newLetter gives a letter the next number of the year in Rome.
func (f *filing) newLetter(ctx context.Context) (store.Complaint, error) {
	protocol, err := f.tx.NextRequest(ctx, civil.Of(f.now).Year)
	if err != nil {
		return store.Complaint{}, err
	}
	said, err := f.Sealed(complaint.StatusNews{State: complaint.Received, Number: protocol})
	return store.Complaint{Member: f.Member, Subject: f.Letter.Subject, Protocol: protocol, Kind: f.Put.Kind, State: complaint.Received, ReceivedAt: f.now, Said: said}, err
}

// contested refuses a complaint about a claim that the member has not, or about a document that is not in it.
func (f *filing) contested(ctx context.Context, c complaint.Complaint) error {
	newest, err := f.tx.NewestRevision(ctx, f.Member, string(c.Claim))
	if fault.CodeOf(err) == store.CodeNone || err == nil && newest.Kind != string(submission.KindClaim) {
		return unacceptable("complaint/claim")
	}
	if err != nil || c.Document == "" {
		return err
	}
	plain, err := f.Opened(newest.Body)
	if err != nil {
		return err
	}
	letter, err := readClaim(plain)
	if err != nil {
		return err
	}
	for _, d := range letter.Claim.Documents {
		if d.ID == c.Document {
			return nil
		}
	}
	return unacceptable("complaint/document")
}
