package plan

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/strictyaml"
)

// MaxFile is how many bytes a plan may have.
const MaxFile = 512 << 10

var planFile = strictyaml.Kind{Name: "the plan", Op: "plan.load", Most: MaxFile, File: CodeFile, Missing: CodeMissing, Value: CodeValue}

// Load reads one edition of a plan from YAML, as strictly as package strictyaml: every name that it refers to is there, every
// number in its range, every rule has the measures that it takes and no others. file only names the place in errors: CodeFile,
// CodeMissing or CodeValue with Item "file:line".
func Load(file string, data []byte) (*Plan, error) {
	p := &Plan{}
	lines, err := strictyaml.Read(planFile, file, data, p)
	if err != nil {
		return nil, err
	}
	c := checker{p: p}
	c.all()
	if c.key != "" {
		return nil, lines.Wrong(c.key, c.expected)
	}
	p.link()
	return p, nil
}

// Plans are all editions of all plans.
type Plans []*Plan

// LoadAll reads plans by file name without ".yaml". Two editions of one plan may not begin on one day.
func LoadAll(files map[string][]byte) (Plans, error) {
	var all Plans
	for _, name := range slices.Sorted(maps.Keys(files)) {
		p, err := Load(name+".yaml", files[name])
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(all, func(q *Plan) bool { return q.Code == p.Code || q.ID == p.ID && q.From == p.From }) {
			return nil, fault.New(CodeValue, "plan.load", name+".yaml:1").With("Key", "code").With("Expected", "another code and day than those of the other editions")
		}
		all = append(all, p)
	}
	slices.SortStableFunc(all, func(a, b *Plan) int { return cmp.Or(strings.Compare(a.ID, b.ID), a.From.Compare(b.From)) })
	return all, nil
}

// On returns the edition of a plan that is in force on a day, or nil (PLN-05, AMB-87).
func (all Plans) On(id string, day civil.Date) *Plan {
	var found *Plan
	for _, p := range all {
		if p.ID == id && !p.From.After(day) && (p.Until.IsZero() || !day.After(p.Until)) {
			found = p
		}
	}
	return found
}

// Code returns the edition with that code, or nil.
func (all Plans) Code(code string) *Plan {
	if i := slices.IndexFunc(all, func(p *Plan) bool { return p.Code == code }); i >= 0 {
		return all[i]
	}
	return nil
}

// Article returns the passage that is cited so, or nil.
func (p *Plan) Article(id string) *Article {
	if i := slices.IndexFunc(p.Articles, func(a Article) bool { return a.ID == id }); i >= 0 {
		return &p.Articles[i]
	}
	return nil
}

// Reading returns what the plan says of an ambiguity, or "".
func (p *Plan) Reading(id string) string {
	if i := slices.IndexFunc(p.Readings, func(r Reading) bool { return r.ID == id }); i >= 0 {
		return p.Readings[i].Text
	}
	return ""
}

// Benefit returns the benefit of that id, or nil.
func (p *Plan) Benefit(id ID) *Benefit { return p.benefit(id) }

// Meeting returns the benefit that a claim's service means when nothing more is said, or nil.
func (p *Plan) Meeting(s Service) *Benefit {
	if i := slices.IndexFunc(p.Benefits, func(b Benefit) bool { return slices.Contains(b.Meets, s) }); i >= 0 {
		return &p.Benefits[i]
	}
	return nil
}

// Asked is how a claim's form asks about the benefit.
func (b *Benefit) Asked() Service {
	switch {
	case b.As != "":
		return b.As
	case len(b.Meets) > 0:
		return b.Meets[0]
	}
	return OtherCare
}

// Usual is the form that a claim means when it says none, or nil for a benefit that is only provided directly.
func (b *Benefit) Usual() *Payment {
	if i := slices.IndexFunc(b.Forms, func(f Payment) bool { return f.Form != Directly }); i >= 0 {
		return &b.Forms[i]
	}
	return nil
}

func (p *Plan) benefit(id ID) *Benefit {
	if i := slices.IndexFunc(p.Benefits, func(b Benefit) bool { return b.ID == id }); i >= 0 {
		return &p.Benefits[i]
	}
	return nil
}

func (p *Plan) limit(id ID) *Limit {
	i := slices.IndexFunc(p.Limits, func(l Limit) bool { return l.ID == id })
	return &p.Limits[i] // the checker saw to it that it is there
}

// link tells each limit which benefits spend it.
func (p *Plan) link() {
	for i := range p.Benefits {
		b := &p.Benefits[i]
		for _, id := range b.limitIDs() {
			if l := p.limit(id); !slices.Contains(l.benefits, b.ID) {
				l.benefits = append(l.benefits, b.ID)
			}
		}
	}
}

func (b *Benefit) limitIDs() []ID {
	list := slices.Clone(b.Limits)
	for _, f := range b.Forms {
		list = append(list, f.Limits...)
	}
	for _, t := range b.Treatments {
		list = append(list, t.Limits...)
	}
	return list
}
