package plan

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

var (
	idPattern   = regexp.MustCompile(`^[a-z][a-z0-9_-]{1,39}$`)
	codePattern = regexp.MustCompile(`^[A-Z][A-Z0-9_]{2,39}$`)
)

// checker holds the values of a plan against what is expected of them; the first that is wrong stays.
type checker struct {
	p             *Plan
	key, expected string
}

func (c *checker) must(ok bool, key, expected string) {
	if !ok && c.key == "" {
		c.key, c.expected = key, expected
	}
}

func (c *checker) cites(key, article string) {
	c.must(c.p.Article(article) != nil, key, "an article of this file")
}

func (c *checker) reads(key, reading string) {
	c.must(reading == "" || c.p.Reading(reading) != "", key, "a reading of this file")
}

func (c *checker) rule(key, article, reading string) {
	c.cites(key+".article", article)
	c.reads(key+".reading", reading)
}

func (c *checker) between(key string, n, least, most int64) {
	c.must(n >= least && n <= most, key, fmt.Sprintf("a number from %d to %d", least, most))
}

func (c *checker) folded(key string, words []Word) {
	for i, w := range words {
		plain := strings.NewReplacer("+", " ", "=", " ").Replace(string(w))
		c.must(fold(plain) != "" && fold(plain) == strings.Join(strings.Fields(plain), " "), fmt.Sprintf("%s[%d]", key, i), "lower case letters without accents")
	}
}

func among[T ~string](c *checker, key string, value T, list []T) {
	c.must(slices.Contains(list, value), key, fmt.Sprintf("one of %v", list))
}

var (
	allForms  = []Form{Ticket, Private, Intramoenia, Directly, Subsidy, Lump}
	allAs     = []Service{Visit, Exams, Imaging, Emergency, HospStay, OtherCare}
	allCauses = []Cause{Illness, Injury, Pregnancy, Childbirth, Prevention, MajorSurgery, EyeSurgery}
)

func (c *checker) all() {
	p := c.p
	c.must(idPattern.MatchString(p.ID), "id", "lower-case letters, digits and -")
	c.must(codePattern.MatchString(p.Code), "code", "capital letters, digits and _")
	c.must(p.Name != "", "name", "a text")
	c.must(p.Until.IsZero() || !p.Until.Before(p.From), "until", "a day not before from")
	c.must(len(p.Articles) > 0, "articles", "at least one article")
	for i, a := range p.Articles {
		c.must(a.ID != "" && a.Text != "" && p.Article(a.ID) == &p.Articles[i], fmt.Sprintf("articles[%d].id", i), "an id of its own, and a text")
	}
	c.cites("start", p.Start)
	c.cites("notProvided", p.NotProvided)
	if p.Private != "" {
		c.cites("private", p.Private)
	}
	c.people()
	c.timing()
	c.limits()
	for i := range p.Benefits {
		c.benefit(fmt.Sprintf("benefits[%d]", i), &p.Benefits[i])
	}
	c.contributions()
}

func (c *checker) people() {
	p := c.p
	if p.Persons != nil {
		c.cites("persons.article", p.Persons.Article)
		c.must(len(p.Persons.Roles) > 0, "persons.roles", "at least one role")
	}
	if p.Newborns != nil {
		c.rule("newborns", p.Newborns.Article, p.Newborns.Reading)
		c.between("newborns.days", int64(p.Newborns.Days), 1, 366)
	}
	if p.Injuries != nil {
		c.rule("injuries", p.Injuries.Article, p.Injuries.Reading)
		c.between("injuries.afterDays", int64(p.Injuries.AfterDays), 0, 366)
	}
	for i, x := range p.Exclusions {
		key := fmt.Sprintf("exclusions[%d]", i)
		c.rule(key, x.Article, x.Reading)
		among(c, key+".code", x.Code, refusing)
		c.must(len(x.Facts)+len(x.Causes)+len(x.Words) > 0, key, "facts, causes or words")
		c.folded(key+".words", x.Words)
		for _, cause := range x.Causes {
			among(c, key+".causes", cause, allCauses)
		}
		for _, id := range x.In {
			c.must(p.benefit(id) != nil, key+".in", "benefits of this file")
		}
	}
	for i, n := range p.Never {
		c.cites(fmt.Sprintf("never[%d].article", i), n.Article)
		c.must(p.benefit(n.Benefit) == nil, fmt.Sprintf("never[%d].benefit", i), "no benefit of this file")
	}
}

