package estimate

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/plan"
	"github.com/sodale/sodale/ui/words"
)

// Cite writes an article as it is read in a sentence: "articolo 1.1", "prestazione 2", "«assistenza in forma indiretta»".
func Cite(article string) string {
	if n, ok := strings.CutPrefix(article, "art. "); ok {
		return words.T("plan.article", "N", n)
	}
	if article != "" && unicode.IsDigit(rune(article[len(article)-1])) {
		return article
	}
	return words.T("plan.passage", "Name", article)
}

// plain is a text without the stars of its bold words.
func plain(text string) string { return strings.ReplaceAll(text, "**", "") }

// Capital writes the first letter of a text large: "Art. 1.1".
func Capital(text string) string {
	first, size := utf8.DecodeRuneInString(strings.TrimSpace(text))
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + strings.TrimSpace(text)[size:]
}

// Sentence says what was found and what to do about it. What nobody said is put as a question where the words have one.
func Sentence(f plan.Finding) string {
	key := "plan." + string(f.Code)
	for _, more := range []struct {
		is  bool
		end string
	}{{f.Doubt && f.Name != "", ".asked"}, {f.Doubt, ".doubt"}, {f.Name != "", ".named"}, {!f.Day.IsZero(), ".day"}} {
		if more.is && words.Has(key+more.end) {
			key += more.end
			break
		}
	}
	return words.T(key, "Name", f.Name, "Day", words.Date(f.Day))
}

// Warning says what the member should see beside what is paid.
func (a Answer) warning(w plan.Warning) string {
	return words.T("plan.warning."+string(w), "Day", words.Date(a.Said.LastDay), "Each", words.Money(a.Said.Formula.Each))
}

// Formula says how the amount was reckoned: "80 % di 36,15 €", "25,00 € × 4 giorni".
func (a Answer) Formula() string {
	f := a.Said.Formula
	switch {
	case f.Daily > 0:
		return words.N("plan.formula.days", a.Said.Units, "Daily", words.Money(f.Daily))
	case f.Sum > 0:
		return words.T("plan.formula.once")
	case a.Said.Outcome == plan.PayDirect && f.Share == 0:
		return words.T("plan.formula.free")
	case a.Said.Outcome == plan.PayDirect:
		return words.T("plan.formula.share", "Base", words.Money(f.Base), "Share", words.Money(f.Share))
	case a.Amount == 0:
		return words.T("plan.formula.untyped", "Percent", f.Percent)
	}
	if f.Treated > 0 {
		return words.N("plan.formula.treatments", f.Treated, "Each", words.Money(f.Each))
	}
	text := words.T("plan.formula.percent", "Percent", f.Percent, "Base", words.Money(f.Base))
	if a.Warns(plan.CappedEach) && f.Each > 0 {
		text = words.T("plan.formula.each", "Percent", f.Percent, "Base", words.Money(f.Base), "Each", words.Money(f.Each))
	}
	if a.Warns(plan.CappedAnnual, plan.OtherCover, plan.ItemsOut) && a.Said.Refund < share(f) {
		text = words.T("plan.formula.less", "Formula", text)
	}
	return text
}

// share is what the formula alone would give.
func share(f plan.Formula) money.Cents {
	due := (f.Base*money.Cents(f.Percent) + 50) / 100
	if f.Each > 0 {
		due = min(due, f.Each)
	}
	return due
}

// Left says what is left of a limit, "612,00 € di 750,00 € nel 2026".
func Left(l plan.Left, year int) string {
	switch l.Unit {
	case plan.UnitCents:
		return words.T("plan.left.cents", "Left", words.Money(money.Cents(l.Value)), "Of", words.Money(money.Cents(l.Of)), "Year", year)
	case plan.UnitDays:
		return words.T("plan.left.days", "Left", l.Value, "Of", l.Of, "Year", year)
	case plan.UnitNext:
		if l.Next.IsZero() {
			return words.T("plan.left.now")
		}
		return words.T("plan.left.next", "Day", words.Date(l.Next))
	}
	return words.T("plan.left.times", "Left", l.Value, "Of", l.Of, "Year", year)
}
