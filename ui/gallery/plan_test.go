package gallery_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/plan"
	"github.com/sodale/sodale/assets"
	"github.com/sodale/sodale/ui/desktop"
	"github.com/sodale/sodale/ui/gallery"
	"github.com/sodale/sodale/ui/screen/membership"
	"github.com/sodale/sodale/ui/screen/settings"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/words"
)

// planTabs are all there are, and some of what is read in the regulation.
var planTabs = []string{string(membership.CoverTab), string(membership.Benefits), string(membership.Trial), string(membership.Fees), string(membership.Helpline),
	string(membership.Rules), "rules/art. 11.2", "rules/#glossary", "rules/#annexes", "rules/#readings"}

// planOpen is a window on a tab.
func planOpen(t *testing.T, tab string, edit func(*member.Household)) *gallery.World {
	t.Helper()
	w := gallery.NewPromptWorld(settings.Default)
	t.Cleanup(w.Close)
	w.Resize(1280, 800)
	if edit != nil {
		w.SetHousehold(edit)
	}
	w.FillVault()
	if err := w.Unlock(); err != nil {
		t.Fatal(err)
	}
	w.Shell.Go(desktop.Place{Screen: desktop.Plan, ID: tab})
	return w
}

func mustSee(t *testing.T, w *gallery.World, wants ...string) {
	t.Helper()
	for _, want := range wants {
		if !w.Sees(want) {
			t.Errorf("%q is not seen in\n%s", want, strings.Join(w.Words(), "\n"))
		}
	}
}

func do(t *testing.T, errs ...error) {
	t.Helper()
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
}

var planHole = regexp.MustCompile(`^(membership|plan|shell|error|part)\.[a-z]|\{[A-Z]`)

func TestNothingOfThePlanIsCutAtTwiceTheSize(t *testing.T) { // UX section 8, PLN-06
	for _, language := range []string{words.Italian, words.English} {
		for _, id := range []string{"piano-base", "eticare-per-me"} {
			w := gallery.NewPromptWorld(settings.Settings{Look: theme.Light, Text: 200, Language: language})
			w.SetHousehold(func(h *member.Household) {
				h.Plan.ID = id
				if id != "piano-base" {
					h.Plan.Covers[0].Role, h.Plan.Covers[0].Category = "aderente", "socio"
				}
			})
			w.Resize(1024, 700)
			do(t, w.Unlock())
			for _, tab := range planTabs {
				w.Shell.Go(desktop.Place{Screen: desktop.Plan, ID: tab})
				if cut := w.CutTexts(); len(cut) > 0 {
					t.Errorf("%s, %s %s: cut %q", language, id, tab, cut)
				}
				for _, text := range w.Words() {
					if planHole.MatchString(text) {
						t.Errorf("%s, %s %s: %q", language, id, tab, text)
					}
				}
			}
			w.Close()
		}
	}
	words.Set(words.Italian)
}

func TestTheArticlesAreReadWordForWordWithNoNetwork(t *testing.T) { // PLN-01, PLN-03, MEM-15, H24-17, H24-18
	w := planOpen(t, "rules/art. 10.2", nil)
	all, err := plan.LoadAll(assets.Plans())
	do(t, err)
	mustSee(t, w, all.Code("PIANO_BASE_2019").Article("art. 10.2").Text, "Lettura di un punto poco chiaro", "È come lo leggiamo noi, non il testo del regolamento.")
	do(t, w.Press("Copia il testo"))
	if copied := fyne.CurrentApp().Clipboard().Content(); !strings.Contains(copied, "[aggiornamento in vigore dal 1/01/2019]") || !strings.Contains(copied, "Art. 10.2") {
		t.Errorf("copied %q", copied)
	}
	do(t, w.Press("Successivo"))
	mustSee(t, w, "Art. 11.1")
	w.Key(fyne.KeyEscape)
	mustSee(t, w, "Il piano in breve", "Limiti e quello che resta a Elena") // PLN-08
}

func TestTheSearchFindsMarksAndLeadsThere(t *testing.T) { // PLN-01
	w := planOpen(t, "", nil)
	w.Shortcut(fyne.KeyF, fyne.KeyModifierShortcutDefault)
	do(t, w.Fill("Cerca nel piano: prestazioni, articoli, glossario", "TABAGISMO"))
	mustSee(t, w, "Trovato 1 punto")
	do(t, w.Press("Art. 3.2: Esclusioni"))
	mustSee(t, w, "Torna ai risultati di «TABAGISMO»", "le malattie nervose e/o mentali")
	w.Key(fyne.KeyEscape)
	mustSee(t, w, "Trovato 1 punto")
}

