// Package money holds amounts as integer cents of euro and writes them as Italians do. No float ever holds money.
package money

import (
	"strconv"
	"strings"

	"github.com/sodale/sodale/app/fault"
)

// Cents is an amount in cents of euro. 3615 is 36,15 €.
type Cents int64

// Max is the largest amount that a person may type: 9.999.999,99 €.
const Max Cents = 999_999_999

// Codes of Parse.
const (
	CodeNotAnAmount fault.Code = "money.not-an-amount"
	CodeTooMany     fault.Code = "money.too-many-decimals"
	CodeTooLarge    fault.Code = "money.too-large"
)

// Parse reads what a person types: "36,15", "36.15", "1.234,50", "36", with an optional "€" and spaces around.
// A dot is a decimal mark when exactly one or two digits follow it and no comma is present; otherwise it groups
// thousands and must be followed by three digits. The result is 0 or more.
func Parse(text string) (Cents, error) {
	s := strings.TrimSpace(strings.ReplaceAll(strings.ReplaceAll(text, "€", ""), "\u00a0", " "))
	s = strings.ReplaceAll(s, " ", "")
	whole, decimals, err := split(s)
	if err != nil {
		return 0, err
	}
	if whole == "" || !digits(whole) || !digits(decimals) {
		return 0, fault.New(CodeNotAnAmount, "money.parse", "")
	}
	if len(decimals) > 2 {
		return 0, fault.New(CodeTooMany, "money.parse", "")
	}
	if len(whole) > 9 {
		return 0, fault.New(CodeTooLarge, "money.parse", "")
	}
	n, _ := strconv.ParseInt(whole+(decimals + "00")[:2], 10, 64)
	if Cents(n) > Max {
		return 0, fault.New(CodeTooLarge, "money.parse", "")
	}
	return Cents(n), nil
}

// split parts the digits before and after the decimal mark and takes the grouping dots away.
func split(s string) (whole, decimals string, err error) {
	if comma := strings.IndexByte(s, ','); comma >= 0 {
		whole, decimals = s[:comma], s[comma+1:]
		if decimals == "" {
			return "", "", fault.New(CodeNotAnAmount, "money.parse", "")
		}
	} else if dot := strings.LastIndexByte(s, '.'); dot >= 0 && len(s)-dot-1 <= 2 && strings.Count(s, ".") == 1 {
		whole, decimals = s[:dot], s[dot+1:]
		if decimals == "" {
			return "", "", fault.New(CodeNotAnAmount, "money.parse", "")
		}
		return whole, decimals, nil
	} else {
		whole = s
	}
	groups := strings.Split(whole, ".")
	for i, g := range groups {
		if i > 0 && len(g) != 3 || i == 0 && len(groups) > 1 && (len(g) == 0 || len(g) > 3) {
			return "", "", fault.New(CodeNotAnAmount, "money.parse", "")
		}
	}
	return strings.Join(groups, ""), decimals, nil
}

func digits(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return true
}

// String writes "1.234,50", as the amount stands in a field.
func (c Cents) String() string {
	sign := ""
	n := int64(c)
	if n < 0 {
		sign, n = "-", -n
	}
	whole := strconv.FormatInt(n/100, 10)
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "." + whole[i:]
	}
	cents := strconv.FormatInt(100+n%100, 10)[1:]
	return sign + whole + "," + cents
}

// Euro writes "1.234,50 €" with a no-break space, as the amount is shown.
func (c Cents) Euro() string { return c.String() + "\u00a0€" }
