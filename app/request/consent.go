package request

import (
	"context"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/privacy"
	"github.com/sodale/sodale/app/submission"
)

// Answer gives or withdraws a consent (PRV-04, PRV-09) for a person; "" is the holder. The version is that of the text as the
// mutual has it now, the instant is the clock's. Changing one's mind before it left is the next revision of the same request, so
// that the mutual can't take the answers in another order.
func (d *Desk) Answer(ctx context.Context, consent mutual.Consent, person member.ID, given bool) (Request, error) {
	d.freezing.Lock()
	defer d.freezing.Unlock()
	household, err := d.Vault.Household(ctx)
	if err != nil {
		return Request{}, err
	}
	if person == household.Holder.ID {
		person = ""
	}
	if _, ok := household.Person(person); !ok && person != "" {
		return Request{}, fault.New(CodePerson, "request.answer", string(person))
	}
	answer := privacy.Answer{Consent: consent.ID, Version: consent.Version, Person: string(person), Given: given, At: d.Clock.Now().UTC()}
	last, err := d.last(ctx, func(r Request) bool {
		return r.Consent != nil && r.Consent.Consent == answer.Consent && r.Consent.Person == answer.Person
	})
	if err != nil {
		return Request{}, err
	}
	f := Filed{Kind: submission.KindConsent, Consent: &answer}
	if last != nil && last.Waiting() {
		f.ID, f.Revision = last.ID, last.Revision
	}
	return d.freeze(ctx, f)
}

// Ledger reads every answer that was given: those the mutual has, and those on their way. What the mutual refused is not in it.
func (d *Desk) Ledger(ctx context.Context) (privacy.Ledger, error) {
	household, err := d.Vault.Household(ctx)
	if err != nil {
		return privacy.Ledger{}, err
	}
	confirmed, err := d.Vault.Consents(ctx)
	if err != nil {
		return privacy.Ledger{}, err
	}
	requests, err := d.Vault.Requests(ctx)
	if err != nil {
		return privacy.Ledger{}, err
	}
	return LedgerOf(string(household.Holder.ID), confirmed, requests), nil
}

// LedgerOf brings together the answers that the mutual has and those among the requests that it did not refuse.
func LedgerOf(holder string, confirmed []privacy.Answer, requests []Request) privacy.Ledger {
	var sent []privacy.Answer
	for _, r := range requests {
		if r.Consent != nil && r.Delivery.Status != submission.Held {
			sent = append(sent, *r.Consent)
		}
	}
	return privacy.NewLedger(holder, confirmed, sent)
}
