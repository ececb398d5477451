// Package post carries the mutual's messages to its members: into a folder, to a mail server, to a provider of SMS. Each carrier is
// an archive.Postman, or half of one.
package post

import (
	"context"

	"github.com/sodale/sodale/app/fault"
)

// Codes of this package.
const (
	CodeAddress fault.Code = "post.address" // no address that this carrier can use
	CodeCarrier fault.Code = "post.carrier" // the mail server or provider is not reached, or refused
)

// Mailer carries e-mail.
type Mailer interface {
	EMail(ctx context.Context, to, subject, text string) error
}

// Texter carries SMS.
type Texter interface {
	SMS(ctx context.Context, to, text string) error
}

// Both is the postman whose e-mail goes one way and whose SMS another.
type Both struct {
	Mailer
	Texter
}
