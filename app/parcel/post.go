package parcel

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"slices"
	"strings"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/submission"
)

// Outbox is what waits to be sent. A locked vault has it as an open one does.
type Outbox interface {
	Deliveries(ctx context.Context) ([]submission.Delivery, error)
	Frozen(ctx context.Context, opID string) (submission.Submission, error)
	OpenSealed(ctx context.Context, digest string) (io.ReadSeekCloser, int64, error)
}

// Sender is whose letters they are.
type Sender struct {
	Mutual string // id of the mutual
	Device string // under which the mutual knows this computer
	Key    []byte // seed of its Ed25519 key
}

// Posted is what a writing did.
type Posted struct {
	Letters int   `json:"letters"` // in the folder now, of those that wait
	Files   int   `json:"files"`   // of these letters
	Bytes   int64 `json:"bytes"`   // of these files and bodies
}

// Post writes every submission that waits (queued, under way or unconfirmed, not held) into the folder, oldest first. The outbox
// stays as it is: what a letter carries may still leave by the line, and the mutual takes it once. After an error the letters
// before it are there, and Post goes on from them.
func (f *Folder) Post(ctx context.Context, outbox Outbox, from Sender) (Posted, error) {
	var done Posted
	all, err := outbox.Deliveries(ctx)
	if err != nil {
		return done, err
	}
	for _, d := range all {
		if d.Status == submission.Delivered || d.Status == submission.Held {
			continue
		}
		l, err := f.post(ctx, outbox, d.OpID, from)
		if err != nil {
			return done, err
		}
		done.Letters++
		done.Files += len(l.Blobs)
		for _, b := range append(l.Blobs, l.Body) {
			done.Bytes += b.Size
		}
	}
	return done, nil
}

// post writes files, then the letter, then the index.
func (f *Folder) post(ctx context.Context, outbox Outbox, opID string, from Sender) (Letter, error) {
	s, err := outbox.Frozen(ctx, opID)
	if err != nil {
		return Letter{}, err
	}
	l := Letter{Format: Format, Mutual: from.Mutual, Device: from.Device, OpID: s.OpID, Kind: s.Kind, Subject: s.Subject, Revision: s.Revision,
		Plain: s.Plain, Body: submission.Blob{Digest: hexOf(s.Body), Size: int64(len(s.Body))},
		Blobs: append([]submission.Blob{}, s.Blobs...), FrozenAt: s.FrozenAt.UTC()}
	if !l.sound() {
		return l, fault.New(CodeDamaged, "parcel.post", opID)
	}
	for _, b := range l.Blobs {
		if err := f.bring(ctx, outbox, b); err != nil {
			return l, err
		}
	}
	if err := f.add(files+"/"+l.Body.Digest, s.Body); err != nil {
		return l, err
	}
	e, err := l.Sign(from.Key)
	if err != nil {
		return l, err
	}
	data, err := json.Marshal(e)
	if err != nil {
		return l, err
	}
	if err := f.add(letters+"/"+l.OpID+".json", data); err != nil {
		return l, err
	}
	return l, f.Finish()
}

// bring copies one sealed file of the vault into the folder.
func (f *Folder) bring(ctx context.Context, outbox Outbox, b submission.Blob) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	r, _, err := outbox.OpenSealed(ctx, b.Digest)
	if err != nil {
		return err
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, b.Size+1))
	if err != nil {
		return err
	}
	if hexOf(data) != b.Digest {
		return fault.New(CodeDamaged, "parcel.bring", b.Digest)
	}
	return f.add(files+"/"+b.Digest, data)
}

// Enclosed is one letter of a folder, with what proves it.
type Enclosed struct {
	Letter
	Envelope
}

// Letters lists the letters, oldest first, revisions in their order, and the names of those that can't be read.
func (f *Folder) Letters() (list []Enclosed, unread []string) {
	for _, name := range f.names(letters) {
		var e Envelope
		data, err := f.read(name)
		if err == nil {
			err = json.Unmarshal(data, &e)
		}
		var l Letter
		if err == nil {
			l, err = e.Letter()
		}
		if err != nil || letters+"/"+l.OpID+".json" != name {
			unread = append(unread, name)
			continue
		}
		list = append(list, Enclosed{l, e})
	}
	slices.SortFunc(list, func(a, b Enclosed) int {
		switch {
		case !a.FrozenAt.Equal(b.FrozenAt):
			return a.FrozenAt.Compare(b.FrozenAt)
		case a.Subject == b.Subject:
			return a.Revision - b.Revision
		}
		return strings.Compare(a.OpID, b.OpID)
	})
	return list, unread
}

