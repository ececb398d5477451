package account

import (
	"context"

	"github.com/sodale/sodale/app/fault"
)

// Desk is what a member does with their access where both sides take part: the mutual changes the account, and the vault on
// this computer follows. The order is always mutual first. Whatever is cut off between the two leaves a vault that opens with
// the password it had, that says so (Vault.Stale), and that TakeOver brings up to date.
type Desk struct {
	Portal Portal
	Vault  Vault
}

// ChangePassword changes the password at the mutual and of the open vault (SES-03). CodeWrong when current is not the
// account's; then nothing changed.
func (d *Desk) ChangePassword(ctx context.Context, current, next string, endOthers bool) error {
	changed, err := d.Portal.ChangePassword(ctx, current, next, endOthers)
	if err != nil {
		return err
	}
	return d.Vault.SetPassword(ctx, []byte(next), changed.PasswordChanged)
}

// Align gives the open vault the account's password, which was changed elsewhere: the mutual confirms it first. CodeWrong when
// it does not; CodeFactor when a second factor is needed.
func (d *Desk) Align(ctx context.Context, c Credentials) error {
	access, err := d.Portal.OpenShare(ctx, c)
	if err != nil {
		return err
	}
	return d.Vault.SetPassword(ctx, []byte(c.Password), access.PasswordChanged)
}

// TakeOver opens the locked vault with the account's password, which was changed elsewhere, and makes it the vault's own.
func (d *Desk) TakeOver(ctx context.Context, c Credentials) error {
	access, err := d.Portal.OpenShare(ctx, c)
	if err != nil {
		return err
	}
	return d.enter(ctx, access, c.Password)
}

// FinishReset sets a new password with the code that was sent, opens the locked vault with the share that the mutual hands out
// and makes the new password the vault's own (LOG-11). CodeNoShare when the mutual has no share of this computer: the account
// has the new password, and the vault opens with the old one or the recovery code.
func (d *Desk) FinishReset(ctx context.Context, p ResetProof) error {
	access, err := d.Portal.FinishReset(ctx, p)
	if err != nil {
		return err
	}
	return d.enter(ctx, access, p.Password)
}

// CodeNoShare is the code of a vault that the mutual can't help to open.
const CodeNoShare fault.Code = "access.no-share"

func (d *Desk) enter(ctx context.Context, access Access, password string) error {
	if len(access.Share) == 0 {
		return fault.New(CodeNoShare, "account.enter", "")
	}
	if err := d.Vault.UnlockWithShare(ctx, access.Share); err != nil {
		return err
	}
	return d.Vault.SetPassword(ctx, []byte(password), access.PasswordChanged)
}

// KeepReset sees to it that a reset can open the open vault: it hands the mutual a share when it has none, or not the newest.
// It may be called whenever the vault is open and the line is up.
func (d *Desk) KeepReset(ctx context.Context) error {
	if d.Vault.ShareKept() {
		return nil
	}
	share, err := d.Vault.NewShare(ctx)
	if err != nil {
		return err
	}
	defer clear(share)
	if err := d.Portal.PutShare(ctx, share); err != nil {
		return err
	}
	return d.Vault.KeepShare(ctx)
}
