package engine

import (
	"context"
	"io"

	"github.com/sodale/sodale/app/submission"
)

// Outbox is what is to be delivered. It works while the vault is locked. Every method that changes something returns
// after the commit.
type Outbox interface {
	// Deliveries lists every submission, oldest first, delivered ones included.
	Deliveries(ctx context.Context) ([]submission.Delivery, error)
	// Frozen returns the bytes that were frozen, the same for ever.
	Frozen(ctx context.Context, opID string) (submission.Submission, error)
	// Move takes one step of submission.Next and lets edit change the other fields, in one transaction. A step that the
	// table does not allow changes nothing and fails. Step "" keeps the status and only edits.
	Move(ctx context.Context, opID string, step submission.Step, edit func(*submission.Delivery)) (submission.Delivery, error)
	// OpenSealed reads a sealed file and tells its size in bytes.
	OpenSealed(ctx context.Context, digest string) (io.ReadSeekCloser, int64, error)
}

// Inbox is where the mutual's events go. It needs an open vault.
type Inbox interface {
	// Cursor is how far the feed was applied.
	Cursor(ctx context.Context) (submission.Cursor, error)
	// Apply stores events, what they change and the new cursor in one transaction. An event seen before changes nothing.
	Apply(ctx context.Context, events []submission.FeedEvent, next submission.Cursor) error
}

// Tokens are what the device may present. An empty one means that there is none.
type Tokens interface {
	Upload() string // check, upload, submit, fetch receipts; kept apart, for a locked vault
	Full() string   // everything; "" while the vault is locked
}
