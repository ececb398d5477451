package engine

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"sync/atomic"
	"time"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/api"
)

// Appends shrink when they are cut and grow again when they arrive, so that a slow line gets on too.
const (
	smallestAppend = 64 << 10
	stalls         = 3                      // answers without progress that one try puts up with
	startAfter     = 300 * time.Millisecond // how long an append may take before the screen says *In invio*
)

// upload brings every file of s to the mutual that it does not have yet.
func (e *Engine) upload(ctx context.Context, it *item, s submission.Submission) error {
	if len(s.Blobs) == 0 {
		return nil
	}
	missing, err := e.missing(ctx, it, s)
	if err != nil {
		return err
	}
	for _, blob := range s.Blobs {
		offset, lacks := missing[blob.Digest]
		if !lacks {
			continue
		}
		delete(missing, blob.Digest)
		if err := e.uploadOne(ctx, it, blob, offset); err != nil {
			return err
		}
		if err := e.arrived(ctx, it, len(s.Blobs)-len(missing)); err != nil {
			return err
		}
	}
	return nil
}

// missing tells which files the mutual lacks and how much of each it has. Of a first revision that was never tried it lacks
// everything, which needs no question; should it have a part all the same, since a life ended before it could write that
// down, then it says so to the first append.
func (e *Engine) missing(ctx context.Context, it *item, s submission.Submission) (map[string]int64, error) {
	if untried := it.d.Status == submission.Queued && it.d.Attempts == 0 && it.d.AskedAt.IsZero(); untried && s.Revision == 1 {
		missing := map[string]int64{}
		for _, blob := range s.Blobs {
			missing[blob.Digest] = 0
		}
		return missing, nil
	}
	e.cfg.Fail("check.before")
	missing, err := e.wire.check(ctx, e.token(), digestsOf(s.Blobs))
	e.cfg.Fail("check.after")
	return missing, err
}

// start writes down that something is on its way, unless it was before.
func (e *Engine) start(ctx context.Context, it *item) error {
	if it.d.Status != submission.Queued {
		return nil
	}
	err := e.move(ctx, it, submission.Start, func(*submission.Delivery) {})
	if err == nil {
		e.cfg.Fail("start.committed")
	}
	return err
}

// arrived writes down that one more file is there. The last one is not worth a commit: asking follows at once.
func (e *Engine) arrived(ctx context.Context, it *item, done int) error {
	it.progress = true
	if done == len(it.d.Blobs) {
		return nil
	}
	if err := e.start(ctx, it); err != nil || it.d.Status != submission.Sending {
		return err
	}
	return e.move(ctx, it, "", func(d *submission.Delivery) { d.BlobsDone, d.Attempts, d.Reason = done, 0, "" })
}

// uploadOne appends to one file from offset on until the mutual has all of it.
func (e *Engine) uploadOne(ctx context.Context, it *item, blob submission.Blob, offset int64) error {
	file, size, err := e.cfg.Outbox.OpenSealed(ctx, blob.Digest)
	if err != nil {
		return missingFile(err, blob.Digest)
	}
	defer file.Close()
	if size != blob.Size {
		return fault.New(CodeFileDamaged, "engine.upload", blob.Digest)
	}
	for stalled := 0; ; {
		data, err := slice(file, offset, min(e.size.now(), blob.Size-offset))
		if err != nil {
			return err
		}
		next, err := e.append(ctx, it, blob, offset, data)
		if err != nil {
			return e.checkFile(file, blob, err)
		}
		if next == blob.Size {
			return nil
		}
		if next > blob.Size || next < 0 {
			return fault.New(CodeAnswer, "engine.upload", blob.Digest)
		}
		if next > offset {
			it.progress = true
			if err := e.start(ctx, it); err != nil {
				return err
			}
		} else if stalled++; stalled >= stalls {
			return fault.New(CodeNoProgress, "engine.upload", blob.Digest)
		}
		offset = next
	}
}

// append sends one piece and returns where to go on: also when the mutual says that it has more or less than was thought.
func (e *Engine) append(ctx context.Context, it *item, blob submission.Blob, offset int64, data []byte) (int64, error) {
	next, err := e.extend(ctx, it, blob, offset, data)
	var signed *signedError
	switch {
	case err == nil:
		e.size.grow()
		return next, nil
	case !errors.As(err, &signed), signed.cutShort():
		e.size.shrink()
	case signed.Code == api.CodeOffset:
		return signed.Offset, nil
	case signed.Code == api.CodeBlobSize && e.size.shrink():
		return offset, nil
	}
	return offset, err
}

// extend sends one piece. One that is not there after a moment makes the submission one that is being sent; a quick one is
// not worth that commit.
func (e *Engine) extend(ctx context.Context, it *item, blob submission.Blob, offset int64, data []byte) (next int64, err error) {
	e.cfg.Fail("append.before")
	left := time.Now()
	there := make(chan struct{})
	go func() {
		defer close(there)
		next, err = e.wire.extend(ctx, e.token(), blob, offset, data)
	}()
	moment := time.NewTimer(startAfter)
	defer moment.Stop()
	select {
	case <-there:
	case <-moment.C:
		started := e.start(ctx, it)
		<-there
		err = errors.Join(err, started)
	}
	e.swift.Store(err == nil && time.Since(left) < swiftAppend)
	e.cfg.Fail("append.after")
	return next, err
}

// checkFile answers a mutual that says the bytes are not those of the digest: if the disk is to blame the member must
// know, else the mutual begins again.
func (e *Engine) checkFile(file io.ReadSeeker, blob submission.Blob, err error) error {
	if !signedAs(err, api.CodeDigest) {
		return err
	}
	sum := sha256.New()
	if _, seekErr := file.Seek(0, io.SeekStart); seekErr != nil {
		return seekErr
	}
	if _, copyErr := io.Copy(sum, file); copyErr != nil {
		return copyErr
	}
	if hex.EncodeToString(sum.Sum(nil)) != blob.Digest {
		return fault.Wrap(CodeFileDamaged, "engine.upload", blob.Digest, err)
	}
	return fault.New(CodeNoProgress, "engine.upload", blob.Digest)
}

func slice(file io.ReadSeeker, offset, n int64) ([]byte, error) {
	if _, err := file.Seek(offset, io.SeekStart); err != nil {
		return nil, err
	}
	data := make([]byte, n)
	_, err := io.ReadFull(file, data)
	return data, err
}

func missingFile(err error, digest string) error {
	if errors.Is(err, fs.ErrNotExist) || fault.CodeOf(err) == claim.CodeBlobGone {
		return fault.Wrap(claim.CodeBlobGone, "engine.upload", digest, err)
	}
	return err
}

// appendSize is how many bytes the next append carries. The zero value is the most that is allowed.
type appendSize struct{ shift atomic.Int32 }

func (a *appendSize) now() int64 { return int64(api.AppendSize >> a.shift.Load()) }

// shrink halves the size and reports false when it is the smallest already.
func (a *appendSize) shrink() bool {
	s := a.shift.Load()
	return api.AppendSize>>s > smallestAppend && a.shift.CompareAndSwap(s, s+1)
}

func (a *appendSize) grow() {
	if s := a.shift.Load(); s > 0 {
		a.shift.CompareAndSwap(s, s-1)
	}
}
