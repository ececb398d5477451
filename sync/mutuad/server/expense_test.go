package server_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/plan"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/demo"
)

// bending changes one thing of a good claim; field is what the refusal ends with, "" where it is taken.
type bending struct {
	name  string
	bend  func(*claim.Claim)
	field string
}

func document0(bend func(*claim.ExpenseDocument)) func(*claim.Claim) {
	return func(c *claim.Claim) { bend(&c.Documents[0]) }
}

// grant makes a claim a study grant of Mutua Aurora.
func grant(c *claim.Claim) {
	c.Kind, c.Region = claim.StudyGrant, "Lombardia"
	d := &c.Documents[0]
	d.Type, d.Person, d.Service, d.Amount, d.School, d.Mark = claim.SchoolCertificate, demo.Luca, "", 0, "high", "9"
}

func granted(bend func(*claim.Claim)) func(*claim.Claim) {
	return func(c *claim.Claim) { grant(c); bend(c) }
}

func abroad(d *claim.ExpenseDocument) { d.Amount, d.Currency, d.Foreign = 0, "CHF", 12050 }

// try files a claim for each bending and looks at the answer.
func (h *house) try(token string, bendings []bending) {
	t := h.t.(*testing.T)
	for _, b := range bendings {
		t.Run(b.name, func(t *testing.T) {
			h.t = t
			p := h.newSubmission(1, b.bend)
			h.upload(token, p)
			got := h.put(token, p)
			if b.field == "" {
				if got.status != http.StatusOK {
					t.Fatalf("%d %s", got.status, got.body)
				}
				return
			}
			if pr := got.problem(t); got.status != http.StatusUnprocessableEntity || pr.Code != api.CodeContent || !strings.HasSuffix(pr.Field, b.field) {
				t.Fatalf("%d %+v", got.status, pr)
			}
		})
	}
	h.t = t
}

