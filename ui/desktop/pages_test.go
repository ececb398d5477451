package desktop

import (
	"testing"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/identity"
	"github.com/sodale/sodale/ui/widget"
)

func TestReadingANoticeMarksItAndOpensItsClaim(t *testing.T) { // NTF-01
	st := inside(t, fullVault())
	st.press("Notifiche")
	st.mustSee("Da integrare: Diagnostica per immagini", "novembre 2026", "L’ufficio resta chiuso il 7 dicembre.")
	st.press("Da integrare: Diagnostica per immagini")
	if !st.vault.notices[0].Read || st.at() != (Place{Claims, "requested"}) {
		t.Errorf("notice %+v, at %+v", st.vault.notices[0], st.at())
	}
}

func TestTheCardIsShownLargeOnWhiteAndEscGoesBack(t *testing.T) { // CRD-01
	st := inside(t, fullVault())
	st.Go(Place{Screen: Card})
	st.mustSee("Elena Marchetti", "31/12/2026", "MRCLNE67C54F205J", "800 000 123")
	st.press("Paolo Marchetti")
	st.mustSee("MRCPLA65P02A794S")
	st.press("Copia la matricola")
	if fyne.CurrentApp().Clipboard().Content() != "000000003423" {
		t.Error("the number was not copied")
	}
	st.press("Schermo intero")
	if !widget.ModalOpen(st.Window().Canvas()) {
		t.Fatal("nothing was shown")
	}
	st.picture("card-full")
	st.key(fyne.KeyEscape)
	if widget.ModalOpen(st.Window().Canvas()) || st.at().Screen != Card {
		t.Error("Esc did not lead back")
	}
}

func TestWhatWasDamagedIsNamedBehindTheDoor(t *testing.T) {
	for lost, want := range map[string]string{"2 pratiche": "2 pratiche", "": "Non manca niente."} {
		st := inside(t, fullVault(), func(st *stage) {
			st.services.Damage = func() error { return fault.New(identity.CodeDamaged, "", "").With("Lost", lost) }
		})
		st.mustSee(want, "02 0000 123")
		st.key(fyne.KeyEscape)
		st.mustSee("Buongiorno, Elena")
	}
}
