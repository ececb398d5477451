package document

import (
	"io"
	"os"
	"os/exec"
	"syscall"

	"golang.org/x/sys/unix"

	"github.com/sodale/sodale/app/document/wire"
)

// prepare sets what a worker starts with: a directory that says nothing, and no signals of the terminal.
func prepare(cmd *exec.Cmd) {
	cmd.Dir = "/"
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
}

// confine has nothing to do here: the worker locks itself in.
func confine(*os.Process) (io.Closer, error) { return nil, nil }

// shareMemory makes the memory for documents and pixels, sealed so that a worker can't take it from under this process.
// It takes up room only where it was written.
func shareMemory() (*os.File, []byte, error) {
	fd, err := unix.MemfdCreate("preview", unix.MFD_CLOEXEC|unix.MFD_ALLOW_SEALING)
	if err != nil {
		return nil, nil, err
	}
	f := os.NewFile(uintptr(fd), "preview")
	if err := f.Truncate(wire.Area); err != nil {
		f.Close()
		return nil, nil, err
	}
	if _, err := unix.FcntlInt(f.Fd(), unix.F_ADD_SEALS, unix.F_SEAL_SHRINK|unix.F_SEAL_GROW|unix.F_SEAL_SEAL); err != nil {
		f.Close()
		return nil, nil, err
	}
	b, err := unix.Mmap(fd, 0, wire.Area, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED)
	if err != nil {
		f.Close()
		return nil, nil, err
	}
	return f, b, nil
}

func releaseMemory(b []byte) {
	if b != nil {
		_ = unix.Munmap(b)
	}
}

// dropPages gives the memory behind b back; it reads as zeros then.
func dropPages(b []byte) { _ = unix.Madvise(b, unix.MADV_REMOVE) }