// CLM-10, CLM-11, CLM-19, CLM-31, CLM-39: what the mutual does not know, or can't pay, is refused with its field.
func TestAnExpenseIsTakenInValuesThatTheMutualKnowsAndRefusedWithItsFieldOtherwise(t *testing.T) {
	h := newHouse(t, "")
	day := func(d int) civil.Date { return civil.Date{Year: 2026, Month: 11, Day: d} }
	h.try(h.signIn().UploadToken, []bending{
		{"as it is", func(*claim.Claim) {}, ""},
		{"surgery", func(c *claim.Claim) { c.Procedure = claim.Surgery }, ""},
		{"a kind that nobody knows", func(c *claim.Claim) { c.Kind = "holiday" }, "kind"},
		{"a procedure that nobody knows", func(c *claim.Claim) { c.Procedure = "magic" }, "procedure"},
		{"an IBAN with a slip", func(c *claim.Claim) { c.IBAN = "IT56N0542801602000000417436" }, "iban"},
		{"the same document twice", func(c *claim.Claim) { c.Documents = append(c.Documents, c.Documents[0]) }, "/id"},
		{"a document without an id", document0(func(d *claim.ExpenseDocument) { d.ID = "1" }), "documents/1/id"},
		{"a type that nobody knows", document0(func(d *claim.ExpenseDocument) { d.Type = "poem" }), "/type"},
		{"a school certificate among expenses", document0(func(d *claim.ExpenseDocument) { d.Type = claim.SchoolCertificate }), "/type"},
		{"a service that nobody knows", document0(func(d *claim.ExpenseDocument) { d.Service = "dance" }), "/service"},
		{"a receipt of nothing", document0(func(d *claim.ExpenseDocument) { d.Amount = 0 }), "/amount"},
		{"a certificate of nothing", document0(func(d *claim.ExpenseDocument) { d.Type, d.Amount, d.Number = claim.Certificate, 0, "" }), ""},
		{"more than anybody may type", document0(func(d *claim.ExpenseDocument) { d.Amount = money.Max + 1 }), "/amount"},
		{"a receipt without a number", document0(func(d *claim.ExpenseDocument) { d.Number = "" }), "/number"},
		{"no date", document0(func(d *claim.ExpenseDocument) { d.IssuedOn = civil.Date{} }), "/issuedOn"},
		{"the day after tomorrow", document0(func(d *claim.ExpenseDocument) { d.IssuedOn = day(24) }), "/issuedOn"},
		{"a date that can't be read", document0(func(d *claim.ExpenseDocument) { d.IssuedText = "ieri" }), "/issuedOn"},
		{"a stay", document0(func(d *claim.ExpenseDocument) {
			d.Service, d.Amount, d.Admitted, d.Discharged = claim.HospStay, 0, day(1), day(4)
		}), ""},
		{"out before in", document0(func(d *claim.ExpenseDocument) { d.Service, d.Admitted, d.Discharged = claim.HospStay, day(4), day(1) }), "/discharged"},
		{"a prescription to come", document0(func(d *claim.ExpenseDocument) { d.PrescribedOn = day(30) }), "/prescribedOn"},
		{"a benefit of the plan", document0(func(d *claim.ExpenseDocument) {
			d.Benefit, d.Form, d.Cause, d.Specialty = "specialist_visit", plan.Private, plan.Pregnancy, "Ginecologia"
		}), ""},
		{"a benefit that no file could name", document0(func(d *claim.ExpenseDocument) { d.Benefit = "visita di controllo" }), "/benefit"},
		{"a form that a refund can't have", document0(func(d *claim.ExpenseDocument) { d.Form = plan.Directly }), "/form"},
		{"a cause that nobody knows", document0(func(d *claim.ExpenseDocument) { d.Cause = "magic" }), "/cause"},
		{"two treatments", document0(func(d *claim.ExpenseDocument) {
			d.Treatments = []claim.Treatment{{ID: "extraction", Amount: 100}, {ID: "filling", Amount: 100}}
		}), ""},
		{"a treatment of less than nothing", document0(func(d *claim.ExpenseDocument) { d.Treatments = []claim.Treatment{{ID: "filling", Amount: -1}} }), "/treatments"},
		{"a treatment that no file could name", document0(func(d *claim.ExpenseDocument) { d.Treatments = []claim.Treatment{{ID: "two fillings"}} }), "/treatments"},
		{"lenses", document0(func(d *claim.ExpenseDocument) {
			d.Lens, d.Sight = "glasses", claim.Sight{On: day(1), Issuer: "oculista", Changed: claim.SaidYes}
		}), ""},
		{"a lens that no file could name", document0(func(d *claim.ExpenseDocument) { d.Lens = "for reading" }), "/lens"},
		{"a certificate of sight to come", document0(func(d *claim.ExpenseDocument) { d.Sight.On = day(30) }), "/sight"},
		{"a loss that was", document0(func(d *claim.ExpenseDocument) {
			d.Loss = claim.Loss{Acts: []string{"lavarsi"}, Since: day(1), Permanent: claim.SaidNo}
		}), ""},
		{"a loss that is perhaps permanent", document0(func(d *claim.ExpenseDocument) { d.Loss.Permanent = "perhaps" }), "/loss"},
		{"an injury to come", document0(func(d *claim.ExpenseDocument) { d.Cause, d.Injured = plan.Injury, day(30) }), "/injured"},
		{"a province in full", document0(func(d *claim.ExpenseDocument) { d.Province = "Milano" }), "/province"},
		{"more stamp duty than amount", document0(func(d *claim.ExpenseDocument) { d.StampDuty = d.Amount + 1 }), "/stampDuty"},
		{"in francs", document0(abroad), ""},
		{"in francs, with what was typed in euro before", document0(func(d *claim.ExpenseDocument) { abroad(d); d.Amount, d.AmountText = 1, "x" }), ""},
		{"in francs, and less than nothing in euro", document0(func(d *claim.ExpenseDocument) { abroad(d); d.Amount = -1 }), "/amount"},
		{"in euro as if abroad", document0(func(d *claim.ExpenseDocument) { abroad(d); d.Currency = "EUR" }), "/currency"},
		{"in a currency that is none", document0(func(d *claim.ExpenseDocument) { abroad(d); d.Currency = "sfr" }), "/currency"},
		{"nothing in francs", document0(func(d *claim.ExpenseDocument) { abroad(d); d.Foreign = 0 }), "/foreign"},
		{"an employer's certificate", document0(func(d *claim.ExpenseDocument) {
			d.Type, d.Service, d.Amount, d.Number = claim.EmployerCertificate, "", 0, ""
		}), ""},
		{"a clinical record of no service", document0(func(d *claim.ExpenseDocument) { d.Type, d.Service = claim.ClinicalRecord, "" }), "/service"},
		{"cover that paid", document0(func(d *claim.ExpenseDocument) {
			d.Cover = claim.Cover{Answer: claim.CoverPaid, Body: "Fondo", Amount: 100}
		}), ""},
		{"cover that paid nothing", document0(func(d *claim.ExpenseDocument) { d.Cover.Answer = claim.CoverPaid }), "/cover"},
		{"cover of an answer that nobody knows", document0(func(d *claim.ExpenseDocument) { d.Cover.Answer = "perhaps" }), "/cover"},
		{"cover of less than nothing", document0(func(d *claim.ExpenseDocument) { d.Cover = claim.Cover{Answer: claim.CoverNone, Amount: -5} }), "/cover"},
		{"a file of a role that nobody knows", document0(func(d *claim.ExpenseDocument) { d.Attachments[0].Role = "secret" }), "/role"},
		{"a paper that a plan asks for", document0(func(d *claim.ExpenseDocument) {
			d.Attachments[0].Role = claim.PaperRole(plan.PregnancyCertificate)
		}), ""},
		{"a paper of no name", document0(func(d *claim.ExpenseDocument) { d.Attachments[0].Role = claim.PaperRole("") }), "/role"},
		{"a prescription", document0(func(d *claim.ExpenseDocument) { d.Attachments[0].Role = claim.Prescription }), ""},
	})
}

