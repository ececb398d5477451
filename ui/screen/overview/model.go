// Package overview is *Panoramica*: what to do first, the last claims, the money of the year, the cover, the member's
// own data and the last notices (UX section 5, mock-ups 02 and 12; OVW-01 to OVW-06). Everything comes from this
// computer.
package overview

import (
	"slices"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/notice"
	"github.com/sodale/sodale/app/reminder"
)

// Part of the day, as one greets.
type Part string

// The parts. Their words are "overview.hello.<value>".
const (
	Morning   Part = "morning"   // Buongiorno, from 4 in the morning
	Afternoon Part = "afternoon" // Buon pomeriggio, from 13
	Evening   Part = "evening"   // Buonasera, from 18
)

// PartOf tells how one greets in Rome at an instant.
func PartOf(t time.Time) Part {
	switch h := t.In(civil.Rome).Hour(); {
	case h >= 18 || h < 4:
		return Evening
	case h >= 13:
		return Afternoon
	}
	return Morning
}

// recentClaims and recentNotices are how many of each the screen shows.
const (
	recentClaims  = 4
	recentNotices = 3
)

// ToDo is one thing that waits for the member.
type ToDo struct {
	Claim claim.Summary
	Days  int                // days left to answer a request for documents, today's included; -1 without a last day
	Term  *reminder.Reminder // of a draft: what ends soon (NTF-09); nil for what the mutual or the engine waits for
}

// Money is what came back and what is on its way in one year.
type Money struct {
	Year   int
	Paid   money.Cents // granted and paid in the year
	Going  money.Cents // at the mutual: granted if decided, otherwise what was spent
	Queued money.Cents // sealed here, not yet confirmed
}

// Model is what the screen shows of the claims and notices.
type Model struct {
	ToDo    []ToDo // most urgent first
	Recent  []claim.Summary
	Money   Money
	Notices []notice.Notice // newest first
	Unread  int
}

// NewModel picks what the screen shows. summaries come last edited first, as claim.Desk lists them, terms nearest first.
func NewModel(summaries []claim.Summary, notices []notice.Notice, terms []reminder.Reminder, today civil.Date) Model {
	m := Model{ToDo: append(toDo(summaries, today), drafts(summaries, terms)...), Recent: summaries[:min(recentClaims, len(summaries))], Money: moneyOf(summaries, today.Year)}
	m.Notices, m.Unread = latest(notices)
	return m
}

// urgency orders what the member is to look at first. A state of urgency 0 asks for nothing.
var urgency = map[claim.State]int{claim.DocumentsRequested: 1, claim.Held: 2, claim.Unconfirmed: 3, claim.Blocked: 4}

func toDo(summaries []claim.Summary, today civil.Date) []ToDo {
	var list []ToDo
	for _, s := range summaries {
		if urgency[s.State] == 0 || s.Claim.Open {
			continue
		}
		t := ToDo{Claim: s, Days: -1}
		if by := s.Claim.Mutual.ReplyBy; s.State == claim.DocumentsRequested && !by.IsZero() {
			t.Days = max(0, by.Sub(today)+1)
		}
		list = append(list, t)
	}
	slices.SortStableFunc(list, func(a, b ToDo) int {
		if d := urgency[a.Claim.State] - urgency[b.Claim.State]; d != 0 {
			return d
		}
		return deadline(a).Compare(deadline(b))
	})
	return list
}

// drafts are those of which something ends soon, each once. A request for documents has its own place.
func drafts(summaries []claim.Summary, terms []reminder.Reminder) []ToDo {
	var list []ToDo
	for _, r := range terms {
		if r.Code == reminder.Integration || slices.ContainsFunc(list, func(t ToDo) bool { return t.Claim.Claim.ID == r.Claim }) {
			continue
		}
		if i := slices.IndexFunc(summaries, func(s claim.Summary) bool { return s.Claim.ID == r.Claim }); i >= 0 {
			list = append(list, ToDo{Claim: summaries[i], Days: -1, Term: &r})
		}
	}
	return list
}

// deadline is the last day to answer; without one, a day after all others.
func deadline(t ToDo) civil.Date {
	if t.Days < 0 {
		return civil.Date{Year: 2999, Month: time.December, Day: 31}
	}
	return t.Claim.Claim.Mutual.ReplyBy
}

func moneyOf(summaries []claim.Summary, year int) Money {
	m := Money{Year: year}
	for _, s := range summaries {
		switch s.State {
		case claim.Paid:
			if s.Claim.Mutual.PaidOn.Year == year {
				m.Paid += s.Claim.Mutual.Granted
			}
		case claim.Queued, claim.Sending, claim.Unconfirmed, claim.Held:
			m.Queued += s.Claim.Total()
		case claim.Approved:
			m.Going += s.Claim.Mutual.Granted
		case claim.Draft, claim.Ready, claim.Rejected, claim.Merged, claim.Withdrawn:
		default:
			m.Going += s.Claim.Total()
		}
	}
	return m
}

func latest(notices []notice.Notice) (newest []notice.Notice, unread int) {
	newest = slices.Clone(notices)
	slices.SortStableFunc(newest, func(a, b notice.Notice) int { return b.At.Compare(a.At) })
	for _, n := range notices {
		if !n.Read {
			unread++
		}
	}
	return newest[:min(recentNotices, len(newest))], unread
}
