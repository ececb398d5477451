package seal_test

import (
	"bytes"
	"testing"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/sync/seal"
)

func FuzzOpen(f *testing.F) {
	const secret = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"
	b, err := seal.NewBox(secret)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(sealed(f, b, []byte("una ricevuta")))
	f.Add([]byte("age-encryption.org/v1\n-> X25519 x\ny\n--- z\n"))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, data []byte) {
		plain, err := opened(b, data)
		if err == nil && !bytes.HasPrefix(data, []byte("age-encryption.org/v1\n")) {
			t.Fatalf("opened %d bytes to %d", len(data), len(plain))
		}
	})
}

func FuzzVerifyReceipt(f *testing.F) {
	raw, err := seal.SignReceipt(fixedKey, receipt())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(raw)
	f.Add([]byte(`{"statement":"e30=","signature":""}`))
	f.Add([]byte("null"))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := seal.VerifyReceipt(public(), data)
		if err == nil && (r.Subject != "s" || r.Protocol != "26-004471") {
			t.Fatalf("believed %+v", r)
		}
		if err != nil && fault.CodeOf(err) != seal.CodeSignature {
			t.Fatal(err)
		}
	})
}

func FuzzVerifyCard(f *testing.F) {
	text, err := seal.SignCard(fixedKey, seal.CardCode{Mutual: "aurora", Number: "000000003423"})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add("SODALE1..")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := seal.VerifyCard(public(), text)
		if err == nil && c.Number != "000000003423" {
			t.Fatalf("believed %+v", c)
		}
		if err != nil && fault.CodeOf(err) != seal.CodeSignature {
			t.Fatal(err)
		}
	})
}
