//go:build cgo

package worker

/*
#include <stdint.h>
#include <stdlib.h>

// Deprecated by Apple with no public successor for a process that wants to lock itself in; browsers use it.
int sandbox_init(const char *profile, uint64_t flags, char **error);
enum { SANDBOX_NAMED = 1 };
*/
import "C"

import (
	"errors"
	"fmt"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Limits of the process. macOS ignores a limit on address space: MuPDF's counted memory is the one that holds.
const (
	processorLimit  = 60 // seconds
	descriptorLimit = 16
)

// lockIn gives up files, network and processes. fileLimit is what may be written to a file that is open already.
func lockIn(fileLimit uint64) error {
	for resource, value := range map[int]uint64{
		unix.RLIMIT_CPU: processorLimit, unix.RLIMIT_FSIZE: fileLimit, unix.RLIMIT_CORE: 0, unix.RLIMIT_NOFILE: descriptorLimit,
	} {
		if err := unix.Setrlimit(resource, &unix.Rlimit{Cur: value, Max: value}); err != nil {
			return fmt.Errorf("worker: limit %d: %w", resource, err)
		}
	}
	profile := C.CString("pure-computation")
	defer C.free(unsafe.Pointer(profile))
	var message *C.char
	if C.sandbox_init(profile, C.SANDBOX_NAMED, &message) != 0 {
		return errors.New("worker: sandbox: " + C.GoString(message))
	}
	return nil
}
