package iban

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/sodale/sodale/app/fault"
)

const known = "IT60X0542811101000000123456"

func TestAnIBANIsReadAsPeopleTypeIt(t *testing.T) { // PER-09
	for text, want := range map[string]IBAN{
		"it60 x054 2811 1010 0000 0123 456":       known,
		"IBAN: IT60-X054-2811-1010-0000-0123-456": known,
		"\u00a0IT60X0542811101000000123456\n":     known,
		"DE89 3704 0044 0532 0130 00":             "DE89370400440532013000",
		"SM86U0322509800000000270100":             "SM86U0322509800000000270100",
		"FR14 2004 1010 0505 0001 3M02 606":       "FR1420041010050500013M02606",
		"MT84 MALT 0110 0001 2345 MTLC AST0 01S":  "MT84MALT011000012345MTLCAST001S",
		"NO93 8601 1117 947":                      "NO9386011117947",
		"GB29 NWBK 6016 1331 9268 19":             "GB29NWBK60161331926819",
		"VA59 001 1230 0001 2345 678":             "VA59001123000012345678",
		"CH93 0076 2011 6238 5295 7":              "CH9300762011623852957",
		" es91 2100 0418 4502 0005 1332":          "ES9121000418450200051332",
		"IT 60 X 05428 11101 000000123456":        known,
		"IT60\u200bX05428 11101 0000 0012 3456":   known,
		"iban it60x0542811101000000123456":        known,
		"Si56 2633 0001 2039 086":                 "SI56263300012039086",
		"PT50 0002 0123 1234 5678 9015 4":         "PT50000201231234567890154",
		"NL91 ABNA 0417 1643 00":                  "NL91ABNA0417164300",
		"BE68 5390 0754 7034":                     "BE68539007547034",
		"AT61 1904 3002 3457 3201":                "AT611904300234573201",
		"HR12 1001 0051 8630 0016 0":              "HR1210010051863000160",
		"MC58 1122 2000 0101 2345 6789 030":       "MC5811222000010123456789030",
		"RO49 AAAA 1B31 0075 9384 0000":           "RO49AAAA1B31007593840000",
		"LU28 0019 4006 4475 0000":                "LU280019400644750000",
	} {
		if got, err := Parse(text); err != nil || got != want {
			t.Errorf("%q: %q %v", text, got, err)
		}
	}
}

func TestParseNamesTheWrongPart(t *testing.T) { // PER-09
	for _, c := range []struct {
		text   string
		code   fault.Code
		part   Part
		values string
	}{
		{"", CodeMissing, Whole, ""},
		{" IBAN ", CodeMissing, Whole, ""},
		{"60ITX0542811101000000123456", CodeShape, Country, ""},
		{"IT6", CodeShape, Country, ""},
		{"IT6OX0542811101000000123456", CodeShape, Country, ""},
		{"XX60X0542811101000000123456", CodeCountry, Country, "Country=XX"},
		{"US60X0542811101000000123456", CodeCountry, Country, "Country=US"},
		{"IT60X054281110100000012345è", CodeCharacter, Whole, "Position=27"},
		{"IT60X054281110100000012345", CodeLength, Whole, "Got=26"},
		{"IT60X05428111010000001234567", CodeLength, Whole, "Got=28"},
		{"DE8937040044053201300", CodeLength, Whole, "Wanted=22"},
		{"IT6010542811101000000123456", CodeStructure, CIN, "Position=5"},
		{"IT60XO542811101000000123456", CodeStructure, ABI, "Position=6"},
		{"IT60X054281I101000000123456", CodeStructure, CAB, "Position=12"},
		{"IT64Y0542811101000000123456", CodeCIN, CIN, "Wanted=X"}, // right mod 97, wrong CIN
		{"IT60Y0542811101000000123456", CodeCIN, CIN, "Got=Y"},    // the letter alone is wrong
		{"IT60X0542811101000000123457", CodeCheckDigits, CheckDigits, ""},
		{"IT61X0542811101000000123456", CodeCheckDigits, CheckDigits, ""},
		{"DE88370400440532013000", CodeCheckDigits, CheckDigits, ""},
	} {
		_, err := Parse(c.text)
		var e *fault.Error
		if !errors.As(err, &e) || e.Code != c.code || e.Item != string(c.part) {
			t.Errorf("%q: %v, want %s (%s)", c.text, err, c.code, c.part)
			continue
		}
		if name, value, ok := strings.Cut(c.values, "="); ok && e.Values[name] != value {
			t.Errorf("%q: %v, want %s", c.text, e.Values, c.values)
		}
	}
}

