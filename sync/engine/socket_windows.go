package engine

import "golang.org/x/sys/windows"

// What the operating system says of a connection that could not be made, or broke.
const (
	errRefused     = windows.WSAECONNREFUSED
	errReset       = windows.WSAECONNRESET
	errNetworkGone = windows.WSAENETUNREACH
	errHostGone    = windows.WSAEHOSTUNREACH
)
