package scan_test

import (
	"context"
	"image"
	"image/color"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/intake/scan"
)

// pretended is SANE's own scanner for tests; it behaves as the environment says.
func pretended(t *testing.T, backends string) scan.Scanner {
	t.Helper()
	if _, err := exec.LookPath("scanimage"); err != nil {
		t.Skip("scanimage (sane-utils) is not installed")
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "dll.conf"), []byte(backends+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return scan.Scanner{Environment: []string{"SANE_CONFIG_DIR=" + dir, "TMPDIR=" + dir}}
}

// with is a program that is scanimage with more arguments when it scans, as a person can't give them.
func with(t *testing.T, s scan.Scanner, arguments ...string) scan.Scanner {
	t.Helper()
	path := filepath.Join(t.TempDir(), "scanimage")
	script := "#!/bin/sh\ncase \"$*\" in *--batch=*) exec scanimage \"$@\" " + strings.Join(arguments, " ") + ";; esac\nexec scanimage \"$@\"\n"
	if err := os.WriteFile(path, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	s.Program = path
	return s
}

// steps collects what progress says.
type steps struct {
	mu  sync.Mutex
	all [][2]int
}

func (s *steps) add(sheet, percent int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.all = append(s.all, [2]int{sheet, percent})
}

func TestTheScannersAreListed(t *testing.T) {
	devices, err := pretended(t, "test").Devices(t.Context())
	if err != nil || len(devices) != 2 || devices[0] != (scan.Device{Name: "test:0", Vendor: "Noname", Model: "frontend-tester", Kind: "virtual device"}) {
		t.Errorf("%+v %v", devices, err)
	}
	if _, err := pretended(t, "").Devices(t.Context()); fault.CodeOf(err) != scan.CodeNone {
		t.Errorf("with none: %v", err)
	}
	if _, err := (scan.Scanner{Program: "no-such-scanimage"}).Devices(t.Context()); fault.CodeOf(err) != scan.CodeNoProgram {
		t.Errorf("without SANE: %v", err)
	}
}

func TestTheSheetOnTheGlassIsScannedInGreyAt300Dots(t *testing.T) {
	var said steps
	s := with(t, pretended(t, "test"), "--test-picture=Grid")
	sheets, err := s.Scan(t.Context(), "test:0", false, said.add)
	if err != nil || len(sheets) != 1 {
		t.Fatalf("%d sheets, %v", len(sheets), err)
	}
	// The glass of the pretended scanner has 200 by 200 millimetres: 2,362 dots.
	grey, ok := sheets[0].(*image.Gray)
	if !ok || grey.Rect.Dx() < 2355 || grey.Rect.Dx() > 2370 || grey.Rect.Dy() < 2355 || grey.Rect.Dy() > 2370 {
		t.Fatalf("%T %v", sheets[0], sheets[0].Bounds())
	}
	// Its grid has squares of 10 millimetres, 118 dots, black and white by turns.
	if a, b := grey.GrayAt(59, 59), grey.GrayAt(59+118, 59); a == b || (a != color.Gray{Y: 0} && a != color.Gray{Y: 255}) {
		t.Errorf("squares of %v and %v", a, b)
	}
	if len(said.all) == 0 || said.all[len(said.all)-1] != [2]int{1, 100} {
		t.Errorf("progress %v", said.all)
	}
}

func TestTheFeederIsScannedUntilItIsEmptyAndNothingLiesOnTheDisk(t *testing.T) {
	var said steps
	s := with(t, pretended(t, "test"), "--resolution=30")
	dir := strings.TrimPrefix(s.Environment[1], "TMPDIR=")
	t.Setenv("TMPDIR", dir)
	files := 0
	watching := func(sheet, percent int) {
		said.add(sheet, percent)
		_ = filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
			if err == nil && d.Type().IsRegular() && d.Name() != "dll.conf" {
				files++
			}
			return nil
		})
	}
	sheets, err := s.Scan(t.Context(), "test:0", true, watching)
	if err != nil || len(sheets) != 10 {
		t.Fatalf("%d sheets, %v", len(sheets), err)
	}
	if !slices.Contains(said.all, [2]int{10, 100}) || files > 0 {
		t.Errorf("progress %v, %d files", said.all, files)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "sodale-scan*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestEveryTroubleOfAScannerHasItsCode(t *testing.T) {
	for status, want := range map[string]fault.Code{
		"JAMMED": scan.CodeJammed, "NO_DOCS": scan.CodeEmpty, "COVER_OPEN": scan.CodeCover, "DEVICE_BUSY": scan.CodeBusy,
		"ACCESS_DENIED": scan.CodeDenied, "IO_ERROR": scan.CodeFailed, "CANCELLED": scan.CodeCancelled,
	} {
		t.Run(status, func(t *testing.T) {
			t.Parallel()
			s := with(t, pretended(t, "test"), "--read-return-value=SANE_STATUS_"+status)
			if sheets, err := s.Scan(t.Context(), "test:0", false, nil); fault.CodeOf(err) != want || len(sheets) > 0 {
				t.Errorf("%d sheets, %v, want %s", len(sheets), err, want)
			}
		})
	}
	t.Run("unplugged", func(t *testing.T) {
		t.Parallel()
		if _, err := pretended(t, "test").Scan(t.Context(), "epson:usb:1", false, nil); fault.CodeOf(err) != scan.CodeFailed {
			t.Error(err)
		}
	})
	t.Run("not installed", func(t *testing.T) {
		t.Parallel()
		if _, err := (scan.Scanner{Program: "/nowhere/scanimage"}).Scan(t.Context(), "test:0", false, nil); fault.CodeOf(err) != scan.CodeNoProgram {
			t.Error(err)
		}
	})
}

func TestAScanThatIsCancelledEnds(t *testing.T) {
	s := with(t, pretended(t, "test"), "--read-delay=yes", "--read-delay-duration=200000")
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	sheets, err := s.Scan(ctx, "test:0", false, func(int, int) { cancel() })
	if fault.CodeOf(err) != scan.CodeCancelled || len(sheets) > 0 {
		t.Errorf("%d sheets, %v", len(sheets), err)
	}
}

func TestSheetsBeforeAJamAreKept(t *testing.T) {
	// A scanimage that gives one sheet, and then jams.
	path := filepath.Join(t.TempDir(), "scanimage")
	script := `#!/bin/sh
for a; do case "$a" in
--all-options) printf '    --source Flatbed|ADF [Flatbed]\n'; exit 0;;
--batch=*) out="${a#--batch=}";;
esac; done
out="${out%\%d}"
printf 'Scanning page 1\n' >&2
printf 'P5\n2 1\n255\n\001\002' > "${out}1.part" && mv "${out}1.part" "${out}1"
printf 'Scanning page 2\nscanimage: sane_start: Document feeder jammed\n' >&2
exit 6
`
	if err := os.WriteFile(path, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	sheets, err := scan.Scanner{Program: path}.Scan(t.Context(), "adf", true, nil)
	if fault.CodeOf(err) != scan.CodeJammed || len(sheets) != 1 || sheets[0].Bounds() != image.Rect(0, 0, 2, 1) {
		t.Errorf("%v %v", sheets, err)
	}
}
