package demo

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/archive"
	"github.com/sodale/sodale/sync/mutuad/desk"
	"github.com/sodale/sodale/sync/mutuad/register"
	"github.com/sodale/sodale/sync/mutuad/store"
)

// past is one older claim and what became of it.
type past struct {
	daysAgo  int
	person   member.ID
	service  claim.Service
	amount   money.Cents
	number   string
	provider string
	then     []desk.Decision // one every four days
}

var history = []past{
	{40, Elena, claim.Visit, 3615, "TK-88213", "Ospedale San Carlo", []desk.Decision{
		{State: claim.InReview},
		{State: claim.Approved, Granted: 3615, Article: "2.2"},
		{State: claim.Paid, Granted: 3615}}},
	{32, Luca, claim.Exams, 2480, "2026/1147", "Laboratorio Analisi Lambro", []desk.Decision{
		{State: claim.InReview},
		{State: claim.Rejected, Reason: "La prestazione non rientra nel piano.", Article: "2.4"}}},
	{20, Paolo, claim.Imaging, 6600, "TK-90155", "Poliambulatorio Navigli", []desk.Decision{
		{State: claim.InReview},
		{State: claim.Approved, Granted: 5000, Article: "2.3"}}},
	{9, Elena, claim.Emergency, 2500, "PS-4410", "Ospedale San Carlo", []desk.Decision{
		{State: claim.InReview}}},
}

// clockAt stands still.
type clockAt time.Time

func (c clockAt) Now() time.Time { return time.Time(c) }

// SeedHistory files some older claims of the demo member and decides about them, as if it had happened on those days.
// Where the member has a claim already, nothing changes. Their bodies are sealed to the mutual alone.
func SeedHistory(ctx context.Context, a *archive.Archive) error {
	if claims, err := a.Store.Claims(ctx); err != nil || len(claims) > 0 {
		return err
	}
	for _, p := range history {
		day := *a
		day.Clock = clockAt(a.Now().AddDate(0, 0, -p.daysAgo))
		claimID, err := file(ctx, &day, p)
		if err != nil {
			return err
		}
		for i, say := range p.then {
			day.Clock = clockAt(a.Now().AddDate(0, 0, 4*(i+1)-p.daysAgo))
			if _, err := (&desk.Desk{Archive: &day, Actor: "demo"}).Decide(ctx, claimID, say); err != nil {
				return err
			}
		}
	}
	return nil
}

// file files one claim with one file and returns its id.
func file(ctx context.Context, a *archive.Archive, p past) (string, error) {
	var ids [4]string
	for i := range ids {
		var err error
		if ids[i], err = a.NewID(); err != nil {
			return "", err
		}
	}
	attached, err := putFile(ctx, a, ids[0], slip(p))
	if err != nil {
		return "", err
	}
	h := Household()
	c := claim.Claim{ID: claim.ID(ids[1]), Holder: Elena, Procedure: claim.Standard, Revision: 1, OpID: ids[2],
		Documents: []claim.ExpenseDocument{{ID: ids[3], Type: claim.ReceiptSlip, Person: p.person, Service: p.service, Amount: p.amount, Number: p.number,
			IssuedOn: civil.Of(a.Now()).AddDays(-6), Province: "MI", Provider: p.provider, Attachments: []claim.Attachment{attached}}}}
	plain, err := claim.Encode(c, h, a.Now())
	if err != nil {
		return "", err
	}
	letter, err := register.Read(string(submission.KindClaim), plain)
	if err != nil {
		return "", err
	}
	body, err := sealed(a, plain)
	if err != nil {
		return "", err
	}
	_, err = register.File(ctx, a, register.Entry{Member: string(Elena), Device: "demo", Letter: letter,
		Put: api.Put{OpID: c.OpID, Kind: string(submission.KindClaim), Body: body, Plain: hexOf(plain), Blobs: []string{attached.Blob}}})
	return ids[1], err
}

// putFile seals a file and stores it as if the member had uploaded it.
func putFile(ctx context.Context, a *archive.Archive, attachmentID string, plain []byte) (claim.Attachment, error) {
	data, err := sealed(a, plain)
	if err != nil {
		return claim.Attachment{}, err
	}
	at := claim.Attachment{ID: attachmentID, Name: "ricevuta.pdf", Kind: document.PDF, Pages: 1, Size: int64(len(plain)), Plain: hexOf(plain),
		Blob: hexOf(data), Sealed: int64(len(data))}
	if _, err := a.Blobs.Append(string(Elena), at.Blob, 0, data); err != nil {
		return at, err
	}
	there := store.Blob{Digest: at.Blob, Size: at.Sealed, Have: at.Sealed, Complete: true}
	return at, a.Store.Write(ctx, func(tx *store.Tx) error {
		return tx.Advance(ctx, string(Elena), store.Blob{Digest: at.Blob}, there, a.Now())
	})
}

func sealed(a *archive.Archive, plain []byte) ([]byte, error) {
	var b bytes.Buffer
	w, err := a.Box.Seal(&b)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(plain); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func hexOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// slip draws a receipt as a PDF of one page with three lines.
func slip(p past) []byte {
	text := fmt.Sprintf("BT /F1 14 Tf 50 350 Td 20 TL (%s) Tj T* (Ricevuta %s) Tj T* (Totale EUR %s) Tj ET", p.provider, p.number, p.amount)
	objects := []string{
		"<</Type/Catalog/Pages 2 0 R>>",
		"<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 298 420]/Contents 4 0 R/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>",
		fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(text), text),
	}
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var offsets []int
	for i, o := range objects {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return b.Bytes()
}
