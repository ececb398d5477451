package api_test

import (
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/complaint"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/sync/api"
)

// document is as much of openapi.yaml as the tests look at.
type document struct {
	OpenAPI    string
	Components struct {
		Schemas map[string]struct {
			Required   []string
			Properties map[string]struct {
				Type string
				Enum []string
				Ref  string `yaml:"$ref"`
			}
		}
		Parameters map[string]struct {
			Name string
			In   string
		}
	}
}

func read(t *testing.T) (document, string) {
	t.Helper()
	data, err := os.ReadFile("openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var d document
	if err := yaml.Unmarshal(data, &d); err != nil {
		t.Fatal(err)
	}
	return d, string(data)
}

var wireTypes = []any{api.Hello{}, api.SignIn{}, api.Device{}, api.BlobCheck{}, api.BlobMissing{}, api.BlobState{}, api.Put{}, api.Receipt{}, api.Signed{},
	api.Event{}, api.Events{}, api.Problem{}, api.Address{}, api.ConsentAnswer{}, api.Application{}, api.Enrolment{}, api.Ticketed{}, api.EnrolContacts{},
	api.EnrolCodes{}, api.EnrolDossier{}, api.ResetAsk{}, api.Reset{}, api.ResetFinish{}, api.ShareOpen{}, api.Share{}, api.PasswordChange{}, api.Secret{},
	api.Factor{}, api.FactorCode{}, api.Session{}, api.Sessions{}, api.SessionEnd{}, api.ContactProof{}}

// eventBodies are what events hold, by the name of their schema; their types belong to the rooms of what they tell.
var eventBodies = map[string]any{"ClaimStatus": claim.StatusNews{}, "Outcome": claim.Outcome{}, "ComplaintStatus": complaint.StatusNews{},
	"HouseholdPlan": member.Plan{}, "PlanCover": member.Cover{},
	"PlanDue": member.Due{}}

func TestTheDescriptionHasTheFieldsOfEveryEventBody(t *testing.T) {
	d, _ := read(t)
	for name, v := range eventBodies {
		var fields []string
		for i := range reflect.TypeOf(v).NumField() {
			field, _, _ := strings.Cut(reflect.TypeOf(v).Field(i).Tag.Get("json"), ",")
			fields = append(fields, field)
		}
		slices.Sort(fields)
		if described := slices.Sorted(maps.Keys(d.Components.Schemas[name].Properties)); !slices.Equal(described, fields) {
			t.Errorf("%s is described with %v, and has %v", name, described, fields)
		}
	}
}

var kinds = map[reflect.Kind]string{reflect.String: "string", reflect.Int: "integer", reflect.Int64: "integer", reflect.Bool: "boolean", reflect.Struct: "string"}

func TestTheDescriptionHasEveryWireTypeWithItsFields(t *testing.T) {
	d, _ := read(t)
	if n := len(wireTypes) + len(eventBodies); len(d.Components.Schemas) != n {
		t.Errorf("%d schemas for %d types", len(d.Components.Schemas), n)
	}
	for _, v := range wireTypes {
		typ := reflect.TypeOf(v)
		schema, ok := d.Components.Schemas[typ.Name()]
		if !ok {
			t.Errorf("no schema %s", typ.Name())
			continue
		}
		var fields, required []string
		for i := range typ.NumField() {
			name, options, _ := strings.Cut(typ.Field(i).Tag.Get("json"), ",")
			fields = append(fields, name)
			if options != "omitempty" {
				required = append(required, name)
			}
			if got, want := schema.Properties[name].Type, wireKind(typ.Field(i).Type); got != want {
				t.Errorf("%s.%s is described as %q, not %q", typ.Name(), name, got, want)
			}
		}
		if got := slices.Sorted(maps.Keys(schema.Properties)); !slices.Equal(got, sorted(fields)) {
			t.Errorf("%s has %v, described are %v", typ.Name(), sorted(fields), got)
		}
		if !slices.Equal(sorted(schema.Required), sorted(required)) {
			t.Errorf("%s needs %v, described are %v", typ.Name(), sorted(required), sorted(schema.Required))
		}
	}
}

// wireKind is the JSON type that a Go type is sent as: bytes as base64, instants as text.
func wireKind(t reflect.Type) string {
	if t.Kind() == reflect.Slice && t.Elem().Kind() != reflect.Uint8 {
		return "array"
	}
	if t.Kind() == reflect.Slice {
		return "string"
	}
	if t == reflect.TypeFor[api.Address]() {
		return "" // a reference
	}
	return kinds[t.Kind()]
}

func sorted(s []string) []string { return slices.Sorted(slices.Values(s)) }

func TestTheDescriptionHasEveryCodeHeaderAndPath(t *testing.T) {
	d, text := read(t)
	if !strings.HasPrefix(d.OpenAPI, "3.1.") {
		t.Errorf("OpenAPI %s", d.OpenAPI)
	}
	codes := []string{api.CodeUnauthorised, api.CodeForbidden, api.CodeBadSignIn, api.CodeSlowDown, api.CodeBusy, api.CodeOffset, api.CodeDigest, api.CodeBlobSize,
		api.CodeBlobsMissing, api.CodeDifferent, api.CodeSealed, api.CodeContent, api.CodeNothing, api.CodeProtocol, api.CodeBadRequest, api.CodeInternal,
		api.CodeSecondFactor, api.CodeSecondFactorBad, api.CodeUnfinished, api.CodeRegistered, api.CodeUnknownPerson, api.CodeBadCode, api.CodeCodeOver,
		api.CodeTicketOver, api.CodeTooSoon, api.CodePasswordRule, api.CodeConsentMissing, api.CodeField, api.CodeRevoked, api.CodeChallenge, api.CodeProof,
		api.CodeConflict, api.CodeMobileDiffers, api.CodeActivation, api.CodeNotAllowed, api.CodePersonUnknown}
	if got := sorted(d.Components.Schemas["Problem"].Properties["code"].Enum); !slices.Equal(got, sorted(codes)) {
		t.Errorf("codes %v", got)
	}
	var headers []string
	for _, p := range d.Components.Parameters {
		if p.In == "header" {
			headers = append(headers, p.Name)
		}
	}
	want := []string{api.HeaderNonce, api.HeaderProtocol, api.HeaderOffset, api.HeaderLength, api.HeaderKey, api.HeaderProof, api.HeaderChallenge}
	if !slices.Equal(sorted(headers), sorted(want)) {
		t.Errorf("headers %v", headers)
	}
	for _, path := range []string{api.PathHello, api.PathSignIn, api.PathBlobCheck, api.PathBlob, api.PathSubmission, api.PathReceipt, api.PathEvents,
		api.PathRules, api.PathApply, api.PathContacts, api.PathResend, api.PathVerify, api.PathDossier, api.PathState, api.PathReset, api.PathResetResend,
		api.PathResetFinish, api.PathShareOpen, api.PathShare, api.PathPassword, api.PathFactor, api.PathFactorConfirm, api.PathFactorEnd, api.PathFactorCodes,
		api.PathSessions, api.PathSessionEnd, api.PathContactCodes, api.PathContactProof, api.PathConfirm} {
		if !strings.Contains(text, "\n  "+path+":\n") {
			t.Errorf("no path %s", path)
		}
	}
}

func TestASignatureCoversMethodPathNonceStatusAndBody(t *testing.T) {
	got := string(api.SignedAnswer("GET", "/v1/hello", "00", 200, []byte("{}")))
	const want = "sodale-answer-1\nGET\n/v1/hello\n00\n200\n44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\n"
	if got != want {
		t.Fatalf("%q", got)
	}
}
