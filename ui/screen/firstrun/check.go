package firstrun

import (
	"strings"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/fiscalcode"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/phone"
	"github.com/sodale/sodale/app/place"
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/screen/secret"
	"github.com/sodale/sodale/ui/words"
)

// fiscalCode is a codice fiscale as it is sent.
func fiscalCode(text string) string { return fiscalcode.Normalise(text) }

// fieldsOf lists what a screen asks, in reading order.
func (m *model) fieldsOf(s stage) []field {
	switch s {
	case stageFirst:
		return []field{fieldUser, fieldFirst}
	case stagePerson:
		list := []field{fieldFamilyName, fieldGivenName, fieldSex, fieldBirthDate, fieldBirthPlace, fieldFiscalCode}
		if m.asksResidence() {
			list = append(list, fieldStreet, fieldPostCode, fieldTown, fieldProvince)
		}
		return list
	case stageReach:
		list := []field{fieldEMail, fieldMobile, fieldNew, fieldAgain}
		if m.rules().Verification.MobileFromDesk {
			list = []field{fieldEMail, fieldNew, fieldAgain}
		}
		return list
	case stageSignIn:
		return []field{fieldUser, fieldPassword}
	case stageDossier:
		return []field{fieldFiscalCode, fieldActivation}
	case stageCodes:
		return m.codeFields()
	case stageProve:
		return []field{fieldGroupOne, fieldGroupTwo}
	}
	return nil
}

// codeFields are the fields of the channels that wait for a code (CTV-07).
func (m *model) codeFields() []field {
	var list []field
	for _, c := range m.enrolment.Channels {
		switch c {
		case channelEMail:
			list = append(list, fieldCodeEMail)
		case channelMobile:
			list = append(list, fieldCodeMobile)
		}
	}
	return list
}

// The channels of account.Enrolment.
const (
	channelEMail  = "email"
	channelMobile = "mobile"
)

// check looks at every field of a screen, notes what is wrong, and returns the fields that are.
func (m *model) check(s stage) []field {
	var bad []field
	for _, f := range m.fieldsOf(s) {
		if text := m.problem(f); text != "" {
			m.wrong[f] = text
			bad = append(bad, f)
		}
	}
	return bad
}

// problem says what is wrong with a field, "" for nothing.
func (m *model) problem(f field) string {
	text := strings.TrimSpace(m.text(f))
	switch f {
	case fieldUser:
		_, err := m.rules().UserName(text)
		return errtext.Of(err)
	case fieldEMail:
		return m.emailProblem(text)
	case fieldMobile:
		return m.mobileProblem(text)
	case fieldNew:
		first, _ := secret.Wrong(m.rules().Password, m.text(fieldNew), m.text(fieldAgain))
		return first
	case fieldAgain:
		_, second := secret.Wrong(m.rules().Password, m.text(fieldNew), m.text(fieldAgain))
		return second
	case fieldBirthDate:
		return m.birthProblem(text)
	case fieldBirthPlace:
		return m.placeProblem(text)
	case fieldFiscalCode:
		return m.fiscalProblem(text)
	case fieldPostCode:
		return postCodeProblem(text)
	case fieldGroupOne, fieldGroupTwo:
		return m.groupProblem(f, text)
	}
	if text == "" {
		return words.T("firstrun.missing." + string(f))
	}
	return ""
}

// emailProblem says what is wrong with the e-mail address (FAC-08).
func (m *model) emailProblem(text string) string {
	v := m.rules().Verification
	if text == "" {
		if v.EMailMandatory || m.rules().Entry.User == mutual.UserEMail {
			return words.T("firstrun.missing.email")
		}
		return ""
	}
	name, host, ok := strings.Cut(text, "@")
	if !ok || name == "" || strings.ContainsAny(text, " \t") || strings.Contains(host, "@") || !strings.Contains(strings.Trim(host, "."), ".") {
		return words.T("error." + string(mutual.CodeUserEMail))
	}
	return ""
}

// mobileProblem says what is wrong with the mobile number. Where the mutual wants a prefix of its own, its own sentence says
// so (REG-07).
func (m *model) mobileProblem(text string) string {
	if text == "" && !m.rules().Verification.MobileMandatory {
		return "" // FAC-09
	}
	_, err := m.rules().ParseMobile(text)
	switch code := fault.CodeOf(err); {
	case err == nil:
		return ""
	case (code == phone.CodePrefix || code == phone.CodeSpace) && m.rules().Messages.MobileWarning != "":
		return m.rules().Messages.MobileWarning
	}
	return errtext.Of(err)
}

func (m *model) birthProblem(text string) string {
	if text == "" {
		return words.T("firstrun.missing.birth-date")
	}
	d, err := civil.ParseItalian(text)
	switch {
	case err != nil:
		return errtext.Of(err)
	case m.today.Before(d) || d.Year < m.today.Year-130:
		return words.T("firstrun.wrong.birth-date")
	}
	return ""
}

func (m *model) placeProblem(text string) string {
	switch {
	case text == "":
		return words.T("firstrun.missing.birth-place")
	case m.text(fieldPlaceCode) == "":
		return words.T("firstrun.wrong.birth-place")
	}
	return ""
}

func postCodeProblem(text string) string {
	if len(text) != 5 || strings.Trim(text, "0123456789") != "" {
		return words.T("firstrun.wrong.post-code")
	}
	return ""
}

// findings compare the codice fiscale with what was said of the person, part by part (REG-04).
func (m *model) findings() []fiscalcode.Finding {
	p := fiscalcode.Person{}
	if m.stage == stagePerson {
		p = fiscalcode.Person{Surname: trimmed(m.text(fieldFamilyName)), Name: trimmed(m.text(fieldGivenName)), Born: m.born(),
			Sex: fiscalcode.Sex(m.text(fieldSex)), Place: place.Code(m.text(fieldPlaceCode))}
	}
	return fiscalcode.Examine(m.text(fieldFiscalCode), p, m.today)
}

// fiscalProblem is the first finding that stops.
func (m *model) fiscalProblem(string) string {
	for _, f := range m.findings() {
		if f.Blocking {
			return errtext.Code(f.Code, f.Values)
		}
	}
	return ""
}

// fiscalDoubts are the findings that do not stop: the mutual's archive outranks them.
func (m *model) fiscalDoubts() string {
	var said []string
	for _, f := range m.findings() {
		if !f.Blocking {
			said = append(said, errtext.Code(f.Code, f.Values))
		}
	}
	return strings.Join(said, " ")
}

// groups parts the recovery code at its dashes.
func (m *model) groups() []string { return strings.Split(m.recovery, "-") }

// asked are the two groups, from 0, that are typed back.
func (m *model) asked() [2]int {
	n := len(m.groups())
	return [2]int{n / 3, n - 1}
}

func (m *model) groupProblem(f field, text string) string {
	at := m.asked()[0]
	if f == fieldGroupTwo {
		at = m.asked()[1]
	}
	switch {
	case text == "":
		return words.T("firstrun.missing.group")
	case !strings.EqualFold(text, m.groups()[at]):
		return words.T("firstrun.wrong.group")
	}
	return ""
}
