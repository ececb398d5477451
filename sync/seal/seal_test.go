package seal_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"io"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/seal"
)

// fixedKey is a signing key that is the same in every run.
var fixedKey = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, ed25519.SeedSize))

func public() ed25519.PublicKey { return fixedKey.Public().(ed25519.PublicKey) }

type fataler interface{ Fatal(...any) }

func newIdentity(t fataler) (secret, recipient string) {
	secret, recipient, err := seal.NewIdentity()
	if err != nil {
		t.Fatal(err)
	}
	return secret, recipient
}

func newBox(t fataler, secret string, others ...string) *seal.Box {
	b, err := seal.NewBox(secret, others...)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func sealed(t fataler, b *seal.Box, plain []byte) []byte {
	var out bytes.Buffer
	w, err := b.Seal(&out)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(plain); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func opened(b *seal.Box, data []byte) ([]byte, error) {
	r, err := b.Open(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

func TestWhatIsSealedOpensForMemberAndMutualAndForNobodyElse(t *testing.T) {
	mutualSecret, mutualRecipient := newIdentity(t)
	memberSecret, _ := newIdentity(t)
	strangerSecret, _ := newIdentity(t)
	member, mutual, stranger := newBox(t, memberSecret, mutualRecipient), newBox(t, mutualSecret), newBox(t, strangerSecret)
	rapid.Check(t, func(t *rapid.T) {
		plain := rapid.SliceOfN(rapid.Byte(), 0, 200_000).Draw(t, "plain")
		data := sealed(t, member, plain)
		for _, b := range []*seal.Box{member, mutual} {
			if got, err := opened(b, data); err != nil || !bytes.Equal(got, plain) {
				t.Fatal("does not open to what was sealed", err)
			}
		}
		if _, err := opened(stranger, data); fault.CodeOf(err) != seal.CodeSealed {
			t.Fatal("a stranger got", err)
		}
	})
}

func TestAnySealedByteThatIsChangedCutOrAddedIsNoticed(t *testing.T) {
	secret, _ := newIdentity(t)
	b := newBox(t, secret)
	data := sealed(t, b, bytes.Repeat([]byte("ricevuta "), 9000)) // two chunks
	rapid.Check(t, func(t *rapid.T) {
		bad := bytes.Clone(data)
		switch rapid.IntRange(0, 2).Draw(t, "how") {
		case 0:
			bad[rapid.IntRange(0, len(bad)-1).Draw(t, "at")] ^= byte(rapid.IntRange(1, 255).Draw(t, "bits"))
		case 1:
			bad = bad[:rapid.IntRange(0, len(bad)-1).Draw(t, "at")]
		case 2:
			bad = append(bad, byte(rapid.IntRange(0, 255).Draw(t, "more")))
		}
		if _, err := opened(b, bad); err == nil {
			t.Fatal("opened")
		}
	})
}

func TestABoxNeedsKeysThatAreKeys(t *testing.T) {
	secret, recipient := newIdentity(t)
	for _, c := range []struct{ secret, other string }{{"", recipient}, {recipient, recipient}, {secret, ""}, {secret, secret}, {secret, "age1x"}} {
		if _, err := seal.NewBox(c.secret, c.other); fault.CodeOf(err) != seal.CodeKey {
			t.Errorf("%.12s %.12s: %v", c.secret, c.other, err)
		}
	}
}

func receipt() api.Receipt {
	return api.Receipt{Format: 1, Mutual: "aurora", Member: "m", OpID: "o", Kind: "claim", Subject: "s", Revision: 1, Plain: "aa", Blobs: []string{"bb"},
		Protocol: "26-004471", Epoch: "e", Seq: 3, At: time.Date(2026, 11, 22, 9, 30, 0, 123456000, time.UTC)}
}

func TestAReceiptStatesWhatWasSignedAndNothingElse(t *testing.T) {
	raw, err := seal.SignReceipt(fixedKey, receipt())
	if err != nil {
		t.Fatal(err)
	}
	got, err := seal.VerifyReceipt(public(), raw)
	if err != nil || got.Protocol != "26-004471" || !got.At.Equal(receipt().At) || got.Seq != 3 {
		t.Fatalf("%+v, %v", got, err)
	}
	var s api.Signed
	if err := json.Unmarshal(raw, &s); err != nil {
		t.Fatal(err)
	}
	other := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{8}, ed25519.SeedSize))
	for name, bad := range map[string]struct {
		key ed25519.PublicKey
		s   api.Signed
	}{
		"other statement": {public(), api.Signed{Statement: bytes.Replace(s.Statement, []byte("26-004471"), []byte("26-004472"), 1), Signature: s.Signature}},
		"other signature": {public(), api.Signed{Statement: s.Statement, Signature: append([]byte{s.Signature[0] ^ 1}, s.Signature[1:]...)}},
		"no signature":    {public(), api.Signed{Statement: s.Statement}},
		"other key":       {other.Public().(ed25519.PublicKey), s},
		"no key":          {nil, s},
		"signature of an answer": {public(), api.Signed{Statement: s.Statement,
			Signature: ed25519.Sign(fixedKey, append([]byte("sodale-answer-1\n"), s.Statement...))}},
	} {
		forged, err := json.Marshal(bad.s)
		if err != nil {
			t.Fatal(err)
		}
		if r, err := seal.VerifyReceipt(bad.key, forged); fault.CodeOf(err) != seal.CodeSignature || r.Subject != "" {
			t.Errorf("%s: %+v, %v", name, r, err)
		}
	}
}

func TestTheReceiptOfVersionOneStillVerifies(t *testing.T) {
	raw, err := seal.SignReceipt(fixedKey, receipt())
	if err != nil {
		t.Fatal(err)
	}
	// Ed25519 is deterministic: these bytes never change, or every receipt in members' hands is worth nothing.
	const want = `{"format":1,"mutual":"aurora","member":"m","opId":"o","kind":"claim","subject":"s","revision":1,"plain":"aa","blobs":["bb"],` +
		`"protocol":"26-004471","epoch":"e","seq":3,"at":"2026-11-22T09:30:00.123456Z"}`
	var s api.Signed
	if err := json.Unmarshal(raw, &s); err != nil || string(s.Statement) != want {
		t.Fatalf("%s, %v", s.Statement, err)
	}
	if !ed25519.Verify(public(), []byte("sodale-receipt-1\n"+want), s.Signature) {
		t.Fatal("the signature covers something else")
	}
}

func TestAnAnswerIsSignedForItsRequestAlone(t *testing.T) {
	type answer struct {
		method, path, nonce string
		status              int
		body                string
	}
	good := answer{"GET", "/v1/hello", "n", 200, "{}"}
	header := seal.SignAnswer(fixedKey, good.method, good.path, good.nonce, good.status, []byte(good.body))
	verify := func(a answer, header string) error {
		return seal.VerifyAnswer(public(), a.method, a.path, a.nonce, a.status, []byte(a.body), header)
	}
	if err := verify(good, header); err != nil {
		t.Fatal(err)
	}
	for name, bad := range map[string]answer{
		"method": {"PUT", good.path, good.nonce, 200, good.body}, "path": {"GET", "/v1/hell", good.nonce, 200, good.body},
		"nonce": {"GET", good.path, "m", 200, good.body}, "status": {"GET", good.path, good.nonce, 404, good.body}, "body": {"GET", good.path, good.nonce, 200, "{ }"},
	} {
		if err := verify(bad, header); fault.CodeOf(err) != seal.CodeSignature {
			t.Errorf("another %s: %v", name, err)
		}
	}
	for _, bad := range []string{"", "x", header[:10], header + "AAAA"} {
		if err := verify(good, bad); fault.CodeOf(err) != seal.CodeSignature {
			t.Errorf("header %q: %v", bad, err)
		}
	}
}

func TestACardProvesItselfWithTheMutualsKeyAlone(t *testing.T) {
	card := seal.CardCode{Mutual: "aurora", Number: "000000003423", Person: "01890a5d-ac96-774b-bcce-b302099a8001", ValidTo: civil.Date{Year: 2026, Month: 12, Day: 31}}
	text, err := seal.SignCard(fixedKey, card)
	if err != nil || !strings.HasPrefix(text, "SODALE1.") || strings.Count(text, ".") != 2 || len(text) > 300 {
		t.Fatal(text, err)
	}
	if got, err := seal.VerifyCard(public(), text); err != nil || got != card {
		t.Fatalf("%+v, %v", got, err)
	}
	parts := strings.Split(text, ".")
	forged := base64.RawURLEncoding.EncodeToString([]byte(`{"m":"aurora","n":"000000000001","p":"x","v":"2099-12-31"}`))
	for name, bad := range map[string]string{
		"another member": parts[0] + "." + forged + "." + parts[2], "no prefix": parts[1] + "." + parts[2], "other version": "SODALE2." + parts[1] + "." + parts[2],
		"no signature": parts[0] + "." + parts[1], "half": text[:len(text)/2], "nothing": "", "padding": text + "=", "line break": text + "\n",
	} {
		if _, err := seal.VerifyCard(public(), bad); fault.CodeOf(err) != seal.CodeSignature {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := seal.VerifyCard(nil, text); fault.CodeOf(err) != seal.CodeSignature {
		t.Error("no key:", err)
	}
}
