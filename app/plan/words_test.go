package plan_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/sodale/sodale/app/plan"
)

func TestWeakDiagnosesAreTold(t *testing.T) { // BPB-06, BEG-09, AMB-22, AMB-53
	base, eticare := base(t).Prescriptions.Diagnosis, eticare(t).Prescriptions.Diagnosis
	for text, weak := range map[string][2]bool{ // Piano Base, Eticare
		"controllo": {true, true}, "Controllo.": {true, true}, "visita di controllo": {true, true}, "ESAMI DI ROUTINE": {true, true}, "accertamenti diagnostici": {true, true},
		"prevenzione": {true, true}, "check-up annuale": {true, true}, "screening": {true, true}, "": {true, true}, "controlli periodici": {true, true},
		"controllo per ipertensione": {false, false}, "accertamenti per sospetta anemia": {false, false}, "gastrite": {false, false}, "TIA": {false, false},
		"lombalgia": {false, true}, "Cervicalgia cronica": {false, true}, "mal di schiena": {false, true}, "dolore toracico atipico": {false, true},
		"dolori articolari diffusi": {false, true}, "astenia persistente": {false, true}, "sciatalgia": {false, true}, "gonalgia dx": {false, true},
		"lombalgia, sospetta ernia": {false, false}, "fibromialgia": {false, false}, "nevralgia del trigemino": {false, false}, "esiti di frattura": {false, false},
	} {
		if base.Weak(text) != weak[0] || eticare.Weak(text) != weak[1] {
			t.Errorf("%q: weak %v in Piano Base, %v in Eticare", text, base.Weak(text), eticare.Weak(text))
		}
	}
}

func TestCaseSpacesAndAccentsDoNotChangeADiagnosis(t *testing.T) { // BPB-06: compare without case and spaces
	d := base(t).Prescriptions.Diagnosis
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SampledFrom([]string{"controllo", "esami di controllo", "gastrite", "controllo per ipertensione", "prevenzione"}).Draw(t, "text")
		changed := rapid.SampledFrom([]string{"  ", "\t", "\n"}).Draw(t, "space") + upper(t, text) + rapid.SampledFrom([]string{"", ".", " ;"}).Draw(t, "end")
		if d.Weak(text) != d.Weak(changed) {
			t.Fatalf("%q and %q", text, changed)
		}
	})
}

func upper(t *rapid.T, text string) string {
	out := []byte(text)
	for i, c := range out {
		if c >= 'a' && c <= 'z' && rapid.Bool().Draw(t, "upper") {
			out[i] = c - 32
		}
	}
	return string(out)
}

func TestTextsAreFolded(t *testing.T) {
	for text, want := range map[string]string{" Virtù, e  PIÙ! ": "virtu e piu", "L5-S1": "l5 s1", "": "", "...": "", "Ecografia (mammaria)": "ecografia mammaria", "perché": "perche", "Señal naïve": "senal naive"} {
		if got := plan.Fold(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		once := plan.Fold(rapid.String().Draw(t, "text"))
		if plan.Fold(once) != once {
			t.Fatalf("%q changes again", once)
		}
	})
}
