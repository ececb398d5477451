package server_test

import (
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// TestTheDescriptionNamesEveryPathMethodAndStatusOfTheServerAndNoOther compares sync/api/openapi.yaml with the routes.
// That the routes answer with no other status is checked by every test that asks (house.expected).
func TestTheDescriptionNamesEveryPathMethodAndStatusOfTheServerAndNoOther(t *testing.T) {
	data, err := os.ReadFile("../../api/openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var description struct {
		Paths map[string]map[string]struct {
			Responses map[string]any
			Security  []map[string][]string
		}
	}
	if err := yaml.Unmarshal(data, &description); err != nil {
		t.Fatal(err)
	}
	described, answered := map[string]bool{}, map[string]bool{}
	for path, methods := range description.Paths {
		for method, operation := range methods {
			for status := range operation.Responses {
				described[strings.ToUpper(method)+" "+path+" "+status] = true
			}
		}
	}
	for _, r := range newHouse(t, "").server.Routes() {
		for _, status := range r.Statuses {
			answered[r.Method+" "+r.Path+" "+strconv.Itoa(status)] = true
		}
	}
	if len(described) < 50 {
		t.Fatalf("only %d answers are described", len(described))
	}
	for _, only := range slices.Sorted(maps.Keys(described)) {
		if !answered[only] {
			t.Errorf("described, but not answered: %s", only)
		}
	}
	for _, only := range slices.Sorted(maps.Keys(answered)) {
		if !described[only] {
			t.Errorf("answered, but not described: %s", only)
		}
	}
}
