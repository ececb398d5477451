package request

import (
	"context"
	"slices"
	"strings"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/submission"
)

// Sheet is one person's details as they stand: what the mutual says, what was sent and waits, and what is being edited.
type Sheet struct {
	Person    member.ID
	Said      member.Details // by the mutual
	Expected  member.Details // once what was sent has come back as news; Said where nothing was sent
	Edit      member.Edit    // the stored one, else one that changes nothing
	Conflicts []member.Conflict
	Last      *Request // the latest change of these details, nil when there was none
	follows   int64    // Seen of what is sent next
}

// Sheet reads one person's details. An edit that was begun before the mutual changed something is carried over to what it says
// now; a change that the mutual refused is taken up again by the edit, so that nothing that was typed is lost. Reading stores
// nothing. CodePerson for somebody who is not of the household.
func (d *Desk) Sheet(ctx context.Context, person member.ID) (Sheet, error) {
	household, err := d.Vault.Household(ctx)
	if err != nil {
		return Sheet{}, err
	}
	said, ok := household.Details(person)
	if !ok {
		return Sheet{}, fault.New(CodePerson, "request.sheet", string(person))
	}
	edits, err := d.Vault.Edits(ctx)
	if err != nil {
		return Sheet{}, err
	}
	requests, err := d.Vault.Requests(ctx)
	if err != nil {
		return Sheet{}, err
	}
	s := Sheet{Person: person, Said: said, Expected: expected(said, person, household.Version, requests), follows: follows(household.Version, requests)}
	return s.with(edits, changesOf(person, requests)), nil
}

// expected lays over what the mutual says what it was sent and did not answer with news yet: what waits, and what it confirmed
// of which no household has come. A confirmed contact counts only once it is proved (PER-06).
func expected(said member.Details, person member.ID, version int64, requests []Request) member.Details {
	for _, r := range requests {
		if r.Change == nil || r.Change.Person != person || !r.ahead(version) {
			continue
		}
		for _, f := range r.Change.Fields() {
			confirmed := f != member.FieldEMail && f != member.FieldMobile && said.Same(r.Change.Base, f)
			if r.Waiting() || confirmed {
				said = said.With(f, r.Change.Mine)
			}
		}
	}
	return said
}

// ahead reports whether the household of a version does not show yet what came of the request.
func (r Request) ahead(version int64) bool {
	return r.Delivery.Status != submission.Held && (r.Waiting() || r.Seen >= version)
}

// follows is the version that the household will have once everything that was sent has come back.
func follows(version int64, requests []Request) int64 {
	next := version
	for _, r := range requests {
		if (r.Change != nil || r.Family != nil) && r.ahead(version) {
			next = max(next, r.Seen+1)
		}
	}
	return next
}

// changesOf lists the revisions of the latest change of a person's details, oldest first.
func changesOf(person member.ID, requests []Request) []Request {
	var chain []Request
	for _, r := range requests {
		if r.Change == nil || r.Change.Person != person {
			continue
		}
		if len(chain) > 0 && chain[0].ID != r.ID {
			chain = nil
		}
		chain = append(chain, r)
	}
	return chain
}

// with reads the edit: the stored one, or one that changes nothing.
func (s Sheet) with(edits []member.Edit, chain []Request) Sheet {
	s.Edit = member.Edit{Change: member.Change{Person: s.Person, Base: s.Expected, Mine: s.Expected}}
	if stored := slices.IndexFunc(edits, func(e member.Edit) bool { return e.Person == s.Person }); stored >= 0 {
		s.Edit = edits[stored]
	}
	if len(chain) > 0 {
		s.Last = &chain[len(chain)-1]
		if s.Last.Delivery.Status == submission.Held && s.Edit.Carries != s.Last.OpID {
			s.Edit = takeUp(s.Edit, chain)
		}
	}
	s.Edit, s.Conflicts = s.Edit.Rebase(s.Expected)
	return s
}

