// Package iban reads and checks the number of an account that refunds are paid to (PER-02, PER-09, CLM-07): its country
// and length, its check digits (ISO 13616, ISO 7064 mod 97-10), and for Italy and San Marino also the CIN, the check
// letter of the Italian account number, which catches slips that the check digits were computed over.
//
//	IT 60 X 05428 11101 000000123456
//	|  |  |  ABI   CAB   account
//	|  |  CIN
//	|  check digits
//	country
package iban

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/letters"
)

// Codes of Parse, in the order in which they are looked for.
const (
	CodeMissing     fault.Code = "iban.missing"      // nothing was written
	CodeShape       fault.Code = "iban.shape"        // does not begin with two letters and two digits
	CodeCountry     fault.Code = "iban.country"      // no country of the payment area SEPA. Values: Country
	CodeCharacter   fault.Code = "iban.character"    // a character that no IBAN has. Values: Position (from 1), Got
	CodeLength      fault.Code = "iban.length"       // Values: Country, Wanted, Got
	CodeStructure   fault.Code = "iban.structure"    // a letter where Italy has a digit, or the reverse. Values: Position, Got
	CodeCIN         fault.Code = "iban.cin"          // the check letter is not that of ABI, CAB and account. Values: Got, Wanted
	CodeCheckDigits fault.Code = "iban.check-digits" // the two digits do not follow from the rest
)

// IBAN is a number that Parse accepted: capital letters and digits, 15 to 31 of them, without spaces.
type IBAN string

// Part is a part of an IBAN, as faults name them in Item.
type Part string

// The parts.
const (
	Whole       Part = "whole"
	Country     Part = "country"
	CheckDigits Part = "check-digits"
	CIN         Part = "cin"
	ABI         Part = "abi"     // the bank
	CAB         Part = "cab"     // its branch
	Account     Part = "account" // the account there
)

// Normalise returns the text as an IBAN is stored: capitals, with nothing between them that only parts groups, and without
// the word IBAN before it.
func Normalise(text string) string {
	s := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || strings.ContainsRune("-–./_:\u200b\u200e\ufeff", r) {
			return -1
		}
		return unicode.ToUpper(r)
	}, text)
	return strings.TrimPrefix(s, "IBAN")
}

// Parse reads an IBAN as a person types or pastes it, in any case and with spaces. The error is a fault.Error of the first
// thing that is wrong; its Item is the Part. An Italian number whose CIN is wrong is told so even when the check digits
// agree with it.
func Parse(text string) (IBAN, error) {
	s := Normalise(text)
	if err := shape(s); err != nil {
		return "", err
	}
	italian := hasCIN(s)
	if italian {
		if err := structure(s); err != nil {
			return "", err
		}
	}
	right := mod97(s[4:]+s[:4]) == 1
	switch {
	case italian && s[4] != letters.Check(s[5:]):
		return "", italianSlip(s, right)
	case !right:
		return "", wrong(CodeCheckDigits, CheckDigits)
	}
	return IBAN(s), nil
}

// italianSlip tells a wrong CIN from a slip elsewhere. With the right check digits, or when the CIN that belongs there
// would make them right, it is the CIN; otherwise another character is wrong, and both checks see it.
func italianSlip(s string, right bool) error {
	wanted := string(letters.Check(s[5:]))
	mended := s[:4] + wanted + s[5:]
	if right || mod97(mended[4:]+mended[:4]) == 1 {
		return wrong(CodeCIN, CIN).With("Got", s[4:5]).With("Wanted", wanted)
	}
	return wrong(CodeCheckDigits, CheckDigits)
}

// shape checks country, characters and length.
func shape(s string) error {
	runes := []rune(s)
	switch {
	case len(runes) == 0:
		return wrong(CodeMissing, Whole)
	case len(runes) < 4 || !letter(runes[0]) || !letter(runes[1]) || !digit(runes[2]) || !digit(runes[3]):
		return wrong(CodeShape, Country)
	}
	for i, r := range runes {
		if !letter(r) && !digit(r) {
			return wrong(CodeCharacter, Whole).With("Position", strconv.Itoa(i+1)).With("Got", string(r))
		}
	}
	wanted, known := lengths[s[:2]]
	switch {
	case !known:
		return wrong(CodeCountry, Country).With("Country", s[:2])
	case len(s) != wanted:
		return wrong(CodeLength, Whole).With("Country", s[:2]).With("Wanted", strconv.Itoa(wanted)).With("Got", strconv.Itoa(len(s)))
	}
	return nil
}

// structure checks an Italian number: a letter, five and five digits, twelve letters or digits.
func structure(s string) error {
	for i := 4; i < 15; i++ {
		if letter(rune(s[i])) != (i == 4) {
			return wrong(CodeStructure, partAt(i)).With("Position", strconv.Itoa(i+1)).With("Got", s[i:i+1])
		}
	}
	return nil
}

func partAt(i int) Part {
	switch {
	case i == 4:
		return CIN
	case i < 10:
		return ABI
	}
	return CAB
}

// hasCIN reports whether the number is built as in Italy: San Marino shares its rule.
func hasCIN(s string) bool { return strings.HasPrefix(s, "IT") || strings.HasPrefix(s, "SM") }

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

func letter(r rune) bool { return 'A' <= r && r <= 'Z' }

func digit(r rune) bool { return '0' <= r && r <= '9' }

func wrong(code fault.Code, part Part) *fault.Error {
	return fault.New(code, "iban.parse", string(part))
}

// Italian builds the number of an Italian account from the five digits of the bank, the five of the branch and the
// account, padded with zeros to twelve. False when they are no such.
func Italian(abi, cab, account string) (IBAN, bool) {
	account = strings.ToUpper(account)
	if len(account) > 12 {
		return "", false
	}
	bban := abi + cab + strings.Repeat("0", 12-len(account)) + account
	for _, r := range bban {
		if !letter(r) && !digit(r) {
			return "", false
		}
	}
	if len(abi) != 5 || len(cab) != 5 {
		return "", false
	}
	rest := string(letters.Check(bban)) + bban
	check := 98 - mod97(rest+"IT00")
	found, err := Parse("IT" + string(rune('0'+check/10)) + string(rune('0'+check%10)) + rest)
	return found, err == nil
}

// Country returns the two letters of the country.
func (n IBAN) Country() string { return string(n[:2]) }

// Bank returns ABI and CAB of an Italian or San Marino number, and "" of another.
func (n IBAN) Bank() (abi, cab string) {
	if !hasCIN(string(n)) {
		return "", ""
	}
	return string(n[5:10]), string(n[10:15])
}

// Grouped writes the number in groups of four, as a person reads it.
func (n IBAN) Grouped() string { return Group(string(n)) }

// Group writes a text without spaces in groups of four, also one that is still being typed.
func Group(s string) string {
	var b strings.Builder
	n := 0
	for _, r := range s {
		if n > 0 && n%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
		n++
	}
	return b.String()
}
