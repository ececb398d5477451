package main

import (
	"os/exec"

	"golang.org/x/sys/windows"
)

// replaceProcess starts the program at exe, which goes on when this one ends.
func replaceProcess(exe string, args []string) error {
	return exec.Command(exe, args[1:]...).Start()
}

// freeBytes tells how many bytes may still be written in dir.
func freeBytes(dir string) (uint64, error) {
	path, err := windows.UTF16PtrFromString(dir)
	if err != nil {
		return 0, err
	}
	var free uint64
	return free, windows.GetDiskFreeSpaceEx(path, &free, nil, nil)
}
