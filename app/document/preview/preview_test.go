package preview_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/document/sample"
	"github.com/sodale/sodale/app/document/worker"
	"github.com/sodale/sodale/app/fault"
)

// limit is what any run may take.
const limit = 10 * time.Second

// outcome is what one run of the command said.
type outcome struct {
	exit           int
	stdout, stderr []byte
	took           time.Duration
}

// needsMuPDF skips a test in a binary that has none.
func needsMuPDF(t testing.TB) {
	t.Helper()
	if !worker.Linked {
		t.Skip("built without cgo")
	}
}

// run starts the command as a process of its own.
func run(t testing.TB, args ...string) outcome {
	t.Helper()
	needsMuPDF(t)
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 3*limit)
	defer cancel()
	cmd := exec.CommandContext(ctx, exe, append([]string{"preview"}, args...)...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	started := time.Now()
	err = cmd.Run()
	o := outcome{stdout: out.Bytes(), stderr: errs.Bytes(), took: time.Since(started)}
	var ended *exec.ExitError
	switch {
	case errors.As(err, &ended):
		o.exit = ended.ExitCode()
	case err != nil:
		t.Fatal(err)
	}
	return o
}

// code is the refusal of a run that ended with exit 3, "" of one that ended with 0; anything else fails the test.
func (o outcome) code(t testing.TB, name string) fault.Code {
	t.Helper()
	switch {
	case o.took > limit:
		t.Errorf("%s took %v", name, o.took)
	case o.exit == 0:
		var shown struct {
			Kind                 document.Kind
			Pages, Width, Height int
		}
		if err := json.Unmarshal(o.stdout, &shown); err != nil || shown.Pages < 1 || shown.Width < 1 || shown.Height < 1 || shown.Kind == "" {
			t.Errorf("%s printed %q", name, o.stdout)
		}
		return ""
	case o.exit == 3:
		var refusal struct{ Error fault.Code }
		if err := json.Unmarshal(o.stderr, &refusal); err != nil || !known[refusal.Error] || len(o.stdout) > 0 {
			t.Errorf("%s printed %q and %q", name, o.stdout, o.stderr)
		}
		return refusal.Error
	}
	t.Errorf("%s ended with %d: %s", name, o.exit, o.stderr)
	return ""
}

var known = map[fault.Code]bool{
	document.CodeEmpty: true, document.CodeTooLarge: true, document.CodeKind: true, document.CodeHEIC: true,
	document.CodeEncrypted: true, document.CodeDamaged: true, document.CodePages: true, document.CodePixels: true,
	document.CodeTimeout: true, document.CodeCrashed: true, document.CodeVanished: true, document.CodeNoPage: true,
}

func save(t testing.TB, dir, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestCommandDrawsAPageAndSaysWhatItIs(t *testing.T) {
	dir := t.TempDir()
	file, out := save(t, dir, "ricevuta.pdf", sample.Ticket().PagesPDF(3)), filepath.Join(dir, "out.png")
	o := run(t, file, "--page", "3", "--dpi", "72", "-o", out)
	if want := `{"kind":"pdf","pages":3,"width":596,"height":842}` + "\n"; o.exit != 0 || string(o.stdout) != want {
		t.Fatalf("exit %d, printed %q %q, want %q", o.exit, o.stdout, o.stderr, want)
	}
	f, err := os.Open(out)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := png.DecodeConfig(f)
	if err != nil || img.Width != 596 || img.Height != 842 {
		t.Fatalf("picture: %v %v", img, err)
	}
}

func TestCommandRefusesWithAStableCode(t *testing.T) {
	for _, c := range []struct {
		name string
		data []byte
		want fault.Code
	}{
		{"vuoto.pdf", nil, document.CodeEmpty},
		{"foto.pdf", sample.PNG()[:20], document.CodeDamaged},
		{"testo.pdf", []byte("Gentile socia, in allegato la ricevuta."), document.CodeKind},
		{"iphone.jpg", []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00"), document.CodeHEIC},
		{"chiuso.pdf", sample.Encrypted(), document.CodeEncrypted},
		{"centomila.pdf", sample.ManyPages(100_000), document.CodePages},
		{"grande.tif", sample.HugeTIFF(50_000), document.CodePixels},
		{"grande.jpg", sample.HugeJPEG(), document.CodePixels},
		{"tagliato.tif", sample.Cut(sample.Ticket().TIFF()), document.CodeDamaged},
		{"finto.pdf", []byte("%PDF-1.7\nnothing else"), document.CodeDamaged},
		{"moduli.pdf", sample.NestedForms(24), document.CodeTimeout},
		{"bomba.pdf", sample.FlateBomb(4 << 30), document.CodeTimeout},
		{"enorme.pdf", append(sample.Ticket().PDF(), make([]byte, document.MaxPreview)...), document.CodeTooLarge},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			out := filepath.Join(dir, "out.png")
			if got := run(t, save(t, dir, c.name, c.data), "-o", out).code(t, c.name); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if _, err := os.Stat(out); err == nil {
				t.Error("a refused file left a picture")
			}
		})
	}
}

