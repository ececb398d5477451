package gallery

import (
	"encoding/json"
	"time"

	"github.com/sodale/sodale/app/card"
	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/notice"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/ui/screen/claims"
)

// The instant at which the pictures are taken, and the people on them. All of them are invented.
var now = time.Date(2026, 11, 16, 9, 41, 0, 0, time.UTC) // 10:41 in Rome

const (
	elena member.ID = "01890a5d-ac96-774b-bcce-b302099a8001"
	paolo member.ID = "01890a5d-ac96-774b-bcce-b302099a8002"
	luca  member.ID = "01890a5d-ac96-774b-bcce-b302099a8003"

	password   = "tiglio-lanterna-42"
	mutualName = "Mutua Aurora"
	phone      = "800 000 342"
)

func day(y int, m time.Month, d int) civil.Date { return civil.Date{Year: y, Month: m, Day: d} }

// Household is the invented family.
func Household() member.Household {
	return member.Household{Number: "000000003423", Since: day(2009, 3, 1),
		Holder: member.Person{ID: elena, Role: member.Holder, GivenName: "Elena", FamilyName: "Marchetti",
			FiscalCode: "MRCLNE67C54F205J", DateOfBirth: day(1967, 3, 14)},
		Family: []member.Person{
			{ID: paolo, Role: member.Spouse, GivenName: "Paolo", FamilyName: "Marchetti", FiscalCode: "MRCPLA65P02A794S", DateOfBirth: day(1965, 9, 2)},
			{ID: luca, Role: member.Child, GivenName: "Luca", FamilyName: "Marchetti", FiscalCode: "MRCLCU09S21F205T", DateOfBirth: day(2009, 11, 21)}},
		Home:  member.Address{Street: "Via dei Tigli 14", PostCode: "20100", Town: "Milano", Province: "MI"},
		EMail: "elena@posta.example", Mobile: "+39 333 000 3423", IBAN: "IT56N0542801602000000417435",
		Plan:    householdPlan(),
		Version: 1}
}

// householdPlan is what they have: in it from the start, all paid in time.
func householdPlan() member.Plan {
	p := member.Plan{Name: "Piano Base", Active: true, PaidUpTo: day(2026, 12, 31), ID: "piano-base", Way: "bonifico",
		Covers: []member.Cover{{Person: elena, Role: "titolare", Start: day(2009, 3, 1)}, {Person: paolo, Role: "coniuge", Start: day(2009, 3, 1)},
			{Person: luca, Role: "figlio", Start: day(2010, 1, 1)}}}
	for _, on := range []civil.Date{day(2025, 1, 31), day(2025, 6, 30), day(2026, 1, 31), day(2026, 6, 30)} {
		p.Dues = append(p.Dues, member.Due{On: on, Cents: 16350, Paid: on.AddDays(-12)})
	}
	return p
}

func cards() []card.Card {
	roles := map[member.Role]string{member.Holder: "Titolare", member.Spouse: "Coniuge", member.Child: "Figlio"}
	h := Household()
	var all []card.Card
	for _, p := range h.People() {
		all = append(all, card.Card{Number: h.Number, Name: p.FullName(), Role: roles[p.Role], FiscalCode: p.FiscalCode, Since: h.Since,
			ValidTo: h.Plan.PaidUpTo, Plan: h.Plan.Name, Mutual: mutualName, Helpline: phone,
			Code: "SODALE1." + string(p.ID) + ".20261231.MEQCIGZsdW1pbmFyaWEtZmludGEtcGVyLWxhLWdhbGxlcmlh"})
	}
	return all
}

func notices() []notice.Notice {
	return []notice.Notice{
		{ID: "n1", Kind: submission.EventClaimStatus, Subject: "c-dental", State: string(claim.DocumentsRequested), At: now.Add(-20 * time.Hour), Text: "Serve la ricetta con la diagnosi."},
		{ID: "n2", Kind: submission.EventClaimStatus, Subject: "c-exams", State: string(claim.Approved), At: now.Add(-50 * time.Hour)},
		{ID: "n3", Kind: submission.EventClaimStatus, Subject: "c-paid", State: string(claim.Paid), At: now.Add(-121 * time.Hour), Read: true},
	}
}

// pratica is one claim of the list with its delivery.
type pratica struct {
	claim    claim.Claim
	delivery *submission.Delivery
}

