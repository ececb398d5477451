package demo

import (
	"context"
	"time"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/sync/mutuad/archive"
	"github.com/sodale/sodale/sync/mutuad/desk"
	"github.com/sodale/sodale/sync/mutuad/store"
)

// past is one older claim and what became of it.
type past struct {
	daysAgo int // when it was filed
	kind    claim.Kind
	region  string
	papers  []paper
	then    []step
}

// paper is one document of it.
type paper struct {
	person       member.ID
	service      claim.Service
	amount       money.Cents
	number       string
	provider     string
	school, mark string // of a study grant
}

// step is what happened to it next: the desk decided, or the member took it back.
type step struct {
	daysAgo   int
	decided   desk.Decision
	withdrawn bool
}

func review(daysAgo int) step {
	return step{daysAgo: daysAgo, decided: desk.Decision{State: claim.InReview}}
}

// history is in the order in which it happened. Where the mutual joins claims, the last one joins the one before it.
var history = []past{
	{daysAgo: 60, papers: []paper{{person: Elena, service: claim.Visit, amount: 3615, number: "TK-88213", provider: "Ospedale San Carlo"}}, then: []step{
		review(57),
		{daysAgo: 54, decided: desk.Decision{State: claim.Approved, Documents: []desk.Verdict{
			{Document: "1", Outcome: claim.Approved, Granted: 2892, Own: 723, Article: "art. 1.1"}}}},
		{daysAgo: 51, decided: desk.Decision{State: claim.Paid}}}},
	{daysAgo: 50, papers: []paper{{person: Luca, service: claim.Exams, amount: 2480, number: "2026/1147", provider: "Laboratorio Analisi Lambro"}}, then: []step{
		review(48),
		{daysAgo: 45, decided: desk.Decision{State: claim.Rejected, Reason: "La prescrizione del medico non è arrivata.", Article: "art. 1.2"}}}},
	{daysAgo: 42, papers: []paper{
		{person: Paolo, service: claim.Imaging, amount: 6600, number: "TK-90155", provider: "Poliambulatorio Navigli"},
		{person: Elena, service: claim.OtherCare, amount: 4500, number: "A-201", provider: "Studio Fisioterapico Lambrate"}}, then: []step{
		review(39),
		{daysAgo: 36, decided: desk.Decision{State: claim.Approved, Documents: []desk.Verdict{
			{Document: "1", Outcome: claim.Approved, Granted: 5280, Own: 1320, Article: "art. 1.1"},
			{Document: "2", Outcome: claim.Rejected, Reason: "Le terapie fisiche sono escluse dal piano.", Article: "art. 3.3"}}}},
		{daysAgo: 33, decided: desk.Decision{State: claim.Paid}}}},
	{daysAgo: 28, kind: claim.StudyGrant, region: "Lombardia", papers: []paper{
		{person: Luca, number: "", provider: "Liceo Scientifico Volta", school: "high", mark: "9"}}, then: []step{
		review(25)}},
	{daysAgo: 24, papers: []paper{{person: Paolo, service: claim.Visit, amount: 9000, number: "112", provider: "Studio Medico Bianchi"}}, then: []step{
		{daysAgo: 22, withdrawn: true}}},
	{daysAgo: 12, papers: []paper{
		{person: Elena, service: claim.Emergency, amount: 2500, number: "PS-4410", provider: "Ospedale San Carlo"},
		{person: Luca, service: claim.Exams, amount: 3120, number: "2026/2209", provider: "Laboratorio Analisi Lambro"}}, then: []step{
		{daysAgo: 8, decided: desk.Decision{State: claim.DocumentsRequested, Documents: []desk.Verdict{
			{Document: "1", Outcome: claim.Approved, Granted: 2000, Own: 500, Article: "art. 1.1"},
			{Document: "2", Outcome: claim.DocumentsRequested, Reason: "Manca la ricetta con il dettaglio degli esami.", Article: "art. 1.2"}}}}}},
	{daysAgo: 3, papers: []paper{{person: Paolo, service: claim.Imaging, amount: 7200, number: "TK-91480", provider: "Poliambulatorio Navigli"}}},
}

// clockAt stands still.
type clockAt time.Time

func (c clockAt) Now() time.Time { return time.Time(c) }

// on is the archive on an earlier day.
func on(a *archive.Archive, daysAgo int) *archive.Archive {
	day := *a
	day.Clock = clockAt(a.Now().AddDate(0, 0, -daysAgo))
	return &day
}

// SeedHistory files some older claims of the demo member and decides about them, as if it had happened on those days, and a
// complaint about one.
// Where the member has a claim already, nothing changes. Their bodies are sealed to the mutual alone.
func SeedHistory(ctx context.Context, a *archive.Archive) error {
	if claims, err := a.Store.Claims(ctx); err != nil || len(claims) > 0 {
		return err
	}
	rules, err := a.Rules(ctx)
	if err != nil {
		return err
	}
	for _, p := range history {
		if p.kind == claim.StudyGrant && !rules.Claims.Study.Offered {
			continue
		}
		if err := relive(ctx, a, p); err != nil {
			return err
		}
	}
	if err := seedComplaint(ctx, a); err != nil {
		return err
	}
	return a.Store.Write(ctx, func(tx *store.Tx) error { return tx.DropNotices(ctx, string(Elena)) }) // nobody writes of what is long past
}

// relive files a claim and lets happen what became of it.
func relive(ctx context.Context, a *archive.Archive, p past) error {
	day := on(a, p.daysAgo)
	c, err := write(ctx, day, p)
	if err != nil {
		return err
	}
	if err := file(ctx, day, &c); err != nil {
		return err
	}
	for _, s := range p.then {
		day := on(a, s.daysAgo)
		if s.withdrawn {
			c.Withdrawing = true
			err = file(ctx, day, &c)
		} else {
			_, err = (&desk.Desk{Archive: day, Actor: "demo"}).Decide(ctx, string(c.ID), s.decided)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