// STU-03 to STU-07, STU-09
func TestAStudyGrantIsTakenWithRegionSchoolAndMarkOfTheMutualsLists(t *testing.T) {
	h := newHouse(t, "")
	h.try(h.signIn().UploadToken, []bending{
		{"as it should be", grant, ""},
		{"without a procedure", granted(func(c *claim.Claim) { c.Procedure = "" }), ""},
		{"without a region", granted(func(c *claim.Claim) { c.Region = "Atlantide" }), "region"},
		{"for a stranger", granted(func(c *claim.Claim) { c.Documents[0].Person = "nobody" }), "/person"},
		{"with an invoice", granted(func(c *claim.Claim) { c.Documents[0].Type = claim.Invoice }), "/type"},
		{"of a school that is not in the list", granted(func(c *claim.Claim) { c.Documents[0].School = "hogwarts" }), "/school"},
		{"with a mark of another school", granted(func(c *claim.Claim) { c.Documents[0].Mark = "110 e lode" }), "/mark"},
		{"with an amount", granted(func(c *claim.Claim) { c.Documents[0].Amount = 10 }), "/amount"},
		{"with a certificate that is not there", granted(func(c *claim.Claim) { c.Documents[0].Attachments = nil }), "/files"},
	})
}

// CFG-16, STU-01, CLM-39: each mutual takes what its rules say, and nothing else.
func TestWhatAMutualDoesNotOfferIsRefused(t *testing.T) {
	h := newHouseAt(t, "", "insieme")
	h.setPassword(string(demo.Elena), demo.Password)
	_, d := h.signInAs(api.SignIn{User: "elena@posta.example", Password: demo.Password, Device: "casa"})
	rules, err := h.archive.Rules(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	rules.Files.Kinds, rules.Files.MaxBytes, rules.Claims.Withdraw = []document.Kind{document.PDF, document.PNG}, 12_000, false
	if err := h.archive.SetRules(context.Background(), rules); err != nil {
		t.Fatal(err)
	}
	file := func(bend func(*claim.Attachment)) func(*claim.Claim) {
		return func(c *claim.Claim) { bend(&c.Documents[0].Attachments[0]) }
	}
	h.try(d.UploadToken, []bending{
		{"a refund", func(*claim.Claim) {}, ""},
		{"a study grant", grant, "kind"},
		{"francs", document0(abroad), "/currency"},
		{"taking back", func(c *claim.Claim) { c.Withdrawing = true }, "withdraw"},
		{"a PNG", file(func(a *claim.Attachment) { a.Kind = document.PNG }), ""},
		{"a JPEG", file(func(a *claim.Attachment) { a.Kind = document.JPEG }), "/kind"},
		{"a file beyond the mutual's limit", file(func(a *claim.Attachment) { a.ID, a.Size = "large", 12_001 }), "attachments/large"},
	})
}

// A program that was not renewed since format 1 still delivers.
func TestABodyOfFormatOneIsStillTaken(t *testing.T) {
	h := newHouse(t, "")
	token := h.signIn().UploadToken
	p := h.newSubmission(1)
	p.plain = []byte(strings.Replace(string(p.plain), `"format":3`, `"format":1`, 1))
	p.put.Body, p.put.Plain = h.seal(p.plain), hexOf(p.plain)
	h.upload(token, p)
	if got := h.put(token, p); got.status != http.StatusOK || !strings.Contains(string(p.plain), `"format":1`) {
		t.Fatalf("%d %s", got.status, got.body)
	}
}
