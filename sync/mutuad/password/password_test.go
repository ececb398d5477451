package password_test

import (
	"crypto/rand"
	"strings"
	"testing"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/sync/mutuad/password"
)

func TestOnlyThePasswordThatWasHashedVerifies(t *testing.T) {
	hash, err := password.Hash(rand.Reader, "Perché no? 1")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]bool{"Perché no? 1": true, "perché no? 1": false, "": false, "Perché no? 1 ": false} {
		if got, err := password.Verify(hash, text); got != want || err != nil {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
	if strings.Contains(hash, "Perch") || !strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Fatal(hash)
	}
}

func TestTwoHashesOfOnePasswordDiffer(t *testing.T) {
	a, err1 := password.Hash(rand.Reader, "x")
	b, err2 := password.Hash(rand.Reader, "x")
	if a == b || err1 != nil || err2 != nil {
		t.Fatal(a, b, err1, err2)
	}
}

func FuzzVerifyNeverTakesAnAbsurdCost(f *testing.F) {
	f.Add("$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
	for _, bad := range []string{"", "$$$$$", "$argon2id$v=19$m=4294967295,t=1,p=1$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAA", "$argon2id$v=19$m=8,t=99999,p=1$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAA",
		"$argon2id$v=19$m=8,t=1,p=0$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAA", "$argon2i$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAA"} {
		f.Add(bad)
		if _, err := password.Verify(bad, "x"); fault.CodeOf(err) != password.CodeHash {
			f.Errorf("%q: %v", bad, err)
		}
	}
	f.Fuzz(func(t *testing.T, phc string) {
		if strings.Count(phc, "$") == 5 && len(strings.Split(phc, "$")[3]) > 12 {
			t.Skip() // a cost that is allowed, but too slow to try thousands of times
		}
		if _, err := password.Verify(phc, "x"); err != nil && fault.CodeOf(err) != password.CodeHash {
			t.Fatal(err)
		}
	})
}
