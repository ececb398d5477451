// Package fiscalcode reads, checks and computes the codice fiscale, the Italian tax code of a person (REG-04, REG-11,
// FAM-02, FAC-05), by the decree of 23 December 1976:
//
//	M R C L N E 6 7 C 5 4 F 2 0 5 J
//	surname name  year month day   birthplace check
//
// A woman's day is 40 more. Where two people would get the same code, the registry writes letters for some of the seven
// digits, from the last one on (omocodia); such a code is as good as the plain one. Who has not got a code yet has a
// provisional one of eleven digits.
//
// Parse says whether a text can be a codice fiscale at all. Examine compares it with what a person says of themselves and
// names the part that differs. What differs is a doubt, not a refusal: the registry also knows codes that follow from no
// name on paper, and the mutual's archive outranks every rule here.
package fiscalcode

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/letters"
)

// Codes of Parse, in the order in which they are looked for.
const (
	CodeMissing          fault.Code = "fiscalcode.missing"           // nothing was written
	CodeLength           fault.Code = "fiscalcode.length"            // Values: Got
	CodeLetter           fault.Code = "fiscalcode.letter"            // a letter is needed. Values: Position (1 to 16), Got
	CodeDigit            fault.Code = "fiscalcode.digit"             // a digit is needed. Values: Position, Got
	CodeSurnameForm      fault.Code = "fiscalcode.surname-form"      // no surname gives these. Values: Got
	CodeNameForm         fault.Code = "fiscalcode.name-form"         // no name gives these. Values: Got
	CodeMonth            fault.Code = "fiscalcode.month"             // no month has this letter. Values: Got
	CodeDay              fault.Code = "fiscalcode.day"               // the month has no such day. Values: Got
	CodeCheck            fault.Code = "fiscalcode.check-character"   // the last character does not follow from the others
	CodeProvisionalCheck fault.Code = "fiscalcode.provisional-check" // the same of a provisional code
)

// Code is a codice fiscale that Parse accepted: 16 capital letters and digits, or 11 digits when provisional.
type Code string

// Part is a part of a codice fiscale, or of what is known of a person.
type Part string

// The parts, as faults and findings name them.
const (
	Whole     Part = "whole"
	Surname   Part = "surname"    // characters 1 to 3
	Name      Part = "name"       // 4 to 6
	BirthDate Part = "birth-date" // 7 to 11
	SexPart   Part = "sex"        // 10, whether 40 was added
	Place     Part = "place"      // 12 to 15
	Check     Part = "check"      // 16
)

// Normalise returns the text as a code is written: capitals, with nothing between them that only parts groups.
func Normalise(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || strings.ContainsRune("-–./_\u200b\u200e\ufeff", r) {
			return -1
		}
		return unicode.ToUpper(r)
	}, text)
}

// Parse reads a codice fiscale as a person types it, in any case and with spaces. The error is a fault.Error of the first
// thing that is wrong; its Item is the Part.
func Parse(text string) (Code, error) {
	s := Normalise(text)
	if err := structure(s); err != nil {
		return "", err
	}
	c := Code(s)
	switch {
	case c.Provisional() && !provisionalCheck(s):
		return "", wrong(CodeProvisionalCheck, Check)
	case !c.Provisional() && letters.Check(s[:15]) != s[15]:
		return "", wrong(CodeCheck, Check)
	}
	return c, nil
}

// Provisional reports whether it is one of eleven digits, which says nothing of the person.
func (c Code) Provisional() bool { return len(c) == 11 }

// speaks reports whether the code says something of a person: neither the zero Code nor a provisional one does.
func (c Code) speaks() bool { return len(c) == 16 }

// structure checks everything but the last character of a normalised text.
func structure(s string) error {
	n := len([]rune(s))
	switch {
	case n == 0:
		return wrong(CodeMissing, Whole)
	case n == 11 && strings.Trim(s, "0123456789") == "":
		return nil
	case n != 16:
		return wrong(CodeLength, Whole).With("Got", strconv.Itoa(n))
	}
	if err := characters(s); err != nil {
		return err
	}
	p := split(s)
	switch {
	case !nameForm(p.surname):
		return wrong(CodeSurnameForm, Surname).With("Got", p.surname)
	case !nameForm(p.name):
		return wrong(CodeNameForm, Name).With("Got", p.name)
	case p.month == 0:
		return wrong(CodeMonth, BirthDate).With("Got", s[8:9])
	case !p.dayExists():
		return wrong(CodeDay, BirthDate).With("Got", plain(s)[9:11])
	}
	return nil
}

// characters checks that letters and digits stand where they must. A digit may be one of the letters of omocodia.
func characters(s string) error {
	for i, r := range []rune(s) {
		if i >= len(shape) {
			break
		}
		code := fault.Code("")
		switch digit, letter := '0' <= r && r <= '9', 'A' <= r && r <= 'Z'; {
		case shape[i] == 'A' && !letter:
			code = CodeLetter
		case shape[i] == '0' && !digit && (!letter || !strings.ContainsRune(omocodes, r)):
			code = CodeDigit
		}
		if code != "" {
			return wrong(code, partAt(i)).With("Position", strconv.Itoa(i+1)).With("Got", string(r))
		}
	}
	return nil
}

// shape has an A where a letter stands and a 0 where a digit does.
const shape = "AAAAAA00A00A000A"

// partAt returns the part that the i-th character, from 0, belongs to.
func partAt(i int) Part {
	switch {
	case i < 3:
		return Surname
	case i < 6:
		return Name
	case i < 11:
		return BirthDate
	case i < 15:
		return Place
	}
	return Check
}

func wrong(code fault.Code, part Part) *fault.Error {
	return fault.New(code, "fiscalcode.parse", string(part))
}