func TestEveryCountryHasALengthThatAnIBANCanHave(t *testing.T) {
	if len(lengths) != 42 || lengths["IT"] != 27 {
		t.Errorf("%d countries, Italy %d", len(lengths), lengths["IT"])
	}
	for country, n := range lengths {
		if n < 15 || n > 34 {
			t.Errorf("%s: %d", country, n)
		}
	}
}

func TestItalianNumbersAreBuiltWithCINAndCheckDigits(t *testing.T) {
	n, ok := Italian("05428", "11101", "123456")
	if !ok || n != known || n.Country() != "IT" || n.Grouped() != "IT60 X054 2811 1010 0000 0123 456" {
		t.Errorf("%s %v", n, ok)
	}
	if abi, cab := n.Bank(); abi != "05428" || cab != "11101" {
		t.Errorf("%s %s", abi, cab)
	}
	if abi, cab := IBAN("DE89370400440532013000").Bank(); abi+cab != "" {
		t.Errorf("a German bank: %s %s", abi, cab)
	}
	for _, bad := range [][3]string{{"5428", "11101", "1"}, {"05428", "1110", "1"}, {"05428", "11101", "1234567890123"}, {"0542A", "11101", "1"}, {"05428", "11101", "é"}} {
		if n, ok := Italian(bad[0], bad[1], bad[2]); ok {
			t.Errorf("%v: %s", bad, n)
		}
	}
}

// italian draws an Italian number.
func italian(t *rapid.T) IBAN {
	digits := rapid.StringMatching(`[0-9]{5}`)
	n, ok := Italian(digits.Draw(t, "abi"), digits.Draw(t, "cab"), rapid.StringMatching(`[0-9A-Z]{1,12}`).Draw(t, "account"))
	if !ok {
		t.Fatal("not built")
	}
	return n
}

func TestWhatIsBuiltIsReadBackInGroups(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := italian(t)
		if again, err := Parse(strings.ToLower(n.Grouped())); err != nil || again != n {
			t.Fatalf("%s: %s %v", n, again, err)
		}
	})
}

func TestEverySingleWrongCharacterIsCaught(t *testing.T) { // PER-09
	rapid.Check(t, func(t *rapid.T) {
		n := italian(t)
		i := rapid.IntRange(0, len(n)-1).Draw(t, "position")
		b := []byte(n)
		b[i] = rapid.SampledFrom([]byte("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")).Draw(t, "character")
		if b[i] == n[i] || sameRank(b[i], n[i]) {
			return // for a digit and the letter of its rank (0 and A) the CIN is one, and mod 97 sees 96 of 97
		}
		_, err := Parse(string(b))
		if err == nil {
			t.Fatalf("%s passes for %s", b, n)
		}
		if i == 4 && letter(rune(b[4])) && fault.CodeOf(err) != CodeCIN {
			t.Fatalf("a wrong CIN in %s: %v", b, err)
		}
	})
}

// sameRank reports whether one is a digit and the other the letter that counts the same.
func sameRank(a, b byte) bool { return a < b && a+'A'-'0' == b || b < a && b+'A'-'0' == a }

func TestTwoSwappedNeighboursAreCaught(t *testing.T) { // PER-09
	rapid.Check(t, func(t *rapid.T) {
		n := italian(t)
		i := rapid.IntRange(0, len(n)-2).Draw(t, "position")
		b := []byte(n)
		b[i], b[i+1] = b[i+1], b[i]
		if b[i] == b[i+1] || sameRank(b[i], b[i+1]) {
			return // the CIN does not tell 1B from B1
		}
		if _, err := Parse(string(b)); err == nil {
			t.Fatalf("%s passes for %s", b, n)
		}
	})
}

func TestGroupShowsWhatIsStillBeingTyped(t *testing.T) {
	for s, want := range map[string]string{"": "", "IT6": "IT6", "IT60": "IT60", "IT60X": "IT60 X", "èèèèè": "èèèè è"} {
		if got := Group(s); got != want {
			t.Errorf("%q: %q", s, got)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{known, "it60 x054", "DE89370400440532013000", "IBAN", "IT60X05428111010000001234è", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		n, err := Parse(text)
		if err != nil {
			if fault.CodeOf(err) == "" || n != "" {
				t.Fatalf("%q: %q %v", text, n, err)
			}
			return
		}
		if again, err := Parse(n.Grouped()); err != nil || again != n {
			t.Fatalf("%q: %q, then %q %v", text, n, again, err)
		}
	})
}
