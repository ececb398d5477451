package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/sodale/sodale/storage"
	"github.com/sodale/sodale/sync/seal"
)

// verbSelf makes the tests' own program be sodale.
const verbSelf = "__sodale"

// sodale prepares the program as a process of its own.
func sodale(t *testing.T, ctx context.Context, args ...string) *exec.Cmd {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return exec.CommandContext(ctx, exe, append([]string{verbSelf}, args...)...)
}

// xvfb starts a virtual screen and returns its name.
func xvfb(t *testing.T, options ...string) string {
	t.Helper()
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer read.Close()
	cmd := exec.Command("Xvfb", append([]string{"-displayfd", "3", "-screen", "0", "1366x768x24", "-nolisten", "tcp", "-noreset"}, options...)...)
	cmd.ExtraFiles = []*os.File{write}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Signal(syscall.SIGTERM); _ = cmd.Wait() }) // killed it would leave its lock behind
	write.Close()
	// The number and the end of its line are two writes; a server that can't make the second one gives up.
	number, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return ":" + strings.TrimSpace(number)
}

// emptyVault makes a vault that nobody signed in for.
func emptyVault(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "vault")
	secret, recipient, err := seal.NewIdentity()
	if err != nil {
		t.Fatal(err)
	}
	profile := fmt.Appendf(nil, `{"id":"aurora","baseUrl":"https://127.0.0.1:1","recipient":%q}`, recipient)
	setup := storage.Setup{Greeting: "Elena", Identity: secret, Profile: profile}
	if _, err := storage.Create(dir, storage.Options{}, []byte("girasole"), setup); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestAMachineWithoutOpenGLIsToldInWordsAndTheVaultIsFreeAgain(t *testing.T) {
	for name, display := range map[string]string{"no display": "", "no OpenGL": xvfb(t, "-extension", "GLX")} {
		t.Run(name, func(t *testing.T) {
			dir := emptyVault(t)
			ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
			defer cancel()
			cmd := sodale(t, ctx, "--data", dir)
			cmd.Env = append(os.Environ(), "DISPLAY="+display, "WAYLAND_DISPLAY=", "PATH=") // without PATH there is no message box to close
			var stderr bytes.Buffer
			cmd.Stderr = &stderr
			_ = cmd.Run()
			if cmd.ProcessState.ExitCode() != exitNoGraphics || !strings.Contains(stderr.String(), "non può aprire la finestra") {
				t.Fatalf("exit %d: %s", cmd.ProcessState.ExitCode(), stderr.String())
			}
			store, err := storage.Open(dir, storage.Options{})
			if err != nil {
				t.Fatalf("the vault is still held: %v", err)
			}
			store.Close()
		})
	}
}

func TestTheWatchEndsTheProgramOnceAfterTheWholeReason(t *testing.T) {
	for name, c := range map[string]struct {
		lines []string
		at    int // the line after which the program ends; -1 = never
	}{
		"a message of three lines": {[]string{"Fyne error:  window creation error\n", "  Cause: APIUnavailable: GLX: not found\n", "  At: driver.go:178\n", "more\n"}, 2},
		"a line alone":             {[]string{"all is well\n", "PlatformError: X11: Failed to open display\n", "PlatformError: again\n"}, 1},
		"other errors of Fyne":     {[]string{"Fyne error:  no such icon\n", "  Cause: not found\n", "  At: icon.go:17\n"}, -1},
	} {
		t.Run(name, func(t *testing.T) {
			var passed bytes.Buffer
			line, ends := 0, []int{}
			w := &graphicsWatch{next: &passed, failed: func() { ends = append(ends, line) }}
			for i, text := range c.lines {
				line = i
				if _, err := w.Write([]byte(text)); err != nil {
					t.Fatal(err)
				}
			}
			if passed.String() != strings.Join(c.lines, "") {
				t.Errorf("passed %q", passed.String())
			}
			if c.at < 0 && len(ends) != 0 || c.at >= 0 && !slices.Equal(ends, []int{c.at}) {
				t.Errorf("ended after lines %v, not after %d", ends, c.at)
			}
		})
	}
}

func TestOnceTheWindowIsOpenNothingInTheLogEndsTheProgram(t *testing.T) {
	w := &graphicsWatch{next: io.Discard, failed: func() { t.Error("the program ended") }}
	w.rest()
	if _, err := w.Write([]byte("PlatformError: X11: Failed to become owner of clipboard selection\n")); err != nil {
		t.Fatal(err)
	}
}
