package claim_test

import (
	"strings"
	"testing"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/reading"
)

// demanding is a mutual that wants everything that any of the sources wants.
func demanding() claim.Rules {
	return claim.Rules{Today: today, IBAN: "IT60X0542811101000000123456", Mutual: mutual.Profile{ID: "aurora",
		Files: mutual.Files{Kinds: []document.Kind{document.PDF, document.JPEG, document.TIFF}, MaxBytes: 2 << 20}, Terms: mutual.Terms{ClaimDays: 90},
		Claims: mutual.Claims{OtherCover: true, Foreign: true, DecemberFebruary: true, PrescriptionDays: 365, NeedPrescription: []string{"visit", "emergency"},
			VagueDiagnoses: []string{"controllo", "check-up"},
			Study:          mutual.Study{Offered: true, Schools: []mutual.Choice{{ID: "high", Marks: []string{"9", "10"}}}}}}}
}

// flawless is a document that such a mutual has nothing to say about.
func flawless() claim.ExpenseDocument {
	d := goodDocument()
	d.Cover.Answer = claim.CoverNone
	d.Attachments = append(d.Attachments, claim.Attachment{ID: "r", Name: "ricetta.pdf", Role: claim.Prescription, Size: 1000})
	return d
}

// checked lists what Check says of one document as "code@field", with "!" before what stops.
func checked(c claim.Claim, r claim.Rules) string {
	var list []string
	for _, p := range claim.Check(c, r) {
		mark := ""
		if p.Blocking {
			mark = "!"
		}
		list = append(list, mark+strings.TrimPrefix(string(p.Code), "claim.")+"@"+strings.TrimPrefix(p.Where, "documents/d/"))
	}
	return strings.Join(list, " ")
}

func paper(p reading.Paper) func(*claim.ExpenseDocument) {
	return func(d *claim.ExpenseDocument) { d.Attachments[0].Paper = &p }
}

