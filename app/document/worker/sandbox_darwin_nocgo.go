//go:build darwin && !cgo

package worker

import "errors"

// lockIn can't be done without cgo on macOS: the worker refuses to work.
func lockIn(uint64) error { return errors.ErrUnsupported }
