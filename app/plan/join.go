package plan

import (
	"slices"
	"time"

	"github.com/sodale/sodale/app/civil"
)

// Joining is who may join a plan, and from when.
type Joining struct {
	From     int          `yaml:"from,omitempty"`     // completed years; 0 = any
	Under    int          `yaml:"under,omitempty"`    // not yet turned; 0 = any
	AgeOn    AgeDay       `yaml:"ageOn"`              // which day decides
	Family   string       `yaml:"family,omitempty"`   // article by which relatives join all together; left out = no relatives join
	Resident string       `yaml:"resident,omitempty"` // article by which only residents in Italy join; left out = anybody
	Newborn  *LateJoiner  `yaml:"newborn,omitempty"`
	Marriage *LateJoiner  `yaml:"marriage,omitempty"`
	Others   bool         `yaml:"others,omitempty"` // relatives who come later start on 1 January of the next year
	Again    int          `yaml:"again,omitempty"`  // whole calendar years after the year of end before one may join again (AMB-51)
	NotAfter int          `yaml:"notAfter,omitempty"`
	Article  string       `yaml:"article"`
	Reading  string       `yaml:"reading,omitempty"`
	Papers   []NamedPaper `yaml:"papers,omitempty"` // to hand in
}

// NamedPaper is a paper with what it is for.
type NamedPaper struct {
	Name string `yaml:"name"`
	When string `yaml:"when"`
}

// AgeDay is the day on which age is looked at (AMB-13, AMB-26).
type AgeDay string

// The days.
const (
	OnAsking AgeDay = "asking"
	OnStart  AgeDay = "start"
)

// LateJoiner is a relative who may join during the year.
type LateJoiner struct {
	Days    int    `yaml:"days"` // after the event
	Article string `yaml:"article"`
}

// JoinCase is who wants to join.
type JoinCase struct {
	Person   Joiner
	Asked    civil.Date // day on which the complete papers were delivered, or of joining and paying
	Event    JoinEvent
	On       civil.Date // day of the wedding or the birth
	Abroad   bool       // not resident in Italy
	Ended    civil.Date // last day of an earlier membership that was cancelled; zero = none
	Family   []Joiner
	Relative bool // Person joins a family whose holder is a member already
}

// JoinEvent is why somebody joins.
type JoinEvent string

// The events.
const (
	JoinsAlone JoinEvent = ""
	Marries    JoinEvent = "marriage"
	IsBorn     JoinEvent = "newborn"
	ComesLater JoinEvent = "later" // another relative of a member
)

// Joiner is one person.
type Joiner struct {
	Role    Role
	Birth   civil.Date
	Joins   bool
	Covered bool // has documented cover elsewhere (AMB-84)
}

// JoinAnswer says whether they may join.
type JoinAnswer struct {
	Accepted bool
	Code     Code
	Article  string
	Reading  string
	Start    civil.Date // first day; zero when not accepted
	Soon     bool       // accepted, but over the age limit on the start (AMB-13)
}

// Join says whether a person, with their family, may join and from when.
func (p *Plan) Join(c JoinCase) JoinAnswer {
	j := p.Joining
	if j == nil {
		return JoinAnswer{Code: NotInPlan, Article: p.NotProvided}
	}
	if c.Asked.IsZero() { // the papers are not complete
		return JoinAnswer{Code: DocumentMissing, Article: p.Start, Reading: j.Reading}
	}
	start, article := j.start(c)
	day := c.Asked
	if j.AgeOn == OnStart {
		day = start
	}
	refuse := func(code Code, article string) JoinAnswer {
		return JoinAnswer{Code: code, Article: article, Reading: j.Reading}
	}
	switch {
	case c.Abroad && j.Resident != "":
		return refuse(Residence, j.Resident)
	case c.Event != IsBorn && !j.fits(c.Person.Birth, day):
		return refuse(AgeLimit, j.Article)
	case !c.Ended.IsZero() && j.NotAfter > 0 && !c.Person.Birth.IsZero() && c.Ended.Age(c.Person.Birth) >= j.NotAfter:
		return refuse(AgeLimit, j.Article)
	case !c.Ended.IsZero() && j.Again > 0 && start.Year <= c.Ended.Year+j.Again:
		return refuse(NotMet, p.Start)
	case j.Family != "" && slices.ContainsFunc(c.Family, func(f Joiner) bool { return f.Joins }) &&
		slices.ContainsFunc(c.Family, func(f Joiner) bool { return !f.Joins && !f.Covered && j.fits(f.Birth, day) }):
		return refuse(FamilyIncomplete, j.Family)
	case slices.ContainsFunc(c.Family, func(f Joiner) bool { return f.Joins && !j.fits(f.Birth, day) }):
		return refuse(AgeLimit, j.Article)
	}
	return JoinAnswer{Accepted: true, Code: OK, Article: article, Start: start, Soon: j.AgeOn == OnAsking && !j.fits(c.Person.Birth, start)}
}

// fits reports whether one born on a day is of the age to join.
func (j *Joining) fits(birth, on civil.Date) bool {
	if birth.IsZero() {
		return true
	}
	age := on.Age(birth)
	return age >= j.From && (j.Under == 0 || age < j.Under)
}

// start is the first day of the cover, with the article that says so.
func (j *Joining) start(c JoinCase) (civil.Date, string) {
	nextYear := civil.Date{Year: c.Asked.Year + 1, Month: time.January, Day: 1}
	switch {
	case c.Event == IsBorn && j.Newborn != nil && c.Asked.Sub(c.On) <= j.Newborn.Days:
		return c.On, j.Newborn.Article
	case c.Event == IsBorn && j.Newborn != nil:
		return nextYear, j.Newborn.Article
	case c.Event == Marries && j.Marriage != nil && c.Asked.Sub(c.On) <= j.Marriage.Days:
		return FirstOfNextMonth(c.Asked), j.Marriage.Article
	case c.Event == Marries && j.Marriage != nil:
		return nextYear, j.Marriage.Article
	case c.Event == ComesLater && j.Others:
		return nextYear, j.Family
	}
	return FirstOfNextMonth(c.Asked), j.Article
}
