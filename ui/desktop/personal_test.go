package desktop_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/ui/desktop"
	"github.com/sodale/sodale/ui/gallery"
	"github.com/sodale/sodale/ui/gallery/visit"
	"github.com/sodale/sodale/ui/words"
)

var personal = []string{"person", "contacts", "payments", "family", "security", "privacy", "complaints", "support"}

func TestTheNameAtTheFootOpensTheMenuOfTheMembersPages(t *testing.T) { // SES-01, SES-04, PER-01
	for _, page := range personal {
		v := visit.Open(t, desktop.Overview)
		v.Press("shell.person", "Name", "Elena Marchetti")
		v.Press("shell.screen." + page)
		if v.Shell.Page().Title() != words.T("shell.screen."+page) {
			t.Errorf("%s leads to %q", page, v.Shell.Page().Title())
		}
	}
}

func TestTheMembersPagesStandBesideEachOther(t *testing.T) { // SES-02, SES-05
	v := visit.Open(t, desktop.Person)
	v.Press("shell.screen.security")
	v.See("security.factor")
	v.NotSee(words.T("shell.new")) // one primary button at most
	v.Escape()
	v.SeeText("MRCLNE67C54F205J")
	v.Go(desktop.Overview, "")
	v.See("shell.new")
}

func TestEveryPageOfTheMemberIsFoundByItsName(t *testing.T) { // SES-01
	for _, page := range personal {
		v := visit.Open(t, desktop.Overview)
		v.Shortcut(fyne.KeyK, fyne.KeyModifierShortcutDefault)
		v.Fill("shell.goto.field", words.T("shell.screen."+page))
		v.Press("shell.screen." + page)
		if v.Shell.Page().Title() != words.T("shell.screen."+page) {
			t.Errorf("%s leads to %q", page, v.Shell.Page().Title())
		}
	}
}

func TestUpdateLeadsFromTheOverviewToTheData(t *testing.T) { // OVW-02, PER-02
	v := visit.Open(t, desktop.Overview)
	v.Press("overview.data.update")
	v.See("person.edit")
}

func TestTheIBANOfEveryClaimIsChangedUnderPayments(t *testing.T) { // CLM-07, PER-02
	v := visit.Open(t, desktop.Overview)
	v.Shell.NewClaim()
	v.Press("newclaim.iban.change")
	v.SeeInOrder("Pagamenti", "IT56 N054 2801 6020 0000 0417 435")
	v.Escape()
}

func TestEachClaimIsForThePersonOrARelative(t *testing.T) { // PER-12, CLM-12
	v := visit.Open(t, desktop.Overview)
	v.Shell.NewClaim()
	v.Press("newclaim.continue")
	for _, name := range []string{"Elena (tu)", "Paolo", "Luca"} {
		v.Choose("newclaim.field.person", name)
	}
}

func TestTheSectionsAreThereUnderEveryMutual(t *testing.T) { // SES-05, SES-08
	for _, mutual := range []string{"cesarepozzo", "coopsal", "insieme"} {
		v := visit.Open(t, desktop.Overview, func(w *gallery.World) { w.UseRules(mutual) })
		for _, section := range []string{"overview", "claims", "card"} {
			v.Press("shell.screen." + section)
		}
	}
}

func TestARequestThatWaitsIsInTheQueueAndLeadsToItsPage(t *testing.T) { // PER-05
	v := visit.Open(t, desktop.Payments)
	v.Press("person.edit")
	v.Choose("person.field.payment", "Assegno per posta")
	v.Press("person.confirm")
	v.Go(desktop.Overview, "")
	v.PressText("Aggiornato alle 10:32")
	v.See("part.request.profile")
	v.Press("queue.button.request")
	if v.Shell.Page().Title() != words.T("shell.screen.payments") {
		t.Errorf("it leads to %q", v.Shell.Page().Title())
	}
}
