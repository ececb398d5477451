package firstrun

import (
	"strconv"
	"strings"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/screen/secret"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// digits is a code as it is sent.
func digits(text string) string { return secret.Digits(text) }

// wrongCode puts what is wrong with a code at its field, with the tries that are left.
func (p *Page) wrongCode(values map[string]string) {
	f := map[string]field{channelEMail: fieldCodeEMail, channelMobile: fieldCodeMobile, "activation": fieldActivation}[values["Field"]]
	if f == "" {
		f = fieldCodeEMail
		if fields := p.m.fieldsOf(p.m.stage); len(fields) > 0 {
			f = fields[len(fields)-1]
		}
	}
	text := errtext.Of(p.m.fault)
	if left, err := strconv.Atoi(values["Left"]); err == nil {
		text += " " + words.N("firstrun.tries", left)
	}
	p.m.wrong[f] = text
}

// wrongField puts the mutual's own words at the field that they are about.
func (p *Page) wrongField(values map[string]string) {
	f := map[string]field{"email": fieldEMail, "mobile": fieldMobile, "password": fieldNew, "fiscalCode": fieldFiscalCode, "user": fieldUser,
		"givenName": fieldGivenName, "familyName": fieldFamilyName, "dateOfBirth": fieldBirthDate, "birthPlace": fieldBirthPlace, "sex": fieldSex,
		"street": fieldStreet, "postCode": fieldPostCode, "town": fieldTown, "province": fieldProvince}[values["Field"]]
	if f == "" {
		return
	}
	text := values["Reason"]
	if text == "" || !strings.Contains(text, " ") {
		text = errtext.Of(p.m.fault)
	}
	if p.m.backTo(f) {
		p.m.wrong[f] = text
	}
}

// label is what a field is called.
func (p *Page) label(f field) string {
	if named, ok := p.fields[f].(widget.Named); ok {
		return named.Name()
	}
	return ""
}

// complete looks at the fields and boxes of the screen. What is wrong stands at its place; where that is more than one thing,
// a summary on top leads to each, and the keyboard goes there.
func (p *Page) complete() bool {
	bad := p.m.check(p.m.stage)
	if p.factor != nil && !p.factor.Check() {
		p.relayout()
		return false
	}
	refused := p.m.refused(p.asksAt())
	if !p.asksConsents() {
		refused = nil
	}
	if len(bad)+len(refused) == 0 {
		p.problems.Set(nil)
		return true
	}
	for _, f := range bad {
		if in, ok := p.fields[f]; ok {
			in.SetError(p.m.wrong[f])
		}
	}
	p.sayLacking()
	if len(bad) == 1 && len(refused) == 0 {
		p.problems.Set(nil)
		p.relayout()
		p.jumpTo(bad[0])
		return false
	}
	var lines []widget.ProblemLine
	for _, f := range bad {
		lines = append(lines, widget.ProblemLine{Text: p.label(f), Jump: func() { p.jumpTo(f) }})
	}
	for i := range refused {
		lines = append(lines, widget.ProblemLine{Text: words.T("firstrun.consent"), Jump: func() { p.jumpToConsent(i) }})
	}
	p.problems.Set(lines)
	p.relayout()
	p.problems.Focus()
	return false
}

func (p *Page) jumpTo(f field) {
	if in, ok := p.fields[f]; ok {
		in.Focus()
	}
}

// atField reports whether what went wrong stands at a field, so that it is not said on top too.
func (p *Page) atField() bool {
	switch fault.CodeOf(p.m.fault) {
	case account.CodeCodeWrong, account.CodePasswordRule, account.CodeField:
		return len(p.m.wrong) > 0
	case account.CodeFactor:
		return true
	case account.CodeFactorWrong:
		return p.m.stage == stageFactor
	}
	return false
}
