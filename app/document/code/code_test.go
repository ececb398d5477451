package code

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

const notice = "PAGOPA|002|301000000000123456|01234567897|3615"

func TestATextIsWhatItSays(t *testing.T) {
	for text, want := range map[string]Code{
		notice:             PagoPA{Notice: "301000000000123456", Creditor: "01234567897", Amount: 3615},
		"MRCLNE67C54F205J": FiscalCode("MRCLNE67C54F205J"),
		"mrclne67c54f205j": FiscalCode("MRCLNE67C54F205J"),
		"MRCLNE67C54F205K": Text("MRCLNE67C54F205K"), // the check letter is another
		"01234567897":      Text("01234567897"),      // of no person
		"https://a.it":     Text("https://a.it"),
	} {
		if got := Parse(text); got != want {
			t.Errorf("%q is %#v, want %#v", text, got, want)
		}
	}
}

func TestANoticeIsOneToTheLetterOrNone(t *testing.T) {
	for name, text := range map[string]string{
		"another version":          strings.Replace(notice, "002", "001", 1),
		"small letters":            strings.Replace(notice, "PAGOPA", "pagopa", 1),
		"a field too few":          strings.Replace(notice, "|3615", "", 1),
		"a field too many":         notice + "|",
		"a notice of 17 digits":    strings.Replace(notice, "|301", "|30", 1),
		"a letter in the notice":   strings.Replace(notice, "|301", "|3O1", 1),
		"a creditor of 10 digits":  strings.Replace(notice, "01234567897", "1234567897", 1),
		"a creditor's wrong check": strings.Replace(notice, "01234567897", "01234567898", 1),
		"a creditor of 16":         strings.Replace(notice, "01234567897", "MRCLNE67C54F205J", 1),
		"an amount in euro":        strings.Replace(notice, "3615", "36,15", 1),
		"an amount of nothing":     strings.Replace(notice, "3615", "00", 1),
		"an amount of one digit":   strings.Replace(notice, "3615", "5", 1),
		"an amount below nothing":  strings.Replace(notice, "3615", "-3615", 1),
		"an amount beyond any":     strings.Replace(notice, "3615", "1000000000", 1),
		"an amount of 11 digits":   strings.Replace(notice, "3615", "00000003615", 1),
		"digits of another script": strings.Replace(notice, "3615", "٣٦١٥", 1),
		"a line more":              notice + "\n",
	} {
		if got, ok := Parse(text).(PagoPA); ok {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestAnyOtherDigitOfTheCreditorIsNoticed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		digits := []byte("01234567897")
		i := rapid.IntRange(0, 10).Draw(t, "place")
		digits[i] = '0' + (digits[i]-'0'+byte(rapid.IntRange(1, 9).Draw(t, "more")))%10
		if got, ok := Parse(strings.Replace(notice, "01234567897", string(digits), 1)).(PagoPA); ok {
			t.Fatalf("%+v", got)
		}
	})
}

func FuzzParse(f *testing.F) {
	f.Add(notice)
	f.Add("MRCLNE67C54F205J")
	f.Add("PAGOPA|002|||")
	f.Fuzz(func(t *testing.T, text string) {
		switch c := Parse(text).(type) {
		case PagoPA:
			if len(c.Notice) != 18 || len(c.Creditor) != 11 || c.Amount <= 0 || !strings.Contains(text, c.Notice+"|"+c.Creditor+"|") {
				t.Errorf("%q is %+v", text, c)
			}
		case FiscalCode:
			if len(c) != 16 {
				t.Errorf("%q is %+v", text, c)
			}
		case Text:
			if string(c) != text {
				t.Errorf("%q is %q", text, c)
			}
		}
	})
}
