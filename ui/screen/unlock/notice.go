package unlock

import (
	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/ui/screen/secret"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// showNotices says what has to be known before anything is typed: a password that was changed elsewhere, or a computer that
// was signed out.
func (v *view) showNotices() {
	c := v.page.config
	v.notice.RemoveAll()
	if v.page.model.stale {
		v.notice.Add(widget.Banner(theme.IconKey, v.staleTitle(), words.T("unlock.stale.text"), widget.ToneCareful))
	}
	if c.Revoked == nil {
		return
	}
	switch c.Revoked() {
	case SignedOut:
		v.notice.Add(widget.Banner(theme.IconLinkBreak, words.T("unlock.revoked"), words.T("unlock.revoked.text"), widget.ToneCareful))
	case Destroyed:
		v.shut = true
		actions := []fyne.CanvasObject{}
		if c.Rejoin != nil {
			actions = append(actions, widget.NewButton(words.T("unlock.rejoin"), widget.Secondary, c.Rejoin))
		}
		v.notice.Add(widget.Banner(theme.IconLinkBreak, words.T("unlock.destroyed"), words.T("unlock.destroyed.text"), widget.ToneBad, actions...))
	}
}

// staleTitle says when the account's password was changed, where that is known.
func (v *view) staleTitle() string {
	if changed := v.page.config.Changed; changed != nil {
		if at := changed(); !at.IsZero() {
			return words.T("unlock.stale.on", "Day", words.Date(civil.Of(at)))
		}
	}
	return words.T("unlock.stale")
}

// showNewer shows the field of the account's password where it is another than the vault's: the old one opens, and with a
// network the new one alone does too.
func (v *view) showNewer(stale bool) {
	label := "unlock.password"
	if stale {
		label = "unlock.password.old"
	}
	v.password.SetLabel(words.T(label))
	if stale && v.newer == nil {
		v.newer = secret.NewPassword(words.T("unlock.password.newer"))
		v.newer.SetText(v.page.model.newer)
		v.newer.OnTyped = func(text string) {
			v.page.model.newer = text
			v.scroll.Refresh()
		}
		v.newer.OnSubmitted = v.submitted
		v.newRoom.Objects = []fyne.CanvasObject{v.newer.Object(), widget.NewText(words.T("unlock.password.newer.hint"), theme.Caption)}
	}
	widget.Show(v.newRoom, stale)
}

// askFactor shows the field of the second factor under the account's password (TFA-07).
func (v *view) askFactor() {
	if v.factor == nil {
		v.factor = secret.NewFactor(v.page.config.Rules(), v.page.open)
		v.newRoom.Add(v.factor.Object())
	}
}

// memory is *Ricordami su questo computer*, with what it means.
func (v *view) memory() fyne.CanvasObject {
	v.keep = widget.NewCheck(words.T("unlock.remember"))
	v.keep.SetChecked(v.page.model.keep)
	meaning := widget.NewText(words.T("unlock.remember.text"), theme.Caption)
	widget.Show(meaning, v.page.model.keep)
	v.keep.OnChanged = func(checked bool) {
		v.page.model.keep = checked
		widget.Show(meaning, checked)
		v.scroll.Refresh()
	}
	return widget.Column(6, v.keep, meaning)
}

// instead is what can be done without a reset: the printed code, and the word that what is queued leaves all the same.
func (p *Page) instead() fyne.CanvasObject {
	parts := []fyne.CanvasObject{}
	if p.config.Link != nil && !p.config.Link().Online {
		parts = append(parts, widget.Banner(theme.IconWifiSlash, words.T("unlock.reset.offline"), words.T("unlock.reset.offline.text"), widget.Calm))
	}
	parts = append(parts, widget.NewText(words.T("unlock.reset.queue"), theme.Secondary))
	if p.config.Recover != nil {
		parts = append(parts, widget.Flow(24, widget.NewButton(words.T("unlock.recovery"), widget.Tertiary, func() {
			p.endReset()
			p.way(true)
		}).WithIcon(theme.IconKey)))
	}
	return widget.Column(12, parts...)
}
