// Package desk is where the mutual's people work on claims: list them, open one, decide, and take everything out to
// files. Whatever is opened leaves an audit row; whatever is decided becomes an event in the member's feed.
package desk

import (
	"bytes"
	"context"
	"io"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/archive"
	"github.com/sodale/sodale/sync/mutuad/bundle"
	"github.com/sodale/sodale/sync/mutuad/store"
)

// Codes of the desk.
const (
	CodeNotAllowed fault.Code = "desk.not-allowed" // the claim's state does not lead there; Item is the present state
	CodeDecision   fault.Code = "desk.decision"    // the decision lacks or has too much; Item names the field
	CodeJoined     fault.Code = "desk.joined"      // the claim is decided with the one that Item is the number of
	CodeDamaged    fault.Code = "desk.damaged"     // stored bytes are not what they were; Item names them
)

// Desk works on one archive. Actor is who sits there, for the audit.
type Desk struct {
	Archive *archive.Archive
	Actor   string
}

// Row is one claim in the list.
type Row struct {
	ID          string       `json:"id"`
	Number      string       `json:"number"` // "26-004471"
	Member      string       `json:"member"` // matricola
	State       claim.State  `json:"state"`
	Revision    int          `json:"revision"`
	TotalCents  money.Cents  `json:"totalCents"`
	ReceivedAt  time.Time    `json:"receivedAt"`
	Kind        claim.Kind   `json:"kind"` // "" = refund, "study"
	Granted     money.Cents  `json:"grantedCents"`
	Outcomes    Outcomes     `json:"outcomes"`
	ReplyBy     civil.Date   `json:"replyBy"`     // last day, included, of an integration
	JoinedTo    string       `json:"joinedTo"`    // number of the claim that it is decided with (CLM-24)
	Joined      []string     `json:"joined"`      // numbers of those that are decided with it
	Attachments []Attachment `json:"attachments"` // of the newest revision, in form order
}

// Outcomes counts the documents that were decided.
type Outcomes struct {
	Approved  int `json:"approved"`
	Rejected  int `json:"rejected"`
	Requested int `json:"requested"`
}

// Attachment is one file of a claim.
type Attachment struct {
	ID     string `json:"id"`
	Digest string `json:"digest"` // hex SHA-256 of the sealed bytes
	Plain  string `json:"plain"`  // hex SHA-256 of the plain bytes
	Size   int64  `json:"size"`   // plain bytes
}

// List lists all claims, first received first. It opens none.
func (d *Desk) List(ctx context.Context) ([]Row, error) {
	claims, err := d.Archive.Store.Claims(ctx)
	if err != nil {
		return nil, err
	}
	rows := make([]Row, 0, len(claims))
	for _, c := range claims {
		r, err := d.row(ctx, c)
		if err != nil {
			return nil, err
		}
		rows = append(rows, r)
	}
	return rows, d.audit(ctx, "claim.listed", "", "")
}

func (d *Desk) row(ctx context.Context, c store.Claim) (Row, error) {
	said, err := bundle.Said(ctx, d.Archive, d.Archive.Store.Queries, c)
	if err != nil {
		return Row{}, err
	}
	r := Row{ID: c.Subject, Number: c.Protocol, Member: c.Number, State: c.State, Revision: c.Revision, TotalCents: c.Total,
		ReceivedAt: c.ReceivedAt, Kind: c.Kind, Granted: said.Granted, Outcomes: counted(said.Outcomes), ReplyBy: c.ReplyBy, JoinedTo: c.JoinedTo,
		Joined: append([]string{}, said.Joined...), Attachments: []Attachment{}}
	files, err := d.Archive.Store.Attachments(ctx, c.Member, c.Subject, c.Revision)
	for _, f := range files {
		r.Attachments = append(r.Attachments, Attachment(f))
	}
	return r, err
}

func counted(outcomes []claim.Outcome) Outcomes {
	var n Outcomes
	for _, o := range outcomes {
		switch o.State {
		case claim.Approved:
			n.Approved++
		case claim.Rejected:
			n.Rejected++
		case claim.DocumentsRequested:
			n.Requested++
		}
	}
	return n
}

func (d *Desk) audit(ctx context.Context, action, memberID, subject string) error {
	return d.Archive.Store.Write(ctx, func(tx *store.Tx) error {
		return d.Archive.Audit(ctx, tx, d.Actor, action, memberID, subject)
	})
}

