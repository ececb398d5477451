package document_test

import (
	"context"
	"errors"
	"io"
	"os"
	"testing"
	"time"

	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/document/sample"
	"github.com/sodale/sodale/app/document/wire"
	"github.com/sodale/sodale/app/fault"
)

// TestMain lets this test binary be a worker that was taken over: it answers what it likes.
func TestMain(m *testing.M) {
	if len(os.Args) > 2 && os.Args[1] == "__liar" {
		lie(os.Args[2])
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// lie is a worker that a hostile file has taken over.
func lie(how string) {
	hello := wire.Hello(wire.OK)
	if how == "unguarded" {
		hello = wire.Hello(wire.Unguarded)
	}
	if how == "no hello" {
		_, _ = io.WriteString(os.Stdout, "Sodale 0.1.0: usage and so on, for more bytes than a frame has\n")
		return
	}
	_ = wire.WriteAnswer(os.Stdout, hello)
	for {
		q, err := wire.ReadRequest(os.Stdin)
		if err != nil {
			return
		}
		_, _ = io.CopyN(io.Discard, os.Stdin, int64(q.Size))
		a := wire.Answer{Pages: 1}
		switch how {
		case "wide":
			a.Width, a.Height, a.Size = 1<<20, 1<<20, 0
		case "larger than asked":
			a.Width, a.Height, a.Size = 200, 200, 160_000
		case "short":
			a.Width, a.Height, a.Size = 10, 10, 400
		case "garbage":
			_, _ = os.Stdout.Write(make([]byte, 64))
			return
		case "mute":
			time.Sleep(time.Hour)
		case "bad text":
			a.Size = 5
		case "ends":
			return
		}
		_ = wire.WriteAnswer(os.Stdout, a)
		if how == "short" {
			_, _ = os.Stdout.Write(make([]byte, 100))
			return
		}
		if how == "bad text" {
			_, _ = os.Stdout.WriteString("[{]}]")
		}
	}
}

func liar(t *testing.T, how string) *document.Pool {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p := document.Start(document.Config{Exe: exe, Args: []string{"__liar", how}, Deadline: 2 * time.Second, Piped: true})
	t.Cleanup(func() { _ = p.Close() })
	return p
}

func TestAWorkerThatLiesIsNotBelieved(t *testing.T) {
	data := sample.Ticket().PDF()
	for _, c := range []struct {
		how  string
		want fault.Code
	}{
		{"wide", document.CodeCrashed},
		{"larger than asked", document.CodeCrashed},
		{"short", document.CodeCrashed},
		{"garbage", document.CodeCrashed},
		{"ends", document.CodeCrashed},
		{"mute", document.CodeTimeout},
		{"unguarded", document.CodeNoWorker},
		{"no hello", document.CodeNoWorker},
	} {
		t.Run(c.how, func(t *testing.T) {
			t.Parallel()
			img, err := liar(t, c.how).Page(t.Context(), data, document.Request{MaxWidth: 100, MaxHeight: 100})
			if fault.CodeOf(err) != c.want || img != nil {
				t.Errorf("%v, want %s", err, c.want)
			}
		})
	}
}

func TestAWorkerForPhotosThatLiesIsNotBelievedEither(t *testing.T) {
	for how, want := range map[string]fault.Code{
		"wide": document.CodeCrashed, "short": document.CodeCrashed, "ends": document.CodeCrashed, "unguarded": document.CodeNoWorker,
	} {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			if img, err := liar(t, how).Convert(t.Context(), sample.HEIC()); fault.CodeOf(err) != want || img != nil {
				t.Errorf("%v, want %s", err, want)
			}
		})
	}
}

func TestAPhotoThatNobodyWaitsForIsGivenUpAtOnce(t *testing.T) {
	p := liar(t, "mute")
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	if _, err := p.Convert(ctx, sample.HEIC()); fault.CodeOf(err) != document.CodeTimeout || !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
}

func TestTextThatIsNoTextIsDamaged(t *testing.T) {
	if _, err := liar(t, "bad text").Text(t.Context(), sample.Ticket().PDF(), 0); fault.CodeOf(err) != document.CodeDamaged {
		t.Error(err)
	}
}

func TestAProgramThatIsNoWorkerIsSaidSo(t *testing.T) {
	for _, exe := range []string{"/nowhere/sodale", "/bin/true"} {
		p := document.Start(document.Config{Exe: exe})
		if _, err := p.Look(t.Context(), sample.Ticket().PDF()); fault.CodeOf(err) != document.CodeNoWorker {
			t.Errorf("%s: %v", exe, err)
		}
		_ = p.Close()
	}
}

func TestWhatCheckRefusesReachesNoWorker(t *testing.T) {
	p := document.Start(document.Config{Exe: "/nowhere/sodale"})
	defer p.Close()
	for _, c := range []struct {
		data []byte
		want fault.Code
	}{
		{nil, document.CodeEmpty}, {sample.PNG()[:20], document.CodeDamaged}, {[]byte("\x00\x00\x00\x18ftypheic"), document.CodeHEIC}, {[]byte("text"), document.CodeKind},
		{sample.HugeTIFF(50_000), document.CodePixels}, {append([]byte("%PDF-1.7"), make([]byte, document.MaxPreview)...), document.CodeTooLarge},
	} {
		_, err := p.Look(t.Context(), c.data)
		_, drawn := p.Page(t.Context(), c.data, document.Request{})
		_, read := p.Text(t.Context(), c.data, 0)
		for _, err := range []error{err, drawn, read} {
			if fault.CodeOf(err) != c.want {
				t.Errorf("%v, want %s", err, c.want)
			}
		}
	}
}

func TestACallThatIsGivenUpEndsAtOnce(t *testing.T) {
	p := liar(t, "mute")
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	started := time.Now()
	_, err := p.Look(ctx, sample.Ticket().PDF())
	if fault.CodeOf(err) != document.CodeTimeout || !errors.Is(err, context.DeadlineExceeded) || time.Since(started) > 1900*time.Millisecond {
		t.Errorf("%v after %v", err, time.Since(started))
	}
}

func TestAClosedPreviewerAnswersSo(t *testing.T) {
	p := liar(t, "mute")
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	_, looked := p.Look(t.Context(), sample.Ticket().PDF())
	_, converted := p.Convert(t.Context(), sample.HEIC())
	for _, err := range []error{looked, converted} {
		if fault.CodeOf(err) != document.CodeNoWorker {
			t.Error(err)
		}
	}
}
