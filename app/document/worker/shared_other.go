//go:build !linux

package worker

import "errors"

// mapShared is for Linux; elsewhere documents and pixels go through the pipes.
func mapShared() ([]byte, error) { return nil, errors.ErrUnsupported }
