package privacy_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/privacy"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func TestTheLedgerKeepsEveryAnswerAndTheLatestCounts(t *testing.T) { // PRV-04
	rapid.Check(t, func(t *rapid.T) {
		answers := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) privacy.Answer {
			return privacy.Answer{Consent: rapid.SampledFrom([]string{"privacy", "newsletter"}).Draw(t, "consent"), Version: "1",
				Person: rapid.SampledFrom([]string{"", "elena", "paolo"}).Draw(t, "person"), Given: rapid.Bool().Draw(t, "given"),
				At: noon.Add(time.Duration(rapid.IntRange(0, 1000).Draw(t, "minute")) * time.Minute)}
		}), 0, 20).Draw(t, "answers")
		cut := rapid.IntRange(0, len(answers)).Draw(t, "confirmed")
		l := privacy.NewLedger("elena", answers[:cut], answers[cut:])
		again := privacy.NewLedger("elena", answers[:cut], answers) // what was sent has arrived meanwhile
		if !slices.Equal(l.All(), again.All()) {
			t.Fatalf("%v\n%v", l.All(), again.All())
		}
		if !slices.IsSortedFunc(l.All(), func(a, b privacy.Entry) int { return a.At.Compare(b.At) }) {
			t.Fatal("not in order")
		}
		for _, a := range answers {
			last, ok := l.Current(a.Consent, a.Person)
			if !ok || last.At.Before(a.At) {
				t.Fatalf("%+v is later than %+v", a, last)
			}
		}
	})
}

func TestAnAnswerToAnOlderTextDoesNotCountForTheNewOne(t *testing.T) {
	l := privacy.NewLedger("elena", []privacy.Answer{{Consent: "privacy", Version: "2019-01", Person: "elena", Given: true, At: noon}}, nil)
	if !l.Given("privacy", "2019-01", "") || !l.Given("privacy", "", "elena") || l.Given("privacy", "2026-01", "") || l.Given("terms", "", "") {
		t.Fatal(l.All())
	}
}

func TestAConsentThatRestsOnTheContractHoldsUntilItIsWithdrawn(t *testing.T) { // AMB-78, PRV-12
	letter := mutual.Consent{ID: "newsletter", Version: "2019-01", Standing: true}
	if !privacy.NewLedger("elena", nil, nil).Holds(letter, "elena") || privacy.NewLedger("elena", nil, nil).Holds(mutual.Consent{ID: "privacy"}, "") {
		t.Fatal("what was never answered")
	}
	no := privacy.Answer{Consent: "newsletter", Version: "2019-01", Given: false, At: noon}
	yes := privacy.Answer{Consent: "newsletter", Version: "2019-01", Given: true, At: noon.Add(time.Hour)}
	if privacy.NewLedger("elena", nil, []privacy.Answer{no}).Holds(letter, "elena") || !privacy.NewLedger("elena", nil, []privacy.Answer{no, yes}).Holds(letter, "elena") {
		t.Fatal("the latest answer does not count")
	}
	letter.Version = "2026-01"
	if privacy.NewLedger("elena", []privacy.Answer{yes}, nil).Holds(letter, "elena") {
		t.Fatal("an answer to another text counts")
	}
}

func TestEveryRightHasAWay(t *testing.T) { // PRV-09, PRV-10
	seen := map[privacy.Right]privacy.Means{}
	for _, c := range privacy.Rights() {
		seen[c.Right] = c.Means
	}
	for _, r := range []privacy.Right{privacy.Access, privacy.Portability, privacy.Rectify, privacy.Erase, privacy.Restrict, privacy.Anonymise, privacy.Object, privacy.Withdraw, privacy.Complain} {
		if seen[r] == "" {
			t.Errorf("%s has no way", r)
		}
	}
	p := mutual.Profile{Contacts: mutual.Contacts{EMail: "info@aurora.example"}}
	if privacy.WriteTo(p) != "info@aurora.example" {
		t.Error(privacy.WriteTo(p))
	}
	p.Contacts.DPOEMail = "dpo@aurora.example"
	if privacy.WriteTo(p) != "dpo@aurora.example" {
		t.Error(privacy.WriteTo(p))
	}
}

func TestEveryDeletionSaysWhatItLeaves(t *testing.T) { // DEL-01 … DEL-06, PRV-08
	p := mutual.Profile{Terms: mutual.Terms{RetainYears: 10}}
	for _, e := range privacy.Erasures {
		effect := privacy.EffectOf(e, p)
		if len(effect.Goes) == 0 || !slices.Contains(effect.Stays, privacy.Stay{Matter: privacy.MatterRecords, Years: 10}) ||
			!slices.Contains(effect.Stays, privacy.Stay{Matter: privacy.MatterMembership}) || !slices.Contains(effect.Stays, privacy.Stay{Matter: privacy.MatterComputer}) {
			t.Errorf("%+v", effect)
		}
		if slices.Contains(effect.Goes, privacy.MatterAccount) != (e == privacy.DeleteAccount) {
			t.Errorf("%+v", effect)
		}
	}
}

func TestLeavingIsCleanWhenNothingWaitsAndNothingIsLeft(t *testing.T) {
	for name, c := range map[string]struct {
		found                 privacy.Leaving
		nothing, losing, gone bool
	}{
		"an empty vault":           {privacy.Leaving{}, true, false, true},
		"with a draft":             {privacy.Leaving{Drafts: 1}, true, true, true},
		"with a queue":             {privacy.Leaving{Waiting: 2}, false, true, false},
		"with a destroyed vault's": {privacy.Leaving{Aside: 1}, false, true, false},
		"a file was left":          {privacy.Leaving{Remains: []string{"vault.db"}}, true, false, false},
		"a backup is elsewhere":    {privacy.Leaving{Backups: []string{"copia.sodale"}}, true, false, false},
	} {
		if l := c.found; l.NothingWaits() != c.nothing || l.LosesWork() != c.losing || l.Clean() != c.gone {
			t.Errorf("%s: %+v", name, l)
		}
	}
}
