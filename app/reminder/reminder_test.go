package reminder_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/reminder"
)

var today = civil.Date{Year: 2027, Month: time.June, Day: 20}

// eticare has every term there is.
func eticare() claim.Rules {
	return claim.Rules{Today: today, Mutual: mutual.Profile{ID: "coopsal", Terms: mutual.Terms{ClaimDays: 90, IntegrateDays: 30},
		Claims: mutual.Claims{DecemberFebruary: true, PrescriptionDays: 365}}}
}

func draft(d claim.ExpenseDocument) claim.Summary {
	d.ID = "d"
	return claim.Summary{State: claim.Draft, Claim: claim.Claim{ID: "c", Documents: []claim.ExpenseDocument{d}}}
}

func requested(at time.Time, by civil.Date) claim.Summary {
	return claim.Summary{State: claim.DocumentsRequested, Claim: claim.Claim{ID: "c", Mutual: claim.Standing{ReplyBy: by,
		Steps: []claim.Passage{{State: claim.DocumentsRequested, At: at}}}}}
}

func TestTermsAreRememberedBeforeTheyEnd(t *testing.T) { // NTF-09
	asked := time.Date(2027, time.May, 31, 23, 30, 0, 0, time.UTC) // 1 June in Rome
	for name, c := range map[string]struct {
		claim claim.Summary
		code  reminder.Code // "" = nothing to say
		day   civil.Date
		left  int
	}{
		"CLM-35 ninety days":             {draft(claim.ExpenseDocument{IssuedOn: today.AddDays(-80)}), reminder.ClaimTerm, today.AddDays(10), 10},
		"the last day":                   {draft(claim.ExpenseDocument{IssuedOn: today.AddDays(-90)}), reminder.ClaimTerm, today, 0},
		"a day too late":                 {draft(claim.ExpenseDocument{IssuedOn: today.AddDays(-91)}), "", today, 0},
		"far from its end":               {draft(claim.ExpenseDocument{IssuedOn: today.AddDays(-75)}), "", today, 0},
		"sent already":                   {claim.Summary{State: claim.Queued, Claim: draft(claim.ExpenseDocument{IssuedOn: today.AddDays(-80)}).Claim}, "", today, 0},
		"a school certificate":           {draft(claim.ExpenseDocument{Type: claim.SchoolCertificate, IssuedOn: today.AddDays(-80)}), "", today, 0},
		"CLM-42 thirty days":             {requested(asked, civil.Date{}), reminder.Integration, civil.Date{Year: 2027, Month: 7, Day: 1}, 11},
		"the mutual's own day":           {requested(asked, today.AddDays(25)), reminder.Integration, today.AddDays(25), 25},
		"CLM-37 prescription":            {draft(claim.ExpenseDocument{PrescribedOn: today.AddDays(-360)}), reminder.Prescription, today.AddDays(5), 5},
		"CLM-37 used in time":            {draft(claim.ExpenseDocument{PrescribedOn: today.AddDays(-360), IssuedOn: today.AddDays(-3)}), "", today, 0},
		"CLM-42 answered and on its way": {claim.Summary{State: claim.Sending, Claim: requested(asked, civil.Date{}).Claim}, "", today, 0},
	} {
		got := reminder.Of([]claim.Summary{c.claim}, eticare())
		if c.code == "" {
			if len(got) != 0 {
				t.Errorf("%s: %+v", name, got)
			}
			continue
		}
		if len(got) != 1 || got[0].Code != c.code || got[0].Day != c.day || got[0].DaysLeft != c.left || got[0].Claim != "c" {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestDocumentsOfDecemberAreRememberedUntilFebruary(t *testing.T) { // NTF-09, CLM-35, AMB-39
	rules := eticare()
	rules.Today = civil.Date{Year: 2028, Month: time.February, Day: 20} // a leap year: the 28th all the same
	got := reminder.Of([]claim.Summary{draft(claim.ExpenseDocument{IssuedOn: civil.Date{Year: 2027, Month: time.December, Day: 1}})}, rules)
	if len(got) != 1 || got[0].Code != reminder.February || got[0].Day.String() != "2028-02-28" || got[0].DaysLeft != 8 {
		t.Fatalf("%+v", got)
	}
}

func TestAMutualThatStatesNoTermRemindsOfNone(t *testing.T) {
	silent := claim.Rules{Today: today, Mutual: mutual.Profile{ID: "cesarepozzo"}}
	all := []claim.Summary{draft(claim.ExpenseDocument{IssuedOn: today.AddDays(-89), PrescribedOn: today.AddDays(-364)}), requested(time.Now(), civil.Date{})}
	if got := reminder.Of(all, silent); len(got) != 0 {
		t.Fatalf("%+v", got)
	}
}

func TestANoticeIsShownOnceForEachThreshold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		last := today.AddDays(40)
		s := requested(time.Time{}, last)
		seen, rules := map[string]int{}, eticare()
		for day := rapid.IntRange(0, 40).Draw(t, "from"); day <= 41; day++ {
			rules.Today = today.AddDays(day)
			for _, m := range reminder.Of([]claim.Summary{s}, rules) {
				if (m.ID == "") != (m.DaysLeft > reminder.Near) {
					t.Fatalf("%+v", m)
				}
				seen[m.ID]++
			}
		}
		delete(seen, "")
		if len(seen) < 1 || len(seen) > 5 || len(seen) == 5 != (seen["integration/c//"+last.String()+"/14"] > 0) {
			t.Fatalf("%v", seen)
		}
	})
}

func TestTheNearestComesFirst(t *testing.T) {
	got := reminder.Of([]claim.Summary{requested(time.Time{}, today.AddDays(9)), requested(time.Time{}, today.AddDays(2))}, eticare())
	if len(got) != 2 || got[0].DaysLeft != 2 {
		t.Fatalf("%+v", got)
	}
}
