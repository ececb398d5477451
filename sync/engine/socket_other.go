//go:build !windows

package engine

import "syscall"

// What the operating system says of a connection that could not be made, or broke.
const (
	errRefused     = syscall.ECONNREFUSED
	errReset       = syscall.ECONNRESET
	errNetworkGone = syscall.ENETUNREACH
	errHostGone    = syscall.EHOSTUNREACH
)
