package desktop

import (
	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// NewRequest is *Nuova richiesta*: it asks what for, where the mutual has more than refunds (UX section 1).
func (s *Shell) NewRequest() {
	if !s.open {
		return
	}
	if !s.grantsOffered() {
		s.NewClaim()
		return
	}
	var sheet *widget.Sheet
	kind := func(icon theme.IconName, key string, begin func()) *widget.Tile {
		said := widget.Row(16, widget.NewIcon(icon, 26, theme.Accent), widget.Grow(widget.Column(2,
			widget.NewText(words.T("shell.new."+key), theme.Body).Bold(), widget.NewText(words.T("shell.new."+key+".text"), theme.Secondary))))
		return widget.NewCardTile(words.T("shell.new."+key), said, func() {
			sheet.Close()
			begin()
		})
	}
	refund := kind(theme.IconReceipt, "refund", s.NewClaim)
	study := kind(theme.IconGraduationCap, "study", s.NewGrant)
	kinds := []fyne.CanvasObject{refund, study}
	if s.services.Membership != nil {
		kinds = append(kinds, kind(theme.IconPaperPlaneTilt, "complaint", func() { s.Go(Place{Screen: Complaints}) }))
	}
	cancel := widget.NewButton(words.T("shell.new.cancel"), widget.Secondary, func() { sheet.Close() })
	sheet = widget.NewSheet(words.T("shell.new.title"), widget.Column(12, kinds...), cancel).First(refund)
	sheet.ShowOn(s.window.Canvas())
}

// grantsOffered reports whether the mutual has study grants (STU-01).
func (s *Shell) grantsOffered() bool {
	return s.services.Desk.Mutual != nil && s.services.Desk.Mutual().Claims.Study.Offered
}

// NewClaim opens the wizard on a new draft of a refund.
func (s *Shell) NewClaim() { s.Go(Place{Screen: NewClaim}) }

// NewGrant opens the wizard on a new draft of a study grant.
func (s *Shell) NewGrant() { s.Go(Place{Screen: NewClaim, ID: freshGrant}) }

// freshGrant is the id by which a place means a study grant that is to be begun: no claim has it.
const freshGrant = "+study"

// draftOf reads the id of a place that leads to the wizard.
func draftOf(id string) (claim.ID, claim.Kind) {
	if id == freshGrant {
		return "", claim.StudyGrant
	}
	return claim.ID(id), claim.Refund
}

// undoer is a page whose changes can be taken back.
type undoer interface {
	Undo()
	Redo()
}

// paster is a page that takes what was copied elsewhere, when no field of text does.
type paster interface{ Paste() }

// bindEditing gives a page the toolkit's own combinations of editing.
func (s *Shell) bindEditing() {
	bind := func(shortcut fyne.Shortcut, do func()) {
		s.pageKeys[shortcut.ShortcutName()] = s.unlessModal(do)
		s.window.Canvas().AddShortcut(shortcut, s.Shortcut)
	}
	if p, ok := s.page.(undoer); ok {
		bind(&fyne.ShortcutUndo{}, p.Undo)
		bind(&fyne.ShortcutRedo{}, p.Redo)
	}
	if p, ok := s.page.(paster); ok {
		bind(&fyne.ShortcutPaste{}, p.Paste)
	}
}
