package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"strings"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/money"
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
			_, _ = fmt.Fprintf(&table, "%s  %s  %-6s  %-19s  rev %d  %12s  %s  %d files%s\n", r.Number, r.Member, kindNames[r.Kind], r.State, r.Revision,
				r.TotalCents.Euro(), civil.Of(r.ReceivedAt).Italian(), len(r.Attachments), remarks(r))
		}
		return p.print(rows, "%s", table.String())
	})
}

// kindNames are what a claim asks for, in the list.
var kindNames = map[claim.Kind]string{claim.Refund: "refund", claim.StudyGrant: "study"}

// remarks says what else there is to know of a claim.
func remarks(r desk.Row) string {
	var b strings.Builder
	if o := r.Outcomes; o != (desk.Outcomes{}) {
		_, _ = fmt.Fprintf(&b, "  documents: %d approved, %d rejected, %d requested", o.Approved, o.Rejected, o.Requested)
	}
	if r.Granted > 0 {
		_, _ = fmt.Fprintf(&b, "  granted %s", r.Granted.Euro())
	}
	if !r.ReplyBy.IsZero() {
		_, _ = fmt.Fprintf(&b, "  reply by %s", r.ReplyBy.Italian())
	}
	if r.JoinedTo != "" {
		b.WriteString("  joined to " + r.JoinedTo)
	}
	if len(r.Joined) > 0 {
		b.WriteString("  with " + strings.Join(r.Joined, ", "))
	}
	return b.String()
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

// claimDecide moves one claim, with those that were joined to it, and tells the member.
func (p *program) claimDecide(ctx context.Context, args []string) error {
	f := p.flags("claim decide")
	actor := f.String("actor", "desk", "who decides, for the audit")
	var say desk.Decision
	decisionFlags(f, &say)
	propose := f.Bool("propose", false, "show what the plan says of each document, and change nothing")
	accept := f.Bool("accept", false, "with --propose: decide so")
	words, err := parse(f, args, "CLAIM")
	if err != nil {
		return err
	}
	switch by := say.State != "" || len(say.Documents) > 0; {
	case *accept && !*propose:
		return &usageError{"claim decide: --accept needs --propose"}
	case *propose && by:
		return &usageError{"claim decide: --propose says state and documents itself"}
	case *propose:
		return p.claimPropose(ctx, *actor, words[0], say.Words, *accept)
	}
	return p.atDesk(ctx, *actor, func(d *desk.Desk) error {
		r, err := d.Decide(ctx, words[0], say)
		if err != nil {
			return err
		}
		return p.print(r, "%s: %s\n", r.Number, r.State)
	})
}

// decisionFlags read a decision. What follows --document is said of that document.
func decisionFlags(f *flag.FlagSet, say *desk.Decision) {
	f.StringVar((*string)(&say.State), "state", "", "in-review, documents-requested, blocked, approved, rejected, merged, withdrawn, paid")
	f.TextVar(&say.ReplyBy, "reply-by", civil.Date{}, "last day to answer, for documents-requested: 2026-12-31; left out, by the mutual's rules")
	f.TextVar(&say.PaidOn, "paid-on", civil.Date{}, "day of the payment; today when left out")
	f.StringVar(&say.Into, "into", "", "for merged: the open claim that it is joined to")
	f.StringVar(&say.Words, "text", "", "what the member reads")
	f.Func("document", "place or id of a document; the flags after it are about that one", func(name string) error {
		say.Documents = append(say.Documents, desk.Verdict{Document: name})
		return nil
	})
	last := func() *desk.Verdict {
		if len(say.Documents) == 0 {
			return nil
		}
		return &say.Documents[len(say.Documents)-1]
	}
	ofDocument := func(name, usage string, set func(*desk.Verdict, string) error) {
		f.Func(name, usage, func(text string) error {
			if last() == nil {
				return errors.New("needs a --document before it")
			}
			return set(last(), text)
		})
	}
	ofDocument("outcome", "of a document: approved, rejected, documents-requested", func(v *desk.Verdict, text string) error {
		v.Outcome = claim.State(text)
		return nil
	})
	ofDocument("own", "of a document: what is left to the member, as --granted", func(v *desk.Verdict, text string) error { return amount(&v.Own, text) })
	f.Func("granted", "cents, or euro with a comma: 2892 or 28,92", func(text string) error {
		if v := last(); v != nil {
			return amount(&v.Granted, text)
		}
		return amount(&say.Granted, text)
	})
	f.Func("reason", "why, for documents-requested, blocked and rejected", func(text string) error {
		if v := last(); v != nil {
			v.Reason = text
		} else {
			say.Reason = text
		}
		return nil
	})
	f.Func("article", "article of the rules", func(text string) error {
		if v := last(); v != nil {
			v.Article = text
		} else {
			say.Article = text
		}
		return nil
	})
}

// amount is desk.Amount, for flags.
func amount(into *money.Cents, text string) (err error) {
	*into, err = desk.Amount(text)
	return err
}

// claimExpire refuses what was asked for and did not come in time.
func (p *program) claimExpire(ctx context.Context, args []string) error {
	f := p.flags("claim expire")
	actor := f.String("actor", "desk", "who asks, for the audit")
	if _, err := parse(f, args); err != nil {
		return err
	}
	return p.atDesk(ctx, *actor, func(d *desk.Desk) error {
		rows, err := d.Expire(ctx)
		if err != nil {
			return err
		}
		var lines strings.Builder
		for _, r := range rows {
			_, _ = fmt.Fprintf(&lines, "%s: %s\n", r.Number, r.State)
		}
		return p.print(rows, "%s", lines.String())
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
