package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/words"
)

// StateStyle is how a state of a claim is shown: icon, word and colour always together.
type StateStyle struct {
	Icon   theme.IconName
	Filled bool
	Tone   Tone
	Stroke bool // an edge round the badge: only Held, which wants the member
	Now    bool // the member is waited for
}

// States is the table of the design, section "States of a pratica".
var States = map[claim.State]StateStyle{
	claim.Draft:              {Icon: theme.IconPencilSimpleLine, Tone: Calm},
	claim.Ready:              {Icon: theme.IconCheckCircle, Tone: ToneAccent},
	claim.Queued:             {Icon: theme.IconClock, Tone: Calm},
	claim.Sending:            {Icon: theme.IconArrowCircleUp, Filled: true, Tone: ToneAccent},
	claim.Unconfirmed:        {Icon: theme.IconArrowsClockwise, Tone: ToneAccent},
	claim.Delivered:          {Icon: theme.IconChecks, Tone: ToneAccent},
	claim.Held:               {Icon: theme.IconWarning, Tone: ToneCareful, Stroke: true},
	claim.Registered:         {Icon: theme.IconTray, Tone: ToneAccent},
	claim.InReview:           {Icon: theme.IconFileMagnifyingGlass, Tone: ToneAccent},
	claim.DocumentsRequested: {Icon: theme.IconPaperclip, Tone: ToneCareful},
	claim.Blocked:            {Icon: theme.IconProhibit, Tone: ToneCareful},
	claim.Approved:           {Icon: theme.IconSealCheck, Tone: ToneGood},
	claim.Rejected:           {Icon: theme.IconXCircle, Tone: ToneBad},
	claim.Merged:             {Icon: theme.IconGitMerge, Tone: Calm},
	claim.Paid:               {Icon: theme.IconHandCoins, Filled: true, Tone: ToneGood},
	claim.Withdrawn:          {Icon: theme.IconArchive, Tone: Calm},
}

// StateOf returns the style of a state; one that the program does not know is calm and has a question mark.
func StateOf(s claim.State) StateStyle {
	if style, ok := States[s]; ok {
		return style
	}
	return StateStyle{Icon: theme.IconQuestion, Tone: Calm}
}

// StateName returns the word for a state. For a state that the program does not know it is the mutual's own text, or a
// word that says so when there is none.
func StateName(s claim.State, mutual string) string {
	switch {
	case s.Known():
		return words.T("state." + string(s))
	case mutual != "":
		return mutual
	}
	return words.T("state.other")
}

// StateBadge shows a state as a pill.
type StateBadge struct {
	fynewidget.BaseWidget
	style  StateStyle
	ground *canvas.Rectangle
	icon   *Icon
	text   *Text
	raised bool
}

// NewStateBadge returns the pill of a state. mutual is the mutual's own text, for states the program does not know.
func NewStateBadge(s claim.State, mutual string) *StateBadge {
	b := newBadge()
	b.SetState(s, mutual)
	return b
}

// NewBadge returns a pill with any word.
func NewBadge(icon theme.IconName, text string, tone Tone) *StateBadge {
	b := newBadge()
	b.style = StateStyle{Icon: icon, Tone: tone}
	b.text.SetText(text)
	b.Refresh()
	return b
}

func newBadge() *StateBadge {
	b := &StateBadge{ground: &canvas.Rectangle{}, icon: NewIcon(theme.IconQuestion, 18, theme.Neutral), text: NewText("", theme.Secondary).Bold().OneLine()}
	b.ExtendBaseWidget(b)
	return b
}

// SetState changes the state shown.
func (b *StateBadge) SetState(s claim.State, mutual string) {
	b.style = StateOf(s)
	b.text.SetText(StateName(s, mutual))
	b.Refresh()
}

// Raise puts the pill on white, for a selected row whose ground is the veil itself.
func (b *StateBadge) Raise(raised bool) {
	b.raised = raised
	b.Refresh()
}

// Parts implements parted.
func (b *StateBadge) Parts() []fyne.CanvasObject { return []fyne.CanvasObject{b.text} }

// CreateRenderer implements fyne.Widget.
func (b *StateBadge) CreateRenderer() fyne.WidgetRenderer {
	return newFace(face{
		owner:   b,
		objects: []fyne.CanvasObject{b.ground, b.icon, b.text},
		min: func() fyne.Size {
			return fyne.NewSize(theme.Px(10+18+6+12)+b.text.MinSize().Width, max(theme.Px(30), b.text.MinSize().Height+theme.Px(6)))
		},
		layout: func(size fyne.Size) {
			height := b.MinSize().Height
			y := (size.Height - height) / 2
			b.ground.CornerRadius = height / 2
			icon, text := b.icon.MinSize(), b.text.MinSize()
			place(b.ground, 0, y, b.MinSize().Width, height)
			place(b.icon, theme.Px(10), y+(height-icon.Height)/2, icon.Width, icon.Height)
			place(b.text, theme.Px(10+18+6), y+(height-text.Height)/2, text.Width, text.Height)
		},
		paint: b.paint,
	})
}

func (b *StateBadge) paint() {
	ink, veil := b.style.Tone.Colors()
	if b.raised {
		veil = theme.Surface
	}
	b.ground.FillColor, b.ground.StrokeColor, b.ground.StrokeWidth = theme.Color(veil), theme.Color(ink), 0
	if b.style.Stroke || theme.Current().Settings().Look == theme.HighContrast {
		b.ground.StrokeWidth = theme.Stroke(theme.FieldStroke)
	}
	b.icon.Set(b.style.Icon, ink, b.style.Filled)
	b.text.SetColor(ink)
}
