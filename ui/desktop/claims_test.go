package desktop

import (
	"context"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/ui/screen/claims"
	"github.com/sodale/sodale/ui/screen/settings"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
)

// revise changes what the vault has of a claim.
func (st *stage) revise(id claim.ID, edit func(*claim.Claim)) {
	st.t.Helper()
	c := st.claim(id)
	d, err := st.vault.Delivery(context.Background(), c.OpID)
	if err != nil {
		st.t.Fatal(err)
	}
	edit(&c)
	c.Version--
	st.vault.Put(c, d)
}

// mustList checks that lines of the list of claims say something, wherever it is scrolled to.
func (st *stage) mustList(texts ...string) {
	st.t.Helper()
	var lines []string
	widget.Walk(st.layers, func(o fyne.CanvasObject) bool {
		if l, ok := o.(*widget.List); ok {
			for i := range l.Count() {
				lines = append(lines, strings.Join(widget.Words(l.Row(i)), " "))
			}
		}
		return true
	})
	for _, text := range texts {
		if !slices.ContainsFunc(lines, func(line string) bool { return strings.Contains(line, text) }) {
			st.t.Errorf("%q is not listed; listed: %q", text, lines)
		}
	}
}

func TestTheListIsFilteredAndSortedAndRemembersIt(t *testing.T) { // CLM-25
	st := inside(t, fullVault())
	st.size(1280, 800)
	st.Go(Place{Screen: Claims})
	st.press("Filtri e ordine")
	st.choose("Per chi", "Paolo (3)")
	st.choose("Ordina per", "Data di pagamento")
	st.mustList("Non ancora pagate", "settembre 2026", "Paolo · pagata il 21 settembre")
	st.Go(Place{Screen: Card})
	st.Go(Place{Screen: Claims})
	if want := (claims.Query{Person: "paolo", Sort: claims.Payday}); st.query != want {
		t.Errorf("remembered %+v", st.query)
	}
	st.mustList("Non ancora pagate")
	st.press("Filtri e ordine")
	st.choose("Anno", "Tutti gli anni")
	st.press("Togli i filtri")
	if st.query.Narrowed() != 0 {
		t.Errorf("still %+v", st.query)
	}
	st.choose("Stato", "Accorpata (1)")
	st.choose("Per chi", "Luca (2)")
	st.mustSee("Nessuna pratica con questi filtri.")
}

func TestADeletedDraftIsTakenOutOfTheBin(t *testing.T) { // CLM-22
	st := inside(t, fullVault())
	st.Go(Place{Claims, "ready"})
	st.press("Elimina la bozza")
	st.press("Cestino (1)")
	st.mustSee("Le bozze eliminate restano qui 30 giorni", "resta 30 giorni", "Visita specialistica")
	st.press("Ripristina")
	if !st.claim("ready").DeletedAt.IsZero() {
		t.Error("the draft is still deleted")
	}
	st.mustSee("Non manca nulla.")
}

func TestAClaimIsCopiedAsANewOne(t *testing.T) {
	st := inside(t, fullVault())
	st.Go(Place{Claims, "paid"})
	st.press("Duplica come nuova")
	if at := st.at(); at.Screen != NewClaim || at.ID == "paid" || !st.claim(claim.ID(at.ID)).Open {
		t.Errorf("at %+v", at)
	}
}

func TestWithdrawingAsksFirstAndSaysWhatHappens(t *testing.T) { // CLM-48
	st := inside(t, fullVault(), func(st *stage) {
		st.services.Desk.Mutual = func() mutual.Profile { return mutual.Profile{Claims: mutual.Claims{Withdraw: true}} }
	})
	st.Go(Place{Claims, "review"})
	st.press("Ritira la pratica")
	st.mustSee("non saranno rimborsati", "Tieni la pratica")
	st.press("Tieni la pratica")
	if st.claim("review").Withdrawing {
		t.Error("it was withdrawn all the same")
	}
}

