package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
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
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	write.Close()
	number := make([]byte, 16)
	n, err := read.Read(number)
	if err != nil {
		t.Fatal(err)
	}
	display, err := strconv.Atoi(strings.TrimSpace(string(number[:n])))
	if err != nil {
		t.Fatal(err)
	}
	return ":" + strconv.Itoa(display)
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

func TestTheWatchPassesTheLogOnAndCallsOnce(t *testing.T) {
	var passed bytes.Buffer
	calls := 0
	w := &graphicsWatch{next: &passed, failed: func() { calls++ }}
	for _, line := range []string{"all is well\n", "Fyne error:  window creation error\n", "  Cause: APIUnavailable: GLX: not found\n"} {
		if _, err := w.Write([]byte(line)); err != nil {
			t.Fatal(err)
		}
	}
	if calls != 1 || strings.Count(passed.String(), "\n") != 3 {
		t.Fatalf("%d calls, passed %q", calls, passed.String())
	}
}
