package claim

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"

	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/id"
	"github.com/sodale/sodale/app/member"
)

// Attach checks a file, seals it to disk and returns the attachment that describes it. It changes no claim: the caller
// adds the attachment to a document and saves. Errors carry the codes of package document; nothing remains after one.
func (d *Desk) Attach(ctx context.Context, name string, data []byte) (Attachment, error) {
	kind, err := document.Check(data, d.Rules(member.Household{}).MaxFile())
	if err != nil {
		return Attachment{}, err
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
	return Attachment{ID: attachmentID, Name: name, Kind: info.Kind, Pages: info.Pages, Size: int64(len(data)),
		Plain: hex.EncodeToString(sum[:]), Blob: blob.Digest, Sealed: blob.Size}, nil
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
