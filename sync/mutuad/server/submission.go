package server

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/id"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/archive"
	"github.com/sodale/sodale/sync/mutuad/blobs"
	"github.com/sodale/sodale/sync/mutuad/store"
	"github.com/sodale/sodale/sync/seal"
)

// arrival is one PUT: what was asked, and what was found inside.
type arrival struct {
	member   string
	device   string
	subject  string
	revision int
	put      api.Put
	plain    []byte // the opened body
	filed    claim.Filed
}

// putRevision stores a revision once. Its steps: read; open; answer from memory if it is there; check what it says and
// every file; store, number, receipt and event in one transaction. Only the last changes anything.
func (s *Server) putRevision(c *call) (answer, error) {
	a, err := readArrival(c)
	if err != nil {
		return answer{}, err
	}
	if a.plain, err = s.openBody(a.put); err != nil {
		return answer{}, err
	}
	stored, err := s.archive.Store.Revision(c.ctx, a.member, a.subject, a.revision)
	if err == nil {
		return storedAnswer(stored, a.put.Plain)
	}
	if fault.CodeOf(err) != store.CodeNone {
		return answer{}, err
	}
	if err := s.checkContent(c, &a); err != nil {
		return answer{}, err
	}
	receipt, err := s.file(c, a)
	if err != nil {
		return answer{}, err
	}
	s.committed(c.endpoint)
	s.feeds.wake(a.member)
	return answer{status: http.StatusOK, body: receipt, kind: "application/json"}, nil
}

// storedAnswer is the receipt of a revision that is there: the same bytes for the same content, however sealed.
func storedAnswer(stored store.Revision, plain string) (answer, error) {
	if stored.Plain != plain {
		return answer{}, refuse(http.StatusUnprocessableEntity, api.CodeDifferent, "plain")
	}
	return answer{status: http.StatusOK, body: stored.Receipt, kind: "application/json"}, nil
}

// receipt answers with the receipt of a revision, or with the signed word that nothing of it arrived.
func (s *Server) receipt(c *call) (answer, error) {
	subject, revision, err := readRevise(c)
	if err != nil {
		return answer{}, err
	}
	stored, err := s.archive.Store.Revision(c.ctx, c.who.Member, subject, revision)
	if fault.CodeOf(err) == store.CodeNone {
		return answer{}, refuse(http.StatusNotFound, api.CodeNothing, "")
	}
	if err != nil {
		return answer{}, err
	}
	return storedAnswer(stored, stored.Plain)
}

// maxRevision is the highest number that a revision may have.
const maxRevision = 10_000

func readRevise(c *call) (subject string, revision int, err error) {
	if subject = c.request.PathValue("subject"); !id.Valid(subject) {
		return "", 0, malformed("subject")
	}
	text := c.request.PathValue("revision")
	revision, err = strconv.Atoi(text)
	if err != nil || revision < 1 || revision > maxRevision || strconv.Itoa(revision) != text {
		return "", 0, malformed("revision")
	}
	return subject, revision, nil
}

func readArrival(c *call) (arrival, error) {
	a := arrival{member: c.who.Member, device: c.who.Device}
	var err error
	if a.subject, a.revision, err = readRevise(c); err != nil {
		return a, err
	}
	if err := readJSON(c, &a.put); err != nil {
		return a, err
	}
	switch {
	case !id.Valid(a.put.OpID):
		return a, malformed("opId")
	case c.request.Header.Get(api.HeaderKey) != a.put.OpID:
		return a, malformed(api.HeaderKey)
	case !blobs.ValidDigest(a.put.Plain):
		return a, malformed("plain")
	case len(a.put.Body) == 0:
		return a, malformed("body")
	}
	if a.put.Kind != string(submission.KindClaim) {
		return a, unacceptable("kind")
	}
	return a, checkDigests(a.put.Blobs, "blobs")
}

// openBody opens the sealed body with the mutual's key and checks that it is what the sender says.
func (s *Server) openBody(p api.Put) ([]byte, error) {
	r, err := s.archive.Box.Open(bytes.NewReader(p.Body))
	if err != nil {
		return nil, refuse(http.StatusUnprocessableEntity, api.CodeSealed, "body")
	}
	plain, err := io.ReadAll(io.LimitReader(r, api.MaxBody))
	if err != nil {
		return nil, refuse(http.StatusUnprocessableEntity, api.CodeSealed, "body")
	}
	if hashed(string(plain)) != p.Plain {
		return nil, unacceptable("plain")
	}
	return plain, nil
}

// errThere ends a transaction that found the revision stored by another request.
var errThere = errors.New("revision is there")

