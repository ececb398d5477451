package bundle

import (
	"context"
	"slices"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/sync/mutuad/archive"
)

// Closed reports whether nothing more comes of a claim by itself (CLM-48).
func Closed(s claim.State) bool {
	return s == claim.Paid || s == claim.Rejected || s == claim.Merged || s == claim.Withdrawn
}

// undecided are the states in which a member may still take a claim back.
var undecided = []claim.State{claim.Registered, claim.InReview, claim.DocumentsRequested, claim.Blocked}

// Join joins a claim to the bundle and tells the member of both (CLM-24, AMB-61). What was decided of its documents stays.
func (b *Bundle) Join(ctx context.Context, c *Claim, words string) error {
	c.State, c.JoinedTo, c.ReplyBy = claim.Merged, b.Lead.Protocol, civil.Date{}
	c.Said.Reason, c.Said.Article = "", ""
	b.Joined = append(b.Joined, c)
	b.Lead.Said.Joined = b.Numbers()
	if err := b.Tell(ctx, c, words); err != nil {
		return err
	}
	return b.Tell(ctx, b.Lead, "Alla pratica è stata accorpata la "+c.Protocol+": i documenti saranno decisi insieme.")
}

// Correct takes in a later revision of a claim of the bundle, whose newest stored revision is still the one before. What was decided
// stands for the documents that did not change; whatever was asked for counts as answered.
func (b *Bundle) Correct(ctx context.Context, c *Claim, f claim.Filed) error {
	if c.State == claim.Paid || c.State == claim.Withdrawn {
		c.take(f)
		return b.Tell(ctx, c, "Revisione ricevuta: la pratica "+c.Protocol+" è chiusa e resta com'è.")
	}
	asked := b.Asks()
	before, err := b.documents(ctx, c)
	if err != nil && fault.CodeOf(err) != CodeDamaged { // what can't be compared any more is decided again
		return err
	}
	c.keep(func(o claim.Outcome) bool { return decided(o) && same(before, f.Documents, o.Document) })
	c.take(f)
	words := "Pratica protocollata con il numero " + c.Protocol + "."
	if c.JoinedTo == "" {
		b.reopen(asked)
		return b.Tell(ctx, c, words)
	}
	if Closed(b.Lead.State) {
		b.release(c)
		if err := b.Tell(ctx, c, words); err != nil {
			return err
		}
		return b.Tell(ctx, b.Lead, "La pratica "+c.Protocol+" è di nuovo trattata da sola.")
	}
	if err := b.Tell(ctx, c, words); err != nil {
		return err
	}
	if !b.reopen(asked) {
		return nil
	}
	return b.Tell(ctx, b.Lead, "È arrivata l'integrazione della pratica accorpata "+c.Protocol+".")
}

// take notes the newest revision.
func (c *Claim) take(f claim.Filed) {
	c.Revision, c.Total = f.Revision, Total(f)
}

// Total adds up the amounts in euro that a claim states. What the form does not ask for is not stated.
func Total(f claim.Filed) money.Cents {
	var sum money.Cents
	for _, d := range f.Documents {
		if d.Asks(claim.FieldAmount) {
			sum += d.Amount
		}
	}
	return sum
}

// reopen registers the lead again where the states allow it and nothing else is awaited. asked says whether single documents were
// asked for before.
func (b *Bundle) reopen(asked bool) bool {
	if b.Lead.State == claim.Registered || asked && b.Asks() || !archive.MayMove(b.Lead.State, claim.Registered) {
		return false
	}
	b.Lead.register()
	return true
}

// register lets a claim wait for its decision by itself.
func (c *Claim) register() {
	c.State, c.JoinedTo, c.ReplyBy = claim.Registered, "", civil.Date{}
	c.Said.Reason, c.Said.Article = "", ""
}

// release lets a claim that was joined stand by itself.
func (b *Bundle) release(c *Claim) {
	b.Joined = slices.DeleteFunc(b.Joined, func(j *Claim) bool { return j == c })
	b.Lead.Said.Joined = b.Numbers()
	c.register()
}

// MayWithdraw reports whether a claim of the bundle is not decided yet.
func (b *Bundle) MayWithdraw(c *Claim) bool {
	if c.JoinedTo == "" {
		return slices.Contains(undecided, c.State)
	}
	waits := b.Lead.State == claim.Approved && !slices.ContainsFunc(c.Said.Outcomes, decided) // it came after that decision
	return c.State == claim.Merged && (slices.Contains(undecided, b.Lead.State) || waits)
}

// Withdraw puts a claim aside that may be (MayWithdraw); the others of the bundle go on. When it led them, the first of them does.
func (b *Bundle) Withdraw(ctx context.Context, c *Claim, words string) error {
	asked := b.Asks()
	c.keep(func(claim.Outcome) bool { return false })
	c.Said.Reason, c.Said.Article = "", ""
	if c.JoinedTo == "" {
		return b.withdrawLead(ctx, words)
	}
	b.release(c)
	c.State = claim.Withdrawn
	if err := b.Tell(ctx, c, words); err != nil {
		return err
	}
	if asked {
		b.reopen(asked)
	}
	return b.Tell(ctx, b.Lead, "La pratica accorpata "+c.Protocol+" è stata ritirata.")
}

func (b *Bundle) withdrawLead(ctx context.Context, words string) error {
	gone, left := b.Lead, b.Joined
	gone.State, gone.ReplyBy = claim.Withdrawn, civil.Date{}
	if len(left) > 0 {
		gone.Said.Joined = []string{}
	}
	if err := b.Tell(ctx, gone, words); err != nil || len(left) == 0 {
		return err
	}
	b.Lead, b.Joined = left[0], left[1:]
	b.Lead.register()
	b.Lead.Said.Joined = b.Numbers()
	for _, c := range b.Claims() {
		c.keep(decided)
		if c != b.Lead {
			c.JoinedTo = b.Lead.Protocol
		}
		if err := b.Tell(ctx, c, "La pratica "+gone.Protocol+" è stata ritirata: "+onItsOwn(c, b.Lead)); err != nil {
			return err
		}
	}
	return nil
}

func onItsOwn(c, lead *Claim) string {
	if c == lead {
		return "questa prosegue da sola."
	}
	return "questa prosegue con la " + lead.Protocol + "."
}
