// Package worker is the process that opens files from outside: the same program, re-executed with a hidden verb. It
// locks itself in before it reads a byte, answers one request after the other about one document at a time, and ends
// when its parent does. It is the only place that links MuPDF, and holds no key.
//
// What holds it, by system:
//   - Linux: limits on memory, processor time, files and cores; Landlock with no rule where the kernel has it; a
//     seccomp list of the calls that Go and MuPDF need for computing. Without limits or seccomp it refuses to work.
//   - macOS: the same limits and the sandbox profile "pure computation".
//   - Windows: the job object that the parent puts it in (package document).
//   - Everywhere: MuPDF's own memory is counted and bounded, only its PDF and image readers are registered, and the
//     parent kills the process at its deadline.
package worker

// Probe is the argument behind the hidden verb that makes the worker try what it must not be able to do, and print the
// outcome as JSON.
const Probe = "probe"

// Exit codes. The parent tells more from the frames.
const (
	exitDone    = 0
	exitRefused = 70
	exitBroken  = 71
)
