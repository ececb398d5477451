package worker_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/document/sample"
	"github.com/sodale/sodale/app/document/wire"
	"github.com/sodale/sodale/app/fault"
)

func TestTheWorkerReachesNothing(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("Linux")
	}
	c := config(t)
	for _, sort := range [][]string{{"probe"}, {"probe", wire.Photos}} {
		cmd := exec.Command(c.Exe, append([]string{"__preview"}, sort...)...)
		cmd.Env, cmd.Dir = []string{}, t.TempDir()
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		var got map[string]string
		if err := json.Unmarshal(out, &got); err != nil {
			t.Fatalf("%q: %v", out, err)
		}
		for _, name := range []string{
			"read", "write", "list", "tcp", "udp", "listen", "exec", "fork", "clone3", "ptrace", "signal", "socket", "socket unix",
			"setrlimit", "executable memory", "environment",
		} {
			if got[name] != "refused" {
				t.Errorf("%v: %s: %q", sort, name, got[name])
			}
		}
	}
}

// children are the worker processes of this test binary.
func children(t *testing.T) []int {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("Linux")
	}
	lists, err := filepath.Glob("/proc/self/task/*/children")
	if err != nil || len(lists) == 0 {
		t.Skip("this kernel doesn't list children")
	}
	var pids []int
	for _, list := range lists {
		b, _ := os.ReadFile(list)
		for _, f := range strings.Fields(string(b)) {
			pid, err := strconv.Atoi(f)
			if err != nil {
				t.Fatal(err)
			}
			pids = append(pids, pid)
		}
	}
	slices.Sort(pids)
	return pids
}

// until polls a condition.
func until(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(5 * time.Second); !holds(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("waited in vain: %s", what)
		}
	}
}

// one returns a pool of one worker and the worker, after a first page.
func one(t *testing.T, c document.Config) (*document.Pool, int) {
	t.Helper()
	before := children(t)
	c.Workers = 1
	p := start(t, c)
	draw(t, p, files.text(), document.Request{DPI: 50})
	return p, added(t, before)
}

func added(t *testing.T, before []int) int {
	t.Helper()
	for _, pid := range children(t) {
		if !slices.Contains(before, pid) {
			return pid
		}
	}
	t.Fatal("no worker was started")
	return 0
}

