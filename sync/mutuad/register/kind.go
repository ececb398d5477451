package register

import (
	"context"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/request"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/mutuad/archive"
)

// kind is one kind of submission.
type kind struct {
	read     func(plain []byte) (Letter, error) // opens the body
	follow   follow
	action   string // of the audit
	whileOff bool   // it is taken while the service is off
}

// follow does what an entry leads to and returns what the member is told first; or a *Refusal.
type follow func(context.Context, *filing) (archive.News, error)

// kinds is the one table of what can be filed.
var kinds = map[submission.Kind]kind{
	submission.KindClaim:   {read: readClaim, follow: followClaim, action: "claim.checked"},
	submission.KindProfile: {read: readRequest, follow: inOrder(followProfile), action: "profile.changed"},
	submission.KindFamily:  {read: readRequest, follow: inOrder(followFamily), action: "family.added"},
	submission.KindConsent: {read: readRequest, follow: inOrder(followConsent), action: "consent.answered", whileOff: true},
	submission.KindErasure: {read: readRequest, follow: inOrder(followErasure), action: "erasure.done", whileOff: true},

	submission.KindComplaint: {read: readRequest, follow: inOrder(followLetter), action: "complaint.filed"},
	submission.KindQuestion:  {read: readRequest, follow: inOrder(followLetter), action: "question.filed"},
}

// Letter is the opened body of one revision, of whatever kind.
type Letter struct {
	Subject  string
	Revision int
	OpID     string
	Holder   string
	Number   string        // matricola
	Claim    claim.Filed   // of a claim
	Request  request.Filed // of everything else
}

// Known reports whether the book takes that kind.
func Known(k string) bool {
	_, known := kinds[submission.Kind(k)]
	return known
}

// Read opens the body of a kind that is known; a *Refusal when it is none of it.
func Read(k string, plain []byte) (Letter, error) {
	l, err := kinds[submission.Kind(k)].read(plain)
	if err != nil {
		return l, unacceptable("body")
	}
	if l.Claim.ID == "" && string(l.Request.Kind) != k {
		return l, unacceptable("kind")
	}
	return l, nil
}

// Files lists the attachments, in form order. Only claims have any.
func (l Letter) Files() []claim.Attachment {
	return (claim.Claim{Documents: l.Claim.Documents}).Attachments()
}

func readRequest(plain []byte) (Letter, error) {
	r, err := request.Decode(plain)
	return Letter{Subject: r.ID, Revision: r.Revision, OpID: r.OpID, Holder: string(r.Holder), Number: r.Number, Request: r}, err
}

// inOrder lets a request that comes after a newer revision of itself change nothing: it is kept, and the member is told how the
// account stands.
func inOrder(next follow) follow {
	return func(ctx context.Context, f *filing) (archive.News, error) {
		if f.late() {
			return f.StandingNews(ctx, f.tx.Queries, f.Member, "")
		}
		return next(ctx, f)
	}
}
