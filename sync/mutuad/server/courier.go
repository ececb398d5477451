package server

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/parcel"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/register"
	"github.com/sodale/sodale/sync/mutuad/store"
	"github.com/sodale/sodale/sync/seal"
)

// Carried is what became of one letter of a parcel.
type Carried struct {
	Name     string `json:"name"` // op id, or the file's name where it can't be read
	Subject  string `json:"subject,omitempty"`
	Revision int    `json:"revision,omitempty"`
	Number   string `json:"number,omitempty"` // of the receipt; "" = not taken
	Code     string `json:"code,omitempty"`   // why it was not taken: of package api or parcel
	Field    string `json:"field,omitempty"`
}

// TakeParcel takes in what somebody carried here in a folder, as if each letter had come over the line: the same checks, the same
// receipt, however often. A letter counts as its device's when it is signed with the key that the device signed in with; sealing to
// the mutual proves nothing of who did it. Receipts and refusals are put into the folder; what is not whole there gets no answer, since
// the folder may come again. An error is ours, or the folder's: what was answered before it stays. Actor is who sits there, for the audit.
func (s *Server) TakeParcel(ctx context.Context, folder *parcel.Folder, actor string) (all []Carried, err error) {
	defer func() { err = errors.Join(err, folder.Finish()) }()
	letters, unread := folder.Letters()
	for _, l := range letters {
		done := Carried{Name: l.OpID, Subject: l.Subject, Revision: l.Revision}
		reply, err := s.reply(ctx, folder, l, actor)
		switch {
		case refusedBy(err, &done):
		case err != nil:
			return all, err
		default:
			if err := folder.Answer(reply); err != nil {
				return all, err
			}
			done.read(reply)
		}
		all = append(all, done)
	}
	for _, name := range unread {
		all = append(all, Carried{Name: name, Code: string(parcel.CodeDamaged)})
	}
	return all, nil
}

// refusedBy notes why the folder has not all of a letter.
func refusedBy(err error, done *Carried) bool {
	code := fault.CodeOf(err)
	if code != parcel.CodeIncomplete && code != parcel.CodeDamaged {
		return false
	}
	done.Code = string(code)
	return true
}

// read notes what an answer says.
func (c *Carried) read(a parcel.Answer) {
	var problem api.Problem
	var signed api.Signed
	var receipt api.Receipt
	if a.Refusal != nil {
		_ = json.Unmarshal(a.Refusal.Body, &problem) // we wrote it
	} else if json.Unmarshal(a.Receipt, &signed) == nil {
		_ = json.Unmarshal(signed.Statement, &receipt)
	}
	c.Number, c.Code, c.Field = receipt.Protocol, problem.Code, problem.Field
}

// reply answers one letter with its receipt, or with a signed refusal.
func (s *Server) reply(ctx context.Context, folder *parcel.Folder, l parcel.Enclosed, actor string) (parcel.Answer, error) {
	path := strings.NewReplacer("{subject}", l.Subject, "{revision}", strconv.Itoa(l.Revision)).Replace(api.PathSubmission)
	request, err := http.NewRequestWithContext(ctx, http.MethodPut, path, http.NoBody)
	if err != nil {
		return parcel.Answer{}, err
	}
	c := &call{ctx: context.WithoutCancel(ctx), request: request, endpoint: "courier"}
	a, err := s.takeLetter(c, folder, l)
	if err == nil {
		return parcel.Answer{OpID: l.OpID, Receipt: a.body}, s.archive.Store.Write(ctx, func(tx *store.Tx) error {
			return s.archive.Audit(ctx, tx, actor, "parcel.taken", c.who.Member, l.Subject)
		})
	}
	var r *refusal
	if !errors.As(err, &r) || r.Status >= http.StatusInternalServerError {
		return parcel.Answer{}, err
	}
	a = r.answer()
	return parcel.Answer{OpID: l.OpID, Refusal: &parcel.Refusal{Status: a.status, Body: a.body,
		Signature: seal.SignAnswer(s.archive.Keys.Sign, http.MethodPut, path, l.OpID, a.status, a.body)}}, nil
}

// takeLetter takes one in for the member whose device signed it.
func (s *Server) takeLetter(c *call, folder *parcel.Folder, l parcel.Enclosed) (answer, error) {
	if err := s.proveLetter(c, l); err != nil {
		return answer{}, err
	}
	a := arrival{member: c.who.Member, subject: l.Subject, revision: l.Revision,
		put: api.Put{OpID: l.OpID, Kind: string(l.Kind), Plain: l.Plain, Blobs: []string{}}}
	if !register.Known(a.put.Kind) {
		return answer{}, unacceptable("kind")
	}
	var err error
	if a.put.Body, err = folder.Bytes(l.Body); err != nil {
		return answer{}, err
	}
	for _, b := range l.Blobs {
		if err := s.bring(c, folder, b); err != nil {
			return answer{}, err
		}
		a.put.Blobs = append(a.put.Blobs, b.Digest)
	}
	return s.take(c, a)
}

// proveLetter finds the device that a letter names and believes it only with its signature. A device that was signed out has no say.
func (s *Server) proveLetter(c *call, l parcel.Enclosed) error {
	d, err := s.archive.Store.Device(c.ctx, l.Device)
	if fault.CodeOf(err) == store.CodeNone || err == nil && len(d.Key) == 0 {
		return refuse(http.StatusUnauthorized, api.CodeUnauthorised, "")
	}
	if err != nil {
		return err
	}
	if l.Verify(d.Key) != nil {
		return refuse(http.StatusUnauthorized, api.CodeProof, "")
	}
	mutual, err := s.archive.Mutual(c.ctx)
	switch {
	case err != nil:
		return err
	case l.Mutual != mutual.ID:
		return refuse(http.StatusForbidden, api.CodeUnauthorised, "mutual")
	case !d.RevokedAt.IsZero():
		return refuse(http.StatusUnauthorized, api.CodeRevoked, "")
	}
	c.who = store.Bearer{Device: d.ID, Member: d.Member}
	return nil
}

// bring stores a sealed file of a parcel, if it is not there whole. What came of it over the line before, and is of another length or
// turns out to be wrong, is forgotten.
func (s *Server) bring(c *call, folder *parcel.Folder, blob submission.Blob) error {
	defer s.files.take(c.who.Member + blob.Digest)()
	b, err := s.archive.Store.Blob(c.ctx, c.who.Member, blob.Digest)
	if err != nil || b.Complete {
		return err
	}
	data, err := folder.Bytes(blob)
	if err != nil {
		return err
	}
	if b.Have > 0 {
		none := store.Blob{Digest: b.Digest}
		if err := s.advance(c, b, none); err != nil {
			return err
		}
		b = none
	}
	_, err = s.grow(c, b, piece{digest: blob.Digest, length: blob.Size, data: data})
	return err
}
