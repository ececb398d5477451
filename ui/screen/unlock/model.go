// Package unlock is the locked door (UX section 5, mock-up 01): it greets by the first name, takes the password or the
// recovery code, and says plainly why it can't open. Deriving the key takes a second or more and happens beside the
// window.
package unlock

import (
	"strconv"
	"time"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/identity"
	"github.com/sodale/sodale/ui/errtext"
)

// stage is what the door waits for.
type stage int

const (
	asking  stage = iota // a password or a code
	opening              // the key is being derived
	waiting              // too many wrong ones: time must pass
	barred               // the vault can't be opened whatever is typed
)

// model is the state of the door. It is pure.
type model struct {
	stage    stage
	byCode   bool // the recovery code instead of the password
	fault    error
	until    time.Time // end of waiting
	password string    // what was typed, kept over a change of language or size
	code     string
	newer    string // the account's password, where it is not the vault's any more
	stale    bool   // it is not
	atNewer  bool   // the fault is about the newer password
	keep     bool   // remember the password on this computer
}

// typed returns what was typed for the way in that is chosen.
func (m *model) typed() string {
	if m.byCode {
		return m.code
	}
	return m.password
}

// take remembers what was typed. A new key takes the old complaint away.
func (m *model) take(text string) {
	if m.byCode {
		m.code = text
	} else {
		m.password = text
	}
}

// takesOver reports whether the account's password alone was typed: with a network it opens the vault and becomes its own.
func (m *model) takesOver() bool { return m.stale && !m.byCode && m.password == "" && m.newer != "" }

// begin starts an attempt and reports whether there is something to try.
func (m *model) begin() bool {
	if m.stage != asking || m.typed() == "" && !m.takesOver() {
		return false
	}
	m.stage, m.fault, m.atNewer = opening, nil, false
	return true
}

// failed takes the answer of an attempt that did not open.
func (m *model) failed(err error, now time.Time) {
	m.fault = err
	switch fault.CodeOf(err) {
	case identity.CodeWait:
		m.stage, m.until = waiting, now.Add(time.Duration(seconds(err))*time.Second)
	case identity.CodeInUse, identity.CodeNewer, identity.CodeDamaged, identity.CodeMissing, identity.CodeRecord, identity.CodeWeakSlot, identity.CodeNoVault:
		m.stage = barred
	default:
		m.stage = asking
	}
}

// left returns how many seconds are still to wait, and ends the waiting when none is.
func (m *model) left(now time.Time) int {
	if m.stage != waiting {
		return 0
	}
	rest := int((m.until.Sub(now) + time.Second - 1) / time.Second)
	if rest <= 0 {
		m.stage, m.fault = asking, nil
		return 0
	}
	return rest
}

func seconds(err error) int {
	n, conv := strconv.Atoi(errtext.Values(err)["Seconds"])
	if conv != nil || n < 1 {
		return 1
	}
	return n
}
