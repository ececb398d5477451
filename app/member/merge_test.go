package member_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/sodale/sodale/app/member"
)

// drawDetails draws from few values, so that the sides often agree and often differ.
func drawDetails(t *rapid.T, name string) member.Details {
	address := func() *member.Address {
		switch rapid.IntRange(0, 2).Draw(t, name+" domicile") {
		case 1:
			return &member.Address{Street: "Via Verdi 2", PostCode: "20121", Town: "Milano", Province: "MI"}
		case 2:
			return &member.Address{Street: "Via Dante 3", PostCode: "46100", Town: "Mantova", Province: "MN"}
		}
		return nil
	}
	pick := func(what string, values ...string) string { return rapid.SampledFrom(values).Draw(t, name+" "+what) }
	d := member.Details{Domicile: address(), EMail: pick("email", "a@esempio.it", "b@esempio.it", "c@esempio.it"),
		Mobile: pick("mobile", "", "+393330000001", "+393330000002"), Postal: member.Postal(pick("postal", "", "residence", "domicile")),
		Payment: member.Payment(pick("payment", "", "transfer", "cheque")), IBAN: pick("iban", "", "IT60X0542811101000000123456", "IT02L1234512345123456789012")}
	if p := pick("photo", "", "one", "two"); p != "" {
		d.Photo = []byte(p)
	}
	return d
}

func TestNoFieldEditIsSilentlyLostInAMerge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base, mine, theirs := drawDetails(t, "base"), drawDetails(t, "mine"), drawDetails(t, "theirs")
		merged, kept, conflicts := member.Merge(base, mine, theirs)
		for _, f := range member.Fields {
			mineChanged, theirsChanged := !base.Same(mine, f), !base.Same(theirs, f)
			i := slices.IndexFunc(conflicts, func(c member.Conflict) bool { return c.Field == f })
			switch {
			case mineChanged && theirsChanged && !mine.Same(theirs, f):
				if i < 0 || !conflicts[i].Mine.Same(mine, f) || !conflicts[i].Theirs.Same(theirs, f) || !conflicts[i].Base.Same(base, f) || !merged.Same(mine, f) {
					t.Fatalf("%s: both changed it, conflicts %v, merged %v", f, conflicts, merged)
				}
			case mineChanged && !theirsChanged:
				if !slices.Contains(kept, f) || i >= 0 || !merged.Same(mine, f) {
					t.Fatalf("%s: my change is gone", f)
				}
			default:
				if slices.Contains(kept, f) || i >= 0 || !merged.Same(theirs, f) {
					t.Fatalf("%s: the mutual's value is gone", f)
				}
			}
		}
	})
}

func TestAMergeOfEqualSidesIsTheSide(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base, side := drawDetails(t, "base"), drawDetails(t, "side")
		merged, kept, conflicts := member.Merge(base, side, side)
		if !merged.Equal(side) || len(kept)+len(conflicts) != 0 {
			t.Fatal(merged, kept, conflicts)
		}
	})
}

func TestTheOrderOfIndependentChangesDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base, other := drawDetails(t, "base"), drawDetails(t, "other")
		mine, first, second := base, base, base
		for _, f := range member.Fields {
			switch rapid.IntRange(0, 3).Draw(t, string(f)) {
			case 0:
				mine = mine.With(f, other)
			case 1:
				first = first.With(f, other)
			case 2:
				second = second.With(f, other)
			}
		}
		both, _, _ := member.Merge(base, first, second)
		edit := member.Edit{Change: member.Change{Base: base, Mine: mine}}
		one, c1 := edit.Rebase(first)
		oneThenBoth, c2 := one.Rebase(both)
		atOnce, c3 := edit.Rebase(both)
		if len(c1)+len(c2)+len(c3) != 0 || !oneThenBoth.Mine.Equal(atOnce.Mine) || !oneThenBoth.Base.Equal(atOnce.Base) {
			t.Fatalf("%v %v", oneThenBoth, atOnce)
		}
		reversed, _, _ := member.Merge(base, both, mine)
		if !reversed.Equal(atOnce.Mine) {
			t.Fatalf("%v %v", reversed, atOnce.Mine)
		}
	})
}

func TestARebaseSaysTheSameUntilTheMemberDecidesAndKeepsTheLoser(t *testing.T) {
	at := time.Date(2026, 11, 22, 18, 0, 0, 0, time.UTC)
	rapid.Check(t, func(t *rapid.T) {
		base, mine, theirs := drawDetails(t, "base"), drawDetails(t, "mine"), drawDetails(t, "theirs")
		edit, conflicts := member.Edit{Change: member.Change{Person: "p", Base: base, Mine: mine}}.Rebase(theirs)
		again, same := edit.Rebase(theirs)
		if !again.Base.Equal(edit.Base) || !again.Mine.Equal(edit.Mine) || len(same) != len(conflicts) {
			t.Fatal("a second rebase says something else")
		}
		for _, c := range conflicts {
			forMine := rapid.Bool().Draw(t, "mine")
			var lost member.Past
			edit, lost = edit.Decide(c, forMine, at)
			want, whose := theirs, member.WhoseMutual
			if !forMine {
				want, whose = mine, member.WhoseMine
			}
			if !lost.Value.Same(want, c.Field) || lost.Whose != whose || lost.Person != "p" || lost.Field != c.Field {
				t.Fatalf("lost %+v", lost)
			}
		}
		if _, left := edit.Rebase(theirs); len(left) != 0 {
			t.Fatalf("left: %v", left)
		}
	})
}

func TestADomicileEqualToTheResidenceIsNone(t *testing.T) { // PER-03
	home := member.Address{Street: "Via Roma 1", PostCode: "20121", Town: "Milano", Province: "MI"}
	same, other := home, member.Address{Street: "Via Verdi 2"}
	if (member.Details{Domicile: &same}).Living(home).Domicile != nil || (member.Details{Domicile: &other}).Living(home).Domicile == nil {
		t.Fatal("the domicile does not follow the residence")
	}
	if !(member.Details{}).Same(member.Details{Postal: member.ToResidence}, member.FieldPostal) || !(member.Details{}).Same(member.Details{Payment: member.ByTransfer}, member.FieldPayment) {
		t.Fatal("a choice left empty is not its default")
	}
}

func TestEveryPersonHasDetailsOfTheirOwn(t *testing.T) { // PER-02, PER-08
	h := member.Household{Holder: member.Person{ID: "elena"}, Family: []member.Person{{ID: "paolo"}, {ID: "luca"}}, EMail: "elena@esempio.it", IBAN: "IT60X0542811101000000123456"}
	d, ok := h.Details("elena")
	if !ok || d.EMail != "elena@esempio.it" || d.IBAN == "" {
		t.Fatal(d, ok)
	}
	changed := h.With("paolo", member.Details{EMail: "paolo@esempio.it"}).With("elena", d.With(member.FieldEMail, member.Details{EMail: "nuova@esempio.it"}))
	if p, _ := changed.Details("paolo"); p.EMail != "paolo@esempio.it" || changed.EMail != "nuova@esempio.it" || changed.IBAN != h.IBAN || h.Family[0].Details.EMail != "" {
		t.Fatalf("%+v", changed)
	}
	if _, ok := h.Details("nobody"); ok {
		t.Fatal("a stranger has details")
	}
}
