package desktop

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

	"github.com/sodale/sodale/app/change"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/identity"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/ui/screen/settings"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
)

func (st *stage) at() Place {
	p, _ := st.way.here()
	return p
}

func TestTheDoorLetsInAndTheOverviewGreets(t *testing.T) { // OVW-01 to OVW-06
	st := open(t, fullVault())
	st.mustSee("Ciao, Elena", "Sei senza rete: entri lo stesso", "2 invii in attesa")
	st.fill("Password", "apriti sesamo")
	st.press("Sblocca")
	st.mustSee("Buongiorno, Elena", "lunedì 16 novembre 2026", "Elena Marchetti", "Ultime pratiche", "Rimborsati nel 2026", "100,00 €",
		"Piano Base, attivo", "31 dicembre", "000000003423", "Via dei Tigli 14, 20123 Milano", "elena@posta.example", "Manca un documento: Diagnostica per immagini", "Offline · 2 in attesa")
}

func TestWhatKeepsTheDoorShutIsSaidInWords(t *testing.T) {
	for name, c := range map[string]struct {
		err  error
		want []string
	}{
		"wrong password": {nil, []string{"Password non corretta"}},
		"wait":           {fault.New(identity.CodeWait, "", "").With("Seconds", "8"), []string{"Riprova tra 8 secondi"}},
		"in use":         {fault.New(identity.CodeInUse, "", ""), []string{"già aperto"}},
		"newer":          {fault.New(identity.CodeNewer, "", ""), []string{"più recente"}},
		"damaged":        {fault.New(identity.CodeDamaged, "", "").With("Lost", "3 notifiche"), []string{"3 notifiche", "salvo", "02 0000 123"}},
		"disk full":      {fault.New(identity.CodeDiskFull, "", ""), []string{"disco"}},
	} {
		t.Run(name, func(t *testing.T) {
			st := open(t, fullVault())
			st.gate.err = c.err
			st.fill("Password", "sbagliata")
			st.press("Sblocca")
			st.mustSee(c.want...)
			if st.open || st.sees("Panoramica") {
				t.Error("the door opened")
			}
		})
	}
}

func TestAnEmptyPasswordIsAskedForAndRecoveryIsHiddenWithoutIt(t *testing.T) {
	st := open(t, fullVault())
	st.press("Sblocca")
	st.mustSee("Scrivi la password.")
	if st.sees("Codice di recupero") {
		t.Error("a way in is shown that does not exist")
	}
}

func TestEveryStateOfAClaimIsShownWithItsButtons(t *testing.T) { // UX section 3
	for id, want := range map[string][]string{
		"draft":       {"Richiesta vuota", "Salvata qui. Non è ancora partita.", "Riprendi", "Elimina la bozza"},
		"ready":       {"Non manca nulla.", "Invia", "Riprendi"},
		"queued":      {"In coda", "Parte da sola quando c’è rete."},
		"sending":     {"In invio", "2 file su 3."},
		"unconfirmed": {"Da verificare", "Non inviare di nuovo", "Controlla adesso"},
		"held":        {"Serve il tuo intervento", "Correggi e reinvia", "Riprova così com’è"},
		"delivered":   {"Consegnata", "Ricevuta firmata", "Bonifico di regola entro il", "Correggi"},
		"registered":  {"Protocollata", "Ricevuta firmata"},
		"review":      {"In esame", "La sta guardando l’ufficio rimborsi.", "Pratica 26-00"},
		"requested":   {"Da integrare", "Nella ricetta serve la diagnosi.", "Rispondi entro il 12 dicembre: mancano 26 giorni.", "Aggiungi documento"},
		"blocked":     {"Blocco amministrativo", "chiama la mutua"},
		"approved":    {"Approvata", "16,52 €", "Articolo 1.1"},
		"rejected":    {"Respinta", "La prestazione non è prevista dal piano.", "Articolo 5", "Chiedi alla mutua"},
		"merged":      {"Accorpata"},
		"paid":        {"Liquidata", "Accreditati 100,00 € il 21 settembre 2026."},
		"withdrawn":   {"Ritirata"},
		"odd":         {"Controllo a campione"},
	} {
		t.Run(id, func(t *testing.T) {
			st := inside(t, fullVault())
			st.Go(Place{Claims, id})
			st.mustSee(want...)
			for _, w := range st.words() {
				if strings.Contains(w, "claims.") || strings.Contains(w, "{") || strings.Contains(w, "state.") {
					t.Errorf("a key or a placeholder is shown: %q", w)
				}
			}
		})
	}
}

