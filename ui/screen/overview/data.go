package overview

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/iban"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// data is the block of the member's own data, each with a button that copies it (OVW-02).
func (v *view) data() fyne.CanvasObject {
	h := v.household
	update := ""
	if v.config.Update != nil {
		update = words.T("overview.data.update")
	}
	parts := []fyne.CanvasObject{head(words.T("overview.data"), update, v.config.Update), widget.Space(0, 8),
		v.fact(theme.IconIdentificationCard, "overview.data.number", h.Number, h.Number),
		v.fact(theme.IconHouse, "overview.data.home", home(h.Home), home(h.Home)),
		v.fact(theme.IconEnvelopeSimple, "overview.data.email", h.EMail, h.EMail),
		v.fact(theme.IconDeviceMobile, "overview.data.mobile", h.Mobile, h.Mobile),
		v.fact(theme.IconBank, "overview.data.iban", iban.Group(h.IBAN), h.IBAN),
	}
	if len(h.Family) > 0 {
		names := make([]string, len(h.Family))
		for i, p := range h.Family {
			names[i] = p.GivenName
		}
		parts = append(parts, v.fact(theme.IconUsersThree, "overview.data.family", v.vocab.And(names), ""))
	}
	if v.factorOff {
		parts = append(parts, widget.Rule(), v.secure())
	}
	return widget.Card(widget.Column(0, parts...))
}

// secure leads to the second factor while it is off (OVW-03, TFA-01).
func (v *view) secure() fyne.CanvasObject {
	link := widget.NewButton(words.T("overview.secure"), widget.Tertiary, v.config.Secure).WithIcon(theme.IconShieldCheck)
	return widget.PadXY(0, 8, widget.Column(2, widget.NewText(words.T("overview.secure.text"), theme.Secondary), widget.Flow(0, link)))
}

// fact is one line: what it is, what it says, and a button to copy it unless copied is "".
func (v *view) fact(icon theme.IconName, key, shown, copied string) fyne.CanvasObject {
	label := words.T(key)
	text := widget.NewText(shown, theme.Body)
	if shown == "" {
		text = widget.NewText(words.T("overview.data.none"), theme.Body).Color(theme.Ink2)
	}
	if key == "overview.data.iban" {
		text.Mono()
	}
	name := widget.Row(12, widget.NewIcon(icon, 20, theme.Ink2), widget.Grow(widget.NewText(label, theme.Body).Color(theme.Ink2)))
	line := widget.NewColumns(12, widget.Col{Object: name, Width: 140}, widget.Col{Object: text, FoldBelow: 420})
	if copied == "" {
		return widget.Fixed(0, theme.TargetHeight, widget.Row(8, widget.Grow(line)))
	}
	button := widget.NewIconButton(theme.IconCopy, words.T("overview.data.copy", "What", strings.ToLower(label)), func() { v.config.Copy(label, copied) })
	return widget.Row(8, widget.Grow(line), button)
}

// home writes an address on one line.
func home(a member.Address) string {
	return joined(", ", a.Street, strings.TrimSpace(a.PostCode+" "+a.Town))
}