// Bytes reads a sealed body or file, whole: its bytes have the digest and the size that are asked for. CodeIncomplete or
// CodeDamaged when not.
func (f *Folder) Bytes(b submission.Blob) ([]byte, error) {
	data, err := f.read(files + "/" + b.Digest)
	if err != nil {
		return nil, err
	}
	if int64(len(data)) != b.Size || hexOf(data) != b.Digest {
		return nil, fault.New(CodeDamaged, "parcel.bytes", b.Digest)
	}
	return data, nil
}

// Answer puts the mutual's answer to a letter there; Finish makes it part of the parcel. A receipt stays: a later refusal of the
// same letter changes nothing.
func (f *Folder) Answer(a Answer) error {
	name := answers + "/" + a.OpID + ".json"
	if _, ok := limit(name); !ok || (len(a.Receipt) == 0) == (a.Refusal == nil) {
		return fault.New(CodeDamaged, "parcel.answer", a.OpID)
	}
	if have, err := f.answer(name); err == nil && len(have.Receipt) > 0 {
		return nil
	}
	data, err := json.Marshal(a)
	if err != nil {
		return err
	}
	return f.add(name, data)
}

// Answers lists the mutual's answers, and the names of those that can't be read. Nothing is proved yet.
func (f *Folder) Answers() (list []Answer, unread []string) {
	for _, name := range f.names(answers) {
		a, err := f.answer(name)
		if err != nil {
			unread = append(unread, name)
			continue
		}
		list = append(list, a)
	}
	return list, unread
}

func (f *Folder) answer(name string) (Answer, error) {
	data, err := f.read(name)
	if err != nil {
		return Answer{}, err
	}
	a, err := parseAnswer(data)
	if err == nil && answers+"/"+a.OpID+".json" != name {
		err = fault.New(CodeDamaged, "parcel.answer", name)
	}
	return a, err
}

func parseAnswer(data []byte) (Answer, error) {
	var a Answer
	d := json.NewDecoder(bytes.NewReader(data))
	if err := d.Decode(&a); err != nil || (len(a.Receipt) == 0) == (a.Refusal == nil) {
		return Answer{}, fault.Wrap(CodeDamaged, "parcel.answer", "", err)
	}
	return a, nil
}

// Copy takes everything that is whole in one folder into another: letters on their way, answers on theirs. It needs no key. It
// returns how many letters and answers the other folder has of them, and the names of what could not be read.
func Copy(ctx context.Context, from, to *Folder) (n int, unread []string, err error) {
	all, unread := from.Letters()
	for _, l := range all {
		if err := from.carry(ctx, to, l); err != nil {
			switch fault.CodeOf(err) {
			case CodeIncomplete, CodeDamaged:
				unread = append(unread, letters+"/"+l.OpID+".json")
				continue
			}
			return n, unread, err
		}
		n++
	}
	replies, broken := from.Answers()
	for _, a := range replies {
		if err := to.Answer(a); err != nil {
			return n, unread, err
		}
		n++
	}
	return n, append(unread, broken...), to.Finish()
}

// carry copies one letter with its files.
func (f *Folder) carry(ctx context.Context, to *Folder, l Enclosed) error {
	for _, b := range append(slices.Clone(l.Blobs), l.Body) {
		if err := ctx.Err(); err != nil {
			return err
		}
		data, err := f.Bytes(b)
		if err != nil {
			return err
		}
		if err := to.add(files+"/"+b.Digest, data); err != nil {
			return err
		}
	}
	data, err := json.Marshal(l.Envelope)
	if err != nil {
		return err
	}
	if err := to.add(letters+"/"+l.OpID+".json", data); err != nil {
		return err
	}
	return to.Finish()
}
