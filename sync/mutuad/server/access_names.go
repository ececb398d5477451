package server

import (
	"net/http"
	"net/mail"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/phone"
	"github.com/sodale/sodale/app/privacy"
	"github.com/sodale/sodale/sync/api"
)

// userName is how a user name is looked up (FAC-04, LOG-01, LOG-03). What can't be one is looked up as it is, and not found.
func userName(rules mutual.Profile, text string) string {
	name, err := rules.UserName(text)
	if err != nil {
		return strings.TrimSpace(text)
	}
	return name
}

// mobileNumber writes a mobile number as it is kept (REG-07, AMB-57).
func mobileNumber(text string) (string, bool) {
	n, err := phone.ParseMobile(text)
	return string(n), err == nil
}

const maxEMail = 254 // bytes

// emailAddress writes an address in small letters; false for what is none, or one with a name beside it.
func emailAddress(text string) (string, bool) {
	text = strings.ToLower(strings.TrimSpace(text))
	a, err := mail.ParseAddress(text)
	return text, err == nil && a.Address == text && len(text) <= maxEMail && strings.ContainsAny(text[strings.LastIndex(text, "@"):], ".")
}

// folded is a name without case, accents, spaces and apostrophes: what is compared of names (REG-11).
func folded(name string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToUpper(name)) {
		if unicode.IsLetter(r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// fiscalCode is a codice fiscale as the archive has it.
func fiscalCode(text string) string { return strings.ToUpper(strings.ReplaceAll(text, " ", "")) }

// sayField refuses a field of a form and says in Italian what is wrong with it.
func sayField(field, title string) *refusal {
	r := refuse(http.StatusUnprocessableEntity, api.CodeField, field)
	r.Title = title
	return r
}

// saidCommon is what is wrong with a password that follows the rule and is guessed first.
const saidCommon = "Questa password è fra le prime che si provano. Scegline una meno comune."

// checkPassword refuses a password that does not follow the mutual's rule (LOG-07, MSG-04, FAC-12), and one that is guessed first.
func checkPassword(rule mutual.PasswordRule, password string) error {
	if len(password) > maxPassword {
		return malformed("password")
	}
	said := rule.Text
	switch {
	case password == "" || len(rule.Check(password)) > 0:
	case mutual.CommonPassword(password):
		said = saidCommon
	default:
		return nil
	}
	r := refuse(http.StatusUnprocessableEntity, api.CodePasswordRule, "password")
	if said != "" {
		r.Title = said
	}
	return r
}

// consented returns the answers to what the mutual asks at a moment. Without a mandatory consent nothing goes on (FAC-14, REG-08).
// Answers to what is not asked then are left out, and the version is that of the text which the mutual has now.
func consented(rules mutual.Profile, moment mutual.Moment, said []api.ConsentAnswer) ([]privacy.Answer, error) {
	var answers []privacy.Answer
	for _, asked := range rules.ConsentsAt(moment) {
		given := false
		for _, one := range said {
			if one.Consent == asked.ID && one.Version == asked.Version {
				given = one.Given
				answers = append(answers, privacy.Answer{Consent: one.Consent, Version: one.Version, Given: one.Given, At: one.At.UTC()})
				break
			}
		}
		if asked.Mandatory && !given {
			return nil, refuse(http.StatusUnprocessableEntity, api.CodeConsentMissing, asked.ID)
		}
	}
	return answers, nil
}

// reachable checks the contacts of a form against what the mutual needs (FAC-08, FAC-09, REG-12).
func reachable(rules mutual.Verification, email, mobile string) (mail, number string, err error) {
	if email != "" || rules.EMailMandatory {
		var ok bool
		if mail, ok = emailAddress(email); !ok {
			return "", "", sayField("email", "L'indirizzo e-mail non è scritto bene.")
		}
	}
	if mobile != "" || rules.MobileMandatory && !rules.MobileFromDesk {
		var ok bool
		if number, ok = mobileNumber(mobile); !ok {
			return "", "", sayField("mobile", "Il numero di cellulare non è scritto bene.")
		}
	}
	return mail, number, nil
}
