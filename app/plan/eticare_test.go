package plan_test

import (
	"testing"

	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/plan"
)

func amount(cents money.Cents) func(*plan.Case) {
	return expense(func(e *plan.Expense) { e.Amount = cents })
}

func form(f plan.Form) func(*plan.Case) { return expense(func(e *plan.Expense) { e.Form = f }) }

func provider(say string, c *plan.Case, cents int64, article string) answer {
	return answer{say: say, c: c, outcome: plan.PayDirect, code: plan.OK, provider: cents, own: int64(c.Expense.Amount) - cents, article: article}
}

func paid(day string, b plan.ID, f plan.Form, cents money.Cents) plan.Paid {
	return plan.Paid{Date: on(day), Benefit: b, Form: f, Cents: cents}
}

func at(specialty string, p plan.Paid) plan.Paid {
	p.Specialty = specialty
	return p
}

func TestEticareSpecialists(t *testing.T) { // BEG-02, BEG-05, BEG-08, BEG-09, BEG-11, BEG-15, BEG-17, BEG-21, BEE-01, BEE-02, BEE-03, BEE-04, BEE-05, BEE-07, BEE-08, BEE-09, BEE-10, BEE-11, BEE-12, BEE-24, BEE-27
	tac := benefit("high_specialisation", "TAC addome")
	prescribed := func(f func(*plan.Prescribed)) func(*plan.Case) {
		return expense(func(e *plan.Expense) { f(&e.Prescribed) })
	}
	ask(t, eticare(t), []answer{
		pays("half of a private visit", visit(), 3000, "prestazione 2"),
		pays("at most € 40", visit(amount(12000)), 4000, ""),
		pays("intramoenia is private", visit(form(plan.Intramoenia)), 3000, ""),
		pays("a ticket in full", visit(form(plan.Ticket)), 6000, ""),
		provider("directly, € 30 to the member", visit(direct, amount(9000)), 6000, "prestazione 2"),
		provider("a price below the share (AMB-31)", visit(direct, amount(2500)), 0, ""),
		pays("€ 250 a year for private visits", visit(history(paid("2025-02-01", "specialist_visit", plan.Private, 23000))), 2000, ""),
		pays("which tickets do not spend (AMB-29)", visit(history(paid("2025-02-01", "specialist_visit", plan.Ticket, 23000))), 3000, ""),
		refused("none of them left", visit(history(paid("2025-02-01", "specialist_visit", plan.Private, 25000))), plan.Exhausted, "prestazione 2"),
		pays("€ 750 in all", visit(history(paid("2025-02-01", "specialist_visit", plan.Ticket, 74000))), 1000, ""),
		pays("another year's do not count", visit(history(paid("2024-12-31", "specialist_visit", plan.Private, 25000))), 3000, ""),
		refused("two in a speciality, direct ones too (AMB-28)", visit(history(at("Ortopedia", paid("2025-02-01", "specialist_visit", plan.Directly, 1000)), at("ortopedia", paid("2025-03-01", "specialist_visit", plan.Private, 1000)))), plan.VisitsExceeded, ""),
		pays("tickets are no private visits", visit(history(at("ortopedia", paid("2025-02-01", "specialist_visit", plan.Ticket, 1000)), at("ortopedia", paid("2025-03-01", "specialist_visit", plan.Private, 1000)))), 3000, ""),
		pays("another speciality", visit(history(at("oculistica", paid("2025-02-01", "specialist_visit", plan.Private, 1000)), at("oculistica", paid("2025-03-01", "specialist_visit", plan.Private, 1000)))), 3000, ""),
		refused("one doctor prescribes and performs", visit(fact(plan.PrescriberProvides)), plan.Prescriber, "prestazione 2"),
		refused("directly too", visit(direct, fact(plan.PrescriberProvides)), plan.Prescriber, ""),
		pays("not asked of tickets", visit(form(plan.Ticket), fact(plan.PrescriberProvides)), 6000, ""),
		refused("speciality and illness do not match", visit(fact(plan.NotPertinentService)), plan.NotPertinent, "area specialistica - avvertenze"),
		refused("pain is no illness", visit(diagnosis("Lombalgia acuta")), plan.DiagnosisInvalid, "glossario - malattia"),
		refused("nor is a pain in the knee", visit(diagnosis("dolore al ginocchio destro")), plan.DiagnosisInvalid, ""),
		refused("nor weakness", visit(diagnosis("astenia")), plan.DiagnosisInvalid, ""),
		pays("pain with its illness is", visit(diagnosis("lombosciatalgia da ernia discale L5-S1")), 3000, ""),
		pays("an illness that sounds like pain", visit(diagnosis("fibromialgia")), 3000, ""),
		pays("365 days before", visit(prescribed(func(p *plan.Prescribed) { p.On = on("2024-11-12") })), 3000, ""),
		refused("366", visit(prescribed(func(p *plan.Prescribed) { p.On = on("2024-11-11") })), plan.Expired, "assistenza in forma indiretta"),
		pays("of a ticket it is a warning (AMB-38)", visit(form(plan.Ticket), prescribed(func(p *plan.Prescribed) { p.On = on("2024-11-11") })), 6000, ""),
		refused("after the document", visit(prescribed(func(p *plan.Prescribed) { p.On = on("2025-11-13") })), plan.AfterExpense, ""),
		refused("none", visit(prescribed(func(p *plan.Prescribed) { p.There = plan.No })), plan.PrescriptionMissing, "prestazione 2"),
		refused("a child doctor's visit", visit(benefit("specialist_visit", "Visita pediatrica")), plan.ExcludedBenefit, "art. 13"),
		refused("a nutritionist who is no doctor", visit(benefit("specialist_visit", "Biologo nutrizionista")), plan.ExcludedBenefit, ""),
		pays("60 % of a scan, at most € 80", visit(tac, amount(15000)), 8000, "prestazione 1"),
		pays("60 %", visit(tac, amount(9500)), 5700, ""),
		provider("directly", visit(tac, direct, amount(15000)), 12000, ""),
		provider("what is left of € 2,000", visit(tac, direct, amount(15000), history(paid("2025-02-01", "high_specialisation", plan.Directly, 195000))), 5000, ""),
		refused("nothing left", visit(tac, direct, amount(15000), history(paid("2025-02-01", "high_specialisation", plan.Directly, 200000))), plan.Exhausted, "prestazione 1"),
		refused("not in annex 1", visit(benefit("high_specialisation", "Ecografia addome")), plan.NotInPlan, "allegato 1"),
		pays("breast ultrasound is", visit(benefit("high_specialisation", "Ecografia mammaria bilaterale"), amount(9500)), 5700, ""),
		refused("affiliated only", visit(direct, expense(func(e *plan.Expense) { e.Affiliated = plan.No })), plan.NotAffiliated, "assistenza in forma diretta"),
		refused("the doctor too", visit(direct, expense(func(e *plan.Expense) { e.Doctor = plan.No })), plan.NotAffiliated, ""),
		refused("authorised only", visit(direct, expense(func(e *plan.Expense) { e.Authorised = plan.No })), plan.NotAuthorised, ""),
		provider("three working days before (AMB-03)", visit(direct, sent("2025-11-07"), amount(9000)), 6000, ""),
		refused("two are late", visit(direct, sent("2025-11-08"), amount(9000)), plan.DirectLate, "assistenza in forma diretta"),
		pays("tickets for tests", visit(benefit("ticket_diagnostics", "Esami"), form(plan.Ticket), history(paid("2025-02-01", "emergency_room", plan.Ticket, 45000))), 5000, "prestazione 3"),
		refused("tests in private", visit(benefit("ticket_diagnostics", "Esami")), plan.PrivateNot, "prestazione 3"),
		pays("the emergency room without prescription", visit(benefit("emergency_room", "Accesso"), form(plan.Ticket), prescribed(func(p *plan.Prescribed) { p.There = plan.No })), 6000, ""),
		pays("stamp duty is left out (AMB-40)", visit(expense(func(e *plan.Expense) { e.NonHealth = 200 })), 2900, ""),
		pays("another cover, after the cap (AMB-41)", visit(amount(12000), expense(func(e *plan.Expense) { e.Other = 9000 })), 3000, ""),
		refused("an advance invoice", visit(fact(plan.AdvanceInvoice)), plan.Advance, "art. 22"),
		refused("a stay is not in the plan (BEE-24)", stay(func(c *plan.Case) { c.Insured.Role = plan.Member }), plan.NotInPlan, "sommario prestazioni"),
		refused("a relative is not covered (AMB-27)", visit(func(c *plan.Case) { c.Insured.Role = plan.Spouse }), plan.PersonNotCovered, "destinatari"),
	})
}

