package takeout

import (
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

func FuzzFileName(f *testing.F) {
	for _, name := range []string{"fattura.pdf", "../../etc/passwd", "con.pdf", "COM1", "..", "a\x00b", "x.\u202efdp.exe", strings.Repeat("è", 300) + ".pdf", "a. . .", "LPT9 .txt", ".pdf", "a:b"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		taken := names{}
		stem, ending := fileName(name)
		one, two := taken.free(stem, ending), taken.free(stem, ending)
		if strings.EqualFold(one, two) {
			t.Fatalf("%q is taken twice", one)
		}
		for _, got := range []string{one, two} {
			base, _, _ := strings.Cut(strings.ToLower(got), ".")
			if !filepath.IsLocal(got) || strings.ContainsAny(got, `/\:*?"<>|`+"\x00") || len(got) > 110 || !utf8.ValidString(got) || reserved[strings.TrimSpace(base)] || strings.HasSuffix(got, ".") || strings.HasSuffix(got, " ") {
				t.Fatalf("%q becomes %q", name, got)
			}
		}
	})
}
