package queue_test

import (
	"testing"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/ui/gallery"
	"github.com/sodale/sodale/ui/screen/queue"
	"github.com/sodale/sodale/ui/screen/settings"
	"github.com/sodale/sodale/ui/words"
)

func TestWhatWaitsIsCarriedAwayAndItsReceiptsComeBack(t *testing.T) { // CLM-22, with no line
	w := gallery.NewPromptWorld(settings.Default)
	t.Cleanup(w.Close)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	see := func(text string) { t.Helper(); must(w.AwaitWords(text, gallery.Patience)) }
	w.FillVault()
	must(w.Unlock())
	must(w.Press(words.T("queue.chip.fresh", "Time", "10:32")))
	w.Carried = 2
	must(w.Press(words.T("queue.courier.take")))
	see(words.N("queue.courier.taken", 2))
	w.Brought = queue.Brought{Delivered: 1, Refused: 1, Wrong: 1}
	must(w.Press(words.T("queue.courier.bring")))
	see(words.N("queue.courier.brought", 1) + " " + words.N("queue.courier.refused", 1) + " " + words.N("queue.courier.wrong", 1))
	w.CarryErr = fault.New("parcel.full", "test", "")
	must(w.Press(words.T("queue.courier.take")))
	see(words.T("error.parcel.full"))
}
