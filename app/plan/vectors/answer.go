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
	case strings.HasPrefix(event, "renew"):
		c.Event = plan.Renews
	case strings.Contains(event, "death"):
		c.Event = plan.Survives
		if died := v.day("death_date", "died_on", "date_of_death"); c.Year == 0 && !died.IsZero() {
			c.Year = died.Year + 1
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
	var parts, instalments []any
	for _, part := range a.Persons {
		parts = append(parts, map[string]any{"role": string(part.Role), "contribution_cents": part.Cents, "enrolment_fee_cents": part.OneOff})
	}
	for _, i := range a.Instalments {
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
	term, ok := find(p, v.text("rule"))
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

// find looks for a term by its names, then by the longest one that holds the name or is held by it.
func find(p *plan.Plan, rule string) (plan.Term, bool) {
	if t, ok := p.Term(rule); ok {
		return t, true
	}
	var found plan.Term
	longest := 0
	for _, t := range p.Terms {
		for _, name := range append([]string{t.ID}, t.Also...) {
			if len(name) > longest && (strings.Contains(rule, name) || strings.Contains(name, rule)) {
				found, longest = t, len(name)
			}
		}
	}
	return found, longest > 0
}

// otherDay is the one date among the facts whose name is not known, the day of sending apart.
func (v *Vector) otherDay() civil.Date {
	for _, name := range slices.Sorted(maps.Keys(v.Facts)) {
		if d := day(v.Facts, name); !d.IsZero() && name != "done_on" {
			return d
		}
	}
	return civil.Date{}
}

func (v *Vector) enrolment(p *plan.Plan) map[string]any {
	m := v.Member
	c := plan.JoinCase{Person: plan.Joiner{Role: plan.Role(m.Role), Birth: m.Birth, Joins: true}, Ended: v.day("previous_end", "cancelled_on", "ended_on", "previous_membership_end", "previous_cancellation"),
		Asked: v.day("complete_forms_delivered", "adhesion_date", "requested_on", "request_date", "enrolment_requested", "application_date", "communicated_on", "communication_date"),
		On:    v.day("wedding_date", "marriage_date", "birth_date", "event_date")}
	if c.Asked.IsZero() {
		c.Asked = m.Requested
	}
	c.Abroad = m.Resident != nil && !*m.Resident || m.Lives != "" && m.Lives != "IT" || v.Facts["resident_in_italy"] == false ||
		v.text("residence") != "" && v.text("residence") != "IT"
	switch event := v.text("event"); {
	case strings.Contains(event, "marr") || strings.Contains(event, "wedding"):
		c.Event = plan.Marries
	case strings.Contains(event, "born") || strings.Contains(event, "birth") || plan.Role(m.Role) == plan.Newborn:
		c.Event = plan.IsBorn
		if c.On.IsZero() {
			c.On = m.Birth
		}
	case strings.Contains(event, "later") || strings.Contains(event, "relative") || strings.Contains(event, "added") || strings.Contains(event, "extension"):
		c.Event = plan.ComesLater
	}
	for _, person := range v.people() {
		joins, said := truth(person, "joins", "enrols", "enrolled", "enrolling", "included", "joining")
		covered, _ := truth(person, "other_cover", "documented_cover", "other_documented_cover", "supplementary_cover", "other_coverage", "documented_other_cover", "other_health_cover")
		c.Family = append(c.Family, plan.Joiner{Role: plan.Role(text(person, "role")), Birth: day(person, "birth_date"), Joins: joins || !said, Covered: covered})
	}
	a := p.Join(c)
	got := map[string]any{"accepted": a.Accepted, "reason_code": string(a.Code)}
	if a.Accepted {
		got["effective_date"] = a.Start.String()
	}
	return got
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
