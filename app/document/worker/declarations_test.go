package worker_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// check holds the worker's declarations of MuPDF against the real ones: a prototype that differs doesn't compile.
const check = `
#include <mupdf/fitz.h>
#define REAL_MUPDF
#include "mupdf.h"
enum { SYSTEM = FZ_ERROR_SYSTEM, LIMIT = FZ_ERROR_LIMIT, ABORT = FZ_ERROR_ABORT };
_Static_assert(SYSTEM == 2 && LIMIT == 5 && ABORT == 10, "error codes");
_Static_assert(sizeof(fz_rect) == 4 * sizeof(float) && offsetof(fz_rect, y1) == 3 * sizeof(float), "fz_rect");
_Static_assert(sizeof(fz_irect) == 4 * sizeof(int) && offsetof(fz_irect, y1) == 3 * sizeof(int), "fz_irect");
_Static_assert(sizeof(fz_matrix) == 6 * sizeof(float) && offsetof(fz_matrix, f) == 5 * sizeof(float), "fz_matrix");
_Static_assert(sizeof(fz_alloc_context) == 4 * sizeof(void *) && offsetof(fz_alloc_context, free) == 3 * sizeof(void *), "fz_alloc_context");
static sodale_tune_cb *const tune = (fz_tune_image_decode_fn *)0;
static sodale_message_cb *const message = (fz_warning_cb *)0;
`

func TestDeclarationsAreThoseOfTheLinkedLibrary(t *testing.T) {
	for _, tool := range []string{"gcc", "go"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip(tool, "is not installed")
		}
	}
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/gen2brain/go-fitz").Output()
	if err != nil {
		t.Fatal(err)
	}
	source := filepath.Join(t.TempDir(), "check.c")
	if err := os.WriteFile(source, []byte(check), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("gcc", "-fsyntax-only", "-Werror", "-Wno-unused", "-I.", "-I"+filepath.Join(strings.TrimSpace(string(dir)), "include"), source).CombinedOutput()
	if err != nil {
		t.Fatalf("%s", out)
	}
}
