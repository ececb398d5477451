package desktop

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/card"
	"github.com/sodale/sodale/app/change"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/clock"
	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/helpline"
	"github.com/sodale/sodale/app/identity"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/notice"
	"github.com/sodale/sodale/app/plan"
	"github.com/sodale/sodale/app/reading"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/screen/claims"
	"github.com/sodale/sodale/ui/screen/settings"
	"github.com/sodale/sodale/ui/screen/unlock"
)

// Profile is what the mutual last said of the member, and its notices. All methods read from this computer and are safe
// for concurrent use. They work only after the vault was opened.
type Profile interface {
	Household(ctx context.Context) (member.Household, error)
	Cards(ctx context.Context) ([]card.Card, error)
	Notices(ctx context.Context) ([]notice.Notice, error)
	// MarkRead marks one notice as read; it returns after the commit.
	MarkRead(ctx context.Context, id string) error
}

// Services is everything that the window needs from the rest of the program. main fills it in. Desk, Profile and what
// belongs to the line are used only after Gate let the member in.
type Services struct {
	// FirstRun is the way to a vault; without Gate the window begins with it. With Gate it is where a computer whose key was
	// destroyed begins anew. nil = there is none.
	FirstRun *FirstRun

	Gate identity.Gate
	// Trouble is why the vault can't be opened whatever is typed, as one that is open elsewhere; nil = nothing is wrong.
	Trouble error
	// Recover opens the vault with the printed recovery code; nil hides that way.
	Recover func(ctx context.Context, code string) error
	// Access is what the door, and what is asked right behind it, need of the mutual. Its zero value leaves a door that knows
	// the vault's password and the printed code. Rejoin may be nil: then FirstRun is.
	Access unlock.Access
	// Suspended says when the computer is about to sleep; nil = only the clocks tell, afterwards.
	Suspended <-chan struct{}
	// Damage is what opening found damaged and mended, with the code CodeDamaged and in Values["Lost"] what is gone; nil =
	// nothing. It is told once, behind the door. May be nil itself.
	Damage func() error
	// Ready is called once on the window's goroutine after the vault was opened and before any other field is used; nil
	// when there is nothing to do.
	Ready func() error

	Desk      *claim.Desk
	Profile   Profile
	Previewer document.Previewer
	Changes   *change.Feed

	Link     func() submission.Link                         // of this moment, from memory; works while locked
	Diagnose func(ctx context.Context) []submission.Finding // may take seconds
	SendNow  func()                                         // try everything that waits now
	CheckNow func(opID string)                              // ask the mutual about one that is unconfirmed
	Release  func(ctx context.Context, opID string) error   // a held submission goes back to the queue
	Receipt  func(raw []byte) (claims.Receipt, error)       // verifies a signed receipt and returns what it states

	// Plans are the health plans whose rules are known here; nil hides *Piano e contributi*. It may be slow the first time.
	Plans func() plan.Plans
	// Help notes uses of the telephone centre; nil counts none.
	Help *helpline.Desk

	// Membership is what the pages under the member's name need; nil hides them.
	Membership *Membership

	Lock func() // ends the process and starts afresh; nil hides *Blocca*

	LoadSettings func() settings.Settings
	SaveSettings func(settings.Settings)

	MutualName string
	Phone      string // of the mutual's office
	Version    string // of the program
	Clock      clock.Clock

	// ReadFile returns the bytes of a dropped or chosen file, of at most 32 MiB. Errors carry document codes.
	ReadFile func(path string) ([]byte, error)
	// ChooseFiles lets the member choose files and calls chosen with their paths on the window's goroutine; nil uses the
	// toolkit's own dialog.
	ChooseFiles func(parent fyne.Window, chosen func(paths []string))
	// SaveFile lets the member keep data under a name of their choice and returns where it went, "" when they thought
	// better of it. It may block; nil uses the toolkit's own dialog.
	SaveFile func(ctx context.Context, name string, data []byte) (path string, err error)

	// ReadPaper reads what a paper says, for the people of the household; nil reads nothing.
	ReadPaper func(ctx context.Context, data []byte, people []member.Person) (reading.Paper, error)
	// ConvertPhoto draws a HEIC photo as a file that may be attached, of any size; nil offers no such help.
	ConvertPhoto func(ctx context.Context, data []byte) ([]byte, error)
	// Intake is how papers come in beside the file chooser; what is nil is not offered.
	Intake Intake

	// Courier carries what waits on a stick; nil hides it.
	Courier *Courier

	// Notify shows a short word on the desktop, outside of the window; nil shows none. It is called on the window's goroutine.
	Notify func(title, text string)

	// NewRunner makes the runner of one screen; nil means runner.New. Tests hand in runner.NewSynchronous.
	NewRunner func() *runner.Runner
}
