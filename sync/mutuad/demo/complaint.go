package demo

import (
	"context"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/complaint"
	"github.com/sodale/sodale/app/request"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/archive"
	"github.com/sodale/sodale/sync/mutuad/desk"
	"github.com/sodale/sodale/sync/mutuad/register"
)

// Days ago on which the demo member complained, and on which the mutual took it up.
const (
	complained = 43
	takenUp    = 41
)

// seedComplaint files a complaint about the claim that was refused, which is still being looked at.
func seedComplaint(ctx context.Context, a *archive.Archive) error {
	claims, err := a.Store.Claims(ctx)
	if err != nil {
		return err
	}
	for _, c := range claims {
		if c.State != claim.Rejected {
			continue
		}
		number, err := complain(ctx, on(a, complained), claim.ID(c.Subject))
		if err != nil {
			return err
		}
		_, err = (&desk.Desk{Archive: on(a, takenUp), Actor: "demo"}).Answer(ctx, number, desk.Reply{State: complaint.InReview})
		return err
	}
	return nil
}

func complain(ctx context.Context, a *archive.Archive, about claim.ID) (id string, err error) {
	f := request.Filed{Format: request.FiledFormat, Revision: 1, Kind: submission.KindComplaint, Holder: Elena, Number: User, MadeAt: a.Now(),
		Complaint: &complaint.Complaint{About: complaint.OfClaim, Claim: about, Matter: complaint.Eligibility,
			Why: "Gli esami li ha prescritti il medico curante, e la ricetta era allegata.", Asked: "Chiedo che la richiesta sia riesaminata con la ricetta."}}
	if f.ID, err = a.NewID(); err != nil {
		return "", err
	}
	if f.OpID, err = a.NewID(); err != nil {
		return "", err
	}
	plain, err := request.Encode(f)
	if err != nil {
		return "", err
	}
	letter, err := register.Read(string(f.Kind), plain)
	if err != nil {
		return "", err
	}
	body, err := sealed(a, plain)
	if err != nil {
		return "", err
	}
	put := api.Put{OpID: f.OpID, Kind: string(f.Kind), Body: body, Plain: hexOf(plain), Blobs: []string{}}
	_, err = register.File(ctx, a, register.Entry{Member: string(Elena), Device: "demo", Letter: letter, Put: put})
	return f.ID, err
}