func TestEticareTeethChildrenPreventionAndDevices(t *testing.T) { // BEG-14, BEG-18, BEG-20, BEE-13, BEE-14, BEE-15, BEE-16, BEE-17, BEE-18, BEE-19, BEE-20, BEE-21, BEE-22, BEE-23
	none := expense(func(e *plan.Expense) { e.Prescribed = plan.Prescribed{There: plan.No} })
	teeth := func(f plan.Form, lines ...plan.Line) func(*plan.Case) {
		return expense(func(e *plan.Expense) {
			e.Benefit, e.Service, e.Form, e.Affiliated, e.Lines, e.Amount = "dental_care", "Cure", f, plan.Yes, lines, 0
			for _, l := range lines {
				e.Amount += l.Amount
			}
		})
	}
	out, fill, other := plan.Line{Treatment: "extraction", Amount: 6500}, plan.Line{Treatment: "filling", Amount: 4000}, plan.Line{Treatment: "other", Amount: 9000}
	pulled := func(n int) func(*plan.Case) {
		return history(plan.Paid{Date: on("2025-02-01"), Benefit: "dental_care", Form: plan.Private, Cents: 5000 * money.Cents(n), Treats: map[string]int{"extraction": n}})
	}
	glass := func(f func(*plan.Expense)) func(*plan.Case) {
		return expense(func(e *plan.Expense) {
			e.Benefit, e.Service, e.Lens, e.Amount = "lenses", "Lenti da vista", "glasses", 14000
			e.Visus = plan.Visus{There: plan.Yes, On: on("2025-11-03"), Issuer: "oculista", Changed: plan.Yes}
			if f != nil {
				f(e)
			}
		})
	}
	woman := func(born string) func(*plan.Case) {
		return func(c *plan.Case) {
			c.Insured.Birth, c.Expense.Benefit, c.Expense.Programme, c.Expense.Amount = on(born), "prevention_programme", "oncologica_donna", 11000
			c.Expense.Cause = plan.Prevention
			direct(c)
		}
	}
	mother := func(f func(*plan.Case)) *plan.Case {
		return visit(none, benefit("maternity", "Ecografia morfologica"), cause(plan.Pregnancy), amount(15000), func(c *plan.Case) {
			c.Expense.Papers = map[plan.Paper]plan.Answer{plan.PregnancyCertificate: plan.Yes}
			f(c)
		})
	}
	tooth := func(day string) func(*plan.Case) {
		return func(c *plan.Case) {
			c.Expense.Benefit, c.Expense.Amount = "dental_injury", 40000
			hurt(day, plan.Yes)(c)
		}
	}
	ask(t, eticare(t), []answer{
		provider("tartar once a year", visit(none, benefit("dental_prevention", "Ablazione tartaro"), direct), 6000, "prestazione 4"),
		refused("a second time", visit(none, benefit("dental_prevention", "Ablazione tartaro"), direct, history(paid("2025-01-10", "dental_prevention", plan.Directly, 6000))), plan.Frequency, "prestazione 4"),
		refused("not in private", visit(none, benefit("dental_prevention", "Ablazione tartaro")), plan.FormNotAllowed, "prestazione 4"),
		pays("€ 50 for each treatment", visit(none, teeth(plan.Private, out, fill)), 9000, "prestazione 5"),
		pays("a ticket alike (AMB-32)", visit(none, teeth(plan.Ticket, out)), 5000, ""),
		pays("the fifth is not paid", visit(none, teeth(plan.Private, out, out, fill), pulled(3)), 9000, ""),
		refused("none left", visit(none, teeth(plan.Private, out), pulled(4)), plan.Exhausted, "prestazione 5"),
		pays("€ 600 in all", visit(none, teeth(plan.Private, out, out), history(paid("2025-02-01", "dental_care", plan.Private, 58000))), 2000, ""),
		pays("other treatments are left out", visit(none, teeth(plan.Private, fill, other)), 4000, ""),
		refused("nothing else", visit(none, teeth(plan.Private, other)), plan.ExcludedBenefit, "art. 13"),
		refused("affiliated only", visit(none, teeth(plan.Private, out), expense(func(e *plan.Expense) { e.Affiliated = plan.No })), plan.NotAffiliated, "prestazione 5"),
		pays("a tooth after an injury", visit(none, tooth("2025-06-01")), 20000, "prestazione 6"),
		pays("six months to the day (AMB-50)", visit(none, tooth("2025-05-12")), 20000, ""),
		refused("a day more", visit(none, tooth("2025-05-11")), plan.OutOfWindow, "prestazione 6"),
		refused("without the report", visit(none, tooth("2025-06-01"), hurt("2025-06-01", plan.No)), plan.NotCertified, "prestazione 6"),
		refused("an injury from before", visit(none, tooth("2025-05-20"), starts("2025-06-01")), plan.InjuryBefore, "art. 13"),
		pays("maternity", mother(func(*plan.Case) {}), 8000, "prestazione 7"),
		refused("before the 271st day", mother(starts("2025-02-15")), plan.WaitingPeriod, "art. 12"),
		pays("on it", mother(starts("2025-02-14")), 8000, ""),
		refused("no certificate", mother(expense(func(e *plan.Expense) { e.Papers[plan.PregnancyCertificate] = plan.No })), plan.DocumentMissing, "prestazione 7"),
		refused("DNA", mother(fact(plan.FetalDNA)), plan.ExcludedBenefit, "art. 13"),
		provider("a woman of 41", visit(none, woman("1984-11-12")), 11000, "programmi di prevenzione"),
		refused("of 40 (AMB-34)", visit(none, woman("1984-11-13")), plan.AgeOrSex, ""),
		refused("a man", visit(none, woman("1970-01-01"), func(c *plan.Case) { c.Insured.Sex = "M" }), plan.AgeOrSex, ""),
		refused("within three years (AMB-33)", visit(none, woman("1970-01-01"), history(paid("2023-03-01", "prevention_programme", plan.Directly, 9000))), plan.Frequency, "programmi di prevenzione"),
		provider("in the fourth", visit(none, woman("1970-01-01"), history(paid("2022-12-31", "prevention_programme", plan.Directly, 9000))), 11000, ""),
		pays("lenses", visit(glass(nil)), 7000, "prestazione 8"),
		pays("at most € 100, without the frame", visit(glass(func(e *plan.Expense) { e.Amount, e.Excluded = 40000, 12000 })), 10000, ""),
		refused("twice in two years (AMB-35)", visit(glass(nil), history(paid("2024-01-10", "lenses", plan.Private, 1000))), plan.Frequency, "prestazione 8"),
		pays("in the third", visit(glass(nil), history(paid("2023-12-31", "lenses", plan.Private, 1000))), 7000, ""),
		refused("monthly lenses", visit(glass(func(e *plan.Expense) { e.Lens = "monthly" })), plan.NotInPlan, ""),
		refused("no change of sight", visit(glass(func(e *plan.Expense) { e.Visus.Changed = plan.No })), plan.NotMet, ""),
		refused("an optician's certificate", visit(glass(func(e *plan.Expense) { e.Visus.Issuer = "ottico" })), plan.DocumentMissing, ""),
		refused("older than six months", visit(glass(func(e *plan.Expense) { e.Visus.On = on("2025-05-11") })), plan.Expired, ""),
		refused("later than the document", visit(glass(func(e *plan.Expense) { e.Visus.On = on("2025-11-13") })), plan.Expired, ""),
		pays("a wheelchair", visit(benefit("medical_device", "Carrozzina pieghevole"), amount(22000)), 11000, "prestazione 9"),
		pays("insoles win over the glossary (AMB-47)", visit(benefit("medical_device", "Plantari su misura"), amount(22000)), 11000, ""),
		refused("an electric one is not listed", visit(benefit("medical_device", "Carrozzina elettrica")), plan.NotInPlan, "prestazione 9"),
		refused("devices after an injury wait all the same (AMB-36)", visit(benefit("medical_device", "Stampelle"), hurt("2025-11-01", plan.Yes), starts("2025-08-01")), plan.WaitingPeriod, "art. 12"),
		refused("a hearing aid waits two years", visit(benefit("hearing_aid", "Apparecchio acustico"), starts("2023-11-14")), plan.WaitingPeriod, ""),
		pays("and shares the devices' limit", visit(benefit("hearing_aid", "Apparecchio acustico"), amount(90000), starts("2023-11-13"), history(paid("2025-02-01", "medical_device", plan.Private, 4000))), 11000, ""),
	})
}

