package widget

import (
	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/ui/theme"
)

// Banner is the one thing to know first: icon, a line in bold, a line below, and at most a button. Its ground is the
// veil of its tone; Calm lies on the sunken ground.
func Banner(icon theme.IconName, title, text string, tone Tone, actions ...fyne.CanvasObject) *fyne.Container {
	ink, veil := tone.Colors()
	if tone == Calm {
		ink, veil = theme.Ink, theme.Well
	}
	lines := []fyne.CanvasObject{}
	if title != "" {
		lines = append(lines, NewText(title, theme.Body).Bold())
	}
	if text != "" {
		lines = append(lines, NewText(text, theme.Secondary).Color(theme.Ink))
	}
	said := Row(20, NewIcon(icon, 26, ink), Grow(Column(2, lines...)))
	content := fyne.CanvasObject(said)
	if len(actions) > 0 {
		content = NewColumns(20, Col{Object: said}, Col{Object: FlowEnd(12, actions...), Natural: true, FoldBelow: 620})
	}
	return Stack(NewPanel(veil, theme.Clear, theme.CardRadius), PadXY(24, 16, content))
}

// Outcome is one line of a check: a tick or a warning in front of what was found, with a line of source below.
func Outcome(tone Tone, text, source string) *fyne.Container {
	ink, _ := tone.Colors()
	icon := map[Tone]theme.IconName{ToneGood: theme.IconCheckCircle, ToneCareful: theme.IconWarning, ToneBad: theme.IconXCircle}[tone]
	if icon == "" {
		icon = theme.IconInfo
	}
	lines := []fyne.CanvasObject{NewText(text, theme.Body)}
	if source != "" {
		lines = append(lines, NewText(source, theme.Caption))
	}
	return RowTop(12, NewIcon(icon, 22, ink).Filled(), Grow(Column(2, lines...)))
}

// Empty is what a list says when there is nothing in it: a picture, a sentence, and what to do.
func Empty(icon theme.IconName, title, text string, actions ...fyne.CanvasObject) *fyne.Container {
	parts := []fyne.CanvasObject{Row(0, Gap(), NewIcon(icon, 48, theme.Ink2), Gap())}
	if title != "" {
		parts = append(parts, NewText(title, theme.H3).Center())
	}
	if text != "" {
		parts = append(parts, NewText(text, theme.Body).Color(theme.Ink2).Center())
	}
	if len(actions) > 0 {
		row := append([]fyne.CanvasObject{Gap()}, actions...)
		parts = append(parts, Row(12, append(row, Gap())...))
	}
	return Pad(32, Column(12, parts...))
}
