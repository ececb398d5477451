package gallery

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/card"
	"github.com/sodale/sodale/app/change"
	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/claim/claimtest"
	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/document/sample"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/helpline"
	"github.com/sodale/sodale/app/identity"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/notice"
	"github.com/sodale/sodale/app/plan"
	"github.com/sodale/sodale/app/privacy"
	"github.com/sodale/sodale/app/reading"
	"github.com/sodale/sodale/app/request"
	"github.com/sodale/sodale/app/request/requesttest"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/ui/desktop"
	"github.com/sodale/sodale/ui/drive"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/screen/queue"
	"github.com/sodale/sodale/ui/screen/settings"
	"github.com/sodale/sodale/ui/words"
)

// Patience is how long a step may wait for what it expects to see.
const Patience = 20 * time.Second

// World is the whole program on fakes: the real window and screens over the real claim.Desk, a vault in memory, a
// previewer that knows the sample files, a line that is what the test says. Its methods are called on one goroutine.
type World struct {
	*drive.Window
	Shell     *desktop.Shell
	Vault     *claimtest.Vault
	Previewer *FakePreviewer
	Desk      *claim.Desk
	Clock     *claimtest.Clock
	Changes   *change.Feed

	// The pages under the member's name.
	Rules       mutual.Profile
	Portal      *PortalFake
	Access      *AccessFake
	Asked       *requesttest.Vault
	Requests    *request.Desk
	Leaving     privacy.Leaving // what leaving would take
	Remains     []string        // what leaving can't remove
	Removed     bool            // this computer was left
	Gone        bool            // and the program went on
	TakeoutGate chan struct{}   // a copy waits for it; nil = it does not
	TakeoutErr  error
	Papers      map[string]reading.Paper // what stands on a file, by its name
	Copied      string                   // file that was copied elsewhere
	Scanned     []string                 // files that the scanner brings
	Carried     int                      // how many things a stick takes away
	Brought     queue.Brought            // what a stick brings back
	CarryErr    error                    // why a stick can't be used
	Opened      []string                 // folders that were shown
	Printed     []string
	HelpUsed    []helpline.Use    // of the telephone centre
	Saved       map[string][]byte // files that were kept, by name
	Unsigned    bool              // receipts do not verify
	remembered  bool
	readGate    chan struct{} // a reading waits for it; nil = it does not

	app       *drive.App
	newRunner func() *runner.Runner
	mu        sync.Mutex
	link      submission.Link
	files     map[string][]byte
	chosen    []string
	gateErr   error
	settings  settings.Settings
	notices   []notice.Notice
	cards     []card.Card
	findings  []submission.Finding
}

// NewWorld opens the window at the locked door.
func NewWorld(s settings.Settings) *World { return newWorld(s, runner.New) }

// NewPromptWorld is NewWorld where the answer of each step is there when the step returns: nothing runs beside the window.
func NewPromptWorld(s settings.Settings) *World { return newWorld(s, runner.NewSynchronous) }

func newWorld(s settings.Settings, newRunner func() *runner.Runner) *World {
	changes := &change.Feed{}
	w := &World{app: drive.NewApp(), newRunner: newRunner, Changes: changes, Clock: claimtest.NewClock(now), Previewer: newFakePreviewer(), settings: s,
		Vault: claimtest.NewVault(Household(), changes), files: map[string][]byte{}, Saved: map[string][]byte{}, cards: cards(),
		link: submission.Link{Online: true, LastContact: now.Add(-9 * time.Minute)}}
	w.Desk = &claim.Desk{Vault: w.Vault, Sealer: claimtest.Sealer{}, Previewer: w.Previewer, Clock: w.Clock, Random: seeded(1)}
	w.Rules = rulesOf("aurora")
	w.Desk.Mutual = func() mutual.Profile { return w.Rules }
	w.Access = &AccessFake{Said: account.Standing{User: Household().Number, PasswordChanged: now.AddDate(0, -8, 0)}, Password: password}
	w.Portal = &PortalFake{Password: password, Code: "417032", Standing: &w.Access.Said, List: sessions()}
	w.Asked = requesttest.NewVault(Household())
	w.Asked.SetConsents(answers())
	w.Requests = &request.Desk{Vault: w.Asked, Sealer: claimtest.Sealer{}, Clock: w.Clock, Random: seeded(2)}
	w.stockFiles()
	w.Shell = desktop.New(w.app, w.services())
	w.Window = w.app.Attach(w.Shell.Window(), w.Shell.Drop)
	w.Shell.Show()
	return w
}

// seeded is a source of the same random bytes every time.
func seeded(seed byte) *rand.ChaCha8 {
	var key [32]byte
	key[0] = seed
	return rand.NewChaCha8(key)
}

