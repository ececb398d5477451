package vectors

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/plan"
)

// Answer is what the plans say of a case, in the fields that the format expects.
func (v *Vector) answer(plans plan.Plans) map[string]any {
	p := plans.Code(v.Plan)
	if p == nil {
		return map[string]any{"error": "no plan " + v.Plan}
	}
	switch v.Kind {
	case "claim":
		return v.estimate(p)
	case "fee":
		return v.fee(p)
	case "deadline":
		return v.deadline(p)
	case "coverage":
		c := p.Cover(v.Member.insured(), v.day("on_date"))
		return map[string]any{"status": string(c.Status), "covered": c.Covered}
	case "enrolment":
		return v.enrolment(p)
	case "tax":
		base, credit := money.Cents(0), money.Cents(0)
		if p.Tax != nil {
			base, credit = p.Tax.Relief(money.Cents(v.number("contributions_paid_cents")))
		}
		return map[string]any{"base_cents": base, "tax_credit_cents": credit}
	}
	return map[string]any{"error": "no kind " + v.Kind}
}

func (v *Vector) estimate(p *plan.Plan) map[string]any {
	e := p.Estimate(v.claim())
	got := map[string]any{"outcome": string(e.Outcome), "eligible": e.Eligible(), "refund_cents": e.Refund, "provider_cents": e.Provider,
		"member_share_cents": nil, "reason_code": string(e.Code), "article": p.Source + " " + e.Article}
	if e.Shared {
		got["member_share_cents"] = e.Share
	}
	if e.Units > 0 {
		got["units_paid"] = e.Units
	}
	warnings := make([]string, 0, len(e.Warnings))
	for _, w := range e.Warnings {
		warnings = append(warnings, string(w))
	}
	left := map[string]any{}
	for _, l := range e.Left {
		switch {
		case l.Key == "":
		case l.Unit == plan.UnitNext:
			left[l.Key] = l.Next.String()
		default:
			left[l.Key] = l.Value
		}
	}
	got["warnings"], got["limits_remaining"] = warnings, left
	return got
}

func (v *Vector) fee(p *plan.Plan) map[string]any {
	c := plan.FeeCase{Event: plan.Joins, Way: v.text("payment"), Asked: v.day("forms_delivered", "complete_forms_delivered", "adhesion_date", "requested_on", "application_date", "request_date"),
		Year: int(v.number("year", "renewal_year", "for_year")), Category: cmp.Or(v.text("category"), v.Member.Category), Instalments: int(v.number("instalments", "instalment_count"))}
	switch event := v.text("event"); {
	case strings.HasPrefix(event, "renew") && c.Year == 0:
		c.Event, c.Year = plan.Renews, v.day("effective_date", "date", "due", "renewal_date").Year
	case strings.HasPrefix(event, "renew"):
		c.Event = plan.Renews
	case strings.Contains(event, "death"):
		c.Event = plan.Survives
		if died := v.day("death_date", "died_on", "date_of_death"); c.Year == 0 && !died.IsZero() {
			c.Year = died.Year + 1
		}
	}
	if c.Event == plan.Joins {
		c.Joining, c.On = v.joining()
		if c.Asked.IsZero() {
			c.Asked = v.day("enrolment_requested")
		}
	}
	for _, person := range v.people() {
		c.Persons = append(c.Persons, plan.FeePerson{Role: plan.Role(text(person, "role")), Birth: day(person, "birth_date")})
	}
	if len(c.Persons) == 0 {
		c.Persons = []plan.FeePerson{{Role: plan.Role(cmp.Or(v.Member.Role, string(plan.Member)))}}
	}
	a, ok := p.Fee(c)
	if !ok {
		return map[string]any{"error": "no fee"}
	}
	if p.Fees.NextYear {
		return map[string]any{"effective_date": a.Start.String(), "months": a.Months, "rateo_cents": a.FirstYear, "annual_cents": a.NextYear,
			"total_cents": a.Total, "monthly_instalment_cents": a.Instalments[0].Cents, "instalment_count": len(a.Instalments), "coverage_end": a.End.String()}
	}
	parts, instalments := []any{}, []any{}
	for _, part := range a.Persons {
		parts = append(parts, map[string]any{"role": string(part.Role), "contribution_cents": part.Cents, "enrolment_fee_cents": part.OneOff})
	}
	for _, i := range a.Instalments {
		if a.Total == 0 {
			break
		}
		one := map[string]any{"due": nil, "cents": i.Cents}
		if !i.Due.IsZero() {
			one["due"] = i.Due.String()
		}
		instalments = append(instalments, one)
	}
	return map[string]any{"effective_date": a.Start.String(), "months": a.Months, "per_person": parts, "contribution_cents": a.Sum,
		"enrolment_fee_cents": a.OneOff, "total_cents": a.Total, "instalments": instalments, "coverage_end": a.End.String()}
}

