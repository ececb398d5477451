//go:build linux

package intake_test

import (
	"bufio"
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/document/sample"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/intake"
)

// desktop is an X server of the test's own, on which xclip copies and is asked.
func desktop(t *testing.T) intake.Clipboard {
	t.Helper()
	for _, program := range []string{"Xvfb", "xclip"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skip(program, "is not installed")
		}
	}
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer read.Close()
	server := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "64x64x24", "-nolisten", "tcp", "-noreset")
	server.ExtraFiles = []*os.File{write}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Process.Signal(syscall.SIGTERM); _ = server.Wait() })
	write.Close()
	number, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("DISPLAY", ":"+strings.TrimSpace(number))
	t.Setenv("WAYLAND_DISPLAY", "")
	c, err := intake.DesktopClipboard()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// copied puts something on the clipboard; xclip returns when it lies there.
func copied(t *testing.T, kind string, data []byte) {
	t.Helper()
	cmd := exec.Command("xclip", "-selection", "clipboard", "-target", kind, "-in")
	cmd.Stdin = bytes.NewReader(data)
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
}

func TestAPictureThatWasCopiedIsPasted(t *testing.T) {
	c := desktop(t)
	for kind, data := range map[string][]byte{"image/png": sample.PNG(), "image/jpeg": sample.Ticket().SmallPhoto(6)} {
		copied(t, kind, data)
		got, err := c.Paste(t.Context())
		if err != nil || len(got.Paths) > 0 || !bytes.Equal(got.Picture, data) {
			t.Errorf("%s: %d bytes of %d, %v", kind, len(got.Picture), len(data), err)
		}
	}
}

func TestFilesThatWereCopiedArePasted(t *testing.T) {
	c := desktop(t)
	dir := t.TempDir()
	a, b := save(t, dir, "Fattura Rosà.pdf"), save(t, dir, "foto.jpg")
	escaped := "file://" + strings.ReplaceAll(strings.ReplaceAll(a, " ", "%20"), "à", "%C3%A0")
	for kind, text := range map[string]string{
		"text/uri-list":                "# due file\r\n" + escaped + "\r\nfile://" + b + "\r\n",
		"x-special/gnome-copied-files": "copy\n" + escaped + "\nfile://" + b,
	} {
		copied(t, kind, []byte(text))
		got, err := c.Paste(t.Context())
		if err != nil || got.Picture != nil || !slices.Equal(got.Paths, []string{a, b}) {
			t.Errorf("%s: %q %v", kind, got.Paths, err)
		}
	}
}

func TestWhatIsNoPaperIsNotPasted(t *testing.T) {
	c := desktop(t)
	if _, err := c.Paste(t.Context()); fault.CodeOf(err) != intake.CodeNoPicture {
		t.Errorf("an empty clipboard: %v", err)
	}
	copied(t, "UTF8_STRING", []byte("Gentile socia"))
	if _, err := c.Paste(t.Context()); fault.CodeOf(err) != intake.CodeNoPicture {
		t.Errorf("text: %v", err)
	}
}

func TestACopyThatHasNoEndIsRefused(t *testing.T) {
	t.Setenv("WAYLAND_DISPLAY", "wayland-0")
	endless := programs(t)
	script := "#!/bin/sh\n[ \"$1\" = --list-types ] && echo image/png && exit\nexec /usr/bin/tr '\\0' x </dev/zero\n"
	if err := os.WriteFile(filepath.Join(endless, "wl-paste"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	c, err := intake.DesktopClipboard()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Paste(t.Context()); fault.CodeOf(err) != document.CodeTooLarge {
		t.Error(err)
	}
}

// programs makes a folder of programs that only say who they are, the only ones to be found, and returns it.
func programs(t *testing.T, names ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range names {
		script := "#!/bin/sh\ncase \"$*\" in *TARGETS|--list-types) echo image/png;; *) echo " + name + " \"$@\";; esac\n"
		if err := os.WriteFile(filepath.Join(dir, name), []byte(script), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir)
	return dir
}

func TestTheDesktopsOwnProgramIsAsked(t *testing.T) {
	for _, c := range []struct {
		name, wayland, x string
		installed        []string
		want             string
	}{
		{"Wayland", "wayland-0", ":0", []string{"wl-paste", "xclip"}, "wl-paste --no-newline --type image/png\n"},
		{"Wayland without wl-clipboard", "wayland-0", ":0", []string{"xclip"}, "xclip -selection clipboard -out -target image/png\n"},
		{"X11", "", ":0", []string{"wl-paste", "xclip"}, "xclip -selection clipboard -out -target image/png\n"},
		{"neither", "wayland-0", ":0", nil, ""},
		{"no desktop", "", "", []string{"wl-paste", "xclip"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Setenv("WAYLAND_DISPLAY", c.wayland)
			t.Setenv("DISPLAY", c.x)
			programs(t, c.installed...)
			clipboard, err := intake.DesktopClipboard()
			if c.want == "" {
				if fault.CodeOf(err) != intake.CodeNoClipboard {
					t.Error(err)
				}
				return
			}
			got, err := clipboard.Paste(t.Context())
			if err != nil || string(got.Picture) != c.want {
				t.Errorf("%q %v", got.Picture, err)
			}
		})
	}
}
