package newclaim

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/estimate"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// foldFrame is the scaled width below which head and foot take two lines.
const foldFrame = 980

// savedLine is «Bozza salvata alle 10:41» under the title; when a commit failed it says so, and a strip below the head
// says why and that nothing is lost.
type savedLine struct {
	text  *widget.Text
	icon  *widget.Icon
	row   *fyne.Container
	strip *fyne.Container
	why   *widget.Text
}

func newSavedLine() *savedLine {
	l := &savedLine{text: widget.NewText("", theme.Secondary), icon: widget.NewIcon(theme.IconFloppyDisk, 16, theme.Ink2), why: widget.NewText("", theme.Body)}
	l.row = widget.RowTop(6, l.icon, widget.Grow(l.text))
	l.strip = widget.Stack(widget.NewPanel(theme.BadVeil, theme.Clear, 0), widget.PadXY(theme.PageMargin, 10, l.why))
	l.strip.Hide()
	return l
}

// show says that the draft is saved only when a commit returned and none has failed since (CLM-22). It reports whether
// the room that it takes has changed.
func (l *savedLine) show(s saveStatus) (changed bool) {
	bad := s.Err != nil
	ink, icon := theme.Ink2, theme.IconFloppyDisk
	switch {
	case bad:
		ink, icon = theme.Bad, theme.IconWarningCircle
		l.text.SetText(words.T("newclaim.unsaved"))
		l.why.SetText(words.T("newclaim.unsaved.why", "Reason", unsavedReason(s.Err)))
	case s.At.IsZero():
		l.text.SetText("")
	default:
		l.text.SetText(words.T("newclaim.saved", "Time", words.Clock(s.At)))
	}
	l.text.SetColor(ink)
	l.icon.Set(icon, ink, bad)
	l.icon.Hidden = !bad && s.At.IsZero()
	changed = l.strip.Hidden == bad
	l.strip.Hidden = !bad
	l.row.Refresh()
	return changed
}

// unsavedReason says why a draft is not on the disk. A full disk is said otherwise than for a file, where the draft is
// safe.
func unsavedReason(err error) string {
	if key := "newclaim.unsaved." + string(fault.CodeOf(err)); words.Has(key) {
		return words.T("newclaim.unsaved." + string(fault.CodeOf(err)))
	}
	return errtext.Of(err)
}

// head is the bar on top: where am I, is it safe.
func (p *Page) head() fyne.CanvasObject {
	state := fyne.CanvasObject(p.saved.row)
	if p.sent != nil {
		state = widget.Space(0, 0) // what was sent is no draft
	}
	title := widget.Column(2, widget.NewText(p.Title(), theme.H3), state)
	leave := widget.NewButton(words.T("newclaim.close.saved"), widget.Tertiary, p.closeSaved).WithIcon(theme.IconX)
	if p.sent != nil {
		leave = widget.NewButton(words.T("newclaim.close"), widget.Tertiary, p.closeSaved).WithIcon(theme.IconX)
	}
	wide := widget.Row(24, widget.Grow(title), p.steps(), widget.Grow(widget.FlowEnd(0, leave))) // the steps in the middle
	small := widget.NewIconButton(theme.IconX, leave.Name(), p.closeSaved)
	narrow := widget.Row(16, widget.Grow(widget.Column(2, p.stepLine(), state)), small)
	return widget.Column(0, edged(newFold(way{foldFrame, widget.PadXY(0, 4, wide)}, way{0, narrow}), 8, false), p.saved.strip)
}

// edged is a bar of the frame: white, with a hairline towards the body.
func edged(content fyne.CanvasObject, high float32, foot bool) fyne.CanvasObject {
	bar := widget.Stack(widget.NewPanel(theme.Surface, theme.Clear, 0), widget.PadXY(theme.PageMargin, high, content))
	if foot {
		return widget.Column(0, widget.Rule(), bar)
	}
	return widget.Column(0, bar, widget.Rule())
}

// stepName is the name of a step in words.
func stepName(s step) string { return words.T("newclaim.step." + strconv.Itoa(int(s))) }

// now is the step that is open; after sending none is.
func (p *Page) now() step {
	if p.sent != nil {
		return stepReview + 1
	}
	return p.m.Step
}

// steps shows the three steps: those done with a tick, the open one in bold.
func (p *Page) steps() fyne.CanvasObject {
	var parts []fyne.CanvasObject
	for s := stepBasics; s <= stepReview; s++ {
		if s > stepBasics {
			parts = append(parts, widget.Fixed(36, 1, widget.NewPanel(theme.Line, theme.Clear, 0)))
		}
		name := widget.NewText(stepName(s), theme.Body).OneLine()
		switch {
		case s == p.now():
			name.Bold()
		case s > p.now():
			name.Color(theme.Ink2)
		}
		parts = append(parts, widget.Row(12, stepMark(s, p.now()), name))
	}
	return widget.Row(16, parts...)
}

