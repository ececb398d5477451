//go:build unix

package faults_test

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/storage"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/engine"
	"github.com/sodale/sodale/sync/engine/faults"
)

// childVariable holds the orders of a process that plays the member's program and may die at any of its points.
const childVariable = "SODALE_FAULTS_CHILD"

func TestMain(m *testing.M) {
	if text := os.Getenv(childVariable); text != "" {
		var o orders
		if err := json.Unmarshal([]byte(text), &o); err != nil {
			panic(err)
		}
		if err := o.live(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// orders are what a child is to do and where it is to die.
type orders struct {
	Dir     string
	Code    string // "" = open with the password
	Profile api.Profile
	Setup   storage.Setup
	Seed    uint64
	Point   string // where to die; "" = nowhere
	Nth     int64  // at the how-manieth time
	Rest    bool   // only deliver what is there
}

// say tells the parent something. The pipe has it when the call returns, whatever happens to this process.
func say(words ...any) { fmt.Fprintln(os.Stdout, words...) }

// fuse dies at the point of the orders.
func (o orders) fuse() func(string) {
	var passed atomic.Int64
	return func(point string) {
		if point == o.Point && passed.Add(1) == o.Nth {
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {}
		}
	}
}

// live is one life of the program: open, tell what is there, work, deliver, close.
func (o orders) live() error {
	fail := o.fuse()
	if !storage.Exists(o.Dir) {
		code, err := storage.Create(o.Dir, storage.Options{Fail: fail}, vaultPassword, o.Setup)
		if err != nil {
			return err
		}
		say("code", strings.ReplaceAll(code, " ", "_"))
		o.Code = code
	}
	if strings.HasPrefix(o.Point, "purge.") {
		if err := o.leaveRubbish(); err != nil {
			return err
		}
	}
	h, err := openHome(o.Dir, o.Code, fail)
	if err != nil {
		return err
	}
	if err := h.tell(); err != nil {
		return err
	}
	e := h.engine(o.Profile, func(c *engine.Config) { c.Fail, c.Transport = fail, o.road() })
	stop := run(e)
	if !o.Rest {
		if err := o.work(h, e); err != nil {
			return err
		}
	}
	if !until(30*time.Second, h.allAtRest) {
		return fmt.Errorf("not everything came to rest: %s", h.waiting())
	}
	if o.Rest {
		if !until(30*time.Second, h.allAnswered) {
			return fmt.Errorf("the mutual's events did not come")
		}
		if err := h.tell(); err != nil {
			return err
		}
	}
	stop()
	return h.store.Close()
}

// leaveRubbish puts a draft into the bin that is old enough to be purged at the next unlock.
func (o orders) leaveRubbish() error {
	h, err := openHome(o.Dir, o.Code, nil)
	if err != nil {
		return err
	}
	c, err := h.desk.New(context.Background())
	if err == nil {
		c.DeletedAt = time.Now().AddDate(0, 0, -60)
		_, err = h.store.SaveDraft(context.Background(), c)
	}
	if err != nil {
		return err
	}
	return h.store.Close()
}

// road loses one append where a point of an interrupted delivery is to be reached.
func (o orders) road() http.RoundTripper {
	next := engine.NewTransport(o.Profile)
	if !strings.HasPrefix(o.Point, "interrupted.") {
		return next
	}
	var lost atomic.Bool
	return &faults.Road{Next: next, Plan: func(r *http.Request) faults.Mishap {
		if r.Method == http.MethodPatch && !lost.Swap(true) {
			return faults.LoseBefore
		}
		return faults.Pass
	}}
}

// work is what a member does in a life: types a draft, adds files, sends it off, sometimes corrects it.
func (o orders) work(h *home, e *engine.Engine) error {
	ctx, dice := context.Background(), rand.New(rand.NewPCG(o.Seed, 3))
	if err := o.detour(h); err != nil {
		return err
	}
	c, err := h.draft(random(o.Seed), fmt.Sprintf("%d-0", o.Seed))
	if err != nil {
		return err
	}
	say("saved", c.ID, c.Documents[0].Notes)
	for i := range 1 + dice.IntN(3) {
		if c, err = h.typeOn(c, fmt.Sprintf("%d-%d", o.Seed, i+1)); err != nil {
			return err
		}
	}
	for range 1 + dice.IntN(2) {
		if c, err = h.addFile(c, o.Seed, 100+dice.IntN(200_000)); err != nil {
			return err
		}
	}
	if o.Point == "refused.committed" {
		c.Documents[0].Person = "01890a5d-ac96-774b-bcce-b302099a9999" // nobody of the household: the mutual refuses it
	}
	if c, err = h.desk.Save(ctx, c); err != nil {
		return err
	}
	for revision := range 1 + dice.IntN(2) {
		if revision > 0 {
			if c, err = h.correct(c); err != nil {
				return err
			}
		}
		say("freezing", c.ID)
		if c, err = h.desk.Finalise(ctx, c.ID); err != nil {
			return err
		}
		say("froze", c.OpID, c.ID, c.Revision)
		e.Poke()
	}
	return nil
}

// detour passes the points that a delivery does not.
func (o orders) detour(h *home) error {
	ctx := context.Background()
	switch {
	case strings.HasPrefix(o.Point, "slots."):
		return h.store.SetPassword(ctx, vaultPassword, time.Time{})
	case strings.HasPrefix(o.Point, "profile."):
		return h.renumber(ctx, fmt.Sprint(o.Seed))
	}
	return nil
}

// renumber stores the mutual's profile with another phone number.
func (h *home) renumber(ctx context.Context, phone string) error {
	p, err := profileOf(h.store)
	if err != nil {
		return err
	}
	p.Phone = phone
	raw, err := json.Marshal(p)
	if err != nil {
		return err
	}
	return h.store.SetProfile(ctx, raw)
}

// typeOn saves the next text of a draft.
func (h *home) typeOn(c claim.Claim, text string) (claim.Claim, error) {
	c.Documents[0].Notes = text
	say("typing", c.ID, text)
	c, err := h.desk.Save(context.Background(), c)
	if err == nil {
		say("saved", c.ID, text)
	}
	return c, err
}

// correct opens the claim as the mutual and the engine left it for its next revision.
func (h *home) correct(c claim.Claim) (claim.Claim, error) {
	now, err := h.store.Claim(context.Background(), c.ID)
	if err != nil {
		return c, err
	}
	return h.desk.Correct(context.Background(), now)
}

func (h *home) addFile(c claim.Claim, seed uint64, size int) (claim.Claim, error) {
	data, err := scan(random(seed+uint64(size)), size)
	if err != nil {
		return c, err
	}
	a, err := h.desk.Attach(context.Background(), "scan.pdf", data)
	if err != nil {
		return c, err
	}
	d := &c.Documents[0]
	d.Attachments = append(d.Attachments, a)
	return h.desk.Save(context.Background(), c)
}

// tell says everything that is there: texts, deliveries, files and what names them.
func (h *home) tell() error {
	ctx := context.Background()
	claims, err := h.store.Claims(ctx)
	if err != nil {
		return err
	}
	all, err := h.store.Deliveries(ctx)
	if err != nil {
		return err
	}
	say("begin")
	for _, c := range claims {
		say("text", c.ID, c.Documents[0].Notes)
		for _, a := range c.Attachments() {
			say("names", a.Blob)
		}
	}
	for _, d := range all {
		say("delivery", d.OpID, d.Subject, d.Revision, d.Status, "r"+sum(d.Receipt))
		for _, b := range d.Blobs {
			say("names", b.Digest)
		}
	}
	files, err := os.ReadDir(h.dir + "/blobs")
	if err != nil {
		return err
	}
	for _, f := range files {
		if _, err := hex.DecodeString(f.Name()); err == nil {
			say("file", f.Name())
		} else {
			say("rubbish", f.Name())
		}
	}
	say("end")
	return nil
}

// allAnswered reports whether the feed brought the mutual's word on every delivered claim.
func (h *home) allAnswered() bool {
	ctx := context.Background()
	all, err := h.store.Deliveries(ctx)
	if err != nil {
		return false
	}
	for _, d := range all {
		if d.Status != submission.Delivered {
			continue
		}
		if c, err := h.store.Claim(ctx, claim.ID(d.Subject)); err != nil || c.Mutual.State == "" {
			return false
		}
	}
	return true
}
