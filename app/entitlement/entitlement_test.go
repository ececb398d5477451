package entitlement_test

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/entitlement"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/plan"
)

const elena, paolo, stranger member.ID = "elena", "paolo", "stranger"

func day(y, m, d int) civil.Date { return civil.Date{Year: y, Month: time.Month(m), Day: d} }

var today = day(2026, 11, 23)

func plans(t testing.TB) plan.Plans {
	t.Helper()
	paths, err := filepath.Glob("../../assets/plans/*.yaml")
	if err != nil || len(paths) < 2 {
		t.Fatalf("plans: %v, %v", paths, err)
	}
	files := map[string][]byte{}
	for _, p := range paths {
		data, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		files[strings.TrimSuffix(filepath.Base(p), ".yaml")] = data
	}
	all, err := plan.LoadAll(files)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// source is a member with Piano Base; under Eticare Per Me she is alone.
func source(t testing.TB, id string) entitlement.Source {
	role := plan.Holder
	if id == "eticare-per-me" {
		role = plan.Member
	}
	start := day(2026, 1, 1)
	return entitlement.Source{Plans: plans(t), Today: today, Household: member.Household{
		Holder: member.Person{ID: elena, Role: member.Holder, DateOfBirth: day(1967, 3, 14), Sex: member.Female},
		Family: []member.Person{{ID: paolo, Role: member.Spouse, DateOfBirth: day(1965, 2, 1), Sex: member.Male}},
		Plan:   member.Plan{ID: id, Covers: []member.Cover{{Person: elena, Role: string(role), Start: start}}},
	}}
}

func visit() claim.ExpenseDocument {
	return claim.ExpenseDocument{ID: "1", Type: claim.ReceiptSlip, Person: elena, Service: claim.Visit, Amount: 3615, IssuedOn: day(2026, 11, 9)}
}

func visitBut(change func(*claim.ExpenseDocument)) claim.ExpenseDocument {
	d := visit()
	change(&d)
	return d
}

func dental(amount money.Cents, lines ...claim.Treatment) claim.ExpenseDocument {
	return visitBut(func(d *claim.ExpenseDocument) {
		d.Service, d.Benefit, d.Form, d.Amount, d.Treatments = claim.OtherCare, "dental_care", plan.Private, amount, lines
	})
}

func lenses(change func(*claim.ExpenseDocument)) claim.ExpenseDocument {
	d := visitBut(func(d *claim.ExpenseDocument) {
		d.Service, d.Benefit, d.Form, d.Amount, d.Lens = claim.OtherCare, "lenses", plan.Private, 14000, "glasses"
		d.Sight = claim.Sight{On: day(2026, 10, 1), Issuer: "oculista", Changed: claim.SaidYes}
		d.Attachments = file(claim.SightCertificate)
	})
	change(&d)
	return d
}

func file(r claim.Role) []claim.Attachment { return []claim.Attachment{{ID: "f", Role: r}} }

func stay(in, out civil.Date) claim.ExpenseDocument {
	return claim.ExpenseDocument{ID: "s", Type: claim.HospitalCertificate, Person: elena, Service: claim.HospStay, Admitted: in, Discharged: out, IssuedOn: out,
		Attachments: file(claim.DischargeLetter)}
}

// CLM-49: what stands in the form is what the plan is asked about.
func TestADocumentIsAskedAboutAsTheFormHasIt(t *testing.T) { // CLM-49
	base, eticare := "piano-base", "eticare-per-me"
	for name, c := range map[string]struct {
		plan    string
		d       claim.ExpenseDocument
		outcome plan.Outcome
		code    plan.Code
		refund  money.Cents
	}{
		"a ticket":                     {base, visit(), plan.Refund, plan.OK, 2892},
		"stamp duty is no care":        {base, visitBut(func(d *claim.ExpenseDocument) { d.StampDuty = 200 }), plan.Refund, plan.OK, 2732},
		"another fund paid most of it": {base, visitBut(func(d *claim.ExpenseDocument) { d.Cover = claim.Cover{Answer: claim.CoverPaid, Amount: 3000} }), plan.Refund, plan.OK, 615},
		"a cover that was taken back":  {base, visitBut(func(d *claim.ExpenseDocument) { d.Cover = claim.Cover{Answer: claim.CoverNone, Amount: 3000} }), plan.Refund, plan.OK, 2892},
		"paid privately":               {base, visitBut(func(d *claim.ExpenseDocument) { d.Form = plan.Private }), plan.Reject, plan.PrivateNot, 0},
		"paid privately, and covered":  {eticare, visitBut(func(d *claim.ExpenseDocument) { d.Form = plan.Private }), plan.Refund, plan.OK, 1808},
		"intramoenia":                  {eticare, visitBut(func(d *claim.ExpenseDocument) { d.Form = plan.Intramoenia }), plan.Refund, plan.OK, 1808},
		"a dentist's visit":            {base, visitBut(func(d *claim.ExpenseDocument) { d.Specialty = "Odontoiatria" }), plan.Reject, plan.ExcludedBenefit, 0},
		"a diagnosis that says nothing": {base, visitBut(func(d *claim.ExpenseDocument) {
			d.Diagnosis, d.Attachments = "controllo", file(claim.Prescription)
		}), plan.Integrate, plan.DiagnosisInvalid, 0},
		"a diagnosis that nobody copied": {base, visitBut(func(d *claim.ExpenseDocument) { d.Attachments = file(claim.Prescription) }), plan.Refund, plan.OK, 2892},
		"a stay":                         {base, stay(day(2026, 11, 2), day(2026, 11, 6)), plan.Subsidise, plan.OK, 10000},
		"a stay that the plan lacks":     {eticare, stay(day(2026, 11, 2), day(2026, 11, 6)), plan.Reject, plan.NotInPlan, 0},
		"a stay without days yet":        {base, stay(civil.Date{}, civil.Date{}), plan.Unknown, plan.OK, 0},
		"a day hospital to look": {base, func() claim.ExpenseDocument {
			d := stay(day(2026, 11, 2), day(2026, 11, 2))
			d.Benefit, d.Reason = "day_hospital", "diagnostics"
			return d
		}(), plan.Reject, plan.DayHospital, 0},
		"a day hospital to operate": {base, func() claim.ExpenseDocument {
			d := stay(day(2026, 11, 2), day(2026, 11, 2))
			d.Benefit, d.Reason = "day_hospital", "surgery"
			return d
		}(), plan.Subsidise, plan.OK, 2500},
		"a benefit whose service changed": {base, visitBut(func(d *claim.ExpenseDocument) { d.Benefit = "day_hospital" }), plan.Refund, plan.OK, 2892},
		"a benefit without a service": {eticare, visitBut(func(d *claim.ExpenseDocument) {
			d.Service, d.Benefit, d.Named, d.Form = claim.OtherCare, "medical_device", "Tutore per ginocchio", plan.Private
		}), plan.Refund, plan.OK, 1808},
		"a benefit that the list leaves out": {eticare, visitBut(func(d *claim.ExpenseDocument) {
			d.Service, d.Benefit, d.Named, d.Form = claim.OtherCare, "medical_device", "Materasso", plan.Private
		}), plan.Reject, plan.NotInPlan, 0},
		"a filling": {eticare, visitBut(func(d *claim.ExpenseDocument) {
			d.Service, d.Benefit, d.Treatments, d.Amount = claim.OtherCare, "dental_care", []claim.Treatment{{ID: "filling"}}, 9000
		}), plan.Refund, plan.OK, 5000},
		"two extractions":                {eticare, dental(13000, claim.Treatment{ID: "extraction", Amount: 6500}, claim.Treatment{ID: "extraction", Amount: 6500}), plan.Refund, plan.OK, 10000},
		"an extraction and a cheap one":  {eticare, dental(9500, claim.Treatment{ID: "extraction", Amount: 6500}, claim.Treatment{ID: "filling", Amount: 3000}), plan.Refund, plan.OK, 8000},
		"five extractions":               {eticare, dental(25000, slices.Repeat([]claim.Treatment{{ID: "extraction", Amount: 5000}}, 5)...), plan.Refund, plan.OK, 20000},
		"two treatments, one of no cost": {eticare, dental(13000, claim.Treatment{ID: "extraction", Amount: 6500}, claim.Treatment{ID: "extraction"}), plan.Refund, plan.OK, 0},
		"lenses":                         {eticare, lenses(func(*claim.ExpenseDocument) {}), plan.Refund, plan.OK, 7000},
		"lenses for a month":             {eticare, lenses(func(d *claim.ExpenseDocument) { d.Lens = "monthly" }), plan.Reject, plan.NotInPlan, 0},
		"lenses on an old certificate":   {eticare, lenses(func(d *claim.ExpenseDocument) { d.Sight.On = day(2026, 4, 1) }), plan.Reject, plan.Expired, 0},
		"lenses, the sight as it was":    {eticare, lenses(func(d *claim.ExpenseDocument) { d.Sight.Changed = claim.SaidNo }), plan.Reject, plan.NotMet, 0},
		"lenses of another's word":       {eticare, lenses(func(d *claim.ExpenseDocument) { d.Sight.Issuer = "altro" }), plan.Integrate, plan.DocumentMissing, 0},
		"something else":                 {base, visitBut(func(d *claim.ExpenseDocument) { d.Service = claim.OtherCare }), plan.Unknown, "", 0},
		"an employer's word":             {base, visitBut(func(d *claim.ExpenseDocument) { d.Type, d.Service = claim.EmployerCertificate, "" }), plan.Unknown, "", 0},
		"in francs":                      {base, visitBut(func(d *claim.ExpenseDocument) { d.Currency, d.Amount, d.Foreign = "CHF", 0, 5000 }), plan.Unknown, plan.OK, 0},
		"nobody chosen":                  {base, visitBut(func(d *claim.ExpenseDocument) { d.Person = "" }), plan.Unknown, "", 0},
		"one who is not covered":         {base, visitBut(func(d *claim.ExpenseDocument) { d.Person = paolo }), plan.Reject, plan.PersonNotCovered, 0},
		"a stranger":                     {base, visitBut(func(d *claim.ExpenseDocument) { d.Person = stranger }), plan.Unknown, "", 0},
		"a bill of January": {base, visitBut(func(d *claim.ExpenseDocument) {
			d.IssuedOn = day(2026, 2, 10)
		}), plan.Reject, plan.Late, 0},
	} {
		t.Run(name, func(t *testing.T) {
			got, p := source(t, c.plan).Estimate(c.d, today)
			if p == nil || got.Outcome != c.outcome || got.Code != c.code || got.Outcome != plan.Unknown && got.Refund != c.refund {
				t.Errorf("got %s %s %v, %+v", got.Outcome, got.Code, got.Refund, got.Findings)
			}
		})
	}
}

// BPB-23, BPB-24: a lump sum is promised when all its conditions were said, and not before.
func TestALumpSumIsPromisedWhenAllItsConditionsAreSaid(t *testing.T) {
	all := claim.Loss{Acts: []string{"lavarsi", "spostarsi", "nutrirsi"}, Since: day(2026, 3, 1), Permanent: claim.SaidYes}
	but := func(change func(*claim.Loss)) claim.Loss {
		l := all
		change(&l)
		return l
	}
	for name, c := range map[string]struct {
		loss    claim.Loss
		outcome plan.Outcome
		code    plan.Code
		sum     money.Cents
	}{
		"all of it":              {all, plan.Subsidise, plan.OK, 250000},
		"nothing said":           {claim.Loss{}, plan.Unknown, plan.OK, 250000},
		"no acts":                {but(func(l *claim.Loss) { l.Acts = nil }), plan.Unknown, plan.OK, 250000},
		"not since when":         {but(func(l *claim.Loss) { l.Since = civil.Date{} }), plan.Unknown, plan.OK, 250000},
		"not whether it is so":   {but(func(l *claim.Loss) { l.Permanent = "" }), plan.Unknown, plan.OK, 250000},
		"two acts":               {but(func(l *claim.Loss) { l.Acts = l.Acts[:2] }), plan.Reject, plan.NotMet, 0},
		"since a month":          {but(func(l *claim.Loss) { l.Since = day(2026, 10, 20) }), plan.Reject, plan.NotMet, 0},
		"it will pass":           {but(func(l *claim.Loss) { l.Permanent = claim.SaidNo }), plan.Reject, plan.NotMet, 0},
		"begun before the start": {but(func(l *claim.Loss) { l.Since = day(2009, 10, 20) }), plan.Reject, plan.PreexistingCode, 0},
	} {
		s := source(t, "piano-base")
		s.Household.Plan.Covers[0].Start = day(2010, 1, 1)
		d := visitBut(func(d *claim.ExpenseDocument) {
			d.Service, d.Benefit, d.Loss, d.Attachments = claim.OtherCare, "non_self_sufficiency", c.loss, file(claim.PaperRole(plan.DoctorCertificate))
		})
		if got, _ := s.Estimate(d, today); got.Outcome != c.outcome || got.Code != c.code || got.Refund != c.sum {
			t.Errorf("%s: %s %s %v, %+v", name, got.Outcome, got.Code, got.Refund, got.Findings)
		}
	}
}

// BEE-18 to BEE-20: a programme is for some, and once in three years.
func TestAProgrammeIsAskedAboutByItsName(t *testing.T) {
	ask := func(programme string) plan.Estimate {
		got, _ := source(t, "eticare-per-me").Estimate(claim.ExpenseDocument{ID: "p", Type: claim.ReceiptSlip, Person: elena, Service: claim.OtherCare,
			Benefit: "prevention_programme", Form: plan.Directly, IssuedOn: today.AddDays(14), Programme: programme}, today)
		return got
	}
	named := func(e plan.Estimate, c plan.Code) bool {
		return slices.ContainsFunc(e.Findings, func(f plan.Finding) bool { return f.Code == c })
	}
	if got := ask("oncologica_donna"); !got.Eligible() || named(got, plan.NotInPlan) {
		t.Errorf("%+v", got)
	}
	if got := ask("oncologica_uomo"); got.Eligible() || got.Code != plan.AgeOrSex {
		t.Errorf("a woman: %+v", got)
	}
	if got := ask(""); !named(got, plan.NotInPlan) {
		t.Errorf("none named: %+v", got)
	}
}

// BEE-14: what is paid of each kind counts against its own number.
func TestTreatmentsOfThePastCountByKind(t *testing.T) {
	s := source(t, "eticare-per-me")
	past := dental(15000, slices.Repeat([]claim.Treatment{{ID: "extraction", Amount: 5000}}, 3)...)
	s.Past = []claim.Claim{paidClaim("a", claim.Paid, []claim.ExpenseDocument{past}, claim.Outcome{Document: past.ID, State: claim.Approved, Granted: 15000})}
	next := dental(15000, claim.Treatment{ID: "extraction", Amount: 5000}, claim.Treatment{ID: "extraction", Amount: 5000}, claim.Treatment{ID: "filling", Amount: 5000})
	if got, _ := s.Estimate(next, today); got.Refund != 10000 { // one extraction is left of four
		t.Errorf("%v, %+v", got.Refund, got)
	}
}

// CLM-30, BPB-22, BEE-21, AMB-48: a file that proves something is there; what was not added is not known to be missing.
func TestAFileCountsForWhatItProves(t *testing.T) {
	s := source(t, "eticare-per-me")
	for name, c := range map[string]struct {
		role claim.Role
		got  func(plan.Expense) plan.Answer
	}{
		"a prescription":         {claim.Prescription, func(e plan.Expense) plan.Answer { return e.Prescribed.There }},
		"an emergency report":    {claim.EmergencyReport, func(e plan.Expense) plan.Answer { return e.Emergency }},
		"a certificate of sight": {claim.SightCertificate, func(e plan.Expense) plan.Answer { return e.Visus.There }},
		"a discharge letter":     {claim.DischargeLetter, func(e plan.Expense) plan.Answer { return e.Papers[plan.DischargeLetter] }},
		"a paper of the plan":    {claim.PaperRole(plan.PregnancyCertificate), func(e plan.Expense) plan.Answer { return e.Papers[plan.PregnancyCertificate] }},
	} {
		with, without := visit(), visit()
		with.Attachments, without.Attachments = file(c.role), file(claim.ExpensePaper)
		if got := c.got(s.Case(with, today).Expense); got != plan.Yes {
			t.Errorf("%s: %v", name, got)
		}
		if got := c.got(s.Case(without, today).Expense); got != plan.Unsaid {
			t.Errorf("no %s: %v", name, got)
		}
	}
}

// Where the plan is not known here nothing is said, and nothing fails.
func TestAPlanThatIsNotKnownSaysNothing(t *testing.T) {
	for name, change := range map[string]func(*entitlement.Source){
		"no plan":           func(s *entitlement.Source) { s.Household.Plan.ID = "" },
		"another plan":      func(s *entitlement.Source) { s.Household.Plan.ID = "somewhere-else" },
		"a plan of terms":   func(s *entitlement.Source) { s.Household.Plan.ID = "cesarepozzo" },
		"no edition so far": func(s *entitlement.Source) { s.Household.Plan.ID = "eticare-per-me"; s.Today = day(2024, 12, 31) },
	} {
		s := source(t, "piano-base")
		change(&s)
		d := visit()
		d.IssuedOn = s.Today
		if got, p := s.Estimate(d, s.Today); p != nil || got.Outcome != plan.Unknown {
			t.Errorf("%s: %v, %+v", name, p, got)
		}
	}
}

func paidClaim(id claim.ID, state claim.State, documents []claim.ExpenseDocument, outcomes ...claim.Outcome) claim.Claim {
	return claim.Claim{ID: id, Revision: 1, Documents: documents, EditedAt: today.Noon(), Mutual: claim.Standing{State: state, Outcomes: outcomes}}
}

// BPB-15, BEE-05: what was granted is spent, document by document; what was refused or taken back is not.
func TestWhatTheMutualGrantedIsSpent(t *testing.T) {
	two := []claim.ExpenseDocument{visit(), visitBut(func(d *claim.ExpenseDocument) { d.ID, d.Amount = "2", 9000 })}
	sum := func(list []plan.Paid) (cents money.Cents) {
		for _, p := range list {
			cents += p.Cents
		}
		return cents
	}
	for name, c := range map[string]struct {
		past claim.Claim
		want money.Cents
	}{
		"each by its outcome": {paidClaim("a", claim.Paid, two, claim.Outcome{Document: "1", State: claim.Approved, Granted: 2892}, claim.Outcome{Document: "2", State: claim.Rejected}), 2892},
		"one sum for both":    {func() claim.Claim { c := paidClaim("a", claim.Paid, two); c.Mutual.Granted = 5000; return c }(), 5000},
		"approved, not paid":  {paidClaim("a", claim.Approved, two, claim.Outcome{Document: "2", State: claim.Approved, Granted: 7200}), 7200},
		"not decided":         {paidClaim("a", claim.InReview, two, claim.Outcome{Document: "2", State: claim.Approved, Granted: 7200}), 0},
		"another's":           {paidClaim("a", claim.Paid, []claim.ExpenseDocument{visitBut(func(d *claim.ExpenseDocument) { d.Person = paolo })}, claim.Outcome{Document: "1", State: claim.Approved, Granted: 100}), 0},
	} {
		s := source(t, "piano-base")
		s.Past = []claim.Claim{c.past}
		if got := sum(s.History(elena)); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// BPB-15: 90 days a year; a stay that was paid leaves fewer, and so does one that waits for the mutual's word.
func TestAStayLeavesFewerDaysForTheNext(t *testing.T) {
	long, next := stay(day(2026, 2, 1), day(2026, 4, 30)), stay(day(2026, 11, 2), day(2026, 11, 12)) // 88 and 10 days
	for name, past := range map[string]claim.Claim{
		"paid":    paidClaim("a", claim.Paid, []claim.ExpenseDocument{long}, claim.Outcome{Document: "s", State: claim.Approved, Granted: 220000}),
		"waiting": {ID: "a", Revision: 1, EditedAt: day(2026, 5, 2).Noon(), Documents: []claim.ExpenseDocument{long}},
	} {
		s := source(t, "piano-base")
		s.Past = []claim.Claim{past}
		if got, _ := s.Estimate(next, today); got.Refund != 5000 || got.Units != 2 {
			t.Errorf("%s: %v for %d days", name, got.Refund, got.Units)
		}
		s.Past[0].Withdrawing = true
		if got, _ := s.Estimate(next, today); name == "waiting" && got.Refund != 25000 {
			t.Errorf("withdrawn: %v", got.Refund)
		}
	}
}

// CLM-31: however many papers prove a stay, it is paid once.
func TestASecondPaperOfAStayAsksForNothingMore(t *testing.T) {
	s := source(t, "piano-base")
	letter, record := stay(day(2026, 11, 2), day(2026, 11, 6)), stay(day(2026, 11, 2), day(2026, 11, 6))
	record.ID = "record"
	s.Claim = claim.Claim{ID: "c", Documents: []claim.ExpenseDocument{letter, record}}
	got := s.Answers(today)
	if !s.Accompanies(record) || s.Accompanies(letter) || got[0].Estimate.Refund != 10000 || got[1].Estimate.Refund != 0 {
		t.Errorf("%+v", got)
	}
}

// MEM-31 to MEM-33: the months that were missed, until they are paid.
func TestContributionsTellWhichMonthsWereMissed(t *testing.T) {
	due := func(m int, paid civil.Date) member.Due { return member.Due{On: day(2026, m, 5), Paid: paid} }
	for name, c := range map[string]struct {
		dues   []member.Due
		missed int
		cured  civil.Date
	}{
		"all in time":            {[]member.Due{due(1, day(2026, 1, 5)), due(2, day(2026, 2, 1)), due(12, civil.Date{})}, 0, civil.Date{}},
		"two open":               {[]member.Due{due(9, day(2026, 9, 1)), due(10, civil.Date{}), due(11, civil.Date{})}, 2, civil.Date{}},
		"two paid late":          {[]member.Due{due(3, day(2026, 5, 20)), due(4, day(2026, 5, 21)), due(5, day(2026, 5, 5))}, 2, day(2026, 5, 21)},
		"late once, open later":  {[]member.Due{due(1, day(2026, 1, 9)), due(2, day(2026, 2, 9)), due(10, civil.Date{})}, 1, civil.Date{}},
		"one month in two parts": {[]member.Due{{On: day(2026, 3, 5)}, {On: day(2026, 3, 20)}, {On: day(2026, 4, 5)}}, 2, civil.Date{}},
	} {
		s := source(t, "eticare-per-me")
		s.Household.Plan.Dues = c.dues
		if got, ok := s.Insured(elena); !ok || len(got.Missed) != c.missed || got.Cured != c.cured || len(got.Dues) != len(c.dues) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// Documents in one claim or in several give the same sum, and never more than a limit (BEE-11, BPB-15).
func TestDocumentsGiveTheSameInOneClaimAsInSeveral(t *testing.T) {
	all := source(t, "eticare-per-me")
	base := source(t, "piano-base")
	rapid.Check(t, func(t *rapid.T) {
		s := all
		if rapid.Bool().Draw(t, "base") {
			s = base
		}
		n := rapid.IntRange(1, 8).Draw(t, "documents")
		var documents []claim.ExpenseDocument
		for i := range n {
			d := visit()
			d.ID = strconv.Itoa(i)
			d.IssuedOn = day(2026, 11, 1+rapid.IntRange(0, 20).Draw(t, "day"))
			d.Amount = money.Cents(rapid.IntRange(1, 100000).Draw(t, "amount"))
			d.Form = rapid.SampledFrom([]plan.Form{"", plan.Private, plan.Intramoenia}).Draw(t, "form")
			d.Specialty = rapid.SampledFrom([]string{"Cardiologia", "Oculistica", ""}).Draw(t, "specialty")
			d.Service = rapid.SampledFrom([]claim.Service{claim.Visit, claim.Exams}).Draw(t, "service")
			if rapid.IntRange(0, 3).Draw(t, "stay") == 0 {
				in := day(2026, 1, 1).AddDays(40 * i)
				d = stay(in, in.AddDays(rapid.IntRange(0, 39).Draw(t, "nights")))
				d.ID = strconv.Itoa(i)
			}
			documents = append(documents, d)
		}
		s.Claim = claim.Claim{ID: "z", Documents: documents}
		var together money.Cents
		visits := map[string]money.Cents{}
		for i, a := range s.Answers(today) {
			together += a.Estimate.Refund
			if one, _ := s.Estimate(documents[i], today); one.Refund != a.Estimate.Refund {
				t.Fatalf("document %d alone %v, among all %v", i, one.Refund, a.Estimate.Refund)
			}
			if documents[i].Service == claim.Visit && documents[i].Form != "" {
				visits[documents[i].Specialty] += a.Estimate.Refund
			}
		}
		for specialty, sum := range visits {
			if sum > 8000 { // two private visits of a speciality, at most 40 € each
				t.Fatalf("%q: %v", specialty, sum)
			}
		}
		var apart money.Cents
		s.Past = nil
		for i, d := range documents {
			s.Claim = claim.Claim{ID: claim.ID(strconv.Itoa(i)), Revision: 1, EditedAt: today.Noon(), Documents: []claim.ExpenseDocument{d}}
			said, _ := s.Estimate(d, today)
			apart += said.Refund
			c := s.Claim
			if rapid.Bool().Draw(t, "decided") {
				c = paidClaim(c.ID, claim.Paid, c.Documents, claim.Outcome{Document: d.ID, State: claim.Approved, Granted: said.Refund})
			}
			s.Past = append(s.Past, c)
		}
		if apart != together {
			t.Fatalf("%v in one claim, %v in %d", together, apart, n)
		}
	})
}
