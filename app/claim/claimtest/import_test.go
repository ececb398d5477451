package claimtest_test

import (
	"os/exec"
	"strings"
	"testing"
)

const module = "github.com/sodale/sodale"

func golist(t *testing.T, args ...string) []string {
	t.Helper()
	out, err := exec.Command("go", append([]string{"list", "-e", "-tags", "migrated_fynedo"}, args...)...).Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Fields(string(out))
}

func TestNoProgramKnowsTheVaultOfTheTests(t *testing.T) {
	programs := golist(t, "-f", `{{if eq .Name "main"}}{{.ImportPath}}{{end}}`, module+"/...")
	if len(programs) < 2 {
		t.Fatalf("programs: %v", programs)
	}
	for _, p := range golist(t, append([]string{"-deps"}, programs...)...) {
		if p == module+"/app/claim/claimtest" || p == module+"/ui/gallery" {
			t.Errorf("a program imports %s", p)
		}
	}
}
