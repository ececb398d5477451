package reading

import (
	"strconv"
	"strings"

	"github.com/sodale/sodale/app/money"
)

// noticeIn finds a pagoPA notice among what codes say; two different ones are none.
func noticeIn(codes []string) *Notice {
	var found *Notice
	for _, c := range codes {
		n, ok := ParseNotice(c)
		switch {
		case !ok:
		case found == nil:
			found = &n
		case *found != n:
			return nil
		}
	}
	return found
}

// ParseNotice reads the text of the QR of a pagoPA notice: "PAGOPA|002|notice, 18 digits|creditor, 11 digits|cents".
func ParseNotice(code string) (Notice, bool) {
	parts := strings.Split(strings.TrimSpace(code), "|")
	if len(parts) != 5 || parts[0] != "PAGOPA" || parts[1] != "002" || len(parts[2]) != 18 || len(parts[3]) != 11 || !digits(parts[2]+parts[3]+parts[4]) {
		return Notice{}, false
	}
	cents, err := strconv.ParseInt(parts[4], 10, 64)
	if err != nil || money.Cents(cents) > money.Max || !luhn(parts[3]) {
		return Notice{}, false
	}
	return Notice{Number: parts[2], Creditor: parts[3], Amount: money.Cents(cents)}, true
}

func digits(s string) bool { return strings.Trim(s, "0123456789") == "" }
