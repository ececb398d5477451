package mutual_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/mutual"
)

const folder = "../../assets/mutuals"

func files(t testing.TB) map[string][]byte {
	t.Helper()
	found := map[string][]byte{}
	paths, err := filepath.Glob(filepath.Join(folder, "*.yaml"))
	if err != nil || len(paths) != 5 {
		t.Fatal(paths, err)
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		found[strings.TrimSuffix(filepath.Base(path), ".yaml")] = data
	}
	return found
}

func profiles(t testing.TB) map[string]mutual.Profile {
	t.Helper()
	all, err := mutual.LoadAll(files(t))
	if err != nil {
		t.Fatal(said(err))
	}
	byID := map[string]mutual.Profile{}
	for _, p := range all {
		byID[p.ID] = p
	}
	return byID
}

func TestEveryProfileThatComesWithTheProgramIsRead(t *testing.T) {
	for id, p := range profiles(t) {
		if p.ID != id || p.Name == "" {
			t.Errorf("%s: %+v", id, p)
		}
	}
}

func TestAProfileThatIsNotRightSaysWhereAndWhatWasExpected(t *testing.T) {
	good := string(files(t)["aurora"])
	for name, c := range map[string]struct {
		old, new string
		code     fault.Code
		item     string // what the line holds in the changed file
		value    string // a part of what was expected
	}{
		"unknown key":          {"  factorOffered: true", "  factorOffered: true\n  colour: red", mutual.CodeFile, "  colour: red", "unknown key \"colour\" in entry; known: ways, user"},
		"misspelt key":         {"  resendSeconds: 60", "  resendSecond: 60", mutual.CodeFile, "  resendSecond: 60", "resendSeconds"},
		"key twice":            {"version: 2\n", "version: 2\nversion: 3\n", mutual.CodeFile, "version: 3", "written twice"},
		"missing key":          {"  least: 8\n", "", mutual.CodeMissing, "  digit: true", "password.least"},
		"missing section":      {"terms:\n  claimDays: 90\n  integrateDays: 30\n  paymentDays: 60\n  bookingDays: 2\n  reportDays: 60\n  retainYears: 10\n", "", mutual.CodeMissing, "id: aurora", "terms"},
		"text for a number":    {"  least: 8\n", "  least: eight\n", mutual.CodeFile, "  least: eight", "a whole number is expected"},
		"number for a text":    {"phone: \"800 000 342\"", "phone: 800000342", mutual.CodeFile, "  phone: 800000342", "in quotes"},
		"yes for true":         {"  digit: true", "  digit: yes", mutual.CodeFile, "  digit: yes", "true or false"},
		"mapping for a list":   {"  kinds: [jpeg, tiff, pdf]", "  kinds: {jpeg: 1}", mutual.CodeFile, "  kinds: {jpeg: 1}", "a list is expected"},
		"no date":              {"reviewed: 2026-11-22", "reviewed: 2026-02-30", mutual.CodeFile, "  reviewed: 2026-02-30", "YYYY-MM-DD"},
		"an anchor":            {"name: Mutua Aurora\n", "name: &a Mutua Aurora\n", mutual.CodeFile, "name: &a Mutua Aurora", "anchors"},
		"a tag":                {"version: 2\n", "version: !!int 1\n", mutual.CodeFile, "version: !!int 1", "tags"},
		"too short a password": {"  least: 8\n", "  least: 4\n", mutual.CodeValue, "  least: 4", "from 8 to 64"},
		"a bare link":          {"link: https://www.garanteprivacy.it", "link: www.garanteprivacy.it", mutual.CodeValue, "      link: www.garanteprivacy.it/web/guest/home/docweb/-/docweb-display/docweb/4535524", "https://"},
		"unknown way":          {"ways: [first-access, register, code, sign-in]", "ways: [sign-in, telepathy]", mutual.CodeValue, "  ways: [sign-in, telepathy]", "\"first-access\""},
		"no way to sign in":    {"ways: [first-access, register, code, sign-in]", "ways: [register]", mutual.CodeValue, "  ways: [register]", "sign-in"},
		"impatient resend":     {"  resendSeconds: 60", "  resendSeconds: 5", mutual.CodeValue, "  resendSeconds: 5", "from 30 to 600"},
		"no such notice":       {"    notice: dossier", "    notice: nowhere", mutual.CodeValue, "    notice: nowhere", "one of the notices"},
		"ragged table":         {"[Dati anagrafici e di contatto, Gestire l'iscrizione, 10 anni dalla perdita della qualifica di socio, Non è possibile essere soci]", "[Dati]", mutual.CodeValue, "        rows:", "4 cells"},
		"no e-mail address":    {"dpoEmail: dpo@aurora.example", "dpoEmail: dpo", mutual.CodeValue, "  dpoEmail: dpo", "e-mail address"},
		"a row left out":       {"  - number: CFG-08\n", "  - number: CFG-09\n", mutual.CodeValue, "rows:", "CFG-08"},
		"unknown kind of file": {"  kinds: [jpeg, tiff, pdf]", "  kinds: [exe]", mutual.CodeValue, "  kinds: [exe]", "\"jpeg\""},
	} {
		t.Run(name, func(t *testing.T) {
			changed := strings.Replace(good, c.old, c.new, 1)
			if changed == good {
				t.Fatal("nothing was changed")
			}
			_, err := mutual.Load("aurora.yaml", []byte(changed))
			if fault.CodeOf(err) != c.code {
				t.Fatalf("%v", err)
			}
			place, text := said(err)
			if line := lineOf(t, changed, place); !strings.HasPrefix(line, c.item) || !strings.Contains(text, c.value) {
				t.Fatalf("%s = %q, said %q", place, line, text)
			}
		})
	}
}

// said is the place and the words of an error.
func said(err error) (place, text string) {
	var f *fault.Error
	if errors.As(err, &f) {
		return f.Item, f.Values["Problem"] + f.Values["Key"] + f.Values["Expected"]
	}
	return "", fmt.Sprint(err)
}

func lineOf(t *testing.T, text, item string) string {
	t.Helper()
	number := strings.TrimPrefix(item, "aurora.yaml:")
	for i, line := range strings.Split(text, "\n") {
		if number == strconv.Itoa(i+1) {
			return line
		}
	}
	t.Fatalf("no line %s", item)
	return ""
}

func TestAFileNamedOtherwiseThanItsMutualIsRefused(t *testing.T) {
	if _, err := mutual.LoadAll(map[string][]byte{"dawn": files(t)["aurora"]}); fault.CodeOf(err) != mutual.CodeValue {
		t.Fatal(err)
	}
}

func TestSeveralDocumentsAndWhatIsNoYAMLAreRefused(t *testing.T) {
	for _, text := range []string{"", "---\n", "a: b\n---\nc: d\n", "[1, 2]", "\t", "a: *b", strings.Repeat("a", mutual.MaxFile+1)} {
		if _, err := mutual.Load("x.yaml", []byte(text)); fault.CodeOf(err) != mutual.CodeFile && fault.CodeOf(err) != mutual.CodeMissing {
			t.Errorf("%.20q: %v", text, err)
		}
	}
}

func FuzzLoad(f *testing.F) {
	for _, data := range files(f) {
		f.Add(data)
	}
	f.Add([]byte("a: &a [*a]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := mutual.Load("x.yaml", data)
		if err == nil && mutual.Check(p) != nil {
			t.Fatal("what was read does not hold")
		}
		if place, _ := said(err); err != nil && !strings.HasPrefix(place, "x.yaml:") {
			t.Fatalf("no place: %v", err)
		}
	})
}
