package gallery

import (
	"context"
	"errors"
	"sync"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/helpline"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/plan"
	"github.com/sodale/sodale/assets"
	"github.com/sodale/sodale/ui/desktop"
	"github.com/sodale/sodale/ui/words"
)

// plans are those that come with the program.
var plans = sync.OnceValue(func() plan.Plans {
	all, err := plan.LoadAll(assets.Plans())
	if err != nil {
		panic(err) // the files are embedded: their own test reads them all
	}
	return all
})

// HelpUses implements helpline.Vault.
func (w *World) HelpUses(context.Context) ([]helpline.Use, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.HelpUsed, nil
}

// SetHelpUses implements helpline.Vault.
func (w *World) SetHelpUses(_ context.Context, uses []helpline.Use) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.HelpUsed = uses
	return nil
}

// eticare is Elena's and Paolo's own plan, debited every month.
func eticare(since civil.Date) member.Plan {
	p := member.Plan{Name: "Eticare Per Me", Active: true, PaidUpTo: day(2026, 12, 31), ID: "eticare-per-me", Way: "SEPA",
		Covers: []member.Cover{{Person: elena, Role: "aderente", Category: "socio", Start: since}, {Person: paolo, Role: "aderente", Category: "cliente", Start: since}}}
	for on := since; on.Before(day(2026, 12, 31)); on = on.AddMonths(1) {
		d := member.Due{On: on, Cents: money.Cents(2300 + 2400)}
		if on.Before(day(2026, 11, 16)) {
			d.Paid = on
		}
		p.Dues = append(p.Dues, d)
	}
	return p
}

// planned shows a tab of *Piano e contributi* of a household whose plan is edited before.
func planned(tab string, edit func(*member.Plan)) func(*World) error {
	return func(w *World) error {
		if edit != nil {
			w.SetHousehold(func(h *member.Household) { edit(&h.Plan) })
		}
		return errors.Join(filled(w), w.show(desktop.Plan, tab))
	}
}

// unpaid takes the payments of dues away from a day on.
func unpaid(from civil.Date) func(*member.Plan) {
	return func(p *member.Plan) {
		for i := range p.Dues {
			if !p.Dues[i].On.Before(from) {
				p.Dues[i].Paid = civil.Date{}
			}
		}
	}
}

func withEticare(since civil.Date, more func(*member.Plan)) func(*member.Plan) {
	return func(p *member.Plan) {
		*p = eticare(since)
		if more != nil {
			more(p)
		}
	}
}

// tried fills the simulator.
func (w *World) tried(benefit, form, amount string) error {
	field := func(name string) string { return words.T("membership.trial." + name) }
	err := w.Choose(field("what"), benefit)
	if form != "" {
		err = errors.Join(err, w.Choose(field("how"), words.T("membership.form."+form)))
	}
	return errors.Join(err, w.Fill(field("amount"), amount), w.settle())
}

// searched looks for a text in the plan.
func (w *World) searched(text string) error {
	return errors.Join(w.Fill(words.T("membership.search"), text), w.settle())
}

// planScenes are *Piano e contributi*.
var planScenes = []Scene{
	{"piano-copertura", planned("", nil)},
	{"piano-non-conosciuto", planned("", func(p *member.Plan) {
		p.Name, p.ID, p.Covers = "Piano Famiglia", "", nil
	})},
	{"piano-non-iniziato", planned("", func(p *member.Plan) {
		for i := range p.Covers {
			p.Covers[i].Start = day(2027, 1, 1)
		}
	})},
	{"piano-sospeso", planned("", unpaid(day(2026, 6, 1)))},
	{"piano-attesa-diritti", planned("", func(p *member.Plan) { p.Dues[3].Paid = day(2026, 11, 2) })},
	{"piano-finito", planned("", unpaid(day(2025, 6, 1)))},
	{"piano-non-iscritto", planned("", func(p *member.Plan) { p.Covers = p.Covers[:1] })},
	{"piano-attese", planned("", withEticare(day(2026, 9, 1), nil))},
	{"piano-eticare-debito", planned("", withEticare(day(2025, 1, 1), func(p *member.Plan) { p.Dues[21].Paid = civil.Date{} }))},
	{"piano-eticare-sospeso", planned("", withEticare(day(2025, 1, 1), unpaid(day(2026, 9, 1))))},
	{"piano-prestazioni", planned("benefits", nil)},
	{"piano-eticare-prestazioni", planned("benefits", withEticare(day(2025, 1, 1), nil))},
	{"piano-prova", planned("trial", nil)},
	{"piano-prova-ticket", func(w *World) error {
		return errors.Join(planned("trial", nil)(w), w.tried("Visite specialistiche", "", "36,15"))
	}},
	{"piano-prova-eticare", func(w *World) error {
		return errors.Join(planned("trial", withEticare(day(2025, 1, 1), nil))(w), w.tried("Visite specialistiche", "private", "120"))
	}},
	{"piano-prova-attesa", func(w *World) error {
		return errors.Join(planned("trial", withEticare(day(2026, 9, 1), nil))(w), w.tried("Visite specialistiche", "private", "120"))
	}},
	{"piano-prova-ricovero", func(w *World) error {
		return errors.Join(planned("trial", nil)(w), w.Choose(words.T("membership.trial.what"), "Ricovero ospedaliero"),
			w.Fill(words.T("membership.trial.admitted"), "02/11/2026"), w.Fill(words.T("membership.trial.discharged"), "06/11/2026"), w.settle())
	}},
	{"piano-prova-dentista", func(w *World) error {
		return errors.Join(planned("trial", withEticare(day(2025, 1, 1), nil))(w), w.Choose(words.T("membership.trial.what"), "Cure odontoiatriche"),
			w.extractions("membership.trial.treatment", "membership.trial.treatment.more", "membership.trial.cost"))
	}},
	{"piano-prova-lenti", func(w *World) error {
		return errors.Join(planned("trial", withEticare(day(2025, 1, 1), nil))(w), w.tried("Lenti", "private", "140"),
			w.Choose(words.T("membership.trial.lens"), words.T("plan.lens.glasses")), w.settle())
	}},
	{"piano-prova-prevenzione", func(w *World) error {
		return errors.Join(planned("trial", withEticare(day(2025, 1, 1), nil))(w), w.Choose(words.T("membership.trial.what"), "Programmi di prevenzione"),
			w.Choose(words.T("membership.trial.programme"), "Prevenzione oncologica donna"), w.Fill(words.T("membership.trial.day"), "30/11/2026"), w.settle())
	}},
	{"piano-contributi", planned("fees", nil)},
	{"piano-contributi-scaduti", planned("fees", unpaid(day(2026, 6, 1)))},
	{"piano-eticare-contributi", planned("fees", withEticare(day(2025, 1, 1), nil))},
	{"piano-telefono", func(w *World) error {
		err := planned("helpline", nil)(w)
		return errors.Join(err, w.Press(words.T("membership.help.used")), w.settle())
	}},
	{"piano-eticare-telefono", planned("helpline", withEticare(day(2025, 1, 1), nil))},
	{"piano-regolamento", planned("rules", nil)},
	{"piano-articolo", planned("rules/art. 10.2", nil)},
	{"piano-cerca", func(w *World) error { return errors.Join(planned("rules", nil)(w), w.searched("prescrizione medica")) }},
	{"piano-cerca-niente", func(w *World) error { return errors.Join(planned("rules", nil)(w), w.searched("agopuntura cinese")) }},
	{"piano-glossario", planned("rules/#glossary", withEticare(day(2025, 1, 1), nil))},
	{"piano-letture", planned("rules/#readings", nil)},
}
