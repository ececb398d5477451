package membership

import (
	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/plan"
	"github.com/sodale/sodale/ui/estimate"
	"github.com/sodale/sodale/ui/screen/part"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// coverParts is how each person stands today, what they still wait for, and what ends when.
func (p *Page) coverParts() []fyne.CanvasObject {
	all := p.data.standings()
	var parts []fyne.CanvasObject
	if p.data.plan == nil {
		parts = append(parts, p.unknownPlan())
	}
	if b := p.arrears(all); b != nil {
		parts = append(parts, b)
	}
	parts = append(parts, p.peopleCard(all))
	if w := p.waitsCard(all); w != nil {
		parts = append(parts, w)
	}
	if len(p.data.terms) > 0 {
		parts = append(parts, p.termsCard())
	}
	return parts
}

// unknownPlan says that the rules of the plan are not on this computer.
func (p *Page) unknownPlan() fyne.CanvasObject {
	text := words.T("membership.unknown.text")
	if phone := p.config.Mutual().Contacts.Phone; phone != "" {
		text += " " + words.T("membership.unknown.phone", "Phone", phone)
	}
	return widget.Banner(theme.IconInfo, words.T("membership.unknown", "Plan", p.data.household.Plan.Name), text, widget.Calm)
}

// arrears says what is owed and when rights return, for the whole household (MEM-11, MEM-31).
func (p *Page) arrears(all []standing) fyne.CanvasObject {
	sum, since := p.data.overdue()
	if sum == 0 {
		return nil
	}
	text := words.T("membership.arrears.text")
	for _, s := range all {
		switch {
		case s.status == status(plan.IsSuspended) && !s.back.IsZero():
			text = words.T("membership.arrears.suspended", "Day", words.Date(s.back))
		case s.status == status(plan.HasEnded):
			text = words.T("membership.arrears.ended")
		}
	}
	return widget.Banner(theme.IconWarning, words.T("membership.arrears", "Sum", words.Money(sum), "Day", words.Date(since)), text, widget.ToneCareful,
		widget.NewButton(words.T("membership.arrears.see"), widget.Secondary, func() { p.show(Fees) }))
}

// looks are icon and tone of each status.
var looks = map[status]struct {
	icon theme.IconName
	tone widget.Tone
}{
	status(plan.NotStarted):    {theme.IconHourglass, widget.Calm},
	status(plan.Active):        {theme.IconShieldCheck, widget.ToneGood},
	waiting:                    {theme.IconShieldCheck, widget.ToneAccent},
	debt:                       {theme.IconWarning, widget.ToneCareful},
	status(plan.IsSuspended):   {theme.IconProhibit, widget.ToneBad},
	status(plan.AwaitsRights):  {theme.IconClockCountdown, widget.ToneCareful},
	status(plan.HasEnded):      {theme.IconXCircle, widget.ToneBad},
	status(plan.NeverEnrolled): {theme.IconUser, widget.Calm},
	unknown:                    {theme.IconInfo, widget.Calm},
}

func (p *Page) peopleCard(all []standing) fyne.CanvasObject {
	var parts []fyne.CanvasObject
	for i, s := range all {
		if i > 0 {
			parts = append(parts, widget.Rule())
		}
		parts = append(parts, p.personRow(s))
	}
	if paid := p.data.household.Plan.PaidUpTo; !paid.IsZero() {
		parts = append(parts, widget.Rule(), part.Line(words.T("membership.paid"), words.Date(paid), ""))
	}
	return part.Section(words.T("membership.people", "Day", words.Date(p.data.today)), nil, parts...)
}

// personRow is one person: who, since when, how they stand, and by which article.
func (p *Page) personRow(s standing) fyne.CanvasObject {
	look := looks[s.status]
	if look.icon == "" {
		look = looks[unknown]
	}
	second := s.role
	if !s.insured.Start.IsZero() {
		second = joined(" · ", second, words.T("membership.since", "Day", words.Date(s.insured.Start)))
	}
	said := widget.Column(2, widget.NewText(s.person.FullName(), theme.Body).Bold())
	if second != "" {
		said.Objects = append(said.Objects, widget.NewText(second, theme.Caption))
	}
	said.Objects = append(said.Objects, widget.NewText(p.sentence(s), theme.Secondary).Color(theme.Ink))
	who := widget.RowTop(14, widget.NewAvatar(s.person.Initials(), 44), widget.Grow(said))
	badge := widget.NewBadge(look.icon, words.T("membership.status."+string(s.status)), look.tone)
	row := widget.NewColumns(12, widget.Col{Object: who}, widget.Col{Object: widget.Row(0, badge), Natural: true, FoldBelow: 520})
	if s.cover.Article == "" {
		return row
	}
	return widget.Column(4, row, p.cites(s.cover.Article, s.cover.Reading))
}

// sentence says what the status means for the person.
func (p *Page) sentence(s standing) string {
	key := "membership.means." + string(s.status)
	switch s.status {
	case status(plan.NotStarted):
		return words.T(key, "Day", words.Date(s.cover.Until.AddDays(1)))
	case waiting:
		return words.T(key, "Day", words.Date(s.waits[len(s.waits)-1].Until))
	case status(plan.AwaitsRights):
		return words.T(key, "Day", words.Date(s.cover.Until.AddDays(1)))
	case status(plan.IsSuspended):
		switch {
		case s.back.IsZero():
			return words.T("membership.means.suspended.for-good")
		case !s.cover.Until.IsZero():
			return words.T("membership.means.suspended.until", "Day", words.Date(s.back), "Last", words.Date(s.cover.Until))
		}
		return words.T(key, "Day", words.Date(s.back))
	}
	return words.T(key)
}

// cites are the ways to an article and to the reading that stands beside it.
func (p *Page) cites(article, reading string) fyne.CanvasObject {
	parts := []fyne.CanvasObject{p.articleLink(article)}
	if text := p.data.plan.Reading(reading); text != "" {
		parts = append(parts, widget.NewButton(words.T("membership.reading"), widget.Tertiary, func() {
			p.Tell(words.T("membership.reading"), widget.Column(12, widget.NewText(text, theme.Body), widget.NewText(words.T("membership.reading.means"), theme.Secondary)))
		}).WithIcon(theme.IconInfo))
	}
	return widget.Flow(12, parts...)
}

// articleLink opens an article of the regulation.
func (p *Page) articleLink(id string) fyne.CanvasObject {
	if p.data.plan.Article(id) == nil {
		return widget.NewText(id, theme.Caption)
	}
	return widget.NewButton(estimate.Capital(id), widget.Tertiary, func() { p.openArticle(id) }).WithIcon(theme.IconFileText)
}

func (p *Page) openArticle(id string) {
	p.book.open = id
	p.show(Rules)
}

// waitsCard draws the waiting periods of each person on one line of time (BPB-21, BEE-25); nil when there are none.
func (p *Page) waitsCard(all []standing) fyne.CanvasObject {
	var parts []fyne.CanvasObject
	for _, s := range all {
		if len(s.waits) == 0 {
			continue
		}
		if len(parts) > 0 {
			parts = append(parts, widget.Rule())
		}
		parts = append(parts, p.waitLines(s)...)
	}
	if len(parts) == 0 {
		return nil
	}
	head := widget.NewText(words.T("membership.waits.text"), theme.Secondary)
	return part.Section(words.T("membership.waits"), nil, append([]fyne.CanvasObject{head}, parts...)...)
}

// waitLines are the periods of one person: the bars begin at the start of the cover and are drawn to one measure.
func (p *Page) waitLines(s standing) []fyne.CanvasObject {
	start := s.insured.Start
	last := s.waits[len(s.waits)-1].Until
	parts := []fyne.CanvasObject{widget.NewText(words.T("membership.waits.of", "Name", s.person.GivenName, "Day", words.Date(start)), theme.Body).Bold()}
	for _, w := range byDay(s.waits) {
		covered := words.N("membership.waits.covered", w.Until.Sub(p.data.today)+1, "Day", words.Date(w.Until.AddDays(1)))
		label := widget.Column(2, widget.NewText(w.Name, theme.Body), widget.NewText(covered, theme.Caption))
		gone, left, rest := spans(start, p.data.today, w.Until, last)
		bar := widget.NewBarStrip(widget.Share{Amount: gone, Color: theme.Border}, widget.Share{Amount: left, Color: theme.Accent}, widget.Share{Amount: rest, Color: theme.Clear})
		parts = append(parts, widget.NewColumns(16, widget.Col{Object: label, Width: 420}, widget.Col{Object: bar, FoldBelow: 640}))
	}
	return append(parts, widget.Flow(12, p.articleLink(s.waits[0].Article)))
}

// byDay puts the periods that end on one day together.
func byDay(waits []plan.Waiting) []plan.Waiting {
	var list []plan.Waiting
	for _, w := range waits {
		if n := len(list); n > 0 && list[n-1].Until == w.Until {
			list[n-1].Name += ", " + w.Name
			continue
		}
		list = append(list, w)
	}
	return list
}

// spans are the days of a waiting period that are gone and left, and those from its end to that of the longest.
func spans(start, today, until, last civil.Date) (gone, left, rest int64) {
	gone = int64(max(0, today.Sub(start)))
	return gone, int64(until.Sub(start)+1) - gone, int64(last.Sub(until))
}

// joined puts together what is not empty.
func joined(between string, parts ...string) string {
	text := ""
	for _, x := range parts {
		if x != "" && text != "" {
			text += between
		}
		text += x
	}
	return text
}
