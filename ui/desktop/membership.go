package desktop

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/privacy"
	"github.com/sodale/sodale/app/request"
	"github.com/sodale/sodale/ui/theme"
)

// Membership is what the pages under the member's name need. All of it may be filled in as late as Services.Ready. A nil
// func hides what it is for, unless it says otherwise.
type Membership struct {
	Account  *account.Desk         // needed
	Requests *request.Desk         // needed
	Rules    func() mutual.Profile // needed; of this moment, from memory

	// FactorSheet and RecoverySheet draw the sheets of the second factor's codes and of the code that opens the vault, as
	// PDF; nil saves plain text.
	FactorSheet   func(codes []string) ([]byte, error)
	RecoverySheet func(code string) ([]byte, error)
	// Print shows a PDF in the system's own program for it, to be printed.
	Print func(ctx context.Context, name string, pdf []byte) error

	// The operating system's keyring.
	CanRemember func() bool
	Remembered  func() bool
	Remember    func(ctx context.Context, on bool) error

	// Photo makes a JPEG of at most member.MaxPhoto bytes out of a file's bytes.
	Photo func(ctx context.Context, data []byte) (jpeg []byte, err error)

	// ChooseFolder lets the member choose a folder and calls chosen with its path on the window's goroutine.
	ChooseFolder func(parent fyne.Window, chosen func(path string))
	// Takeout writes a copy of everything that is held into the folder and returns where it is. progress may be called on
	// any goroutine.
	Takeout    func(ctx context.Context, folder string, progress func(done, total int64)) (path string, err error)
	OpenFolder func(path string) error

	// Leaving says what leaving this computer would take. Leave removes everything and looks afterwards; with
	// something waiting for the mutual it changes nothing and returns an error, unless anyway. Left goes on after that: the
	// program ends or starts afresh.
	Leaving func(ctx context.Context) (privacy.Leaving, error)
	Leave   func(ctx context.Context, anyway bool) (privacy.Leaving, error)
	Left    func()
}

// personal are the screens under the member's name, in order.
var personal = []struct {
	screen Screen
	icon   theme.IconName
}{
	{Person, theme.IconUser},
	{Contacts, theme.IconEnvelopeSimple},
	{Payments, theme.IconBank},
	{Family, theme.IconUsersThree},
	{Security, theme.IconLockSimple},
	{Privacy, theme.IconShieldCheck},
	{Complaints, theme.IconPaperPlaneTilt},
	{Support, theme.IconChatCircleText},
}
