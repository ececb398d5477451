package desktop

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/ui/words"
)

// announce tells the desktop what is new since it was last told: notices that are unread, and terms that came nearer (NTF-01,
// NTF-09). What it says may be read over a shoulder, so that it names no person, no claim and no care. What was told is remembered
// across restarts by fingerprint, and forgotten once it is read or over.
func (s *Shell) announce() {
	if s.services.Notify == nil || !s.open {
		return
	}
	before, told := strings.Fields(s.settings.Told), []string{}
	fresh := func(id string) bool {
		told = append(told, fingerprint(id))
		return !slices.Contains(before, told[len(told)-1])
	}
	answers, news, terms := 0, 0, 0
	for _, n := range s.facts.notices {
		switch {
		case n.Read || !fresh("notice/"+n.ID):
		case n.Kind == submission.EventClaimStatus:
			answers++
		default:
			news++
		}
	}
	for _, r := range s.facts.terms {
		if r.ID != "" && fresh(r.ID) {
			terms++
		}
	}
	s.notify("shell.notify.answer", answers)
	s.notify("shell.notify.news", news)
	s.notify("shell.notify.term", terms)
	if now := strings.Join(told, " "); now != s.settings.Told {
		s.settings.Told = now
		s.services.SaveSettings(s.settings)
	}
}

// notify says one phrase for n things on the desktop; nothing for none.
func (s *Shell) notify(key string, n int) {
	if n > 0 {
		s.services.Notify("Sodale", words.N(key, n))
	}
}

// fingerprint stands for an id in a file outside the vault: who reads it learns nothing.
func fingerprint(id string) string {
	sum := sha256.Sum256([]byte(id))
	return hex.EncodeToString(sum[:8])
}
