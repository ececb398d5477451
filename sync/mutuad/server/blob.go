package server

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"strconv"
	"sync"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/blobs"
	"github.com/sodale/sodale/sync/mutuad/store"
)

// maxDigests is how many files one question or one submission may name.
const maxDigests = 1000

// checkBlobs tells which of some files the member has not sent completely. What others sent plays no part.
func (s *Server) checkBlobs(c *call) (answer, error) {
	var ask api.BlobCheck
	if err := readJSON(c, &ask); err != nil {
		return answer{}, err
	}
	if err := checkDigests(ask.Digests, "digests"); err != nil {
		return answer{}, err
	}
	stored, err := s.archive.Store.Blobs(c.ctx, c.who.Member, ask.Digests)
	if err != nil {
		return answer{}, err
	}
	m := api.BlobMissing{Missing: []api.BlobState{}}
	for _, b := range stored {
		if !b.Complete {
			m.Missing = append(m.Missing, api.BlobState{Digest: b.Digest, Offset: b.Have})
		}
	}
	return answerJSON(m)
}

func checkDigests(digests []string, field string) error {
	if len(digests) > maxDigests {
		return malformed(field)
	}
	for _, d := range digests {
		if !blobs.ValidDigest(d) {
			return malformed(field)
		}
	}
	return nil
}

// piece is one append as it came.
type piece struct {
	digest string
	offset int64
	length int64 // of the whole file
	data   []byte
	cut    bool // the line dropped before its end
}

// appendBlob takes the next bytes of a file. What came of a piece that was cut is kept.
func (s *Server) appendBlob(c *call) (answer, error) {
	room := s.rooms.Get().(*[api.AppendSize + 1]byte)
	defer s.rooms.Put(room)
	p, err := readPiece(c, room[:])
	if err != nil {
		return answer{}, err
	}
	defer s.files.take(c.who.Member + p.digest)()
	b, err := s.archive.Store.Blob(c.ctx, c.who.Member, p.digest)
	switch {
	case err != nil:
		return answer{}, err
	case b.Complete:
		return answerJSON(api.BlobState{Digest: p.digest, Offset: b.Size})
	case b.Have > 0 && b.Size != p.length: // one digest has one size: the bytes so far, or these, are wrong
		return answer{}, s.startAgain(c, b)
	case p.offset != b.Have:
		return answer{}, wrongOffset(b.Have)
	}
	next, err := s.grow(c, b, p)
	if err != nil {
		return answer{}, err
	}
	s.committed(c.endpoint)
	if p.cut {
		return answer{}, malformed("body")
	}
	return answerJSON(api.BlobState{Digest: p.digest, Offset: next.Have})
}

// readPiece reads and checks the headers and the bytes of an append. The bytes lie in room, which has one more than is allowed.
func readPiece(c *call, room []byte) (piece, error) {
	p := piece{digest: c.request.PathValue("digest")}
	if !blobs.ValidDigest(p.digest) {
		return p, malformed("digest")
	}
	var err error
	if p.offset, err = strconv.ParseInt(c.request.Header.Get(api.HeaderOffset), 10, 64); err != nil || p.offset < 0 {
		return p, malformed(api.HeaderOffset)
	}
	if p.length, err = strconv.ParseInt(c.request.Header.Get(api.HeaderLength), 10, 64); err != nil || p.length < 1 {
		return p, malformed(api.HeaderLength)
	}
	if p.length > api.MaxBlob || c.request.ContentLength > api.AppendSize {
		return p, refuse(http.StatusRequestEntityTooLarge, api.CodeBlobSize, "")
	}
	n, err := io.ReadFull(c.request.Body, room)
	p.data = room[:n]
	p.cut = err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) || int64(n) < c.request.ContentLength
	switch {
	case n > api.AppendSize:
		return p, refuse(http.StatusRequestEntityTooLarge, api.CodeBlobSize, "")
	case n == 0 || p.offset+int64(n) > p.length:
		return p, malformed("body")
	}
	return p, nil
}

// grow syncs the bytes to disk, then counts them. The last ones are counted only if the whole has its digest.
func (s *Server) grow(c *call, was store.Blob, p piece) (store.Blob, error) {
	next := store.Blob{Digest: p.digest, Size: p.length, Have: p.offset + int64(len(p.data))}
	if p.offset == 0 && next.Have == next.Size {
		return s.growWhole(c, was, next, p)
	}
	if _, err := s.archive.Blobs.Append(c.who.Member, p.digest, p.offset, p.data); err != nil {
		return next, err
	}
	s.synced(c.endpoint)
	if next.Have == next.Size {
		right, err := s.archive.Blobs.Verify(c.who.Member, p.digest, next.Size)
		if err != nil {
			return next, err
		}
		if !right {
			return next, s.startAgain(c, was)
		}
		next.Complete = true
	}
	return next, s.advance(c, was, next)
}

// growWhole is grow for a file that comes in one piece. It is examined while the disk is busy with it.
func (s *Server) growWhole(c *call, was, next store.Blob, p piece) (store.Blob, error) {
	var file fs.FileInfo
	var failed error
	var disk sync.WaitGroup
	disk.Go(func() { file, failed = s.archive.Blobs.Append(c.who.Member, p.digest, 0, p.data) })
	defer disk.Wait()
	found, err := s.examine(bytes.NewReader(p.data), p.digest)
	if disk.Wait(); err != nil || failed != nil {
		return next, errors.Join(err, failed)
	}
	s.synced(c.endpoint)
	if !found.intact {
		return next, s.startAgain(c, was)
	}
	found.file, found.at = file, s.archive.Now()
	s.found.keep(c.who.Member+p.digest, found)
	next.Complete = true
	return next, s.advance(c, was, next)
}

// startAgain forgets what came of a file, since it is wrong, and says so.
func (s *Server) startAgain(c *call, was store.Blob) error {
	if err := s.advance(c, was, store.Blob{Digest: was.Digest}); err != nil {
		return err
	}
	s.committed(c.endpoint)
	return refuse(http.StatusUnprocessableEntity, api.CodeDigest, "")
}

// advance counts; when another server on the same database counted meanwhile, it says where to go on.
func (s *Server) advance(c *call, was, next store.Blob) error {
	err := s.archive.Store.Write(c.ctx, func(tx *store.Tx) error {
		return tx.Advance(c.ctx, c.who.Member, was, next, s.archive.Now())
	})
	if fault.CodeOf(err) != store.CodeStale {
		return err
	}
	b, err := s.archive.Store.Blob(c.ctx, c.who.Member, next.Digest)
	if err != nil {
		return err
	}
	return wrongOffset(b.Have)
}

func wrongOffset(have int64) error {
	r := refuse(http.StatusConflict, api.CodeOffset, "")
	r.Offset = have
	return r
}
