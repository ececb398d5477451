package newclaim

import (
	"context"
	"slices"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/ui/runner"
)

// goTo shows another step.
func (p *Page) goTo(s step) {
	p.m.Step, p.summary, p.sendErr = s, false, nil
	p.save.Change(p.m.Snapshot())
	_ = p.save.Flush()
	p.show()
	p.refocus()
}

// Forward is *Continua*, and on the last step *Invia la pratica*.
func (p *Page) Forward() {
	switch {
	case p.m == nil || p.sent != nil:
	case p.m.Step == stepBasics:
		p.leaveBasics()
	case p.m.Step == stepDocuments:
		p.leaveDocuments()
	default:
		p.send()
	}
}

// leaveDocuments goes on unless something is missing that stops the claim; then it stands on top, each line leading to
// its field (CLM-14).
func (p *Page) leaveDocuments() {
	if !claim.Stops(p.m.Problems()) {
		p.goTo(stepReview)
		return
	}
	p.m.LeaveAll()
	p.summary = true
	p.show()
	p.form.focusSummary()
}

// jump opens the field that a problem is about.
func (p *Page) jump(where string) {
	documentID, f := parseWhere(where)
	if documentID == "" {
		if f != claim.WhereDocuments {
			p.goTo(stepBasics)
		}
		return
	}
	p.m.Open(documentID)
	p.moreOpen = p.moreOpen || slices.Contains(folded, f)
	if p.m.Step != stepDocuments {
		p.goTo(stepDocuments)
	} else {
		p.show()
	}
	p.form.focus(f)
}

// send is *Invia la pratica*: it freezes and queues, with or without network (CLM-18, CLM-22).
func (p *Page) send() {
	if p.run.Busy("send") {
		return
	}
	runner.Go(p.run, "send", func(ctx context.Context) (claim.Summary, error) {
		if err := p.save.Flush(); err != nil {
			return claim.Summary{}, err
		}
		if _, err := p.needs.Desk.Finalise(ctx, p.id); err != nil && fault.CodeOf(err) != claim.CodeNotOpen {
			return claim.Summary{}, err
		}
		return p.needs.Desk.Open(ctx, p.id)
	}, p.wasSent)
}

func (p *Page) wasSent(s claim.Summary, err error) {
	if fault.CodeOf(err) == claim.CodeInvalid {
		p.m.Step = stepDocuments
		p.leaveDocuments()
		return
	}
	p.sendErr = err
	if err == nil {
		p.sent = &s
		p.verify()
	}
	p.show()
	p.refocus()
}