func (v *Vector) people() []map[string]any {
	var list []map[string]any
	for _, key := range []string{"persons", "people", "survivors", "family"} {
		if all, ok := v.Facts[key].([]any); ok {
			for _, one := range all {
				switch one := one.(type) {
				case map[string]any:
					list = append(list, one)
				case string:
					list = append(list, map[string]any{"role": one})
				}
			}
			return list
		}
	}
	return v.Family
}

func (v *Vector) deadline(p *plan.Plan) map[string]any {
	if day, ok := v.reckoned(p); ok {
		return map[string]any{"deadline": day.String()}
	}
	term, ok := v.term(p)
	if !ok {
		return map[string]any{"error": "no term " + v.text("rule")}
	}
	from := v.day(term.From...)
	if from.IsZero() {
		from = v.otherDay()
	}
	if n := v.number("working_days"); n > 0 {
		term.Workdays = int(n)
	}
	last := term.LastDay(from)
	if term.ID == "claim" && p.Claims != nil {
		last = p.Claims.LastDay(from, from)
	}
	got := map[string]any{"deadline": last.String()}
	if done := v.day("done_on"); !done.IsZero() {
		got["on_time"] = !done.After(last)
	}
	return got
}

// reckoned answers the rules that are no terms of the plan: the first covered day of a cause or a benefit, the first day of the cover,
// the last day without rights after a late payment.
func (v *Vector) reckoned(p *plan.Plan) (civil.Date, bool) {
	rule := v.text("rule")
	starts := func(parts ...string) bool {
		return slices.ContainsFunc(parts, func(part string) bool { return strings.HasPrefix(rule, part) })
	}
	switch due, paid := v.day("due"), v.day("paid"); {
	case starts("waiting", "carenza", "first_covered"):
		cause := cmp.Or(v.text("cause"), string(plan.Illness))
		for _, what := range []string{v.text("benefit"), cause, cause + "_care"} {
			if first, ok := p.FirstCovered(what, v.day("effective_date", "start", "date")); ok {
				return first, true
			}
		}
	case starts("enrolment_start", "start", "decorrenza", "effective"):
		return plan.FirstOfNextMonth(v.day("forms_delivered", "complete_forms_delivered", "adhesion_date", "date")), true
	case starts("reacqui") && !due.IsZero() && !paid.IsZero():
		insured := plan.Insured{Start: due.AddMonths(-12), Dues: []plan.Due{{On: due, Paid: paid}}}
		return p.Cover(insured, paid).Until, true
	}
	return civil.Date{}, false
}

// term looks for a term by its names, then by the longest one that holds the name or is held by it. Of several, the one whose day is
// among the facts counts.
func (v *Vector) term(p *plan.Plan) (plan.Term, bool) {
	rule := v.text("rule")
	if n := v.number("instalment"); n == 2 && strings.HasPrefix(rule, "renewal") {
		rule = "second_instalment"
	}
	var found plan.Term
	best := 0
	for _, t := range p.Terms {
		for _, name := range append([]string{t.ID}, t.Also...) {
			weight := 0
			if strings.Contains(rule, name) || strings.Contains(name, rule) {
				weight = 2 * len(name)
			}
			if name == rule {
				weight = 1000
			}
			if weight > 0 && !v.day(t.From...).IsZero() {
				weight++
			}
			if weight > best {
				found, best = t, weight
			}
		}
	}
	return found, best > 0
}

