package money_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/money"
)

func TestAmountsAreReadAsPeopleTypeThem(t *testing.T) {
	for text, want := range map[string]money.Cents{"36,15": 3615, "36.15": 3615, "36": 3600, "36,1": 3610, " 36,15 € ": 3615, "1.234,50": 123450,
		"1.234": 123400, "1234,5": 123450, "0,00": 0, "1.234.567,89": 123456789, "9.999.999,99": money.Max, "€ 12": 1200, "12,50\u00a0€": 1250, "5.5": 550} {
		if got, err := money.Parse(text); err != nil || got != want {
			t.Errorf("%q = %d, %v; want %d", text, got, err, want)
		}
	}
}

func TestWhatIsNoAmountIsRefused(t *testing.T) { // CLM-14
	for text, want := range map[string]fault.Code{"": money.CodeNotAnAmount, "abc": money.CodeNotAnAmount, "-5": money.CodeNotAnAmount, "1,2,3": money.CodeNotAnAmount,
		"12,": money.CodeNotAnAmount, "12.": money.CodeNotAnAmount, "1.23.4": money.CodeNotAnAmount, "12,345": money.CodeTooMany, "10000000": money.CodeTooLarge,
		"99999999999999999999": money.CodeTooLarge, ",50": money.CodeNotAnAmount, "1e3": money.CodeNotAnAmount, "１２": money.CodeNotAnAmount} {
		if got, err := money.Parse(text); fault.CodeOf(err) != want {
			t.Errorf("%q = %d, %v; want %s", text, got, err, want)
		}
	}
}

func TestEveryAmountReadsBackAsItIsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := money.Cents(rapid.Int64Range(0, int64(money.Max)).Draw(t, "cents"))
		for _, text := range []string{c.String(), c.Euro()} {
			if back, err := money.Parse(text); err != nil || back != c {
				t.Fatalf("%q = %d, %v", text, back, err)
			}
		}
	})
}

func TestNegativeAmountsAreWrittenWithTheirSign(t *testing.T) {
	if got := money.Cents(-123450).Euro(); got != "-1.234,50\u00a0€" {
		t.Fatal(got)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("1.234,50 €")
	f.Fuzz(func(t *testing.T, s string) {
		c, err := money.Parse(s)
		if err == nil && (c < 0 || c > money.Max || !strings.ContainsAny(s, "0123456789")) {
			t.Fatalf("%q = %d", s, c)
		}
	})
}
