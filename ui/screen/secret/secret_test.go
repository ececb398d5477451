package secret

import (
	"testing"

	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/ui/words"
)

func TestHintsTellOfSpacesAndCapitals(t *testing.T) { // LOG-04, LOG-05
	for password, want := range map[string]Hint{"": NoHint, "abc": NoHint, "abc ": HintSpace, " abc": HintSpace, "a bc": NoHint,
		"PASSWORD": HintCaps, "PA12": NoHint, "PAROLA12": HintCaps, "PARola": NoHint, "1234": NoHint, "ÈÒÀÙ": HintCaps} {
		if got := HintFor(password); got != want {
			t.Errorf("%q: got %q, want %q", password, got, want)
		}
	}
}

func TestAPasswordThatEverybodyGuessesIsRefused(t *testing.T) { // LOG-07
	rule := mutual.PasswordRule{Least: 8, Digit: true, Upper: true, Lower: true, Text: "La regola."}
	for password, want := range map[string]string{"": words.T("secret.new.missing"), "Corta1": "La regola.", "tuttominuscolo1": "La regola.",
		"SenzaNumero": "La regola.", "Password1": words.T("secret.new.common"), "Qwerty123!": words.T("secret.new.common"), "Juventus1897": words.T("secret.new.common"),
		"Tiglio-lanterna-42": "", "Perché No 7": ""} {
		if first, second := Wrong(rule, password, password); first != want || second != "" {
			t.Errorf("%q: %q, %q; want %q", password, first, second, want)
		}
	}
	if _, second := Wrong(rule, "Tiglio-lanterna-42", "Tiglio-lanterna-43"); second != words.T("secret.again.differs") { // LOG-11
		t.Error(second)
	}
}

func TestTheUserNameIsCalledAsTheMutualDoes(t *testing.T) { // FAC-02, FAC-03, LOG-03
	var rules mutual.Profile
	if got := UserLabel(rules); got != words.T("secret.user") {
		t.Error(got)
	}
	rules.Entry.Labels.Single, rules.Entry.Labels.Collective = "matricola", "codice utente"
	if got := UserLabel(rules); got != "Matricola o codice utente" {
		t.Error(got)
	}
}

func TestACodeMayBeTypedInGroups(t *testing.T) { // CTV-07, TFA-07
	for typed, want := range map[string]string{"123 456": "123456", " 1234-5678 ": "12345678", "": ""} {
		if got := Digits(typed); got != want {
			t.Errorf("%q: %q", typed, got)
		}
	}
}
