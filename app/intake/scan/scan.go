// Package scan scans paper with the machine's own scanner, through SANE's program scanimage where it is installed. What is
// scanned comes through pipes and lies in memory only: no file is made of it.
package scan

import (
	"bytes"
	"context"
	"errors"
	"image"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/sodale/sodale/app/fault"
)

// Codes of what can go wrong with a scanner.
const (
	CodeNoProgram fault.Code = "scan.no-program" // scanimage is not installed
	CodeNone      fault.Code = "scan.none"       // no scanner is found
	CodeBusy      fault.Code = "scan.busy"       // another program has it
	CodeJammed    fault.Code = "scan.jammed"
	CodeEmpty     fault.Code = "scan.empty" // no sheet in the feeder
	CodeCover     fault.Code = "scan.cover" // its cover is open
	CodeDenied    fault.Code = "scan.denied"
	CodeNoFeeder  fault.Code = "scan.no-feeder" // sheets are asked for from a feeder that it has not
	CodeCancelled fault.Code = "scan.cancelled"
	CodeFailed    fault.Code = "scan.failed" // anything else: switched off, unplugged, a fault of its driver
)

// What is asked of a scanner.
const (
	Resolution = 300 // dots an inch: enough to read small print, as the portals advise
	MaxSheets  = 30  // of one scan; they lie in memory
)

// Scanner scans through a program; the zero value through scanimage, in this process's environment.
type Scanner struct {
	Program     string   // its name or path
	Environment []string // "KEY=value", beside that of this process
}

// Device is one scanner.
type Device struct {
	Name   string // by which SANE knows it, to be handed to Scan
	Vendor string
	Model  string
	Kind   string // for example "flatbed scanner"
}

// Progress is told which sheet is under way, from 1, and how much of it is done, 0 to 100.
type Progress func(sheet, percent int)

// Devices lists the scanners, which may take some seconds. CodeNone when there is none.
func (s Scanner) Devices(ctx context.Context) ([]Device, error) {
	const field = "\x1f"
	out, err := s.ask(ctx, "--formatted-device-list="+strings.Join([]string{"%d", "%v", "%m", "%t%n"}, field))
	if err != nil {
		return nil, err
	}
	var devices []Device
	for line := range strings.Lines(string(out)) {
		if f := strings.Split(strings.TrimSpace(line), field); len(f) == 4 {
			devices = append(devices, Device{f[0], f[1], f[2], f[3]})
		}
	}
	if len(devices) == 0 {
		return nil, fault.New(CodeNone, "scan.devices", "")
	}
	return devices, nil
}

// Scan scans the sheet on the glass, or all those in the feeder, in grey at Resolution or the nearest that the scanner
// has, up to A4. When it breaks off, the sheets before that come beside the error. CodeCancelled when ctx ends; the other
// codes of this package otherwise. progress may be nil and is called on a goroutine of its own.
func (s Scanner) Scan(ctx context.Context, device string, feeder bool, progress Progress) ([]image.Image, error) {
	listed, err := s.ask(ctx, "--device-name="+device, "--all-options")
	if err != nil {
		return nil, err
	}
	settings, err := readOptions(string(listed)).settings(feeder)
	if err != nil {
		return nil, err
	}
	count := 1
	if feeder {
		count = MaxSheets
	}
	tray, err := openTray(count)
	if err != nil {
		return nil, fault.Wrap(CodeFailed, "scan.tray", "", err)
	}
	defer tray.close()
	arguments := append([]string{"--device-name=" + device, "--format=pnm", "--progress"}, settings...)
	return s.run(ctx, tray, append(arguments, tray.arguments()...), progress)
}

