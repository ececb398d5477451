package plan_test

import (
	"strings"
	"testing"
)

func TestTheTelephoneCentreHasItsServices(t *testing.T) { // H24-01, H24-02, H24-03, H24-04, H24-05, H24-06, H24-07, H24-08, H24-09, H24-10, H24-11, H24-12, H24-13, H24-14, H24-15, H24-16, H24-19, H24-20, H24-21
	for name, want := range map[string]struct {
		times          int
		hours, article string
	}{
		"Consulenza medica telefonica": {0, "24 ore su 24", "art. 4.2"}, "Invio di un medico in Italia": {3, "dalle 20 alle 8 e nei giorni festivi", "art. 4.3"},
		"Invio di autoambulanza": {3, "24 ore su 24", "art. 4.4"}, "Invio di medicinali in Italia": {3, "24 ore su 24", "art. 4.5"}, "Reperimento di un infermiere in Italia": {3, "24 ore su 24", "art. 4.6"},
		"Spesa a casa": {3, "24 ore su 24", "art. 4.7"}, "Rientro sanitario": {0, "24 ore su 24", "art. 4.8"}, "Monitoraggio del ricovero ospedaliero": {3, "24 ore su 24", "art. 4.9"},
		"Assistenza ai familiari": {0, "24 ore su 24", "art. 4.10"}, "Viaggio di un familiare": {3, "24 ore su 24", "art. 4.11"}, "Messaggi urgenti": {3, "24 ore su 24", "art. 4.12"},
		"Rientro anticipato": {3, "24 ore su 24", "art. 4.13"}, "Informazioni sanitarie e farmaceutiche": {0, "dalle 9 alle 18", "art. 4.14"},
		"Informazioni di medicina tropicale": {0, "dalle 9 alle 18", "art. 4.15"}, "Centri diagnostici privati": {0, "dalle 9 alle 18", "art. 4.16"}, "Centri specialistici": {0, "dalle 9 alle 18", "art. 4.17"},
	} {
		found := false
		for _, h := range base(t).Helps {
			if h.Name == name {
				found = true
				if h.Times != want.times || !strings.HasPrefix(h.Hours, want.hours) || h.Article != want.article {
					t.Errorf("%+v", h)
				}
				// What the plan says in short is in the article as it says it.
				if text := base(t).Article(h.Article).Text; want.times == 3 && !strings.Contains(text, "3 volte") {
					t.Errorf("%s does not say how often: %s", h.Article, text)
				}
			}
		}
		if !found {
			t.Errorf("no %s", name)
		}
	}
	for _, h := range eticare(t).Helps {
		if h.Number != "02.24128406" || !strings.Contains(eticare(t).Article(h.Article).Text, h.Number) {
			t.Errorf("%+v", h)
		}
	}
	if len(base(t).Helps) != 16 || len(eticare(t).Helps) != 2 {
		t.Errorf("%d and %d services", len(base(t).Helps), len(eticare(t).Helps))
	}
}
