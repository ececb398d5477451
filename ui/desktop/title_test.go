package desktop

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/identity"
	"github.com/sodale/sodale/ui/screen/settings"
	"github.com/sodale/sodale/ui/words"
)

// titled wants the window to be called so, and by no name of a person and no word about health.
func (st *stage) titled(want string) {
	st.t.Helper()
	title := st.Window().Title()
	if title != want+" · Sodale" {
		st.t.Errorf("the window is called %q, want %q", title, want)
	}
	for _, never := range []string{"Elena", "Paolo", "Luca", "Marchetti", "Visita", "Ospedale", "26-00"} {
		if strings.Contains(title, never) {
			st.t.Errorf("the window's title says %q: %q", never, title)
		}
	}
}

func TestTheWindowsTitleSaysHowFarARequestHasCome(t *testing.T) {
	st := inside(t, fullVault())
	st.titled("Panoramica")
	st.ctrl(fyne.KeyN)
	st.titled("Nuova richiesta, passo 1 di 3")
	st.ctrl(fyne.KeyReturn)
	st.titled("Nuova richiesta, passo 2 di 3")
	st.Back()
	st.titled("Nuova richiesta, passo 1 di 3")
	st.Go(Place{Claims, "ready"})
	st.titled("Rimborsi e sussidi")
	st.press("Invia")
	st.titled("Nuova richiesta, passo 3 di 3")
	st.ctrl(fyne.KeyReturn)
	st.titled("Richiesta in coda")
	english := st.settings
	english.Language = words.English
	st.change(english)
	st.titled("Claim queued")
	st.change(settings.Default)
	for id, want := range map[claim.ID]string{"sending": "Richiesta in coda", "unconfirmed": "Richiesta da verificare",
		"held": "Richiesta ferma: serve il tuo intervento", "registered": "Ricevuta della richiesta"} {
		st.Go(Place{NewClaim, string(id)})
		st.titled(want)
	}
	st.badSign = true
	st.Go(Place{NewClaim, "review"})
	st.titled("Richiesta consegnata")
	st.vault.fail = fault.New(identity.CodeRecord, "vault", "claims")
	st.Go(Place{Screen: NewClaim})
	st.titled("Nuova richiesta")
}
