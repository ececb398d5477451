package request_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/sodale/sodale/app/claim/claimtest"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/request"
	"github.com/sodale/sodale/app/request/requesttest"
	"github.com/sodale/sodale/app/submission"
)

// texts are three fields that take whatever the world invents and need no proof.
var texts = []member.Field{member.FieldDomicile, member.FieldPhoto, member.FieldIBAN}

func detailsWith(f member.Field, value string) member.Details {
	return member.Details{}.With(f, member.Details{Domicile: &member.Address{Street: value}, Photo: []byte(value), IBAN: value})
}

// world is a member, a vault and a mutual that hear of each other only when the line is there.
type world struct {
	desk    *request.Desk
	vault   *requesttest.Vault
	clock   *claimtest.Clock
	mutual  member.Household
	applied []member.Details // what the mutual took, ever
	typed   map[member.Field]member.Details
	n       int
}

func (w *world) fresh() string { w.n++; return fmt.Sprintf("v%d", w.n) }

// deliver hands the next waiting revision to the mutual, which applies it whole or refuses it whole.
func (w *world) deliver(t *rapid.T) {
	all, _ := w.vault.Requests(t.Context())
	i := slices.IndexFunc(all, func(r request.Request) bool { return r.Delivery.Status == submission.Queued })
	if i < 0 {
		return
	}
	said, _ := w.mutual.Details("elena")
	next := said
	for _, f := range all[i].Change.Fields() {
		if !said.Same(all[i].Change.Base, f) && !said.Same(all[i].Change.Mine, f) {
			w.vault.SetStatus(all[i].OpID, submission.Held, request.CodeConflict)
			return
		}
		next = next.With(f, all[i].Change.Mine)
	}
	w.mutual = w.mutual.With("elena", next)
	w.mutual.Version++
	w.applied = append(w.applied, next)
	w.vault.SetStatus(all[i].OpID, submission.Delivered, "")
}

// check: whatever the member typed last in a field is on the sheet, on its way, was taken by the mutual, or was given up and kept.
func (w *world) check(t *rapid.T) {
	s, err := w.desk.Sheet(t.Context(), "elena")
	if err != nil {
		t.Fatal(err)
	}
	past, _ := w.vault.Past(t.Context())
	for f, value := range w.typed {
		kept := s.Edit.Mine.Same(value, f) || s.Expected.Same(value, f) ||
			slices.ContainsFunc(w.applied, func(d member.Details) bool { return d.Same(value, f) }) ||
			slices.ContainsFunc(past, func(p member.Past) bool {
				return p.Field == f && p.Whose == member.WhoseMine && p.Value.Same(value, f)
			})
		if !kept {
			t.Fatalf("%s %+v is lost: sheet %+v", f, value, s)
		}
	}
}

// step is one of the things that may happen at any moment.
type step = func(*rapid.T)

func newWorld() *world {
	w := &world{vault: requesttest.NewVault(household()), clock: claimtest.NewClock(noon), mutual: household(), typed: map[member.Field]member.Details{}}
	w.desk, _, _ = newDesk()
	w.desk.Vault, w.desk.Clock = w.vault, w.clock
	return w
}

func (w *world) sheet(t *rapid.T) request.Sheet {
	s, err := w.desk.Sheet(t.Context(), "elena")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (w *world) steps() map[string]step {
	return map[string]step{
		"type": func(t *rapid.T) {
			f := rapid.SampledFrom(texts).Draw(t, "field")
			value := detailsWith(f, w.fresh())
			e := w.sheet(t).Edit
			e.Mine = e.Mine.With(f, value)
			if _, err := w.desk.SaveEdit(t.Context(), e); err != nil {
				t.Fatal(err)
			}
			w.typed[f] = value
		},
		"send": func(t *rapid.T) {
			_, err := w.desk.ChangeDetails(t.Context(), w.sheet(t).Edit)
			if code := fault.CodeOf(err); err != nil && code != request.CodeNothing && code != request.CodeUndecided {
				t.Fatal(err)
			}
		},
		"decide": func(t *rapid.T) {
			s := w.sheet(t)
			choices := map[member.Field]bool{}
			for _, c := range s.Conflicts {
				choices[c.Field] = rapid.Bool().Draw(t, "mine")
			}
			if _, err := w.desk.Decide(t.Context(), s, choices); err != nil {
				t.Fatal(err)
			}
		},
		"deliver": w.deliver,
		"news":    func(*rapid.T) { w.vault.SetHousehold(w.mutual) },
		"crash": func(*rapid.T) {
			w.desk = &request.Desk{Vault: w.vault, Sealer: w.desk.Sealer, Clock: w.clock, Random: w.desk.Random}
		},
		"time passes": func(*rapid.T) { w.clock.Set(w.clock.Now().Add(time.Minute)) },
	}
}

func TestNoFieldEditIsLostWhateverHappensInBetween(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld()
		steps := w.steps()
		steps[""] = w.check
		steps["mutual changes"] = func(t *rapid.T) {
			f := rapid.SampledFrom(texts).Draw(t, "field")
			said, _ := w.mutual.Details("elena")
			w.mutual = w.mutual.With("elena", said.With(f, detailsWith(f, w.fresh())))
			w.mutual.Version++
		}
		t.Repeat(steps)
	})
}

func TestAMemberIsNeverInConflictWithThemselves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld()
		steps := w.steps()
		steps[""] = func(t *rapid.T) {
			s := w.sheet(t)
			if len(s.Conflicts) > 0 || s.Last != nil && s.Last.Delivery.Status == submission.Held {
				t.Fatalf("the mutual changed nothing: %+v", s)
			}
			for f, value := range w.typed {
				if !s.Edit.Mine.Same(value, f) {
					t.Fatalf("%s: %+v is not what was typed last", f, s.Edit.Mine)
				}
			}
		}
		t.Repeat(steps)
	})
}
