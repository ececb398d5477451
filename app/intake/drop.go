package intake

import (
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/sodale/sodale/app/fault"
)

// Paths turns what was dropped or pasted, as URIs, into paths. A folder becomes the papers in it, in natural order, but
// not those of the folders in it; the rest stays in the order in which it came, and nothing comes twice. What lies on no
// disk of this computer is left out, and told by CodeElsewhere beside the other paths; a folder that can't be read by
// CodeFolder.
func Paths(uris []string) (paths []string, err error) {
	for _, uri := range uris {
		path, ok := pathOf(uri)
		if !ok {
			err = fault.New(CodeElsewhere, "intake.paths", "")
			continue
		}
		more, unread := unfold(path)
		if unread != nil {
			err = unread
		}
		for _, p := range more {
			if !slices.Contains(paths, p) {
				paths = append(paths, p)
			}
		}
	}
	return paths, err
}

// pathOf reads a file URI (RFC 8089) with no host, or with this computer's.
func pathOf(uri string) (string, bool) {
	u, err := url.Parse(uri)
	if err != nil || !strings.EqualFold(u.Scheme, "file") || u.Path == "" {
		return "", false
	}
	if here, _ := os.Hostname(); u.Host != "" && u.Host != "localhost" && u.Host != here {
		return "", false
	}
	path := u.Path
	if len(path) > 2 && path[0] == '/' && path[2] == ':' { // file:///C:/scans
		path = path[1:]
	}
	return filepath.Clean(filepath.FromSlash(path)), true
}

// unfold returns the papers of a folder, or the path itself when it is none.
func unfold(path string) ([]string, error) {
	if info, err := os.Stat(path); err != nil || !info.IsDir() {
		return []string{path}, nil //nolint:nilerr // reading the file tells what is wrong with it
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return nil, fault.New(CodeFolder, "intake.folder", "")
	}
	var names []string
	for _, e := range entries {
		if !e.IsDir() && isPaper(e.Name()) {
			names = append(names, e.Name())
		}
	}
	slices.SortFunc(names, Natural)
	for i, name := range names {
		names[i] = filepath.Join(path, name)
	}
	return names, nil
}

// Natural compares names as people number things: "pagina 2" comes before "pagina 10". Names that differ are never equal.
func Natural(a, b string) int {
	x, y := strings.ToLower(a), strings.ToLower(b)
	for x != "" && y != "" {
		m, n := digits(x), digits(y)
		if m == 0 || n == 0 {
			if x[0] != y[0] {
				return int(x[0]) - int(y[0])
			}
			x, y = x[1:], y[1:]
			continue
		}
		if c := compareNumbers(x[:m], y[:n]); c != 0 {
			return c
		}
		x, y = x[m:], y[n:]
	}
	if len(x) != len(y) {
		return len(x) - len(y)
	}
	return strings.Compare(a, b)
}

// digits is how many digits a text begins with.
func digits(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

// compareNumbers compares two runs of digits by their value.
func compareNumbers(a, b string) int {
	a, b = strings.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	return strings.Compare(a, b)
}