func kill(t *testing.T, pid int) {
	t.Helper()
	p, err := os.FindProcess(pid)
	if err == nil {
		err = p.Kill()
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestTheWorkerHoldsNothingOfItsParent(t *testing.T) {
	t.Setenv("SODALE_SECRET", "a key")
	_, pid := one(t, config(t))
	dir := fmt.Sprintf("/proc/%d", pid)
	environment, err := os.ReadFile(dir + "/environ")
	if errors.Is(err, os.ErrPermission) {
		t.Skip("only root may look into a worker")
	}
	if len(environment) > 0 {
		t.Errorf("environment %q", environment)
	}
	if cwd, _ := os.Readlink(dir + "/cwd"); cwd != "/" {
		t.Errorf("directory %q", cwd)
	}
	open, err := os.ReadDir(dir + "/fd")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range open {
		to, _ := os.Readlink(filepath.Join(dir, "fd", f.Name()))
		if !strings.HasPrefix(to, "pipe:") && !strings.HasPrefix(to, "anon_inode:") &&
			!strings.HasPrefix(to, "/sys/fs/cgroup/") && to != "/dev/null" { // Go's runtime reads its share of processors
			t.Errorf("descriptor %s is %s", f.Name(), to)
		}
	}
}

func TestOneWorkerServesOneCallAfterTheOther(t *testing.T) {
	before := children(t)
	p, pid := one(t, config(t))
	for range 3 {
		draw(t, p, sample.FilledForm(), document.Request{DPI: 50})
		draw(t, p, files.text(), document.Request{DPI: 50})
	}
	if got := added(t, before); got != pid {
		t.Errorf("worker %d took the place of %d", got, pid)
	}
}

func TestAWorkerIsReplacedAfterItsShareOfDocuments(t *testing.T) {
	before := children(t)
	c := config(t)
	c.Renew = 2
	p, pid := one(t, c)
	draw(t, p, sample.FilledForm(), document.Request{DPI: 50})
	draw(t, p, files.text(), document.Request{DPI: 50})
	if got := added(t, before); got == pid {
		t.Error("the worker is still the same")
	}
}

func TestAWorkerThatDiedWhileIdleIsNotMissed(t *testing.T) {
	p, pid := one(t, config(t))
	kill(t, pid)
	draw(t, p, files.text(), document.Request{DPI: 50})
}

func TestAWorkerThatDiesInTheMiddleOfACallEndsThatCallOnly(t *testing.T) {
	before := children(t)
	c := config(t)
	c.Workers = 1
	p := start(t, c)
	ended := make(chan error, 1)
	go func() {
		_, err := p.Page(context.Background(), sample.NestedForms(24), document.Request{DPI: 50})
		ended <- err
	}()
	// Killing it before its page is drawn would be the same to the parent.
	until(t, "a worker at work", func() bool { return len(children(t)) > len(before) && busy(added(t, before)) })
	kill(t, added(t, before))
	if err := <-ended; fault.CodeOf(err) != document.CodeCrashed {
		t.Errorf("%v", err)
	}
	draw(t, p, files.text(), document.Request{DPI: 50})
}

// busy tells whether a process has used a tenth of a second of processor time.
func busy(pid int) bool {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	_, after, ok := strings.Cut(string(b), ") ")
	fields := strings.Fields(after)
	if err != nil || !ok || len(fields) < 12 {
		return false
	}
	ticks, _ := strconv.Atoi(fields[11])
	return ticks >= 10
}

func TestAFileThatHangsEndsAtTheDeadline(t *testing.T) {
	c := config(t)
	c.Deadline, c.Workers = 700*time.Millisecond, 1
	p := start(t, c)
	for name, data := range map[string][]byte{"nested forms": sample.NestedForms(24), "flate bomb": sample.FlateBomb(4 << 30)} {
		started := time.Now()
		_, err := p.Page(t.Context(), data, document.Request{DPI: 50})
		if took := time.Since(started); fault.CodeOf(err) != document.CodeTimeout || took > 3*time.Second {
			t.Errorf("%s: %v after %v", name, err, took)
		}
		draw(t, p, sample.FilledForm(), document.Request{DPI: 50})
	}
}

func TestAPageThatNobodyWaitsForAnyMoreIsGivenUp(t *testing.T) {
	p := start(t, config(t))
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(100*time.Millisecond, cancel)
	started := time.Now()
	_, err := p.Page(ctx, sample.NestedForms(24), document.Request{DPI: 50})
	if fault.CodeOf(err) != document.CodeTimeout || !errors.Is(err, context.Canceled) || time.Since(started) > 3*time.Second {
		t.Errorf("%v after %v", err, time.Since(started))
	}
}

func TestManyCallsAtTheSameMomentAllEnd(t *testing.T) {
	p := start(t, config(t))
	text, form, photo := files.text(), sample.FilledForm(), sample.Ticket().SmallPhoto(6)
	var all sync.WaitGroup
	for i := range 24 {
		all.Go(func() {
			data, pages := [][]byte{text, form, photo}[i%3], 1
			info, err := p.Look(t.Context(), data)
			if err != nil || info.Pages != pages {
				t.Errorf("call %d: %+v %v", i, info, err)
			}
			img, err := p.Page(t.Context(), data, document.Request{MaxWidth: 100 + i})
			if err != nil || img.Rect.Dx() != 100+i {
				t.Errorf("call %d: %v %v", i, img, err)
			}
			if _, err := p.Text(t.Context(), data, 0); err != nil {
				t.Errorf("call %d: %v", i, err)
			}
		})
	}
	all.Wait()
}

func TestTheWorkerEndsWithItsParent(t *testing.T) {
	before := children(t)
	c := config(t)
	cmd := exec.Command(c.Exe, "__preview")
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_ = added(t, before)
	in.Close() // as the system does for a parent that dies
	if err := cmd.Wait(); err != nil {
		t.Error(err)
	}
}

func TestDamagedAndHostileFilesAreRefusedWithTheirCode(t *testing.T) {
	p := start(t, config(t))
	for _, c := range []struct {
		name string
		data []byte
		want fault.Code
	}{
		{"encrypted", sample.Encrypted(), document.CodeEncrypted},
		{"100,000 pages", sample.ManyPages(100_000), document.CodePages},
		{"cut TIFF", sample.Cut(files.tiff()), document.CodeDamaged},
		{"JPEG with no picture", bytes.Clone(sample.Ticket().SmallPhoto(0)[:400]), document.CodeDamaged},
		{"nothing behind the mark", []byte("%PDF-1.7\n%%EOF"), document.CodeDamaged},
	} {
		if _, err := p.Page(t.Context(), c.data, document.Request{DPI: 72}); fault.CodeOf(err) != c.want {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
	_, err := p.Look(t.Context(), sample.ManyPages(100_000))
	var f *fault.Error
	if !errors.As(err, &f) || f.Values["Pages"] != "100000" || f.Values["Max"] != "500" {
		t.Errorf("%#v", err)
	}
	// A file that is only odd is shown, and harms nothing.
	for name, data := range map[string][]byte{"deep arrays": sample.DeepArrays(100_000), "half a PDF": sample.Cut(files.scan())} {
		if _, err := p.Page(t.Context(), data, document.Request{DPI: 72}); err != nil && fault.CodeOf(err) != document.CodeDamaged {
			t.Errorf("%s: %v", name, err)
		}
	}
	draw(t, p, files.text(), document.Request{DPI: 50})
}