func TestTheSignedReceiptIsVerifiedShownAndSaved(t *testing.T) { // CLM-21
	st := inside(t, fullVault())
	st.Go(Place{Claims, "review"})
	st.press("Ricevuta firmata")
	st.mustSee("Firma verificata", "26-004471", "16 novembre 2026, 10:41")
	st.press("Copia l’impronta")
	if c := fyne.CurrentApp().Clipboard().Content(); len(c) != 64 {
		t.Errorf("copied %q", c)
	}
	st.press("Salva il file firmato")
	if string(st.saved["ricevuta-26-004471-1.json"]) != `{"statement":"e30="}` {
		t.Errorf("saved %s", st.saved)
	}
	st.press("Salva il PDF")
	if !strings.HasPrefix(string(st.saved["ricevuta-26-004471-1.pdf"]), "%PDF-") {
		t.Errorf("no paper among %d files", len(st.saved))
	}
	st.key(fyne.KeyEscape)
	st.badSign = true
	st.press("Ricevuta firmata")
	st.mustSee("La firma non corrisponde")
}

func TestADeletedDraftComesBackWithUndo(t *testing.T) {
	st := inside(t, fullVault())
	st.Go(Place{Claims, "draft"})
	st.press("Elimina la bozza")
	if st.claim("draft").DeletedAt.IsZero() || st.sees("Richiesta vuota") {
		t.Fatal("the draft is still there")
	}
	st.press("Annulla")
	if !st.claim("draft").DeletedAt.IsZero() {
		t.Fatal("the draft did not come back")
	}
	st.mustSee("Richiesta vuota")
}

func TestAddingADocumentOpensTheNextRevisionInTheWizard(t *testing.T) {
	st := inside(t, fullVault())
	st.press("Aggiungi documento")
	if at := st.at(); at.Screen != NewClaim || at.ID != "requested" || !st.claim("requested").Open {
		t.Fatalf("at %+v, claim %+v", at, st.claim("requested"))
	}
	if !st.wizardOpen() {
		t.Error("the navigation is still there")
	}
}

func TestReadyClaimsAreLookedOverBeforeTheyLeave(t *testing.T) {
	st := inside(t, fullVault())
	st.Go(Place{Claims, "ready"})
	st.press("Invia")
	if st.at() != (Place{NewClaim, "ready"}) || st.claim("ready").Step != 3 || st.claim("ready").Revision != 0 {
		t.Errorf("at %+v, claim %+v", st.at(), st.claim("ready"))
	}
}

func TestChecksAndReleasesReachTheEngine(t *testing.T) {
	st := inside(t, fullVault())
	st.Go(Place{Claims, "unconfirmed"})
	st.press("Controlla adesso")
	st.Go(Place{Claims, "held"})
	st.press("Riprova così com’è")
	held, err := st.vault.Delivery(context.Background(), "op-held")
	if err != nil {
		t.Fatal(err)
	}
	if len(st.checked) != 1 || st.checked[0] != "op-unconfirmed" || held.Status != submission.Queued {
		t.Errorf("checked %v, held %s", st.checked, held.Status)
	}
}

