package plan_test

import (
	"testing"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/plan"
)

func refused(say string, c *plan.Case, code plan.Code, article string) answer {
	a := answer{say: say, c: c, outcome: plan.Reject, code: code, article: article}
	if code.Curable() {
		a.outcome = plan.Integrate
	}
	if c.Expense.Form != plan.Subsidy && c.Expense.Form != plan.Lump {
		a.own = int64(c.Expense.Amount - c.Expense.Other)
	}
	return a
}

func pays(say string, c *plan.Case, refund int64, article string) answer {
	return answer{say: say, c: c, outcome: plan.Refund, code: plan.OK, refund: refund, own: int64(c.Expense.Amount-c.Expense.Other) - refund, article: article}
}

func days(say string, c *plan.Case, n int64, article string) answer {
	return answer{say: say, c: c, outcome: plan.Subsidise, code: plan.OK, refund: 2500 * n, units: n, article: article}
}

func benefit(id plan.ID, service string) func(*plan.Case) {
	return expense(func(e *plan.Expense) { e.Benefit, e.Service = id, service })
}

func fact(f plan.Fact) func(*plan.Case) {
	return expense(func(e *plan.Expense) { e.Facts = append(e.Facts, f) })
}

func cause(k plan.Cause) func(*plan.Case) { return expense(func(e *plan.Expense) { e.Cause = k }) }

func hurt(day string, report plan.Answer) func(*plan.Case) {
	return expense(func(e *plan.Expense) { e.Cause, e.Injured, e.Emergency = plan.Injury, on(day), report })
}

func service(day string) func(*plan.Case) {
	return expense(func(e *plan.Expense) { e.On, e.Document = on(day), civil.Date{} })
}

func diagnosis(text string) func(*plan.Case) {
	return expense(func(e *plan.Expense) { e.Prescribed.Diagnosis = text })
}

