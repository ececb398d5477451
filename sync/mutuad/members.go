package main

import (
	"context"
	"flag"
	"fmt"
	"strings"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/sync/mutuad/desk"
)

// memberList lists everybody in the archive of people.
func (p *program) memberList(ctx context.Context, args []string) error {
	f := p.flags("member list")
	actor := f.String("actor", "desk", "who asks, for the audit")
	if _, err := parse(f, args); err != nil {
		return err
	}
	return p.atDesk(ctx, *actor, func(d *desk.Desk) error {
		people, err := d.People(ctx)
		if err != nil {
			return err
		}
		var table strings.Builder
		for _, e := range people {
			_, _ = fmt.Fprintf(&table, "%-12s  %-16s  %-7s  %-8s  %-13s  %s\n", e.Number, e.FiscalCode, e.Role, e.Access, e.Mobile, e.Name)
		}
		return p.print(people, "%s", table.String())
	})
}

// memberShow opens one membership. What it says is shown as JSON, with and without --json.
func (p *program) memberShow(ctx context.Context, args []string) error {
	f := p.flags("member show")
	actor := f.String("actor", "desk", "who asks, for the audit")
	words, err := parse(f, args, "PERSON")
	if err != nil {
		return err
	}
	return p.atDesk(ctx, *actor, func(d *desk.Desk) error {
		m, err := d.Membership(ctx, words[0])
		if err != nil {
			return err
		}
		return p.show(m)
	})
}

// fieldFlags lets every field of the desk be set by a flag of its name.
func fieldFlags(f *flag.FlagSet) map[string]string {
	changes := map[string]string{}
	for _, name := range desk.Fields() {
		f.Func(name, "field to set", func(value string) error { changes[name] = value; return nil })
	}
	return changes
}

// memberAdd adds a person to the archive of people.
func (p *program) memberAdd(ctx context.Context, args []string) error {
	f := p.flags("member add")
	actor := f.String("actor", "desk", "who adds, for the audit")
	number := f.String("number", "", "matricola of a new membership; without it somebody whom a member may add")
	changes := fieldFlags(f)
	if _, err := parse(f, args); err != nil {
		return err
	}
	return p.atDesk(ctx, *actor, func(d *desk.Desk) error { return p.entry(d.Add(ctx, *number, changes)) })
}

// memberEdit changes a person and the membership as somebody at the mutual does.
func (p *program) memberEdit(ctx context.Context, args []string) error {
	f := p.flags("member edit")
	actor := f.String("actor", "desk", "who edits, for the audit")
	changes := fieldFlags(f)
	words, err := parse(f, args, "PERSON")
	if err != nil {
		return err
	}
	if len(changes) == 0 {
		return &usageError{"member edit: needs a field to set: --" + strings.Join(desk.Fields(), ", --")}
	}
	return p.atDesk(ctx, *actor, func(d *desk.Desk) error { return p.entry(d.Edit(ctx, words[0], changes)) })
}

func (p *program) entry(e desk.Entry, err error) error {
	if err != nil {
		return err
	}
	return p.print(e, "%s %s %s\n", e.Number, e.FiscalCode, e.Name)
}

// memberCode prints a collection form with a fresh activation code.
func (p *program) memberCode(ctx context.Context, args []string) error {
	f := p.flags("member code")
	actor := f.String("actor", "desk", "who prints, for the audit")
	words, err := parse(f, args, "PERSON")
	if err != nil {
		return err
	}
	return p.atDesk(ctx, *actor, func(d *desk.Desk) error {
		e, code, err := d.NewCode(ctx, words[0])
		if err != nil {
			return err
		}
		return p.print(map[string]any{"person": e, "code": code}, "MODULO PER IL RITIRO REFERTI\n%s, %s\nCODICE DI ATTIVAZIONE: %s\n", e.Name, e.FiscalCode, code)
	})
}

// audit lists who did what to whose data, oldest first.
func (p *program) audit(ctx context.Context, args []string) error {
	f := p.flags("audit")
	name := f.String("member", "", "of one membership alone")
	if _, err := parse(f, args); err != nil {
		return err
	}
	return p.atDesk(ctx, "desk", func(d *desk.Desk) error {
		rows, err := d.Audit(ctx, *name)
		if err != nil {
			return err
		}
		var table strings.Builder
		for _, r := range rows {
			_, _ = fmt.Fprintf(&table, "%s %s  %-18s  %-36s  %-36s  %s\n", civil.Of(r.At).Italian(), r.At.In(civil.Rome).Format("15:04:05"), r.Action, r.Actor, r.Member, r.Subject)
		}
		return p.print(rows, "%s", table.String())
	})
}
