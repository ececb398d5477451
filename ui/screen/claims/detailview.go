package claims

import (
	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/ui/estimate"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// detail is one claim: what it is, its way, its files and what may be done.
type detail struct {
	page   *Page
	root   *fyne.Container
	scroll *widget.Scroll
	foot   *fyne.Container
	back   fyne.CanvasObject
	shown  claim.ID

	forecast forecast // of the claim that is shown
}

func newDetail(p *Page) *detail {
	d := &detail{page: p, scroll: widget.NewScroll(widget.Column(0)), foot: widget.Column(0)}
	back := widget.NewButton(words.T("claims.back"), widget.Tertiary, p.showList).WithIcon(theme.IconCaretLeft)
	d.back = widget.PadXY(8, 0, widget.Flow(0, back))
	inside := widget.PadXY(0, 12, widget.Frame(nil, d.foot, d.scroll))
	d.root = widget.Frame(d.back, nil, widget.Stack(widget.NewPanel(theme.Surface, theme.Line, theme.CardRadius), inside))
	return d
}

// nothing invites to choose a claim.
func (d *detail) nothing() {
	d.shown = ""
	d.foot.Objects = nil
	widget.Show(d.back, d.page.panes.narrow)
	text := words.T("claims.choose")
	if len(d.page.summaries) == 0 {
		text = words.T("claims.choose.none")
	}
	d.scroll.SetContent(widget.Empty(theme.IconReceipt, "", text))
	d.root.Refresh()
}

// show builds the detail of a claim, and keeps the place while it is the same.
func (d *detail) show(s claim.Summary) {
	at := float32(0)
	if d.shown == s.Claim.ID {
		at = d.scroll.Offset()
	}
	d.shown, d.forecast = s.Claim.ID, d.page.expect(s)
	widget.Show(d.back, d.page.panes.narrow)
	parts := []fyne.CanvasObject{d.head(s), d.facts(s)}
	parts = append(parts, d.notes(s)...)
	parts = append(parts, d.relations(s)...)
	parts = append(parts, d.complaints(s)...)
	first, rest := d.buttons(s)
	buttons := widget.Flow(16, first...)
	d.foot.Objects = nil
	edge := float32(28)
	if d.page.panes.narrow {
		edge = 20
		parts = append(parts, buttons)
	} else {
		d.foot.Objects = []fyne.CanvasObject{widget.PadXY(edge, 0, widget.Column(12, widget.Rule(), buttons))}
	}
	parts = append(parts, d.timeline(s)...)
	parts = append(parts, d.documents(s)...)
	if len(rest) > 0 {
		parts = append(parts, widget.Rule(), widget.Flow(16, rest...))
	}
	d.scroll.SetContent(widget.PadXY(edge, 12, widget.Column(20, parts...)))
	d.root.Refresh()
	d.scroll.ScrollTo(at)
}

func (d *detail) head(s claim.Summary) fyne.CanvasObject {
	title := widget.Column(2, widget.NewText(Title(s.Claim, Words()), theme.H2), widget.NewText(d.number(s), theme.Secondary))
	badge := widget.NewStateBadge(s.State, s.Claim.Mutual.Text)
	if d.page.panes.narrow {
		return widget.Column(8, title, widget.Row(0, badge))
	}
	return widget.RowTop(16, widget.Grow(title), badge)
}

// number is the second line: the mutual's number and the revision, or that it is a draft.
func (d *detail) number(s claim.Summary) string {
	c := s.Claim
	switch {
	case c.Revision == 0:
		return words.T("claims.number.draft", "When", when(c.EditedAt, d.page.config.Clock.Now()))
	case c.Open:
		return words.T("claims.number.correction", "Revision", c.Revision)
	case protocol(s) == "":
		return words.T("claims.number.none", "Revision", c.Revision)
	}
	return words.T("claims.number", "Number", protocol(s), "Revision", c.Revision)
}

func (d *detail) facts(s claim.Summary) fyne.CanvasObject {
	var facts []fyne.CanvasObject
	add := func(key, value string) { facts = append(facts, widget.Fact(words.T(key), value)) }
	if s.Claim.Kind == claim.StudyGrant {
		add("claims.fact.region", s.Claim.Region)
	} else {
		add("claims.fact.spent", words.Money(s.Claim.Total()))
	}
	if Decided(s.State) {
		add("claims.fact.granted", words.Money(s.Claim.Mutual.Granted))
	}
	if sum, of := estimate.Total(d.forecast.answers); of > 0 {
		add("claims.fact.expected", words.Money(sum))
	}
	if own, known := Own(s); known {
		add("claims.fact.own", words.Money(own))
	}
	if people := People(s.Claim, d.page.household); people != "" {
		add("claims.fact.for", people)
	}
	if !Decided(s.State) {
		facts = append(facts, widget.Fact(words.T("claims.fact.documents"), words.N("claims.fact.files", len(s.Claim.Attachments()), "Documents", len(s.Claim.Documents))))
	}
	columns := make([]widget.Col, len(facts))
	for i, f := range facts {
		columns[i] = widget.Col{Object: f, FoldBelow: 400, Under: max(0, i-1)}
	}
	return widget.Well(widget.NewColumns(16, columns...))
}

func (d *detail) timeline(s claim.Summary) []fyne.CanvasObject {
	story := Timeline(s)
	parts := []fyne.CanvasObject{widget.NewTimeline(d.steps(s, story.Steps)...)}
	if len(story.Older) == 0 {
		return parts
	}
	older := widget.NewTimeline(d.steps(s, story.Older)...)
	older.Hide()
	label := words.T("claims.older.one")
	if before := s.Claim.Revision - 1; before > 1 {
		label = words.T("claims.older", "Revision", before)
	}
	fold := widget.NewButton(label, widget.Tertiary, func() {
		widget.Show(older, !older.Visible())
		d.scroll.Refresh()
	}).WithIcon(theme.IconCaretDown)
	return append(parts, widget.Flow(0, fold), older)
}

func (d *detail) steps(s claim.Summary, steps []Step) []widget.Step {
	shown := make([]widget.Step, len(steps))
	for i, step := range steps {
		style := widget.StateOf(step.State)
		shown[i] = widget.Step{Phase: phases[step.Phase], Icon: style.Icon, Tone: style.Tone,
			Title: widget.StateName(step.State, step.Name), Text: step.Note.say()}
		if !step.At.IsZero() {
			shown[i].When = words.Moment(step.At)
		}
		if step.Receipt {
			shown[i].Action = widget.NewButton(words.T("claims.action.receipt"), widget.Secondary, func() { d.page.do(ShowReceipt, s) }).WithIcon(theme.IconReceipt).Compact()
		}
	}
	return shown
}

var phases = map[Phase]widget.Phase{Done: widget.Done, Now: widget.Now, Future: widget.Future}

// buttons are the actions of the state: those that are always seen, and those below everything else. The receipt stands in the
// timeline already, and is not offered twice.
func (d *detail) buttons(s claim.Summary) (first, rest []fyne.CanvasObject) {
	for i, a := range Actions(s, d.page.rules()) {
		if a == ShowReceipt || a == Complain && d.page.config.Complain == nil {
			continue
		}
		kind := widget.Secondary
		switch {
		case i == 0 && primary(a):
			kind = widget.Primary
		case a == Release || a == Discard || a == Ask || a == Complain && i > 0 || rare(a):
			kind = widget.Tertiary
		}
		button := widget.NewButton(words.T("claims.action."+string(a)), kind, func() { d.page.do(a, s) }).WithIcon(actionIcons[a]).Compact()
		if rare(a) {
			rest = append(rest, button)
		} else {
			first = append(first, button)
		}
	}
	return first, rest
}

// rare reports whether an action is seldom wanted.
func rare(a Action) bool { return a == Again || a == Withdraw }

// primary reports whether an action is what the member is waited for. The header's own primary button is *Nuova
// richiesta*, so that here only the first of these stands out.
func primary(a Action) bool {
	return a == Send || a == AddDocument || a == CorrectHeld || a == CheckNow
}

var actionIcons = map[Action]theme.IconName{Resume: theme.IconPencilSimpleLine, Send: theme.IconPaperPlaneTilt, CheckNow: theme.IconArrowsClockwise,
	ShowReceipt: theme.IconReceipt, AddDocument: theme.IconUploadSimple, Correct: theme.IconPencilSimple, CorrectHeld: theme.IconPencilSimple,
	Release: theme.IconArrowClockwise, Discard: theme.IconTrash, Remind: theme.IconPrinter, Again: theme.IconCopy, Withdraw: theme.IconArchive, Ask: theme.IconChatCircleText, Complain: theme.IconWarningCircle}