func TestPianoBaseTickets(t *testing.T) { // BPB-01, BPB-02, BPB-03, BPB-04, BPB-05, BPB-06, BPB-07, BPB-08, BPB-17, BPB-18, BPB-19, BPB-20
	noReport := func(e *plan.Expense) { e.Prescribed = plan.Prescribed{There: plan.No} }
	ask(t, base(t), []answer{
		pays("80 % of a ticket", ticket(), 2892, "art. 1.1"),
		pays("no ceiling", ticket(expense(func(e *plan.Expense) { e.Amount = 500000 })), 400000, ""),
		pays("no minimum", ticket(expense(func(e *plan.Expense) { e.Amount = 1 })), 1, ""),
		pays("rounded half up (AMB-01)", ticket(expense(func(e *plan.Expense) { e.Amount = 3 })), 2, ""),
		pays("instruments", ticket(benefit("instrumental_diagnostics", "Ecografia addome")), 2892, ""),
		pays("teeth looked at by instruments are included", ticket(benefit("instrumental_diagnostics", "Ortopantomografia")), 2892, ""),
		pays("a visit", ticket(benefit("specialist_visit", "Visita cardiologica")), 2892, ""),
		pays("an operation in the surgery", ticket(benefit("outpatient_surgery", "Asportazione di neo")), 2892, ""),
		pays("the emergency room asks for no prescription (AMB-10)", ticket(benefit("emergency_room", "Accesso"), expense(noReport)), 2892, ""),
		pays("a symptom is enough (AMB-53)", ticket(diagnosis("lombalgia")), 2892, ""),
		pays("a weak word with more is a diagnosis", ticket(diagnosis("controllo per ipertensione")), 2892, ""),
		pays("no validity of the prescription is stated", ticket(expense(func(e *plan.Expense) { e.Prescribed.On = on("2019-01-01") })), 2892, ""),
		pays("what another fund left", ticket(expense(func(e *plan.Expense) { e.Other = 2000 })), 1615, ""),
		pays("stamp duty is no ticket", ticket(expense(func(e *plan.Expense) { e.NonHealth = 200 })), 2732, ""),
		refused("no prescription", ticket(expense(noReport)), plan.PrescriptionMissing, "art. 1.2"),
		refused("a weak diagnosis", ticket(diagnosis(" Esami di CONTROLLO ")), plan.DiagnosisInvalid, "art. 1.2"),
		refused("no diagnosis", ticket(diagnosis("")), plan.DiagnosisInvalid, "art. 1.2"),
		refused("a receipt that does not say that it is a ticket", ticket(expense(func(e *plan.Expense) {
			e.Papers = map[plan.Paper]plan.Answer{plan.TicketReceipt: plan.No}
		})), plan.DocumentIncomplete, "art. 1.2"),
		refused("private", ticket(expense(func(e *plan.Expense) { e.Form = plan.Private })), plan.PrivateNot, "art. 5"),
		refused("intramoenia is private", ticket(expense(func(e *plan.Expense) { e.Form = plan.Intramoenia })), plan.PrivateNot, "art. 5"),
		refused("physical therapy", ticket(benefit("physical_therapy", "Magnetoterapia")), plan.ExcludedBenefit, "art. 3.3"),
		refused("a vaccination", ticket(benefit("vaccination", "Vaccino")), plan.ExcludedBenefit, "art. 3.3"),
		refused("a psychiatric visit", ticket(benefit("specialist_visit", "Visita psichiatrica")), plan.ExcludedBenefit, "art. 3.3"),
		refused("a dentist's visit", ticket(benefit("specialist_visit", "Visita odontoiatrica")), plan.ExcludedBenefit, "art. 3.3"),
		refused("lenses are not in the plan", ticket(benefit("lenses", "Lenti")), plan.NotInPlan, "scheda di sintesi"),
		refused("an illness from before", ticket(fact(plan.Preexisting)), plan.PreexistingCode, "art. 3.1"),
		refused("an illness that began before the start", ticket(expense(func(e *plan.Expense) { e.Onset = on("2020-12-31") })), plan.PreexistingCode, "art. 3.1"),
		refused("HIV at enrolment", ticket(fact(plan.HIVAtStart)), plan.PreexistingCode, "art. 3.1"),
		refused("pregnant at enrolment", ticket(cause(plan.Pregnancy), fact(plan.PregnantAtStart)), plan.PregnancyBefore, "art. 3.1"),
		refused("tobacco", ticket(fact(plan.Smoking)), plan.ExcludedCause, "art. 3.2"),
		refused("mental illness", ticket(fact(plan.Mental)), plan.ExcludedCause, "art. 3.2"),
		refused("congenital illness", ticket(fact(plan.Congenital)), plan.ExcludedCause, "art. 3.2"),
		refused("somebody else's fault", ticket(fact(plan.ThirdParty)), plan.ExcludedCause, "art. 3.2"),
		pays("who can't be found", ticket(fact(plan.ThirdParty), fact(plan.ThirdPartyUnknown)), 2892, ""),
		refused("prevention only", ticket(cause(plan.Prevention)), plan.ExcludedCause, "art. 3.2"),
		refused("a competition", ticket(fact(plan.CompetitiveSport)), plan.ExcludedCause, "art. 3.2"),
		refused("not enrolled", ticket(func(c *plan.Case) { c.Insured.Left = true }), plan.PersonNotCovered, "art. 9.2"),
	})
}

func TestPianoBaseBeginsAndEnds(t *testing.T) { // BPB-21, BPB-22, BPB-27, BPB-28, BPB-29, AMB-04, AMB-05, AMB-17, AMB-18, MEM-11, MEM-12, MEM-13
	newborn := func(asked string) func(*plan.Case) {
		return func(c *plan.Case) {
			c.Insured = plan.Insured{Role: plan.Newborn, Birth: on("2022-02-10"), Requested: on(asked)}
		}
	}
	due := func(day, paid string) func(*plan.Case) {
		return func(c *plan.Case) {
			d := plan.Due{On: on(day)}
			if paid != "" {
				d.Paid = on(paid)
			}
			c.Insured.Dues = append(c.Insured.Dues, d)
		}
	}
	ask(t, base(t), []answer{
		refused("the thirtieth day is not covered", ticket(starts("2022-01-30")), plan.WaitingPeriod, "art. 10.2"),
		pays("the thirty-first is", ticket(starts("2022-01-29")), 2892, "art. 1.1"),
		refused("before the start", ticket(starts("2022-04-01")), plan.BeforeCoverage, "art. 10.1"),
		pays("a certified injury is covered the day after", ticket(starts("2022-02-28"), hurt("2022-03-01", plan.Yes)), 2892, "art. 10.2"),
		refused("not without the report", ticket(starts("2022-02-28"), hurt("2022-03-01", plan.No)), plan.NotCertified, "art. 10.2"),
		pays("after thirty days no report is needed", ticket(hurt("2022-03-01", plan.No)), 2892, "art. 1.1"),
		refused("an injury on the first day is before", ticket(starts("2022-02-28"), hurt("2022-02-28", plan.Yes)), plan.InjuryBefore, "art. 10.2"),
		refused("the ninety-first day is late", ticket(sent("2022-05-31")), plan.Late, "art. 14.2"),
		pays("the ninetieth is in time", ticket(sent("2022-05-30")), 2892, ""),
		pays("a newborn from birth", ticket(newborn("2022-03-12")), 2892, "art. 6"),
		refused("a newborn asked for late", ticket(newborn("2022-03-13")), plan.BeforeCoverage, "art. 6"),
		pays("until the due date", ticket(due("2022-03-01", "")), 2892, ""),
		refused("unpaid", ticket(due("2022-02-28", "")), plan.Suspended, "art. 11.3"),
		refused("paid later than the service", ticket(due("2022-01-31", "2022-03-10")), plan.Suspended, "art. 11.3"),
		refused("the wait after payment", ticket(due("2022-01-31", "2022-02-05"), service("2022-03-07"), sent("2022-03-20")), plan.Reacquiring, "art. 11.3"),
		pays("after the wait", ticket(due("2022-01-31", "2022-02-05"), service("2022-03-08"), sent("2022-03-20")), 2892, ""),
		refused("more than four months wait three", ticket(due("2022-01-31", "2022-06-01"), service("2022-09-01"), sent("2022-09-20")), plan.Reacquiring, "art. 11.3"),
		pays("four months exactly wait thirty days", ticket(due("2022-01-31", "2022-05-31"), service("2022-07-01"), sent("2022-07-20")), 2892, ""),
		refused("never paid in the year", ticket(due("2021-01-31", "")), plan.Ceased, "art. 11.4"),
	})
}

