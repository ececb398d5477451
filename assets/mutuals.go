package assets

import "embed"

//go:embed mutuals/*.yaml
var mutuals embed.FS

// Mutuals returns the rules of every mutual that the program knows, by id: the YAML that package mutual reads.
func Mutuals() map[string][]byte {
	found := map[string][]byte{}
	for name, data := range all(mutuals, "mutuals") {
		found[name[:len(name)-len(".yaml")]] = data
	}
	return found
}
