// Package worker is the process that opens files from outside: the same program, re-executed with a hidden verb. It
// locks itself in before it reads a byte, answers one request after the other about one document at a time, and ends
// when its parent does. It is the only place that links MuPDF, and holds no key.
//
// There are two sorts, one process each. Pages are drawn by MuPDF. Photos in HEIC are read by libheif and libde265,
// which run as WebAssembly: they are made ready before the process locks itself in, since no memory can be made
// executable afterwards, and so stand behind two walls.
//
// What holds it, by system:
//   - Linux: limits on memory, processor time, files and cores; Landlock with no rule where the kernel has it; a
//     seccomp list of the calls that Go and MuPDF need for computing. Without limits or seccomp it refuses to work.
//   - macOS: the same limits and the sandbox profile "pure computation".
//   - Windows: the job object that the parent puts it in (package document).
//   - Everywhere: the memory of MuPDF and of the WebAssembly is bounded, of MuPDF's readers only those of PDF and images
//     are registered, and the parent kills the process at its deadline.
package worker

import (
	"os"
	"runtime"
	"runtime/debug"
	"slices"

	"github.com/sodale/sodale/app/document/wire"
)

// Probe is the argument behind the hidden verb that makes the worker try what it must not be able to do, and print the
// outcome as JSON.
const Probe = "probe"

// Exit codes. The parent tells more from the frames.
const (
	exitDone    = 0
	exitRefused = 70
	exitBroken  = 71
)

// What Go's own heap should hold at most, in bytes: that of photos has the memory of the WebAssembly in it.
const (
	pagesHeap  = 256 << 20
	photosHeap = heifMemory + 256<<20
)

// Main is the hidden verb: call it first in main, with nothing else running. It reads os.Args from the third on and
// returns the exit code of the process.
func Main() int {
	runtime.LockOSThread()
	asked := func(word string) bool { return slices.Contains(os.Args[2:], word) }
	open, heap := openMuPDF, int64(pagesHeap)
	if asked(wire.Photos) {
		open, heap = openHEIF, photosHeap
	}
	debug.SetMemoryLimit(heap)
	in, out := descriptor(0), descriptor(1)
	area, err := openArea(asked(wire.Shared))
	if err != nil {
		return exitBroken
	}
	desk, err := open()
	if err != nil {
		return exitBroken
	}
	fileLimit := uint64(0)
	if asked(Probe) {
		fileLimit = 4096 // for its own report
	}
	if err := lockIn(fileLimit); err != nil {
		_ = wire.WriteAnswer(out, wire.Hello(wire.Unguarded))
		return exitRefused
	}
	if asked(Probe) {
		return probe(os.Stdout)
	}
	if err := wire.WriteAnswer(out, wire.Hello(wire.OK)); err != nil {
		return exitBroken
	}
	return serve(in, out, desk, area)
}
