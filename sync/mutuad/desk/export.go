package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/store"
	"github.com/sodale/sodale/sync/seal"
)

// Exported is one revision as it was taken out.
type Exported struct {
	ID       string   `json:"id"`
	Number   string   `json:"number"`
	Revision int      `json:"revision"`
	Folder   string   `json:"folder"` // inside the folder of the export
	Files    []string `json:"files"`  // inside Folder, in form order
}

// Report is what an export did. Wrong names every body ("number/revision") and file (digest) that is damaged; none of
// those is written.
type Report struct {
	Claims []Exported `json:"claims"`
	Wrong  []string   `json:"wrong"`
}

// Export opens every revision of every claim into dir: NUMBER/REVISION/claim.json (the exact bytes that the member
// froze), receipt.json and the attachments, with every digest and signature checked. What is damaged is named in the
// report and the rest goes on; then the error is CodeDamaged.
func (d *Desk) Export(ctx context.Context, dir string) (Report, error) {
	report := Report{Claims: []Exported{}, Wrong: []string{}}
	claims, err := d.Archive.Store.Claims(ctx)
	if err != nil {
		return report, err
	}
	for _, c := range claims {
		if err := d.audit(ctx, "claim.exported", c.Member, c.Subject); err != nil {
			return report, err
		}
		for revision := 1; revision <= c.Revision; revision++ {
			err := d.exportRevision(ctx, dir, c, revision, &report)
			if err != nil && fault.CodeOf(err) != store.CodeNone { // a member may begin with revision 2
				return report, err
			}
		}
	}
	if len(report.Wrong) > 0 {
		return report, fault.New(CodeDamaged, "desk.export", report.Wrong[0])
	}
	return report, nil
}

func (d *Desk) exportRevision(ctx context.Context, dir string, c store.Claim, revision int, report *Report) error {
	o, err := d.open(ctx, c, revision)
	if fault.CodeOf(err) == CodeDamaged {
		report.Wrong = append(report.Wrong, c.Protocol+"/"+strconv.Itoa(revision))
		return nil
	}
	if err != nil {
		return err
	}
	e := Exported{ID: c.Subject, Number: c.Protocol, Revision: revision, Folder: filepath.Join(c.Protocol, strconv.Itoa(revision)), Files: []string{}}
	folder := filepath.Join(dir, e.Folder)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	if err := writeFile(filepath.Join(folder, "claim.json"), o.plain); err != nil {
		return err
	}
	if err := writeFile(filepath.Join(folder, "receipt.json"), o.stored.Receipt); err != nil {
		return err
	}
	for i, a := range (claim.Claim{Documents: o.filed.Documents}).Attachments() {
		plain, err := d.openFile(c.Member, a)
		if fault.CodeOf(err) == CodeDamaged {
			report.Wrong = append(report.Wrong, a.Blob)
			continue
		}
		if err != nil {
			return err
		}
		name := fmt.Sprintf("%02d-%s%s", i+1, a.Plain[:16], extensions[a.Kind])
		if err := writeFile(filepath.Join(folder, name), plain); err != nil {
			return err
		}
		e.Files = append(e.Files, name)
	}
	report.Claims = append(report.Claims, e)
	return nil
}

// extensions name a file by what it is; the name that the member gave it is never used as a path.
var extensions = map[document.Kind]string{document.PDF: ".pdf", document.JPEG: ".jpg", document.TIFF: ".tif"}

// proof checks a stored receipt against the opened body and its files.
func (d *Desk) proof(stored store.Revision, plain []byte) (api.Signed, error) {
	var signed api.Signed
	r, err := seal.VerifyReceipt(d.Archive.Keys.Public(), stored.Receipt)
	if err != nil {
		return signed, err
	}
	f, err := claim.Decode(plain)
	if err != nil {
		return signed, err
	}
	var digests []string
	for _, a := range (claim.Claim{Documents: f.Documents}).Attachments() {
		digests = append(digests, a.Blob)
	}
	sum := sha256.Sum256(plain)
	if r.Plain != hex.EncodeToString(sum[:]) || r.Plain != stored.Plain || !slices.Equal(r.Blobs, digests) {
		return signed, fault.New(CodeDamaged, "desk.proof", stored.Subject)
	}
	return signed, json.Unmarshal(stored.Receipt, &signed)
}

// openFile opens one attachment and checks the sealed bytes, the plain bytes and their number.
func (d *Desk) openFile(memberID string, a claim.Attachment) ([]byte, error) {
	damaged := func(err error) error { return fault.Wrap(CodeDamaged, "desk.file", a.Blob, err) }
	f, err := d.Archive.Blobs.Open(memberID, a.Blob)
	if err != nil {
		return nil, damaged(err)
	}
	defer func() { _ = f.Close() }()
	sealed := sha256.New()
	source := io.TeeReader(io.LimitReader(f, a.Sealed), sealed)
	r, err := d.Archive.Box.Open(source)
	if err != nil {
		return nil, damaged(err)
	}
	plain, err := io.ReadAll(io.LimitReader(r, a.Size+1))
	if err != nil {
		return nil, damaged(err)
	}
	if _, err := io.Copy(io.Discard, source); err != nil {
		return nil, damaged(err)
	}
	sum := sha256.Sum256(plain)
	if hex.EncodeToString(sealed.Sum(nil)) != a.Blob || hex.EncodeToString(sum[:]) != a.Plain || int64(len(plain)) != a.Size {
		return nil, damaged(nil)
	}
	return plain, nil
}

// writeFile writes beside, syncs and renames: a file of that name is whole.
func writeFile(path string, data []byte) error {
	temporary, err := os.CreateTemp(filepath.Dir(path), ".*.new")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(temporary.Name()) }() // after the rename it does nothing
	_, err = temporary.Write(data)
	if err == nil {
		err = temporary.Sync()
	}
	if err = errors.Join(err, temporary.Close()); err != nil {
		return err
	}
	return os.Rename(temporary.Name(), path)
}