func TestWhatWasDecidedOfEachDocumentIsShown(t *testing.T) { // CLM-26, CLM-43, CRT-05
	st := inside(t, fullVault())
	st.revise("paid", func(c *claim.Claim) {
		c.Documents = append(c.Documents, claim.ExpenseDocument{ID: "second", Type: claim.Invoice, Person: "elena", Service: claim.Visit, Amount: 4000, Number: "12"})
		c.Mutual.Outcomes = []claim.Outcome{{Document: "doc-paid", State: claim.Approved, Granted: 10000, Own: 2500, Article: "2.1"},
			{Document: "second", State: claim.Rejected, Reason: "Prestazione non prevista dal piano.", Article: "5"}}
	})
	st.Go(Place{Claims, "paid"})
	st.mustSee("Riconosciuti 100,00 €, a tuo carico 25,00 €", "Respinta. Prestazione non prevista dal piano.", "Articolo 5", "A tuo carico", "Accreditati 100,00 € il 21 settembre 2026.", "Conto IT60 X054 2811 1010 0000 0123 456")
}

func TestTheDaysLeftToAnswerAreCounted(t *testing.T) { // CLM-42
	for days, want := range map[int]string{9: "Rispondi entro il 25 novembre: mancano 9 giorni.", 1: "Rispondi entro il 17 novembre: manca 1 giorno.", 0: "Rispondi oggi: è l’ultimo giorno.",
		-2: "Il termine era il 14 novembre. Chiama il 02 0000 123."} {
		st := inside(t, fullVault())
		st.revise("requested", func(c *claim.Claim) { c.Mutual.ReplyBy = civil.Of(now).AddDays(days) })
		st.Go(Place{Claims, "requested"})
		st.mustSee(want)
		if days >= 0 { // the overview counts as the claim does
			st.Go(Place{Screen: Overview})
			st.mustSee(want)
		}
		st.Close()
	}
}

func TestARefusalSaysWhyAndWhomToAsk(t *testing.T) { // CLM-43
	st := inside(t, fullVault())
	st.Go(Place{Claims, "rejected"})
	st.mustSee("La prestazione non è prevista dal piano.", "Articolo 5", "Se non sei d’accordo chiama il 02 0000 123.")
	st.Go(Place{Claims, "blocked"})
	st.mustSee("Per sbloccarla chiama il 02 0000 123.")
}

func TestJoinedClaimsLeadToEachOther(t *testing.T) { // CLM-24, MSG-10
	st := inside(t, fullVault())
	into, joined := st.claim("review").Mutual.Number, st.claim("merged").Mutual.Number
	st.revise("merged", func(c *claim.Claim) { c.Mutual.Into = into })
	st.revise("review", func(c *claim.Claim) { c.Mutual.Joined = []string{joined, "25-000001"} })
	st.Go(Place{Claims, "merged"})
	st.mustSee("Accorpata alla " + into + ".")
	st.press("Vedi la " + into)
	if at := st.at(); at.ID != "review" {
		t.Fatalf("at %+v", at)
	}
	st.mustSee("Unite a questa: " + joined + " e 25-000001.")
	if st.sees("Vedi la 25-000001") {
		t.Error("a claim that is not here can be gone to")
	}
	st.revise("review", func(c *claim.Claim) { c.Mutual.Joined = []string{joined} })
	st.Go(Place{Screen: Card})
	st.Go(Place{Claims, "review"})
	st.mustSee("Unita a questa: " + joined + ".")
}

func TestBesideTheListStandsOneOfThoseListed(t *testing.T) { // OVW-05
	st := inside(t, fullVault())
	st.size(1280, 800)
	st.Go(Place{Claims, "paid"})
	st.press("Filtri e ordine")
	st.choose("Stato", "Respinta (1)")
	st.mustSee("La prestazione non è prevista dal piano.")
	st.choose("Per chi", "Luca (2)")
	st.mustSee("Nessuna pratica con questi filtri.", "Scegli una pratica per vedere a che punto è.")
}

