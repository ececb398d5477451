package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/sodale/sodale/sync/mutuad/desk"
)

// claimPropose shows what the plan says of a claim, and with accept decides so. text is what the member reads then; "" for the usual words.
func (p *program) claimPropose(ctx context.Context, actor, name, text string, accept bool) error {
	return p.atDesk(ctx, actor, func(d *desk.Desk) error {
		if accept {
			r, err := d.Accept(ctx, name, text)
			if err != nil {
				return err
			}
			return p.print(r, "%s: %s %s\n", r.Number, r.State, r.Granted.Euro())
		}
		said, err := d.Propose(ctx, name)
		if err != nil {
			return err
		}
		return p.print(said, "%s", proposalTable(said))
	})
}

// byHand stands for an outcome that the plan does not give.
const byHand = "by hand"

// proposalTable lists the documents of a proposal, with what each rests on below it.
func proposalTable(said desk.Proposal) string {
	var b strings.Builder
	for _, q := range said.Documents {
		outcome := string(q.Outcome)
		if outcome == "" {
			outcome = byHand
		}
		_, _ = fmt.Fprintf(&b, "%2d  %s  %-20s  %-19s  %10s  of %10s  own %10s  %s %s\n", q.Place, q.Claim, q.Person, outcome, q.Granted.Euro(), q.Amount.Euro(), q.Own.Euro(), q.Plan, q.Article)
		for _, line := range remarksOf(q) {
			b.WriteString("    " + line + "\n")
		}
	}
	state := string(said.State)
	if state == "" {
		state = byHand
	}
	_, _ = fmt.Fprintf(&b, "%s: %s %s. Nothing is decided yet.\n", said.Claim, state, said.Granted.Euro())
	return b.String()
}

func remarksOf(q desk.Proposed) []string {
	var lines []string
	if q.Reason != "" {
		lines = append(lines, q.Reason)
	}
	for _, c := range q.Check {
		lines = append(lines, "to check: "+c)
	}
	if len(q.Readings) > 0 {
		lines = append(lines, "by the reading of "+strings.Join(q.Readings, ", "))
	}
	if q.Before != nil {
		lines = append(lines, fmt.Sprintf("decided already: %s %s", q.Before.State, q.Before.Granted.Euro()))
	}
	return lines
}