// Detail is one claim, opened.
type Detail struct {
	Row
	Filed   claim.Filed `json:"filed"`
	Receipt api.Signed  `json:"receipt"`
	Papers  []Paper     `json:"papers"` // all documents that are decided together, also of claims that were joined
	Events  []Event     `json:"events"` // what the member was told of it, oldest first
}

// Paper is one document to decide about.
type Paper struct {
	Place   int                `json:"place"` // from 1: what a Verdict names it by
	Claim   string             `json:"claim"` // number
	ID      string             `json:"id"`
	Type    claim.DocumentType `json:"type"`
	Person  member.ID          `json:"person"`
	Amount  money.Cents        `json:"amountCents"`
	Outcome *claim.Outcome     `json:"outcome"` // null = nothing yet
}

// Event is one thing that the member was told.
type Event struct {
	Seq  int64            `json:"seq"`
	At   time.Time        `json:"at"`
	Text string           `json:"text"`
	News claim.StatusNews `json:"news"`
}

// Show opens the newest revision of the claim of that id or number, after the audit row was written. store.CodeNone when
// there is none.
func (d *Desk) Show(ctx context.Context, name string) (Detail, error) {
	c, err := d.Archive.Store.FindClaim(ctx, name)
	if err != nil {
		return Detail{}, err
	}
	if err := d.audit(ctx, "claim.opened", c.Member, c.Subject); err != nil {
		return Detail{}, err
	}
	r, err := d.row(ctx, c)
	if err != nil {
		return Detail{}, err
	}
	opened, err := d.open(ctx, c, c.Revision)
	if err != nil {
		return Detail{}, err
	}
	papers, err := d.papers(ctx, c)
	if err != nil {
		return Detail{}, err
	}
	events, err := d.told(ctx, c)
	return Detail{Row: r, Filed: opened.filed, Receipt: opened.receipt, Papers: papers, Events: events}, err
}

// papers lists the documents that are decided together with those of a claim.
func (d *Desk) papers(ctx context.Context, c store.Claim) ([]Paper, error) {
	var all []bundle.Paper
	err := d.Archive.Store.Write(ctx, func(tx *store.Tx) error {
		b, err := bundle.Read(ctx, d.Archive, tx, c)
		if err == nil {
			all, err = b.Papers(ctx)
		}
		return err
	})
	papers := make([]Paper, 0, len(all))
	for i, p := range all {
		papers = append(papers, Paper{Place: i + 1, Claim: p.Of.Protocol, ID: p.ID, Type: p.Type, Person: p.Person, Amount: p.Amount, Outcome: p.Outcome})
	}
	return papers, err
}

// opened is one revision with its seal broken.
type opened struct {
	stored  store.Revision
	plain   []byte
	filed   claim.Filed
	receipt api.Signed
}

// open opens a revision and checks it against the hash that its receipt states.
func (d *Desk) open(ctx context.Context, c store.Claim, revision int) (opened, error) {
	var o opened
	var err error
	if o.stored, err = d.Archive.Store.Revision(ctx, c.Member, c.Subject, revision); err != nil {
		return o, err
	}
	damaged := func(err error) error { return fault.Wrap(CodeDamaged, "desk.open", c.Subject, err) }
	r, err := d.Archive.Box.Open(bytes.NewReader(o.stored.Body))
	if err != nil {
		return o, damaged(err)
	}
	if o.plain, err = io.ReadAll(r); err != nil {
		return o, damaged(err)
	}
	if o.receipt, err = d.proof(o.stored, o.plain); err != nil {
		return o, damaged(err)
	}
	if o.filed, err = claim.Decode(o.plain); err != nil {
		return o, damaged(err)
	}
	return o, nil
}

// told lists what the member was told of a claim.
func (d *Desk) told(ctx context.Context, c store.Claim) ([]Event, error) {
	events := []Event{}
	var after int64
	for {
		page, err := d.Archive.Store.Events(ctx, c.Member, after, 1000)
		if err != nil || len(page) == 0 {
			return events, err
		}
		for _, e := range page {
			if after = e.Seq; e.Kind == submission.EventClaimStatus && e.Subject == c.Subject {
				events = append(events, told(e))
			}
		}
	}
}

// today is the day in Rome.
func (d *Desk) today() civil.Date { return civil.Of(d.Archive.Now()) }