func (c *checker) timing() {
	p := c.p
	for i, w := range p.Waits {
		key := fmt.Sprintf("waits[%d]", i)
		c.rule(key, w.Article, w.Reading)
		c.between(key+".days", int64(w.Days), 0, 3660)
		for _, cause := range w.Causes {
			among(c, key+".causes", cause, allCauses)
		}
	}
	if a := p.Arrears; a != nil {
		c.rule("arrears", a.Article, a.Reading)
		c.must((a.ByDue == nil) != (a.ByMonth == nil), "arrears", "either byDue or byMonth")
		if a.ByDue != nil {
			c.cites("arrears.byDue.lapseArticle", a.ByDue.LapseArticle)
		}
		if a.ByMonth != nil {
			c.between("arrears.byMonth.months", int64(a.ByMonth.Months), 1, 12)
		}
	}
	if t := p.Claims; t != nil {
		c.rule("claims", t.Article, t.Reading)
		c.between("claims.days", int64(t.Days), 1, 3660)
		among(c, "claims.from", t.From, []TermStart{FromService, FromDocument})
		if t.December != nil {
			c.day("claims.december", *t.December)
		}
		if t.Advance != "" {
			c.cites("claims.advance", t.Advance)
		}
		for i, ask := range t.Papers {
			c.cites(fmt.Sprintf("claims.papers[%d].article", i), ask.Article)
		}
	}
	if t := p.Direct; t != nil {
		c.rule("direct", t.Article, t.Reading)
		c.between("direct.workingDays", int64(t.WorkingDays), 0, 60)
	}
	if r := p.Prescriptions; r != nil {
		c.rule("prescriptions.diagnosis", r.Diagnosis.Article, r.Diagnosis.Reading)
		c.folded("prescriptions.diagnosis.vague", r.Diagnosis.Vague)
		c.folded("prescriptions.diagnosis.symptoms", r.Diagnosis.Symptoms)
		c.folded("prescriptions.diagnosis.qualifiers", r.Diagnosis.Qualifiers)
		if r.Days > 0 {
			c.cites("prescriptions.dayArticle", r.DayArticle)
			c.reads("prescriptions.dayReading", r.DayReading)
		}
	}
	c.terms()
}

func (c *checker) terms() {
	for i, t := range c.p.Terms {
		key := fmt.Sprintf("terms[%d]", i)
		c.rule(key, t.Article, t.Reading)
		given := 0
		for _, is := range []bool{t.Days > 0, t.Months > 0, t.Workdays > 0, t.Yearly != nil, t.WholeYears > 0} {
			if is {
				given++
			}
		}
		c.must(given == 1, key, "one of days, months, workdays, yearly and wholeYears")
		if t.Yearly != nil {
			c.day(key+".yearly", *t.Yearly)
		}
	}
}

func (c *checker) day(key string, d MonthDay) {
	c.must(d.Month >= 1 && d.Month <= 12 && d.Day >= 1 && d.Day <= 31, key, "a month and a day of every year")
}

func (c *checker) limits() {
	for i, l := range c.p.Limits {
		key := fmt.Sprintf("limits[%d]", i)
		c.rule(key, l.Article, l.Reading)
		c.must(slices.IndexFunc(c.p.Limits, func(m Limit) bool { return m.ID == l.ID }) == i && l.ID != "", key+".id", "an id of its own")
		given := 0
		for _, n := range []int64{int64(l.Cents), int64(l.Days), int64(l.Times)} {
			c.between(key, n, 0, 1e9)
			if n > 0 {
				given++
			}
		}
		c.must(given == 1, key, "one of cents, days and times")
		c.between(key+".years", int64(l.Years), 0, 10)
		among(c, key+".by", l.By, []Split{Whole, BySpecialty})
		if l.Code != "" {
			among(c, key+".code", l.Code, refusing)
		}
		for _, f := range l.Forms {
			among(c, key+".forms", f, allForms)
		}
	}
}

func (c *checker) benefit(key string, b *Benefit) {
	c.must(idPattern.MatchString(string(b.ID)) && c.p.benefit(b.ID) == b, key+".id", "an id of its own: lower-case letters, digits, - and _")
	c.cites(key+".article", b.Article)
	c.must(len(b.Forms) > 0, key+".forms", "at least one form")
	c.meets(key, b)
	c.folded(key+".services", b.Services)
	if len(b.Services) > 0 {
		c.cites(key+".listedIn", b.ListedIn)
	}
	if len(b.Treatments) > 0 {
		c.cites(key+".others", b.Others)
	}
	if b.WaitDays != nil {
		c.between(key+".waitDays", int64(*b.WaitDays), 0, 3660)
		c.reads(key+".waitReading", b.WaitNote)
	}
	for _, w := range b.Warns {
		among(c, key+".warns", w, Warnings())
	}
	for i := range b.Needs {
		c.need(fmt.Sprintf("%s.needs[%d]", key, i), &b.Needs[i])
	}
	for i := range b.Forms {
		c.payment(fmt.Sprintf("%s.forms[%d]", key, i), &b.Forms[i])
	}
	c.named(key+".limits", b.Limits)
	for i, t := range b.Treatments {
		c.named(fmt.Sprintf("%s.treatments[%d].limits", key, i), t.Limits)
	}
}

