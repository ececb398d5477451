package desk_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/sodale/sodale/app/card"
	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/mutuad/demo"
	"github.com/sodale/sodale/sync/mutuad/desk"
	"github.com/sodale/sodale/sync/mutuad/store"
)

// actions lists what the audit says was done, oldest first.
func (b bench) actions(t *testing.T) []string {
	t.Helper()
	rows, err := b.Archive.Store.Audits(ctx)
	must(t, err)
	var all []string
	for _, r := range rows {
		all = append(all, r.Actor+" "+r.Action)
	}
	return all
}

func TestTheArchiveOfPeopleIsListedAndOpenedWithATraceInTheAudit(t *testing.T) { // REG-11
	everywhere(t, func(t *testing.T, d bench) {
		people, err := d.People(ctx)
		must(t, err)
		if len(people) != 3+len(demo.Cast()) {
			t.Fatalf("%+v", people)
		}
		access := map[string]store.State{}
		for _, p := range people {
			access[p.Name] = p.Access
		}
		if access["Elena Marchetti"] != store.StateActive || access["Bruno Ferri"] != store.StateNew || access["Marta Galli"] != "" {
			t.Fatalf("%v", access)
		}
		for _, name := range []string{"3423", demo.User, "mrc lne 67c54 f205j", string(demo.Elena), string(demo.Luca), "MRCLCU09S21F205T"} {
			m, err := d.Membership(ctx, name)
			if err != nil || m.Household.Number != demo.User || len(m.People) != 3 || len(m.Consents) == 0 || m.Account.User != demo.User {
				t.Fatalf("%s: %+v, %v", name, m, err)
			}
		}
		traces, err := d.Audit(ctx, "3423")
		must(t, err)
		opened := 0
		for _, row := range traces {
			if row.Member != string(demo.Elena) {
				t.Fatalf("%+v", row)
			}
			if row.Action == "member.opened" && row.Actor == "rossi" {
				opened++
			}
		}
		if opened != 6 {
			t.Fatalf("%d of 6 readings left a row", opened)
		}
		if got := d.actions(t); !slices.Contains(got, "rossi people.listed") {
			t.Fatalf("%v", got)
		}
		if _, err := d.Membership(ctx, "999"); fault.CodeOf(err) != store.CodeNone {
			t.Fatalf("%v", err)
		}
	})
}

func TestWhatTheDeskChangesTheMemberIsTold(t *testing.T) {
	everywhere(t, func(t *testing.T, d bench) {
		before := len(d.events(t))
		_, err := d.Edit(ctx, "3423", map[string]string{"email": "elena.nuova@posta.example", "iban": "IT60 X054 2811 1010 0000 0123 456", "street": "Via Po 3", "plan": "Piano Oro"})
		must(t, err)
		events := d.events(t)
		if len(events) != before+2 || events[before].Kind != submission.EventHousehold || events[before+1].Kind != submission.EventCards {
			t.Fatalf("%d events after %d", len(events), before)
		}
		var h member.Household
		must(t, json.Unmarshal(events[before].Body, &h))
		if h.Version != 2 || h.EMail != "elena.nuova@posta.example" || h.IBAN != "IT60X0542811101000000123456" || h.Home.Street != "Via Po 3" || len(h.Family) != 2 {
			t.Fatalf("%+v", h)
		}
		var cards []card.Card
		if must(t, json.Unmarshal(events[before+1].Body, &cards)); cards[0].Plan != "Piano Oro" {
			t.Fatalf("%+v", cards[0])
		}
		_, err = d.Edit(ctx, "3423", map[string]string{"email": "x@posta.example", "iban": "IT00"})
		if fault.CodeOf(err) != desk.CodeField || len(d.events(t)) != before+2 {
			t.Fatalf("%v", err)
		}
		if got := d.actions(t); !slices.Contains(got, "rossi member.edited") {
			t.Fatalf("%v", got)
		}
	})
}

