// Package takeout writes a copy of everything that is held about a member on this computer, for them to keep or to hand to
// somebody else (PRV-09; GDPR art. 15 and 20). The copy is a folder:
//
//	LEGGIMI.txt    what is in the folder, in Italian
//	dati.pdf       for reading
//	dati.json      for programs: Data, Format 1
//	foto.jpg       the member's photo, if there is one
//	documenti/     the files of every claim as they were added, a folder for each claim
//
// dati.json is an object of the keys of Data. Instants are RFC 3339 in UTC, days YYYY-MM-DD, amounts whole cents, bytes base64.
// A key that is added later is no new format; one that changes its meaning or goes is.
package takeout

import (
	"context"
	"io"
	"time"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/card"
	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/complaint"
	"github.com/sodale/sodale/app/helpline"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/notice"
	"github.com/sodale/sodale/app/privacy"
	"github.com/sodale/sodale/app/request"
	"github.com/sodale/sodale/app/submission"
)

// Format is the version of dati.json.
const Format = 1

// Source is the open vault, read only.
type Source interface {
	Household(ctx context.Context) (member.Household, error)
	Cards(ctx context.Context) ([]card.Card, error)
	Standing(ctx context.Context) (account.Standing, error)
	Claims(ctx context.Context) ([]claim.Claim, error) // outside the bin
	Binned(ctx context.Context) ([]claim.Claim, error) // discarded drafts that the bin still has
	Delivery(ctx context.Context, opID string) (*submission.Delivery, error)
	OpenBlob(ctx context.Context, digest string) (io.ReadCloser, error)
	Requests(ctx context.Context) ([]request.Request, error)
	Edits(ctx context.Context) ([]member.Edit, error)
	Past(ctx context.Context) ([]member.Past, error)
	Consents(ctx context.Context) ([]privacy.Answer, error)
	Notices(ctx context.Context) ([]notice.Notice, error)
	LetterDrafts(ctx context.Context) (complaint.Drafts, error)
	Said(ctx context.Context, kind string) ([]submission.FeedEvent, error)
	HelpUses(ctx context.Context) ([]helpline.Use, error)
}

// Data is dati.json.
type Data struct {
	Format    int              `json:"format"`
	Program   string           `json:"program"` // "Sodale 0.1.0"
	MadeAt    time.Time        `json:"madeAt"`
	Mutual    Mutual           `json:"mutual"`
	Household member.Household `json:"household"` // holder, relatives, contacts, payment, plan
	Account   account.Standing `json:"account"`
	Cards     []card.Card      `json:"cards"`
	Claims    []Claim          `json:"claims"`
	Requests  []Request        `json:"requests"` // changes, relatives, consents, deletions, complaints and questions
	Edits     []member.Edit    `json:"edits"`    // begun and not sent
	Letters   complaint.Drafts `json:"letters"`  // complaints and questions begun and not sent
	Past      []member.Past    `json:"past"`     // values that were given up
	Consents  []Consent        `json:"consents"` // every answer, oldest first
	Notices   []notice.Notice  `json:"notices"`
	HelpUses  []helpline.Use   `json:"helpUses"` // of the telephone centre, as the member noted them
}

// Mutual names whose data these are.
type Mutual struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Claim is one claim with its state and where its files lie in the folder.
type Claim struct {
	claim.Claim
	Status   claim.State          `json:"status"`
	Delivery *submission.Delivery `json:"delivery,omitempty"` // of the last revision, with the mutual's signed receipt
	Files    []File               `json:"files"`
}

// File is one attachment in the folder.
type File struct {
	Attachment string `json:"attachment"` // its id in the claim
	Path       string `json:"path"`       // from the folder, with slashes; "" = it could not be read
	SHA256     string `json:"sha256"`     // of the file as it was added
	Size       int64  `json:"size"`       // bytes
}

// Request is one request with its delivery.
type Request struct {
	request.Filed
	Delivery submission.Delivery   `json:"delivery"`
	Standing *complaint.StatusNews `json:"standing,omitempty"` // of a complaint or a question: what the mutual said last
}

// Consent is one answer.
type Consent struct {
	privacy.Answer
	Confirmed bool `json:"confirmed"` // the mutual has it
}

// Gather reads everything from the source. Files of the claims are not read: their paths are empty.
func Gather(ctx context.Context, source Source, mutual Mutual, program string, now time.Time) (Data, error) {
	d := Data{Format: Format, Program: program, MadeAt: now.UTC(), Mutual: mutual, Claims: []Claim{}, Requests: []Request{}, Consents: []Consent{}}
	var err error
	if d.Household, err = source.Household(ctx); err != nil {
		return d, err
	}
	if d.Account, err = source.Standing(ctx); err != nil {
		return d, err
	}
	if err := gatherClaims(ctx, source, &d); err != nil {
		return d, err
	}
	if err := gatherRequests(ctx, source, &d); err != nil {
		return d, err
	}
	for _, read := range []func() error{
		func() error { return list(ctx, source.Cards, &d.Cards) },
		func() error { return list(ctx, source.Edits, &d.Edits) },
		func() error { return list(ctx, source.Past, &d.Past) },
		func() error { return list(ctx, source.Notices, &d.Notices) },
		func() error { return list(ctx, source.HelpUses, &d.HelpUses) },
	} {
		if err := read(); err != nil {
			return d, err
		}
	}
	return d, nil
}

// list reads a list; an empty one is written as [] and not as null.
func list[T any](ctx context.Context, read func(context.Context) ([]T, error), to *[]T) error {
	got, err := read(ctx)
	*to = append([]T{}, got...)
	return err
}

func gatherClaims(ctx context.Context, source Source, d *Data) error {
	claims, err := source.Claims(ctx)
	if err != nil {
		return err
	}
	binned, err := source.Binned(ctx)
	if err != nil {
		return err
	}
	for _, c := range append(claims, binned...) {
		row := Claim{Claim: c, Files: []File{}}
		if c.OpID != "" {
			if row.Delivery, err = source.Delivery(ctx, c.OpID); err != nil {
				return err
			}
		}
		blocked := c.Revision == 0 && claim.Stops(claim.Check(c, claim.Rules{Today: civil.Of(d.MadeAt), IBAN: d.Household.IBAN}))
		row.Status = claim.StateOf(c, row.Delivery, blocked)
		for _, a := range c.Attachments() {
			row.Files = append(row.Files, File{Attachment: a.ID, SHA256: a.Plain, Size: a.Size})
		}
		d.Claims = append(d.Claims, row)
	}
	return nil
}

func gatherRequests(ctx context.Context, source Source, d *Data) error {
	requests, err := source.Requests(ctx)
	if err != nil {
		return err
	}
	confirmed, err := source.Consents(ctx)
	if err != nil {
		return err
	}
	if d.Letters, err = source.LetterDrafts(ctx); err != nil {
		return err
	}
	said, err := source.Said(ctx, submission.EventComplaint)
	if err != nil {
		return err
	}
	for _, r := range requests {
		row := Request{Filed: r.Filed, Delivery: r.Delivery}
		if s := complaint.StandingOf(r.ID, said); s.State != "" {
			row.Standing = &s.StatusNews
		}
		d.Requests = append(d.Requests, row)
	}
	for _, e := range request.LedgerOf(string(d.Household.Holder.ID), confirmed, requests).All() {
		d.Consents = append(d.Consents, Consent(e))
	}
	return nil
}
