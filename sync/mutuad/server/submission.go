package server

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strconv"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/id"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/blobs"
	"github.com/sodale/sodale/sync/mutuad/register"
	"github.com/sodale/sodale/sync/mutuad/store"
)

// arrival is one PUT: what was asked, and what was found inside.
type arrival struct {
	member   string
	subject  string
	revision int
	put      api.Put
	plain    []byte // the opened body
	letter   register.Letter
}

// putRevision stores a revision once. Its steps: read; open; answer from memory if it is there; check what it says and
// every file; store, number, receipt, event and what follows from it in one transaction. Only the last changes anything.
func (s *Server) putRevision(c *call) (answer, error) {
	a, err := readArrival(c)
	if err != nil {
		return answer{}, err
	}
	return s.take(c, a)
}

// take is putRevision for what was read.
func (s *Server) take(c *call, a arrival) (answer, error) {
	var err error
	if a.plain, err = s.openBody(a.put); err != nil {
		return answer{}, err
	}
	stored, err := s.archive.Store.Revision(c.ctx, a.member, a.subject, a.revision)
	if err == nil {
		return receiptAnswer(register.Receipt(stored, a.put.Plain))
	}
	if fault.CodeOf(err) != store.CodeNone {
		return answer{}, err
	}
	if err := s.checkContent(c, &a); err != nil {
		return answer{}, err
	}
	filed, err := register.File(c.ctx, s.archive, register.Entry{Member: a.member, Device: c.who.Device, Put: a.put, Letter: a.letter})
	if err != nil {
		return receiptAnswer(nil, orRefusal(err))
	}
	s.committed(c.endpoint)
	s.feeds.wake(a.member)
	s.conclude(c, filed)
	return receiptAnswer(filed.Receipt, nil)
}

// orRefusal lets the mutual sign why it does not take something.
func orRefusal(err error) error {
	var r *register.Refusal
	if errors.As(err, &r) {
		return refuse(http.StatusUnprocessableEntity, r.Code, r.Field)
	}
	return err
}

// conclude does what is left to do once an entry is in the book. What fails is said in the log alone: the entry stands.
func (s *Server) conclude(c *call, filed register.Filing) {
	for _, digest := range filed.Gone {
		if err := s.archive.Blobs.Remove(c.who.Member, digest); err != nil {
			s.log.Error("file not removed", "digest", digest, "error", err.Error())
		}
	}
	if filed.Proof {
		if err := s.askProof(c, c.who.Member); err != nil { // the member may ask for codes again
			s.log.Warn("codes not sent", "device", c.who.Device, "error", err.Error())
		}
	}
	if filed.Last != nil {
		s.post(c, letter{channel: store.ChannelEMail, to: filed.Last.To, about: aboutGone, words: filed.Last.Text})
	}
	if filed.Scrub {
		if err := s.archive.Store.Scrub(c.ctx); err != nil {
			s.log.Error("database not scrubbed", "error", err.Error())
		}
	}
}

// receiptAnswer answers with the bytes of a receipt.
func receiptAnswer(receipt []byte, err error) (answer, error) {
	if fault.CodeOf(err) == register.CodeDifferent {
		return answer{}, refuse(http.StatusUnprocessableEntity, api.CodeDifferent, "plain")
	}
	return answer{status: http.StatusOK, body: receipt, kind: "application/json"}, err
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
	return receiptAnswer(stored.Receipt, err)
}

// recalled answers a device that deleted its own account, and was signed out by that, with the receipt: the first answer may have
// been lost. Whoever asks for anything else hears err.
func (s *Server) recalled(c *call, err error) (answer, error) {
	var r *refusal
	if !errors.As(err, &r) || r.Code != api.CodeRevoked || c.request.PathValue("revision") == "" {
		return answer{}, err
	}
	subject, revision, readErr := readRevise(c)
	if readErr != nil {
		return answer{}, err
	}
	stored, storeErr := s.archive.Store.Revision(c.ctx, c.who.Member, subject, revision)
	if storeErr != nil || stored.Kind != string(submission.KindErasure) {
		return answer{}, err
	}
	return receiptAnswer(stored.Receipt, nil)
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
	a := arrival{member: c.who.Member}
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
	if !register.Known(a.put.Kind) {
		return a, unacceptable("kind")
	}
	if a.put.Blobs == nil {
		a.put.Blobs = []string{}
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
