package worker

import (
	"fmt"
	"os"
	"slices"

	seccomp "github.com/elastic/go-seccomp-bpf"
	"github.com/elastic/go-seccomp-bpf/arch"
	"github.com/landlock-lsm/go-landlock/landlock"
	"golang.org/x/sys/unix"

	"github.com/sodale/sodale/app/document/wire"
)

// Limits of the process. Memory is beside what the program maps before it starts to work.
const (
	memoryLimit     = 1 << 30 // bytes of address space
	processorLimit  = 60      // seconds; the parent replaces the worker earlier
	descriptorLimit = 16
)

// allowed are the system calls that Go's runtime and MuPDF need to compute, beside those with conditions.
var allowed = []string{
	"read", "write", "close", "munmap", "mremap", "madvise", "mincore", "brk", "futex",
	"rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigaltstack", "set_robust_list", "rseq", "exit", "exit_group",
	"nanosleep", "clock_nanosleep", "clock_gettime", "clock_getres", "gettimeofday", "restart_syscall",
	"sched_yield", "sched_getaffinity", "getpid", "gettid", "getrandom",
	"epoll_pwait", "epoll_ctl", "epoll_wait", "fstat", "newfstatat", "lseek",
	"timer_create", "timer_settime", "timer_delete", "membarrier",
}

// lockIn gives up everything that computing doesn't need. After it returned no error, no file, socket, process or other
// memory can be reached, in any thread. fileLimit is what may be written to a file that is open already, in bytes.
func lockIn(fileLimit uint64) error {
	if err := unix.Prctl(unix.PR_SET_PDEATHSIG, uintptr(unix.SIGKILL), 0, 0, 0); err != nil {
		return fmt.Errorf("worker: parent's death: %w", err)
	}
	if err := unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0); err != nil {
		return fmt.Errorf("worker: dumpable: %w", err)
	}
	if err := setLimits(fileLimit); err != nil {
		return err
	}
	// A kernel without Landlock leaves files to seccomp alone.
	if err := landlock.V11.BestEffort().Restrict(); err != nil {
		return fmt.Errorf("worker: landlock: %w", err)
	}
	names, err := known(allowed)
	if err != nil {
		return err
	}
	if err := seccomp.LoadFilter(filter(os.Getpid(), names)); err != nil {
		return fmt.Errorf("worker: seccomp: %w", err)
	}
	return nil
}

// known leaves out the system calls that this processor's kernel has under no such name.
func known(names []string) ([]string, error) {
	info, err := arch.GetInfo("")
	if err != nil {
		return nil, fmt.Errorf("worker: seccomp: %w", err)
	}
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool {
		_, ok := info.SyscallNames[name]
		return !ok
	}), nil
}

func setLimits(fileLimit uint64) error {
	mapped, err := addressSpace()
	if err != nil {
		return err
	}
	for _, l := range []struct {
		resource int
		value    uint64
	}{
		{unix.RLIMIT_AS, mapped + memoryLimit},
		{unix.RLIMIT_CPU, processorLimit},
		{unix.RLIMIT_FSIZE, fileLimit},
		{unix.RLIMIT_CORE, 0},
		{unix.RLIMIT_NOFILE, descriptorLimit},
	} {
		if err := unix.Setrlimit(l.resource, &unix.Rlimit{Cur: l.value, Max: l.value}); err != nil {
			return fmt.Errorf("worker: limit %d: %w", l.resource, err)
		}
	}
	return nil
}

// addressSpace is what the process has mapped, in bytes. Go reserves much of it and uses little.
func addressSpace() (uint64, error) {
	b, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0, fmt.Errorf("worker: memory: %w", err)
	}
	var pages uint64
	if _, err := fmt.Sscan(string(b), &pages); err != nil {
		return 0, fmt.Errorf("worker: memory: %w", err)
	}
	return pages * uint64(os.Getpagesize()), nil
}

// filter lets threads be made but no process, memory be mapped but none to execute, and signals reach only this process.
func filter(self int, names []string) seccomp.Filter {
	when := func(name string, argument uint32, op seccomp.Operation, value uint64) seccomp.NameWithConditions {
		return seccomp.NameWithConditions{Name: name, Conditions: []seccomp.Condition{
			{Argument: argument, Operation: op, Value: value},
		}}
	}
	return seccomp.Filter{NoNewPrivs: true, Flag: seccomp.FilterFlagTSync, Policy: seccomp.Policy{
		DefaultAction: seccomp.ActionErrno,
		Syscalls: []seccomp.SyscallGroup{
			// C libraries fall back to clone, whose flags can be read.
			{Action: seccomp.ActionErrno | seccomp.Action(unix.ENOSYS), Names: []string{"clone3"}},
			{Action: seccomp.ActionAllow, Names: names, NamesWithCondtions: []seccomp.NameWithConditions{
				when("clone", 0, seccomp.BitsSet, unix.CLONE_THREAD),
				when("mmap", 2, seccomp.BitsNotSet, unix.PROT_EXEC),
				when("mprotect", 2, seccomp.BitsNotSet, unix.PROT_EXEC),
				when("tgkill", 0, seccomp.Equal, uint64(self)),
			}},
		},
	}}
}

// mapShared maps the memory that the parent handed over.
func mapShared() ([]byte, error) {
	b, err := unix.Mmap(wire.SharedFD, 0, wire.Area, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED)
	if err != nil {
		return nil, err
	}
	return b, unix.Close(wire.SharedFD)
}
