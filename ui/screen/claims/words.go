package claims

import (
	"fmt"
	"strings"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/fault"
)

// Words is the vocabulary in the language of the moment.
func Words() Vocabulary {
	return Vocabulary{
		Service: func(s claim.Service) string { return words.T("claims.service." + string(s)) },
		And:     and,
		Nothing: words.T("claims.nothing"),
		State: func(m claim.Standing, s claim.State) string {
			return widget.StateName(s, m.Text)
		},
		Day:    words.Date,
		Month:  func(d civil.Date) string { return words.Month(d.Year, d.Month) },
		Unpaid: words.T("claims.unpaid"),
		Study:  words.T("claims.study"),
	}
}

// and joins names as one says them: "A", "A e B", "A, B e C".
func and(parts []string) string {
	joined := ""
	for i, p := range parts {
		switch {
		case i == 0:
			joined = p
		case i == len(parts)-1:
			joined = words.T(andKey(p), "A", joined, "B", p)
		default:
			joined += ", " + p
		}
	}
	return joined
}

// andKey is how the last is joined to those before it: in Italian "ed" before an e.
func andKey(last string) string {
	if strings.HasPrefix(strings.ToLower(last), "e") {
		return "claims.and.e"
	}
	return "claims.and"
}

// Subject says for whom a claim is and how much was spent, "Elena · 36,15 €"; of a study grant only for whom.
func Subject(c claim.Claim, household member.Household) string {
	spent := ""
	if c.Kind != claim.StudyGrant {
		spent = words.Money(c.Total())
	}
	return joinedBy(" · ", People(c, household), spent)
}

// serviceIcons says which drawing stands for a service.
var serviceIcons = map[claim.Service]theme.IconName{
	claim.Visit:     theme.IconStethoscope,
	claim.Exams:     theme.IconTestTube,
	claim.Imaging:   theme.IconScan,
	claim.Emergency: theme.IconAmbulance,
	claim.HospStay:  theme.IconBed,
}

// Icon returns the drawing of a service; one without its own has a receipt.
func Icon(s claim.Service) theme.IconName {
	if name, ok := serviceIcons[s]; ok {
		return name
	}
	return theme.IconReceipt
}

// say writes a note: the mutual's words, or the phrase of its key with its values as people read them.
func (n Note) say() string {
	if n.Text != "" || n.Key == "" {
		return n.Text
	}
	pairs := make([]any, 0, 2*len(n.Values))
	for name, value := range n.Values {
		switch v := value.(type) {
		case civil.Date:
			value = words.Date(v)
		case fault.Code:
			value = errtext.Code(v, nil)
		}
		pairs = append(pairs, name, fmt.Sprint(value))
	}
	return words.T(n.Key, pairs...)
}

// HeldReason is the sentence for what keeps a submission back.
func HeldReason(d *submission.Delivery) string {
	if d == nil || d.Reason == "" {
		return ""
	}
	return errtext.Code(d.Reason, nil)
}
