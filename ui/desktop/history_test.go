package desktop

import "testing"

func TestBackLeadsTheWayThatWasCome(t *testing.T) {
	var h history
	if _, ok := h.back(); ok {
		t.Fatal("an empty history leads back")
	}
	for _, p := range []Place{{Screen: Overview}, {Screen: Claims, ID: "a"}, {Screen: Claims, ID: "a"}, {Screen: Card}} {
		h.enter(p)
	}
	for _, want := range []Place{{Screen: Claims, ID: "a"}, {Screen: Overview}} {
		if got, ok := h.back(); !ok || got != want {
			t.Errorf("got %+v, %v; want %+v", got, ok, want)
		}
	}
	if _, ok := h.back(); ok {
		t.Error("the first place leads back")
	}
	if got, ok := h.here(); !ok || got.Screen != Overview {
		t.Errorf("the first place was lost: %+v", got)
	}
}

func TestAWizardThatWasLeftIsNotGoneBackTo(t *testing.T) {
	var h history
	for _, p := range []Place{{Screen: Overview}, {Screen: NewClaim, ID: "draft"}, {Screen: Claims}} {
		h.enter(p)
	}
	if got, ok := h.back(); !ok || got.Screen != Overview {
		t.Errorf("got %+v, %v", got, ok)
	}
}

func TestTheHistoryForgetsWhatIsLongAgo(t *testing.T) {
	var h history
	for i := range 3 * depth {
		h.enter(Place{Screen: Claims, ID: string(rune('a' + i%20))})
	}
	if len(h.places) != depth {
		t.Errorf("%d places", len(h.places))
	}
}
