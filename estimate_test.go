package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTheCommandAnswersTheCasesOfAFile(t *testing.T) { // BPB, BEE, MEM
	var stdout, stderr bytes.Buffer
	if code := run([]string{"estimate", "--vectors", "app/plan/vectors/testdata/public.json"}, nil, &stdout, &stderr); code != 0 {
		t.Fatalf("exit %d: %s", code, stderr.String())
	}
	if lines := strings.Split(strings.TrimSpace(stdout.String()), "\n"); lines[len(lines)-1] != "27 passed, 0 failed" || stderr.String() != "articles: 19 of 19\n" {
		t.Errorf("%s, %s", lines[len(lines)-1], stderr.String())
	}
	wrong := filepath.Join(t.TempDir(), "wrong.json")
	data, err := os.ReadFile("app/plan/vectors/testdata/public.json")
	if err != nil {
		t.Fatal(err)
	}
	data = bytes.Replace(data, []byte(`"refund_cents": 3880`), []byte(`"refund_cents": 3881`), 1)
	if err := os.WriteFile(wrong, data, 0o600); err != nil {
		t.Fatal(err)
	}
	stdout.Reset()
	if code := run([]string{"estimate", "--vectors", wrong}, nil, &stdout, &stderr); code != 1 || !strings.HasSuffix(stdout.String(), "26 passed, 1 failed\n") {
		t.Errorf("exit %d for an answer that is not as expected: %s", code, stdout.String()[max(0, stdout.Len()-80):])
	}
}

func TestAFileThatHoldsNoCasesIsRefusedByItsCode(t *testing.T) {
	for _, c := range []struct{ data, said string }{{"{", "vectors.file"}, {`{"format":"other"}`, "vectors.format"}} {
		path := filepath.Join(t.TempDir(), "cases.json")
		if err := os.WriteFile(path, []byte(c.data), 0o600); err != nil {
			t.Fatal(err)
		}
		var stdout, stderr bytes.Buffer
		if code := run([]string{"estimate", "--vectors", path}, nil, &stdout, &stderr); code != 1 || !strings.Contains(stderr.String(), c.said) || stdout.Len() > 0 {
			t.Errorf("%s: exit %d, %s", c.data, code, stderr.String())
		}
	}
}
