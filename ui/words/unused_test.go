package words

import (
	"go/ast"
	"go/token"
	"regexp"
	"strings"
	"testing"

	"github.com/sodale/sodale/assets"
)

var (
	keyShape    = regexp.MustCompile(`^[a-z]+(\.[a-z0-9-]+)+$`)
	familyShape = regexp.MustCompile(`^[a-z]+\.([a-z0-9-]+\.)*$`)
)

// usesInSource returns the literals of the source that look like keys, and those that begin a computed key. A key may
// stand in a table far from its call, so every such literal counts as a use.
func usesInSource(t *testing.T) (keys, families map[string]string) {
	t.Helper()
	keys, families = map[string]string{}, map[string]string{}
	eachNode(t, func(n ast.Node, path string) {
		switch x := n.(type) {
		case *ast.BasicLit:
			if s, ok := text(x); ok && keyShape.MatchString(s) {
				keys[s] = path
			}
		case *ast.BinaryExpr:
			if s, ok := text(x.X); ok && x.Op == token.ADD && familyShape.MatchString(s) {
				families[s] = path
			}
		}
	})
	return keys, families
}

func TestNoKeyOfTheFilesIsUnused(t *testing.T) {
	keys, families := usesInSource(t)
	for key := range tables[Italian] {
		_, used := keys[key]
		for family := range families {
			used = used || strings.HasPrefix(key, family)
		}
		if !used {
			t.Errorf("%q is in the files and nowhere in the source", key)
		}
	}
}

func TestEveryComputedFamilyOfKeysHasMembers(t *testing.T) {
	_, families := usesInSource(t)
	for family, where := range families {
		room, _, _ := strings.Cut(family, ".")
		if _, isKey := assets.Translations(Italian)[room]; !isKey {
			continue
		}
		found := false
		for key := range tables[Italian] {
			found = found || strings.HasPrefix(key, family)
		}
		if !found {
			t.Errorf("%s computes keys under %q, and there are none", where, family)
		}
	}
}
