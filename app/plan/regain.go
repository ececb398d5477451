package plan

import "github.com/sodale/sodale/app/civil"

// Regained is the first day of cover again if everything that is overdue on a day is paid on it (MEM-11, MEM-12, MEM-33). It is that
// day itself for who is covered; false when the cover has ended for good, or has not begun.
func (p *Plan) Regained(i Insured, paid civil.Date) (civil.Date, bool) {
	dues := make([]Due, len(i.Dues))
	for k, d := range i.Dues {
		if d.Paid.IsZero() && d.On.Before(paid) {
			d.Paid = paid
		}
		dues[k] = d
	}
	i.Dues = dues
	if len(i.Missed) > 0 && i.Cured.IsZero() {
		i.Cured = paid
	}
	day := paid
	for range len(dues) + 1 { // each step leaves one wait behind
		switch c := p.Cover(i, day); {
		case c.Covered:
			return day, true
		case c.Status != AwaitsRights || c.Until.IsZero():
			return civil.Date{}, false
		default:
			day = c.Until.AddDays(1)
		}
	}
	return civil.Date{}, false
}
