package newclaim_test

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/ui/gallery"
	"github.com/sodale/sodale/ui/screen/settings"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// member is a person in front of the wizard. Every step that can't be taken ends the test.
type member struct {
	*gallery.World
	t *testing.T
}

func sit(t *testing.T, s settings.Settings) *member {
	t.Helper()
	w := gallery.NewWorld(s)
	t.Cleanup(w.Close)
	m := &member{w, t}
	m.ok(w.Unlock())
	return m
}

// atDocuments is a member who opened a new claim and went on to step 2.
func atDocuments(t *testing.T) *member {
	t.Helper()
	m := sit(t, settings.Default)
	m.start()
	m.press("newclaim.continue")
	m.see("newclaim.drop.title")
	return m
}

func (m *member) ok(err error) {
	m.t.Helper()
	if err != nil {
		m.t.Fatal(err)
	}
}

func (m *member) start()                { m.t.Helper(); m.Shell.NewClaim(); m.see("newclaim.basics.title") }
func (m *member) press(key string)      { m.t.Helper(); m.ok(m.Press(words.T(key))) }
func (m *member) see(key string)        { m.t.Helper(); m.ok(m.AwaitWords(words.T(key), gallery.Patience)) }
func (m *member) seeText(text string)   { m.t.Helper(); m.ok(m.AwaitWords(text, gallery.Patience)) }
func (m *member) fill(f, text string)   { m.t.Helper(); m.ok(m.Fill(field(f), text)) }
func (m *member) pick(f, option string) { m.t.Helper(); m.ok(m.Choose(field(f), option)) }

func field(name string) string { return words.T("newclaim.field." + name) }

// stored waits until the only claim in the vault is as wanted.
func (m *member) stored(what string, want func(claim.Claim) bool) claim.Claim {
	m.t.Helper()
	var last claim.Claim
	m.ok(m.Await(what, gallery.Patience, func() bool {
		all, err := m.Vault.Claims(context.Background())
		if err != nil || len(all) == 0 {
			return false
		}
		last = all[0]
		return want(last)
	}))
	return last
}

func (m *member) fillTicket() {
	m.t.Helper()
	m.ok(m.DropNames("ricevuta-ticket.pdf"))
	m.seeText("ricevuta-ticket.pdf")
	m.pick("service", "Visite specialistiche")
	m.fill("amount", "36,15")
	m.fill("number", "2026/004817")
	m.fill("issuedOn", "09/11/2026")
	m.pick("province", "Milano")
	m.fill("provider", "Ospedale San Rocco")
}

// Find returns a field of the open document.
func (m *member) Find(name string) interface{ Focus() } {
	m.t.Helper()
	found, ok := widget.Find(m.Shell.Window().Canvas().Content(), field(name)).(interface{ Focus() })
	if !ok {
		m.t.Fatalf("no field %q; seen: %v", name, m.Words())
	}
	return found
}

// savedWords is «Bozza salvata alle » without the hour.
func savedWords() string {
	before, _, _ := strings.Cut(words.T("newclaim.saved"), "{")
	return before
}

func (m *member) saidSaved(want bool) {
	m.t.Helper()
	if m.Sees(savedWords()) != want {
		m.t.Fatalf("saved is said: %v, want %v; seen: %v", !want, want, m.Words())
	}
}

// uncut checks that every text has the room that it needs, and none lies beyond the window's edge.
func (m *member) uncut(when string) {
	m.t.Helper()
	canvas := m.Shell.Window().Canvas()
	driver := fyne.CurrentApp().Driver()
	widget.Walk(canvas.Content(), func(o fyne.CanvasObject) bool {
		text, ok := o.(*widget.Text)
		if !ok || text.Plain() == "" {
			return true
		}
		size := text.Size()
		if least := text.MinSize(); least.Width > size.Width+1 || text.HeightAt(size.Width) > size.Height+1 {
			m.t.Errorf("%s: %q needs %v at %v and has %v", when, text.Plain(), least, text.HeightAt(size.Width), size)
		}
		if right := driver.AbsolutePositionForObject(text).X + size.Width; right > canvas.Size().Width+1 {
			m.t.Errorf("%s: %q ends at %v of %v", when, text.Plain(), right, canvas.Size().Width)
		}
		return true
	})
}
