package words

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/lang"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/assets"
)

func text(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(lit.Value)
	return s, err == nil
}

// wordsCall reports whether a call is one of T, N or Has of this package, and which.
func wordsCall(c *ast.CallExpr, path string) (string, bool) {
	switch f := c.Fun.(type) {
	case *ast.SelectorExpr:
		id, ok := f.X.(*ast.Ident)
		return f.Sel.Name, ok && id.Name == "words"
	case *ast.Ident:
		return f.Name, filepath.Base(filepath.Dir(path)) == "words"
	}
	return "", false
}

// eachNode visits every node of the source of the screens, tests apart.
func eachNode(t *testing.T, visit func(n ast.Node, path string)) {
	t.Helper()
	composed, err := filepath.Glob("../../*.go") // where everything is put together
	if err != nil {
		t.Fatal(err)
	}
	look := func(path string, d fs.DirEntry, err error) error {
		if err != nil || d != nil && d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			visit(n, path)
			return true
		})
		return nil
	}
	for _, path := range composed {
		if err := look(path, nil, nil); err != nil {
			t.Fatal(err)
		}
	}
	if err := filepath.WalkDir("..", look); err != nil {
		t.Fatal(err)
	}
}

// literalCalls returns the keys given as literals to T and N, with their file.
func literalCalls(t *testing.T) map[string]string {
	t.Helper()
	calls := map[string]string{}
	eachNode(t, func(n ast.Node, path string) {
		c, ok := n.(*ast.CallExpr)
		if !ok || len(c.Args) == 0 {
			return
		}
		if name, ok := wordsCall(c, path); ok && (name == "T" || name == "N") {
			if s, ok := text(c.Args[0]); ok {
				calls[s] = path
			}
		}
	})
	return calls
}

func TestEveryKeyOfTheSourceIsInBothLanguages(t *testing.T) {
	calls := literalCalls(t)
	if len(calls) < 50 {
		t.Fatalf("only %d keys found in the source: the walk is broken", len(calls))
	}
	for key, where := range calls {
		for _, language := range []string{Italian, English} {
			if _, ok := tables[language][key]; !ok {
				t.Errorf("%s lacks %q of %s", language, key, where)
			}
		}
	}
}

var placeholder = regexp.MustCompile(`\{[A-Za-z]+\}`)

func TestBothLanguagesHaveTheSameKeysAndPlaceholders(t *testing.T) {
	for key, italian := range tables[Italian] {
		english, ok := tables[English][key]
		if !ok {
			t.Errorf("English lacks %q", key)
			continue
		}
		if a, b := holders(italian.other), holders(english.other); !slices.Equal(a, b) {
			t.Errorf("%q: Italian has %v, English %v", key, a, b)
		}
		if (italian.one != italian.other) && english.one == "" {
			t.Errorf("%q has no form for one thing in English", key)
		}
	}
	for key := range tables[English] {
		if _, ok := tables[Italian][key]; !ok {
			t.Errorf("Italian lacks %q", key)
		}
	}
}

func holders(text string) []string {
	found := placeholder.FindAllString(text, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

func TestNoPhraseIsEmptyOrShouts(t *testing.T) {
	for language, table := range tables {
		for key, p := range table {
			if p.one == "" || p.other == "" {
				t.Errorf("%s: %q is empty or has only one form", language, key)
			}
			for _, bad := range []string{"!", "Ops", "OK"} {
				if strings.Contains(p.other, bad) {
					t.Errorf("%s: %q says %q", language, key, bad)
				}
			}
		}
	}
}

func TestEveryTranslationFileCanBeRead(t *testing.T) {
	for _, language := range []string{Italian, English} {
		seen := map[string]string{}
		for name, data := range assets.Translations(language) {
			if name == toolkitFile {
				continue
			}
			var file map[string]phrase
			if err := json.Unmarshal(data, &file); err != nil {
				t.Errorf("%s/%s.json: %v", language, name, err)
			}
			for key := range file {
				if other, twice := seen[key]; twice {
					t.Errorf("%s: %q is in %s and in %s", language, key, other, name)
				}
				seen[key] = name
			}
		}
	}
}

func TestTheToolkitsOwnWordsAreAllThere(t *testing.T) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "fyne.io/fyne/v2").Output()
	if err != nil {
		t.Fatalf("asking where the toolkit lies: %v", err)
	}
	data, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(out)), "lang", "translations", "base.en.json"))
	if err != nil {
		t.Fatal(err)
	}
	var base map[string]any
	if err := json.Unmarshal(data, &base); err != nil {
		t.Fatal(err)
	}
	for _, language := range []string{Italian, English} {
		var own map[string]any
		if err := json.Unmarshal(assets.Translations(language)[toolkitFile], &own); err != nil {
			t.Fatal(err)
		}
		for key := range base {
			if _, ok := own[key]; !ok {
				t.Errorf("%s lacks the toolkit's %q", language, key)
			}
		}
	}
}