func (w *World) services() desktop.Services {
	return desktop.Services{Gate: fakeGate{w}, Recover: func(context.Context, string) error { return fault.New(identity.CodeWrongPassword, "gallery", "") },
		Desk: w.Desk, Profile: fakeProfile{w}, Previewer: w.Previewer, Changes: w.Changes,
		Link:     func() submission.Link { w.mu.Lock(); defer w.mu.Unlock(); return w.link },
		Diagnose: func(context.Context) []submission.Finding { return w.findings },
		SendNow:  func() {}, CheckNow: func(string) {}, Release: w.Vault.Release, Receipt: w.readReceipt, Lock: func() {},
		LoadSettings: func() settings.Settings { return w.settings }, SaveSettings: func(s settings.Settings) { w.settings = s },
		Membership: w.membership(), NewRunner: w.newRunner, Plans: plans, Help: &helpline.Desk{Vault: w, Clock: w.Clock, Random: seeded(3)},
		MutualName: mutualName, Phone: phone, Version: "0.1.0", Clock: w.Clock,
		ReadFile: w.readFile, ReadPaper: w.readPaper, Intake: w.intake(), Courier: w.courier(),
		ChooseFiles: func(_ fyne.Window, chosen func([]string)) { chosen(w.chosen) },
		SaveFile: func(_ context.Context, name string, data []byte) (string, error) {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.Saved[name] = data
			return filepath.Join("Documenti", name), nil
		}}
}

// benefitName is what the household's plan calls a service of a claim.
func benefitName(s plan.Service) string {
	return plans().On(householdPlan().ID, civil.Of(now)).Meeting(s).Name
}

// stock is the member's invented disk. It is made once: drawing the receipts takes longer than all the rest.
var stock = sync.OnceValue(func() map[string][]byte {
	ticket, analyses := sample.Ticket(), sample.Analyses()
	return map[string][]byte{
		"ricevuta-ticket.pdf":    ticket.PDF(),
		"ricevuta-esami.pdf":     analyses.PDF(),
		"ricetta-cardiologo.tif": analyses.TIFF(),
		"cartella.pdf":           ticket.PagesPDF(3),
		"vuoto.pdf":              nil,
		"schermata.pdf":          sample.PNG(),
		"protetto.pdf":           sample.Encrypted(),
		"appunti.docx":           []byte("PK\x03\x04 word"),
		"foto.jpg":               append([]byte("\xff\xd8\xff\xe0"), bytes.Repeat([]byte{7}, 3_565_158)...),
	}
})

// stockFiles fills the disk and teaches the previewer what is on it.
func (w *World) stockFiles() {
	files := stock()
	maps.Copy(w.files, files)
	w.Previewer.know(files["ricevuta-ticket.pdf"], 1, ticketFax)
	w.Previewer.know(files["ricevuta-esami.pdf"], 1, analysesFax)
	w.Previewer.know(files["ricetta-cardiologo.tif"], 1, analysesFax)
	w.Previewer.know(files["cartella.pdf"], 3, ticketFax)
	w.Previewer.know(files["foto.jpg"], 1, ticketFax)
}

// AddFile puts a file on the member's disk.
func (w *World) AddFile(name string, data []byte) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.files[name] = data
}

// WillChoose says which files the member picks when the chooser opens.
func (w *World) WillChoose(names ...string) { w.chosen = names }

func (w *World) readFile(path string) ([]byte, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	data, ok := w.files[filepath.Base(path)]
	if !ok {
		return nil, fault.New(document.CodeVanished, "gallery.read", "")
	}
	return data, nil
}

// DropNames lets files of the member's disk fall on the window.
func (w *World) DropNames(names ...string) error {
	paths := make([]string, len(names))
	for i, name := range names {
		paths[i] = "/casa/elena/" + name
	}
	return w.Drop(paths...)
}

// Line changes what the line to the mutual is like, and says so.
func (w *World) Line(l submission.Link) {
	w.mu.Lock()
	w.link = l
	w.mu.Unlock()
	w.Changes.Say(change.Change{Topic: change.Delivery})
	w.app.Pump()
}

// FillVault puts a year's claims into the vault.
func (w *World) FillVault() {
	w.notices = notices()
	for _, p := range claimsOfAYear() {
		w.Vault.Put(p.claim, p.delivery)
	}
}

// Unlock goes through the door to the overview.
func (w *World) Unlock() error {
	return errors.Join(w.Fill(words.T("unlock.password"), password), w.Press(words.T("unlock.open")),
		w.AwaitWords(Household().Number, Patience))
}

// Close closes the window.
func (w *World) Close() {
	w.Shell.Close()
	w.app.Pump()
}

// Resize gives the window a size.
func (w *World) Resize(width, height float32) {
	w.Shell.Window().Resize(fyne.NewSize(width, height))
	w.app.Pump()
}

// fakeGate knows one password.
type fakeGate struct{ w *World }

// Greeting implements identity.Gate.
func (g fakeGate) Greeting() string { return "Elena" }

// Unlock implements identity.Gate.
func (g fakeGate) Unlock(_ context.Context, typed []byte) error {
	if g.w.gateErr != nil {
		return g.w.gateErr
	}
	if string(typed) != password {
		return fault.New(identity.CodeWrongPassword, "gallery.unlock", "")
	}
	return nil
}

// fakeProfile is what the mutual said.
type fakeProfile struct{ w *World }

// Household implements desktop.Profile.
func (p fakeProfile) Household(ctx context.Context) (member.Household, error) {
	return p.w.Asked.Household(ctx)
}

// Cards implements desktop.Profile.
func (p fakeProfile) Cards(context.Context) ([]card.Card, error) { return p.w.cards, nil }

// Notices implements desktop.Profile.
func (p fakeProfile) Notices(context.Context) ([]notice.Notice, error) { return p.w.notices, nil }

// MarkRead implements desktop.Profile.
func (p fakeProfile) MarkRead(context.Context, string) error { return nil }
