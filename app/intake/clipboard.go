package intake

import (
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"

	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/fault"
)

// Clipboard asks the desktop's own small programs for what was copied: wl-paste where the desktop is Wayland, else xclip.
// The toolkit hands out text only, and the library for pictures needs C and knows X11 alone.
type Clipboard struct {
	list, read []string // commands; read takes one type more
}

// Pasted is what lay on the clipboard: either the paths of files, or the bytes of one picture, which are a document from
// outside like any other.
type Pasted struct {
	Paths   []string
	Picture []byte
}

// How files and pictures are called on a clipboard, those preferred first.
var (
	fileTypes    = []string{"text/uri-list", "x-special/gnome-copied-files"}
	pictureTypes = []string{"image/png", "image/jpeg", "image/tiff", "image/heic"}
)

// answerTime is how long another program may take to hand over what was copied from it.
const answerTime = 15 * time.Second

// DesktopClipboard finds the clipboard of the desktop. CodeNoClipboard where none can be asked: no desktop, or neither
// wl-clipboard nor xclip is installed; Windows and macOS have no such program.
func DesktopClipboard() (Clipboard, error) {
	has := func(display, program string) bool {
		_, err := exec.LookPath(program)
		return err == nil && os.Getenv(display) != ""
	}
	switch {
	case has("WAYLAND_DISPLAY", "wl-paste"):
		return Clipboard{[]string{"wl-paste", "--list-types"}, []string{"wl-paste", "--no-newline", "--type"}}, nil
	case has("DISPLAY", "xclip"):
		ask := []string{"xclip", "-selection", "clipboard", "-out", "-target"}
		return Clipboard{append(slices.Clone(ask), "TARGETS"), ask}, nil
	}
	return Clipboard{}, fault.New(CodeNoClipboard, "intake.clipboard", "")
}

// Paste returns what was copied: files, if there are any, else a picture. CodeNoPicture when it is neither,
// document.CodeTooLarge for a picture larger than may be shown, and the codes of Paths beside its paths.
func (c Clipboard) Paste(ctx context.Context) (Pasted, error) {
	ctx, cancel := context.WithTimeout(ctx, answerTime)
	defer cancel()
	listed, err := ask(ctx, c.list)
	if err != nil {
		return Pasted{}, err
	}
	offered := strings.Fields(string(listed))
	if kind, ok := firstOf(fileTypes, offered); ok {
		text, err := ask(ctx, c.reading(kind))
		if err != nil {
			return Pasted{}, err
		}
		paths, err := Paths(uris(string(text)))
		return Pasted{Paths: paths}, err
	}
	kind, ok := firstOf(pictureTypes, offered)
	if !ok {
		return Pasted{}, fault.New(CodeNoPicture, "intake.paste", "")
	}
	picture, err := ask(ctx, c.reading(kind))
	return Pasted{Picture: picture}, err
}

func (c Clipboard) reading(kind string) []string { return append(slices.Clone(c.read), kind) }

// firstOf returns the first of the wanted types that is offered.
func firstOf(wanted, offered []string) (string, bool) {
	i := slices.IndexFunc(wanted, func(kind string) bool { return slices.Contains(offered, kind) })
	if i < 0 {
		return "", false
	}
	return wanted[i], true
}

// ask runs a command and returns what it prints. One that fails has nothing to hand over.
func ask(ctx context.Context, command []string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, command[0], command[1:]...)
	cmd.WaitDelay = time.Second
	out := &bounded{left: document.MaxPreview}
	cmd.Stdout = out
	err := cmd.Run()
	if out.over {
		most := document.Megabytes(document.MaxPreview)
		return nil, fault.New(document.CodeTooLarge, "intake.paste", "").With("Size", most).With("Max", most)
	}
	if err != nil || out.taken.Len() == 0 {
		return nil, fault.New(CodeNoPicture, "intake.paste", "")
	}
	return out.taken.Bytes(), nil
}

// bounded is a buffer that takes no more than so many bytes.
type bounded struct {
	taken bytes.Buffer
	left  int
	over  bool
}

func (b *bounded) Write(p []byte) (int, error) {
	if b.left -= len(p); b.left < 0 {
		b.over = true
		return 0, io.ErrShortWrite
	}
	return b.taken.Write(p)
}

// uris reads a list of files as clipboards have it: one URI a line, comments behind #. GNOME's own has "copy" or "cut" in
// the first line.
func uris(text string) []string {
	var all []string
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || line == "copy" || line == "cut" || strings.HasPrefix(line, "#") {
			continue
		}
		all = append(all, line)
	}
	return all
}
