package register

import (
	"context"
	"strconv"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/privacy"
	"github.com/sodale/sodale/sync/mutuad/archive"
	"github.com/sodale/sodale/sync/mutuad/store"
)

// Words about erasures.
const (
	serviceOff = "Il servizio online è disattivato. Per riattivarlo dai di nuovo i consensi in Privacy e consensi."
	// notWithdrawal keeps erasing apart from leaving the mutual (DEL-06).
	notWithdrawal = " Non è un recesso: resti socio finché non lo chiedi alla mutua nei modi previsti."
)

// kept says what the law keeps, and for how long (DEL-05, PRV-08).
func kept(rules mutual.Profile) string {
	howLong := "per il tempo previsto dalla legge"
	if years := rules.Terms.RetainYears; years > 0 {
		howLong = "per " + strconv.Itoa(years) + " anni dalla perdita della qualifica di socio"
	}
	return " Per legge la mutua conserva " + howLong + " l'iscrizione nel libro soci, i consensi dati e le pratiche protocollate."
}

// followErasure does one of the three, which are apart from each other (DEL-04).
func followErasure(ctx context.Context, f *filing) (archive.News, error) {
	rules, err := f.RulesIn(ctx, f.tx.Queries)
	if err != nil {
		return archive.News{}, err
	}
	switch *f.Letter.Request.Erasure {
	case privacy.ClearHistory:
		return f.clearHistory(ctx, rules)
	case privacy.DeleteAccount:
		return f.deleteAccount(ctx, rules)
	}
	if err := f.tx.Disable(ctx, f.Member); err != nil { // DEL-01
		return archive.News{}, err
	}
	return f.StandingNews(ctx, f.tx.Queries, f.Member, serviceOff+notWithdrawal)
}

// clearHistory empties what the feed told of what is over (DEL-02).
func (f *filing) clearHistory(ctx context.Context, rules mutual.Profile) (archive.News, error) {
	if err := f.tx.EraseHistory(ctx, f.Member); err != nil {
		return archive.News{}, err
	}
	return f.StandingNews(ctx, f.tx.Queries, f.Member, "Lo storico è stato azzerato."+kept(rules))
}

// deleteAccount removes everything that the membership and the book of claims do not need (DEL-03, DEL-05). Nobody can read the
// feed any more, so the last word goes out by mail to the contact that is about to be forgotten.
func (f *filing) deleteAccount(ctx context.Context, rules mutual.Profile) (archive.News, error) {
	h, err := f.tx.Household(ctx, f.Member)
	there := err == nil
	if !there && fault.CodeOf(err) != store.CodeNone {
		return archive.News{}, err
	}
	if err := f.tx.EraseAccount(ctx, f.Member, f.now); err != nil {
		return archive.News{}, err
	}
	if f.Gone, err = f.tx.DropLooseBlobs(ctx, f.Member); err != nil {
		return archive.News{}, err
	}
	words := "Il tuo account è stato eliminato." + kept(rules) + notWithdrawal
	if there {
		if h.EMail != "" {
			f.Last = &Farewell{To: h.EMail, Text: words}
		}
		h = h.With(h.Holder.ID, member.Details{})
		h.Version++
		if err := f.tx.PutHousehold(ctx, f.Member, h); err != nil {
			return archive.News{}, err
		}
	}
	f.Scrub = true
	return f.StandingNews(ctx, f.tx.Queries, f.Member, words)
}