// otherDay is the one date among the facts whose name is not known; the day of sending when it is the only one.
func (v *Vector) otherDay() civil.Date {
	for _, name := range slices.Sorted(maps.Keys(v.Facts)) {
		if d := day(v.Facts, name); !d.IsZero() && name != "done_on" {
			return d
		}
	}
	return v.day("done_on")
}

func (v *Vector) enrolment(p *plan.Plan) map[string]any {
	m := v.Member
	c := plan.JoinCase{Person: plan.Joiner{Role: plan.Role(m.Role), Birth: m.Birth, Joins: true}, Ended: v.day("previous_end", "cancelled_on", "ended_on", "previous_membership_end", "previous_membership_ended", "previous_cancellation"),
		Asked: v.day("complete_forms_delivered", "adhesion_date", "requested_on", "request_date", "enrolment_requested", "application_date", "communicated_on", "communication_date")}
	if c.Asked.IsZero() {
		c.Asked = m.Requested
	}
	c.Abroad = m.Resident != nil && !*m.Resident || m.Lives != "" && m.Lives != "IT" || v.Facts["resident_in_italy"] == false ||
		v.text("residence") != "" && v.text("residence") != "IT"
	c.Event, c.On = v.joining()
	for _, person := range v.people() {
		joins, said := truth(person, "joins", "enrols", "enrolled", "enrolling", "included", "joining")
		covered, _ := truth(person, "other_cover_documented", "other_documented_cover", "documented_other_cover", "documented_cover", "other_cover", "supplementary_cover", "other_coverage", "documented_other_cover", "other_health_cover")
		c.Family = append(c.Family, plan.Joiner{Role: plan.Role(text(person, "role")), Birth: day(person, "birth_date"), Joins: joins || !said, Covered: covered})
	}
	a := p.Join(c)
	got := map[string]any{"accepted": a.Accepted, "reason_code": string(a.Code)}
	if a.Accepted {
		got["effective_date"] = a.Start.String()
	}
	return got
}

// joining reads why relatives join, and the day of it.
func (v *Vector) joining() (plan.JoinEvent, civil.Date) {
	event := v.text("event")
	has := func(parts ...string) bool {
		return slices.ContainsFunc(parts, func(part string) bool { return strings.Contains(event, part) })
	}
	on := v.day("wedding_date", "marriage_date", "birth_date", "event_date")
	switch {
	case has("marr", "wedding"):
		return plan.Marries, on
	case has("born", "birth") || plan.Role(v.Member.Role) == plan.Newborn:
		if on.IsZero() {
			on = v.Member.Birth
		}
		return plan.IsBorn, on
	case has("later", "relative", "added", "extension", "addition"):
		return plan.ComesLater, on
	}
	return plan.JoinsAlone, on
}

func (v *Vector) day(names ...string) civil.Date {
	for _, name := range names {
		if d := day(v.Facts, name); !d.IsZero() {
			return d
		}
	}
	return civil.Date{}
}

// day reads a date, a month ("2025-08") as its first day, a year as its first day.
func day(m map[string]any, name string) civil.Date {
	var d civil.Date
	switch value := m[name].(type) {
	case string:
		if len(value) == len("2025-08") {
			value += "-01"
		}
		if d.UnmarshalText([]byte(value)) != nil {
			return civil.Date{}
		}
	case float64:
		if name == "year" {
			d = civil.Date{Year: int(value), Month: time.January, Day: 1}
		}
	}
	return d
}

func (v *Vector) text(name string) string { return text(v.Facts, name) }

func text(m map[string]any, name string) string {
	s, _ := m[name].(string)
	return s
}

func (v *Vector) number(names ...string) float64 {
	for _, name := range names {
		if n, ok := v.Facts[name].(float64); ok {
			return n
		}
	}
	return 0
}

func truth(m map[string]any, names ...string) (is, said bool) {
	for _, name := range names {
		if b, ok := m[name].(bool); ok {
			return b, true
		}
	}
	return false, false
}
