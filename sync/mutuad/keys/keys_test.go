package keys_test

import (
	"crypto/x509"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/sync/mutuad/keys"
)

var now = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

func open(t *testing.T, dir string) *keys.Ring {
	t.Helper()
	r, err := keys.Open(dir, now, []string{"mutua.example", "127.0.0.1"})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestTheKeysAreMadeOnceForTheirOwnerAlone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "keys")
	first, again := open(t, dir), open(t, dir)
	if !first.Sign.Equal(again.Sign) || first.Secret != again.Secret || first.Pin() != again.Pin() {
		t.Fatal("the keys changed")
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 5 {
		t.Fatalf("%v, %v", entries, err)
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			t.Fatal(err)
		}
		if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
			t.Errorf("%s may be read by others: %v", e.Name(), info.Mode())
		}
	}
}

func TestProcessesThatStartAtOnceHaveTheSameKeys(t *testing.T) {
	dir := t.TempDir()
	var rings [8]*keys.Ring
	var done sync.WaitGroup
	for i := range rings {
		done.Go(func() {
			var err error
			if rings[i], err = keys.Open(dir, now, nil); err != nil {
				t.Error(err)
			}
		})
	}
	done.Wait()
	if t.Failed() {
		return
	}
	for _, r := range rings[1:] {
		if !r.Sign.Equal(rings[0].Sign) || r.Secret != rings[0].Secret || r.Pin() != rings[0].Pin() {
			t.Fatal("two sets of keys")
		}
	}
}

func TestTheCertificateIsForItsHostsAndCarriesThePinnedKey(t *testing.T) {
	leaf := open(t, t.TempDir()).Certificate.Leaf
	for _, host := range []string{"mutua.example", "127.0.0.1"} {
		if err := leaf.VerifyHostname(host); err != nil {
			t.Error(err)
		}
	}
	if leaf.NotBefore.After(now) || leaf.NotAfter.Before(now.AddDate(19, 0, 0)) || leaf.PublicKeyAlgorithm != x509.ECDSA {
		t.Fatalf("%v to %v", leaf.NotBefore, leaf.NotAfter)
	}
}

func TestAKeyThatIsNoneIsRefusedAndNotReplaced(t *testing.T) {
	for _, name := range []string{"sign.pem", "box.age", "tls.pem", "cert.pem", "access.key"} {
		dir := t.TempDir()
		open(t, dir)
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte("damaged"), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := keys.Open(dir, now, nil); fault.CodeOf(err) != keys.CodeKeys {
			t.Errorf("%s: %v", name, err)
		}
		if data, err := os.ReadFile(path); err != nil || string(data) != "damaged" {
			t.Errorf("%s was replaced", name)
		}
	}
}
