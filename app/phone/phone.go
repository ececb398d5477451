// Package phone reads telephone numbers (REG-04, REG-07, AMB-57, FAC-09, LOG-03, FAM-05). However it is typed, a number is
// kept in one way, "+" with the country's prefix and the digits, so that two can be compared; a screen shows it as its
// mutual writes it.
package phone

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/sodale/sodale/app/fault"
)

// Codes of Parse, ParseMobile and ParseDotted.
const (
	CodeMissing   fault.Code = "phone.missing"    // nothing was written
	CodeCharacter fault.Code = "phone.character"  // something that is neither digit nor parts digits. Values: Got
	CodeLength    fault.Code = "phone.length"     // too few or too many digits. Values: Got, of the number without +39
	CodeNotMobile fault.Code = "phone.not-mobile" // Italian, and does not begin with 3
	CodeBeginning fault.Code = "phone.beginning"  // Italian, and begins with none of 0, 3 and the numbers of services
	CodePrefix    fault.Code = "phone.prefix"     // REG-07: does not begin with "+39."
	CodeSpace     fault.Code = "phone.space"      // REG-07: a space, where the society wants none
)

// italy is the prefix of Italy.
const italy = "+39"

// Number is "+" and 8 to 15 digits, the country's prefix first (E.164): "+393331234567". An Italian number of a house
// keeps its leading zero.
type Number string

// Parse reads a number of any kind as a person types it: with +39, 0039 or nothing before it, with spaces, dots, dashes,
// slashes and brackets between the digits. Without a prefix it is Italian.
func Parse(text string) (Number, error) {
	digits, prefixed, err := digitsOf(text)
	if err != nil {
		return "", err
	}
	if prefixed && !strings.HasPrefix(digits, "39") {
		if len(digits) < 8 || len(digits) > 15 || digits[0] == '0' {
			return "", wrong(CodeLength).With("Got", strconv.Itoa(len(digits)))
		}
		return Number("+" + digits), nil
	}
	if prefixed || len(digits) == 12 && strings.HasPrefix(digits, "393") { // 39 was typed without a +
		digits = digits[2:]
	}
	if err := italian(digits); err != nil {
		return "", err
	}
	return Number(italy + digits), nil
}

// ParseMobile reads a number that can get an SMS: an Italian one begins with 3 and has 9 or 10 digits. A foreign one is
// taken as it is, since its country alone knows.
func ParseMobile(text string) (Number, error) {
	n, err := Parse(text)
	if err == nil && !n.Mobile() {
		return "", wrong(CodeNotMobile)
	}
	return n, err
}

// ParseDotted reads a mobile number that a society wants typed as "+39." and the digits at once, without any space
// (REG-07): "+39.3331234567". Nothing else is taken; CodePrefix and CodeSpace say what to mend. Screens that write the
// prefix themselves, and so can't meet these, use ParseMobile (AMB-57).
func ParseDotted(text string) (Number, error) {
	s := strings.TrimSpace(text)
	switch {
	case s == "":
		return "", wrong(CodeMissing)
	case strings.ContainsFunc(s, unicode.IsSpace):
		return "", wrong(CodeSpace)
	case !strings.HasPrefix(s, italy+"."):
		return "", wrong(CodePrefix)
	}
	rest := s[len(italy)+1:]
	if bad := strings.IndexFunc(rest, func(r rune) bool { return r < '0' || r > '9' }); bad >= 0 {
		return "", wrong(CodeCharacter).With("Got", string([]rune(rest[bad:])[0]))
	}
	return ParseMobile(italy + rest)
}

// digitsOf returns the digits of a number, and whether it begins with the prefix of a country.
func digitsOf(text string) (digits string, prefixed bool, err error) {
	var b strings.Builder
	for _, r := range strings.TrimSpace(text) {
		switch {
		case '0' <= r && r <= '9':
			b.WriteRune(r)
		case r == '+' && b.Len() == 0 && !prefixed:
			prefixed = true
		case unicode.IsSpace(r) || strings.ContainsRune("-–./()\u200b\u200e\u202a\u202c\ufeff", r):
		default:
			return "", false, wrong(CodeCharacter).With("Got", string(r))
		}
	}
	digits = b.String()
	if !prefixed && strings.HasPrefix(digits, "00") {
		digits, prefixed = digits[2:], true
	}
	if digits == "" {
		return "", false, wrong(CodeMissing)
	}
	return digits, prefixed, nil
}

// italian checks an Italian number without its prefix: mobiles begin with 3, houses with 0, services with 1, 4, 7 or 8.
func italian(digits string) error {
	if digits == "" {
		return wrong(CodeMissing)
	}
	least, most := 6, 11
	switch digits[0] {
	case '3':
		least, most = 9, 10
	case '0', '8':
	case '1', '4', '7':
		least, most = 3, 10
	default:
		return wrong(CodeBeginning)
	}
	if len(digits) < least || len(digits) > most {
		return wrong(CodeLength).With("Got", strconv.Itoa(len(digits)))
	}
	return nil
}

// Italian reports whether the number is one of Italy's.
func (n Number) Italian() bool { return strings.HasPrefix(string(n), italy) }

// Mobile reports whether an SMS can reach the number, as far as the number tells: foreign ones do not.
func (n Number) Mobile() bool { return !n.Italian() || strings.HasPrefix(string(n), italy+"3") }

// Shown writes an Italian number with the prefix that a mutual writes, "+39." or "+39 ", directly before its digits, and
// a foreign one as it is kept.
func (n Number) Shown(prefix string) string {
	if !n.Italian() {
		return string(n)
	}
	return prefix + string(n[len(italy):])
}

// Spaced writes a number as a person reads it: "+39 333 123 4567".
func (n Number) Spaced() string {
	if !n.Italian() {
		return string(n)
	}
	digits := string(n[len(italy):])
	if !strings.HasPrefix(digits, "3") {
		return italy + " " + digits
	}
	return italy + " " + digits[:3] + " " + digits[3:6] + " " + digits[6:]
}

// Masked writes a number of which only the last three digits are shown, to say where a code went without saying it all.
func (n Number) Masked() string {
	if len(n) < 7 {
		return "•••"
	}
	return string(n[:3]) + " ••• ••• " + string(n[len(n)-3:])
}

// Same reports whether two numbers, as they were typed or kept, are the same telephone (FAM-05). What is no number is the
// same as nothing.
func Same(a, b string) bool {
	x, errX := Parse(a)
	y, errY := Parse(b)
	return errX == nil && errY == nil && x == y
}

func wrong(code fault.Code) *fault.Error { return fault.New(code, "phone.parse", "phone") }
