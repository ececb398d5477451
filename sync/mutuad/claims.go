package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/sync/mutuad/archive"
	"github.com/sodale/sodale/sync/mutuad/desk"
)

// atDesk opens the archive and lets work be done at the desk.
func (p *program) atDesk(ctx context.Context, actor string, work func(*desk.Desk) error) (err error) {
	var a *archive.Archive
	if a, err = p.open(ctx); err != nil {
		return err
	}
	defer closing(a, &err)
	return work(&desk.Desk{Archive: a, Actor: actor})
}

// claimList lists all claims.
func (p *program) claimList(ctx context.Context, args []string) error {
	f := p.flags("claim list")
	actor := f.String("actor", "desk", "who asks, for the audit")
	if _, err := parse(f, args); err != nil {
		return err
	}
	return p.atDesk(ctx, *actor, func(d *desk.Desk) error {
		rows, err := d.List(ctx)
		if err != nil {
			return err
		}
		var table strings.Builder
		for _, r := range rows {
			_, _ = fmt.Fprintf(&table, "%s  %s  %-19s  rev %d  %12s  %s  %d files\n", r.Number, r.Member, r.State, r.Revision, r.TotalCents.Euro(),
				civil.Of(r.ReceivedAt).Italian(), len(r.Attachments))
		}
		return p.print(rows, "%s", table.String())
	})
}

// claimShow opens one claim. What it says is shown as JSON, with and without --json.
func (p *program) claimShow(ctx context.Context, args []string) error {
	f := p.flags("claim show")
	actor := f.String("actor", "desk", "who asks, for the audit")
	words, err := parse(f, args, "CLAIM")
	if err != nil {
		return err
	}
	return p.atDesk(ctx, *actor, func(d *desk.Desk) error {
		detail, err := d.Show(ctx, words[0])
		if err != nil {
			return err
		}
		return p.show(detail)
	})
}

// claimDecide moves one claim and tells the member.
func (p *program) claimDecide(ctx context.Context, args []string) error {
	f := p.flags("claim decide")
	actor := f.String("actor", "desk", "who decides, for the audit")
	var say desk.Decision
	f.StringVar((*string)(&say.State), "state", "", "in-review, documents-requested, blocked, approved, rejected, merged, paid")
	f.StringVar(&say.Reason, "reason", "", "why, for documents-requested, blocked and rejected")
	f.StringVar(&say.Article, "article", "", "article of the rules")
	f.Int64Var((*int64)(&say.Granted), "granted", 0, "cents, for approved and paid")
	f.TextVar(&say.ReplyBy, "reply-by", civil.Date{}, "last day to answer, for documents-requested: 2026-12-31")
	f.TextVar(&say.PaidOn, "paid-on", civil.Date{}, "day of the payment; today when left out")
	f.StringVar(&say.Words, "text", "", "what the member reads")
	words, err := parse(f, args, "CLAIM")
	if err != nil {
		return err
	}
	return p.atDesk(ctx, *actor, func(d *desk.Desk) error {
		r, err := d.Decide(ctx, words[0], say)
		if err != nil {
			return err
		}
		return p.print(r, "%s: %s\n", r.Number, r.State)
	})
}

// claimExport takes every claim out to files. It fails when something is damaged, after the rest was written.
func (p *program) claimExport(ctx context.Context, args []string) error {
	f := p.flags("claim export")
	actor := f.String("actor", "desk", "who asks, for the audit")
	words, err := parse(f, args, "FOLDER")
	if err != nil {
		return err
	}
	return p.atDesk(ctx, *actor, func(d *desk.Desk) error {
		report, err := d.Export(ctx, words[0])
		if shown := p.print(report, "%d revisions in %s, %d damaged %s\n", len(report.Claims), words[0], len(report.Wrong),
			strings.Join(report.Wrong, " ")); err == nil {
			err = shown
		}
		return err
	})
}
