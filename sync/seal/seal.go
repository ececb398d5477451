// Package seal makes and opens what only the member and the mutual may read (age, X25519 recipients, C2SP age-encryption.org/v1),
// and signs and verifies what the mutual says (Ed25519, RFC 8032).
package seal

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"io"

	"filippo.io/age"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/sync/api"
)

// Codes of this package.
const (
	CodeSealed    fault.Code = "seal.unreadable" // not sealed to this identity, or damaged
	CodeKey       fault.Code = "seal.key"        // a key that is no key
	CodeSignature fault.Code = "seal.signature"  // the signature does not verify
)

// Box seals to a fixed set of recipients and opens with one identity.
type Box struct {
	recipients []age.Recipient
	identity   age.Identity
}

// NewIdentity makes a fresh key pair and returns both halves as text: "AGE-SECRET-KEY-1…" and "age1…".
func NewIdentity() (secret, recipient string, err error) {
	i, err := age.GenerateX25519Identity()
	if err != nil {
		return "", "", err
	}
	return i.String(), i.Recipient().String(), nil
}

// NewBox opens with the identity secret and seals to its own recipient and to others.
func NewBox(secret string, others ...string) (*Box, error) {
	i, err := age.ParseX25519Identity(secret)
	if err != nil {
		return nil, fault.Wrap(CodeKey, "seal.box", "identity", err)
	}
	b := &Box{identity: i, recipients: []age.Recipient{i.Recipient()}}
	for _, o := range others {
		r, err := age.ParseX25519Recipient(o)
		if err != nil {
			return nil, fault.Wrap(CodeKey, "seal.box", "recipient", err)
		}
		b.recipients = append(b.recipients, r)
	}
	return b, nil
}

// Seal returns a writer whose plain input arrives in dst sealed; Close finishes it and does not close dst.
func (b *Box) Seal(dst io.Writer) (io.WriteCloser, error) { return age.Encrypt(dst, b.recipients...) }

// Open returns the plain bytes. A truncated or altered input gives an error at the latest at its end.
func (b *Box) Open(src io.Reader) (io.Reader, error) {
	r, err := age.Decrypt(src, b.identity)
	if err != nil {
		return nil, fault.Wrap(CodeSealed, "seal.open", "", err)
	}
	return r, nil
}

const receiptContext = "sodale-receipt-1\n"

// SignReceipt returns the signed form of a receipt as JSON of api.Signed.
func SignReceipt(key ed25519.PrivateKey, r api.Receipt) ([]byte, error) {
	statement, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	signature := ed25519.Sign(key, append([]byte(receiptContext), statement...))
	return json.Marshal(api.Signed{Statement: statement, Signature: signature})
}

// VerifyReceipt checks a signed receipt against the mutual's key and returns what it states.
func VerifyReceipt(key ed25519.PublicKey, raw []byte) (api.Receipt, error) {
	var s api.Signed
	var r api.Receipt
	if err := json.Unmarshal(raw, &s); err != nil {
		return r, fault.Wrap(CodeSignature, "seal.receipt", "", err)
	}
	if len(key) != ed25519.PublicKeySize || !ed25519.Verify(key, append([]byte(receiptContext), s.Statement...), s.Signature) {
		return r, fault.New(CodeSignature, "seal.receipt", "")
	}
	if err := json.Unmarshal(s.Statement, &r); err != nil {
		return r, fault.Wrap(CodeSignature, "seal.receipt", "", err)
	}
	return r, nil
}

// SignAnswer returns the value of api.HeaderSignature for one answer.
func SignAnswer(key ed25519.PrivateKey, method, path, nonce string, status int, body []byte) string {
	return base64.StdEncoding.EncodeToString(ed25519.Sign(key, api.SignedAnswer(method, path, nonce, status, body)))
}

// VerifyAnswer checks the signature of one answer.
func VerifyAnswer(key ed25519.PublicKey, method, path, nonce string, status int, body []byte, header string) error {
	signature, err := base64.StdEncoding.DecodeString(header)
	if err != nil || len(key) != ed25519.PublicKeySize || !ed25519.Verify(key, api.SignedAnswer(method, path, nonce, status, body), signature) {
		return fault.New(CodeSignature, "seal.answer", path)
	}
	return nil
}
