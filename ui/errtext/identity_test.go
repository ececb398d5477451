package errtext

import (
	"strings"
	"testing"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/fiscalcode"
	"github.com/sodale/sodale/app/iban"
	"github.com/sodale/sodale/app/phone"
	"github.com/sodale/sodale/ui/words"
)

// whole fails when a sentence of a code and its values is missing, or lacks a value, in either language.
func whole(t *testing.T, code fault.Code, values map[string]string) {
	t.Helper()
	defer words.Set(words.Italian)
	for _, language := range []string{words.English, words.Italian} {
		words.Set(language)
		if got := Code(code, values); strings.ContainsAny(got, "{}") || strings.Contains(got, string(code)) {
			t.Errorf("%s: %s with %v: %q", language, code, values, got)
		}
	}
}

func TestWhatIsFoundAboutACodiceFiscaleIsSaidInWords(t *testing.T) { // REG-04, REG-11, FAM-02
	today := civil.Date{Year: 2026, Month: time.November, Day: 23}
	elena := fiscalcode.Person{Surname: "Marchetti", Name: "Elena", Born: civil.Date{Year: 1967, Month: 3, Day: 14}, Sex: fiscalcode.Female, Place: "F205"}
	paolo := fiscalcode.Person{Surname: "Marchi", Name: "Paolo", Born: civil.Date{Year: 1965, Month: 9, Day: 2}, Sex: fiscalcode.Male, Place: "A794"}
	seen := map[fault.Code]bool{}
	for _, text := range []string{"", "MRC", "1RCLNE67C54F205J", "MRCLNE6OC54F205J", "AMCLNE67C54F205J", "MRCELN67C54F205J", "MRCLNE67F54F205J",
		"MRCLNE67C39F205J", "MRCLNE67C54F205K", "MRCLNE67C54F205J", "12345678901", "MRCLNE67C54M376S", "MRCLNE67C54X999A"} {
		for _, p := range []fiscalcode.Person{{}, elena, paolo, {Surname: "Elena", Name: "Marchetti"}} {
			for _, f := range fiscalcode.Examine(text, p, today) {
				seen[f.Code] = true
				whole(t, f.Code, f.Values)
			}
		}
	}
	if len(seen) < 15 {
		t.Errorf("only %d codes were met: %v", len(seen), seen)
	}
	found := fiscalcode.Examine("MRCLNE67C55F205J", elena, today)
	if want := "La data di nascita non torna con il codice fiscale: il codice dice 15/03/67, qui c’è 14/03/1967."; !strings.HasPrefix(Code(found[0].Code, found[0].Values), want) {
		t.Errorf("%q", Code(found[0].Code, found[0].Values))
	}
}

func TestWhatIsWrongWithAnIBANIsSaidInWords(t *testing.T) { // PER-09, CLM-07
	for text, want := range map[string]string{
		"":                            "Manca l’IBAN",
		"60X":                         "Comincia con due lettere e due cifre",
		"XX60X0542811101000000123456": "Con XX non comincia",
		"IT60X054281110100000012345è": "Al posto 27 dell’IBAN c’è «È»",
		"IT60X05428":                  "ha 10 caratteri, ne servono 27",
		"IT60XO542811101000000123456": "Al posto 6 dell’IBAN non può stare «O»",
		"IT64Y0542811101000000123456": "la quinta, non torna con banca e conto: c’è Y",
		"IT60X0542811101000000123457": "c’è un carattere sbagliato",
	} {
		_, err := iban.Parse(text)
		if got := Of(err); !strings.Contains(got, want) || strings.ContainsAny(got, "{}") {
			t.Errorf("%q: %q does not say %q", text, got, want)
		}
	}
}

func TestTheSocietysWordsSayHowAMobileIsTyped(t *testing.T) { // REG-07
	const words = "Prima del numero di cellulare digitare il prefisso «+39.» e verificare di non inserire alcuno spazio tra quest’ultimo e il numero di telefono."
	for _, text := range []string{"3331234567", "+39. 3331234567"} {
		_, err := phone.ParseDotted(text)
		if got := Of(err); !strings.HasSuffix(got, words) {
			t.Errorf("%q: %q", text, got)
		}
	}
	for text, want := range map[string]string{"": "Manca il numero", "33x": "c’è «x»", "333": "ha 3 cifre", "5331234567": "non comincia così", "02 37052067": "non è un cellulare"} {
		_, err := phone.ParseMobile(text)
		if got := Of(err); !strings.Contains(got, want) || strings.ContainsAny(got, "{}") {
			t.Errorf("%q: %q does not say %q", text, got, want)
		}
	}
}