func TestAUseOfTheHelplineIsCountedForThePersonAndTakenBack(t *testing.T) { // H24-23
	w := planOpen(t, string(membership.Helpline), nil)
	mustSee(t, w, "Usato 0 volte su 3 nel 2026.")
	do(t, w.Press("Usato oggi"))
	mustSee(t, w, "Usato 1 volta su 3 nel 2026.")
	if len(w.HelpUsed) != 1 || w.HelpUsed[0].Service != "Invio di un medico in Italia" || w.HelpUsed[0].Plan != "piano-base" {
		t.Fatalf("%+v", w.HelpUsed)
	}
	do(t, w.Choose("Per chi", "Paolo"))
	if w.Sees("Usato 1 volta su 3 nel 2026.") {
		t.Error("Paolo's uses are Elena's")
	}
	do(t, w.Press("Annulla"))
	if len(w.HelpUsed) != 0 {
		t.Errorf("%+v", w.HelpUsed)
	}
}

func TestASimulationBecomesAClaimWithTheSameValues(t *testing.T) { // CLM-49
	w := planOpen(t, string(membership.Trial), nil)
	do(t, w.Choose("Per chi", "Paolo"), w.Choose("Prestazione", "Visite specialistiche"), w.Fill("Importo", "36,15"), w.Fill("Data", "09/11/2026"))
	mustSee(t, w, "28,92\u00a0€", "80\u00a0% di 36,15\u00a0€", "È una stima: decide la mutua.", "In tempo: fino al 7 febbraio 2027.")
	before, err := w.Vault.Claims(t.Context())
	do(t, err)
	do(t, w.Press("Fanne una richiesta"))
	var made claim.Claim
	do(t, w.Await("the new claim", time.Minute, func() bool {
		claims, err := w.Vault.Claims(t.Context())
		i := slices.IndexFunc(claims, func(c claim.Claim) bool {
			return !slices.ContainsFunc(before, func(b claim.Claim) bool { return b.ID == c.ID })
		})
		if err != nil || i < 0 {
			return false
		}
		made = claims[i]
		return true
	}))
	if d := made.Documents[0]; len(made.Documents) != 1 || d.Amount != 3615 || d.Service != claim.Visit || d.IssuedOn.Day != 9 || d.Benefit != "specialist_visit" || d.Type != claim.ReceiptSlip {
		t.Errorf("%+v", made.Documents)
	}
	if who, _ := gallery.Household().Person(made.Documents[0].Person); who.GivenName != "Paolo" {
		t.Errorf("for %q", who.GivenName)
	}
}

func TestTermsGoIntoACalendarThatNamesNoCare(t *testing.T) { // NTF-09
	w := planOpen(t, "", func(h *member.Household) {
		for i := range h.Plan.Covers {
			h.Plan.Covers[i].Start.Year, h.Plan.Covers[i].Start.Month = 2026, 11
		}
	})
	mustSee(t, w, "Manca un documento", "finisce un periodo di attesa", "Se vuoi lasciare la mutua a fine anno")
	do(t, w.Press("Salva per il calendario"))
	file := string(w.Saved["scadenze-mutua.ics"])
	for _, want := range []string{"BEGIN:VCALENDAR\r\n", "SUMMARY:Mutua: ultimo giorno per mandare i documenti\r\n", "DTSTART;VALUE=DATE:20261215\r\n", "SUMMARY:Mutua: finisce un periodo di attesa\r\n", "DTSTART;VALUE=DATE:20261202\r\n", "DTSTART;VALUE=DATE:20271031\r\n"} {
		if !strings.Contains(file, want) {
			t.Errorf("%q is not in\n%s", want, file)
		}
	}
	for _, never := range []string{"Bianconi", "Altra spesa", "Visita", "c-dental"} {
		if strings.Contains(file, never) {
			t.Errorf("%q is in the calendar", never)
		}
	}
}

func TestTheYearIsKeptAsAPaper(t *testing.T) { // CRT-04, CRT-05, CRT-06, CRT-08
	w := planOpen(t, string(membership.Fees), nil)
	mustSee(t, w, "Contributi versati nel 2026", "327,00\u00a0€", "62,13\u00a0€", "Rimborsato: non si detrae", "28,92\u00a0€")
	do(t, w.Press("Salva in PDF"), w.Press("Stampa"))
	if pdf := w.Saved["riepilogo-mutua-2026.pdf"]; !strings.HasPrefix(string(pdf), "%PDF-") || len(w.Printed) != 1 {
		t.Errorf("%d bytes, printed %v", len(pdf), w.Printed)
	}
}