// made builds a claim of one document that was edited some days ago.
func made(id string, person member.ID, service claim.Service, amount money.Cents, provider, number string, days int) claim.Claim {
	at := now.AddDate(0, 0, -days)
	return claim.Claim{ID: claim.ID(id), Holder: elena, Procedure: claim.Standard, CreatedAt: at, EditedAt: at,
		Documents: []claim.ExpenseDocument{{ID: id + "-1", Type: claim.ReceiptSlip, Person: person, Service: service, Amount: amount,
			Number: number, IssuedOn: civil.Of(at).AddDays(-3), Province: "MI", Provider: provider,
			Attachments: []claim.Attachment{{ID: id + "-a", Name: "ricevuta.pdf", Kind: document.PDF, Pages: 1, Size: 412 << 10}}}}}
}

// sent freezes a claim with a delivery of that status.
func sent(c claim.Claim, status submission.Status, edit func(*claim.Claim, *submission.Delivery)) pratica {
	c.Revision, c.OpID = 1, string(c.ID)+"-op"
	d := submission.Delivery{OpID: c.OpID, Kind: submission.KindClaim, Subject: string(c.ID), Revision: 1, Status: status, FrozenAt: c.EditedAt,
		Blobs: make([]submission.Blob, len(c.Attachments()))}
	for i, a := range c.Attachments() {
		d.Blobs[i] = submission.Blob{Digest: a.ID, Size: a.Size}
	}
	if status == submission.Delivered {
		d.DoneAt, d.Protocol, d.BlobsDone = c.EditedAt.Add(time.Minute), "26-004471", len(d.Blobs)
	}
	if edit != nil {
		edit(&c, &d)
	}
	if status == submission.Delivered {
		d.Receipt = receiptOf(c.ID, d)
	}
	return pratica{c, &d}
}

// stands adds the mutual's word to a claim.
func stands(state claim.State, number string, more func(*claim.Standing)) func(*claim.Claim, *submission.Delivery) {
	return func(c *claim.Claim, d *submission.Delivery) {
		d.Protocol = number
		c.Mutual = claim.Standing{State: state, Number: number, Steps: []claim.Passage{
			{State: claim.Registered, At: c.EditedAt.Add(20 * time.Minute)}, {State: state, At: c.EditedAt.Add(30 * time.Hour)}}}
		if more != nil {
			more(&c.Mutual)
		}
	}
}

// claimsOfAYear is a list as a member has it after some months.
func claimsOfAYear() []pratica {
	draft := made("c-draft", luca, claim.Visit, 5000, "", "", 0)
	draft.Open, draft.Step = true, 2
	draft.Documents[0].Attachments = nil
	return []pratica{
		{claim: draft},
		sent(made("c-queued", elena, claim.Visit, 3615, "Ospedale San Rocco", "2026/004817", 1), submission.Queued, nil),
		sent(made("c-dental", luca, claim.OtherCare, 12000, "Studio dentistico Bianconi", "318", 12), submission.Delivered,
			stands(claim.DocumentsRequested, "26-004471", func(s *claim.Standing) {
				s.Reason, s.Article, s.ReplyBy = "Serve la ricetta con la diagnosi.", "1.2", day(2026, 12, 15)
			})),
		sent(made("c-exams", paolo, claim.Exams, 4615, "Poliambulatorio Gonzaga", "2026/118830", 25), submission.Delivered,
			stands(claim.Approved, "26-004402", func(s *claim.Standing) { s.Granted, s.Article = 3692, "1.1" })),
		sent(made("c-review", elena, claim.Imaging, 9800, "Centro Lanterna", "A-77120", 38), submission.Delivered, stands(claim.InReview, "26-004377", nil)),
		sent(made("c-paid", elena, claim.Exams, 3615, "Ospedale San Rocco", "2026/003310", 61), submission.Delivered,
			stands(claim.Paid, "26-003911", func(s *claim.Standing) { s.Granted, s.PaidOn, s.Article = 2892, day(2026, 9, 17), "1.1" })),
		sent(made("c-rejected", paolo, claim.OtherCare, 8000, "Studio Ferri", "12", 90), submission.Delivered,
			stands(claim.Rejected, "26-003500", func(s *claim.Standing) {
				s.Reason, s.Article = "La prestazione non è prevista dal piano.", "3.4"
			})),
	}
}

// receiptOf is a receipt as the engine keeps it; verifyReceipt reads it back. The signature is the engine's business.
func receiptOf(id claim.ID, d submission.Delivery) []byte {
	raw, _ := json.Marshal(claims.Receipt{Mutual: mutualName, Subject: string(id), Revision: d.Revision, Protocol: d.Protocol, At: d.DoneAt,
		Digest: "7c1f0a9b3e5d2846a1b07f6c9d82e4530f6a7b1c2d3e4f5061728394a5b6c7d8", Files: len(d.Blobs)})
	return raw
}

func verifyReceipt(raw []byte) (claims.Receipt, error) {
	var r claims.Receipt
	err := json.Unmarshal(raw, &r)
	return r, err
}