func TestPianoBaseSubsidies(t *testing.T) { // BPB-09, BPB-10, BPB-11, BPB-12, BPB-13, BPB-14, BPB-15, BPB-16, BPB-23, BPB-24, BPB-25, BPB-26
	entry := func(in, out string) func(*plan.Case) {
		return expense(func(e *plan.Expense) { e.Stay.Entry, e.Stay.Exit = on(in), on(out) })
	}
	place := func(f plan.Facility) func(*plan.Case) { return expense(func(e *plan.Expense) { e.Stay.Facility = f }) }
	day := func(reason string, times int) func(*plan.Case) {
		return expense(func(e *plan.Expense) {
			e.Benefit, e.Stay.Exit, e.Stay.Reason, e.Stay.Times = "day_hospital", e.Stay.Entry, reason, times
		})
	}
	care := func(change func(*plan.Care), days ...string) func(*plan.Case) {
		return func(c *plan.Case) {
			c.Expense = plan.Expense{Benefit: "post_hospital", Form: plan.Subsidy, Cause: plan.Illness, Affiliated: plan.Yes,
				Care: plan.Care{Discharge: on("2022-05-11"), AtHome: plan.Yes, Prescribed: plan.Yes}}
			for _, d := range days {
				c.Expense.Care.Days = append(c.Expense.Care.Days, on(d))
			}
			if change != nil {
				change(&c.Expense.Care)
			}
		}
	}
	loss := func(change func(*plan.Case)) *plan.Case {
		return stay(starts("2016-01-01"), func(c *plan.Case) {
			c.Expense = plan.Expense{Benefit: "non_self_sufficiency", Form: plan.Lump, Cause: plan.Illness, Papers: map[plan.Paper]plan.Answer{plan.DoctorCertificate: plan.Yes},
				Loss: plan.Loss{Acts: []string{"nutrirsi", "lavarsi", "spostarsi"}, Since: on("2021-06-01"), Permanent: plan.Yes}}
			change(c)
		})
	}
	none := func(*plan.Case) {}
	ask(t, base(t), []answer{
		days("seven days", stay(), 7, "art. 2.1"),
		days("in and out on one day (AMB-08)", stay(entry("2022-05-04", "2022-05-04")), 1, ""),
		days("abroad, childbirth", stay(cause(plan.Childbirth)), 7, ""),
		days("a year's end (AMB-07)", stay(entry("2022-12-28", "2023-01-03"), sent("2023-02-01"), history(plan.Paid{Date: on("2022-06-01"), Benefit: "hospital_stay", Days: 88})), 4, ""),
		days("what is left of ninety days (AMB-06)", stay(history(plan.Paid{Date: on("2022-02-01"), Benefit: "day_hospital", Days: 1}, plan.Paid{Date: on("2022-02-01"), Benefit: "hospital_stay", Days: 80}, plan.Paid{Date: on("2022-02-05"), Benefit: "post_hospital", Days: 5})), 4, ""),
		refused("none left", stay(history(plan.Paid{Date: on("2022-03-01"), Benefit: "hospital_stay", Days: 90})), plan.Exhausted, "art. 2.8"),
		days("another year's days do not count", stay(history(plan.Paid{Date: on("2021-12-01"), Benefit: "hospital_stay", Days: 90})), 7, ""),
		days("after the waiting period (AMB-12)", stay(starts("2022-04-06")), 4, ""),
		refused("within it", stay(starts("2022-05-01")), plan.WaitingPeriod, "art. 10.2"),
		refused("thermal baths", stay(place(plan.Thermal)), plan.NotEligible, "art. 2.6"),
		refused("no letter", stay(expense(func(e *plan.Expense) { e.Papers = map[plan.Paper]plan.Answer{plan.DischargeLetter: plan.No} })), plan.DocumentMissing, "art. 2.5"),
		refused("a refund in the same free stay (AMB-20)", stay(history(plan.Paid{Date: on("2022-05-06"), Benefit: "lab_tests", SameStay: true})), plan.SameStay, "art. 2.8"),
		days("in a stay that was not free", stay(history(plan.Paid{Date: on("2022-05-06"), Benefit: "lab_tests", SameStay: true}), expense(func(e *plan.Expense) { e.Stay.SSN = false })), 7, ""),
		refused("late from the discharge (AMB-09)", stay(sent("2022-08-10")), plan.Late, "art. 14.2"),
		days("the last day", stay(sent("2022-08-09")), 7, ""),
		days("day hospital for surgery", stay(day("surgery", 1)), 1, "art. 2.2"),
		days("each access (AMB-11)", stay(day("chemotherapy", 4)), 4, ""),
		refused("day hospital for tests", stay(day("diagnostics", 1)), plan.DayHospital, "art. 2.2"),
		days("care in the ten days", stay(care(nil, "2022-05-11", "2022-05-12", "2022-05-12", "2022-05-21", "2022-05-22")), 2, "art. 2.3"),
		refused("an invoice without days", stay(care(nil)), plan.DocumentIncomplete, "art. 2.3"),
		refused("care later", stay(care(nil, "2022-05-22")), plan.OutOfWindow, "art. 2.3"),
		refused("care not at home", stay(care(func(c *plan.Care) { c.AtHome = plan.No }, "2022-05-12")), plan.NotAtHome, "art. 2.4"),
		refused("care not prescribed", stay(care(func(c *plan.Care) { c.Prescribed = plan.No }, "2022-05-12")), plan.PrescriptionMissing, "art. 2.4"),
		refused("care by others", stay(care(nil, "2022-05-12"), expense(func(e *plan.Expense) { e.Affiliated = plan.No })), plan.NotAffiliated, "art. 2.3"),
		days("each day has its own term", stay(care(nil, "2022-05-12", "2022-05-13"), sent("2022-08-11")), 1, ""),
		{say: "loss of self-sufficiency", c: loss(none), outcome: plan.Subsidise, code: plan.OK, refund: 250000, article: "art. 7.8"},
		refused("two acts", loss(expense(func(e *plan.Expense) { e.Loss.Acts = []string{"nutrirsi", "lavarsi", "leggere"} })), plan.NotMet, "art. 7.2"),
		refused("the same act twice", loss(expense(func(e *plan.Expense) { e.Loss.Acts = []string{"lavarsi", "Lavarsi", "spostarsi"} })), plan.NotMet, "art. 7.2"),
		refused("lost before the start", loss(expense(func(e *plan.Expense) { e.Loss.Since = on("2015-12-31") })), plan.PreexistingCode, "art. 3.1"),
		refused("asked for while suspended", loss(func(c *plan.Case) { c.Insured.Dues = []plan.Due{{On: on("2022-01-31")}} }), plan.Suspended, "art. 11.3"),
		refused("not for ever", loss(expense(func(e *plan.Expense) { e.Loss.Permanent = plan.No })), plan.NotMet, "art. 7.2"),
		refused("five months", loss(expense(func(e *plan.Expense) { e.Loss.Since = on("2022-01-02") })), plan.NotMet, "art. 7.6"),
		refused("less than five years (AMB-19)", loss(starts("2017-06-02")), plan.TooShort, "art. 7.1"),
		refused("a second time", loss(history(plan.Paid{Date: on("2020-01-01"), Benefit: "non_self_sufficiency", Cents: 250000})), plan.AlreadyPaid, "art. 7.7"),
	})
}
