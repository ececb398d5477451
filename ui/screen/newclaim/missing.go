package newclaim

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// missing is the panel *Cosa manca*: what claim.Check finds, problems first, each leading to its field, then what is
// fine. What the plan says, and this would say again, is left to the panel above.
type missing struct {
	page *Page
	card *fyne.Container
	list *fyne.Container
	said string // what is shown, to rebuild only when it changes
}

func newMissing(p *Page) *missing {
	m := &missing{page: p, list: widget.Column(0)}
	m.card = widget.Stack(widget.NewPanel(theme.Surface, theme.Line, theme.CardRadius), widget.PadXY(14, 20, m.list))
	m.show()
	return m
}

// show brings the panel up to date.
func (m *missing) show() {
	all := m.page.m.Problems()
	problems, unseen := m.page.plan.besides(slices.Clone(all)), 0
	for _, p := range problems {
		if p.Code == claim.CodeUnseen {
			unseen++
		}
	}
	good, doubles := m.page.m.Fine(), m.page.m.Doubles()
	if !m.page.plan.answer().Said.LastDay.IsZero() {
		good = slices.DeleteFunc(good, func(f fine) bool { return f.What == fineTime })
	}
	lines := make([]string, 0, len(problems)+len(good)+len(doubles))
	for _, d := range doubles {
		lines = append(lines, d.key())
	}
	for _, p := range problems {
		lines = append(lines, p.Where+m.page.problemLine(p))
	}
	for _, f := range good {
		lines = append(lines, fineText(f))
	}
	said := strings.Join(lines, "\n")
	if said == m.said {
		return
	}
	m.said = said
	m.list.RemoveAll()
	m.head(len(problems)-unseen+min(unseen, 1)+len(doubles), claim.Stops(all))
	if unseen > 0 {
		m.unseen(unseen)
	}
	for _, d := range doubles {
		m.double(d)
	}
	for _, p := range problems {
		if p.Code != claim.CodeUnseen {
			m.problem(p)
		}
	}
	for i, f := range good {
		if i > 0 || len(problems)+len(doubles) > 0 {
			m.list.Add(widget.Rule())
		}
		m.list.Add(widget.PadXY(8, 12, widget.Outcome(widget.ToneGood, fineText(f), m.fineSource(f))))
	}
	m.list.Refresh()
}

func (m *missing) head(count int, stops bool) {
	title, text := words.T("newclaim.missing"), words.N("newclaim.missing.count", count)
	switch {
	case !stops && count == 0:
		title, text = words.T("newclaim.missing.none"), words.T("newclaim.missing.none.text")
	case !stops:
		title, text = words.T("newclaim.missing.none"), words.N("newclaim.missing.look", count)
	}
	m.list.Add(widget.PadXY(8, 0, widget.Column(4,
		widget.Row(10, widget.NewIcon(theme.IconListChecks, 22, theme.Accent), widget.Grow(widget.NewText(title, theme.H3))),
		widget.NewText(text, theme.Caption))))
	m.list.Add(widget.Space(0, 4))
}

func (m *missing) problem(p claim.Problem) {
	text := m.page.problemLine(p)
	line := widget.NewTile(text, widget.Outcome(widget.ToneCareful, text, ""), func() { m.page.jump(p.Where) })
	m.list.Add(line)
	documentID, _ := parseWhere(p.Where)
	switch p.Code {
	case claim.CodeNoPrescription:
		m.offer(words.T("newclaim.prescription.add"), theme.IconPaperclip, func() { m.page.addPrescription(documentID) })
	case claim.CodeCoverUnsaid:
		m.offer(words.T("newclaim.cover.nobody"), theme.IconCheck, func() { m.page.nobodyElsePaid(documentID) })
	}
}

// offer is the button below a line, which does what the line asks for.
func (m *missing) offer(label string, icon theme.IconName, do func()) {
	button := widget.NewButton(label, widget.Secondary, do).WithIcon(icon).Compact()
	m.list.Add(widget.PadXY(8, 0, widget.Row(0, widget.Space(34, 0), widget.Grow(button))))
	m.list.Add(widget.Space(0, 8))
}

// unseen is the one line about all that was read and not looked at; it leads to the first of it.
func (m *missing) unseen(count int) {
	text := words.N("newclaim.missing.unseen", count)
	m.list.Add(widget.NewTile(text, widget.Outcome(widget.ToneCareful, text, ""), func() {
		for _, p := range m.page.m.Problems() {
			if p.Code == claim.CodeUnseen {
				m.page.jump(p.Where)
				return
			}
		}
	}))
}

// fineText is a good point in words.
func fineText(f fine) string {
	switch f.What {
	case fineFiles:
		return words.N("newclaim.fine.files", f.Count)
	case fineTime:
		return words.T("newclaim.fine.time", "Day", words.Date(f.Day))
	}
	return words.T("newclaim.fine." + f.What)
}

// fineSource is the line below it.
func (m *missing) fineSource(f fine) string {
	if f.What == fineTime {
		return words.T("newclaim.fine.time.source", "Days", m.page.m.rules().ClaimDays())
	}
	return ""
}
