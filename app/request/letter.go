package request

import (
	"context"

	"github.com/sodale/sodale/app/complaint"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/submission"
)

// Codes of letters. Item names the first field that is wrong.
const (
	CodeComplaint fault.Code = "request.complaint" // no complaint as it stands (BEG-19)
	CodeQuestion  fault.Code = "request.question"  // no question as it stands
)

// Letter is a complaint or a question with what the mutual said of it.
type Letter struct {
	Request
	Standing complaint.Standing
}

// Complain sends a complaint (CMP-01). corrects is the id of the refused one that it takes the place of, "" for a new one; CodeNotFound
// when no such complaint was refused, CodeComplaint when a field is wrong.
func (d *Desk) Complain(ctx context.Context, c complaint.Complaint, corrects string) (Request, error) {
	c = c.Only()
	f := Filed{Kind: submission.KindComplaint, Complaint: &c, MadeAt: d.Clock.Now().UTC()}
	if wrong := f.wrongLetter(); wrong != "" {
		return Request{}, fault.New(CodeComplaint, "request.complain", wrong)
	}
	return d.write(ctx, f, corrects)
}

// Ask sends a question (CMP-02). corrects is as for Complain; CodeQuestion when a field is wrong.
func (d *Desk) Ask(ctx context.Context, q complaint.Question, corrects string) (Request, error) {
	q = q.Only()
	f := Filed{Kind: submission.KindQuestion, Question: &q}
	if wrong := f.wrongLetter(); wrong != "" {
		return Request{}, fault.New(CodeQuestion, "request.ask", wrong)
	}
	return d.write(ctx, f, corrects)
}

func (d *Desk) write(ctx context.Context, f Filed, corrects string) (Request, error) {
	d.freezing.Lock()
	defer d.freezing.Unlock()
	if corrects != "" {
		last, err := d.last(ctx, func(r Request) bool { return r.Kind == f.Kind && r.ID == corrects })
		if err != nil {
			return Request{}, err
		}
		if last == nil || last.Delivery.Status != submission.Held {
			return Request{}, fault.New(CodeNotFound, "request.write", corrects)
		}
		f.ID, f.Revision = last.ID, last.Revision
	}
	return d.freeze(ctx, f)
}

// Letters lists every complaint and question in its last revision, latest first, with what the mutual said of each.
func (d *Desk) Letters(ctx context.Context) ([]Letter, error) {
	all, err := d.Requests(ctx)
	if err != nil {
		return nil, err
	}
	said, err := d.Vault.Said(ctx, submission.EventComplaint)
	if err != nil {
		return nil, err
	}
	var letters []Letter
	seen := map[string]bool{}
	for _, r := range all {
		if (r.Complaint == nil && r.Question == nil) || seen[r.ID] {
			continue
		}
		seen[r.ID] = true
		letters = append(letters, Letter{r, complaint.StandingOf(r.ID, said)})
	}
	return letters, nil
}

// LeftOf returns the drafts that are left once the request is frozen: without the letter that it is.
func (f Filed) LeftOf(d complaint.Drafts) complaint.Drafts {
	switch {
	case f.Complaint != nil && f.Revision == 1:
		return d.Without(f.Complaint.Claim)
	case f.Question != nil && f.Revision == 1:
		return d.Asking(complaint.Question{})
	}
	return d
}

// Drafts returns the letters in the making.
func (d *Desk) Drafts(ctx context.Context) (complaint.Drafts, error) {
	return d.Vault.LetterDrafts(ctx)
}

// SaveDrafts stores the letters in the making. It returns after the commit.
func (d *Desk) SaveDrafts(ctx context.Context, drafts complaint.Drafts) error {
	return d.Vault.SaveLetterDrafts(ctx, drafts)
}
