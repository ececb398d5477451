package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// asvsItems are the sections of OWASP ASVS 5.0.0 that docs/security.md covers, with how many items each has; masvsItems the
// groups of MASVS 2.1.
var (
	asvsItems = map[string]int{"1.1": 2, "1.2": 10, "1.3": 12, "1.4": 3, "1.5": 3, "2.1": 3, "2.2": 3, "2.3": 5, "2.4": 2, "4.1": 5, "4.2": 5, "4.3": 2,
		"4.4": 4, "5.1": 1, "5.2": 6, "5.3": 3, "5.4": 3, "6.1": 3, "6.2": 12, "6.3": 8, "6.4": 6, "6.5": 8, "6.6": 4, "6.7": 2, "6.8": 4, "7.1": 3, "7.2": 4,
		"7.3": 2, "7.4": 5, "7.5": 3, "7.6": 2, "8.1": 4, "8.2": 4, "8.3": 3, "8.4": 2, "9.1": 3, "9.2": 4, "11.1": 4, "11.2": 5, "11.3": 5, "11.4": 4,
		"11.5": 2, "11.6": 2, "11.7": 2, "12.1": 5, "12.2": 2, "12.3": 5, "13.1": 4, "13.2": 6, "13.3": 4, "13.4": 7, "14.1": 2, "14.2": 8, "14.3": 3,
		"15.1": 5, "15.2": 5, "15.3": 7, "15.4": 4, "16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 4}
	masvsItems = map[string]int{"STORAGE-": 2, "CRYPTO-": 2, "AUTH-": 3, "NETWORK-": 2, "PLATFORM-": 3, "CODE-": 4, "RESILIENCE-": 4, "PRIVACY-": 4}

	itemPattern = regexp.MustCompile(`^([0-9]+\.[0-9]+\.[0-9]+|[A-Z]+-[0-9])$`)
	testPattern = regexp.MustCompile("`([a-z/]+\\.(?:Test|Fuzz)[A-Za-z0-9]+)`")
	funcPattern = regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)[A-Za-z0-9]+)\(`)
)

// testsOfFolders are the names of all tests, each behind its folder; the root's is "sodale".
func testsOfFolders(t *testing.T) map[string]bool {
	t.Helper()
	found := map[string]bool{}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		source, err := os.ReadFile(path)
		folder := filepath.ToSlash(filepath.Dir(path))
		if folder == "." {
			folder = "sodale"
		}
		for _, name := range funcPattern.FindAllSubmatch(source, -1) {
			found[folder+"."+string(name[1])] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestEveryItemOfTheSecurityPageHasItsPlaceAndItsTests holds docs/security.md against the tests: every test that it names
// exists, every item stands in one table and none is missing, and a row that says "shown by" names a test.
func TestEveryItemOfTheSecurityPageHasItsPlaceAndItsTests(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("docs", "security.md"))
	if err != nil {
		t.Fatal(err)
	}
	tests := testsOfFolders(t)
	for _, name := range testPattern.FindAllSubmatch(text, -1) {
		if !tests[string(name[1])] {
			t.Errorf("%s is no test", name[1])
		}
	}
	var items []string
	shown := false // whether the table's last column names tests
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		last := cells[len(cells)-1]
		if cells[0] == "item" || cells[0] == "not met" {
			shown = last == "shown by"
		}
		for item := range strings.SplitSeq(cells[0], ", ") {
			if !strings.HasPrefix(line, "|") || !itemPattern.MatchString(item) {
				continue
			}
			if slices.Contains(items, item) {
				t.Errorf("%s stands there twice", item)
			}
			if items = append(items, item); shown && !testPattern.MatchString(last) || cells[1] == "" || len(cells) > 2 && cells[2] == "" {
				t.Errorf("%s names no test, or no reason", item)
			}
		}
	}
	for _, all := range []struct {
		form  string
		parts map[string]int
	}{{"%s.%d", asvsItems}, {"%s%d", masvsItems}} {
		for part, n := range all.parts {
			for i := range n {
				if item := fmt.Sprintf(all.form, part, i+1); !slices.Contains(items, item) {
					t.Errorf("%s is missing", item)
				}
			}
		}
	}
}
