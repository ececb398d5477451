package errtext

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/assets"
	"github.com/sodale/sodale/ui/words"
)

// server is the mutual's program: it has no screens and prints its codes as they are.
const server = "sync/mutuad"

// codesInSource returns every code that the program can meet: constants of type fault.Code, codes given to fault.New and
// fault.Wrap, and the codes of the protocol.
func codesInSource(t *testing.T) map[string]string {
	t.Helper()
	root := filepath.Join("..", "..")
	codes := map[string]string{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		relative, _ := filepath.Rel(root, path)
		switch {
		case err != nil:
			return err
		case d.IsDir() && (filepath.ToSlash(relative) == server || strings.HasPrefix(d.Name(), ".") && relative != "."):
			return fs.SkipDir
		case !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		protocol := filepath.ToSlash(filepath.Dir(relative)) == "sync/api"
		ast.Inspect(file, func(n ast.Node) bool {
			for _, code := range codesOf(n, protocol) {
				codes[code] = relative
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return codes
}

// codesOf returns the codes that one node of the source names.
func codesOf(n ast.Node, protocol bool) []string {
	var found []string
	add := func(e ast.Expr) {
		if lit, ok := e.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			if s, err := strconv.Unquote(lit.Value); err == nil && strings.Contains(s, ".") {
				found = append(found, s)
			}
		}
	}
	switch x := n.(type) {
	case *ast.ValueSpec:
		name := x.Names[0].Name
		if isSelector(x.Type, "fault", "Code") || protocol && x.Type == nil && strings.HasPrefix(name, "Code") {
			for _, v := range x.Values {
				add(v)
			}
		}
	case *ast.CallExpr:
		if len(x.Args) > 0 && (isSelector(x.Fun, "fault", "New") || isSelector(x.Fun, "fault", "Wrap")) {
			add(x.Args[0])
		}
	}
	return found
}

func isSelector(e ast.Expr, pkg, name string) bool {
	s, ok := e.(*ast.SelectorExpr)
	if !ok || s.Sel.Name != name {
		return false
	}
	id, ok := s.X.(*ast.Ident)
	return ok && id.Name == pkg
}

func TestEveryCodeOfTheProgramHasASentenceInBothLanguages(t *testing.T) {
	codes := codesInSource(t)
	if len(codes) < 60 {
		t.Fatalf("only %d codes found in the source: the walk is broken", len(codes))
	}
	defer words.Set(words.Italian)
	for _, language := range []string{words.Italian, words.English} {
		words.Set(language)
		for code, where := range codes {
			if !words.Has("error." + code) {
				t.Errorf("%s: no sentence for %q of %s", language, code, where)
			}
		}
	}
}

func TestEverySentenceIsOfACodeThatThereIs(t *testing.T) {
	codes := codesInSource(t)
	var sentences map[string]any
	if err := json.Unmarshal(assets.Translations(words.Italian)["errors"], &sentences); err != nil {
		t.Fatal(err)
	}
	suffixes := regexp.MustCompile(`\.(behind|ahead)\.(days|minutes)$|\.nothing$`)
	for key := range sentences {
		code := strings.TrimPrefix(key, "error.")
		if _, ok := codes[code]; !ok {
			code = suffixes.ReplaceAllString(code, "")
		}
		if _, ok := codes[code]; !ok && code != "unknown" {
			t.Errorf("%q has a sentence and is nowhere in the source", code)
		}
	}
}

func TestASentenceTakesItsValuesFromTheError(t *testing.T) {
	cases := map[string]struct {
		err  error
		want string
	}{
		"size":             {fault.New("document.too-large", "", "").With("Size", "3,4").With("Max", "2"), "pesa 3,4 MB, il massimo è 2"},
		"wrapped":          {fmt.Errorf("adding: %w", fault.New("document.encrypted", "", "")), "Il PDF ha una password"},
		"days behind":      {fault.New("clock.skew", "", "").With("Direction", "behind").With("Days", "3"), "indietro di 3 giorni"},
		"a day ahead":      {fault.New("clock.skew", "", "").With("Direction", "ahead").With("Days", "1"), "avanti di un giorno"},
		"minutes":          {fault.New("clock.skew", "", "").With("Direction", "ahead").With("Minutes", "20"), "avanti di 20 minuti"},
		"skew unmeasured":  {fault.New("clock.skew", "", ""), "non è giusto"},
		"several files":    {fault.New("file.missing", "", "").With("Count", "4"), "4 file in attesa"},
		"a reason":         {fault.New("file.quarantined", "", "").With("Count", "1").With("Reason", "submission.content"), "La mutua non ha accettato"},
		"damaged and lost": {fault.New("storage.damaged", "", "").With("Lost", "claim 1"), "rovinata: claim 1"},
		"damaged, several": {fault.New("storage.damaged", "", "").With("Lost", "claims/a1, claims/b2, deliveries/op, roster/4, vault.db"),
			"rovinata: quello che hai cambiato per ultimo, 2 pratiche, 1 invio, 1 altro dato."},
		"damaged, whole": {fault.New("storage.damaged", "", "").With("Lost", ""), "è stata riparata"},
	}
	for name, c := range cases {
		if got := Of(c.err); !strings.Contains(got, c.want) || strings.ContainsAny(got, "{}") {
			t.Errorf("%s: %q does not say %q", name, got, c.want)
		}
	}
}

func TestAnUnknownErrorIsAPlainSentenceWithTheCodeForSupport(t *testing.T) {
	if got := Of(fault.New("room.never-heard-of", "", "")); !strings.Contains(got, "room.never-heard-of") || strings.HasPrefix(got, "error.") {
		t.Errorf("unknown code: %q", got)
	}
	if got := Of(errors.New("dial tcp 10.0.0.1: refused")); strings.Contains(got, "dial") || !strings.Contains(got, "sodale.unknown") {
		t.Errorf("error without a code: %q", got)
	}
	if Of(nil) != "" {
		t.Error("no error has a sentence")
	}
}

func TestSentencesAvoidWordsThatFrightenOrShout(t *testing.T) {
	for code := range codesInSource(t) {
		got := words.T("error." + code)
		for _, bad := range []string{"!", "Ops", "errore", "Lei ", "409", "500"} {
			if strings.Contains(got, bad) {
				t.Errorf("%s says %q: %s", code, bad, got)
			}
		}
	}
}
