package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// requirementGroups are the groups that docs/requirements.md covers, with how many numbers each has.
var requirementGroups = map[string]int{"REG": 22, "FAC": 16, "CTV": 12, "LOG": 14, "TFA": 9, "SES": 8, "PRV": 16, "PER": 12, "FAM": 8, "DEL": 6,
	"CLM": 50, "STU": 9, "NTF": 9, "CRT": 8, "MEM": 43, "PLN": 8, "H24": 23, "CMP": 6, "BPB": 29, "BEG": 21, "BEE": 30, "MSG": 21, "SUP": 9, "CFG": 32}

// requirementRow is one line of the table: a number, what it asks, where it is seen, the tests that show it, and what is
// different from what is asked, with the reason.
type requirementRow struct{ number, what, where, tests, deviation string }

var numberPattern = regexp.MustCompile(`^[A-Z][A-Z0-9]{2}-[0-9]{2}$`)

func readRequirements(t *testing.T) []requirementRow {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("docs", "requirements.md"))
	if err != nil {
		t.Fatal(err)
	}
	var rows []requirementRow
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if number := strings.TrimSpace(cells[0]); len(cells) == 5 && numberPattern.MatchString(number) {
			rows = append(rows, requirementRow{number, strings.TrimSpace(cells[1]), strings.TrimSpace(cells[2]), strings.TrimSpace(cells[3]), strings.TrimSpace(cells[4])})
		}
	}
	return rows
}

// testsNaming maps "folder.TestName" to its source, doc comment included; the root's folder is called main.
func testsNaming(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, path, source, parser.ParseComments)
		if err != nil {
			return err
		}
		for _, decl := range file.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if !ok || !strings.HasPrefix(f.Name.Name, "Test") && !strings.HasPrefix(f.Name.Name, "Fuzz") {
				continue
			}
			from := f.Pos()
			if f.Doc != nil {
				from = f.Doc.Pos()
			}
			room := filepath.ToSlash(filepath.Dir(path))
			if room == "." {
				room = "main"
			}
			found[room+"."+f.Name.Name] = string(source[set.Position(from).Offset:set.Position(f.End()).Offset])
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestEveryRequirementNamesTheTestThatShowsIt holds docs/requirements.md against the tests: no number of its groups is
// missing, every row names a test that exists and that itself names the number, and a row without one says why.
func TestEveryRequirementNamesTheTestThatShowsIt(t *testing.T) {
	rows, tests := readRequirements(t), testsNaming(t)
	var numbers []string
	for _, r := range rows {
		if slices.Contains(numbers, r.number) {
			t.Errorf("%s stands there twice", r.number)
		}
		numbers = append(numbers, r.number)
		if r.what == "" || r.where == "" {
			t.Errorf("%s does not say what it asks, or where it is seen", r.number)
		}
		if r.tests == "" && r.deviation == "" {
			t.Errorf("%s names no test and no reason", r.number)
		}
		for name := range strings.FieldsSeq(strings.NewReplacer("`", "", ",", " ").Replace(r.tests)) {
			source, ok := tests[name]
			if !ok {
				t.Errorf("%s names %s, which is no test", r.number, name)
			} else if !strings.Contains(source, r.number) {
				t.Errorf("%s is not named in %s", r.number, name)
			}
		}
	}
	for group, n := range requirementGroups {
		for i := range n {
			if number := fmt.Sprintf("%s-%02d", group, i+1); !slices.Contains(numbers, number) {
				t.Errorf("%s is missing", number)
			}
		}
	}
}
