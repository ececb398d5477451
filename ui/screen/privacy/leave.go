package privacy

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/privacy"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/screen/part"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// copying is a copy that is being made.
type copying struct {
	said *widget.Text
}

// takeoutCard lets the member take a copy of everything away.
func (p *Page) takeoutCard() fyne.CanvasObject {
	parts := []fyne.CanvasObject{widget.NewText(words.T("privacy.takeout.text"), theme.Body)}
	switch {
	case p.copying != nil:
		stop := widget.NewButton(words.T("privacy.takeout.stop"), widget.Secondary, p.stopCopy)
		parts = append(parts, p.copying.said, widget.Flow(12, stop))
	default:
		if p.copied != "" {
			open := widget.NewButton(words.T("privacy.takeout.open"), widget.Secondary, p.openCopy).WithIcon(theme.IconFolderOpen)
			if p.config.OpenFolder == nil {
				open.Hide()
			}
			parts = append(parts, widget.Banner(theme.IconCheckCircle, words.T("privacy.takeout.done"), p.copied, widget.ToneGood, open))
		}
		parts = append(parts, widget.Flow(12, widget.NewButton(words.T("privacy.takeout.do"), widget.Secondary, p.takeCopy).WithIcon(theme.IconDownloadSimple)))
	}
	return part.Section(words.T("privacy.takeout"), nil, parts...)
}

func (p *Page) takeCopy() {
	p.config.ChooseFolder(func(folder string) {
		if folder == "" {
			return
		}
		p.copying, p.copied = &copying{said: widget.NewText(words.T("privacy.takeout.begin"), theme.Body)}, ""
		mine := p.copying
		p.fill()
		runner.Go(p.config.Runner, "takeout", func(ctx context.Context) (string, error) {
			return p.config.Takeout(ctx, folder, func(done, total int64) { p.config.tell(func() { p.progress(mine, done, total) }) })
		}, func(path string, err error) {
			p.copying = nil
			if err != nil {
				p.fails(err)
			} else {
				p.copied = path
			}
			p.fill()
		})
	})
}

func (c Config) tell(f func()) {
	if c.Tell == nil {
		f()
		return
	}
	c.Tell(f)
}

func (p *Page) progress(of *copying, done, total int64) {
	if p.copying == of && total > 0 {
		of.said.SetText(words.T("privacy.takeout.progress", "Done", words.FileSize(done), "Total", words.FileSize(total)))
		p.Relayout()
	}
}

// stopCopy ends the copy; nothing of it remains.
func (p *Page) stopCopy() {
	p.config.Runner.Cancel("takeout")
	p.copying = nil
	p.Toast(words.T("privacy.takeout.stopped"))
	p.fill()
}

func (p *Page) openCopy() {
	if err := p.config.OpenFolder(p.copied); err != nil {
		p.fails(err)
	}
}

// erasureCard offers the three erasures at the mutual, each apart and each confirmed by typing (DEL-01 … DEL-04), says what is
// kept by law (PRV-08, DEL-05) and that none of them ends the membership (DEL-06).
func (p *Page) erasureCard() fyne.CanvasObject {
	parts := []fyne.CanvasObject{widget.NewText(words.T("privacy.erase.text"), theme.Body), widget.NewText(words.T("privacy.erase.membership"), theme.Body)}
	if kept := p.kept(); kept != "" {
		parts = append(parts, widget.Banner(theme.IconInfo, "", kept, widget.Calm))
	}
	for _, e := range privacy.Erasures {
		name := string(e)
		button := widget.NewButton(words.T("privacy.erase."+name), widget.Danger, func() { p.erase(e) })
		parts = append(parts, widget.Rule(), widget.NewText(words.T("privacy.erase."+name+".text"), theme.Body), widget.Flow(12, button))
	}
	for _, q := range p.erasures {
		parts = append(parts, widget.Rule(), p.config.Sent.Row(p.Canvas, words.T("privacy.erase."+string(*q.Erasure)), q))
	}
	return part.Section(words.T("privacy.erase.title"), nil, parts...)
}

// kept says what the law has the mutual keep.
func (p *Page) kept() string {
	if years := p.config.Rules().Terms.RetainYears; years > 0 {
		return words.N("privacy.kept", years)
	}
	return words.T("privacy.kept.unstated")
}

// erase says what the erasure takes away and what it leaves, and asks for a word (DEL-04, DEL-05, DEL-06).
func (p *Page) erase(e privacy.Erasure) {
	name, effect := string(e), privacy.EffectOf(e, p.config.Rules())
	said := widget.Column(8, widget.NewText(words.T("privacy.goes"), theme.Body).Bold())
	for _, m := range effect.Goes {
		said.Objects = append(said.Objects, bullet(theme.IconTrash, words.T("privacy.matter."+string(m))))
	}
	said.Objects = append(said.Objects, widget.NewText(words.T("privacy.stays"), theme.Body).Bold())
	for _, stay := range effect.Stays {
		text := words.T("privacy.matter." + string(stay.Matter))
		if stay.Matter == privacy.MatterRecords {
			text = p.kept()
		}
		said.Objects = append(said.Objects, bullet(theme.IconArchive, text))
	}
	p.confirm(words.T("privacy.erase."+name), said, words.T("privacy.erase.word."+name), words.T("privacy.erase."+name), func() {
		p.send(func(ctx context.Context) error {
			_, err := p.config.Requests.Erase(ctx, e)
			return err
		}, words.T("privacy.erase.sent"))
	})
}

