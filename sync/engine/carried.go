package engine

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/parcel"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/seal"
)

// Brought is what answers that came in a parcel did.
type Brought struct {
	Delivered int `json:"delivered"` // by a receipt that verified
	Refused   int `json:"refused"`   // by a refusal that verified: the member is needed
	Before    int `json:"before"`    // known already
	Others    int `json:"others"`    // of letters that are not of this vault
	Unproved  int `json:"unproved"`  // not signed by the mutual for what was frozen here: nothing changed
}

// Receive takes the mutual's answers out of a parcel as if they had come over the line: only what the mutual signed for exactly
// the frozen revision changes anything, and by the same commit. An engine that runs on the same outbox may go on meanwhile.
// An error is one of the outbox; what was taken before it stays.
func Receive(ctx context.Context, profile api.Profile, outbox Outbox, list []parcel.Answer) (Brought, error) {
	var b Brought
	all, err := outbox.Deliveries(ctx)
	if err != nil {
		return b, err
	}
	mine := make(map[string]submission.Delivery, len(all))
	for _, d := range all {
		mine[d.OpID] = d
	}
	for _, a := range list {
		d, ok := mine[a.OpID]
		switch {
		case !ok:
			b.Others++
		case d.Status == submission.Delivered:
			b.Before++
		default:
			if err := b.take(ctx, profile, outbox, d, a); err != nil {
				return b, err
			}
		}
	}
	return b, nil
}

// take commits one answer to a submission that is not delivered.
func (b *Brought) take(ctx context.Context, profile api.Profile, outbox Outbox, d submission.Delivery, a parcel.Answer) error {
	if a.Refusal != nil {
		return b.refuse(ctx, profile, outbox, d, *a.Refusal)
	}
	s := submission.Submission{OpID: d.OpID, Kind: d.Kind, Subject: d.Subject, Revision: d.Revision, Plain: d.Plain, Blobs: d.Blobs}
	r, raw, err := verifyReceipt(profile, a.Receipt, s)
	if err != nil {
		b.Unproved++
		return nil //nolint:nilerr // it is counted: what proves nothing changes nothing
	}
	if _, err = outbox.Move(ctx, d.OpID, submission.Receipt, func(d *submission.Delivery) { proven(d, r, raw, r.Epoch) }); err == nil {
		b.Delivered++
	}
	return err
}

// refuse holds a submission that the mutual refused for a reason that only the member can mend. A refusal of another kind, as of
// a device, is of the carrying and not of the submission: the line may still take it.
func (b *Brought) refuse(ctx context.Context, profile api.Profile, outbox Outbox, d submission.Delivery, r parcel.Refusal) error {
	path := revisionPath(api.PathSubmission, submission.Submission{Subject: d.Subject, Revision: d.Revision})
	if err := seal.VerifyAnswer(publicKey(profile), http.MethodPut, path, d.OpID, r.Status, r.Body, r.Signature); err != nil {
		b.Unproved++
		return nil //nolint:nilerr // as above
	}
	e := &signedError{}
	if json.Unmarshal(r.Body, &e.Problem) != nil || e.Code == "" {
		e.Code = string(CodeAnswer)
	}
	e.Status = r.Status
	v := judge(e)
	if v.who != theMember || d.Status == submission.Held {
		b.Before++
		return nil
	}
	_, err := outbox.Move(ctx, d.OpID, submission.Refuse, func(d *submission.Delivery) { d.Reason = v.code })
	if err == nil {
		b.Refused++
	}
	return err
}

// Carry writes what waits into a parcel, signed by this device, whose id and key's seed are handed in. CodeNoToken without them.
func Carry(ctx context.Context, folder *parcel.Folder, profile api.Profile, outbox Outbox, device string, key []byte) (parcel.Posted, error) {
	if device == "" || len(key) == 0 {
		return parcel.Posted{}, fault.New(CodeNoToken, "engine.carry", "")
	}
	return folder.Post(ctx, outbox, parcel.Sender{Mutual: profile.ID, Device: device, Key: key})
}