func TestTheToolkitSpeaksTheChosenLanguage(t *testing.T) {
	defer Set(Italian)
	if got := lang.L("Cancel"); got != "Annulla" {
		t.Errorf("in Italian the toolkit says %q", got)
	}
	Set(English)
	if got := lang.L("Cancel"); got != "Cancel" {
		t.Errorf("in English the toolkit says %q", got)
	}
	Set(Italian)
	if got := lang.L("Open"); got != "Apri" {
		t.Errorf("back in Italian the toolkit says %q", got)
	}
}

func TestPhrasesFillTheirPlaceholders(t *testing.T) {
	if got := T("error.document.too-large", "Size", "3,4", "Max", 2); !strings.Contains(got, "3,4 MB, il massimo è 2") {
		t.Errorf("got %q", got)
	}
	if got := N("kit.problems", 1); got != "Manca una cosa per continuare" {
		t.Errorf("one: %q", got)
	}
	if got := N("kit.problems", 3); got != "Mancano 3 cose per continuare" {
		t.Errorf("three: %q", got)
	}
	if got := T("nowhere.at-all", "Name", "x"); got != "nowhere.at-all" {
		t.Errorf("a missing key shows %q", got)
	}
}

func TestListenersHearAChangeOnceAndUntilTheyCancel(t *testing.T) {
	defer Set(Italian)
	heard := 0
	cancel := Listen(func() { heard++ })
	Set(English)
	Set(English)
	Set("fr")
	if heard != 1 || Language() != English {
		t.Errorf("heard %d times, language %s", heard, Language())
	}
	cancel()
	Set(Italian)
	if heard != 1 {
		t.Error("heard after cancel")
	}
}

func TestDatesHoursAndMoneyAreWrittenAsPeopleReadThem(t *testing.T) {
	defer Set(Italian)
	d := civil.Date{Year: 2026, Month: time.November, Day: 9}
	at := time.Date(2026, 10, 12, 19, 14, 0, 0, time.UTC) // 21:14 in Rome, summer time
	early := time.Date(2026, 11, 13, 6, 2, 0, 0, time.UTC)
	cases := []struct{ got, want string }{
		{Date(d), "9 novembre 2026"}, {Day(d), "9 novembre"}, {WeekdayDate(d), "lunedì 9 novembre 2026"},
		{Date(civil.Date{}), ""}, {Month(2026, 11), "novembre 2026"}, {Moment(at), "lun 12 ott, 21:14"},
		{Clock(early), "7:02"}, {Clock(at), "21:14"}, {LongMoment(early), "venerdì 13 novembre, 7:02"},
		{Money(2892), "28,92\u00a0€"}, {Money(123456789), "1.234.567,89\u00a0€"},
	}
	for _, c := range cases {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
	Set(English)
	if got := Money(money.Cents(-123450)); got != "-€1,234.50" {
		t.Errorf("English money: %q", got)
	}
	if got := WeekdayDate(d); got != "Monday 9 November 2026" {
		t.Errorf("English date: %q", got)
	}
}

func TestAnArticleBeforeTheEighthAndTheEleventhIsElided(t *testing.T) {
	Set(Italian)
	for day, want := range map[int][3]string{
		7:  {"Accreditati 1 € il 7 marzo 2026.", "Ricevuta del 7 marzo 2026", "Contributi in regola fino al **7 marzo 2026**"},
		8:  {"Accreditati 1 € l’8 marzo 2026.", "Ricevuta dell’8 marzo 2026", "Contributi in regola fino all’**8 marzo 2026**"},
		11: {"Accreditati 1 € l’11 marzo 2026.", "Ricevuta dell’11 marzo 2026", "Contributi in regola fino all’**11 marzo 2026**"},
		18: {"Accreditati 1 € il 18 marzo 2026.", "Ricevuta del 18 marzo 2026", "Contributi in regola fino al **18 marzo 2026**"},
	} {
		d := Date(civil.Date{Year: 2026, Month: time.March, Day: day})
		got := [3]string{T("claims.note.paid.on", "Amount", "1 €", "Day", d), T("newclaim.review.paper.short", "Type", "Ricevuta", "Day", d),
			T("overview.plan.paid", "Day", d)}
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestNoPhraseHasATypewritersApostrophe(t *testing.T) {
	for language, table := range tables {
		for key, p := range table {
			if strings.Contains(p.one+p.other, "'") {
				t.Errorf("%s %s: %q", language, key, p.other)
			}
		}
	}
}

func TestASizeHasTheCommaOrThePointOfTheLanguage(t *testing.T) {
	for language, want := range map[string]string{Italian: "3,4\u00a0MB", English: "3.4\u00a0MB"} {
		Set(language)
		if got := FileSize(3_565_158); got != want {
			t.Errorf("%s: %q, want %q", language, got, want)
		}
	}
	Set(Italian)
	for size, want := range map[int64]string{1: "1\u00a0KB", 412 << 10: "412\u00a0KB", 2 << 20: "2\u00a0MB"} {
		if got := FileSize(size); got != want {
			t.Errorf("%d: %q, want %q", size, got, want)
		}
	}
}
