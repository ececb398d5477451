package vectors_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/plan"
	"github.com/sodale/sodale/app/plan/vectors"
)

// plans are those that come with the program.
func plans(t testing.TB) plan.Plans {
	t.Helper()
	paths, err := filepath.Glob("../../../assets/plans/*.yaml")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no plans: %v", err)
	}
	files := map[string][]byte{}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		files[strings.TrimSuffix(filepath.Base(path), ".yaml")] = data
	}
	all, err := plan.LoadAll(files)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestThePublicCasesAreAnsweredAsExpected(t *testing.T) {
	data, err := os.ReadFile("testdata/public.json")
	if err != nil {
		t.Fatal(err)
	}
	file, err := vectors.Read("public.json", data)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	tally, err := vectors.Run(file, plans(t), &out)
	if err != nil || tally.Passed != len(file.Vectors) || tally.Failed != 0 || tally.Articles != tally.OfThose || len(file.Vectors) != 27 {
		t.Fatalf("%+v %v\n%s", tally, err, out.String())
	}
	if lines := strings.Split(strings.TrimSpace(out.String()), "\n"); len(lines) != 27 || !strings.HasPrefix(lines[0], `{"id":"PUB-01","expected":{`) || !strings.HasSuffix(lines[0], `"pass":true}`) {
		t.Errorf("%d lines, the first is %s", len(lines), lines[0])
	}
}

// Two more files were written from the regulations and the requirements by somebody who had not seen the code, with every boundary they
// could think of.
func TestAnIndependentReadingOfTheRegulationsAgrees(t *testing.T) {
	all := plans(t)
	for name, cases := range map[string]int{"base.json": 380, "eticare.json": 491} {
		data, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		file, err := vectors.Read(name, data)
		if err != nil || len(file.Vectors) != cases {
			t.Fatalf("%s: %d cases, %v", name, len(file.Vectors), err)
		}
		for i := range file.Vectors {
			if r := file.Vectors[i].Check(all); !r.Pass {
				t.Errorf("%s: %v, want %v", r.ID, r.Got, r.Expected)
			}
		}
	}
}

// What is expected otherwise is told apart, and an accepted alternative is as good.
func TestAnAnswerIsComparedFieldByField(t *testing.T) {
	const one = `{"format":"mutual-benefit-vectors/1","vectors":[{"id":"A","plan":"PIANO_BASE_2019","kind":"claim",
		"member":{"role":"titolare","effective_date":"2020-01-01"},"expense":{"benefit":"emergency_room","form":"ticket_ssn","cause":"illness",
		"service_date":"2022-03-01","amount_cents":1000},"submission_date":"2022-03-02",
		"expected":{"outcome":"refund","eligible":true,"refund_cents":REFUND,"reason_code":"OK","article":"003 art. 9"},"accepted_alternatives":[ALTERNATIVE]}]}`
	for _, c := range []struct {
		refund, alternative string
		pass                bool
	}{{"800", "", true}, {"799", "", false}, {"799", `{"refund_cents":800}`, true}, {"799", `{"refund_cents":800,"outcome":"reject"}`, false}} {
		file, err := vectors.Read("one", []byte(strings.NewReplacer("REFUND", c.refund, "ALTERNATIVE", c.alternative).Replace(one)))
		if err != nil {
			t.Fatal(err)
		}
		tally, err := vectors.Run(file, plans(t), &bytes.Buffer{})
		if err != nil || (tally.Passed == 1) != c.pass || tally.Articles != 0 || tally.OfThose != 1 {
			t.Errorf("%+v: %+v %v", c, tally, err)
		}
	}
}

func TestAFileOfAnotherFormatIsRefused(t *testing.T) {
	for data, code := range map[string]fault.Code{"{": vectors.CodeFile, `{"format":"mutual-benefit-vectors/2"}`: vectors.CodeFormat} {
		if _, err := vectors.Read("x.json", []byte(data)); fault.CodeOf(err) != code {
			t.Errorf("%s: %v", data, err)
		}
	}
}
