package newclaim_test

import (
	"strings"
	"testing"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/plan"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/ui/words"
)

func TestThePanelFollowsEveryKeyAndNeverForbids(t *testing.T) { // CLM-49, CLM-50, UX section 4
	m := atDocuments(t)
	m.see("plan.why.no-service")
	m.fillTicket()
	for text, sum := range map[string]money.Cents{"36,15": 2892, "100": 8000, "50,1": 4008} {
		m.fill("amount", text)
		m.seeText(words.Money(sum))
	}
	m.see("plan.estimate")
	m.pick("form", words.T("newclaim.form."+string(plan.Private)))
	m.see("plan.outcome.not")
	m.seeText(words.T("plan.estimate") + " " + words.T("plan.anyway"))
	m.press("newclaim.continue")
	m.see("newclaim.review.title")
	m.press("newclaim.send")
	m.stored("it is sent all the same", func(c claim.Claim) bool { return c.Revision == 1 && c.Documents[0].Form == plan.Private })
}

func TestWhatThePlanSaysIsNotSaidAgainBelow(t *testing.T) { // CLM-49
	m := atDocuments(t)
	m.fillTicket()
	m.seeText(missingPrescription())
	if m.Sees(words.T("newclaim.problem.claim.prescription-missing")) {
		t.Error("the prescription is missing twice")
	}
	if m.Sees(words.T("newclaim.fine.time.source", "Days", 90)) {
		t.Error("the term is told twice")
	}
}

func missingPrescription() string {
	return strings.ReplaceAll(words.T("plan.PRESCRIPTION_MISSING"), "**", "")
}

func TestPressingALineOfThePanelOpensItsArticleOffline(t *testing.T) { // CLM-49
	m := atDocuments(t)
	m.fillTicket()
	m.Line(submission.Link{})
	m.ok(m.Press(missingPrescription()))
	m.seeText("La prescrizione dovrà inoltre contenere la diagnosi")
	m.press("plan.article.copy")
	m.see("plan.article.copied")
	m.press("plan.article.close")
}

func TestTheSummaryAndTheClaimThatWasSentSayWhatIsExpected(t *testing.T) { // CLM-18, CLM-49
	m := atDocuments(t)
	m.fillTicket()
	m.press("newclaim.continue")
	expected := words.T("plan.brief.amount", "Verdict", words.T("plan.outcome.covered"), "Sum", words.Money(2892))
	m.seeText(expected)
	m.see("plan.total")
	m.press("newclaim.send")
	m.see("newclaim.sent.queued")
	m.press("newclaim.sent.show")
	m.see("claims.fact.expected")
	m.seeText(expected)
	m.see("plan.estimate")
}