// file stores everything about an arrival in one transaction and returns the receipt's bytes. When another request was
// faster, nothing is stored and that one's receipt is the answer.
func (s *Server) file(c *call, a arrival) ([]byte, error) {
	var receipt []byte
	var stored store.Revision
	err := s.archive.Store.Write(c.ctx, func(tx *store.Tx) error {
		seq, err := tx.NextSeq(c.ctx, a.member) // from here on the member's other requests wait
		if err != nil {
			return err
		}
		if stored, err = tx.Revision(c.ctx, a.member, a.subject, a.revision); err == nil {
			return errThere
		}
		if fault.CodeOf(err) != store.CodeNone {
			return err
		}
		receipt, err = s.enter(c.ctx, tx, a, seq)
		return err
	})
	if !errors.Is(err, errThere) {
		return receipt, err
	}
	there, err := storedAnswer(stored, a.put.Plain)
	return there.body, err
}

// enter writes claim, revision, event and audit row at the place seq, and signs the receipt.
func (s *Server) enter(ctx context.Context, tx *store.Tx, a arrival, seq int64) ([]byte, error) {
	now := s.archive.Now()
	row, err := s.claimRow(ctx, tx, a, now)
	if err != nil {
		return nil, err
	}
	receipt, err := s.signReceipt(ctx, tx, a, row.Protocol, seq, now)
	if err != nil {
		return nil, err
	}
	r := store.Revision{Member: a.member, Subject: a.subject, Revision: a.revision, Kind: a.put.Kind, OpID: a.put.OpID, Plain: a.put.Plain,
		Body: a.put.Body, Receipt: receipt, Total: total(a.filed), ReceivedAt: now, Attachments: attachments(a.filed)}
	if err := tx.PutClaim(ctx, row); err != nil {
		return nil, err
	}
	if err := tx.AddRevision(ctx, r); err != nil {
		return nil, err
	}
	news := archive.News{Kind: submission.EventClaimStatus, Subject: a.subject, At: now, Words: "Pratica protocollata con il numero " + row.Protocol + ".",
		Body: claim.StatusNews{State: row.State, Number: row.Protocol}}
	if err := s.archive.Tell(ctx, tx, a.member, seq, news); err != nil {
		return nil, err
	}
	return receipt, s.archive.Audit(ctx, tx, a.device, "claim.checked", a.member, a.subject)
}

// claimRow is the claim as it stands after an arrival: a new one with the next number of the year in Rome, or the one
// that is there, registered again where the states allow it. A late older revision changes nothing of it.
func (s *Server) claimRow(ctx context.Context, tx *store.Tx, a arrival, now time.Time) (store.Claim, error) {
	row, err := tx.Claim(ctx, a.member, a.subject)
	if fault.CodeOf(err) == store.CodeNone {
		protocol, err := tx.NextProtocol(ctx, civil.Of(now).Year)
		return store.Claim{Member: a.member, Subject: a.subject, Protocol: protocol, State: claim.Registered, Revision: a.revision,
			Total: total(a.filed), ReceivedAt: now, ChangedAt: now}, err
	}
	if err != nil || a.revision < row.Revision {
		return row, err
	}
	row.Revision, row.Total, row.ChangedAt = a.revision, total(a.filed), now
	if archive.MayMove(row.State, claim.Registered) {
		row.State = claim.Registered
	}
	return row, nil
}

func (s *Server) signReceipt(ctx context.Context, tx *store.Tx, a arrival, protocol string, seq int64, now time.Time) ([]byte, error) {
	mutual, err := s.archive.MutualIn(ctx, tx.Queries)
	if err != nil {
		return nil, err
	}
	epoch, err := tx.Setting(ctx, store.SettingEpoch)
	if err != nil {
		return nil, err
	}
	digests := a.put.Blobs
	if digests == nil {
		digests = []string{}
	}
	return seal.SignReceipt(s.archive.Keys.Sign, api.Receipt{Format: 1, Mutual: mutual.ID, Member: a.member, OpID: a.put.OpID, Kind: a.put.Kind,
		Subject: a.subject, Revision: a.revision, Plain: a.put.Plain, Blobs: digests, Protocol: protocol, Epoch: epoch, Seq: seq, At: now})
}

func total(f claim.Filed) money.Cents { return claim.Claim{Documents: f.Documents}.Total() }

func attachments(f claim.Filed) []store.Attachment {
	var all []store.Attachment
	for _, a := range (claim.Claim{Documents: f.Documents}).Attachments() {
		all = append(all, store.Attachment{ID: a.ID, Digest: a.Blob, Plain: a.Plain, Size: a.Size})
	}
	return all
}
