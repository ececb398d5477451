package newclaim

import (
	"slices"
	"strconv"
	"strings"

	"github.com/sodale/sodale/app/claim"
)

// mostMoments is how many changes can be taken back.
const mostMoments = 200

// history is what the form can go back to, and forward again. Letters of one word are one change; so is each choice, file
// and document.
type history struct {
	past, future []moment
	typing       string // the word that is being typed; "" = the next letter begins a change
}

// moment is the form as it stood before a change, and where that change was made.
type moment struct {
	claim   claim.Claim
	current string
	step    step
	where   string
}

// word names the word that a text ends in, so that its letters can be told to be one change.
func word(where, text string) string { return where + " " + strconv.Itoa(len(strings.Fields(text))) }

// now is the form as it stands.
func (m *model) now(where string) moment {
	return moment{claim: m.Snapshot(), current: m.Current, step: m.Step, where: where}
}

// before notes how the form stands before a change of a field. typing is "" for what is no typing.
func (m *model) before(where, typing string) {
	h := &m.history
	if typing != "" && typing == h.typing {
		return
	}
	h.typing, h.future = typing, nil
	h.past = append(h.past, m.now(where))
	if len(h.past) > mostMoments {
		h.past = h.past[1:]
	}
}

// rest ends the word that is being typed: its field was left.
func (m *model) rest() { m.history.typing = "" }

// CanUndo and CanRedo report whether there is a change to take back, and one to do again.
func (m *model) CanUndo() bool { return len(m.history.past) > 0 }

// CanRedo reports whether there is a change to do again.
func (m *model) CanRedo() bool { return len(m.history.future) > 0 }

// Undo takes the last change back and returns where it was made.
func (m *model) Undo() string { return m.travel(&m.history.past, &m.history.future) }

// Redo does again what Undo took back.
func (m *model) Redo() string { return m.travel(&m.history.future, &m.history.past) }

func (m *model) travel(from, to *[]moment) string {
	if len(*from) == 0 {
		return ""
	}
	last := (*from)[len(*from)-1]
	*from = (*from)[:len(*from)-1]
	*to = append(*to, m.now(last.where))
	m.restore(last)
	return last.where
}

// restore puts the form where it stood. What is no part of the form stays: the state of the claim, its version.
func (m *model) restore(to moment) {
	c := to.claim
	m.Claim.Procedure, m.Claim.Region, m.Claim.IBAN, m.Claim.IBANText = c.Procedure, c.Region, c.IBAN, c.IBANText
	m.Claim.Documents = slices.Clone(c.Documents)
	m.ownIBAN = m.ownIBAN || c.IBAN != "" || c.IBANText != ""
	m.Step, m.removed = to.step, nil
	clear(m.setAside)
	m.rest()
	m.Current = to.current
	if m.document() == nil && len(m.Claim.Documents) > 0 {
		m.Current = m.Claim.Documents[len(m.Claim.Documents)-1].ID
	}
}
