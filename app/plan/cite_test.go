package plan_test

import (
	"testing"

	"github.com/sodale/sodale/app/plan"
	"github.com/sodale/sodale/assets"
)

func TestReadingsStandBesideTheArticlesThatTheyConcern(t *testing.T) { // AMB
	all, err := plan.LoadAll(assets.Plans())
	if err != nil {
		t.Fatal(err)
	}
	beside := map[string]map[string]bool{}
	for _, p := range all {
		beside[p.ID] = map[string]bool{}
		for _, a := range p.Articles {
			for _, r := range p.ReadingsOf(a.ID) {
				beside[p.ID][a.ID+": "+r.ID] = true
			}
		}
	}
	for _, want := range []struct{ plan, reading string }{{"piano-base", "art. 10.2: AMB-04"}, {"piano-base", "art. 10.2: AMB-05"}, {"piano-base", "art. 1.2: AMB-22"},
		{"piano-base", "art. 13: AMB-21"}, {"eticare-per-me", "prestazione 5: AMB-32"}, {"eticare-per-me", "art. 12: AMB-36"}, {"eticare-per-me", "art. 9: AMB-46"}} {
		if !beside[want.plan][want.reading] {
			t.Errorf("%s: not %s", want.plan, want.reading)
		}
	}
	if beside["piano-base"]["art. 1.1: AMB-22"] {
		t.Error("a reading stands beside an article that it does not concern")
	}
}
