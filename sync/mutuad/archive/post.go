package archive

import "context"

// Postman carries messages to members. It returns once the message was handed on.
type Postman interface {
	EMail(ctx context.Context, to, subject, text string) error
	SMS(ctx context.Context, to, text string) error
}
