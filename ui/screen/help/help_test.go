package help_test

import (
	"strings"
	"testing"

	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/ui/desktop"
	"github.com/sodale/sodale/ui/gallery"
	"github.com/sodale/sodale/ui/gallery/visit"
	"github.com/sodale/sodale/ui/words"
)

func at(mutual string) func(*gallery.World) {
	return func(w *gallery.World) { w.UseRules(mutual) }
}

func TestEveryMutualsContactsAreThere(t *testing.T) { // SUP-01, SUP-02, SUP-03, SUP-04, SUP-05, SUP-06, SUP-07, LOG-14, REG-01, FAC-01
	for id, want := range map[string][]string{
		"coopsal":     {"0461 1788990", "info@cooperazionesalute.it", "www.cooperazionesalute.it", "sussidi@cooperazionesalute.it", "02.24128406"},
		"cesarepozzo": {"infocenter@mutuacesarepozzo.it", "www.mutuacesarepozzo.org", "la tua sede regionale di riferimento"},
		"insieme":     {"02/37.05.20.67", "800.924.921", "02/37.05.20.72", "info@insiemesalute.org", "rimborsi@insiemesalute.org", "Viale San Gimignano 30/32, 20146 Milano", "www.insiemesalute.org", "Orario 9-13, 14-18 dal lunedì al venerdì nei giorni feriali"},
	} {
		v := visit.Open(t, desktop.Support, at(id))
		for _, text := range want {
			v.SeeText(text)
		}
	}
}

func TestAMutualWithoutContactsSaysWhomToAsk(t *testing.T) { // SUP-07
	v := visit.Open(t, desktop.Support, at("mantova"), func(w *gallery.World) { w.Rules.Contacts = mutual.Contacts{} })
	v.See("help.contact.nowhere", "Mutual", v.Rules.Name)
}

func TestAContactIsCopied(t *testing.T) { // SUP-01
	v := visit.Open(t, desktop.Support)
	v.Press("part.copy", "What", words.T("help.contact.refunds"))
	if v.Clipboard() != "rimborsi@aurora.example" {
		t.Errorf("copied %q", v.Clipboard())
	}
}

func TestWhatToCheckWhenAccessFails(t *testing.T) { // LOG-14, SUP-09, FAC-13
	v := visit.Open(t, desktop.Support)
	for _, key := range []string{"help.access.caps", "help.access.user", "help.access.spaces", "help.access.last"} {
		v.See(key)
	}
	v.See("help.access.first", "Whom", "il proprio datore di lavoro")
	v.See("help.access.write", "To", "aiuto@aurora.example")
}

func TestTheWaysInAreThoseOfTheMutual(t *testing.T) { // REG-01, REG-02, FAC-01
	v := visit.Open(t, desktop.Support, at("cesarepozzo"))
	v.See("help.ways.text", "Area", "CesarePozzoXTE")
	v.See("help.way.first-access")
	v.NotSee(words.T("help.way.code"))
}

func TestTheMessageForSupportHoldsWhoAndWhatAndNoPassword(t *testing.T) { // SUP-08, FAC-13
	v := visit.Open(t, desktop.Support)
	v.Fill("help.message.what", "Il codice per SMS non arriva da ieri.")
	v.Press("help.message.picture")
	v.Press("help.message.copy")
	for _, want := range []string{"000000003423", "+39 333 000 3423", "Il codice per SMS non arriva da ieri.", "schermata.png", "0.1.0"} {
		if !strings.Contains(v.Clipboard(), want) {
			t.Errorf("%q is not in %q", want, v.Clipboard())
		}
	}
	if strings.Contains(v.Clipboard(), visit.Password) || strings.Contains(strings.ToLower(v.Clipboard()), "password") {
		t.Errorf("a password is in %q", v.Clipboard())
	}
	v.Press("help.message.save")
	v.SeeText("schermata.png")
}

func TestTheShortcutsAreOneStepAway(t *testing.T) {
	v := visit.Open(t, desktop.Support)
	v.Press("help.keys.show")
	v.See("shell.help.title")
}
