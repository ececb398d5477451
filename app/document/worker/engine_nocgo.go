//go:build !cgo

package worker

import "errors"

// Linked tells whether this binary has MuPDF, that is, was built with cgo. Without it only photos are read.
const Linked = false

// openMuPDF fails: without cgo there is no MuPDF in this binary.
func openMuPDF() (desk, error) { return nil, errors.ErrUnsupported }

// allocate returns n zeroed bytes for the life of the process.
func allocate(n int) []byte { return make([]byte, n) }
