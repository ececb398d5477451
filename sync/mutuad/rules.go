package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"gopkg.in/yaml.v3"

	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/sync/mutuad/archive"
	"github.com/sodale/sodale/sync/mutuad/desk"
)

// rulesShow prints the mutual's rules as YAML that `mutuad rules set` reads again.
func (p *program) rulesShow(ctx context.Context, args []string) (err error) {
	f := p.flags("rules show")
	if _, err := parse(f, args); err != nil {
		return err
	}
	var a *archive.Archive
	if a, err = p.open(ctx); err != nil {
		return err
	}
	defer closing(a, &err)
	rules, err := a.Rules(ctx)
	if err != nil {
		return err
	}
	if p.json {
		return p.show(rules)
	}
	e := yaml.NewEncoder(p.out)
	e.SetIndent(2)
	return errors.Join(e.Encode(rules), e.Close())
}

// rulesSet reads the rules of a file strictly, stores them and tells every member.
func (p *program) rulesSet(ctx context.Context, args []string) error {
	f := p.flags("rules set")
	actor := f.String("actor", "desk", "who sets them, for the audit")
	words, err := parse(f, args, "FILE")
	if err != nil {
		return err
	}
	data, err := os.ReadFile(words[0])
	if err != nil {
		return err
	}
	rules, err := mutual.Load(filepath.Base(words[0]), data)
	if err != nil {
		return err
	}
	return p.atDesk(ctx, *actor, func(d *desk.Desk) error {
		if err := d.SetRules(ctx, rules); err != nil {
			return err
		}
		return p.print(map[string]any{"id": rules.ID, "version": rules.Version}, "%s: rules version %d\n", rules.ID, rules.Version)
	})
}
