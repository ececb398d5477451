package desktop

// Place names a screen that can be gone to, with the thing that it opens.
type Place struct {
	Screen Screen
	ID     string // a claim's or a person's id, or ""
}

// Screen is a section of the program.
type Screen string

// The screens. Their names are "shell.screen.<value>".
const (
	Overview   Screen = "overview"
	Claims     Screen = "claims"
	Card       Screen = "card"
	Plan       Screen = "plan" // Piano e contributi; ID is a tab of it, or "rules/" and an article
	Appearance Screen = "settings"
	NewClaim   Screen = "new-claim" // the wizard; ID is the draft's

	Person   Screen = "person"   // Dati anagrafici; ID is a relative's, or ""
	Contacts Screen = "contacts" // Contatti
	Payments Screen = "payments" // Pagamenti
	Family   Screen = "family"
	Security Screen = "security"
	Privacy  Screen = "privacy"
	Support  Screen = "support" // how to reach the mutual

	Complaints Screen = "complaints" // Reclami e domande; ID is a letter's, that of a form, or ""
)

// depth is how many places the history remembers.
const depth = 50

// history is the way that a member came. The zero history is empty.
type history struct{ places []Place }

// here returns the place that is shown, and false before the first.
func (h *history) here() (Place, bool) {
	if len(h.places) == 0 {
		return Place{}, false
	}
	return h.places[len(h.places)-1], true
}

// enter adds a place. Entering the place that is shown changes nothing.
func (h *history) enter(p Place) {
	if now, ok := h.here(); ok && now == p {
		return
	}
	h.places = append(h.places, p)
	if len(h.places) > depth {
		h.places = h.places[1:]
	}
}

// back drops the place that is shown and returns the one before it, and false when there is none. A wizard that was
// left is not gone back to.
func (h *history) back() (Place, bool) {
	for len(h.places) > 1 {
		h.places = h.places[:len(h.places)-1]
		if p, _ := h.here(); p.Screen != NewClaim {
			return p, true
		}
	}
	return Place{}, false
}
