package server

import (
	"crypto/ed25519"
	"encoding/base64"
	"net/http"
	"strings"
	"time"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/store"
)

// seenAgain is how old the note of a device's last contact may be before it is written anew.
const seenAgain = 5 * time.Minute

// identify finds the device whose token this is, and believes it only with its proof. A device that was signed out hears so,
// and whether it is to destroy the key of its vault.
func (s *Server) identify(c *call, token string) error {
	d, err := s.archive.Store.DeviceByToken(c.ctx, hashed(token))
	if fault.CodeOf(err) == store.CodeNone || err == nil && len(d.Key) == 0 { // one from before devices had keys signs in again
		return refuse(http.StatusUnauthorized, api.CodeUnauthorised, "")
	}
	if err != nil {
		return err
	}
	if err := s.prove(c, d.Key, token); err != nil {
		return err
	}
	c.who = store.Bearer{Device: d.ID, Member: d.Member, Full: d.Token == hashed(token)}
	if !d.RevokedAt.IsZero() {
		r := refuse(http.StatusUnauthorized, api.CodeRevoked, "")
		r.Destroy = d.Destroy
		return r
	}
	if now := s.archive.Now(); now.Sub(d.LastSeen) > seenAgain {
		return s.archive.Store.Write(c.ctx, func(tx *store.Tx) error { return tx.SeeDevice(c.ctx, d.ID, now) })
	}
	return nil
}

// prove checks that the request was signed with the private half of key over token, or a device's own id in its place, and over
// a challenge that is not too old.
func (s *Server) prove(c *call, key []byte, token string) error {
	h := c.request.Header
	challenge := h.Get(api.HeaderChallenge)
	if !s.archive.Secret.Fresh(challenge, s.archive.Now()) {
		return refuse(http.StatusUnauthorized, api.CodeChallenge, "")
	}
	signature, err := base64.StdEncoding.DecodeString(h.Get(api.HeaderProof))
	text := api.ProofText(c.request.Method, c.request.URL.EscapedPath(), h.Get(api.HeaderNonce), challenge, token)
	if err != nil || len(key) != ed25519.PublicKeySize || !ed25519.Verify(key, text, signature) {
		return refuse(http.StatusUnauthorized, api.CodeProof, "")
	}
	return nil
}

// bearerToken is the token of a request; false when it has none.
func bearerToken(r *http.Request) (string, bool) {
	return strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
}
