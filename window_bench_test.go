//go:build bench

package main

import (
	"encoding/binary"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// painted is how many colours the screen must show before a window counts as painted: letters with smooth edges and
// icons have more, an empty window fewer.
const painted = 12

// screen is a virtual screen whose pixels lie in a file that the test maps.
type screen struct {
	display string
	pixels  []byte
	start   int // of the pixels in the file
	server  *exec.Cmd
}

func openScreen(t *testing.T) *screen {
	t.Helper()
	dir := t.TempDir()
	s := &screen{display: ":" + strconv.Itoa(90+os.Getpid()%900)}
	s.server = exec.Command("Xvfb", s.display, "-screen", "0", "1366x768x24", "-fbdir", dir, "-nolisten", "tcp")
	if err := s.server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.server.Process.Kill(); _ = s.server.Wait() })
	file := filepath.Join(dir, "Xvfb_screen0")
	waitFor(t, "the screen", func() bool {
		i, err := os.Stat(file)
		return err == nil && i.Size() > 1366*768*4 && exec.Command("xdotool", "version").Run() == nil && s.answers()
	})
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, _ := f.Stat()
	if s.pixels, err = syscall.Mmap(int(f.Fd()), 0, int(info.Size()), syscall.PROT_READ, syscall.MAP_SHARED); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = syscall.Munmap(s.pixels) })
	s.start = int(binary.BigEndian.Uint32(s.pixels)) + int(binary.BigEndian.Uint32(s.pixels[76:]))*12
	return s
}

func (s *screen) answers() bool {
	cmd := exec.Command("xdotool", "getmouselocation")
	cmd.Env = append(os.Environ(), "DISPLAY="+s.display)
	return cmd.Run() == nil
}

// colours counts the different colours on a grid of the screen.
func (s *screen) colours() int {
	seen := map[uint32]bool{}
	for y := 0; y < 768; y += 3 {
		for x := 0; x < 1366; x += 3 {
			seen[binary.LittleEndian.Uint32(s.pixels[s.start+4*(y*1366+x):])&0xffffff] = true
		}
		if len(seen) >= painted {
			break
		}
	}
	return len(seen)
}

func waitFor(t *testing.T, what string, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !done(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain for %s", what)
		}
	}
}

// launch starts a program on the screen and returns it with the time until it was painted.
func (s *screen) launch(t *testing.T, env []string, name string, args ...string) (*exec.Cmd, time.Duration) {
	t.Helper()
	waitFor(t, "an empty screen", func() bool { return s.colours() < 3 })
	cmd := exec.Command(name, args...)
	cmd.Env = append(append(os.Environ(), "DISPLAY="+s.display, "LIBGL_ALWAYS_SOFTWARE=1"), env...)
	start := time.Now()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	waitFor(t, name, func() bool { return s.colours() >= painted })
	return cmd, time.Since(start)
}

func end(cmd *exec.Cmd) {
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
}

// rss reads the resident memory of a process in KiB; ticks its CPU time in hundredths of a second.
func rss(pid int) (kib float64) {
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	for line := range strings.Lines(string(status)) {
		if strings.HasPrefix(line, "VmRSS:") {
			_, _ = fmt.Sscan(strings.TrimPrefix(line, "VmRSS:"), &kib)
		}
	}
	return kib
}

func ticks(pid int) (sum float64) {
	stat, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:]))
	for _, f := range fields[11:13] {
		n, _ := strconv.ParseFloat(f, 64)
		sum += n
	}
	return sum
}

func median(v []float64) float64 {
	slices.Sort(v)
	return v[len(v)/2]
}

func report(name string, ratio float64, reach string, limit float64, note string) {
	verdict := "reached"
	if ratio > limit {
		verdict = "missed"
	}
	fmt.Printf("BENCH\t%s\t%.2f\t%s\t%s\t%s\n", name, ratio, reach, verdict, note)
}

func buildHello(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "hello")
	if out, err := exec.Command("go", "build", "-tags", "gles,migrated_fynedo", "-o", path, "./testdata/hello").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return path
}
