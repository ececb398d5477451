package parcel

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"regexp"
	"time"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/id"
	"github.com/sodale/sodale/app/submission"
)

// signContext keeps a letter's signature from being taken for any other.
const signContext = "sodale-parcel-1\n"

// maxRevision is the highest number that a revision may have, as over the line.
const maxRevision = 10_000

// Envelope is a letter with the signature of its device. Statement is kept as the exact bytes that were signed.
type Envelope struct {
	Statement []byte `json:"statement"` // canonical JSON of Letter; base64 in JSON
	Signature []byte `json:"signature"` // Ed25519 over "sodale-parcel-1\n" + Statement
}

// Sign puts a letter into an envelope with the seed of the device's key.
func (l Letter) Sign(seed []byte) (Envelope, error) {
	if len(seed) != ed25519.SeedSize {
		return Envelope{}, fault.New(CodeSignature, "parcel.sign", l.OpID)
	}
	statement, err := json.Marshal(l)
	if err != nil {
		return Envelope{}, err
	}
	return Envelope{statement, ed25519.Sign(ed25519.NewKeyFromSeed(seed), append([]byte(signContext), statement...))}, nil
}

// Verify checks the signature with the key of the device that Letter names. CodeSignature when it is not its.
func (e Envelope) Verify(key ed25519.PublicKey) error {
	if len(key) != ed25519.PublicKeySize || !ed25519.Verify(key, append([]byte(signContext), e.Statement...), e.Signature) {
		return fault.New(CodeSignature, "parcel.verify", "")
	}
	return nil
}

// Letter reads what is stated. It proves nothing: see Verify. CodeFormat for a later format, CodeDamaged for everything that Sign
// would not have written.
func (e Envelope) Letter() (Letter, error) {
	var head struct {
		Format int `json:"format"`
	}
	if json.Unmarshal(e.Statement, &head) == nil && head.Format > Format {
		return Letter{}, fault.New(CodeFormat, "parcel.letter", "")
	}
	var l Letter
	if err := json.Unmarshal(e.Statement, &l); err != nil {
		return Letter{}, fault.Wrap(CodeDamaged, "parcel.letter", "", err)
	}
	canonical, err := json.Marshal(l)
	if err != nil || !bytes.Equal(canonical, e.Statement) || !l.sound() {
		return Letter{}, fault.New(CodeDamaged, "parcel.letter", "")
	}
	return l, nil
}

var word = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

func (l Letter) sound() bool {
	if l.Format != Format || !word.MatchString(l.Mutual) || !word.MatchString(l.Device) || !word.MatchString(string(l.Kind)) ||
		!uuidName.MatchString(l.OpID+".json") || !id.Valid(l.Subject) || l.Revision < 1 || l.Revision > maxRevision || !digestName.MatchString(l.Plain) ||
		!soundBlob(l.Body, MaxBody) || len(l.Blobs) > MaxFiles || l.FrozenAt.Location() != time.UTC {
		return false
	}
	for _, b := range l.Blobs {
		if !soundBlob(b, MaxFile) {
			return false
		}
	}
	return true
}

func soundBlob(b submission.Blob, most int64) bool {
	return digestName.MatchString(b.Digest) && b.Size > 0 && b.Size <= most
}