func bullet(icon theme.IconName, text string) fyne.CanvasObject {
	return widget.RowTop(10, widget.NewIcon(icon, 18, theme.Ink2), widget.Grow(widget.NewText(text, theme.Body)))
}

// leaveCard is *Lascia questo computer*: it says what waits, delivers it first, and verifies that nothing stays.
func (p *Page) leaveCard() fyne.CanvasObject {
	d := p.leaving
	parts := []fyne.CanvasObject{widget.NewText(words.T("privacy.leave.text"), theme.Body), widget.NewText(words.T("privacy.leave.not"), theme.Body)}
	if !d.NothingWaits() {
		deliver := widget.NewButton(words.T("privacy.leave.deliver"), widget.Secondary, p.deliver)
		if !p.config.Online() {
			deliver.Disable()
		}
		parts = append(parts, widget.Banner(theme.IconClock, words.N("privacy.leave.waiting", d.Waiting+d.Aside), words.T("privacy.leave.waiting.text"), widget.ToneCareful, deliver))
	} else {
		parts = append(parts, widget.Outcome(widget.ToneGood, words.T("privacy.leave.nothing"), ""))
	}
	if d.Drafts > 0 {
		parts = append(parts, widget.Outcome(widget.ToneCareful, words.N("privacy.leave.drafts", d.Drafts), ""))
	}
	for _, path := range d.Backups {
		parts = append(parts, widget.Outcome(widget.ToneCareful, words.T("privacy.leave.backup", "Path", path), ""))
	}
	return part.Section(words.T("privacy.leave"), nil, append(parts, widget.Flow(12, widget.NewButton(words.T("privacy.leave.do"), widget.Danger, p.leave)))...)
}

// deliver sends what waits now.
func (p *Page) deliver() {
	if p.config.Ask != nil {
		p.config.Ask()
	}
	p.Toast(words.T("privacy.leave.delivering"))
}

func (p *Page) leave() {
	word := words.T("privacy.leave.word")
	said := widget.Column(10, widget.NewText(words.T("privacy.leave.text"), theme.Body))
	if n := p.leaving.Waiting + p.leaving.Aside; n > 0 {
		said.Objects = append(said.Objects, widget.Banner(theme.IconWarning, "", words.N("privacy.leave.lost", n), widget.ToneBad))
	}
	if n := p.leaving.Drafts; n > 0 {
		said.Objects = append(said.Objects, widget.Outcome(widget.ToneCareful, words.N("privacy.leave.drafts", n), ""))
	}
	p.confirm(words.T("privacy.leave"), said, word, words.T("privacy.leave.do"), func() {
		anyway := !p.leaving.NothingWaits()
		runner.Go(p.config.Runner, "leave", func(ctx context.Context) (privacy.Leaving, error) {
			return p.config.Leave(context.WithoutCancel(ctx), anyway)
		}, func(d privacy.Leaving, err error) {
			if err != nil {
				p.fails(err)
				p.Refresh()
				return
			}
			p.after = &d
			p.fill()
		})
	})
}

// goneCard says what was found after everything was removed.
func (p *Page) goneCard() fyne.CanvasObject {
	done := widget.NewButton(words.T("privacy.gone.close"), widget.Primary, func() {
		if p.config.Left != nil {
			p.config.Left()
		}
	})
	if p.after.Clean() {
		return widget.Card(widget.Empty(theme.IconCheckCircle, words.T("privacy.gone"), words.T("privacy.gone.text"), done))
	}
	parts := []fyne.CanvasObject{}
	if n := len(p.after.Remains); n > 0 {
		parts = append(parts, widget.NewText(words.N("privacy.gone.remains", n), theme.Body))
	} else {
		parts = append(parts, widget.NewText(words.T("privacy.gone.text"), theme.Body))
	}
	for _, path := range p.after.Remains {
		parts = append(parts, widget.NewText(path, theme.Secondary).Mono())
	}
	for _, path := range p.after.Backups {
		parts = append(parts, widget.Outcome(widget.ToneCareful, words.T("privacy.leave.backup", "Path", path), ""))
	}
	if n := p.after.Waiting + p.after.Aside; n > 0 {
		parts = append(parts, widget.Outcome(widget.ToneCareful, words.N("privacy.leave.lost", n), ""))
	}
	return part.Section(words.T("privacy.gone.title"), nil, append(parts, widget.Flow(12, done))...)
}
