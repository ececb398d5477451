package claims

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/claim"
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
	d.scroll.SetContent(widget.Empty(theme.IconReceipt, "", words.T("claims.choose")))
	d.root.Refresh()
}

// show builds the detail of a claim, and keeps the place while it is the same.
func (d *detail) show(s claim.Summary) {
	at := float32(0)
	if d.shown == s.Claim.ID {
		at = d.scroll.Offset()
	}
	d.shown = s.Claim.ID
	widget.Show(d.back, d.page.panes.narrow)
	parts := []fyne.CanvasObject{d.head(s), d.facts(s)}
	parts = append(parts, d.notes(s)...)
	buttons := widget.Flow(16, d.buttons(s)...)
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
	facts := []fyne.CanvasObject{widget.Fact(words.T("claims.fact.spent"), words.Money(s.Claim.Total()))}
	if Decided(s.State) {
		facts = append(facts, widget.Fact(words.T("claims.fact.granted"), words.Money(s.Claim.Mutual.Granted)))
	}
	if people := People(s.Claim, d.page.household); people != "" {
		facts = append(facts, widget.Fact(words.T("claims.fact.for"), people))
	}
	files := len(s.Claim.Attachments())
	facts = append(facts, widget.Fact(words.T("claims.fact.documents"), words.N("claims.fact.files", files, "Documents", len(s.Claim.Documents))))
	columns := make([]widget.Col, len(facts))
	for i, f := range facts {
		columns[i] = widget.Col{Object: f, FoldBelow: 400, Under: max(0, i-1)}
	}
	return widget.Well(widget.NewColumns(16, columns...))
}

// notes are what the mutual decided or wants, with its reason and article.
func (d *detail) notes(s claim.Summary) []fyne.CanvasObject {
	if s.Claim.Open && s.Claim.Revision > 0 {
		return []fyne.CanvasObject{widget.Banner(theme.IconPencilSimpleLine, "", words.T("claims.open.correction"), widget.Calm)}
	}
	m := s.Claim.Mutual
	lines := []string{}
	if !m.ReplyBy.IsZero() && s.State == claim.DocumentsRequested {
		lines = append(lines, words.T("claims.reply", "Day", words.Date(m.ReplyBy)))
	}
	if m.Article != "" {
		lines = append(lines, words.T("claims.article", "Article", m.Article))
	}
	title := m.Reason
	switch s.State {
	case claim.Held:
		title = HeldReason(s.Delivery)
	case claim.Approved, claim.Paid:
		title = granted(s)
		if m.Reason != "" {
			lines = append([]string{m.Reason}, lines...)
		}
	case claim.DocumentsRequested, claim.Blocked, claim.Rejected:
	default:
		return nil
	}
	if title == "" && len(lines) == 0 {
		return nil
	}
	style := widget.StateOf(s.State)
	return []fyne.CanvasObject{widget.Banner(style.Icon, title, strings.Join(lines, "\n"), style.Tone)}
}

// granted says what comes, or came, and when.
func granted(s claim.Summary) string {
	m := s.Claim.Mutual
	amount := words.Money(m.Granted)
	switch {
	case s.State == claim.Approved:
		return words.T("claims.note.approved", "Amount", amount)
	case m.PaidOn.IsZero():
		return words.T("claims.note.paid", "Amount", amount)
	}
	return words.T("claims.note.paid.on", "Amount", amount, "Day", words.Date(m.PaidOn))
}

func (d *detail) timeline(s claim.Summary) []fyne.CanvasObject {
	story := Timeline(s)
	parts := []fyne.CanvasObject{widget.NewTimeline(d.steps(s, story.Steps)...)}
	if len(story.Older) == 0 {
		return parts
	}
	older := widget.NewTimeline(d.steps(s, story.Older)...)
	older.Hide()
	fold := widget.NewButton(words.T("claims.older", "Revision", s.Claim.Revision), widget.Tertiary, func() {
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
			Title: widget.StateName(step.State, step.Note.Text), Text: step.Note.say()}
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

// documents lists what was filed, each document with its files.
func (d *detail) documents(s claim.Summary) []fyne.CanvasObject {
	parts := []fyne.CanvasObject{widget.Rule(), widget.NewText(words.T("claims.documents"), theme.H3)}
	for _, doc := range s.Claim.Documents {
		lines := []fyne.CanvasObject{widget.Row(12, widget.Grow(widget.NewText(documentTitle(doc), theme.Body).Bold()), widget.NewText(words.Money(doc.Amount), theme.Body).OneLine())}
		if doc.Provider != "" {
			lines = append(lines, widget.NewText(doc.Provider, theme.Secondary))
		}
		for _, a := range doc.Attachments {
			lines = append(lines, widget.NewFileRow(a.Kind, a.Name, fileLine(a), func() { d.page.preview(a) }, nil))
		}
		parts = append(parts, widget.Column(6, lines...))
	}
	return parts
}

func documentTitle(doc claim.ExpenseDocument) string {
	kind := ""
	if doc.Type != "" {
		kind = words.T("claims.type." + string(doc.Type))
	}
	switch {
	case doc.Number == "" && doc.IssuedOn.IsZero():
		return words.T("claims.document.none")
	case doc.IssuedOn.IsZero():
		return words.T("claims.document.short", "Type", kind, "Number", doc.Number)
	}
	return words.T("claims.document", "Type", kind, "Number", doc.Number, "Day", words.Date(doc.IssuedOn))
}

func fileLine(a claim.Attachment) string {
	if a.Pages == 0 {
		return words.FileSize(a.Size)
	}
	return words.N("claims.file", a.Pages, "Size", words.FileSize(a.Size))
}

// buttons are the actions of the state. The receipt stands in the timeline already, and is not offered twice.
func (d *detail) buttons(s claim.Summary) []fyne.CanvasObject {
	var list []fyne.CanvasObject
	for i, a := range Actions(s) {
		if a == ShowReceipt {
			continue
		}
		kind := widget.Secondary
		switch {
		case a == Ask || a == Release:
			kind = widget.Tertiary
		case a == Discard:
			kind = widget.Tertiary
		case i == 0 && primary(a):
			kind = widget.Primary
		}
		list = append(list, widget.NewButton(words.T("claims.action."+string(a)), kind, func() { d.page.do(a, s) }).WithIcon(actionIcons[a]).Compact())
	}
	return list
}

// primary reports whether an action is what the member is waited for. The header's own primary button is *Nuova
// richiesta*, so that here only the first of these stands out.
func primary(a Action) bool {
	return a == Send || a == AddDocument || a == CorrectHeld || a == CheckNow
}

var actionIcons = map[Action]theme.IconName{Resume: theme.IconPencilSimpleLine, Send: theme.IconPaperPlaneTilt, CheckNow: theme.IconArrowsClockwise,
	ShowReceipt: theme.IconReceipt, AddDocument: theme.IconUploadSimple, Correct: theme.IconPencilSimple, CorrectHeld: theme.IconPencilSimple,
	Release: theme.IconArrowClockwise, Discard: theme.IconTrash, Ask: theme.IconPhone}
