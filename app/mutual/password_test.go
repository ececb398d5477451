package mutual_test

import (
	"strings"
	"testing"

	"github.com/sodale/sodale/app/mutual"
)

func TestAPasswordThatEverybodyGuessesIsCommon(t *testing.T) { // LOG-07
	for password, want := range map[string]bool{
		"Password1": true, "pAsSwOrD": true, "!!Qwerty123": true, "Juventus1897": true, "12345678": true, "2026-11-22": true, "Sodale-2026": true,
		"Aurora-2026!": true, "": false, "Tiglio-lanterna-42": false, "Passwordo1": false, "Perché No 7": false, "èèèè1": false,
	} {
		if got := mutual.CommonPassword(password); got != want {
			t.Errorf("%q: %v", password, got)
		}
	}
}

func TestTheNameOfAMutualIsNoPassword(t *testing.T) {
	for id, p := range profiles(t) {
		if password := strings.ReplaceAll(p.Name, " ", "") + "-2026"; !mutual.CommonPassword(password) {
			t.Errorf("%s: %q", id, password)
		}
	}
}