// takeUp lays an edit over the refused change that it follows: what the edit did not touch is what was refused, and the base of
// each refused field is what the mutual had said before the first link that it did not take.
func takeUp(e member.Edit, chain []Request) member.Edit {
	last := chain[len(chain)-1]
	touched := e.Fields()
	for _, f := range last.Change.Fields() {
		e.Base = e.Base.With(f, firstBase(chain, f))
		if !slices.Contains(touched, f) {
			e.Mine = e.Mine.With(f, last.Change.Mine)
		}
	}
	e.Carries = last.OpID
	return e
}

func firstBase(chain []Request, f member.Field) member.Details {
	base := chain[len(chain)-1].Change.Base
	for i := len(chain) - 1; i >= 0 && chain[i].Waiting(); i-- {
		if slices.Contains(chain[i].Change.Fields(), f) {
			base = chain[i].Change.Base
		}
	}
	return base
}

// SaveEdit stores an edit as it is typed, and returns it with the instant. One that changes nothing is removed.
func (d *Desk) SaveEdit(ctx context.Context, e member.Edit) (member.Edit, error) {
	if len(e.Fields()) == 0 && e.Carries == "" {
		return e, d.Vault.DropEdit(ctx, e.Person)
	}
	e.SavedAt = d.Clock.Now().UTC()
	return e, d.Vault.SaveEdit(ctx, e)
}

// Decide settles conflicts of an edit, each for the member's value (true) or for the mutual's. The values given up and the edit
// are stored together. Conflicts that choices does not name stay.
func (d *Desk) Decide(ctx context.Context, s Sheet, choices map[member.Field]bool) (Sheet, error) {
	now := d.Clock.Now().UTC()
	var lost []member.Past
	var left []member.Conflict
	for _, c := range s.Conflicts {
		mine, chosen := choices[c.Field]
		if !chosen {
			left = append(left, c)
			continue
		}
		var p member.Past
		s.Edit, p = s.Edit.Decide(c, mine, now)
		lost = append(lost, p)
	}
	s.Edit.SavedAt = now
	if err := d.Vault.Resolve(ctx, s.Edit, lost); err != nil {
		return s, err
	}
	s.Conflicts = left
	return s, nil
}

// ChangeDetails sends an edit (PER-05). While the change before it is not delivered, this is the next revision of the same
// request and holds what that one changed as well: it alone counts. After a refusal it is the correction; one that then changes
// nothing gives up what was refused. CodeUndecided while a conflict is open, CodeNothing when there is nothing to send.
func (d *Desk) ChangeDetails(ctx context.Context, e member.Edit) (Request, error) {
	d.freezing.Lock()
	defer d.freezing.Unlock()
	e, err := d.SaveEdit(ctx, e)
	if err != nil {
		return Request{}, err
	}
	s, err := d.Sheet(ctx, e.Person)
	if err != nil {
		return Request{}, err
	}
	if len(s.Conflicts) > 0 {
		return Request{}, fault.New(CodeUndecided, "request.change", fieldsOf(s.Conflicts))
	}
	if len(s.Edit.Fields()) == 0 && s.Edit.Carries == "" {
		return Request{}, fault.New(CodeNothing, "request.change", string(e.Person))
	}
	r, err := d.freeze(ctx, filedChange(s))
	if err != nil {
		return r, err
	}
	return r, d.Vault.DropEdit(ctx, e.Person)
}

func fieldsOf(conflicts []member.Conflict) string {
	var names []string
	for _, c := range conflicts {
		names = append(names, string(c.Field))
	}
	return strings.Join(names, ",")
}

func filedChange(s Sheet) Filed {
	change := s.Edit.Change
	f := Filed{Kind: submission.KindProfile, Change: &change, Seen: s.follows}
	if s.Last == nil || !s.Last.Waiting() {
		return f
	}
	f.ID, f.Revision = s.Last.ID, s.Last.Revision
	if s.Last.Delivery.Status == submission.Held {
		return f
	}
	touched := change.Fields()
	for _, field := range s.Last.Change.Fields() {
		if !slices.Contains(touched, field) {
			change.Base, change.Mine = change.Base.With(field, s.Last.Change.Base), change.Mine.With(field, s.Last.Change.Mine)
		}
	}
	return f
}
