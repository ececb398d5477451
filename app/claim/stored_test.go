package claim_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
)

// fullClaim has something in every field of itself and of all that it points to.
func fullClaim(t testing.TB) claim.Claim {
	t.Helper()
	var c claim.Claim
	n := int64(0)
	fillValue(t, reflect.ValueOf(&c).Elem(), &n)
	return c
}

func fillValue(t testing.TB, v reflect.Value, n *int64) {
	t.Helper()
	*n++
	switch to := v.Addr().Interface().(type) {
	case *time.Time:
		*to = time.Date(2026, 11, 22, 10, 30, int(*n%60), 123456000, time.UTC)
		return
	case *civil.Date:
		*to = civil.Date{Year: 2026, Month: time.November, Day: int(1 + *n%28)}
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fillValue(t, v.Field(i), n)
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fillValue(t, v.Elem(), n)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			fillValue(t, v.Index(i), n)
		}
	case reflect.String:
		v.SetString(strings.Repeat("à<b>\n", int(*n%3)) + v.Type().Name())
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(*n)
	case reflect.Uint64:
		v.SetUint(uint64(*n))
	default:
		t.Fatalf("a field of kind %v", v.Kind())
	}
}

func TestAStoredClaimReadsBackWithEveryField(t *testing.T) {
	for name, want := range map[string]claim.Claim{"full": fullClaim(t), "empty": {}, "lists of nothing": {
		Documents: []claim.ExpenseDocument{{Attachments: []claim.Attachment{}}}, Mutual: claim.Standing{Steps: []claim.Passage{}}}} {
		data, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		if got, quick := claim.ParseQuickly(data); !quick || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: read quickly: %v\ngot  %+v\nwant %+v", name, quick, got, want)
		}
		if got, err := claim.Parse(data); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

func TestAnyTextAndNumberOfAClaimReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := claim.Claim{ID: claim.ID(rapid.String().Draw(t, "id")), Revision: rapid.Int().Draw(t, "revision"),
			Version: rapid.Uint64().Draw(t, "version"), Documents: []claim.ExpenseDocument{{Notes: rapid.String().Draw(t, "notes")}},
			Mutual: claim.Standing{Text: rapid.String().Draw(t, "text")}}
		data, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := claim.Parse(data); err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("%+v, %v", got, err)
		}
	})
}

func FuzzParse(f *testing.F) {
	full, err := json.Marshal(fullClaim(f))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(full)
	for _, s := range []string{`{}`, `{"id":"a","holder":"b"}`, `{"id":"a""holder":"b"}`, `{,"id":"a"}`, `{"id":"a",}`, `{"version":-1}`, `{"step":01}`,
		`{"step":-0}`, `{"step":1.5}`, `{"id":"\ud800"}`, "{\"id\":\"\xff\"}", `{"open":true,"open":false}`, `{"documents":[{},]}`, `{"documents":null}`,
		`{"mutual":{"paidOn":"2026-02-30"}}`, `{"editedAt":"2026-11-22T10:30:00+01:00"}`, `{"ID":"a"}`, `{"id":null}`, ` {}`, `{} `, `{"step":`, `{"step":-}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var want claim.Claim
		wantErr := json.Unmarshal(data, &want)
		got, quick := claim.ParseQuickly(data)
		if quick && (wantErr != nil || !reflect.DeepEqual(got, want)) {
			t.Fatalf("read quickly as\n%+v\nbut it is\n%+v, %v", got, want, wantErr)
		}
	})
}
