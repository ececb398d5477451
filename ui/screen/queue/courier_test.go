package queue_test

import (
	"errors"
	"testing"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/ui/gallery"
	"github.com/sodale/sodale/ui/screen/queue"
	"github.com/sodale/sodale/ui/screen/settings"
	"github.com/sodale/sodale/ui/words"
)

func TestWhereNothingWaitsNobodyAsksWhy(t *testing.T) {
	for name, c := range map[string]struct {
		full bool
		want bool
	}{"nothing": {false, false}, "a claim": {true, true}} {
		w := gallery.NewPromptWorld(settings.Default)
		if c.full {
			w.FillVault()
		}
		if err := errors.Join(w.Unlock(), w.Press(words.T("queue.chip.fresh", "Time", "10:32")), w.AwaitWords(words.T("queue.online"), gallery.Patience)); err != nil {
			t.Fatal(err)
		}
		for _, key := range []string{"queue.why", "queue.courier.take", "queue.send"} {
			if got := w.Sees(words.T(key)) || w.Press(words.T(key)) == nil; got != c.want {
				t.Errorf("%s waits: %s is seen: %v", name, key, got)
			}
		}
		w.Close()
	}
}

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
