package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/sync/mutuad/desk"
)

// complaintList lists all complaints and questions.
func (p *program) complaintList(ctx context.Context, args []string) error {
	f := p.flags("complaint list")
	actor := f.String("actor", "desk", "who asks, for the audit")
	if _, err := parse(f, args); err != nil {
		return err
	}
	return p.atDesk(ctx, *actor, func(d *desk.Desk) error {
		rows, err := d.Complaints(ctx)
		if err != nil {
			return err
		}
		var table strings.Builder
		for _, r := range rows {
			_, _ = fmt.Fprintf(&table, "%s  %s  %-9s  %-9s  %-13s  %s\n", r.Number, r.Member, r.Kind, r.State, r.Outcome, civil.Of(r.ReceivedAt).Italian())
		}
		return p.print(rows, "%s", table.String())
	})
}

// complaintShow opens one. What it says is shown as JSON, with and without --json.
func (p *program) complaintShow(ctx context.Context, args []string) error {
	f := p.flags("complaint show")
	actor := f.String("actor", "desk", "who asks, for the audit")
	words, err := parse(f, args, "COMPLAINT")
	if err != nil {
		return err
	}
	return p.atDesk(ctx, *actor, func(d *desk.Desk) error {
		detail, err := d.Complaint(ctx, words[0])
		if err != nil {
			return err
		}
		return p.show(detail)
	})
}

// complaintAnswer answers one, or says that it is looked at, and tells the member.
func (p *program) complaintAnswer(ctx context.Context, args []string) error {
	f := p.flags("complaint answer")
	actor := f.String("actor", "desk", "who answers, for the audit")
	var say desk.Reply
	f.StringVar((*string)(&say.State), "state", "answered", "in-review, answered")
	f.StringVar((*string)(&say.Outcome), "outcome", "", "of a complaint: upheld, partly-upheld, dismissed")
	f.StringVar(&say.Answer, "text", "", "what the member reads")
	f.StringVar(&say.By, "by", "", "which body of the mutual answers")
	words, err := parse(f, args, "COMPLAINT")
	if err != nil {
		return err
	}
	return p.atDesk(ctx, *actor, func(d *desk.Desk) error {
		r, err := d.Answer(ctx, words[0], say)
		if err != nil {
			return err
		}
		return p.print(r, "%s: %s %s\n", r.Number, r.State, r.Outcome)
	})
}
