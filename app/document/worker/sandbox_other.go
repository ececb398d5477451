//go:build !linux && !darwin

package worker

// lockIn does nothing here: on Windows the parent puts the process in a job object before it sends a document.
func lockIn(uint64) error { return nil }
