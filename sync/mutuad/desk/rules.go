package desk

import (
	"context"
	"time"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/mutual"
)

// CodeRules is the code of rules that are another mutual's, or no newer than those that members have. Item is the field.
const CodeRules fault.Code = "desk.rules"

// SetRules stores the mutual's rules and tells every member. Their version must grow, so that no program takes older ones for new.
func (d *Desk) SetRules(ctx context.Context, rules mutual.Profile) error {
	before, err := d.Archive.Rules(ctx)
	if err != nil {
		return err
	}
	switch {
	case rules.ID != before.ID:
		return fault.New(CodeRules, "desk.rules", "id")
	case rules.Version <= before.Version:
		return fault.New(CodeRules, "desk.rules", "version")
	}
	if err := d.Archive.SetRules(ctx, rules); err != nil {
		return err
	}
	return d.audit(ctx, "rules.set", "", "")
}

// Trace is one row of the audit.
type Trace struct {
	At      time.Time `json:"at"`
	Actor   string    `json:"actor"` // a device, or who sat at the desk
	Action  string    `json:"action"`
	Member  string    `json:"member"`
	Subject string    `json:"subject"`
}

// Audit lists who did what to whose data, oldest first; with a name what concerns that membership alone. Reading it leaves a row
// as well.
func (d *Desk) Audit(ctx context.Context, name string) ([]Trace, error) {
	memberID := ""
	if name != "" {
		var err error
		if memberID, err = d.find(ctx, d.Archive.Store.Queries, name); err != nil {
			return nil, err
		}
	}
	if err := d.audit(ctx, "audit.read", memberID, ""); err != nil {
		return nil, err
	}
	rows, err := d.Archive.Store.Audits(ctx)
	if err != nil {
		return nil, err
	}
	traces := []Trace{}
	for _, r := range rows {
		if name == "" || r.Member == memberID {
			traces = append(traces, Trace{At: r.At, Actor: r.Actor, Action: r.Action, Member: r.Member, Subject: r.Subject})
		}
	}
	return traces, nil
}