// named looks for the limits that a benefit, a form or a treatment spends.
func (c *checker) named(key string, ids []ID) {
	for _, id := range ids {
		c.must(slices.ContainsFunc(c.p.Limits, func(l Limit) bool { return l.ID == id }), key, fmt.Sprintf("limits of this file, not %q", id))
	}
}

// meets sees to it that a claim's service means one benefit, which can be refunded.
func (c *checker) meets(key string, b *Benefit) {
	if b.As != "" {
		among(c, key+".as", b.As, allAs)
	}
	for _, s := range b.Meets {
		among(c, key+".meets", s, allAs[:len(allAs)-1])
		first := c.p.Meeting(s)
		c.must(first == b && b.Usual() != nil, key+".meets", "services that no other benefit meets, of a benefit that is not only direct")
	}
}

func (c *checker) payment(key string, f *Payment) {
	among(c, key+".form", f.Form, allForms)
	c.named(key+".limits", f.Limits)
	given := 0
	for _, is := range []bool{f.Percent > 0, f.Direct != nil, f.Daily != nil, f.Sum > 0} {
		if is {
			given++
		}
	}
	c.must(given == 1, key, "one of percent, direct, daily and sum")
	c.between(key+".percent", int64(f.Percent), 0, 100)
	c.between(key+".each", int64(f.Each), 0, 1e9)
	c.between(key+".sum", int64(f.Sum), 0, 1e9)
	c.must((f.Form == Directly) == (f.Direct != nil), key+".direct", "the member's share, in the direct form only")
	if f.Daily != nil {
		among(c, key+".daily.for", f.Daily.For, []DayKind{ForStay, ForAccess, ForVisits})
		c.between(key+".daily.cents", int64(f.Daily.Cents), 1, 1e7)
		c.must(f.Daily.For != ForVisits || f.Daily.First <= f.Daily.Last && f.Daily.Last > 0, key+".daily.last", "a day not before first")
	}
	if f.Article != "" {
		c.cites(key+".article", f.Article)
	}
	for i := range f.Needs {
		c.need(fmt.Sprintf("%s.needs[%d]", key, i), &f.Needs[i])
	}
}

// need holds a condition against the measures that its rule takes.
func (c *checker) need(key string, n *Need) {
	takes, ok := measures[n.Rule]
	c.must(ok, key+".rule", fmt.Sprintf("one of %v", Rules()))
	has := map[string]bool{"of": len(n.Of) > 0, "least": n.Least > 0, "months": n.Months > 0, "years": n.Years > 0, "paper": n.Paper != "", "name": n.Name != ""}
	for measure, given := range has {
		words := strings.Fields(takes)
		c.must(given == slices.Contains(words, measure) || slices.Contains(words, measure+"?"), key+".rule", fmt.Sprintf("for %s exactly these: %s", n.Rule, cmp.Or(takes, "none")))
	}
	if n.Article != "" {
		c.cites(key+".article", n.Article)
	}
	c.reads(key+".reading", n.Reading)
	for _, f := range n.Forms {
		among(c, key+".forms", f, allForms)
	}
}

func (c *checker) contributions() {
	p := c.p
	if f := p.Fees; f != nil {
		c.rule("fees", f.Article, f.Reading)
		c.must(len(f.Monthly) > 0, "fees.monthly", "at least one fee")
		c.must(len(f.Ways) > 0, "fees.ways", "at least one way to pay")
		c.between("fees.survivors", int64(f.Survivors), 0, 100)
		for i, w := range f.Ways {
			for j, r := range w.Renewals {
				key := fmt.Sprintf("fees.ways[%d].renewals[%d]", i, j)
				c.between(key+".instalments", int64(r.Instalments), 1, 12)
				c.must(len(r.Due) == 0 || len(r.Due) == r.Instalments, key+".due", "a day for each instalment, or none")
			}
		}
	}
	if j := p.Joining; j != nil {
		c.rule("joining", j.Article, j.Reading)
		among(c, "joining.ageOn", j.AgeOn, []AgeDay{OnAsking, OnStart})
		if j.Family != "" {
			c.cites("joining.family", j.Family)
		}
		if j.Resident != "" {
			c.cites("joining.resident", j.Resident)
		}
	}
	if t := p.Tax; t != nil {
		c.rule("tax", t.Article, t.Reading)
		c.between("tax.percent", int64(t.Percent), 0, 100)
	}
	for i, h := range p.Helps {
		c.cites(fmt.Sprintf("helps[%d].article", i), h.Article)
	}
}
