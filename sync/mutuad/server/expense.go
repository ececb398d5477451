package server

import (
	"regexp"
	"slices"
	"strings"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/iban"
	"github.com/sodale/sodale/app/id"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/plan"
	"github.com/sodale/sodale/sync/mutuad/store"
)

// The values that a claim may have. What is not among them is refused, and not guessed at.
var (
	procedures = []claim.Procedure{claim.Standard, claim.Surgery}
	papers     = []claim.DocumentType{claim.Invoice, claim.ReceiptSlip, claim.Certificate, claim.ClinicalRecord, claim.HospitalCertificate,
		claim.EmployerCertificate, claim.BirthCertificate} // CLM-02
	services   = []claim.Service{claim.Visit, claim.Exams, claim.Imaging, claim.Emergency, claim.HospStay, claim.OtherCare}
	roles      = []claim.Role{claim.ExpensePaper, claim.Prescription, claim.DischargeLetter, claim.EmergencyReport, claim.SightCertificate, claim.OtherPaper}
	forms      = []plan.Form{"", plan.Ticket, plan.Private, plan.Intramoenia, plan.Subsidy, plan.Lump}
	causes     = []plan.Cause{"", plan.Illness, plan.Injury, plan.Pregnancy, plan.Childbirth, plan.Prevention}
	planName   = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]{0,39}$`) // of a benefit, a treatment, a reason, a lens or a paper
	said       = []claim.Said{"", claim.SaidYes, claim.SaidNo}
	coverWords = []claim.CoverAnswer{claim.CoverUnsaid, claim.CoverNone, claim.CoverPaid}
)

// usualKinds are the files that a mutual takes that names none (AMB-55).
var usualKinds = []document.Kind{document.PDF, document.JPEG, document.TIFF}

// field is one part of a claim and whether it may be as it is.
type field struct {
	name string
	ok   bool
}

// firstWrong returns the refusal of the first field that may not be as it is.
func firstWrong(where string, fields ...field) error {
	for _, f := range fields {
		if !f.ok {
			return unacceptable(where + f.name)
		}
	}
	return nil
}

// scrutiny is what a claim is held against.
type scrutiny struct {
	household store.Member
	rules     mutual.Profile
	today     civil.Date // in Rome
}

// claim checks that there is something to decide, for people of the household, in values that the mutual knows (CLM-19, STU-09).
func (s scrutiny) claim(f claim.Filed) error {
	study := f.Kind == claim.StudyGrant
	err := firstWrong("",
		field{"kind", f.Kind == claim.Refund || study && s.rules.Claims.Study.Offered},
		field{"withdraw", !f.Withdraw || s.rules.Claims.Withdraw},
		field{"procedure", slices.Contains(procedures, f.Procedure) || study && f.Procedure == ""},
		field{"region", !study || slices.Contains(claim.Regions(), f.Region)}, // STU-04
		field{"iban", f.IBAN == "" || isIBAN(f.IBAN)},
		field{"documents", len(f.Documents) > 0})
	for i, d := range f.Documents {
		if err != nil {
			return err
		}
		again := slices.ContainsFunc(f.Documents[:i], func(o claim.ExpenseDocument) bool { return o.ID == d.ID })
		where := "documents/" + d.ID + "/"
		if err = firstWrong(where, field{"id", id.Valid(d.ID) && !again}); err == nil {
			err = s.document(where, d, study)
		}
	}
	return err
}

func isIBAN(text string) bool {
	_, err := iban.Parse(text)
	return err == nil
}

func (s scrutiny) document(where string, d claim.ExpenseDocument, study bool) error {
	err := firstWrong(where,
		field{"person", slices.Contains(s.household.People, d.Person)},
		field{"files", len(d.Attachments) > 0})
	switch {
	case err != nil:
		return err
	case study:
		err = s.certificate(where, d)
	default:
		err = s.expense(where, d)
	}
	for _, a := range d.Attachments {
		if err == nil {
			err = s.file(a)
		}
	}
	return err
}

// certificate is the document of a study grant: kind of school and mark from the mutual's lists (STU-06, STU-07).
func (s scrutiny) certificate(where string, d claim.ExpenseDocument) error {
	school, marks := slices.IndexFunc(s.rules.Claims.Study.Schools, func(c mutual.Choice) bool { return c.ID == d.School }), []string(nil)
	if school >= 0 {
		marks = s.rules.Claims.Study.Schools[school].Marks
	}
	return firstWrong(where,
		field{"type", d.Type == claim.SchoolCertificate},
		field{"school", school >= 0},
		field{"mark", slices.Contains(marks, d.Mark)},
		field{"amount", d.Amount == 0},
		field{"issuedOn", d.IssuedText == "" && s.past(d.IssuedOn)})
}

// expense is the document of a refund (CLM-10, CLM-11, CLM-31, CLM-39; plan Eticare, art. 15). What the form does not ask for may be
// left over from before: it need only be a value that there is.
func (s scrutiny) expense(where string, d claim.ExpenseDocument) error {
	needed := d.Type.Expense()
	idle := func(name string) bool { return !d.Asks(name) }
	return firstWrong(where, append(s.planned(d),
		field{"type", slices.Contains(papers, d.Type)},
		field{"service", slices.Contains(services, d.Service) || d.Service == "" && idle(claim.FieldService)},
		field{"amount", inRange(int64(d.Amount)) && (idle(claim.FieldAmount) || d.AmountText == "" && (d.Amount > 0 || !needed))},
		field{"currency", d.Currency == "" || idle(claim.FieldCurrency) || s.rules.Claims.Foreign && slices.Contains(claim.Currencies(), d.Currency)},
		field{"foreign", inRange(d.Foreign) && (idle(claim.FieldForeign) || d.ForeignText == "" && d.Foreign > 0)},
		field{"stampDuty", inRange(int64(d.StampDuty)) && (d.StampDuty <= d.Amount || idle(claim.FieldStampDuty) || idle(claim.FieldAmount))},
		field{"number", d.Number != "" || !needed},
		field{"issuedOn", d.IssuedText == "" && !d.IssuedOn.IsZero() && s.past(d.IssuedOn)},
		field{"admitted", idle(claim.FieldAdmitted) || d.AdmittedText == "" && s.past(d.Admitted)},
		field{"discharged", idle(claim.FieldDischarged) || d.DischargedText == "" && (d.Discharged.IsZero() || !d.Discharged.Before(d.Admitted) && s.past(d.Discharged))},
		field{"prescribedOn", idle(claim.FieldPrescribed) || d.PrescribedText == "" && s.past(d.PrescribedOn)},
		field{"province", d.Province == "" || len(d.Province) == 2 && strings.Trim(d.Province, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""},
		field{"cover", slices.Contains(coverWords, d.Cover.Answer) && inRange(int64(d.Cover.Amount)) && (idle(claim.FieldCover) || covered(d.Cover))})...)
}

// planned is what the health plan asks about.
func (s scrutiny) planned(d claim.ExpenseDocument) []field {
	idle := func(name string) bool { return !d.Asks(name) }
	known := func(t claim.Treatment) bool { return named(t.ID) && inRange(int64(t.Amount)) && t.AmountText == "" }
	return []field{
		{"benefit", named(string(d.Benefit))}, {"reason", named(d.Reason)}, {"lens", named(d.Lens)},
		{"form", slices.Contains(forms, d.Form)}, {"cause", slices.Contains(causes, d.Cause)},
		{"injured", idle(claim.FieldInjured) || d.InjuredText == "" && s.past(d.Injured)},
		{"treatments", len(d.Treatments) <= mostTreatments && !slices.ContainsFunc(d.Treatments, func(t claim.Treatment) bool { return !known(t) })},
		{"sight", idle(claim.FieldSight) || d.Sight.OnText == "" && s.past(d.Sight.On) && named(d.Sight.Issuer) && slices.Contains(said, d.Sight.Changed)},
		{"loss", idle(claim.FieldActs) || d.Loss.SinceText == "" && s.past(d.Loss.Since) && len(d.Loss.Acts) <= mostActs && slices.Contains(said, d.Loss.Permanent)},
	}
}

// No invoice has more treatments, and no plan asks about more acts.
const (
	mostTreatments = 100
	mostActs       = 20
)

// named reports whether a text may be a name in a plan file, or none. Which names there are is the plan's to say.
func named(text string) bool { return text == "" || planName.MatchString(text) }

// inRange reports whether hundredths of a currency are a sum that a person may type.
func inRange(hundredths int64) bool { return hundredths >= 0 && hundredths <= int64(money.Max) }

// covered reports whether it is said how much others paid, where they did.
func covered(c claim.Cover) bool {
	return c.Answer != claim.CoverPaid || c.AmountText == "" && c.Amount > 0
}

// past reports whether a day is not still to come: a clock that is some hours ahead of ours is no reason to refuse. No day is past.
func (s scrutiny) past(day civil.Date) bool { return day.IsZero() || !s.today.AddDays(1).Before(day) }

// file checks what a claim says of one file against what the mutual takes (CFG-16, CLM-04, CLM-05). What it really is, checkFile sees.
func (s scrutiny) file(a claim.Attachment) error {
	kinds, most := s.rules.Files.Kinds, s.rules.Files.MaxBytes
	if len(kinds) == 0 {
		kinds = usualKinds
	}
	if most == 0 {
		most = document.MaxSize
	}
	return firstWrong("attachments/"+a.ID, field{"/kind", slices.Contains(kinds, a.Kind)},
		field{"/role", slices.Contains(roles, a.Role) || a.Role.Paper() != "" && named(string(a.Role.Paper()))},
		field{"", a.Size >= 1 && a.Size <= most})
}
