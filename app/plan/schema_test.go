package plan_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/plan"
)

var update = flag.Bool("update", false, "write assets/plans/schema.json anew")

// enums are the values that a named type may have.
var enums = map[reflect.Type]any{
	reflect.TypeFor[plan.Form]():      []plan.Form{plan.Ticket, plan.Private, plan.Intramoenia, plan.Directly, plan.Subsidy, plan.Lump},
	reflect.TypeFor[plan.Cause]():     []plan.Cause{plan.Illness, plan.Injury, plan.Pregnancy, plan.Childbirth, plan.Prevention, plan.MajorSurgery, plan.EyeSurgery},
	reflect.TypeFor[plan.TermStart](): []plan.TermStart{plan.FromService, plan.FromDocument},
	reflect.TypeFor[plan.Split]():     []plan.Split{plan.Whole, plan.BySpecialty, plan.ByTreatment},
	reflect.TypeFor[plan.DayKind]():   []plan.DayKind{plan.ForStay, plan.ForAccess, plan.ForVisits},
	reflect.TypeFor[plan.AgeDay]():    []plan.AgeDay{plan.OnAsking, plan.OnStart},
	reflect.TypeFor[plan.Rule]():      plan.Rules(),
	reflect.TypeFor[plan.Warning]():   plan.Warnings(),
	reflect.TypeFor[plan.Fact](): []plan.Fact{plan.Preexisting, plan.HIVAtStart, plan.PregnantAtStart, plan.Smoking, plan.Mental, plan.Congenital, plan.ThirdParty,
		plan.ThirdPartyUnknown, plan.CompetitiveSport, plan.ForCertificate, plan.FetalDNA, plan.AdvanceInvoice, plan.PrescriberProvides, plan.NotPertinentService, plan.SameStayRefunded},
}

type schema map[string]any

func schemaOf(t reflect.Type) schema {
	switch {
	case t == reflect.TypeFor[civil.Date]():
		return schema{"type": "string", "format": "date"}
	case enums[t] != nil:
		return schema{"type": "string", "enum": enums[t]}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return schemaOf(t.Elem())
	case reflect.String:
		return schema{"type": "string"}
	case reflect.Bool:
		return schema{"type": "boolean"}
	case reflect.Int, reflect.Int64:
		return schema{"type": "integer", "minimum": 0}
	case reflect.Slice:
		return schema{"type": "array", "items": schemaOf(t.Elem())}
	case reflect.Struct:
		return schemaOfStruct(t)
	}
	panic("no schema for " + t.String())
}

func schemaOfStruct(t reflect.Type) schema {
	properties, required := schema{}, []string{}
	for i := range t.NumField() {
		if !t.Field(i).IsExported() {
			continue
		}
		name, options, _ := strings.Cut(t.Field(i).Tag.Get("yaml"), ",")
		properties[name] = schemaOf(t.Field(i).Type)
		if options != "omitempty" {
			required = append(required, name)
		}
	}
	return schema{"type": "object", "additionalProperties": false, "properties": properties, "required": required}
}

// The schema for editors is that of the types: go test ./app/plan -update writes it.
func TestTheSchemaForEditorsAgreesWithTheTypes(t *testing.T) {
	s := schemaOf(reflect.TypeFor[plan.Plan]())
	s["$schema"], s["title"] = "https://json-schema.org/draft/2020-12/schema", "One edition of a health plan"
	want, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	want = append(want, '\n')
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
