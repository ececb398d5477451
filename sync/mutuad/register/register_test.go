package register_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/request"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/archive"
	"github.com/sodale/sodale/sync/mutuad/demo"
	"github.com/sodale/sodale/sync/mutuad/register"
	"github.com/sodale/sodale/sync/mutuad/store"
	"github.com/sodale/sodale/sync/mutuad/storetest"
)

var ctx = context.Background()

// book is an archive with the demo member in it.
type book struct{ *archive.Archive }

func open(t testing.TB, databaseURL string) book {
	t.Helper()
	a, err := archive.Open(ctx, t.TempDir(), archive.Options{DatabaseURL: databaseURL})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := demo.Seed(ctx, a); err != nil {
		t.Fatal(err)
	}
	return book{a}
}

type fataler interface{ Fatal(...any) }

func must[T any](t fataler) func(T, error) T {
	return func(v T, err error) T {
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// file files a request as if it had come over the line.
func (b book) file(t fataler, f request.Filed) (register.Filing, error) {
	plain := must[[]byte](t)(request.Encode(f))
	var sealed bytes.Buffer
	w, err := b.Box.Seal(&sealed)
	if err == nil {
		_, err = w.Write(plain)
	}
	if err != nil || w.Close() != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(plain)
	return register.File(ctx, b.Archive, register.Entry{Member: string(f.Holder), Device: "test", Letter: must[register.Letter](t)(register.Read(string(f.Kind), plain)),
		Put: api.Put{OpID: f.OpID, Kind: string(f.Kind), Body: sealed.Bytes(), Plain: hex.EncodeToString(sum[:]), Blobs: []string{}}})
}

func (b book) change(t fataler, base, mine member.Details) request.Filed {
	return request.Filed{Format: request.FiledFormat, ID: must[string](t)(b.NewID()), Revision: 1, OpID: must[string](t)(b.NewID()),
		Kind: submission.KindProfile, Holder: demo.Elena, Number: demo.User, MadeAt: b.Now(), Change: &member.Change{Person: demo.Elena, Base: base, Mine: mine}}
}

func (b book) details(t fataler) member.Details {
	d, _ := must[member.Household](t)(b.Store.Household(ctx, string(demo.Elena))).Details(demo.Elena)
	return d
}

// Values of the fields that are not proved, so that what was taken is there at once.
var (
	ibans    = []string{"IT56N0542801602000000417435", "IT60X0542811101000000123456", "SM86U0322509800000000270100"}
	postals  = []member.Postal{member.ToResidence, member.ToDomicile}
	payments = []member.Payment{member.ByTransfer, member.ByCheque}
	homes    = []*member.Address{nil, {Street: "Via Po 3", PostCode: "10124", Town: "Torino", Province: "TO"}, {Street: "Via Arno 5", PostCode: "50121", Town: "Firenze", Province: "FI"}}
)

var drawn = []member.Field{member.FieldIBAN, member.FieldPostal, member.FieldPayment, member.FieldDomicile}

// edit changes some fields.
func edit(t *rapid.T, d member.Details) member.Details {
	other := member.Details{IBAN: rapid.SampledFrom(ibans).Draw(t, "iban"), Postal: rapid.SampledFrom(postals).Draw(t, "postal"),
		Payment: rapid.SampledFrom(payments).Draw(t, "payment"), Domicile: rapid.SampledFrom(homes).Draw(t, "domicile")}
	for _, f := range rapid.SliceOfDistinct(rapid.SampledFrom(drawn), func(f member.Field) member.Field { return f }).Draw(t, "fields") {
		d = d.With(f, other)
	}
	return d
}

// However edits here, edits at the mutual and old views of the household interleave, a change is taken over whole or refused whole
// with exactly the fields that both sides changed to different values, and what nobody changed stays.
func TestNoFieldIsLostBetweenMemberAndMutual(t *testing.T) { // PER-02, PER-05
	b := open(t, "")
	seen := []member.Details{b.details(t)} // what a program may still hold
	rapid.Check(t, func(t *rapid.T) {
		for range rapid.IntRange(1, 6).Draw(t, "steps") {
			before := b.details(t)
			if rapid.Bool().Draw(t, "at the mutual") {
				b.edited(t, edit(t, before))
				seen = append(seen, b.details(t))
				continue
			}
			base := seen[max(0, len(seen)-1-rapid.IntRange(0, 3).Draw(t, "behind"))]
			mine := edit(t, base)
			if len((member.Change{Base: base, Mine: mine}).Fields()) == 0 {
				continue
			}
			_, err := b.file(t, b.change(t, base, mine))
			judge(t, base, mine, before, b.details(t), err)
			seen = append(seen, b.details(t))
		}
		b.wantNoGap(t)
	})
}

// judge checks what came of a change against the three sides, written apart from the code.
func judge(t *rapid.T, base, mine, before, after member.Details, err error) {
	var clash []string
	for _, f := range member.Fields {
		if !base.Same(mine, f) && !base.Same(before, f) && !mine.Same(before, f) {
			clash = append(clash, string(f))
		}
	}
	var refused *register.Refusal
	if errors.As(err, &refused) {
		if refused.Code != api.CodeConflict || !slices.Equal(strings.Split(refused.Field, ","), clash) || !after.Equal(before) {
			t.Fatalf("refused with %v, want %v", refused, clash)
		}
		return
	}
	if err != nil || clash != nil {
		t.Fatalf("%v, want a conflict of %v", err, clash)
	}
	for _, f := range member.Fields {
		want := before
		if !base.Same(mine, f) {
			want = mine
		}
		if !after.Same(want, f) {
			t.Fatalf("%s is %+v, want %+v", f, after.Only(f), want.Only(f))
		}
	}
}

// edited is an edit by the mutual's people.
func (b book) edited(t *rapid.T, d member.Details) {
	err := b.Store.Write(ctx, func(tx *store.Tx) error {
		h, err := tx.Household(ctx, string(demo.Elena))
		if err != nil {
			return err
		}
		n, err := b.ChangeHousehold(ctx, tx, string(demo.Elena), h.With(demo.Elena, d), "")
		if err != nil {
			return err
		}
		return b.TellNext(ctx, tx, string(demo.Elena), n)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (b book) wantNoGap(t *rapid.T) {
	last := must[int64](t)(b.Store.LastSeq(ctx, string(demo.Elena)))
	page := must[[]api.Event](t)(b.Store.Events(ctx, string(demo.Elena), max(0, last-50), 100))
	for i, e := range page {
		if e.Seq != last-int64(len(page)-1-i) {
			t.Fatalf("place %d", e.Seq)
		}
	}
}

func TestARelativeIsTakenIntoOneHouseholdAlone(t *testing.T) { // FAM-04
	storetest.Each(t, func(t *testing.T, databaseURL string) {
		b := open(t, databaseURL)
		marta := demo.Cast()[3]
		bruno := demo.Cast()[0]
		ask := func(holder member.ID, number string) request.Filed {
			p := marta.Person
			return request.Filed{Format: request.FiledFormat, ID: must[string](t)(b.NewID()), Revision: 1, OpID: must[string](t)(b.NewID()), Kind: submission.KindFamily,
				Holder: holder, Number: number, MadeAt: b.Now(), Family: &member.Newcomer{GivenName: p.GivenName, FamilyName: p.FamilyName, Sex: p.Sex,
					DateOfBirth: p.DateOfBirth, BirthPlace: p.BirthPlace, FiscalCode: p.FiscalCode, Role: member.Other}}
		}
		rules, err := b.Rules(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if rules.Version, rules.Relatives.SameMobileOnly = 2, false; b.SetRules(ctx, rules) != nil {
			t.Fatal("rules")
		}
		outcomes := make(chan error)
		for _, f := range []request.Filed{ask(demo.Elena, demo.User), ask(bruno.Person.ID, bruno.Number)} {
			go func() {
				_, err := b.file(t, f)
				outcomes <- err
			}()
		}
		first, second := <-outcomes, <-outcomes
		var refused *register.Refusal
		if first != nil {
			first, second = second, first
		}
		if first != nil || !errors.As(second, &refused) || refused.Code != api.CodePersonUnknown {
			t.Fatalf("%v, %v", first, second)
		}
	})
}

func FuzzABodyIsReadOrRefused(f *testing.F) {
	f.Add("profile", []byte(`{"format":1}`))
	f.Add("claim", []byte(`{"format":1,"id":"x"}`))
	f.Add("erasure", []byte(`{"format":1,"kind":"erasure","erasure":"account"}`))
	f.Fuzz(func(t *testing.T, kind string, plain []byte) {
		if !register.Known(kind) {
			return
		}
		l, err := register.Read(kind, plain)
		var refused *register.Refusal
		if err != nil && !errors.As(err, &refused) {
			t.Fatal(err)
		}
		if err == nil && kind != string(submission.KindClaim) && (string(l.Request.Kind) != kind || len(l.Files()) > 0) {
			t.Fatalf("%+v", l)
		}
	})
}
