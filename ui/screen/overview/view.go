package overview

import (
	"cmp"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/reminder"
	"github.com/sodale/sodale/ui/screen/claims"
	"github.com/sodale/sodale/ui/screen/notices"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// view builds the screen of one reading.
type view struct {
	*Page
	model Model
	vocab claims.Vocabulary
}

func newView(p *Page) *view {
	return &view{Page: p, model: NewModel(p.summaries, p.notices, reminder.Of(p.summaries, p.config.Rules(p.household)), p.today()), vocab: claims.Words()}
}

// Widths at 100 %.
const (
	sideWidth = 312 // the right column
	foldAt    = 860 // below it the right column goes under the left one
)

func (v *view) build() fyne.CanvasObject {
	left := widget.Column(20, v.recent(), v.data())
	right := widget.Column(20, v.money(), v.plan(), v.notices())
	parts := []fyne.CanvasObject{}
	if len(v.model.ToDo) > 0 {
		parts = append(parts, v.first())
	}
	parts = append(parts, widget.NewColumns(24, widget.Col{Object: left}, widget.Col{Object: right, Width: sideWidth, FoldBelow: foldAt}))
	return widget.PadXY(theme.PageMargin, 4, widget.Column(20, append(parts, widget.Space(0, 12))...))
}

// first is the one thing to do first, and how many more there are.
func (v *view) first() fyne.CanvasObject {
	todo := v.model.ToDo[0]
	title, text, icon, verb := v.ask(todo)
	actions := []fyne.CanvasObject{verb}
	if n := len(v.model.ToDo); n > 1 {
		actions = append([]fyne.CanvasObject{widget.NewButton(words.T("overview.todo.more", "N", n), widget.Tertiary, v.config.OpenToDo)}, actions...)
	}
	return widget.Banner(icon, title, text, widget.ToneCareful, actions...)
}

// ask words one thing to do: what it is, why, its icon and its button.
func (v *view) ask(t ToDo) (title, text string, icon theme.IconName, verb *widget.Button) {
	c := t.Claim.Claim
	name := claims.Title(c, v.vocab)
	open := func() { v.config.Open(c.ID) }
	icon = widget.StateOf(t.Claim.State).Icon
	verb = widget.NewButton(words.T("overview.todo.open"), widget.Secondary, open)
	if t.Term != nil {
		title, text = notices.Term(*t.Term, notices.Titles{string(c.ID): name})
		return title, text, theme.IconClockCountdown, verb
	}
	switch t.Claim.State {
	case claim.DocumentsRequested:
		verb = widget.NewButton(words.T("overview.todo.add"), widget.Secondary, func() { v.config.Correct(c.ID) }).WithIcon(theme.IconUploadSimple)
		return words.T("overview.todo.documents", "Title", name), v.requested(t), icon, verb
	case claim.Unconfirmed:
		verb = widget.NewButton(words.T("overview.todo.check"), widget.Secondary, func() { v.config.CheckNow(c.OpID) })
		return words.T("overview.todo.unconfirmed", "Title", name), words.T("overview.todo.unconfirmed.text"), icon, verb
	case claim.Held:
		return words.T("overview.todo.held", "Title", name), claims.HeldReason(t.Claim.Delivery), icon, verb
	}
	return words.T("overview.todo.blocked", "Title", name), cmp.Or(c.Mutual.Reason, c.Mutual.Text), icon, verb
}

// requested says which document is wanted, by when, and for which number.
func (v *view) requested(t ToDo) string {
	text := t.Claim.Claim.Mutual.Text
	if reason := t.Claim.Claim.Mutual.Reason; reason != "" {
		text = reason
	}
	term := ""
	switch {
	case t.Days == 0:
		term = words.T("overview.todo.documents.late")
	case t.Days == 1:
		term = words.T("claims.reply.today")
	case t.Days > 1:
		term = words.N("claims.reply", t.Days-1, "Day", words.Day(t.Claim.Claim.Mutual.ReplyBy))
	}
	number := ""
	if n := t.Claim.Claim.Mutual.Number; n != "" {
		number = words.T("overview.number", "Number", n)
	}
	return joined(" ", text, term, number)
}

// joined puts together what is not empty.
func joined(between string, parts ...string) string {
	text := ""
	for _, p := range parts {
		if p == "" {
			continue
		}
		if text != "" {
			text += between
		}
		text += p
	}
	return text
}

// head is the title of a card with a way to more.
func head(title, more string, pressed func()) fyne.CanvasObject {
	text := widget.NewText(title, theme.H2)
	if more == "" {
		return text
	}
	button := widget.NewButton(more, widget.Tertiary, pressed).IconAfter(theme.IconCaretRight)
	return widget.Row(12, widget.Grow(text), button)
}

func (v *view) recent() fyne.CanvasObject {
	if len(v.model.Recent) == 0 {
		return widget.Card(widget.Empty(theme.IconReceipt, "", words.T("overview.claims.empty"),
			widget.NewButton(words.T("overview.claims.start"), widget.Secondary, v.config.New).WithIcon(theme.IconPlus)))
	}
	parts := []fyne.CanvasObject{head(words.T("overview.claims"), words.T("overview.claims.all"), v.config.OpenAll)}
	for i, s := range v.model.Recent {
		if i > 0 {
			parts = append(parts, widget.Rule())
		}
		parts = append(parts, widget.PadXY(-8, 0, v.row(s)))
	}
	return widget.Card(widget.Column(0, parts...))
}

// row is one of the last claims.
func (v *view) row(s claim.Summary) fyne.CanvasObject {
	r := claims.NewRow(s, v.household, v.vocab)
	picture := widget.Stack(widget.NewPanel(theme.Well, theme.Clear, theme.ButtonRadius), widget.Pad(9, widget.NewIcon(claims.Icon(r.Icon), 22, theme.Ink2)))
	what := widget.Row(16, picture, widget.Grow(widget.Column(2, widget.NewText(r.Title, theme.Body).Bold(),
		widget.NewText(joined(" · ", r.People, words.Day(r.Day)), theme.Secondary))))
	badge := widget.Row(0, widget.NewStateBadge(s.State, s.Claim.Mutual.Text))
	amount := widget.Column(2, widget.NewText(v.amount(r), theme.Body).Bold().Right().OneLine(),
		widget.NewText(v.amountNote(s), theme.Caption).Right().OneLine())
	content := widget.Row(12, widget.Grow(widget.NewColumns(16, widget.Col{Object: what},
		widget.Col{Object: badge, Width: 176, FoldBelow: 480},
		widget.Col{Object: widget.Row(0, widget.Grow(amount)), Width: 110, FoldBelow: 300})), widget.NewIcon(theme.IconCaretRight, 18, theme.Ink2))
	return widget.NewTile(r.Title, content, func() { v.config.Open(r.ID) })
}

// amount is what was paid or granted; a study grant has no amount until it is decided.
func (v *view) amount(r claims.Row) string {
	if r.Amount == 0 && !claims.Decided(r.State) {
		return ""
	}
	return words.Money(r.Amount)
}

func (v *view) amountNote(s claim.Summary) string {
	if s.Claim.Kind == claim.StudyGrant && !claims.Decided(s.State) {
		return ""
	}
	switch s.State {
	case claim.Paid:
		return words.T("overview.amount.paid")
	case claim.Approved:
		return words.T("overview.amount.approved")
	case claim.Rejected:
		return ""
	}
	return words.T("overview.amount.spent")
}

func (v *view) money() fyne.CanvasObject {
	m := v.model.Money
	parts := []fyne.CanvasObject{
		widget.NewText(words.T("overview.money.paid", "Year", m.Year), theme.Body).Color(theme.Ink2),
		widget.NewText(words.Money(m.Paid), theme.Amount),
	}
	if m.Paid+m.Going+m.Queued > 0 {
		parts = append(parts, widget.NewBarStrip(widget.Share{Amount: int64(m.Paid), Color: theme.Accent},
			widget.Share{Amount: int64(m.Going), Color: theme.Accent, Faint: true}, widget.Share{Amount: int64(m.Queued), Color: theme.Border}))
	}
	parts = append(parts, widget.Space(0, 4), legend(widget.Swatch(theme.Accent, true), words.T("overview.money.going"), m.Going), legend(widget.Swatch(theme.Border, false), words.T("overview.money.queued"), m.Queued))
	if m.Going+m.Queued > 0 {
		parts = append(parts, widget.NewText(words.T("overview.money.note"), theme.Caption))
	}
	return widget.Card(widget.Column(6, parts...))
}

func legend(swatch fyne.CanvasObject, label string, amount money.Cents) fyne.CanvasObject {
	return widget.Row(10, swatch, widget.Grow(widget.NewText(label, theme.Body).Color(theme.Ink2)),
		widget.NewText(words.Money(amount), theme.Body).Bold().OneLine())
}

func (v *view) plan() fyne.CanvasObject {
	plan := v.household.Plan
	key, icon := "overview.plan.active", widget.NewIcon(theme.IconShieldCheck, 28, theme.Good).Filled()
	if !plan.Active {
		key, icon = "overview.plan.inactive", widget.NewIcon(theme.IconWarning, 28, theme.Careful)
	}
	names := make([]string, 0, 4)
	for _, p := range v.household.People() {
		names = append(names, p.GivenName)
	}
	parts := []fyne.CanvasObject{widget.Row(14, icon, widget.Grow(widget.Column(2, widget.NewText(words.T(key, "Plan", plan.Name), theme.Body).Bold(),
		widget.NewText(v.vocab.And(names), theme.Secondary))))}
	if !plan.PaidUpTo.IsZero() {
		parts = append(parts, widget.Rule(), widget.NewText(v.paidUpTo(plan.PaidUpTo), theme.Secondary).Color(theme.Ink))
	}
	return widget.Card(widget.Column(14, parts...))
}

func (v *view) paidUpTo(day civil.Date) string {
	key := "overview.plan.paid"
	if day.Before(v.today()) {
		key = "overview.plan.late"
	}
	if day.Year == v.today().Year {
		return words.T(key, "Day", words.Day(day))
	}
	return words.T(key, "Day", words.Date(day))
}

func (v *view) notices() fyne.CanvasObject {
	titles := notices.Titles{}
	for _, s := range v.summaries {
		titles[string(s.Claim.ID)] = claims.Title(s.Claim, v.vocab)
	}
	if len(v.model.Notices) == 0 {
		return widget.Card(widget.Column(8, head(words.T("overview.notices"), "", nil), widget.NewText(words.T("overview.notices.empty"), theme.Secondary)))
	}
	parts := []fyne.CanvasObject{head(words.T("overview.notices"), words.T("overview.notices.all"), v.config.AllNotices)}
	for i, n := range v.model.Notices {
		if i > 0 {
			parts = append(parts, widget.Rule())
		}
		parts = append(parts, widget.PadXY(-8, 0, notices.Row(n, titles, func() { v.config.OpenNotice(n) })))
	}
	return widget.Card(widget.Column(0, parts...))
}
