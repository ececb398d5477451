package demo

import (
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/money"
)

// Monthly fees in cents of the plans' own files; the tests hold them against those.
const (
	titolare money.Cents = 1100
	coniuge  money.Cents = 950
	figlio   money.Cents = 675
	socio    money.Cents = 2300
)

var (
	paidUpTo  = civil.Date{Year: 2026, Month: time.December, Day: 31}
	joined    = civil.Date{Year: 2009, Month: time.March, Day: 1}
	lucaIsIn  = civil.Date{Year: 2010, Month: time.January, Day: 1}
	castIsIn  = civil.Date{Year: 2019, Month: time.January, Day: 1}
	isEticare = civil.Date{Year: 2025, Month: time.January, Day: 1}
)

// planAt is the plan of the demo member's household at a mutual. At one whose plans are not known here it has but a name.
func planAt(mutualID string) member.Plan {
	switch mutualID {
	case "aurora", "insieme":
		return pianoBase(titolare+coniuge+figlio, member.Cover{Person: Elena, Role: "titolare", Start: joined},
			member.Cover{Person: Paolo, Role: "coniuge", Start: joined}, member.Cover{Person: Luca, Role: "figlio", Start: lucaIsIn})
	case "coopsal": // each parent for themselves (AMB-27)
		return eticare(2*socio, member.Cover{Person: Elena, Role: "aderente", Category: "socio", Start: isEticare},
			member.Cover{Person: Paolo, Role: "aderente", Category: "socio", Start: isEticare})
	}
	return member.Plan{Name: "Piano Base", Active: true, PaidUpTo: paidUpTo}
}

// planOf is the plan of one of the cast, who is in it alone.
func planOf(mutualID string, person member.ID) member.Plan {
	switch mutualID {
	case "aurora", "insieme":
		return pianoBase(titolare, member.Cover{Person: person, Role: "titolare", Start: castIsIn})
	case "coopsal":
		return eticare(socio, member.Cover{Person: person, Role: "aderente", Category: "socio", Start: isEticare})
	}
	return planAt(mutualID)
}

// pianoBase is paid by transfer in two instalments a year, all of them in time.
func pianoBase(monthly money.Cents, covers ...member.Cover) member.Plan {
	p := member.Plan{Name: "Piano Base", Active: true, PaidUpTo: paidUpTo, ID: "piano-base", Way: "bonifico", Covers: covers}
	for year := 2025; year <= paidUpTo.Year; year++ {
		for _, on := range []civil.Date{{Year: year, Month: time.January, Day: 31}, {Year: year, Month: time.June, Day: 30}} {
			p.Dues = append(p.Dues, member.Due{On: on, Cents: 6 * monthly, Paid: on.AddDays(-12)})
		}
	}
	return p
}

// eticare is debited every month.
func eticare(monthly money.Cents, covers ...member.Cover) member.Plan {
	p := member.Plan{Name: "Eticare Per Me", Active: true, PaidUpTo: paidUpTo, ID: "eticare-per-me", Way: "SEPA", Covers: covers}
	for on := isEticare; on.Before(paidUpTo); on = on.AddMonths(1) {
		p.Dues = append(p.Dues, member.Due{On: on, Cents: monthly, Paid: on})
	}
	return p
}