func TestWhatJoiningCostsAndWhoMayJoin(t *testing.T) { // MEM-03 to MEM-05, MEM-20, MEM-40
	w := planOpen(t, string(membership.Fees), nil)
	do(t, w.Choose("Coniuge/convivente", "1"), w.Choose("Da quando", "1 gennaio 2027"))
	mustSee(t, w, "266,00\u00a0€", "246,00\u00a0€ di contributi e 20,00\u00a0€ di iscrizione, una volta sola")
	do(t, w.Choose("Come paghi", "SEPA (addebito diretto)"))
	mustSee(t, w, "246,00\u00a0€", "4 rate da 61,50\u00a0€")
	do(t, w.Fill("Prova con una data di nascita", "01/01/1990"))
	mustSee(t, w, "Può aderire. Se chiede oggi, la copertura comincia il 1 dicembre 2026.")
	do(t, w.Fill("Prova con una data di nascita", "01/01/1950"))
	mustSee(t, w, "Non può aderire: l’età non è quella prevista.")
}

func TestEachStateOfTheCoverIsSaid(t *testing.T) { // MEM-11, MEM-12, MEM-42, MEM-01
	for name, c := range map[string]struct {
		edit func(*member.Household)
		want []string
	}{
		"not started": {func(h *member.Household) { h.Plan.Covers[0].Start.Year = 2027 }, []string{"Non ancora iniziata", "Comincia il 1 marzo 2027."}},
		"suspended": {func(h *member.Household) {
			h.Plan.Dues[3].Paid.Year, h.Plan.Dues[3].Paid.Month, h.Plan.Dues[3].Paid.Day = 0, 0, 0
		}, []string{"Sospesa", "Se paghi oggi, i diritti tornano il 17 febbraio 2027.", "Devi ancora pagare 163,50\u00a0€"}},
		"waits":    {func(h *member.Household) { h.Plan.Dues[3].Paid.Month, h.Plan.Dues[3].Paid.Day = 11, 2 }, []string{"In attesa dei diritti", "Hai pagato. I diritti tornano il"}},
		"not here": {func(h *member.Household) { h.Plan.ID = "" }, []string{"non è su questo computer"}},
	} {
		t.Run(name, func(t *testing.T) { mustSee(t, planOpen(t, "", c.edit), c.want...) })
	}
}

func TestTheSimulatorAsksWhatABenefitNeedsAndTakesItsTreatmentsLineByLine(t *testing.T) { // BEE-14, BEE-18, BEE-20, BEE-21, CLM-49
	w := planOpen(t, "trial", func(h *member.Household) {
		h.Plan.ID, h.Holder.Sex = "eticare-per-me", member.Female
		h.Plan.Covers[0].Role, h.Plan.Covers[0].Category = "aderente", "socio"
	})
	field := func(name string, pairs ...any) string { return words.T("membership.trial."+name, pairs...) }
	const extraction = "Avulsione semplice o complessa"
	do(t, w.Choose(field("what"), "Cure odontoiatriche"), w.Choose(field("treatment"), extraction), w.Choose(field("treatment.more", "N", 2), extraction),
		w.Fill(field("cost", "N", 1), "65,00"), w.Fill(field("cost", "N", 2), "65,00"))
	mustSee(t, w, words.Money(10000))
	do(t, w.Choose(field("treatment.more", "N", 2), words.T("plan.ask.treatment.none")))
	mustSee(t, w, words.Money(5000))
	if w.Sees(field("lens")) || w.Sees(field("programme")) || w.Sees(field("amount")) {
		t.Error("a dentist is asked for more than the treatments")
	}
	do(t, w.Choose(field("what"), "Lenti"), w.Choose(field("how"), words.T("membership.form.private")), w.Fill(field("amount"), "140,00"))
	do(t, w.Choose(field("lens"), words.T("plan.lens.monthly")))
	mustSee(t, w, words.T("plan.outcome.not"))
	do(t, w.Choose(field("lens"), words.T("plan.lens.glasses")), w.Choose(field("sightChanged"), words.T("plan.ask.yes")))
	mustSee(t, w, words.Money(7000))
	do(t, w.Choose(field("what"), "Programmi di prevenzione"), w.Fill(field("day"), "30/11/2026"), w.Choose(field("programme"), "Prevenzione oncologica uomo"))
	mustSee(t, w, words.T("plan.outcome.not"))
	do(t, w.Choose(field("programme"), "Prevenzione oncologica donna"))
	mustSee(t, w, "Senza spese per te, «programmi di prevenzione»")
}