func TestTheMessageToTheMutualHoldsTheNumberAndNothingOfHealth(t *testing.T) { // CLM-20, SUP-08
	st := inside(t, fullVault())
	st.Go(Place{Claims, "review"})
	st.press("Chiedi alla mutua")
	st.fill("Che cosa vuoi chiedere", "Quando arriva il bonifico?")
	st.press("Copia il messaggio")
	message := fyne.CurrentApp().Clipboard().Content()
	number := st.claim("review").Mutual.Number
	for _, want := range []string{"Domanda sulla pratica " + number, "Numero della pratica: " + number, "Cellulare: ", "Descrizione: Quando arriva il bonifico?"} {
		if !strings.Contains(message, want) {
			t.Errorf("%q is not in\n%s", want, message)
		}
	}
	for _, wrong := range []string{"Esami", "San Rocco", "ricevuta-ticket", "Password", "MRCLNE"} {
		if strings.Contains(message, wrong) {
			t.Errorf("the message tells %q", wrong)
		}
	}
}

func TestTheReminderIsOfferedUntilThereIsAReceipt(t *testing.T) { // CLM-21, CLM-22
	st := inside(t, fullVault())
	st.Go(Place{Claims, "queued"})
	st.press("Promemoria")
	st.mustSee("Non è ancora una ricevuta.")
	st.press("Salva il PDF")
	if len(st.saved) != 1 || !strings.HasPrefix(string(st.saved["promemoria-2026-11-14.pdf"]), "%PDF-") {
		t.Errorf("saved %d files", len(st.saved))
	}
	st.key(fyne.KeyEscape)
	st.Go(Place{Claims, "review"})
	if st.sees("Promemoria") {
		t.Error("a reminder is offered where there is a receipt")
	}
}

func TestTheRefundsOfAYearAreAddedUpAndKept(t *testing.T) { // CRT-02, CRT-03, CRT-05, CRT-08, CLM-25, CLM-45
	st := inside(t, fullVault())
	st.Go(Place{Screen: Claims})
	st.press("Riepilogo dei rimborsi")
	st.mustSee("Riepilogo sussidi ricevuti", "Pagato", "Rimborsato", "100,00 €", "A tuo carico", "Paolo")
	st.choose("Conta per", "Anno di competenza")
	st.press("Vedi 1 documento di Elena")
	st.mustSee("Ospedale San Rocco, 2026/004817", "90,00 €")
	st.press("Salva il PDF")
	if !strings.HasPrefix(string(st.saved["riepilogo-sussidi-2026.pdf"]), "%PDF-") {
		t.Errorf("saved %d files", len(st.saved))
	}
}

func TestAStudyGrantShowsRegionSchoolAndMark(t *testing.T) { // STU-04, STU-06
	st := inside(t, fullVault())
	st.revise("review", func(c *claim.Claim) {
		c.Kind, c.Region = claim.StudyGrant, "Lombardia"
		c.Documents = []claim.ExpenseDocument{{ID: "s", Type: claim.SchoolCertificate, Person: "luca", School: "Liceo", Mark: "9/10"}}
	})
	st.Go(Place{Claims, "review"})
	st.mustSee("Sussidio allo studio", "Regione", "Lombardia", "Certificato della scuola", "Luca · Liceo · voto 9/10")
}

func TestWhereThereIsLittleRoomTheSearchTakesThatOfThePills(t *testing.T) { // UX 8
	st := inside(t, fullVault(), func(st *stage) { st.stored = settings.Settings{Look: theme.Light, Text: 200, Language: "it"} })
	st.size(1024, 700)
	st.Go(Place{Screen: Claims})
	st.mustSee("Tutte", "Filtri e ordine")
	st.press("Cerca nelle pratiche")
	st.fill("Cerca nelle pratiche", "niente di simile")
	if st.sees("Filtri e ordine") {
		t.Error("the pills leave no room to what is found")
	}
	st.mustSee("Nessuna pratica con «niente di simile».")
	st.press("Togli la ricerca")
	st.mustSee("Tutte", "Filtri e ordine")
}
