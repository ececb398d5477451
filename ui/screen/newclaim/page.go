// Package newclaim is *Richiesta di rimborso*, the three steps from a piece of paper to a claim that is on its way
// (UX section 4, CLM-01 to CLM-24): Dati preliminari, Documenti, Riepilogo e invio, and the word after it.
//
// The model holds the draft and its rules of the screen; the autosave brings every key to the disk; the views only show
// the model and tell it what the member did. Nothing here waits on the window's goroutine for longer than a commit.
package newclaim

import (
	"context"

	"fyne.io/fyne/v2"
	fynedesktop "fyne.io/fyne/v2/driver/desktop"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/clock"
	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/intake"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/plan"
	"github.com/sodale/sodale/app/reading"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/screen/claims"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// Needs is everything that the wizard needs from outside.
type Needs struct {
	Desk      *claim.Desk
	Household func(ctx context.Context) (member.Household, error)
	Previewer document.Previewer // nil: files are taken, and not shown
	Clock     clock.Clock
	Link      func() submission.Link
	// Plans are the health plans that are known here; nil says nothing of any expense. It may be slow the first time.
	Plans func() plan.Plans
	// Rules are the mutual's, for the papers.
	Rules func() mutual.Profile
	// Receipt verifies a signed receipt and returns what it states.
	Receipt func(raw []byte) (claims.Receipt, error)

	// ReadFile returns the bytes of a file on the member's disk. Errors carry codes of package document.
	ReadFile func(path string) ([]byte, error)
	// Choose lets the member choose files and calls chosen with their paths on the window's goroutine.
	Choose func(chosen func(paths []string))
	// Convert draws a photo of a kind that can't be attached (HEIC) as one that can, of any size; nil offers no such help.
	Convert func(ctx context.Context, data []byte) ([]byte, error)
	// Read reads what a paper says, for the people of the household; nil reads nothing.
	Read func(ctx context.Context, data []byte, people []member.Person) (reading.Paper, error)
	// Ways are further ways by which papers come in: a scanner, what was copied, a watched folder.
	Ways []Way
	// SaveFile lets the member keep a file under a name of their choice; "" when they thought better of it. nil hides it.
	SaveFile func(ctx context.Context, name string, data []byte) (path string, err error)

	// Print shows a PDF in the system's own program for it, to be printed; nil hides it.
	Print func(ctx context.Context, name string, pdf []byte) error

	Retitle  func()                   // what Caption says may have changed
	Chip     func() fyne.CanvasObject // the sync chip of the foot bar; nil shows none
	Close    func()                   // leaves the wizard
	Payments func()                   // where the IBAN of every claim is changed; nil = with the office
	Show     func(id claim.ID)        // leaves the wizard for a claim
	Phone    string                   // of the mutual's office, or ""
	Kind     claim.Kind               // of a new draft
	Runner   *runner.Runner
}

// Page is the wizard. It is a desktop.Page that takes the whole window.
type Page struct {
	needs Needs
	run   *runner.Runner
	id    claim.ID
	fresh bool // made by this page and not touched yet

	m       *model // nil until the draft was read
	save    *autosave
	status  saveStatus
	loadErr error
	sendErr error
	online  bool           // what the last step says of the line
	summary bool           // *Continua* found problems: they stand on top
	sent    *claim.Summary // after *Invia*
	receipt *claims.Receipt

	moreOpen bool // *Altri dati* shows its fields
	undo     *widget.Button
	redo     *widget.Button

	drops    int             // how many times files came
	adding   int             // files that are being read
	underway []string        // the keys under which they are
	way      string          // by which papers come in beside the chooser now; "" = none
	wayErr   error           // why the last one came to nothing
	reads    string          // id of the file that is being read; "" = none
	tried    map[string]bool // files that were read, or that the member does not want read
	refused  []refused       // of the last drop
	doubled  []doubled       // files of the last drop that were claimed before
	toast    *widget.Toast

	root    *fyne.Container
	saved   *savedLine
	form    *form
	files   *files
	preview *preview
	plan    *planPanel
	missing *missing
	foot    *foot
}

// New opens a draft, or makes a new one when id is "".
func New(needs Needs, id claim.ID) *Page {
	p := &Page{needs: needs, run: needs.Runner, id: id, fresh: id == "", root: widget.Stack(), tried: map[string]bool{}}
	p.saved = newSavedLine()
	p.preview = newPreview(p)
	p.load()
	return p
}

// opened is what load reads.
type opened struct {
	summary   claim.Summary
	household member.Household
	others    []claim.Summary
	known     *claim.Known
	plans     plan.Plans
}

func (p *Page) load() {
	runner.Go(p.run, "load", p.read, func(o opened, err error) {
		p.loadErr = err
		if err == nil {
			p.take(o)
		}
		p.show()
		if err == nil {
			p.resume(p.m.Claim.Field)
			p.readPapers()
		}
	})
}

func (p *Page) read(ctx context.Context) (opened, error) {
	var o opened
	var err error
	if o.household, err = p.needs.Household(ctx); err != nil {
		return o, err
	}
	if p.id == "" {
		c, err := p.needs.Desk.NewOf(ctx, p.needs.Kind)
		if err != nil {
			return o, err
		}
		o.summary.Claim = c
	} else if o.summary, err = p.needs.Desk.Open(ctx, p.id); err != nil {
		return o, err
	}
	o.others, err = p.needs.Desk.List(ctx)
	o.known = knownOf(o.others)
	if p.needs.Plans != nil {
		o.plans = p.needs.Plans()
	}
	return o, err
}

// take begins with a draft that was read. A claim that was sent meanwhile shows where it is.
func (p *Page) take(o opened) {
	c := o.summary.Claim
	p.id = c.ID
	p.m = newModel(c, o.household, p.needs.Desk.Rules(o.household).Mutual, o.others, civil.Of(p.needs.Clock.Now()))
	p.m.known, p.m.plans = o.known, o.plans
	p.status = saveStatus{Saved: true, At: c.EditedAt}
	if !c.Open {
		p.sent = &o.summary
		p.verify()
		return
	}
	p.save = newAutosave(context.Background(), p.needs.Desk, c, func(s saveStatus) { fyne.Do(func() { p.said(s) }) })
}

// said shows how the last commit ended.
func (p *Page) said(s saveStatus) {
	p.status = s
	if p.saved.show(s) {
		p.relayout()
	}
}

// relayout finds room for what became larger or smaller.
func (p *Page) relayout() { p.root.Refresh() }

// changed has the draft saved and everything beside the fields follow it.
func (p *Page) changed() {
	p.fresh = false
	p.save.Change(p.m.Snapshot())
	p.follow()
}

// follow brings what depends on the draft up to date.
func (p *Page) follow() {
	if p.plan != nil && p.plan.show() {
		p.relayout()
	}
	if p.missing != nil {
		p.missing.show()
	}
	if p.form != nil {
		p.form.followTab()
	}
	if p.foot != nil {
		p.foot.show()
	}
	p.followChanges()
}

// Title implements desktop.Page.
func (p *Page) Title() string {
	if p.m != nil && p.m.Claim.Kind == claim.StudyGrant {
		return words.T("newclaim.title.study")
	}
	return words.T("newclaim.title")
}

// Caption implements desktop.Captioned: the step that is open, then what became of the request.
func (p *Page) Caption() string {
	switch {
	case p.m == nil:
		return words.T("shell.screen.new-claim")
	case p.receipt != nil:
		return words.T("newclaim.window.receipt")
	case p.sent != nil:
		return words.T("newclaim.window." + p.sentAs())
	}
	return words.T("newclaim.window.step", "N", int(p.m.Step))
}

// Whole implements desktop.Whole: no navigation, no header.
func (p *Page) Whole() bool { return true }

// Content implements desktop.Page.
func (p *Page) Content() fyne.CanvasObject {
	p.show()
	return p.root
}

// show builds the step that is open from the model.
func (p *Page) show() {
	p.form, p.files, p.plan, p.missing, p.foot, p.undo, p.redo = nil, nil, nil, nil, nil, nil, nil
	p.saved.show(p.status)
	p.root.Objects = []fyne.CanvasObject{p.build()}
	p.root.Refresh()
	p.needs.Retitle()
}

func (p *Page) build() fyne.CanvasObject {
	switch {
	case p.loadErr != nil:
		return p.notice(errtext.Of(p.loadErr))
	case p.m == nil:
		return widget.Space(1, 1)
	case p.sent != nil:
		return widget.Frame(p.head(), p.sentFoot(), widget.NewScroll(p.sentBody()))
	case p.m.Step == stepDocuments:
		return widget.Frame(p.head(), p.footBar(), p.documents())
	case p.m.Step == stepReview:
		return widget.Frame(p.head(), p.footBar(), widget.NewScroll(p.review()))
	}
	return widget.Frame(p.head(), p.footBar(), widget.NewScroll(p.basics()))
}

// notice is a draft that could not be read: what happened, and the way out.
func (p *Page) notice(text string) fyne.CanvasObject {
	return widget.Pad(theme.PageMargin, widget.Column(16,
		widget.NewText(text, theme.Body),
		widget.Row(12, widget.NewButton(words.T("newclaim.retry"), widget.Primary, p.load),
			widget.NewButton(words.T("newclaim.close"), widget.Secondary, p.needs.Close))))
}

// Focus implements desktop.Page.
func (p *Page) Focus() fyne.Focusable {
	if p.m != nil && p.form != nil && p.m.Claim.Field != "" {
		if documentID, name := parseWhere(p.m.Claim.Field); documentID == p.m.Current && p.form.fields[name] != nil {
			return focusableIn(p.form.fields[name])
		}
	}
	first := firstFocusable(p.root)
	if first == nil && p.sent == nil {
		widget.Walk(p.root, func(o fyne.CanvasObject) bool {
			if body, ok := o.(*widget.Scroll); ok {
				first = focusableIn(body)
			}
			return first == nil
		})
	}
	return first
}

// firstFocusable is the first field of the step.
func firstFocusable(root fyne.CanvasObject) fyne.Focusable {
	var first fyne.Focusable
	widget.Walk(root, func(o fyne.CanvasObject) bool {
		if _, isInput := o.(interface{ SetError(string) }); isInput {
			first = focusableIn(o)
		}
		return first == nil
	})
	return first
}

func focusableIn(o fyne.CanvasObject) fyne.Focusable {
	var found fyne.Focusable
	widget.Walk(o, func(o fyne.CanvasObject) bool {
		if f, ok := o.(fyne.Focusable); ok {
			found = f
		}
		return found == nil
	})
	return found
}

// canvas is where the page is shown, or nil.
func (p *Page) canvas() fyne.Canvas { return fyne.CurrentApp().Driver().CanvasForObject(p.root) }

// refocus puts the keyboard at the start of what is shown now.
func (p *Page) refocus() {
	if c := p.canvas(); c != nil {
		if f := p.Focus(); f != nil {
			c.Focus(f)
		} else {
			c.Unfocus()
		}
	}
}

// Shortcuts implements desktop.Shortcutter.
func (p *Page) Shortcuts() map[fynedesktop.CustomShortcut]func() {
	ctrl := func(key fyne.KeyName) fynedesktop.CustomShortcut {
		return fynedesktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault}
	}
	return map[fynedesktop.CustomShortcut]func(){
		ctrl(fyne.KeyReturn): p.Forward,
		ctrl(fyne.KeyEnter):  p.Forward,
		ctrl(fyne.KeyO):      p.ChooseFiles,
		ctrl(fyne.KeyS):      p.saveNow,
		{KeyName: fyne.KeyUp, Modifier: fyne.KeyModifierAlt}:                                    func() { p.moveFile(-1) },
		{KeyName: fyne.KeyDown, Modifier: fyne.KeyModifierAlt}:                                  func() { p.moveFile(1) },
		{KeyName: fyne.KeyZ, Modifier: fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift}: p.Redo,
	}
}

