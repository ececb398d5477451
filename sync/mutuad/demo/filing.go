package demo

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/archive"
	"github.com/sodale/sodale/sync/mutuad/register"
	"github.com/sodale/sodale/sync/mutuad/store"
)

// write makes a claim of its papers, each with one file that is stored.
func write(ctx context.Context, a *archive.Archive, p past) (claim.Claim, error) {
	claimID, err := a.NewID()
	c := claim.Claim{ID: claim.ID(claimID), Holder: Elena, Procedure: claim.Standard, Kind: p.kind, Region: p.region}
	for _, paper := range p.papers {
		if err != nil {
			return c, err
		}
		var d claim.ExpenseDocument
		d, err = paper.document(ctx, a)
		c.Documents = append(c.Documents, d)
	}
	return c, err
}

func (p paper) document(ctx context.Context, a *archive.Archive) (claim.ExpenseDocument, error) {
	d := claim.ExpenseDocument{Type: claim.ReceiptSlip, Person: p.person, Service: p.service, Amount: p.amount, Number: p.number,
		IssuedOn: civil.Of(a.Now()).AddDays(-6), Province: "MI", Provider: p.provider, School: p.school, Mark: p.mark}
	if p.school != "" {
		d.Type = claim.SchoolCertificate
	}
	fileID, err := a.NewID()
	if err != nil {
		return d, err
	}
	attached, err := putFile(ctx, a, fileID, slip(p))
	if err != nil {
		return d, err
	}
	d.Attachments = []claim.Attachment{attached}
	d.ID, err = a.NewID()
	return d, err
}

// file files the next revision of a claim.
func file(ctx context.Context, a *archive.Archive, c *claim.Claim) error {
	opID, err := a.NewID()
	if err != nil {
		return err
	}
	c.Revision, c.OpID = c.Revision+1, opID
	plain, err := claim.Encode(*c, Household(), a.Now())
	if err != nil {
		return err
	}
	letter, err := register.Read(string(submission.KindClaim), plain)
	if err != nil {
		return err
	}
	body, err := sealed(a, plain)
	if err != nil {
		return err
	}
	put := api.Put{OpID: c.OpID, Kind: string(submission.KindClaim), Body: body, Plain: hexOf(plain), Blobs: []string{}}
	for _, f := range c.Attachments() {
		put.Blobs = append(put.Blobs, f.Blob)
	}
	_, err = register.File(ctx, a, register.Entry{Member: string(Elena), Device: "demo", Letter: letter, Put: put})
	return err
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

// slip draws a receipt, or a certificate, as a PDF of one page with three lines.
func slip(p paper) []byte {
	text := fmt.Sprintf("BT /F1 14 Tf 50 350 Td 20 TL (%s) Tj T* (Ricevuta %s) Tj T* (Totale EUR %s) Tj ET", p.provider, p.number, p.amount)
	if p.school != "" {
		text = fmt.Sprintf("BT /F1 14 Tf 50 350 Td 20 TL (%s) Tj T* (Certificato) Tj T* (Voto %s) Tj ET", p.provider, p.mark)
	}
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
