// Package clock is the one door through which time enters: rooms below take a Clock, so that tests can bend it.
package clock

import "time"

// Clock tells the instant. Implementations answer in UTC or with a zone attached; callers convert.
type Clock interface{ Now() time.Time }

// System is the machine's clock.
type System struct{}

// Now returns the present instant in UTC.
func (System) Now() time.Time { return time.Now().UTC() }
