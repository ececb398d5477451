package bundle

import (
	"context"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/sync/mutuad/store"
)

// noticed are the states that a member hears of by SMS or e-mail as well: it came, it is blocked, something is missing, how it ended,
// it is paid (NTF-02 … NTF-04).
var noticed = map[claim.State]bool{claim.Registered: true, claim.Blocked: true, claim.DocumentsRequested: true, claim.Approved: true,
	claim.Rejected: true, claim.Paid: true}

// Notify lets a message leave through each channel that the mutual proves. It says what state a claim is in, and no more: it goes to
// a telephone or a mailbox.
func (b *Bundle) Notify(ctx context.Context, c *Claim, s claim.State) error {
	if !noticed[s] {
		return nil
	}
	rules, err := b.archive.RulesIn(ctx, b.tx.Queries)
	if err != nil {
		return err
	}
	proved := map[store.Channel]mutual.Channel{store.ChannelMobile: rules.Verification.Mobile, store.ChannelEMail: rules.Verification.EMail}
	for _, channel := range []store.Channel{store.ChannelMobile, store.ChannelEMail} {
		if proved[channel] == mutual.ChannelNone {
			continue
		}
		id, err := b.archive.NewID()
		if err != nil {
			return err
		}
		if err := b.tx.AddNotice(ctx, store.Notice{ID: id, Member: c.Member, Channel: channel, Protocol: c.Protocol, About: string(s)}, b.now); err != nil {
			return err
		}
	}
	return nil
}
