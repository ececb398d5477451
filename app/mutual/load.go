package mutual

import (
	"maps"
	"slices"
	"strings"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/strictyaml"
)

// MaxFile is how many bytes a profile may have.
const MaxFile = 256 << 10

var profileFile = strictyaml.Kind{Name: "the profile", Op: "mutual.load", Most: MaxFile, File: CodeFile, Missing: CodeMissing, Value: CodeValue}

// Load reads the profile of one mutual from YAML, as strictly as package strictyaml, with every value in its range. file only
// names the place in errors: CodeFile, CodeMissing or CodeValue with Item "file:line".
func Load(file string, data []byte) (Profile, error) {
	var p Profile
	lines, err := strictyaml.Read(profileFile, file, data, &p)
	if err != nil {
		return Profile{}, err
	}
	if key, expected := p.wrong(); key != "" {
		return Profile{}, lines.Wrong(key, expected)
	}
	return p, nil
}

// LoadAll reads profiles by their name without ".yaml", which is their ID, and returns them in the order of their names.
func LoadAll(files map[string][]byte) ([]Profile, error) {
	var all []Profile
	for _, name := range slices.Sorted(maps.Keys(files)) {
		p, err := Load(name+".yaml", files[name])
		if err != nil {
			return nil, err
		}
		if p.ID != name {
			return nil, fault.New(CodeValue, "mutual.load", name+".yaml:1").With("Key", "id").With("Expected", name)
		}
		all = append(all, p)
	}
	slices.SortStableFunc(all, func(a, b Profile) int { return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)) })
	return all, nil
}

// Check holds the values of a profile that came over the wire against the same ranges. CodeValue with Key and Expected.
func Check(p Profile) error {
	if key, expected := p.wrong(); key != "" {
		return fault.New(CodeValue, "mutual.check", p.ID).With("Key", key).With("Expected", expected)
	}
	return nil
}
