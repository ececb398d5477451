package newclaim

import (
	"strings"

	"github.com/sodale/sodale/app/fault"
)

// Codes of parseIBAN.
const (
	codeIBANLength fault.Code = "iban.length" // Values: Wanted, Got
	codeIBANShape  fault.Code = "iban.shape"
	codeIBANDigits fault.Code = "iban.check-digits"
)

// italianIBAN is how many characters an Italian IBAN has (PER-09); others have 15 to 34 (ISO 13616).
const italianIBAN = 27

// parseIBAN reads an IBAN as a person types it, in any case and with spaces, and returns its 15 to 34 characters. It
// verifies the check digits (ISO 7064, mod 97-10).
func parseIBAN(text string) (string, error) {
	s := strings.ToUpper(strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '\u00a0' || r == '.' || r == '-' }), ""))
	for i, r := range s {
		letter, digit := 'A' <= r && r <= 'Z', '0' <= r && r <= '9'
		if !letter && !digit || i < 2 && !letter || (i == 2 || i == 3) && !digit {
			return "", fault.New(codeIBANShape, "iban.parse", "")
		}
	}
	if strings.HasPrefix(s, "IT") && len(s) != italianIBAN {
		return "", fault.New(codeIBANLength, "iban.parse", "").With("Wanted", "27").With("Got", itoa(len(s)))
	}
	if len(s) < 15 || len(s) > 34 {
		return "", fault.New(codeIBANShape, "iban.parse", "")
	}
	if mod97(s[4:]+s[:4]) != 1 {
		return "", fault.New(codeIBANDigits, "iban.parse", "")
	}
	return s, nil
}

// mod97 is the remainder of the number that s spells when A stands for 10 and Z for 35.
func mod97(s string) int {
	n := 0
	for _, r := range s {
		if r >= 'A' {
			n = (n*100 + int(r-'A') + 10) % 97
		} else {
			n = (n*10 + int(r-'0')) % 97
		}
	}
	return n
}