// Drop implements desktop.Dropper: files, and those in dropped folders, join the open document.
func (p *Page) Drop(dropped []fyne.URI) {
	uris := make([]string, len(dropped))
	for i, u := range dropped {
		uris[i] = u.String()
	}
	paths, err := intake.Paths(uris)
	p.wayErr = err
	p.addFiles(paths, claim.ExpensePaper)
}

// Refresh implements desktop.Refresher. The draft is the page's own; what was sent is read again.
func (p *Page) Refresh() {
	switch {
	case p.sent != nil:
		p.readSent()
	case p.m != nil && p.m.Step == stepReview && p.needs.Link != nil && p.needs.Link().Online != p.online:
		p.show()
	}
}

// Back implements desktop.Backer: Esc goes one step back, and from the first one leaves, unless something is not on the
// disk.
func (p *Page) Back() bool {
	switch {
	case p.m == nil || p.sent != nil:
		return false
	case p.m.Step == stepBasics:
		return !p.settled()
	}
	p.goTo(p.m.Step - 1)
	return true
}

// Leave implements desktop.Page: what was typed is on the disk when it returns, or is being tried again. A draft that
// was made here and never touched goes into the bin.
func (p *Page) Leave() {
	p.run.Leave()
	p.dismissToast()
	if p.save == nil {
		return
	}
	_ = p.save.Close()
	if p.fresh {
		p.discard()
	}
}

// discard puts a draft that holds nothing into the bin. If that fails it stays in the list, where it can be discarded.
func (p *Page) discard() {
	ctx := context.Background()
	if stored, err := p.needs.Desk.Open(ctx, p.id); err == nil && stored.Claim.Open {
		_, _ = p.needs.Desk.Discard(ctx, stored.Claim)
	}
}

// settled flushes and reports whether everything is on the disk; otherwise the line under the title says why not.
func (p *Page) settled() bool { return p.save == nil || p.save.Flush() == nil }

// saveNow answers Ctrl+S.
func (p *Page) saveNow() {
	if c := p.canvas(); c != nil && p.sent == nil && p.settled() {
		widget.ShowToast(c, words.T("newclaim.already"), nil)
	}
}

// closeSaved is *Salva e chiudi*.
func (p *Page) closeSaved() {
	if p.settled() {
		p.needs.Close()
	}
}
