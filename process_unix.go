//go:build unix

package main

import (
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// replaceProcess becomes the program at exe; it returns only when that fails.
func replaceProcess(exe string, args []string) error { return syscall.Exec(exe, args, os.Environ()) }

// freeBytes tells how many bytes may still be written in dir.
func freeBytes(dir string) (uint64, error) {
	var s unix.Statfs_t
	if err := unix.Statfs(dir, &s); err != nil {
		return 0, err
	}
	return s.Bavail * uint64(s.Bsize), nil
}
