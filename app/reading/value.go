package reading

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/money"
)

// span is where a value stands: words[at:end] of a row.
type span struct{ row, at, end int }

// dated is a date on the paper.
type dated struct {
	span
	on civil.Date
}

// priced is an amount on the paper. Less says that it is taken off.
type priced struct {
	span
	cents money.Cents
	less  bool
}

var (
	dayFirst  = regexp.MustCompile(`^(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})$`)
	yearFirst = regexp.MustCompile(`^(\d{4})-(\d{2})-(\d{2})$`)
	cash      = regexp.MustCompile(`^(?:€|eur|euro|[$£]|chf|usd|gbp)?([-–−]?)(\d{1,3}(?:\.\d{3})+,\d{2}|\d{1,7}[,.]\d{2})(?:€|eur|euro)?$`)
)

// months are the names that the month of a date goes by, in full and in three letters.
var months = map[string]time.Month{}

func init() {
	for i, name := range []string{"gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre"} {
		months[name], months[name[:3]] = time.Month(i+1), time.Month(i+1)
	}
}

// trim takes the marks around a value away.
func trim(s string) string { return strings.Trim(s, "()[]{}|;:,.*'\"_") }

// datesOf lists the dates of the rows in the order of the paper.
func datesOf(rows []row) []dated {
	var all []dated
	for r := range rows {
		for i := 0; i < len(rows[r].words); i++ {
			if on, n := dateAt(rows[r].words[i:]); n > 0 {
				all = append(all, dated{span{r, i, i + n}, on})
				i += n - 1
			}
		}
	}
	return all
}

// dateAt reads a date at the start of words and says how many it takes.
func dateAt(words []word) (civil.Date, int) {
	first := trim(words[0].text)
	if m := dayFirst.FindStringSubmatch(first); m != nil {
		return dateOf(m[3], m[2], m[1], 1)
	}
	if m := yearFirst.FindStringSubmatch(first); m != nil {
		return dateOf(m[1], m[2], m[3], 1)
	}
	if len(words) < 3 {
		return civil.Date{}, 0
	}
	month, ok := months[words[1].low]
	if !ok || len(trim(words[2].text)) != 4 {
		return civil.Date{}, 0
	}
	return dateOf(trim(words[2].text), strconv.Itoa(int(month)), strings.Trim(first, "°º"), 3)
}

func dateOf(year, month, day string, words int) (civil.Date, int) {
	y, e1 := strconv.Atoi(year)
	m, e2 := strconv.Atoi(month)
	d, e3 := strconv.Atoi(day)
	if len(year) == 2 {
		y += 2000
	}
	on, ok := civil.New(y, time.Month(m), d)
	if e1 != nil || e2 != nil || e3 != nil || !ok {
		return civil.Date{}, 0
	}
	return on, words
}

// amountsOf lists the amounts with two decimals in the order of the paper.
func amountsOf(rows []row) []priced {
	var all []priced
	for r := range rows {
		for i, w := range rows[r].words {
			m := cash.FindStringSubmatch(strings.ToLower(trim(w.text)))
			if m == nil || followed(rows[r].words[i+1:], "%") {
				continue
			}
			cents, err := money.Parse(m[2])
			if err != nil {
				continue
			}
			less := m[1] != "" || i > 0 && strings.Trim(rows[r].words[i-1].text, "-–−") == "" || i > 1 && sign(rows[r].words[i-1]) && strings.Trim(rows[r].words[i-2].text, "-–−") == ""
			all = append(all, priced{span{r, i, i + 1}, cents, less})
		}
	}
	return all
}

func followed(words []word, mark string) bool { return len(words) > 0 && words[0].text == mark }

// sign reports whether a word is only the sign of a currency.
func sign(w word) bool {
	switch w.low {
	case "eur", "euro", "chf", "usd", "gbp":
		return true
	}
	return strings.Trim(w.text, "€$£:.") == ""
}