func TestThePlanOfAHouseholdIsSetPieceByPieceAndReachesTheMember(t *testing.T) { // MEM-01, PLN-05
	everywhere(t, func(t *testing.T, d bench) {
		before, err := d.Membership(ctx, "3423")
		must(t, err)
		set := func(person, field, value string) {
			t.Helper()
			_, err := d.Edit(ctx, person, map[string]string{field: value})
			must(t, err)
		}
		luca := before.Household.Family[1].FiscalCode
		set("3423", "plan-id", "eticare-per-me")
		set("3423", "plan-way", "SEPA")
		set(luca, "plan-role", "")
		set("3423", "plan-role", "aderente")
		set("3423", "plan-category", "socio")
		set("3423", "plan-start", "2026-05-01")
		set("3423", "due", "2026-12-01 23,00")
		set("3423", "due", "2025-01-31 0")
		set("3423", "due-paid", "2026-12-01 2026-11-28")
		set("3423", "due-paid", "2026-06-30")
		events := d.events(t)
		var h member.Household
		must(t, json.Unmarshal(events[len(events)-2].Body, &h))
		day := func(y int, m time.Month, d int) civil.Date { return civil.Date{Year: y, Month: m, Day: d} }
		want := before.Household.Plan
		want.ID, want.Way = "eticare-per-me", "SEPA"
		want.Covers = []member.Cover{{Person: demo.Elena, Role: "aderente", Category: "socio", Start: day(2026, 5, 1)}, want.Covers[1]}
		want.Dues = append(slices.Clone(want.Dues[1:]), member.Due{On: day(2026, 12, 1), Cents: 2300, Paid: day(2026, 11, 28)})
		want.Dues[2].Paid = civil.Date{}
		if !reflect.DeepEqual(h.Plan, want) {
			t.Fatalf("%+v\n%+v", h.Plan, want)
		}
		set(luca, "plan-start", "2026-06-01")
		set(luca, "plan-requested", "2026-05-20")
		again, err := d.Membership(ctx, "3423")
		must(t, err)
		if c := again.Household.Plan.Covers; len(c) != 3 || c[2] != (member.Cover{Person: demo.Luca, Start: day(2026, 6, 1), Requested: day(2026, 5, 20)}) {
			t.Fatalf("%+v", c)
		}
		for field, value := range map[string]string{"due": "2026-13-01 5", "due-paid": "2026-02-01 2026-02-01", "plan-start": "domani", "plan-requested": "1/2/2026"} {
			if _, err := d.Edit(ctx, "3423", map[string]string{field: value}); fault.CodeOf(err) != desk.CodeField {
				t.Errorf("%s %q: %v", field, value, err)
			}
		}
	})
}

func TestAPersonIsAddedOnceAndGetsACodeThatReplacesTheOneBefore(t *testing.T) { // REG-13, REG-15
	everywhere(t, func(t *testing.T, d bench) {
		who := map[string]string{"given-name": "Mario", "family-name": "Rossi", "fiscal-code": "RSSMRA80A01F205X", "born": "1980-01-01", "desk-mobile": "333 000 4455"}
		added, err := d.Add(ctx, "8815", who)
		must(t, err)
		if added.Number != "000000008815" || added.Role != member.Holder || added.Access != store.StateNew || added.Mobile != "+393330004455" {
			t.Fatalf("%+v", added)
		}
		if _, err := d.Add(ctx, "8816", who); fault.CodeOf(err) != desk.CodeThere {
			t.Fatalf("the same codice fiscale: %v", err)
		}
		who["fiscal-code"] = "VRDGNN80A41F205Q"
		if _, err := d.Add(ctx, "8815", who); fault.CodeOf(err) != desk.CodeThere && fault.CodeOf(err) != desk.CodeField {
			t.Fatalf("the same number: %v", err)
		}
		_, first, err := d.NewCode(ctx, "RSSMRA80A01F205X")
		must(t, err)
		_, second, err := d.NewCode(ctx, "8815")
		must(t, err)
		p, err := d.Archive.Store.PersonByFiscalCode(ctx, "RSSMRA80A01F205X")
		must(t, err)
		if d.Archive.Activates(p, first) || !d.Archive.Activates(p, second) || p.Code == second || len(second) != 19 {
			t.Fatalf("%q then %q", first, second)
		}
		for _, lacking := range []string{"given-name", "family-name", "fiscal-code", "born"} {
			less := map[string]string{"given-name": "Ada", "family-name": "Neri", "fiscal-code": "NREDAA80A41F205T", "born": "1980-01-01"}
			delete(less, lacking)
			if _, err := d.Add(ctx, "", less); fault.CodeOf(err) != desk.CodeField {
				t.Errorf("without %s: %v", lacking, err)
			}
		}
	})
}

func TestRulesReachEveryMemberAndOnlyNewerOnesOfTheSameMutual(t *testing.T) {
	everywhere(t, func(t *testing.T, d bench) {
		rules, err := demo.Rules("aurora")
		must(t, err)
		before := len(d.events(t))
		for field, bend := range map[string]func(*mutual.Profile){"version": func(*mutual.Profile) {}, "id": func(p *mutual.Profile) { p.ID, p.Version = "other", 9 }} {
			wrong := rules
			bend(&wrong)
			if err := d.SetRules(ctx, wrong); fault.CodeOf(err) != desk.CodeRules || len(d.events(t)) != before {
				t.Errorf("%s: %v", field, err)
			}
		}
		rules.Version, rules.Relatives.Editable = rules.Version+1, false
		must(t, d.SetRules(ctx, rules))
		events := d.events(t)
		var told mutual.Profile
		if must(t, json.Unmarshal(events[len(events)-1].Body, &told)); len(events) != before+1 || told.Version != rules.Version || told.Relatives.Editable {
			t.Fatalf("%d events, %+v", len(events)-before, told)
		}
		if now, err := d.Archive.Rules(ctx); err != nil || now.Version != rules.Version {
			t.Fatalf("%+v, %v", now, err)
		}
	})
}
