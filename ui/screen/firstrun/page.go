package firstrun

import (
	"fyne.io/fyne/v2"
	fynedesktop "fyne.io/fyne/v2/driver/desktop"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/ui/screen/reset"
	"github.com/sodale/sodale/ui/screen/secret"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// Page is the first run. It is a desktop.Page that takes the whole window.
type Page struct {
	config Config
	m      *model
	reset  *reset.Reset // nil until the password was forgotten

	root     *fyne.Container
	scroll   *widget.Scroll
	fields   map[field]input
	problems *widget.Problems
	forward  *widget.Button
	busy     *widget.Text
	first    fyne.Focusable // where the keyboard goes, nil = the first field
	resend   *secret.Resend
	factor   *secret.Factor
	boxes    []*widget.Check
	lacks    []*widget.Text // below each box, what it means that it is not ticked

	complains bool // something is said on top, which has to be read before the fields
	linkTried bool // *Ho aperto il collegamento* was pressed
}

// input is a field of a form.
type input interface {
	fyne.CanvasObject
	SetError(string)
	Error() string
	Focus()
}

// New begins with the choice of the mutual.
func New(c Config) *Page {
	return &Page{config: c, m: newModel(c.Mutuals, civil.Of(c.Clock.Now())), root: widget.Stack()}
}

// Title implements desktop.Page.
func (p *Page) Title() string { return words.T("firstrun.title") }

// Whole implements desktop.Whole.
func (p *Page) Whole() bool { return true }

// Content implements desktop.Page.
func (p *Page) Content() fyne.CanvasObject {
	p.build()
	return p.root
}

// build puts the screen of the moment into the room, from the model.
func (p *Page) build() {
	p.stopCounting()
	p.fields, p.problems, p.forward, p.first, p.factor, p.boxes, p.lacks = map[field]input{}, nil, nil, nil, nil, nil, nil
	p.busy = widget.NewText("", theme.Secondary).OneLine()
	p.busy.Hide()
	body := p.body()
	p.scroll = widget.NewScroll(body)
	p.root.Objects = []fyne.CanvasObject{widget.Frame(p.head(), p.foot(), p.scroll)}
	p.root.Refresh()
}

// show is build with the keyboard at the start.
func (p *Page) show() {
	p.build()
	p.refocus()
}

// Focus implements desktop.Page: the first field; nothing where something on top has to be read first.
func (p *Page) Focus() fyne.Focusable {
	switch {
	case p.complains:
		return nil
	case p.first != nil:
		return p.first
	case p.m.stage == stageReset && p.reset != nil:
		return nil
	}
	for _, f := range p.m.fieldsOf(p.m.stage) {
		if in, ok := p.fields[f]; ok {
			return focusable(in)
		}
	}
	if p.forward != nil {
		return p.forward
	}
	return nil
}

// focusable is the part of a field that takes the keyboard.
func focusable(o fyne.CanvasObject) fyne.Focusable {
	var found fyne.Focusable
	widget.Walk(o, func(o fyne.CanvasObject) bool {
		if f, ok := o.(fyne.Focusable); ok {
			found = f
		}
		return found == nil
	})
	return found
}

func (p *Page) canvas() fyne.Canvas { return fyne.CurrentApp().Driver().CanvasForObject(p.root) }

func (p *Page) refocus() {
	c := p.canvas()
	if c == nil {
		return
	}
	if p.m.stage == stageReset && p.reset != nil {
		p.reset.Focus()
		return
	}
	if f := p.Focus(); f != nil {
		c.Focus(f)
	} else {
		c.Unfocus()
	}
}

// relayout finds room for what became larger or smaller.
func (p *Page) relayout() {
	if p.scroll != nil {
		p.scroll.Refresh()
	}
}

// Shortcuts implements desktop.Shortcutter: Ctrl+Enter goes on.
func (p *Page) Shortcuts() map[fynedesktop.CustomShortcut]func() {
	ctrl := func(key fyne.KeyName) fynedesktop.CustomShortcut {
		return fynedesktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault}
	}
	return map[fynedesktop.CustomShortcut]func(){ctrl(fyne.KeyReturn): p.Forward, ctrl(fyne.KeyEnter): p.Forward}
}

// Back implements desktop.Backer: Esc is *Indietro*.
func (p *Page) Back() bool {
	if p.config.Runner.Busy(work) {
		return true
	}
	if p.m.stage == stageReset && p.reset != nil && !p.reset.Done() {
		p.reset.Back()
		return true
	}
	if !p.m.back() {
		return false
	}
	p.show()
	return true
}

// Refresh implements desktop.Refresher: there is nothing of the vault here.
func (p *Page) Refresh() {}

// Leave implements desktop.Page: the work ends, and nothing secret stays.
func (p *Page) Leave() {
	p.stopCounting()
	if p.reset != nil {
		p.reset.Leave()
	}
	p.config.Runner.Leave()
	p.m.forget()
}

func (p *Page) stopCounting() {
	if p.resend != nil {
		p.resend.Stop()
		p.resend = nil
	}
}
