package main

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
)

const module = "github.com/sodale/sodale"

// arrows is who may know whom (docs/architecture.md): a room, and the rooms and outside libraries that its packages may
// not import. A room may always import itself.
var arrows = []struct {
	room   string
	may    []string // rooms of the module
	mayNot []string // prefixes of outside packages
}{
	{"app", []string{"assets/places"}, []string{"fyne.io/", "go.etcd.io/", "net/http", "filippo.io/", "modernc.org/", "testing"}},
	{"assets", nil, []string{"fyne.io/", "go.etcd.io/", "net/http"}},
	{"storage", []string{"app"}, []string{"fyne.io/", "net/http", "filippo.io/"}},
	{"sync/api", nil, []string{"fyne.io/", "go.etcd.io/"}},
	{"sync/seal", []string{"app", "sync/api"}, []string{"fyne.io/", "go.etcd.io/", "net/http"}},
	{"sync/engine", []string{"app", "sync/api", "sync/seal"}, []string{"fyne.io/", "go.etcd.io/"}},
	{"sync/portal", []string{"app", "sync/api", "sync/engine"}, []string{"fyne.io/", "go.etcd.io/"}},
	{"sync/mutuad", []string{"app", "assets", "sync/api", "sync/seal"}, []string{"fyne.io/", "go.etcd.io/"}},
	{"ui", []string{"app", "assets"}, []string{"go.etcd.io/", "net/http", "filippo.io/", "modernc.org/"}},
}

// listed is what `go list` says of one package.
type listed struct {
	ImportPath string
	Imports    []string
	Deps       []string
	GoFiles    []string
	CgoFiles   []string
}

func list(t *testing.T, env []string, patterns ...string) []listed {
	t.Helper()
	cmd := exec.Command("go", append([]string{"list", "-e", "-tags", "migrated_fynedo", "-json=ImportPath,Imports,Deps,GoFiles,CgoFiles"}, patterns...)...)
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []listed
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	return all
}

func inside(path, room string) bool { return path == room || strings.HasPrefix(path, room+"/") }

func TestTheArrowsOfTheArchitectureHold(t *testing.T) {
	for _, a := range arrows {
		packages := list(t, []string{"CGO_ENABLED=1"}, "./"+a.room+"/...")
		if len(packages) == 0 {
			t.Errorf("%s has no packages", a.room)
		}
		for _, p := range packages {
			for _, imported := range p.Imports {
				checkImport(t, a.room, a.may, a.mayNot, p.ImportPath, imported)
			}
		}
	}
}

func checkImport(t *testing.T, room string, may, mayNot []string, from, imported string) {
	t.Helper()
	if local, ok := strings.CutPrefix(imported, module+"/"); ok {
		allowed := inside(local, room)
		for _, m := range may {
			allowed = allowed || inside(local, m)
		}
		if !allowed {
			t.Errorf("%s imports %s: %s may know only %v", from, imported, room, may)
		}
		return
	}
	for _, no := range mayNot {
		if strings.HasPrefix(imported, no) {
			t.Errorf("%s imports %s: not in %s", from, imported, room)
		}
	}
}

func TestOnlyTheWorkerKnowsMuPDFAndC(t *testing.T) {
	for _, p := range list(t, []string{"CGO_ENABLED=1"}, "./...") {
		worker := p.ImportPath == module+"/app/document/worker"
		for _, imported := range p.Imports {
			if strings.HasPrefix(imported, "github.com/gen2brain/go-fitz") && !worker {
				t.Errorf("%s imports go-fitz", p.ImportPath)
			}
		}
		if len(p.CgoFiles) > 0 && !worker {
			t.Errorf("%s uses C: %v", p.ImportPath, p.CgoFiles)
		}
	}
}

func TestTheDomainBuildsWithoutC(t *testing.T) {
	var pure []string
	for _, p := range list(t, []string{"CGO_ENABLED=0"}, "./app/...", "./storage/...", "./sync/...", "./ui/...", "./assets/...") {
		if p.ImportPath != module+"/app/document/worker" {
			pure = append(pure, p.ImportPath)
		}
	}
	cmd := exec.Command("go", append([]string{"build", "-tags", "migrated_fynedo"}, pure...)...)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}
