// Package preview is the command `sodale preview FILE --page N --dpi D -o OUT.png`: one page of a file from outside as a
// PNG, through the same worker as the window uses. It ends within ten seconds whatever the file is.
package preview

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"image"
	"image/png"
	"io"
	"os"
	"time"

	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/fault"
)

// Exit codes.
const (
	exitDone    = 0
	exitOutput  = 1 // the picture can't be written
	exitUsage   = 2
	exitRefused = 3 // the file can't be shown; stderr has the code
)

// The worker may take patience in all; the PNG is written after it. The command has ended by the end, whatever happened.
const (
	patience = 5500 * time.Millisecond
	end      = 8 * time.Second
)

// largeImage is from how many pixels on the PNG is written faster and larger.
const largeImage = 10 << 20

// usage is the one line of help.
const usage = "usage: sodale preview FILE [--page N] [--dpi D] -o OUT.png"

// options are the arguments, with their defaults.
type options struct {
	file, out string
	page      int // from 1
	dpi       float64
}

// shown is what a success prints on stdout.
type shown struct {
	Kind   document.Kind `json:"kind"`
	Pages  int           `json:"pages"`
	Width  int           `json:"width"`
	Height int           `json:"height"`
}

// refusal is what a failure prints on stderr.
type refusal struct {
	Error  fault.Code        `json:"error"`
	Values map[string]string `json:"values,omitempty"`
}

// Run does the command and returns its exit code: 0 with one JSON line on stdout; 2 for wrong arguments; 3 with one JSON
// line on stderr, whose "error" is a code of package document, for a file that is refused; 1 when the picture can't be
// written. worker says how the worker is started. The process should end when Run has returned.
func Run(args []string, worker document.Config, stdout, stderr io.Writer) int {
	o, err := parse(args)
	if err != nil {
		_, _ = fmt.Fprintln(stderr, usage)
		return exitUsage
	}
	done := make(chan result, 1)
	go func() { done <- show(o, worker) }()
	select {
	case r := <-done:
		return r.tell(stdout, stderr)
	case <-time.After(end):
		return result{err: fault.New(document.CodeTimeout, "preview.end", "")}.tell(stdout, stderr)
	}
}

// result is how a run went.
type result struct {
	shown shown
	err   error
}

// codeOutput is the code of a picture that can't be written.
const codeOutput fault.Code = "preview.output"

func show(o options, worker document.Config) result {
	info, img, err := draw(o, worker)
	if err != nil {
		return result{err: err}
	}
	if err := write(o.out, img); err != nil {
		return result{err: fault.Wrap(codeOutput, "preview.write", "", err)}
	}
	size := img.Bounds().Size()
	return result{shown: shown{info.Kind, info.Pages, size.X, size.Y}}
}

// tell prints the result and returns the exit code.
func (r result) tell(stdout, stderr io.Writer) int {
	if r.err == nil {
		if json.NewEncoder(stdout).Encode(r.shown) != nil {
			return exitOutput
		}
		return exitDone
	}
	said := refusal{Error: document.CodeDamaged}
	var f *fault.Error
	if errors.As(r.err, &f) {
		said = refusal{Error: f.Code, Values: f.Values}
	}
	_ = json.NewEncoder(stderr).Encode(said)
	if said.Error == codeOutput {
		return exitOutput
	}
	return exitRefused
}

// parse reads the arguments; the file may stand before, between or after the flags.
func parse(args []string) (options, error) {
	o := options{}
	fs := flag.NewFlagSet("preview", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	fs.IntVar(&o.page, "page", 1, "")
	fs.Float64Var(&o.dpi, "dpi", 150, "")
	fs.StringVar(&o.out, "o", "", "")
	for {
		if err := fs.Parse(args); err != nil {
			return o, err
		}
		if fs.NArg() == 0 {
			break
		}
		if o.file != "" {
			return o, errors.New("more than one file")
		}
		o.file, args = fs.Arg(0), fs.Args()[1:]
	}
	if o.file == "" || o.out == "" || o.page < 1 || !(o.dpi > 0 && o.dpi <= 2400) {
		return o, errors.New("missing or wrong arguments")
	}
	return o, nil
}

func draw(o options, worker document.Config) (document.Info, *image.RGBA, error) {
	data, err := read(o.file)
	if err != nil {
		return document.Info{}, nil, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	pool := document.Start(worker)
	defer func() { _ = pool.Close() }()
	info, err := pool.Look(ctx, data)
	if err != nil {
		return info, nil, err
	}
	img, err := pool.Page(ctx, data, document.Request{Page: o.page - 1, DPI: o.dpi})
	return info, img, err
}

// read reads a file, or one byte more than may be previewed. What is no plain file is of no kind that is known.
func read(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fault.Wrap(document.CodeVanished, "preview.read", "", err)
	}
	if !info.Mode().IsRegular() {
		return nil, fault.New(document.CodeKind, "preview.read", "")
	}
	if info.Size() > document.MaxPreview {
		max := document.Megabytes(document.MaxPreview)
		return nil, fault.New(document.CodeTooLarge, "preview.read", "").With("Size", document.Megabytes(info.Size())).With("Max", max)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fault.Wrap(document.CodeVanished, "preview.read", "", err)
	}
	return data, nil
}

func write(path string, img *image.RGBA) error {
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	if len(img.Pix)/4 > largeImage {
		encoder.CompressionLevel = png.NoCompression
	}
	var b bytes.Buffer
	b.Grow(len(img.Pix)*3/4 + 1<<20)
	if err := encoder.Encode(&b, img); err != nil {
		return err
	}
	return os.WriteFile(path, b.Bytes(), 0o600)
}
