package api

// Profile is how a client knows a mutual: where it is, which key answers, which key opens. It is pinned when the member
// is activated and is all the trust there is.
type Profile struct {
	ID        string   `json:"id"`        // "aurora"
	Name      string   `json:"name"`      // "Mutua Aurora"
	BaseURL   string   `json:"baseUrl"`   // "https://host:port"
	Pins      []string `json:"pins"`      // hex SHA-256 of the server certificate's SubjectPublicKeyInfo
	SignKey   []byte   `json:"signKey"`   // Ed25519 public key, 32 bytes: answers, receipts, cards
	Recipient string   `json:"recipient"` // age X25519 recipient of the mutual
	Phone     string   `json:"phone"`
}
