package seal

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"strings"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/fault"
)

// CardCode is what the mutual signs on a card's QR: whose card it is and how long it holds. It names and proves, and
// opens nothing.
type CardCode struct {
	Mutual  string     `json:"m"` // id of the mutual's profile
	Number  string     `json:"n"` // matricola, 12 digits
	Person  string     `json:"p"` // id of the person, a UUID
	ValidTo civil.Date `json:"v"` // last day, included
}

const (
	cardContext = "sodale-card-1\n"
	cardPrefix  = "SODALE1."
)

var cardEncoding = base64.RawURLEncoding.Strict()

// SignCard returns the text of a card's QR: "SODALE1.", the code as JSON, ".", its Ed25519 signature, both in base64url.
func SignCard(key ed25519.PrivateKey, c CardCode) (string, error) {
	payload, err := json.Marshal(c)
	if err != nil {
		return "", err
	}
	signature := ed25519.Sign(key, append([]byte(cardContext), payload...))
	return cardPrefix + cardEncoding.EncodeToString(payload) + "." + cardEncoding.EncodeToString(signature), nil
}

// VerifyCard reads the text of a card's QR and checks it against the mutual's key, with no network. Whether the card
// still holds today is the caller's question: see ValidTo. CodeSignature for everything that is no card of this mutual.
func VerifyCard(key ed25519.PublicKey, text string) (CardCode, error) {
	var c CardCode
	rest, found := strings.CutPrefix(text, cardPrefix)
	first, second, split := strings.Cut(rest, ".")
	if !found || !split || strings.ContainsAny(text, "\r\n") { // the decoder would skip line breaks
		return c, fault.New(CodeSignature, "seal.card", "form")
	}
	payload, err := cardEncoding.DecodeString(first)
	if err != nil {
		return c, fault.Wrap(CodeSignature, "seal.card", "code", err)
	}
	signature, err := cardEncoding.DecodeString(second)
	if err != nil {
		return c, fault.Wrap(CodeSignature, "seal.card", "signature", err)
	}
	if len(key) != ed25519.PublicKeySize || !ed25519.Verify(key, append([]byte(cardContext), payload...), signature) {
		return c, fault.New(CodeSignature, "seal.card", "")
	}
	if err := json.Unmarshal(payload, &c); err != nil {
		return CardCode{}, fault.Wrap(CodeSignature, "seal.card", "code", err)
	}
	return c, nil
}
