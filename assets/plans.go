package assets

import "embed"

//go:embed plans/*.yaml
var plans embed.FS

// Plans returns every edition of every health plan as YAML by its file name without ".yaml".
func Plans() map[string][]byte {
	found := map[string][]byte{}
	for name, data := range all(plans, "plans") {
		found[name[:len(name)-len(".yaml")]] = data
	}
	return found
}
