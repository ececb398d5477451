// Package helpline counts how often the services of a plan's telephone centre were used, where a plan gives only so many a year
// (H24-23). The centre does not tell this computer: the member notes each use, and can take it back.
package helpline

import (
	"context"
	"io"
	"slices"
	"sync"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/clock"
	"github.com/sodale/sodale/app/id"
	"github.com/sodale/sodale/app/member"
)

// Use is one service that a person had.
type Use struct {
	ID      string     `json:"id"`   // UUIDv7
	Plan    string     `json:"plan"` // plan.Plan.ID
	Service string     `json:"service"`
	Person  member.ID  `json:"person"`
	On      civil.Date `json:"on"`
}

// Vault keeps the uses. SetHelpUses returns after it is durable.
type Vault interface {
	HelpUses(ctx context.Context) ([]Use, error)
	SetHelpUses(ctx context.Context, uses []Use) error
}

// Desk notes uses. All fields are needed.
type Desk struct {
	Vault  Vault
	Clock  clock.Clock
	Random io.Reader

	noting sync.Mutex // reading the list and writing it is one step
}

// Uses lists what was noted, oldest first.
func (d *Desk) Uses(ctx context.Context) ([]Use, error) { return d.Vault.HelpUses(ctx) }

// Note notes a use of today and returns it.
func (d *Desk) Note(ctx context.Context, plan, service string, person member.ID) (Use, error) {
	now := d.Clock.Now()
	name, err := id.New(now, d.Random)
	if err != nil {
		return Use{}, err
	}
	u := Use{ID: name, Plan: plan, Service: service, Person: person, On: civil.Of(now)}
	return u, d.change(ctx, func(all []Use) []Use { return append(all, u) })
}

// Undo takes a use back. It is no error when there is none of that id.
func (d *Desk) Undo(ctx context.Context, id string) error {
	return d.change(ctx, func(all []Use) []Use { return slices.DeleteFunc(all, func(u Use) bool { return u.ID == id }) })
}

func (d *Desk) change(ctx context.Context, edit func([]Use) []Use) error {
	d.noting.Lock()
	defer d.noting.Unlock()
	all, err := d.Vault.HelpUses(ctx)
	if err != nil {
		return err
	}
	return d.Vault.SetHelpUses(ctx, edit(slices.Clone(all)))
}

// Of picks the uses of one service by one person in a calendar year, in their order.
func Of(all []Use, plan, service string, person member.ID, year int) []Use {
	var list []Use
	for _, u := range all {
		if u.Plan == plan && u.Service == service && u.Person == person && u.On.Year == year {
			list = append(list, u)
		}
	}
	return list
}