func TestTheQueueNamesEveryReasonAndOnlyTheFirstFailureHasAButton(t *testing.T) {
	st := inside(t, fullVault())
	st.findings[2].Code, st.findings[2].Values = "engine.clock", map[string]string{"Days": "3"}
	st.findings[5].Code = identity.CodeDiskFull
	st.press("Offline · 2 in attesa")
	st.mustSee("Serve il tuo intervento", "Da verificare", "2 file su 3.", "Parte da sola", "Orologio", "Ho corretto l’orologio")
	if st.sees("Ho liberato spazio") {
		t.Error("the second failure has a button too")
	}
	st.press("Ho corretto l’orologio")
	if st.sentNow != 1 {
		t.Errorf("tried again %d times", st.sentNow)
	}
	st.key(fyne.KeyEscape)
	if st.queue != nil || widget.ModalOpen(st.Window().Canvas()) {
		t.Error("Esc left the sheet open")
	}
}

func TestEmptyScreensSayWhatToDo(t *testing.T) { // UX section 5
	st := inside(t, emptyVault())
	st.mustSee("Nessuna pratica ancora. Quando hai una ricevuta, parti da qui.", "Tutto letto.")
	st.Go(Place{Screen: Claims})
	st.mustSee("Nessuna pratica ancora.")
	st.press("Da fare")
	st.mustSee("Niente da fare. Le pratiche chiuse sono in Chiuse.")
	st.Go(Place{Screen: Card})
	st.mustSee("La tessera arriva dopo l’iscrizione.")
}

func TestAVaultThatCannotBeReadIsSaid(t *testing.T) {
	st := inside(t, fullVault())
	st.vault.fail = fault.New(identity.CodeRecord, "vault", "claims")
	for _, s := range st.screens() {
		if s == Appearance {
			continue
		}
		st.Go(Place{Screen: s})
		if len(st.words()) < 3 {
			t.Errorf("%s says nothing: %v", s, st.words())
		}
		for _, w := range st.words() {
			if strings.Contains(w, "storage.record (") {
				t.Errorf("%s shows an error for programmers: %q", s, w)
			}
		}
	}
}

func TestTheKeysOfTheWindowLeadAbout(t *testing.T) { // UX section 7
	st := inside(t, fullVault())
	st.ctrl(fyne.Key2)
	if st.at().Screen != Claims {
		t.Fatalf("Ctrl+2 led to %+v", st.at())
	}
	st.ctrl(fyne.KeyF)
	if _, ok := st.Window().Canvas().Focused().(fyne.Shortcutable); !ok {
		t.Fatal("Ctrl+F did not go into the search")
	}
	st.ctrl(fyne.Key3)
	if st.at().Screen != Card {
		t.Fatalf("Ctrl+3 in a field led to %+v", st.at())
	}
	st.key(fyne.KeyEscape)
	if st.at().Screen != Claims {
		t.Fatalf("Esc led to %+v", st.at())
	}
	st.key(fyne.KeyF1)
	st.mustSee("Aiuto e scorciatoie")
	st.ctrl(fyne.Key1)
	if st.at().Screen != Claims {
		t.Error("a shortcut worked below a dialog")
	}
	st.key(fyne.KeyEscape)
	st.ctrl(fyne.KeyS)
	st.mustSee("Già salvato")
	st.key(fyne.KeyF5)
	if st.sentNow != 1 {
		t.Error("F5 did not ask for news")
	}
	st.ctrl(fyne.KeyL)
	if st.locked != 1 {
		t.Error("Ctrl+L did not lock")
	}
}

func TestGoToFindsSectionsAndClaims(t *testing.T) {
	st := inside(t, fullVault())
	st.ctrl(fyne.KeyK)
	st.fill("Sezione, pratica o comando", "tess")
	st.key(fyne.KeyReturn)
	if st.at().Screen != Card {
		t.Fatalf("led to %+v", st.at())
	}
	st.ctrl(fyne.KeyK)
	st.fill("Sezione, pratica o comando", "ricovero")
	st.key(fyne.KeyReturn)
	if st.at() != (Place{Claims, "paid"}) {
		t.Fatalf("led to %+v", st.at())
	}
	st.ctrl(fyne.KeyK)
	st.fill("Sezione, pratica o comando", "qwertz")
	st.mustSee("Niente con questo nome.")
}

