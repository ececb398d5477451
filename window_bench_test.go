//go:build bench

package main

import (
	"context"
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

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/storage"
)

// painted is how many colours the screen must show before a window counts as painted: letters with smooth edges and
// icons have more, an empty window fewer.
const painted = 12

// screen is a virtual screen whose pixels lie in a file that the test maps.
type screen struct {
	display string
	pixels  []byte
	start   int // of the pixels in the file
}

func openScreen(t *testing.T) *screen {
	t.Helper()
	dir := t.TempDir()
	s := &screen{display: xvfb(t, "-fbdir", dir)}
	file := filepath.Join(dir, "Xvfb_screen0")
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
	if out, err := exec.Command("go", "build", "-tags", "gles,migrated_fynedo,no_animations", "-o", path, "./testdata/hello").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return path
}

// rounds is how often each program is started; the programs take turns.
const rounds = 9

// TestBenchFirstFrame measures the unlock screen against the smallest Fyne window and against KeePassXC, each from the
// start of the process until it is painted.
func TestBenchFirstFrame(t *testing.T) {
	s, hello, exe := openScreen(t), buildHello(t), buildSodale(t)
	vault := emptyVault(t)
	home := t.TempDir()
	env := []string{"HOME=" + home, "XDG_RUNTIME_DIR=" + home, "QT_QPA_PLATFORM=xcb"}
	var ours, theirs, peer []float64
	for range rounds {
		for _, run := range []struct {
			into *[]float64
			args []string
		}{{&theirs, []string{hello}}, {&ours, []string{exe, "--data", vault}}, {&peer, []string{"keepassxc"}}} {
			cmd, d := s.launch(t, env, run.args[0], run.args[1:]...)
			end(cmd)
			*run.into = append(*run.into, float64(d.Milliseconds()))
		}
	}
	us, fyneHello, keepass := median(ours), median(theirs), median(peer)
	note := fmt.Sprintf("Sodale %.0f ms, Fyne hello %.0f ms, KeePassXC %.0f ms, %d rounds", us, fyneHello, keepass, rounds)
	report("first frame / bare Fyne window", us/fyneHello, "<= 1.15", 1.15, note)
	report("first frame / KeePassXC", us/keepass, "<= 1.00", 1, note)
}

// idle is how long a program is left alone for its CPU time.
const idle = 10 * time.Second

// TestBenchMemoryAndIdle measures what an open unlock screen costs against the smallest Fyne window.
func TestBenchMemoryAndIdle(t *testing.T) {
	s, hello, exe := openScreen(t), buildHello(t), buildSodale(t)
	vault := emptyVault(t)
	measure := func(args ...string) (kib, cpu float64) {
		cmd, _ := s.launch(t, nil, args[0], args[1:]...)
		defer end(cmd)
		time.Sleep(3 * time.Second)
		before := ticks(cmd.Process.Pid)
		time.Sleep(idle)
		return rss(cmd.Process.Pid), ticks(cmd.Process.Pid) - before
	}
	helloKiB, helloCPU := measure(hello)
	ourKiB, ourCPU := measure(exe, "--data", vault)
	report("memory / bare Fyne window", ourKiB/helloKiB, "<= 1.30", 1.3, fmt.Sprintf("%.0f MiB and %.0f MiB resident", ourKiB/1024, helloKiB/1024))
	report("idle CPU / bare Fyne window", (ourCPU+1)/(helloCPU+1), "<= 1.10", 1.1, fmt.Sprintf("%.1f %% and %.1f %% of a core over %v", ourCPU/idle.Seconds(), helloCPU/idle.Seconds(), idle))
}

// TestBenchManyClaims measures the way from the typed password to the painted overview with 10,000 claims and with none.
func TestBenchManyClaims(t *testing.T) {
	s, exe := openScreen(t), buildSodale(t)
	none, many := emptyVault(t), emptyVault(t)
	fillVault(t, many, 10_000)
	var empty, full []float64
	for range rounds {
		for _, run := range []struct {
			into  *[]float64
			vault string
		}{{&empty, none}, {&full, many}} {
			cmd, _ := s.launch(t, nil, exe, "--data", run.vault)
			*run.into = append(*run.into, s.unlock(t))
			end(cmd)
		}
	}
	report("overview after unlock, 10,000 claims / none", median(full)/median(empty), "<= 1.20", 1.2, fmt.Sprintf("%.0f ms and %.0f ms, Argon2id included", median(full), median(empty)))
}

// unlock types the password and returns the milliseconds from Enter until the navigation is painted.
func (s *screen) unlock(t *testing.T) float64 {
	t.Helper()
	key := func(args ...string) {
		cmd := exec.Command("xdotool", args...)
		cmd.Env = append(os.Environ(), "DISPLAY="+s.display)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	time.Sleep(500 * time.Millisecond) // the person reads the screen
	key("type", "--delay", "40", "girasole")
	time.Sleep(300 * time.Millisecond)
	start := time.Now()
	key("key", "Return")
	door := s.pixel(100, 600)
	waitFor(t, "the overview", func() bool { return s.pixel(100, 600) != door && s.colours() >= painted })
	return float64(time.Since(start).Milliseconds())
}

func (s *screen) pixel(x, y int) uint32 {
	return binary.LittleEndian.Uint32(s.pixels[s.start+4*(y*1366+x):]) & 0xffffff
}

// fillVault stores n complete drafts.
func fillVault(t *testing.T, dir string, n int) {
	t.Helper()
	store, err := storage.Open(dir, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if err := store.Unlock(context.Background(), []byte("girasole")); err != nil {
		t.Fatal(err)
	}
	now := time.Now().UTC()
	for i := range n {
		number := strconv.Itoa(i)
		_, err := store.SaveDraft(context.Background(), claim.Claim{ID: claim.ID("claim-" + number), Open: true, CreatedAt: now, EditedAt: now,
			Documents: []claim.ExpenseDocument{{ID: number, Type: claim.Invoice, Service: claim.Visit, Amount: 3615, Number: number, Provider: "Ospedale San Rocco"}}})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func buildSodale(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "sodale")
	if out, err := exec.Command("go", "build", "-tags", "gles,migrated_fynedo,no_animations", "-o", path, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return path
}
