package complaint

import (
	"net/url"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/complaint"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/request"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/ui/screen/claims"
	"github.com/sodale/sodale/ui/screen/part"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// letterParts are one letter: its answer, what was written, its way, its receipt, and what is left after the answer.
func (p *Page) letterParts(l request.Letter) []fyne.CanvasObject {
	parts := []fyne.CanvasObject{p.back()}
	if l.Standing.State == complaint.Answered {
		parts = append(parts, p.answerCard(l))
	}
	parts = append(parts, p.wroteCard(l), p.wayCard(l))
	if l.Standing.State == complaint.Answered && l.Complaint != nil {
		parts = append(parts, p.recourseCards()...)
	}
	return parts
}

// answerCard is what the mutual answered, and which of its bodies did (CMP-01).
func (p *Page) answerCard(l request.Letter) fyne.CanvasObject {
	parts := []fyne.CanvasObject{widget.NewText(l.Standing.Answer, theme.Body)}
	if l.Standing.By != "" {
		parts = append(parts, widget.NewText(words.T("complaint.by", "Body", l.Standing.By), theme.Secondary))
	}
	return part.Section(words.T("complaint.answer"), Badge(l), parts...)
}

// wroteCard is what the member wrote, and about what.
func (p *Page) wroteCard(l request.Letter) fyne.CanvasObject {
	var parts []fyne.CanvasObject
	add := func(key, text string) {
		if text != "" {
			parts = append(parts, widget.Column(2, widget.NewText(words.T("complaint.field."+key), theme.Caption), widget.NewText(text, theme.Body)))
		}
	}
	add("about", p.about(l))
	if c := l.Complaint; c != nil {
		if c.Matter != "" {
			add("matter", words.T("complaint.matter."+string(c.Matter)))
		}
		if !c.On.IsZero() {
			add("on", words.Date(c.On))
		}
		add("why", c.Why)
		add("asked", c.Asked)
		if s, ok := p.claim(c.Claim); ok {
			parts = append(parts, widget.Flow(0, widget.NewButton(words.T("complaint.claim.open"), widget.Tertiary, func() { p.config.OpenClaim(s.Claim.ID) }).WithIcon(theme.IconReceipt)))
		}
	} else {
		add("text", l.Question.Text)
	}
	return part.Section(Title(l), nil, parts...)
}

// wayCard is how far the letter is, with its receipt; one that was refused can be corrected.
func (p *Page) wayCard(l request.Letter) fyne.CanvasObject {
	var actions []fyne.CanvasObject
	if l.Delivery.Status == submission.Held {
		actions = append(actions, widget.NewButton(words.T("complaint.correct"), widget.Secondary, func() { p.correct(l) }).WithIcon(theme.IconPencilSimple))
	}
	parts := []fyne.CanvasObject{p.config.Sent.Row(p.Canvas, Title(l), l.Request, actions...)}
	if steps := l.Standing.Passages; len(steps) > 0 {
		shown := make([]widget.Step, len(steps))
		for i, s := range steps {
			shown[i] = widget.Step{Phase: widget.Done, Icon: stateIcons[s.State], Title: words.T("complaint.state." + string(s.State)), When: words.Moment(s.At)}
		}
		shown[len(shown)-1].Phase = widget.Now
		parts = append(parts, widget.NewTimeline(shown...))
	}
	return part.Section(words.T("complaint.way"), nil, parts...)
}

// recourseCards are the ways that are left to who is not content (CMP-03, CMP-04, CMP-06). They come from the mutual's rules.
func (p *Page) recourseCards() []fyne.CanvasObject {
	ways := p.config.Rules().Complaints.Ways
	if len(ways) == 0 {
		return nil
	}
	parts := []fyne.CanvasObject{widget.NewText(words.T("complaint.recourse.text"), theme.Secondary)}
	for _, w := range ways {
		parts = append(parts, widget.Rule(), p.recourse(w))
	}
	return []fyne.CanvasObject{part.Section(words.T("complaint.recourse"), nil, parts...)}
}

func (p *Page) recourse(w mutual.Recourse) fyne.CanvasObject {
	parts := []fyne.CanvasObject{widget.NewText(w.Name, theme.Body).Bold(), widget.NewText(w.Text, theme.Body)}
	if w.Article != "" {
		parts = append(parts, widget.NewText(words.T("claims.article", "Article", w.Article), theme.Caption))
	}
	if w.Link != "" {
		open := widget.NewButton(words.T("complaint.recourse.open"), widget.Tertiary, func() {
			if u, err := url.Parse(w.Link); err == nil && fyne.CurrentApp().OpenURL(u) != nil {
				p.Toast(words.T("complaint.recourse.failed"))
			}
		}).WithIcon(theme.IconArrowSquareOut)
		copied := widget.NewIconButton(theme.IconCopy, words.T("complaint.recourse.copy"), func() {
			fyne.CurrentApp().Clipboard().SetContent(w.Link)
			p.Toast(words.T("complaint.recourse.copied"))
		})
		parts = append(parts, widget.Row(8, open, copied))
	}
	return widget.Column(6, parts...)
}

// correct opens the form with what was refused.
func (p *Page) correct(l request.Letter) {
	d := p.config.Draft
	if l.Complaint == nil {
		d.Question = *l.Question
		p.write(QuestionForm, l.ID)
		return
	}
	d.Complaint = complaint.Draft{Complaint: *l.Complaint}
	if !l.Complaint.On.IsZero() {
		d.Complaint.Day = l.Complaint.On.Italian()
	}
	p.write(ComplaintForm, l.ID)
}

// about says what a letter is about, in one line.
func (p *Page) about(l request.Letter) string {
	c := l.Complaint
	switch {
	case c == nil:
		return l.Question.Topic
	case c.About != complaint.OfClaim:
		return c.Named
	}
	s, ok := p.claim(c.Claim)
	if !ok {
		return words.T("complaint.claim.elsewhere")
	}
	if d := s.Claim.Document(c.Document); d != nil {
		return words.T("complaint.claim.document", "Claim", p.claimName(s), "Document", documentName(d))
	}
	return p.claimName(s)
}

func (p *Page) claim(id claim.ID) (claim.Summary, bool) {
	for _, s := range p.summaries {
		if s.Claim.ID == id {
			return s, true
		}
	}
	return claim.Summary{}, false
}

// claimName is a claim in one line: its number, what for and for whom.
func (p *Page) claimName(s claim.Summary) string {
	name := claims.Title(s.Claim, claims.Words())
	if people := claims.People(s.Claim, p.household); people != "" {
		name += ", " + people
	}
	if s.Claim.Mutual.Number != "" {
		name = s.Claim.Mutual.Number + " · " + name
	}
	return name
}

// documentName is a document of a claim in one line.
func documentName(d *claim.ExpenseDocument) string {
	name := d.Provider
	if d.Number != "" {
		name = words.T("complaint.document.number", "Provider", d.Provider, "Number", d.Number)
	}
	return name
}
