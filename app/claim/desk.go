package claim

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"sync"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/clock"
	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/id"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/submission"
)

// Codes of the desk.
const (
	CodeStale     fault.Code = "claim.stale"      // somebody else saved the draft meanwhile; read it again
	CodeNotFound  fault.Code = "claim.not-found"  // no claim of that id
	CodeNotOpen   fault.Code = "claim.not-open"   // a frozen claim can't be edited; Correct opens it
	CodeInvalid   fault.Code = "claim.invalid"    // Check found blocking problems
	CodeBound     fault.Code = "claim.bound"      // it was taken back, or the mutual ended it: it can't be sent or taken back
	CodeBlobGone  fault.Code = "claim.blob-gone"  // a file that the claim names is not on the disk
	CodeBlobWrong fault.Code = "claim.blob-wrong" // a file does not open to the bytes that were added
)

// Summary is one row of the list of claims.
type Summary struct {
	Claim    Claim
	State    State
	Delivery *submission.Delivery // of the last frozen revision; nil for a draft
}

// Vault keeps claims. All methods are safe for concurrent use.
type Vault interface {
	// Household returns what the mutual last said of the member.
	Household(ctx context.Context) (member.Household, error)
	// Claims lists all claims that are not in the bin, last edited first, from memory.
	Claims(ctx context.Context) ([]Claim, error)
	// Binned lists the discarded drafts that the bin still has, last edited first.
	Binned(ctx context.Context) ([]Claim, error)
	// Claim reads one; CodeNotFound when there is none.
	Claim(ctx context.Context, id ID) (Claim, error)
	// Delivery reads how far a submission has come, or nil for an unknown op id.
	Delivery(ctx context.Context, opID string) (*submission.Delivery, error)
	// Frozen reads a submission as it was frozen.
	Frozen(ctx context.Context, opID string) (submission.Submission, error)
	// SaveDraft stores c if its Version is the stored one (0 for a new claim), and returns it with the next Version. Mutual is
	// taken from what is stored: only events change it, and they leave Version alone, so news never makes a draft stale.
	// It returns after the commit. CodeStale leaves the stored draft as it was.
	SaveDraft(ctx context.Context, c Claim) (Claim, error)
	// PutBlob stores the bytes that write produces as one sealed file: temporary name, fsync, rename, fsync of the
	// folder. After an error nothing of it remains.
	PutBlob(ctx context.Context, write func(io.Writer) error) (submission.Blob, error)
	// OpenBlob reads the sealed bytes of a file; CodeBlobGone when it is not there.
	OpenBlob(ctx context.Context, digest string) (io.ReadCloser, error)
	// Freeze writes the claim, the submission with its delivery (Queued) and one audit row in one transaction, or
	// nothing. CodeStale if the draft changed meanwhile. Freezing an op id again changes nothing.
	Freeze(ctx context.Context, c Claim, s submission.Submission) (Claim, error)
	// Release sends a held submission back to the queue.
	Release(ctx context.Context, opID string) error
}

// Sealer makes and opens sealed bytes.
type Sealer interface {
	// Seal returns a writer whose plain input arrives in dst sealed to member and mutual; Close finishes it.
	Seal(dst io.Writer) (io.WriteCloser, error)
	// Open returns the plain bytes of what was sealed to the member.
	Open(src io.Reader) (io.Reader, error)
}

// Desk is where a member works on claims. All fields but Previewer and Mutual are needed; a nil Previewer skips page counts.
type Desk struct {
	Vault     Vault
	Sealer    Sealer
	Previewer document.Previewer
	Mutual    func() mutual.Profile // the mutual's rules of the moment; nil = it said none
	Clock     clock.Clock
	Random    io.Reader

	finalising sync.Mutex // Finalise twice at once makes one submission
}

// Rules is what claims are checked against at this moment.
func (d *Desk) Rules(household member.Household) Rules {
	r := Rules{Today: civil.Of(d.Clock.Now()), IBAN: household.IBAN}
	if d.Mutual != nil {
		r.Mutual = d.Mutual()
	}
	return r
}

// List returns every claim with its state, last edited first.
func (d *Desk) List(ctx context.Context) ([]Summary, error) {
	claims, err := d.Vault.Claims(ctx)
	if err != nil {
		return nil, err
	}
	household, err := d.Vault.Household(ctx)
	if err != nil {
		return nil, err
	}
	rules := d.Rules(household)
	rows := make([]Summary, 0, len(claims))
	for _, c := range claims {
		s, err := d.summary(ctx, c, rules)
		if err != nil {
			return nil, err
		}
		rows = append(rows, s)
	}
	return rows, nil
}

// Open reads one claim with its state.
func (d *Desk) Open(ctx context.Context, claimID ID) (Summary, error) {
	c, err := d.Vault.Claim(ctx, claimID)
	if err != nil {
		return Summary{}, err
	}
	household, err := d.Vault.Household(ctx)
	if err != nil {
		return Summary{}, err
	}
	return d.summary(ctx, c, d.Rules(household))
}