func TestEticareBeginsAndEnds(t *testing.T) { // BEG-03, BEG-04, BEG-07, BEG-10, BEG-16, BEE-25, BEE-26, BEE-27, BEE-28, BEE-29, BEE-30, CLM-35, MEM-31 to MEM-34, MEM-32, MEM-33, MEM-35, MEM-41, CLM-50
	missed := func(cured string, months ...string) func(*plan.Case) {
		return func(c *plan.Case) {
			for _, m := range months {
				first := on(m + "-01")
				c.Insured.Missed = append(c.Insured.Missed, plan.Month{Year: first.Year, Month: first.Month})
			}
			if cured != "" {
				c.Insured.Cured = on(cured)
			}
		}
	}
	onset := func(day string) func(*plan.Case) {
		return expense(func(e *plan.Expense) { e.Onset = on(day) })
	}
	december := func(sentOn string) *plan.Case {
		return visit(service("2025-12-18"), sent(sentOn))
	}
	ask(t, eticare(t), []answer{
		refused("the day before the 120th", visit(starts("2025-07-16")), plan.WaitingPeriod, "art. 12"),
		pays("the 120th", visit(starts("2025-07-15")), 3000, ""),
		refused("an injury waits thirty days", visit(starts("2025-10-14"), hurt("2025-10-20", plan.Yes)), plan.WaitingPeriod, "art. 12"),
		pays("by the day of the service (AMB-37)", visit(starts("2025-10-13"), hurt("2025-10-20", plan.Yes)), 3000, ""),
		refused("an illness from before", visit(fact(plan.Preexisting)), plan.PreexistingCode, "art. 14"),
		refused("35 months later", visit(fact(plan.Preexisting), starts("2022-11-13")), plan.PreexistingCode, ""),
		pays("36 months later (AMB-52)", visit(fact(plan.Preexisting), starts("2022-11-12")), 3000, ""),
		refused("mental illness", visit(fact(plan.Mental)), plan.ExcludedCause, "art. 13"),
		pays("tobacco is not left out", visit(fact(plan.Smoking)), 3000, ""),
		pays("nor amateur competitions", visit(fact(plan.CompetitiveSport)), 3000, ""),
		refused("a certificate", visit(fact(plan.ForCertificate)), plan.ExcludedCause, "art. 13"),
		refused("two months missed", visit(missed("", "2025-09", "2025-08")), plan.Suspended, "art. 7"),
		pays("one month (AMB-89)", visit(missed("", "2025-09")), 3000, ""),
		pays("two months that do not follow", visit(missed("", "2025-07", "2025-09")), 3000, ""),
		pays("paid since", visit(missed("2025-11-12", "2025-08", "2025-09")), 3000, ""),
		refused("paid later", visit(missed("2025-11-13", "2025-08", "2025-09")), plan.Suspended, ""),
		refused("an illness of that time", visit(missed("2025-11-05", "2025-08", "2025-09"), onset("2025-10-10")), plan.Suspended, "art. 7"),
		pays("an older illness", visit(missed("2025-11-05", "2025-08", "2025-09"), onset("2025-09-10")), 3000, ""),
		refused("never paid (AMB-43)", visit(missed("", "2025-04", "2025-05")), plan.Ceased, "art. 7"),
		refused("paid too late", visit(missed("2025-11-01", "2025-04", "2025-05")), plan.Ceased, ""),
		pays("ninety days from the document", visit(sent("2026-02-10")), 3000, "prestazione 2"),
		refused("ninety-one", visit(sent("2026-02-11")), plan.Late, "assistenza in forma indiretta"),
		pays("December until 28 February (AMB-39)", december("2026-02-28"), 3000, "assistenza in forma indiretta"),
		refused("not on 1 March", december("2026-03-01"), plan.Late, ""),
	})
}