func TestCommandSaysHowManyPagesAreTooMany(t *testing.T) {
	dir := t.TempDir()
	o := run(t, save(t, dir, "a.pdf", sample.ManyPages(1000)), "-o", filepath.Join(dir, "out.png"))
	want := `{"error":"document.too-many-pages","values":{"Max":"500","Pages":"1000"}}` + "\n"
	if o.exit != 3 || string(o.stderr) != want {
		t.Fatalf("exit %d, printed %q, want %q", o.exit, o.stderr, want)
	}
}

func TestCommandShowsPhotosThatAreTooLargeToAttach(t *testing.T) {
	dir := t.TempDir()
	data := sample.Ticket().LargePhoto()
	if _, err := document.Check(data, document.MaxSize); fault.CodeOf(err) != document.CodeTooLarge {
		t.Fatalf("CLM-05: a photo of %d bytes: %v", len(data), err)
	}
	if code := run(t, save(t, dir, "foto.jpg", data), "--dpi", "72", "-o", filepath.Join(dir, "out.png")).code(t, "photo"); code != "" {
		t.Fatal(code)
	}
}

func TestCommandRefusesAPageThatIsNotThere(t *testing.T) {
	dir := t.TempDir()
	file := save(t, dir, "a.pdf", sample.Ticket().PDF())
	if got := run(t, file, "--page", "2", "-o", filepath.Join(dir, "out.png")).code(t, "page 2"); got != document.CodeNoPage {
		t.Errorf("got %q", got)
	}
}

func TestCommandSaysThatAFileHasVanished(t *testing.T) {
	dir := t.TempDir()
	missing := filepath.Join(dir, "chiavetta", "ricevuta.pdf")
	if got := run(t, missing, "-o", filepath.Join(dir, "out.png")).code(t, "missing"); got != document.CodeVanished {
		t.Errorf("got %q", got)
	}
	if got := run(t, dir, "-o", filepath.Join(dir, "out.png")).code(t, "folder"); got != document.CodeKind {
		t.Errorf("a folder: got %q", got)
	}
}

func TestCommandEndsWithTwoOnWrongArguments(t *testing.T) {
	for _, args := range [][]string{
		{}, {"a.pdf"}, {"-o", "x.png"}, {"a.pdf", "b.pdf", "-o", "x.png"}, {"a.pdf", "-o", "x.png", "--page", "0"},
		{"a.pdf", "-o", "x.png", "--dpi", "0"}, {"a.pdf", "-o", "x.png", "--dpi", "NaN"}, {"a.pdf", "-o", "x.png", "--colour"},
	} {
		if o := run(t, args...); o.exit != 2 || len(o.stdout) > 0 || len(o.stderr) == 0 {
			t.Errorf("%q: exit %d, printed %q %q", args, o.exit, o.stdout, o.stderr)
		}
	}
}

func TestCommandSaysThatThePictureCannotBeWritten(t *testing.T) {
	dir := t.TempDir()
	o := run(t, save(t, dir, "a.pdf", sample.Ticket().PDF()), "-o", filepath.Join(dir, "missing", "out.png"))
	if o.exit != 1 || string(o.stderr) != `{"error":"preview.output"}`+"\n" {
		t.Errorf("exit %d, printed %q", o.exit, o.stderr)
	}
}