func (d *Desk) summary(ctx context.Context, c Claim, rules Rules) (Summary, error) {
	s := Summary{Claim: c}
	if c.OpID != "" {
		delivery, err := d.Vault.Delivery(ctx, c.OpID)
		if err != nil {
			return Summary{}, err
		}
		s.Delivery = delivery
	}
	blocked := c.Revision == 0 && Stops(Check(c, rules))
	s.State = StateOf(c, s.Delivery, blocked)
	return s, nil
}

// Save stores an edited draft and returns it with its new version.
func (d *Desk) Save(ctx context.Context, c Claim) (Claim, error) {
	if !c.Open {
		return c, fault.New(CodeNotOpen, "claim.save", string(c.ID))
	}
	c.EditedAt = d.Clock.Now().UTC()
	return d.Vault.SaveDraft(ctx, c)
}

// documentsStep is the step of the form that holds the documents.
const documentsStep = 2

// Correct opens a frozen claim for its next revision; where the mutual asked for more of a document, at the files of that one
// (CLM-41). CodeBound when it was taken back.
func (d *Desk) Correct(ctx context.Context, c Claim) (Claim, error) {
	if err := d.free(ctx, c, "claim.correct"); err != nil {
		return c, err
	}
	c.Open = true
	c.Step, c.Field = documentsStep, c.askedFor()
	return d.Save(ctx, c)
}

// askedFor is where the files belong that the mutual asked for, as Problem.Where names it; "" when it asked for none.
func (c Claim) askedFor() string {
	for _, o := range c.Mutual.Outcomes {
		if o.State == DocumentsRequested && c.Document(o.Document) != nil {
			return WhereDocuments + "/" + o.Document + "/" + FieldFiles
		}
	}
	return ""
}

// Finalise freezes a claim and queues it (*Invia*). Its steps: check; number the revision; encode; seal; freeze. Only
// the last changes anything: after an earlier error the draft stands as before. A commit that failed is settled by
// reading back, never assumed. Finalising a claim that is already frozen answers CodeNotOpen, one that was taken back CodeBound.
func (d *Desk) Finalise(ctx context.Context, claimID ID) (Claim, error) {
	d.finalising.Lock()
	defer d.finalising.Unlock()
	c, err := d.Vault.Claim(ctx, claimID)
	if err != nil {
		return c, err
	}
	household, err := d.Vault.Household(ctx)
	if err != nil {
		return c, err
	}
	switch {
	case !c.Open:
		return c, fault.New(CodeNotOpen, "claim.finalise", string(c.ID))
	case Stops(Check(c, d.Rules(household))):
		return c, fault.New(CodeInvalid, "claim.finalise", string(c.ID))
	}
	if err := d.free(ctx, c, "claim.finalise"); err != nil {
		return c, err
	}
	c.Open, c.Withdrawing = false, false
	return d.file(ctx, c, c, household)
}

// free answers CodeBound for a claim that was taken back: nothing more is sent for it.
func (d *Desk) free(ctx context.Context, c Claim, op string) error {
	s := Summary{Claim: c}
	if c.OpID != "" {
		var err error
		if s.Delivery, err = d.Vault.Delivery(ctx, c.OpID); err != nil {
			return err
		}
	}
	if s.withdrawing() || c.Mutual.State == Withdrawn {
		return fault.New(CodeBound, op, string(c.ID))
	}
	return nil
}

// file freezes c as its next revision, whose body says what said does.
func (d *Desk) file(ctx context.Context, c, said Claim, household member.Household) (Claim, error) {
	now := d.Clock.Now().UTC()
	opID, err := id.New(now, d.Random)
	if err != nil {
		return c, err
	}
	c.Revision, c.OpID, c.EditedAt = c.Revision+1, opID, now
	said.Revision, said.OpID = c.Revision, opID
	plain, err := Encode(said, household, now)
	if err != nil {
		return c, err
	}
	var body bytes.Buffer
	if err := d.seal(&body, plain); err != nil {
		return c, err
	}
	sum := sha256.Sum256(plain)
	s := submission.Submission{OpID: opID, Kind: submission.KindClaim, Subject: string(c.ID), Revision: c.Revision,
		Body: body.Bytes(), Plain: hex.EncodeToString(sum[:]), FrozenAt: now}
	for _, a := range said.Attachments() {
		s.Blobs = append(s.Blobs, submission.Blob{Digest: a.Blob, Size: a.Sealed})
	}
	return d.freeze(ctx, c, s)
}

// freeze commits, and after an error reads back what really happened: a failed commit may still have been written.
func (d *Desk) freeze(ctx context.Context, c Claim, s submission.Submission) (Claim, error) {
	frozen, err := d.Vault.Freeze(ctx, c, s)
	if err == nil {
		return frozen, nil
	}
	if stored, readErr := d.Vault.Claim(ctx, c.ID); readErr == nil && stored.OpID == s.OpID {
		return stored, nil
	}
	return c, err
}
