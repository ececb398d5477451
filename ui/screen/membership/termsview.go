package membership

import (
	"bytes"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/calendar"
	"github.com/sodale/sodale/app/reminder"
	"github.com/sodale/sodale/ui/screen/claims"
	"github.com/sodale/sodale/ui/screen/notices"
	"github.com/sodale/sodale/ui/screen/part"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// termsCard lists what ends when, and gives it to a calendar.
func (p *Page) termsCard() fyne.CanvasObject {
	titles := p.titles()
	var parts []fyne.CanvasObject
	for _, r := range p.data.terms {
		title, text := notices.Term(r, titles)
		said := widget.Column(2, widget.NewText(title, theme.Body).Bold(), widget.NewText(text, theme.Secondary))
		parts = append(parts, widget.RowTop(14, widget.NewIcon(theme.IconCalendarBlank, 22, theme.Ink2), widget.Grow(said)))
	}
	if p.config.SaveFile != nil {
		keep := widget.NewButton(words.T("membership.calendar"), widget.Secondary, func() {
			p.save(words.T("membership.calendar.file")+".ics", p.calendar)
		}).WithIcon(theme.IconCalendarCheck).Compact()
		parts = append(parts, widget.Rule(), widget.Flow(12, keep), widget.NewText(words.T("membership.calendar.text"), theme.Caption))
	}
	return part.Section(words.T("membership.terms"), nil, parts...)
}

// titles names the claims and the persons that terms are about.
func (p *Page) titles() notices.Titles {
	titles := notices.Titles{}
	for _, s := range p.data.summaries {
		titles[string(s.Claim.ID)] = claims.Title(s.Claim, claims.Words())
	}
	for _, x := range p.data.household.People() {
		titles[string(x.ID)] = x.GivenName
	}
	return titles
}

// alarms are how many days before a term a calendar reminds of it.
var alarms = map[reminder.Code][]int{reminder.Withdrawal: {30, 7}, reminder.Cover: {0}}

// calendar writes the terms as a file. Claims are called by what they are and no more: a calendar is often on other computers too,
// so that no care, provider or diagnosis stands in it.
func (p *Page) calendar() ([]byte, error) {
	events := make([]calendar.Event, len(p.data.terms))
	names := p.titles()
	for i, r := range p.data.terms {
		e := calendar.Event{ID: r.Key(), Day: r.Day, Title: words.T("membership.event." + string(r.Code)), Alarms: []int{7, 1}}
		if at, ok := alarms[r.Code]; ok {
			e.Alarms = at
		}
		if r.Code == reminder.Cover {
			e.Text = names[string(r.Person)] + ": " + r.Name + "\n"
		}
		e.Text += joined(" · ", p.config.Mutual().Name, r.Article) + "\n" + words.T("membership.event.made")
		events[i] = e
	}
	var b bytes.Buffer
	err := calendar.Write(&b, p.config.Clock.Now(), events)
	return b.Bytes(), err
}
