//go:build !cgo

package worker

// Linked tells whether this binary has MuPDF, that is, was built with cgo.
const Linked = false

// Main refuses to work: without cgo there is no MuPDF in this binary.
func Main() int { return exitRefused }
