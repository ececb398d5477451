package disk

import (
	"os"

	"golang.org/x/sys/windows"
)

var fullErrors = []error{windows.ERROR_DISK_FULL, windows.ERROR_HANDLE_DISK_FULL}

// SyncDir does nothing: Windows keeps a rename with its own journal and gives no handle to flush a folder.
func SyncDir(string) error { return nil }

// Lock takes the lock file at path for this process, or answers ErrInUse. Closing the file, or the end of the process,
// gives it back.
func Lock(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	var at windows.Overlapped
	flags := uint32(windows.LOCKFILE_EXCLUSIVE_LOCK | windows.LOCKFILE_FAIL_IMMEDIATELY)
	if err := windows.LockFileEx(windows.Handle(f.Fd()), flags, 0, 1, 0, &at); err != nil {
		f.Close()
		return nil, ErrInUse
	}
	return f, nil
}
