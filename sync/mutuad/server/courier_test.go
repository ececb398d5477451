package server_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
	stick "github.com/sodale/sodale/app/parcel"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/demo"
	"github.com/sodale/sodale/sync/mutuad/server"
	"github.com/sodale/sodale/sync/seal"
)

// queue is what waits at a computer without a line, in the order it was frozen.
type queue []parcel

func (q queue) Deliveries(context.Context) ([]submission.Delivery, error) {
	var all []submission.Delivery
	for _, p := range q {
		all = append(all, submission.Delivery{OpID: p.put.OpID, Status: submission.Queued})
	}
	return all, nil
}

func (q queue) Frozen(_ context.Context, opID string) (submission.Submission, error) {
	for i, p := range q {
		if p.put.OpID == opID {
			s := submission.Submission{OpID: opID, Kind: submission.Kind(p.put.Kind), Subject: p.subject, Revision: p.revision, Body: p.put.Body,
				Plain: p.put.Plain, FrozenAt: epochNow.Add(time.Duration(i) * time.Second)}
			for _, digest := range p.put.Blobs {
				s.Blobs = append(s.Blobs, submission.Blob{Digest: digest, Size: int64(len(p.files[digest]))})
			}
			return s, nil
		}
	}
	return submission.Submission{}, fault.New("test.none", "test", opID)
}

func (q queue) OpenSealed(_ context.Context, digest string) (io.ReadSeekCloser, int64, error) {
	for _, p := range q {
		if data, ok := p.files[digest]; ok {
			return nopCloser{bytes.NewReader(data)}, int64(len(data)), nil
		}
	}
	return nil, 0, fault.New("test.none", "test", digest)
}

type nopCloser struct{ io.ReadSeeker }

func (nopCloser) Close() error { return nil }

// carry writes what waits into a folder, signed by a device.
func (h *house) carry(place string, from stick.Sender, q queue) {
	h.t.Helper()
	folder, err := stick.Create(place)
	if err == nil {
		_, err = folder.Post(context.Background(), q, from)
	}
	if err == nil {
		err = folder.Close()
	}
	if err != nil {
		h.t.Fatal(err)
	}
}

// sender is a device that is signed in, as it signs letters.
func (h *house) sender(d api.Device) stick.Sender {
	seed, _ := h.keys.of(d.Token)
	return stick.Sender{Mutual: demo.Mutual.ID, Device: d.ID, Key: seed}
}

// takeIn takes a folder in, and returns what became of each letter and what the folder answers, by op id.
func (h *house) takeIn(place string) (map[string]server.Carried, map[string]stick.Answer) {
	h.t.Helper()
	folder, err := stick.Open(place)
	if err != nil {
		h.t.Fatal(err)
	}
	defer folder.Close()
	all, err := h.server.TakeParcel(context.Background(), folder, "rossi")
	if err != nil {
		h.t.Fatal(err)
	}
	done, answers := map[string]server.Carried{}, map[string]stick.Answer{}
	for _, c := range all {
		done[c.Name] = c
	}
	list, unread := folder.Answers()
	if len(unread) != 0 {
		h.t.Fatal(unread)
	}
	for _, a := range list {
		answers[a.OpID] = a
	}
	return done, answers
}

func TestWhatIsCarriedHereIsTakenInAsOverTheLineHoweverOften(t *testing.T) { // CLM-22
	everywhere(t, func(t *testing.T, h *house) {
		d := h.signIn()
		var c claim.Claim
		one := h.newSubmission(2, func(made *claim.Claim) { c = *made })
		c.Revision, c.OpID = 2, h.newID()
		two := h.pack(parcel{files: one.files}, c, demo.Household())
		q := queue{one, two, h.newSubmission(1)}
		place := t.TempDir()
		h.carry(place, h.sender(d), q)
		h.append(d.Token, one.put.Blobs[0], 0, int64(len(one.files[one.put.Blobs[0]])), one.files[one.put.Blobs[0]][:99]) // some came over the line
		_, first := h.takeIn(place)
		for _, p := range q {
			if r := h.receipt(first[p.put.OpID].Receipt); r.OpID != p.put.OpID || r.Revision != p.revision || r.Plain != p.put.Plain {
				t.Fatalf("%+v", r)
			}
			if got := h.getReceipt(d.Token, p.subject, p.revision); !bytes.Equal(got.body, first[p.put.OpID].Receipt) {
				t.Fatalf("over the line: %s", got.body)
			}
		}
		other := t.TempDir()
		h.carry(other, h.sender(d), q) // another copy, to another server of the house
		h.reopen()
		for _, place := range []string{place, other} {
			_, again := h.takeIn(place)
			for _, p := range q {
				if !bytes.Equal(again[p.put.OpID].Receipt, first[p.put.OpID].Receipt) {
					t.Fatalf("another receipt: %s", again[p.put.OpID].Receipt)
				}
			}
		}
		if claims, err := h.archive.Store.Claims(context.Background()); err != nil || len(claims) != 2 {
			t.Fatalf("%+v, %v", claims, err)
		}
	})
}