func TestCheckKnowsWhatADemandingMutualWants(t *testing.T) {
	day := today.AddDays
	for name, c := range map[string]struct {
		edit func(*claim.ExpenseDocument)
		want string
	}{
		"nothing wrong":                       {func(*claim.ExpenseDocument) {}, ""},
		"CLM-02 no such type":                 {func(d *claim.ExpenseDocument) { d.Type = "passport" }, "!type-missing@type"},
		"CLM-04 a kind that it does not take": {func(d *claim.ExpenseDocument) { d.Attachments[0].Kind = document.PNG }, "!file-kind@files"},

		"foreign":                    {func(d *claim.ExpenseDocument) { d.Currency, d.Foreign, d.Amount, d.Province = "CHF", 12000, 0, "" }, ""},
		"foreign without a sum":      {func(d *claim.ExpenseDocument) { d.Currency = "CHF" }, "!amount-missing@foreign"},
		"foreign unreadable":         {func(d *claim.ExpenseDocument) { d.Currency, d.ForeignText = "CHF", "abc" }, "!amount-unreadable@foreign"},
		"foreign that nobody quotes": {func(d *claim.ExpenseDocument) { d.Currency, d.Foreign = "XXX", 1 }, "!currency-unknown@currency"},
		"stamp duty over the amount": {func(d *claim.ExpenseDocument) { d.StampDuty = 3616 }, "!stamp-duty-over@stampDuty"},
		"stamp duty within":          {func(d *claim.ExpenseDocument) { d.StampDuty = 200 }, ""},

		"CLM-39 cover unsaid":    {func(d *claim.ExpenseDocument) { d.Cover = claim.Cover{} }, "cover-unsaid@cover"},
		"CLM-39 cover by nobody": {func(d *claim.ExpenseDocument) { d.Cover = claim.Cover{Answer: claim.CoverPaid} }, "!cover-body-missing@coverBody !cover-amount-missing@coverAmount"},
		"CLM-39 cover over": {func(d *claim.ExpenseDocument) {
			d.Cover = claim.Cover{Answer: claim.CoverPaid, Body: "INAIL", Amount: 3616}
		}, "!cover-over-amount@coverAmount"},
		"CLM-39 cover unreadable": {func(d *claim.ExpenseDocument) {
			d.Cover = claim.Cover{Answer: claim.CoverPaid, Body: "INAIL", AmountText: "x"}
		}, "!amount-unreadable@coverAmount"},
		"CLM-39 cover of all of it": {func(d *claim.ExpenseDocument) {
			d.Cover = claim.Cover{Answer: claim.CoverPaid, Body: "INAIL", Amount: 3615}
		}, ""},

		"CLM-36 no prescription": {func(d *claim.ExpenseDocument) { d.Attachments = d.Attachments[:1] }, "prescription-missing@files"},
		"CLM-36 prescription by reading": {func(d *claim.ExpenseDocument) {
			d.Attachments[1].Role, d.Attachments[1].Paper = "", &reading.Paper{Type: reading.Prescription}
		}, ""},
		"CLM-30 none for other care":      {func(d *claim.ExpenseDocument) { d.Service, d.Attachments = claim.OtherCare, d.Attachments[:1] }, ""},
		"AMB-10 a report in an emergency": {func(d *claim.ExpenseDocument) { d.Service, d.Attachments[1].Role = claim.Emergency, claim.OtherPaper }, ""},
		"CLM-37 365 days before":          {func(d *claim.ExpenseDocument) { d.PrescribedOn = d.IssuedOn.AddDays(-365) }, ""},
		"CLM-37 the same day":             {func(d *claim.ExpenseDocument) { d.PrescribedOn = d.IssuedOn }, ""},
		"CLM-37 366 days before":          {func(d *claim.ExpenseDocument) { d.PrescribedOn = d.IssuedOn.AddDays(-366) }, "prescription-old@prescribedOn"},
		"CLM-37 after the expense":        {func(d *claim.ExpenseDocument) { d.PrescribedOn = d.IssuedOn.AddDays(1) }, "prescription-after@prescribedOn"},
		"prescribed in the future":        {func(d *claim.ExpenseDocument) { d.PrescribedOn = day(1) }, "!date-future@prescribedOn"},
		"BEE-21 a certificate of no day":  {func(d *claim.ExpenseDocument) { d.Sight.OnText = "31/02" }, "!date-unreadable@sightOn"},
		"BEE-21 a certificate to come":    {func(d *claim.ExpenseDocument) { d.Sight.On = day(1) }, "!date-future@sightOn"},
		"BPB-24 a loss to come":           {func(d *claim.ExpenseDocument) { d.Loss.Since = day(1) }, "!date-future@lossSince"},
		"BEE-14 the second cost unreadable": {func(d *claim.ExpenseDocument) {
			d.Treatments = []claim.Treatment{{ID: "filling", Amount: 100}, {ID: "filling", AmountText: "x"}}
		}, "!amount-unreadable@cost.1"},
		"prescribed on no day":              {func(d *claim.ExpenseDocument) { d.PrescribedText = "31/02" }, "!date-unreadable@prescribedOn"},
		"CLM-50 no diagnosis":               {func(d *claim.ExpenseDocument) { d.Diagnosis = " Check up. " }, "diagnosis-vague@diagnosis"},
		"BPB-06 with a specification":       {func(d *claim.ExpenseDocument) { d.Diagnosis = "controllo diabete" }, ""},
		"CLM-35 December until 28 February": {func(d *claim.ExpenseDocument) { d.IssuedOn = civil.Date{Year: 2025, Month: 12, Day: 31} }, "date-past-deadline@issuedOn"},

		"blank, dark and turned": {func(d *claim.ExpenseDocument) {
			d.Attachments[0].Flaws = []document.Flaw{document.Blank, document.Dark, document.Turned}
		}, "file-blank@files file-dark@files file-turned@files"},
		"blurred, and turned by reading": {func(d *claim.ExpenseDocument) {
			d.Attachments[0].Flaws, d.Attachments[0].Paper = []document.Flaw{document.Blurred}, &reading.Paper{Turned: true}
		}, "file-blurred@files file-turned@files"},

		"the paper agrees":          {paper(reading.Paper{Type: reading.Receipt, Number: "n. 001", IssuedOn: goodDocument().IssuedOn, Total: 3615, Person: "elena"}), ""},
		"the paper of a stranger":   {paper(reading.Paper{Stranger: true}), "paper-stranger@files"},
		"the paper of a relative":   {paper(reading.Paper{Person: "luca"}), "paper-person@person"},
		"another total":             {paper(reading.Paper{Total: 3600}), "paper-amount@amount"},
		"another currency's total":  {paper(reading.Paper{Total: 3600, Currency: "CHF"}), ""},
		"another number":            {paper(reading.Paper{Number: "2"}), "paper-number@number"},
		"another date":              {paper(reading.Paper{IssuedOn: day(-8)}), "paper-date@issuedOn"},
		"a prescription's own date": {paper(reading.Paper{Type: reading.Prescription, IssuedOn: day(-30)}), ""},
		"two receipts summed up": {func(d *claim.ExpenseDocument) {
			d.Amount, d.Attachments[0].Paper = 3000, &reading.Paper{Total: 1000}
			d.Attachments = append(d.Attachments, claim.Attachment{ID: "b", Paper: &reading.Paper{Total: 2000}})
		}, ""},
		"one of two papers agrees": {func(d *claim.ExpenseDocument) {
			d.Attachments[0].Paper = &reading.Paper{Total: 1000}
			d.Attachments = append(d.Attachments, claim.Attachment{ID: "b", Paper: &reading.Paper{Total: 3615}})
		}, ""},

		"never submitted unseen": {func(d *claim.ExpenseDocument) { d.Proposed = []string{claim.FieldAmount, claim.FieldNumber} }, "!unseen@amount !unseen@number"},

		"CLM-31 a stay without its letter": {func(d *claim.ExpenseDocument) { *d = stay(*d, day(-9), day(-3)); d.Attachments = d.Attachments[:1] }, "discharge-letter-missing@files"},
		"CLM-31 discharge to come":         {func(d *claim.ExpenseDocument) { *d = stay(*d, day(-1), day(1)) }, "!date-future@discharged"},
		"CLM-31 a letter by reading": {func(d *claim.ExpenseDocument) {
			*d = stay(*d, day(-9), day(-3))
			d.Attachments = append(d.Attachments[:1], claim.Attachment{ID: "l", Paper: &reading.Paper{Type: reading.Discharge}})
		}, ""},

		"CLM-02 clinical record":       {bare(claim.ClinicalRecord), ""},
		"CLM-02 hospital certificate":  {bare(claim.HospitalCertificate), ""},
		"CLM-02 employer certificate":  {bare(claim.EmployerCertificate), ""},
		"CLM-02 birth certificate":     {bare(claim.BirthCertificate), ""},
		"CLM-11 a certificate's place": {func(d *claim.ExpenseDocument) { bare(claim.BirthCertificate)(d); d.Province, d.Provider = "", "" }, "!province-missing@province !provider-missing@provider"},
		"CLM-10 a record's service":    {func(d *claim.ExpenseDocument) { bare(claim.ClinicalRecord)(d); d.Service = "" }, "!service-missing@service"},
		"CLM-10 no service of a birth": {func(d *claim.ExpenseDocument) { bare(claim.BirthCertificate)(d); d.Service = "" }, ""},
	} {
		d := flawless()
		c.edit(&d)
		if got := checked(claim.Claim{Documents: []claim.ExpenseDocument{d}}, demanding()); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// bare makes a document one of a type that states no expense.
func bare(typ claim.DocumentType) func(*claim.ExpenseDocument) {
	return func(d *claim.ExpenseDocument) {
		d.Type, d.Number, d.Amount, d.Cover, d.Attachments = typ, "", 0, claim.Cover{}, d.Attachments[:1]
	}
}

func TestAProblemOfAFileNamesIt(t *testing.T) {
	d := flawless()
	d.Attachments[1].Flaws = []document.Flaw{document.Blank}
	got := claim.Check(claim.Claim{Documents: []claim.ExpenseDocument{d}}, demanding())
	if len(got) != 1 || got[0].Values["File"] != "r" || got[0].Values["Name"] != "ricetta.pdf" {
		t.Fatalf("%+v", got)
	}
	d = flawless()
	d.Attachments[0].Paper = &reading.Paper{Total: 123456}
	got = claim.Check(claim.Claim{Documents: []claim.ExpenseDocument{d}}, demanding())
	if len(got) != 1 || got[0].Values["Read"] != "1.234,56" || got[0].Values["Typed"] != "36,15" || got[0].Values["File"] != "a" {
		t.Fatalf("%+v", got)
	}
}

func TestAMutualWithoutThemTakesNeitherForeignMoneyNorAsksForOtherCover(t *testing.T) { // BEE-06
	d := goodDocument()
	d.Currency, d.Foreign = "CHF", 100
	plain := claim.Rules{Today: today, IBAN: "x", Mutual: mutual.Profile{ID: "cesarepozzo"}}
	if got := checked(claim.Claim{Documents: []claim.ExpenseDocument{d}}, plain); got != "!foreign-refused@currency" {
		t.Errorf("%q", got)
	}
	if got := checked(claim.Claim{Documents: []claim.ExpenseDocument{goodDocument()}}, plain); got != "" {
		t.Errorf("%q", got)
	}
}

func TestAnOperationWantsItsPapers(t *testing.T) { // CLM-09, CLM-31
	operated := func(d claim.ExpenseDocument) claim.Claim {
		return claim.Claim{Procedure: claim.Surgery, Documents: []claim.ExpenseDocument{d}}
	}
	for name, c := range map[string]struct {
		document claim.ExpenseDocument
		want     string
	}{
		"a visit alone":        {flawless(), "surgery-record-missing@procedure"},
		"a stay with a letter": {stay(flawless(), today, today), ""},
		"a clinical record":    {func() claim.ExpenseDocument { d := flawless(); bare(claim.ClinicalRecord)(&d); return d }(), ""},
	} {
		if got := checked(operated(c.document), demanding()); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	if got := checked(claim.Claim{Documents: []claim.ExpenseDocument{flawless()}}, demanding()); got != "" {
		t.Errorf("a standard claim: %q", got)
	}
}

func TestTheLetterOfAStayMayBeInAnotherDocumentOfTheSamePerson(t *testing.T) { // CLM-31
	s := stay(flawless(), today, today)
	s.Attachments = s.Attachments[:1]
	letter := flawless()
	bare(claim.HospitalCertificate)(&letter)
	letter.ID = "e"
	for person, want := range map[string]string{"elena": "", "luca": "discharge-letter-missing@files"} {
		letter.Person = member.ID(person)
		if got := checked(claim.Claim{Documents: []claim.ExpenseDocument{s, letter}}, demanding()); got != want {
			t.Errorf("%s: %q, want %q", person, got, want)
		}
	}
}

func grant(edit func(*claim.Claim)) claim.Claim {
	c := claim.Claim{Kind: claim.StudyGrant, Region: "Lombardia", Documents: []claim.ExpenseDocument{{ID: "d", Type: claim.SchoolCertificate, Person: "giulia",
		School: "high", Mark: "10", Attachments: []claim.Attachment{{ID: "a", Size: 1000}}}}}
	edit(&c)
	return c
}

func TestAStudyGrantIsCheckedAsOne(t *testing.T) {
	d := func(c *claim.Claim) *claim.ExpenseDocument { return &c.Documents[0] }
	for name, c := range map[string]struct {
		edit func(*claim.Claim)
		want string
	}{
		"STU-03 nothing of an expense is asked": {func(*claim.Claim) {}, ""},
		"STU-04 no region":                      {func(c *claim.Claim) { c.Region = "" }, "!region-missing@region"},
		"STU-04 no such region":                 {func(c *claim.Claim) { c.Region = "Padania" }, "!region-missing@region"},
		"STU-05 for nobody":                     {func(c *claim.Claim) { d(c).Person = "" }, "!person-missing@person"},
		"STU-06 no school":                      {func(c *claim.Claim) { d(c).School = "" }, "!school-missing@school !mark-missing@mark"},
		"STU-06 a mark of another school":       {func(c *claim.Claim) { d(c).Mark = "110" }, "!mark-missing@mark"},
		"STU-07 no certificate":                 {func(c *claim.Claim) { d(c).Attachments = nil }, "!certificate-missing@files"},
		"STU-07 over 2 MB":                      {func(c *claim.Claim) { d(c).Attachments[0].Size = 2<<20 + 1 }, "!file-too-large@files"},
		"an invoice is no certificate":          {func(c *claim.Claim) { d(c).Type = claim.Invoice }, "!type-missing@type !service-missing@service !amount-missing@amount !number-missing@number !date-missing@issuedOn !province-missing@province !provider-missing@provider cover-unsaid@cover"},
		"a date that is none":                   {func(c *claim.Claim) { d(c).IssuedText = "x" }, "!date-unreadable@issuedOn"},
		"a certificate of last year":            {func(c *claim.Claim) { d(c).IssuedOn = today.AddDays(-200) }, ""},
	} {
		if got := checked(grant(c.edit), demanding()); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	if got := checked(grant(func(*claim.Claim) {}), claim.Rules{Today: today, IBAN: "x"}); !strings.HasPrefix(got, "!study-not-offered@kind") {
		t.Errorf("STU-01 where there are none: %q", got)
	}
	if n := len(claim.Regions()); n != 20 { // STU-04, AMB-62
		t.Errorf("%d regions", n)
	}
}

func TestAClaimHasAtMostAThousandFiles(t *testing.T) {
	d := flawless()
	for len(d.Attachments) <= claim.MaxFiles {
		d.Attachments = append(d.Attachments, claim.Attachment{ID: "x"})
	}
	if got := checked(claim.Claim{Documents: []claim.ExpenseDocument{d}}, demanding()); got != "!too-many-files@documents" {
		t.Fatal(got)
	}
}

func TestWhatIsNotAskedIsNotMissed(t *testing.T) { // CLM-02, CLM-10
	for _, typ := range append(claim.Types(claim.Refund), claim.SchoolCertificate) {
		d := claim.ExpenseDocument{ID: "d", Type: typ}
		kind := claim.Refund
		if typ == claim.SchoolCertificate {
			kind = claim.StudyGrant
		}
		for _, p := range claim.Check(claim.Claim{Kind: kind, Documents: []claim.ExpenseDocument{d}}, demanding()) {
			if field, ok := strings.CutPrefix(p.Where, "documents/d/"); ok && !d.Asks(field) {
				t.Errorf("%s: %s at %s, which the form does not ask for", typ, p.Code, field)
			}
		}
	}
}

func TestEverySentenceOfAProblemHasItsValues(t *testing.T) {
	seen := map[fault.Code]map[string]string{}
	d := flawless()
	d.PrescribedOn, d.Diagnosis, d.IssuedOn = today.AddDays(-800), "controllo", today.AddDays(-100)
	for _, p := range claim.Check(claim.Claim{Documents: []claim.ExpenseDocument{d}}, demanding()) {
		seen[p.Code] = p.Values
	}
	for code, values := range map[fault.Code][]string{claim.CodeOldPrescription: {"Days"}, claim.CodeVagueDiagnosis: {"Text"}, claim.CodeOldDate: {"Days", "LastDay"}} {
		for _, v := range values {
			if seen[code][v] == "" {
				t.Errorf("%s has no %s: %v", code, v, seen[code])
			}
		}
	}
}
