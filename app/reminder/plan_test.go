package reminder_test

import (
	"slices"
	"testing"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/plan"
	"github.com/sodale/sodale/app/reminder"
)

// aPlan has a term for each thing there is to remember.
func aPlan() *plan.Plan {
	return &plan.Plan{Start: "art. 5",
		Fees:  &plan.Fees{Article: "art. 11.2"},
		Terms: []plan.Term{{ID: "withdrawal", Yearly: &plan.MonthDay{Month: 10, Day: 31}, Article: "art. 13"}},
		Waits: []plan.Wait{{Name: "Infortuni", Days: 30, Article: "art. 12"}, {Name: "Malattie", Days: 120, Article: "art. 12"}}}
}

func date(y, m, d int) civil.Date {
	return civil.Date{Year: y, Month: 1, Day: 1}.AddMonths(m - 1).AddDays(d - 1)
}

func TestTheTermsOfAMembershipAreRemembered(t *testing.T) { // NTF-09, MEM-09, MEM-14, BPB-21
	m := reminder.Membership{Plan: aPlan(), Dues: []member.Due{{On: date(2027, 1, 31), Paid: date(2027, 1, 5)}, {On: date(2027, 6, 30)}, {On: date(2027, 3, 31)}},
		People: []reminder.Covered{{ID: "luca", Insured: plan.Insured{Start: date(2027, 5, 1)}}}}
	got := reminder.OfPlan(m, today) // 20 June 2027
	type said struct {
		Code    reminder.Code
		Day     string
		Article string
		Name    string
		Person  member.ID
		Left    int
	}
	var list []said
	for _, r := range got {
		list = append(list, said{r.Code, r.Day.String(), r.Article, r.Name, r.Person, r.DaysLeft})
	}
	want := []said{{reminder.Contribution, "2027-06-30", "art. 11.2", "", "", 10},
		{reminder.Cover, "2027-08-29", "art. 12", "Malattie", "luca", 70},
		{reminder.Withdrawal, "2027-10-31", "art. 13", "", "", 133}}
	if !slices.Equal(list, want) {
		t.Errorf("got %+v\nwant %+v", list, want)
	}
	if soon := reminder.Soon(got); len(soon) != 1 || soon[0].ID == "" {
		t.Errorf("soon: %+v", soon)
	}
}

func TestAfterTheLastDayToLeaveTheNextYearsIsTheTerm(t *testing.T) { // MEM-14, MEM-29
	p := aPlan()
	p.Terms[0].ID, p.Terms[0].Yearly = "cancellation", &plan.MonthDay{Month: 11, Day: 1}
	for on, want := range map[civil.Date]string{date(2026, 10, 31): "2026-11-01", date(2026, 11, 1): "2026-11-01", date(2026, 11, 2): "2027-11-01", date(2026, 12, 31): "2027-11-01"} {
		got := reminder.OfPlan(reminder.Membership{Plan: p}, on)
		if len(got) != 1 || got[0].Day.String() != want {
			t.Errorf("on %s: %+v", on, got)
		}
	}
}

func TestWithoutThePlansRulesContributionsAreRememberedAllTheSame(t *testing.T) {
	got := reminder.OfPlan(reminder.Membership{Dues: []member.Due{{On: today}}}, today)
	if len(got) != 1 || got[0].Code != reminder.Contribution || got[0].DaysLeft != 0 {
		t.Errorf("%+v", got)
	}
}

func TestWaitingPeriodsOfOneDayAreOneReminderForEachPerson(t *testing.T) { // BEE-25
	p := aPlan()
	p.Waits[1].Days = 30
	got := reminder.OfPlan(reminder.Membership{Plan: p, People: []reminder.Covered{{ID: "luca", Insured: plan.Insured{Start: today}}, {ID: "elena", Insured: plan.Insured{Start: today}}}}, today)
	if len(got) != 3 || got[0].Name != "Infortuni, Malattie" || got[0].Person != "luca" || got[1].Person != "elena" || got[0].Key() == got[1].Key() {
		t.Errorf("%+v", got)
	}
}
