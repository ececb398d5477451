package server

import (
	"errors"
	"io"
	"net/http"
	"os"
	"slices"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/blobs"
	"github.com/sodale/sodale/sync/mutuad/register"
	"github.com/sodale/sodale/sync/mutuad/store"
)

func unacceptable(field string) *refusal {
	return refuse(http.StatusUnprocessableEntity, api.CodeContent, field)
}

// checkContent reads the opened body into a.letter and checks all that can be told before it is filed: ids, what a claim says, and
// that every file is there and opens to the bytes it names. It changes nothing, but that a file found damaged here counts as missing.
func (s *Server) checkContent(c *call, a *arrival) error {
	var err error
	if a.letter, err = register.Read(a.put.Kind, a.plain); err != nil {
		return orRefusal(err)
	}
	m, err := s.archive.Store.Member(c.ctx, a.member)
	if err != nil {
		return err
	}
	if err := checkIDs(*a, m); err != nil {
		return err
	}
	if a.put.Kind == string(submission.KindClaim) {
		rules, err := s.archive.Rules(c.ctx)
		if err != nil {
			return err
		}
		if err := (scrutiny{household: m, rules: rules, today: civil.Of(s.archive.Now())}).claim(a.letter.Claim); err != nil {
			return err
		}
	}
	return s.checkFiles(c, a)
}

func checkIDs(a arrival, m store.Member) error {
	switch {
	case a.letter.Subject != a.subject:
		return unacceptable("id")
	case a.letter.Revision != a.revision:
		return unacceptable("revision")
	case a.letter.OpID != a.put.OpID:
		return unacceptable("opId")
	case a.letter.Holder != m.ID:
		return unacceptable("holder")
	case a.letter.Number != m.Number:
		return unacceptable("number")
	}
	return nil
}

// checkFiles checks that the files are those of the body, in its order, and opens each.
func (s *Server) checkFiles(c *call, a *arrival) error {
	files := a.letter.Files()
	digests := []string{}
	for _, f := range files {
		if !blobs.ValidDigest(f.Blob) || !blobs.ValidDigest(f.Plain) {
			return unacceptable("attachments/" + f.ID)
		}
		digests = append(digests, f.Blob)
	}
	if !slices.Equal(digests, a.put.Blobs) {
		return unacceptable("blobs")
	}
	if err := s.checkThere(c, a.put.Blobs); err != nil {
		return err
	}
	for _, f := range files {
		if err := s.checkFile(c, f); err != nil {
			return err
		}
	}
	return nil
}

// checkThere refuses while a file is not complete.
func (s *Server) checkThere(c *call, digests []string) error {
	stored, err := s.archive.Store.Blobs(c.ctx, c.who.Member, digests)
	if err != nil {
		return err
	}
	var lacks []string
	for _, b := range stored {
		if !b.Complete {
			lacks = append(lacks, b.Digest)
		}
	}
	if lacks != nil {
		return lacking(lacks...)
	}
	return nil
}

func lacking(digests ...string) error {
	r := refuse(http.StatusConflict, api.CodeBlobsMissing, "")
	r.Lacks = digests
	return r
}

// checkFile opens one file and compares it with what the claim says. A file that is gone or rotten on our disk is our
// fault: it counts as missing from now on, so that the member's program sends it again.
func (s *Server) checkFile(c *call, f claim.Attachment) error {
	b, err := s.archive.Store.Blob(c.ctx, c.who.Member, f.Blob)
	if err != nil {
		return err
	}
	file, err := s.archive.Blobs.Open(c.who.Member, f.Blob)
	if fault.CodeOf(err) == blobs.CodeGone {
		return s.lost(c, b)
	}
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	found, err := s.findingOf(c, file, b)
	switch {
	case err != nil:
		return err
	case !found.intact:
		return s.lost(c, b)
	case !found.opens, found.plain != f.Plain, found.size != f.Size, b.Size != f.Sealed:
		return unacceptable("attachments/" + f.ID)
	}
	return nil
}

// findingOf reads a file, unless it was examined a moment ago and nobody wrote to it since.
func (s *Server) findingOf(c *call, file *os.File, b store.Blob) (finding, error) {
	info, err := file.Stat()
	if err != nil {
		return finding{}, err
	}
	if found, known := s.found.of(c.who.Member+b.Digest, info, s.archive.Now()); known {
		return found, nil
	}
	leave, err := s.place(c, s.opening)
	if err != nil {
		return finding{}, err
	}
	defer leave()
	return s.examine(io.LimitReader(file, b.Size), b.Digest)
}

// lost forgets a file that is no longer what its name says.
func (s *Server) lost(c *call, b store.Blob) error {
	s.log.Error("file lost", "digest", b.Digest)
	err := s.advance(c, b, store.Blob{Digest: b.Digest})
	var r *refusal
	if err != nil && !errors.As(err, &r) {
		return err
	}
	return lacking(b.Digest)
}
