package letters

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestNamesAreReducedToTheLettersOfTheRegisters(t *testing.T) {
	for text, want := range map[string][2]string{
		"D’Alò":               {"DALO", "DALO"},
		"D'ALO'":              {"DALO", "DALO"},
		"De Luca":             {"DELUCA", "DELUCA"},
		"Müller":              {"MULLER", "MUELLER"},
		"Mu\u0308ller":        {"MULLER", "MUELLER"},
		"Go\u0308flan":        {"GOFLAN", "GOEFLAN"},
		"Weinstraße":          {"WEINSTRASSE", "WEINSTRASSE"},
		"Ångström":            {"ANGSTROM", "AANGSTROEM"},
		"Nicolo\u0300":        {"NICOLO", "NICOLO"},
		"Žužek-Čok":           {"ZUZEKCOK", "ZUZEKCOK"},
		"Łukasz":              {"LUKASZ", "LUKASZ"},
		"Nguyễn":              {"NGUYEN", "NGUYEN"},
		"Işık":                {"ISIK", "ISIK"},
		"Æthelred Þór":        {"AETHELREDTHOR", "AETHELREDTHOR"},
		"李 4 \u0301 – \xff. ": {"", ""},
	} {
		if got := Only(text, Plain); got != want[0] {
			t.Errorf("Only(%q, Plain) = %q, want %q", text, got, want[0])
		}
		if got := Only(text, Spelled); got != want[1] {
			t.Errorf("Only(%q, Spelled) = %q, want %q", text, got, want[1])
		}
	}
}

func TestWordsArePartedByWhateverIsNoLetter(t *testing.T) {
	for text, want := range map[string]string{
		"Sant’Agata de' Goti":    "SANT AGATA DE GOTI",
		"Presicce-Acquarica":     "PRESICCE ACQUARICA",
		"  L'Aquila ":            "L AQUILA",
		"Forli\u0300 del Sannio": "FORLI DEL SANNIO",
		"":                       "",
	} {
		if got := strings.Join(Words(text), " "); got != want {
			t.Errorf("Words(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestTheCheckLetterIsThatOfTheRegisters(t *testing.T) {
	for s, want := range map[string]byte{"MRCLNE67C54F205": 'J', "0542811101000000123456": 'X', "": 'A'} {
		if got := Check(s); got != want {
			t.Errorf("%s: %c, want %c", s, got, want)
		}
	}
}

func TestOfTwoNeighboursThatAreSwappedOnlyWAndYEscapeTheCheckLetter(t *testing.T) {
	var unseen []string
	for a := byte('A'); a <= 'Z'; a++ {
		for b := a + 1; b <= 'Z'; b++ { // a digit counts as a letter: these are all pairs
			if Check(string([]byte{a, b})) == Check(string([]byte{b, a})) {
				unseen = append(unseen, string([]byte{a, b}))
			}
		}
	}
	if got := strings.Join(unseen, " "); got != "WY" {
		t.Errorf("unseen: %q", got)
	}
}

func FuzzOnly(f *testing.F) {
	for _, s := range []string{"D’Alò", "Mu\u0308ller", "ß", "\xff\u0308", "ſK"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, reading := range []Reading{Plain, Spelled} {
			got := Only(s, reading)
			if strings.Trim(got, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
				t.Fatalf("Only(%q) = %q", s, got)
			}
			if Only(got, reading) != got {
				t.Fatalf("%q is not at rest", got)
			}
		}
		if joined := strings.Join(Words(s), ""); utf8.ValidString(s) && joined != Only(s, Plain) {
			t.Fatalf("words %q, letters %q", joined, Only(s, Plain))
		}
	})
}