// run starts the program and takes the sheets as they come.
func (s Scanner) run(ctx context.Context, t *tray, arguments []string, progress Progress) ([]image.Image, error) {
	cmd := s.command(ctx, arguments...)
	said := &report{progress: progress}
	cmd.Stderr = said
	if err := cmd.Start(); err != nil {
		return nil, startError(err)
	}
	ended := make(chan error, 1)
	go func() {
		err := cmd.Wait()
		t.end()
		ended <- err
	}()
	sheets, unread := t.take()
	err := verdict(ctx, <-ended, said)
	if len(sheets) > 0 && fault.CodeOf(err) == CodeEmpty {
		err = nil // the feeder was emptied, as it should be
	}
	if err == nil && (unread != nil || len(sheets) == 0) {
		err = fault.Wrap(CodeFailed, "scan.read", "", unread)
	}
	return sheets, err
}

// ask runs the program and returns what it prints.
func (s Scanner) ask(ctx context.Context, arguments ...string) ([]byte, error) {
	cmd := s.command(ctx, arguments...)
	var out bytes.Buffer
	said := &report{}
	cmd.Stdout, cmd.Stderr = &out, said
	if err := cmd.Start(); err != nil {
		return nil, startError(err)
	}
	err := verdict(ctx, cmd.Wait(), said)
	return out.Bytes(), err
}

// command sets the program up. When ctx ends it is asked to stop, so that the scanner brings its lamp home, and killed if
// it doesn't. It speaks English, for its words are read.
func (s Scanner) command(ctx context.Context, arguments ...string) *exec.Cmd {
	program := s.Program
	if program == "" {
		program = "scanimage"
	}
	cmd := exec.CommandContext(ctx, program, arguments...)
	cmd.Env = append(append(os.Environ(), s.Environment...), "LC_ALL=C")
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 5 * time.Second
	return cmd
}

func startError(err error) error {
	if errors.Is(err, exec.ErrNotFound) || errors.Is(err, os.ErrNotExist) {
		return fault.New(CodeNoProgram, "scan.start", "")
	}
	return fault.Wrap(CodeFailed, "scan.start", "", err)
}

// endings are SANE's statuses (SANE_Status), which scanimage ends with, and how it words them where it ends with 1.
var endings = []struct {
	status int
	words  string
	code   fault.Code
}{
	{2, "Operation was cancel", CodeCancelled}, {3, "Device busy", CodeBusy}, {6, "feeder jammed", CodeJammed},
	{7, "out of documents", CodeEmpty}, {8, "cover is open", CodeCover}, {11, "Access to resource has been denied", CodeDenied},
}

// verdict tells how the program ended.
func verdict(ctx context.Context, err error, said *report) error {
	if ctx.Err() != nil {
		return fault.Wrap(CodeCancelled, "scan.run", "", ctx.Err())
	}
	if err == nil {
		return nil
	}
	status := -1
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		status = exit.ExitCode()
	}
	for _, e := range endings {
		if status == e.status || (status == 1 && strings.Contains(said.last, e.words)) {
			return fault.Wrap(e.code, "scan.run", "", err)
		}
	}
	return fault.Wrap(CodeFailed, "scan.run", "", err)
}

// report reads what scanimage says on its standard error: how far it is, and in the last line why it ended. It is
// written to by one goroutine.
type report struct {
	progress Progress
	sheet    int
	rest     []byte
	last     string
}

var _ io.Writer = (*report)(nil)

// maxLine is the most that is kept of a line, in bytes.
const maxLine = 1 << 10

// Write implements io.Writer.
func (r *report) Write(p []byte) (int, error) {
	r.rest = append(r.rest, p...)
	for {
		end := bytes.IndexAny(r.rest, "\r\n")
		if end < 0 {
			break
		}
		r.line(string(r.rest[:end]))
		r.rest = r.rest[end+1:]
	}
	if len(r.rest) > maxLine {
		r.rest = r.rest[:0]
	}
	return len(p), nil
}

func (r *report) line(text string) {
	text = strings.TrimSpace(text)
	if rest, ok := strings.CutPrefix(text, "Scanning page "); ok {
		r.sheet = number(rest)
		return
	}
	if rest, ok := strings.CutPrefix(text, "Progress: "); ok {
		if r.progress != nil && r.sheet > 0 {
			r.progress(r.sheet, min(number(rest), 100))
		}
		return
	}
	if strings.HasPrefix(text, "scanimage: ") {
		r.last = text
	}
}
