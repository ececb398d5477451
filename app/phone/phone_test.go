package phone

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/sodale/sodale/app/fault"
)

func TestANumberIsKeptInOneWayHoweverItIsTyped(t *testing.T) { // AMB-57
	for text, want := range map[string]Number{
		"3331234567":           "+393331234567",
		"333 123 4567":         "+393331234567",
		"+39.3331234567":       "+393331234567",
		"+39 333-123.45/67":    "+393331234567",
		"0039 333 1234567":     "+393331234567",
		"39 333 1234567":       "+393331234567",
		"+39 (333) 1234567":    "+393331234567",
		"3912345678":           "+393912345678", // a mobile of 391, not a prefix
		"393 1234567":          "+393931234567",
		"333123456":            "+39333123456", // of nine digits, given until the nineties
		"02 37052067":          "+390237052067",
		"0461 1788990":         "+3904611788990",
		"800.924.921":          "+39800924921",
		"1500":                 "+391500",
		"+41 79 123 45 67":     "+41791234567",
		"0041791234567":        "+41791234567",
		"+378 0549 882345":     "+3780549882345",
		"\u200e+39 3331234567": "+393331234567",
	} {
		if got, err := Parse(text); err != nil || got != want {
			t.Errorf("%q: %q %v, want %q", text, got, err, want)
		}
	}
}

func TestParseSaysWhatIsWrongWithANumber(t *testing.T) {
	for _, c := range []struct {
		text  string
		code  fault.Code
		value string
	}{
		{"", CodeMissing, ""}, {" +39 ", CodeMissing, ""}, {"00", CodeMissing, ""}, {"+", CodeMissing, ""},
		{"333 12345", CodeLength, "8"}, {"333 123 45678", CodeLength, "11"}, {"02 123", CodeLength, "5"},
		{"333 12E4567", CodeCharacter, "E"}, {"333+1234567", CodeCharacter, "+"}, {"++393331234567", CodeCharacter, "+"},
		{"5331234567", CodeBeginning, ""}, {"+39 9331234567", CodeBeginning, ""},
		{"+41 1", CodeLength, "3"}, {"+1234567890123456", CodeLength, "16"}, {"+0123456789", CodeLength, "10"},
	} {
		_, err := Parse(c.text)
		var e *fault.Error
		if !errors.As(err, &e) || e.Values["Got"] != c.value || e.Code != c.code {
			t.Errorf("%q: %v %v, want %s %q", c.text, err, e.Values, c.code, c.value)
		}
	}
}

func TestAMobileBeginsWithThree(t *testing.T) { // FAC-09
	if n, err := ParseMobile("333 1234567"); err != nil || !n.Mobile() {
		t.Errorf("%s %v", n, err)
	}
	for _, text := range []string{"02 37052067", "800 924921"} {
		if _, err := ParseMobile(text); fault.CodeOf(err) != CodeNotMobile {
			t.Errorf("%s: %v", text, err)
		}
	}
	if n, err := ParseMobile("+41 79 123 45 67"); err != nil || n.Italian() || n.Shown("+39.") != "+41791234567" || n.Spaced() != "+41791234567" {
		t.Errorf("a Swiss one: %s %v", n, err)
	}
	if _, err := ParseMobile("x"); fault.CodeOf(err) != CodeCharacter {
		t.Error(err)
	}
}

func TestTheNumberIsTypedAfterThePrefixWithADotAndNoSpace(t *testing.T) { // REG-07
	for text, want := range map[string]fault.Code{
		"+39.3331234567":       "",
		" +39.3331234567\n":    "", // around it, not in it
		"+39. 3331234567":      CodeSpace,
		"+39.333 1234567":      CodeSpace,
		"+39.333\u00a01234567": CodeSpace,
		"+393331234567":        CodePrefix,
		"3331234567":           CodePrefix,
		"0039.3331234567":      CodePrefix,
		"+39.333.1234567":      CodeCharacter,
		"+39.0237052067":       CodeNotMobile,
		"+39.33312345":         CodeLength,
		"+39.":                 CodeMissing,
		"":                     CodeMissing,
	} {
		n, err := ParseDotted(text)
		if fault.CodeOf(err) != want {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
		if err == nil && (n != "+393331234567" || n.Shown("+39.") != "+39.3331234567") {
			t.Errorf("%q: %s, shown %s", text, n, n.Shown("+39."))
		}
	}
}

func TestANumberIsShownAsItsMutualWritesIt(t *testing.T) { // AMB-57
	n := Number("+393331234567")
	for got, want := range map[string]string{
		n.Shown("+39."): "+39.3331234567", n.Shown("+39 "): "+39 3331234567", n.Spaced(): "+39 333 123 4567", n.Masked(): "+39 ••• ••• 567",
		Number("+390237052067").Spaced(): "+39 0237052067", Number("+39").Masked(): "•••",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestTheSameTelephoneIsKnownHoweverItIsTyped(t *testing.T) { // FAM-05
	if !Same("+39.3331234567", "333 123 4567") || Same("3331234567", "3331234568") || Same("", "") || Same("x", "x") {
		t.Error("sameness")
	}
}

func TestEveryMobileIsReadBackFromEveryWayOfWritingIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		digits := rapid.StringMatching(`3[0-9]{8,9}`).Draw(t, "digits")
		n, err := ParseMobile(digits)
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range []string{string(n), n.Spaced(), n.Shown("+39."), n.Shown("+39 "), "0039" + digits, strings.Join(strings.Split(digits, ""), " ")} {
			if again, err := Parse(text); err != nil || again != n {
				t.Fatalf("%q: %q %v, want %q", text, again, err, n)
			}
		}
		if dotted, err := ParseDotted(n.Shown("+39.")); err != nil || dotted != n {
			t.Fatalf("dotted: %q %v", dotted, err)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"+39.3331234567", "0039 02", "+41 79", "٣٣٣", "393331234567", "\xff"} {
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
		for _, again := range []string{string(n), n.Spaced()} {
			if m, err := Parse(again); err != nil || m != n {
				t.Fatalf("%q: %q, then %q %v", text, n, m, err)
			}
		}
		if d, err := ParseDotted(text); err == nil && d != n {
			t.Fatalf("%q: dotted %q, else %q", text, d, n)
		}
	})
}
