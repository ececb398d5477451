package desktop

import (
	"slices"
	"testing"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/notice"
	"github.com/sodale/sodale/app/submission"
)

// listens notes what the desktop is told.
func listens(told *[]string) func(*stage) {
	return func(st *stage) {
		st.services.Notify = func(_, text string) { *told = append(*told, text) }
	}
}

func answer(id string) notice.Notice {
	return notice.Notice{ID: id, Kind: submission.EventClaimStatus, Subject: "review", State: string(claim.Approved), Text: "Approvata la visita psichiatrica", At: now}
}

func TestTheDesktopIsToldOnceOfWhatIsNewAndNothingOfHealth(t *testing.T) { // NTF-01
	v := fullVault()
	v.notices = nil
	var told []string
	st := inside(t, v, listens(&told))
	if len(told) != 0 {
		t.Fatalf("told %q of nothing", told)
	}
	v.notices = append(v.notices, answer("one"))
	st.load()
	st.load()
	if want := []string{"La mutua ha risposto su una pratica."}; !slices.Equal(told, want) {
		t.Fatalf("told %q", told)
	}
	v.notices = append(v.notices, answer("two"), answer("three"), notice.Notice{ID: "four", Text: "Assemblea", At: now})
	st.load()
	if want := []string{"La mutua ha risposto su 2 pratiche.", "C’è una comunicazione della mutua."}; !slices.Equal(told[1:], want) {
		t.Errorf("told %q", told)
	}
	kept := st.stored
	st.Close()
	told = nil
	st = inside(t, v, listens(&told), func(st *stage) { st.stored = kept })
	if len(told) != 0 {
		t.Errorf("told again after a restart: %q", told)
	}
	for i := range v.notices {
		v.notices[i].Read = true
	}
	st.load()
	if st.stored.Told != "" {
		t.Errorf("what was read is still remembered: %q", st.stored.Told)
	}
}

// tellsTerms is a mutual with 90 days to claim.
func tellsTerms(st *stage) {
	st.services.Desk.Mutual = func() mutual.Profile { return mutual.Profile{ID: "m", Terms: mutual.Terms{ClaimDays: 90}} }
}

func TestATermIsShownWhereOneLooksAndToldOnceForEachThreshold(t *testing.T) { // NTF-09
	v := emptyVault()
	v.put("ready", claim.Ready, now, "elena", claim.Visit, 3615)
	var told []string
	st := inside(t, v, listens(&told), tellsTerms)
	issued := func(daysLeft int) {
		st.revise("ready", func(c *claim.Claim) { c.Documents[0].IssuedOn = civil.Of(now).AddDays(daysLeft - 90) })
		st.load()
	}
	issued(12)
	if want := []string{"Si avvicina una scadenza."}; !slices.Equal(told, want) {
		t.Fatalf("told %q", told)
	}
	st.Go(Place{Screen: Overview})
	st.mustSee("Da inviare: Visita specialistica", "Entro il 28 novembre: mancano 12 giorni.")
	st.press("Notifiche")
	st.mustSee("Scadenze", "Da inviare: Visita specialistica", "Ancora nessuna notifica.")
	st.press("Da inviare: Visita specialistica")
	if at := st.at(); at != (Place{Claims, "ready"}) {
		t.Errorf("at %+v", at)
	}
	st.services.Clock.(interface{ Set(time.Time) }).Set(now.Add(time.Hour))
	st.load()
	if len(told) != 1 {
		t.Errorf("told again within a threshold: %q", told)
	}
}

func TestTheListOfNoticesShowsWhatIsUnreadAndMarksItRead(t *testing.T) { // NTF-01
	st := inside(t, fullVault())
	st.press("Notifiche")
	st.mustSee("novembre 2026", "ottobre 2026", "L’ufficio resta chiuso il 7 dicembre.", "Tutte", "Da leggere")
	st.press("Da leggere")
	if st.sees("L’ufficio resta chiuso il 7 dicembre.") {
		t.Error("what was read is among the unread")
	}
	st.press("Segna tutto come letto")
	st.press("Notifiche")
	st.mustSee("Tutto letto.")
	if st.sees("Segna tutto come letto") {
		t.Error("there is still something to mark")
	}
}