// A body that is sealed to the mutual proves nothing of who wrote it: without the key of a device that is signed in, nothing is taken.
func TestALetterThatItsDeviceDidNotSignIsNotTaken(t *testing.T) {
	everywhere(t, func(t *testing.T, h *house) {
		d, gone := h.signIn(), h.signIn()
		h.revoke(gone.ID)
		stolen, _ := newKey(t)
		for name, c := range map[string]struct {
			from stick.Sender
			code string
		}{
			"another key":            {stick.Sender{Mutual: demo.Mutual.ID, Device: d.ID, Key: stolen}, api.CodeProof},
			"an unknown device":      {stick.Sender{Mutual: demo.Mutual.ID, Device: h.newID(), Key: stolen}, api.CodeUnauthorised},
			"a device signed out":    {h.sender(gone), api.CodeRevoked},
			"sealed to another one":  {stick.Sender{Mutual: "insieme", Device: d.ID, Key: h.sender(d).Key}, api.CodeUnauthorised},
			"a device of some other": {h.sender(h.second()), api.CodeContent},
		} {
			p := h.newSubmission(1)
			place := t.TempDir()
			h.carry(place, c.from, queue{p})
			done, answers := h.takeIn(place)
			if got := done[p.put.OpID]; got.Code != c.code || got.Number != "" {
				t.Fatalf("%s: %+v", name, got)
			}
			h.wantRefusal(p, answers[p.put.OpID])
			if c.code != api.CodeContent { // nothing of it lies here
				if _, err := os.Stat(filepath.Join(h.dir, "blobs", string(demo.Elena), p.put.Blobs[0])); !os.IsNotExist(err) {
					t.Fatalf("%s: %v", name, err)
				}
			}
		}
		if claims, err := h.archive.Store.Claims(context.Background()); err != nil || len(claims) != 0 {
			t.Fatalf("%+v, %v", claims, err)
		}
	})
}

// wantRefusal fails when an answer is no refusal that the member's program can verify.
func (h *house) wantRefusal(p parcel, a stick.Answer) {
	h.t.Helper()
	if a.Refusal == nil {
		h.t.Fatalf("%+v", a)
	}
	err := seal.VerifyAnswer(h.archive.Keys.Public(), http.MethodPut, revisionPath(api.PathSubmission, p.subject, p.revision), p.put.OpID,
		a.Refusal.Status, a.Refusal.Body, a.Refusal.Signature)
	if err != nil {
		h.t.Fatal(err)
	}
}

func TestOfAParcelWhatIsWrongIsRefusedOrLeftAndTheRestGoesOn(t *testing.T) {
	everywhere(t, func(t *testing.T, h *house) {
		d := h.signIn()
		bad := h.newSubmission(1, func(c *claim.Claim) { c.Documents[0].Service = "dance" })
		torn, lost, good := h.newSubmission(1), h.newSubmission(1), h.newSubmission(1)
		place := t.TempDir()
		h.carry(place, h.sender(d), queue{bad, torn, lost, good})
		file := func(folder, name string) string { return filepath.Join(place, stick.Name, folder, name) }
		if err := os.WriteFile(file("letters", torn.put.OpID+".json"), []byte("{"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(file("files", lost.put.Blobs[0])); err != nil {
			t.Fatal(err)
		}
		done, answers := h.takeIn(place)
		if len(done) != 4 || len(answers) != 2 || done["letters/"+torn.put.OpID+".json"].Code != string(stick.CodeDamaged) ||
			done[lost.put.OpID].Code != string(stick.CodeIncomplete) || done[good.put.OpID].Number == "" {
			t.Fatalf("%+v", done)
		}
		h.wantRefusal(bad, answers[bad.put.OpID])
		var problem api.Problem
		if err := json.Unmarshal(answers[bad.put.OpID].Refusal.Body, &problem); err != nil || problem.Code != api.CodeContent || done[bad.put.OpID].Field != problem.Field {
			t.Fatalf("%+v, %v", problem, err)
		}
		h.receipt(answers[good.put.OpID].Receipt)
		h.carry(place, h.sender(d), queue{torn, lost}) // the stick comes again, whole
		if done, _ = h.takeIn(place); done[torn.put.OpID].Number == "" || done[lost.put.OpID].Number == "" {
			t.Fatalf("%+v", done)
		}
	})
}
