package newclaim

import (
	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// changes are the buttons that go back and forth through what was done to the form.
func (p *Page) changes() []fyne.CanvasObject {
	p.undo = widget.NewButton(words.T("newclaim.undo"), widget.Tertiary, p.Undo).WithIcon(theme.IconArrowCounterClockwise)
	p.redo = widget.NewButton(words.T("newclaim.redo"), widget.Tertiary, p.Redo).WithIcon(theme.IconArrowClockwise)
	p.followChanges()
	return []fyne.CanvasObject{p.undo, p.redo}
}

// followChanges lets the buttons rest while there is nothing to go back or forth to, and hides them until there was.
func (p *Page) followChanges() {
	if p.undo == nil {
		return
	}
	if any := p.m.CanUndo() || p.m.CanRedo(); any == p.undo.Hidden {
		p.undo.Hidden, p.redo.Hidden = !any, !any
		p.relayout()
	}
	for button, can := range map[*widget.Button]bool{p.undo: p.m.CanUndo(), p.redo: p.m.CanRedo()} {
		if can {
			button.Enable()
		} else {
			button.Disable()
		}
	}
}

// Undo takes the last change of the form back, and goes to where it was made (Ctrl+Z).
func (p *Page) Undo() { p.travel((*model).CanUndo, (*model).Undo) }

// Redo does the change again that was taken back (Ctrl+Y, Ctrl+Shift+Z).
func (p *Page) Redo() { p.travel((*model).CanRedo, (*model).Redo) }

func (p *Page) travel(can func(*model) bool, back func(*model) string) {
	if p.m == nil || p.sent != nil || !can(p.m) {
		return
	}
	where := back(p.m)
	p.dismissToast()
	p.changed()
	p.show()
	p.resume(where)
}

// resume puts the keyboard into the field that a change was made in, or where the step begins.
func (p *Page) resume(where string) {
	documentID, name := parseWhere(where)
	if p.form != nil && documentID == p.m.Current && p.form.fields[name] != nil {
		p.form.focus(name)
		return
	}
	p.refocus()
}
