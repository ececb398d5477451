package worker

import "os"

// descriptor is one of the standard streams.
func descriptor(n int) *os.File {
	if n == 0 {
		return os.Stdin
	}
	return os.Stdout
}
