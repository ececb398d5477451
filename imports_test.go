package main

import (
	"slices"
	"strings"
	"testing"
)

// banned are packages that nothing in the programs may import.
var banned = []string{"math/rand", "math/rand/v2", "crypto/md5", "crypto/sha1", "crypto/des", "crypto/rc4", "crypto/dsa", "golang.org/x/crypto/md4",
	"golang.org/x/crypto/ripemd160", "golang.org/x/crypto/blowfish", "golang.org/x/crypto/cast5", "golang.org/x/crypto/tea", "golang.org/x/crypto/xtea",
	"net/http/pprof", "expvar"}

// bannedBut names the packages that may import one of them all the same, and why.
var bannedBut = map[string]map[string]string{
	"app/document/sample":     {"math/rand/v2": "the grain of invented receipts, the same in every run"},
	"app/reading/readingtest": {"math/rand/v2": "invented invoices whose truth is known, the same in every run"},
	"ui/gallery":              {"math/rand/v2": "an invented world whose ids are the same in every picture"},
}

// primitives are the only packages of cryptography that the programs may import; the table of keys in docs/security.md says what for.
var primitives = []string{"crypto", "crypto/cipher", "crypto/ecdsa", "crypto/ed25519", "crypto/elliptic", "crypto/hkdf", "crypto/hmac", "crypto/rand", "crypto/sha256",
	"crypto/subtle", "crypto/tls", "crypto/x509", "crypto/x509/pkix", "filippo.io/age", "golang.org/x/crypto/argon2", "golang.org/x/crypto/chacha20poly1305",
	"github.com/pquerna/otp", "github.com/pquerna/otp/hotp", "github.com/pquerna/otp/totp"}

// isCryptography reports whether a package is of cryptography, by where it comes from.
func isCryptography(path string) bool {
	return slices.ContainsFunc([]string{"crypto", "filippo.io", "golang.org/x/crypto", "github.com/pquerna"}, func(root string) bool { return inside(path, root) })
}

// TestNoProgramImportsWeakRandomWeakHashesOrAPageForDebugging looks at the imports of every package on each system. That
// one-time codes are HMAC-SHA-1, as RFC 6238 has them, is the business of the library that makes them.
func TestNoProgramImportsWeakRandomWeakHashesOrAPageForDebugging(t *testing.T) {
	used := map[string]bool{}
	for _, system := range []string{"linux", "windows", "darwin"} {
		for _, p := range list(t, []string{"GOOS=" + system, "CGO_ENABLED=1"}, "./...") {
			room := strings.TrimPrefix(p.ImportPath, module+"/")
			for _, imported := range p.Imports {
				switch {
				case bannedBut[room][imported] != "":
					used[room] = true
				case slices.Contains(banned, imported):
					t.Errorf("%s imports %s on %s", room, imported, system)
				case isCryptography(imported) && !slices.Contains(primitives, imported):
					t.Errorf("%s imports %s on %s, which the table of keys does not have", room, imported, system)
				}
			}
		}
	}
	for room := range bannedBut {
		if !used[room] {
			t.Errorf("%s needs no exception any more", room)
		}
	}
}
