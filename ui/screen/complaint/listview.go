package complaint

import (
	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/complaint"
	"github.com/sodale/sodale/app/request"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/ui/screen/part"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// listParts are the two ways to write, how else the mutual tells things, and what was written (CMP-02, CMP-05).
func (p *Page) listParts() []fyne.CanvasObject {
	parts := []fyne.CanvasObject{part.Section(words.T("complaint.write"), nil,
		p.way(theme.IconWarningCircle, "complaint", ComplaintForm), p.way(theme.IconQuestion, "question", QuestionForm))}
	if len(p.letters) > 0 {
		parts = append(parts, p.lettersCard())
	}
	if explain := p.config.Rules().Complaints.Explain; explain != "" {
		parts = append(parts, part.Section(words.T("complaint.explain"), nil, widget.NewText(explain, theme.Body)))
	}
	return parts
}

// way is one of the two forms, with what it is for.
func (p *Page) way(icon theme.IconName, key string, form Form) fyne.CanvasObject {
	said := widget.Column(2, widget.NewText(words.T("complaint.way."+key), theme.Body).Bold(), widget.NewText(words.T("complaint.way."+key+".text"), theme.Secondary))
	row := widget.Row(16, widget.NewIcon(icon, 26, theme.Accent), widget.Grow(said), widget.NewIcon(theme.IconCaretRight, 18, theme.Ink2))
	return widget.NewCardTile(words.T("complaint.way."+key), row, func() { p.write(form, "") })
}

// lettersCard lists what was written, latest first.
func (p *Page) lettersCard() fyne.CanvasObject {
	var parts []fyne.CanvasObject
	for i, l := range p.letters {
		if i > 0 {
			parts = append(parts, widget.Rule())
		}
		said := widget.Column(2, widget.NewText(Title(l), theme.Body).Bold(), widget.NewText(p.about(l), theme.Secondary),
			widget.NewText(words.T("complaint.when", "Day", words.Date(civil.Of(l.MadeAt)), "Clock", words.Clock(l.MadeAt)), theme.Caption))
		row := widget.NewColumns(12, widget.Col{Object: said}, widget.Col{Object: widget.Row(0, Badge(l)), Natural: true, FoldBelow: 460})
		parts = append(parts, widget.PadXY(-8, 0, widget.NewTile(Title(l), widget.Row(14, widget.Grow(row), widget.NewIcon(theme.IconCaretRight, 18, theme.Ink2)), func() { p.show(l.ID) })))
	}
	return part.Section(words.T("complaint.list"), nil, parts...)
}

// Title names a letter, with the mutual's number once there is one.
func Title(l request.Letter) string {
	number := l.Standing.Number
	switch {
	case l.Complaint != nil && number != "":
		return words.T("complaint.title.complaint.number", "Number", number)
	case l.Complaint != nil:
		return words.T("complaint.title.complaint")
	case number != "":
		return words.T("complaint.title.question.number", "Number", number)
	}
	return words.T("complaint.title.question")
}

// Badge says how far a letter is: on its way, at the mutual, answered.
func Badge(l request.Letter) *widget.StateBadge {
	switch {
	case l.Standing.State == "" || l.Delivery.Status == submission.Held:
		return part.Badge(l.Delivery.Status)
	case l.Standing.State == complaint.Answered && l.Standing.Outcome != "":
		return widget.NewBadge(outcomeIcons[l.Standing.Outcome], words.T("complaint.outcome."+string(l.Standing.Outcome)), outcomeTones[l.Standing.Outcome])
	}
	return widget.NewBadge(stateIcons[l.Standing.State], words.T("complaint.state."+string(l.Standing.State)), stateTones[l.Standing.State])
}

var (
	stateIcons   = map[complaint.State]theme.IconName{complaint.Received: theme.IconChecks, complaint.InReview: theme.IconFileMagnifyingGlass, complaint.Answered: theme.IconChatCircleText}
	stateTones   = map[complaint.State]widget.Tone{complaint.Answered: widget.ToneGood}
	outcomeIcons = map[complaint.Outcome]theme.IconName{complaint.Upheld: theme.IconCheckCircle, complaint.Partly: theme.IconCircleHalf, complaint.Dismissed: theme.IconXCircle}
	outcomeTones = map[complaint.Outcome]widget.Tone{complaint.Upheld: widget.ToneGood, complaint.Partly: widget.ToneCareful, complaint.Dismissed: widget.ToneBad}
)
