package intake_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/intake"
)

// save writes a file of a few bytes and returns its path.
func save(t testing.TB, elements ...string) string {
	t.Helper()
	path := filepath.Join(elements...)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("%PDF-1.7"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// CLM-13: one file or more, also by drag and drop.
func TestDroppedFilesComeInTheOrderOfTheDropAndOnce(t *testing.T) {
	got, err := intake.Paths([]string{
		"file:///casa/Fattura%20dott.%20Ros%C3%A0.pdf", "file:///casa/b.pdf", "FILE:///casa/b.pdf", "file://localhost/casa/./a.jpg", "file:///C:/scans/a.pdf",
	})
	want := []string{"/casa/Fattura dott. Rosà.pdf", "/casa/b.pdf", "/casa/a.jpg", "C:/scans/a.pdf"}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%q %v", got, err)
	}
}

func TestADroppedFolderIsItsPapersOneLevelDeepInNaturalOrder(t *testing.T) {
	dir := t.TempDir()
	want := []string{save(t, dir, "pagina 1.jpg"), save(t, dir, "pagina 2.JPG"), save(t, dir, "Pagina 10.heic")}
	single := save(t, dir, "pagina 2.JPG")
	for _, name := range []string{".nascosto.pdf", "~lock.pdf", "note.txt", "pagina 3.pdf.part"} {
		save(t, dir, name)
	}
	save(t, dir, "vecchie", "pagina 0.pdf")
	got, err := intake.Paths([]string{"file://" + single, "file://" + dir})
	if err != nil || !slices.Equal(got, []string{want[1], want[0], want[2]}) {
		t.Errorf("%q %v", got, err)
	}
}

func TestWhatIsNoFileOfThisComputerIsToldAndTheRestTaken(t *testing.T) {
	for _, uri := range []string{"https://example.org/a.pdf", "smb://nas/a.pdf", "file://another-host/a.pdf", "/casa/a.pdf", "file:", "\x00", ""} {
		got, err := intake.Paths([]string{uri, "file:///casa/b.pdf"})
		if fault.CodeOf(err) != intake.CodeElsewhere || !slices.Equal(got, []string{"/casa/b.pdf"}) {
			t.Errorf("%q: %q %v", uri, got, err)
		}
	}
}

func TestNaturalOrderIsHowPeopleNumberPages(t *testing.T) {
	want := []string{"a", "a1", "a01b", "a2", "a10", "B", "b2.pdf", "pagina 9", "pagina 09a", "pagina 10"}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, intake.Natural)
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func TestNaturalOrderIsAnOrder(t *testing.T) {
	name := rapid.StringMatching(`[aAbB019 .]{0,8}`)
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := name.Draw(t, "a"), name.Draw(t, "b"), name.Draw(t, "c")
		ab, ba := intake.Natural(a, b), intake.Natural(b, a)
		if (ab == 0) != (a == b) || (ab < 0) != (ba > 0) {
			t.Fatalf("%q and %q: %d and %d", a, b, ab, ba)
		}
		if ab <= 0 && intake.Natural(b, c) <= 0 && intake.Natural(a, c) > 0 {
			t.Fatalf("%q, %q, %q", a, b, c)
		}
	})
}

func FuzzPaths(f *testing.F) {
	f.Add("file:///casa/a.pdf\nfile://localhost/b")
	f.Add("https://example.org/%zz")
	f.Fuzz(func(t *testing.T, list string) {
		paths, _ := intake.Paths(strings.Split(list, "\n"))
		for i, p := range paths {
			if p == "" || slices.Contains(paths[:i], p) {
				t.Fatalf("%q", paths)
			}
		}
	})
}