// stepMark is the circle of a step with its number, or a tick once it is done.
func stepMark(s, now step) fyne.CanvasObject {
	fill, edge, ink := theme.Surface, theme.Border, theme.Ink2
	var inside fyne.CanvasObject
	switch {
	case s < now:
		fill, edge = theme.AccentVeil, theme.Clear
		inside = widget.NewIcon(theme.IconCheckCircle, 24, theme.Accent).Filled()
	case s == now:
		fill, edge, ink = theme.Accent, theme.Clear, theme.OnAccent
	}
	if inside == nil {
		inside = widget.NewText(strconv.Itoa(int(s)), theme.Secondary).Bold().OneLine().Color(ink)
	}
	return widget.Fixed(32, 32, widget.Stack(widget.NewPanel(fill, edge, 16), widget.Row(0, widget.Gap(), inside, widget.Gap())))
}

// stepLine says the same in one line, where there is no room.
func (p *Page) stepLine() fyne.CanvasObject {
	if p.sent != nil {
		return widget.NewText(p.Title(), theme.H3)
	}
	return widget.NewText(words.T("newclaim.step.of", "N", int(p.m.Step), "Name", stepName(p.m.Step)), theme.Body)
}

// foot is the bar below: back, the sync chip, the sum, on.
type foot struct {
	page  *Page
	label *widget.Text
	total *widget.Text
	bar   *fold
}

func (p *Page) footBar() fyne.CanvasObject {
	f := &foot{page: p, label: widget.NewText("", theme.Body).Color(theme.Ink2).OneLine(), total: widget.NewText("", theme.H2).OneLine()}
	p.foot = f
	f.show()
	back := widget.NewButton(words.T("newclaim.back"), widget.Secondary, func() { p.goTo(p.m.Step - 1) }).WithIcon(theme.IconCaretLeft)
	if p.m.Step == stepBasics {
		back.Hide()
	}
	forward := widget.NewButton(words.T("newclaim.continue"), widget.Primary, p.Forward).IconAfter(theme.IconCaretRight)
	if p.m.Step == stepReview {
		forward = widget.NewButton(words.T("newclaim.send"), widget.Primary, p.Forward).WithIcon(theme.IconPaperPlaneTilt)
	}
	left, right := []fyne.CanvasObject{back}, widget.Row(12, f.label, f.total)
	if p.needs.Chip != nil {
		left = append(left, p.needs.Chip())
	}
	wide := widget.Row(16, append(left, widget.Gap(), right, widget.Space(4, 0), forward)...)
	small := widget.NewIconButton(theme.IconCaretLeft, back.Name(), func() { p.goTo(p.m.Step - 1) })
	small.Hidden = back.Hidden
	narrow := widget.FlowApart(8, append(append([]fyne.CanvasObject{small}, left[1:]...), forward)...)
	f.bar = newFold(way{foldFrame, widget.PadXY(0, 8, wide)}, way{0, widget.PadXY(-8, 0, narrow)}) // a little wider than the body, to stay on one line
	return edged(f.bar, 8, true)
}

// show brings the sum up to date.
func (f *foot) show() {
	m := f.page.m
	switch {
	case m.Step == stepReview:
		f.label.SetText(words.T("newclaim.foot.revision"))
		f.total.Hide()
	case m.Step == stepDocuments && f.expected():
	case m.Step == stepDocuments && m.Total() > 0:
		f.label.SetText(words.N("newclaim.foot.total", len(m.Claim.Documents)))
		f.total.SetText(words.Money(m.Total()))
		f.total.Show()
		f.label.Show()
	default:
		f.label.Hide()
		f.total.Hide()
	}
	if f.bar != nil {
		f.bar.Refresh()
	}
}

// expected shows what the plan is expected to pay for all documents, and reports whether it says anything.
func (f *foot) expected() bool {
	if f.page.plan == nil {
		return false
	}
	sum, of := estimate.Total(f.page.plan.all)
	if of > 0 {
		f.label.SetText(words.N("newclaim.foot.expected", of))
		f.total.SetText(words.Money(sum))
		f.label.Show()
		f.total.Show()
	}
	return of > 0
}

// sentFoot is the bar after sending.
func (p *Page) sentFoot() fyne.CanvasObject {
	parts := []fyne.CanvasObject{}
	if p.needs.Chip != nil {
		parts = append(parts, p.needs.Chip())
	}
	show := widget.NewButton(words.T("newclaim.sent.show"), widget.Secondary, func() { p.needs.Show(p.id) })
	done := widget.NewButton(words.T("newclaim.close"), widget.Primary, p.needs.Close)
	ways := []fyne.CanvasObject{show, done}
	if p.sent.State == claim.Held { // the way on is in the claim
		show = widget.NewButton(words.T("newclaim.sent.show"), widget.Primary, func() { p.needs.Show(p.id) })
		ways = []fyne.CanvasObject{widget.NewButton(words.T("newclaim.close"), widget.Secondary, p.needs.Close), show}
	}
	wide := widget.PadXY(0, 8, widget.Row(16, append(append(slices.Clone(parts), widget.Gap()), ways...)...))
	narrow := widget.FlowApart(8, append(slices.Clone(parts), show)...) // the head's cross closes
	return edged(newFold(way{foldFrame, wide}, way{0, narrow}), 8, true)
}
