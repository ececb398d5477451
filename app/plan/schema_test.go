package plan_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/sodale/sodale/app/plan"
	"github.com/sodale/sodale/app/strictyaml"
)

var update = flag.Bool("update", false, "write assets/plans/schema.json anew")

// enums are the values that a named type may have.
var enums = map[reflect.Type]any{
	reflect.TypeFor[plan.Form]():      []plan.Form{plan.Ticket, plan.Private, plan.Intramoenia, plan.Directly, plan.Subsidy, plan.Lump},
	reflect.TypeFor[plan.Cause]():     []plan.Cause{plan.Illness, plan.Injury, plan.Pregnancy, plan.Childbirth, plan.Prevention, plan.MajorSurgery, plan.EyeSurgery},
	reflect.TypeFor[plan.TermStart](): []plan.TermStart{plan.FromService, plan.FromDocument},
	reflect.TypeFor[plan.Split]():     []plan.Split{plan.Whole, plan.BySpecialty},
	reflect.TypeFor[plan.DayKind]():   []plan.DayKind{plan.ForStay, plan.ForAccess, plan.ForVisits},
	reflect.TypeFor[plan.AgeDay]():    []plan.AgeDay{plan.OnAsking, plan.OnStart},
	reflect.TypeFor[plan.Rule]():      plan.Rules(),
	reflect.TypeFor[plan.Warning]():   plan.Warnings(),
	reflect.TypeFor[plan.Fact](): []plan.Fact{plan.Preexisting, plan.HIVAtStart, plan.PregnantAtStart, plan.Smoking, plan.Mental, plan.Congenital, plan.ThirdParty,
		plan.ThirdPartyUnknown, plan.CompetitiveSport, plan.ForCertificate, plan.FetalDNA, plan.AdvanceInvoice, plan.PrescriberProvides, plan.NotPertinentService, plan.SameStayRefunded},
}

// The schema for editors is that of the types: go test ./app/plan -update writes it.
func TestTheSchemaForEditorsAgreesWithTheTypes(t *testing.T) {
	want, err := strictyaml.Schema(reflect.TypeFor[plan.Plan](), "One edition of a health plan", enums)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder, "schema.json")
	if *update {
		if err := os.WriteFile(path, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, want) {
		t.Fatalf("%s is not that of the types (%v): go test ./app/plan -update writes it", path, err)
	}
}