func TestRegionsAreReachedWithF6(t *testing.T) {
	st := inside(t, fullVault())
	seen := map[fyne.Focusable]bool{}
	for range 3 {
		st.key(fyne.KeyF6)
		seen[st.Window().Canvas().Focused()] = true
	}
	if len(seen) != 3 {
		t.Errorf("F6 reached %d places", len(seen))
	}
}

func TestTheListIsWalkedAndOpenedWithTheKeyboard(t *testing.T) {
	st := inside(t, fullVault())
	st.Go(Place{Screen: Claims})
	var rows *widget.List
	widget.Walk(st.layers, func(o fyne.CanvasObject) bool {
		if l, ok := o.(*widget.List); ok {
			rows = l
		}
		return rows == nil
	})
	if rows == nil {
		t.Fatal("no list")
	}
	rows.Focus()
	st.key(fyne.KeyHome)
	if rows.Selected() != 1 {
		t.Errorf("Home marked %d, the heading is 0", rows.Selected())
	}
	st.key(fyne.KeyUp)
	if rows.Selected() != 1 {
		t.Errorf("Up left the first row for %d", rows.Selected())
	}
	st.key(fyne.KeyEnd)
	st.key(fyne.KeyReturn)
	st.mustSee("Controllo a campione")
	if st.at() != (Place{Claims, "odd"}) {
		t.Errorf("opened %+v", st.at())
	}
}

func TestLanguageAndLookChangeWhileAPageIsOpen(t *testing.T) {
	st := inside(t, fullVault())
	st.Go(Place{Claims, "review"})
	st.fill("Cerca nelle pratiche", "esami")
	st.change(settings.Settings{Look: theme.Dark, Text: 115, Language: "en"})
	st.mustSee("Refunds", "Under review", "New claim")
	if st.at() != (Place{Claims, "review"}) || st.stored.Language != "en" || theme.Current().Settings().Look != theme.Dark {
		t.Errorf("at %+v, stored %+v", st.at(), st.stored)
	}
	if n := widget.Find(st.layers, "Search the claims"); n == nil || n.(widget.Filled).Text() != "esami" {
		t.Errorf("what was searched for is lost: %v, %q", n, st.words())
	}
}

func TestTextGrowsAndShrinksWithTheKeyboard(t *testing.T) {
	st := inside(t, fullVault())
	st.ctrl(fyne.KeyPlus)
	st.ctrl(fyne.KeyEqual)
	if st.stored.Text != 130 {
		t.Errorf("grew to %d", st.stored.Text)
	}
	st.ctrl(fyne.KeyMinus)
	if st.stored.Text != 115 {
		t.Errorf("shrank to %d", st.stored.Text)
	}
	st.ctrl(fyne.Key0)
	if st.stored.Text != 100 {
		t.Errorf("back to %d", st.stored.Text)
	}
}

func TestAChangeInTheVaultIsShown(t *testing.T) {
	st := inside(t, fullVault())
	c := st.claim("requested")
	c.Mutual.State = claim.InReview
	st.vault.Put(c, nil)
	st.link = submission.Link{Online: true, Held: 1}
	st.services.Changes.Say(change.Change{Topic: change.Claims, ID: "requested"})
	st.pump()
	if st.sees("Manca un documento") {
		t.Error("the old banner is still there")
	}
	st.mustSee("Serve il tuo intervento: Altra spesa")
	if st.chip.Name() != "Serve il tuo intervento" {
		t.Errorf("the chip says %q", st.chip.Name())
	}
}

func TestADropWithoutAFormSaysWhereItCouldGo(t *testing.T) {
	st := inside(t, fullVault())
	st.Drop([]fyne.URI{storage.NewFileURI("/ricevuta.pdf")})
	st.mustSee("Per aggiungere un file apri prima una richiesta.")
}

func TestTheSizeOfTheWindowIsRemembered(t *testing.T) {
	st := inside(t, fullVault())
	st.size(1400, 900)
	st.Close()
	if st.stored.Width != 1400 || st.stored.Height != 900 {
		t.Errorf("stored %+v", st.stored)
	}
}
