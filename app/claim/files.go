package claim

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"time"

	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/document/picture"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/id"
	"github.com/sodale/sodale/app/member"
)

// Attach checks a file, seals it to disk and returns the attachment that describes it, with how its first page looks (Print,
// Flaws). It changes no claim: the caller adds the attachment to a document and saves. Errors carry the codes of package document;
// nothing remains after one.
func (d *Desk) Attach(ctx context.Context, name string, data []byte) (Attachment, error) {
	rules := d.Rules(member.Household{})
	kind, err := document.Check(data, rules.MaxFile())
	if err != nil {
		return Attachment{}, err
	}
	if !rules.Takes(kind) {
		return Attachment{}, fault.New(document.CodeKind, "claim.attach", string(kind))
	}
	info := document.Info{Kind: kind}
	if d.Previewer != nil {
		if info, err = d.Previewer.Look(ctx, data); err != nil {
			return Attachment{}, err
		}
	}
	blob, err := d.Vault.PutBlob(ctx, func(w io.Writer) error { return d.seal(w, data) })
	if err != nil {
		return Attachment{}, err
	}
	attachmentID, err := id.New(d.Clock.Now(), d.Random)
	if err != nil {
		return Attachment{}, err
	}
	sum := sha256.Sum256(data)
	a := Attachment{ID: attachmentID, Name: name, Kind: info.Kind, Pages: info.Pages, Size: int64(len(data)),
		Plain: hex.EncodeToString(sum[:]), Blob: blob.Digest, Sealed: blob.Size}
	d.look(ctx, &a, data)
	return a, nil
}

// How the first page is drawn to be looked at, in pixels, and how long that may take. Flaws are found from 1200 pixels up
// (package picture); a page that takes longer is attached unseen.
const (
	lookWidth  = 1200
	lookHeight = 1700
	lookTime   = 5 * time.Second
)

// look fills in how the first page looks. It is a help: what can't be drawn is attached all the same.
func (d *Desk) look(ctx context.Context, a *Attachment, data []byte) {
	if d.Previewer == nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, lookTime)
	defer cancel()
	page, err := d.Previewer.Page(ctx, data, document.Request{MaxWidth: lookWidth, MaxHeight: lookHeight})
	if err != nil {
		return
	}
	gray := picture.Gray(page)
	a.Print, a.Flaws = picture.Print(gray).String(), picture.Flaws(gray)
}

func (d *Desk) seal(dst io.Writer, plain []byte) error {
	w, err := d.Sealer.Seal(dst)
	if err != nil {
		return err
	}
	if _, err := w.Write(plain); err != nil {
		return err
	}
	return w.Close()
}

// Bytes returns the plain bytes of an attachment, for the preview. CodeBlobWrong if they are not those that were added.
func (d *Desk) Bytes(ctx context.Context, a Attachment) ([]byte, error) {
	f, err := d.Vault.OpenBlob(ctx, a.Blob)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r, err := d.Sealer.Open(f)
	if err != nil {
		return nil, fault.Wrap(CodeBlobWrong, "claim.bytes", a.ID, err)
	}
	plain, err := io.ReadAll(io.LimitReader(r, a.Size+1))
	if err != nil {
		return nil, fault.Wrap(CodeBlobWrong, "claim.bytes", a.ID, err)
	}
	if sum := sha256.Sum256(plain); hex.EncodeToString(sum[:]) != a.Plain {
		return nil, fault.New(CodeBlobWrong, "claim.bytes", a.ID)
	}
	return plain, nil
}
