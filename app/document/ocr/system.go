package ocr

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental/table"
)

// What the module may ask of the outside, by the letters of its imports. It was built for a browser and thinks that it
// has a Unix around it: it finds one file to read, a clock that stands still, and nothing else.
var system = map[string]func(m *machine, args []uint64) uint64{
	"n":   (*machine).openat,
	"I":   (*machine).stat,
	"K":   (*machine).fstat,
	"o":   (*machine).readv,
	"E":   (*machine).seek,
	"m":   (*machine).close,
	"l":   (*machine).writev,
	"u":   (*machine).grow,
	"M":   (*machine).clock,
	pause: (*machine).pause,
	"G":   (*machine).environment,
	"L":   nothing, // the time in milliseconds
	"F":   nothing, // environ_get
	"A":   nothing, // gmtime
	"B":   nothing, // localtime
	"D":   nothing, // tzset
	"Q":   nothing, // files packed into the source: there are none
	"p":   nothing, // fcntl
	"s":   nothing, // JavaScript in the source
	"O":   refuse,  // ioctl
	"H":   refuse,  // getcwd
	"v":   refuse,  // rmdir
	"w":   refuse,  // unlink
	"x":   refuse,  // mmap
	"z":   refuse,  // munmap
}

// trampolines are the imports through which the module calls its own functions by number, so that a longjmp can land
// there (emscripten's invoke_*).
var trampolines = []string{"b", "c", "d", "e", "f", "g", "h", "i", "j", "q", "r"}

const (
	jump     = "t" // throws what a trampoline catches
	maxDepth = 256 // trampolines inside each other; a page needs a handful
)

// Error numbers of the module's libc.
const (
	errnoBadFile = 8
	errnoNoFile  = 44
	errnoNoCall  = 52
)

var errJump = errors.New("ocr: longjmp")

// offer makes the module "a" that the guest imports. Whatever it asks for and system does not know ends it.
func (m *machine) offer(c *core) (api.Module, error) {
	b := c.runtime.NewHostModuleBuilder("a")
	for _, f := range c.module.ImportedFunctions() {
		_, name, _ := f.Import()
		call := m.answer(name, f.ParamTypes(), f.ResultTypes())
		b.NewFunctionBuilder().WithGoModuleFunction(call, f.ParamTypes(), f.ResultTypes()).Export(name)
	}
	return b.Instantiate(m.ctx)
}

// answer makes the function behind one import. The upper half of a 32-bit argument is not defined: it is cut off.
func (m *machine) answer(name string, params, results []api.ValueType) api.GoModuleFunction {
	return api.GoModuleFunc(func(ctx context.Context, _ api.Module, stack []uint64) {
		for i, kind := range params {
			if kind == api.ValueTypeI32 {
				stack[i] = uint64(uint32(stack[i]))
			}
		}
		if slices.Contains(trampolines, name) {
			m.trampoline(ctx, stack, params, results)
			return
		}
		if name == jump {
			panic(errJump)
		}
		call := system[name]
		if call == nil || m.guest == nil {
			panic(fmt.Errorf("%w: import %s", errHostile, name))
		}
		if answer := call(m, stack[:len(params)]); len(results) > 0 {
			stack[0] = answer
		}
	})
}

// trampoline calls the function whose number stands first. After a longjmp it puts the stack back and tells the module
// that there was one.
func (m *machine) trampoline(ctx context.Context, stack []uint64, params, results []api.ValueType) {
	if m.depth++; m.depth > maxDepth {
		panic(fmt.Errorf("%w: %d calls deep", errHostile, maxDepth))
	}
	defer func() { m.depth-- }()
	at := m.must(ctx, stackGet)
	f := table.LookupFunction(m.guest, 0, uint32(stack[0]), params[1:], results)
	answer, err := f.Call(ctx, slices.Clone(stack[1:len(params)])...)
	if err == nil {
		copy(stack, answer)
		return
	}
	if !errors.Is(err, errJump) {
		panic(err)
	}
	m.must(ctx, stackRestore, at)
	m.must(ctx, setThrew, 1, 0)
	if len(results) > 0 {
		stack[0] = 0
	}
}

// must calls an export from within a call of the module; a failure ends the whole call.
func (m *machine) must(ctx context.Context, name string, args ...uint64) uint64 {
	results, err := m.guest.ExportedFunction(name).Call(ctx, args...)
	if err != nil {
		panic(err)
	}
	if len(results) == 0 {
		return 0
	}
	return results[0]
}

// grow(bytes) makes the memory at least that large, a fifth more where there is room; 0 when there is none left.
func (m *machine) grow(args []uint64) uint64 {
	const page = 1 << 16
	memory := m.guest.Memory()
	have := uint64(memory.Size())
	for _, want := range []uint64{max(args[0], have+have/5), args[0]} {
		if want <= have {
			return 1
		}
		if _, ok := memory.Grow(uint32((want - have + page - 1) / page)); ok {
			return 1
		}
	}
	return 0
}

// pause ends the machine when nobody waits for it any more.
func (m *machine) pause([]uint64) uint64 {
	if err := m.ctx.Err(); err != nil {
		panic(err)
	}
	return 0
}

// clock(id, precision, time): no time passes.
func (m *machine) clock(args []uint64) uint64 {
	m.put64(args[2], 0)
	return 0
}

// environment(count, bytes): there are no variables.
func (m *machine) environment(args []uint64) uint64 {
	m.put32(args[0], 0)
	m.put32(args[1], 0)
	return 0
}

// nothing answers 0.
func nothing(*machine, []uint64) uint64 { return 0 }

// refuse answers that there is no such call.
func refuse(*machine, []uint64) uint64 { return failure(errnoNoCall) }

// failure is a negative errno.
func failure(errno int32) uint64 { return uint64(uint32(-errno)) }

func (m *machine) put32(at uint64, v uint32) {
	if !m.guest.Memory().WriteUint32Le(uint32(at), v) {
		panic(errHostile)
	}
}

func (m *machine) put64(at uint64, v uint64) {
	if !m.guest.Memory().WriteUint64Le(uint32(at), v) {
		panic(errHostile)
	}
}

func (m *machine) get32(at uint64) uint32 {
	v, ok := m.guest.Memory().ReadUint32Le(uint32(at))
	if !ok {
		panic(errHostile)
	}
	return v
}
