package server

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/password"
	"github.com/sodale/sodale/sync/mutuad/store"
)

// admit finds out who asks and whether they may. Unknown tokens are counted like known ones.
func (s *Server) admit(c *call, need rights) error {
	token, hasToken := bearerToken(c.request)
	key := hashed(token)
	if need == anyone {
		key = "from " + addressOf(c.request)
	}
	if wait := s.limiter.take(key); wait > 0 {
		return slowDown(wait)
	}
	if need == anyone {
		return nil
	}
	if !hasToken {
		return refuse(http.StatusUnauthorized, api.CodeUnauthorised, "")
	}
	if err := s.identify(c, token); err != nil {
		return err
	}
	if need == full && !c.who.Full {
		return refuse(http.StatusForbidden, api.CodeForbidden, "")
	}
	return nil
}

func slowDown(wait time.Duration) error {
	r := refuse(http.StatusTooManyRequests, api.CodeSlowDown, "")
	r.after = wait
	return r
}

func hashed(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// Limits of a sign-in.
const (
	maxPassword   = 1024             // bytes
	maxDeviceName = 200              // bytes
	hashingWait   = 10 * time.Second // for a place to hash in; then the server is busy
	freeFailures  = 5                // wrong passwords in a row before waiting begins
	firstPenalty  = 30 * time.Second
	longPenalty   = time.Hour
	forgetAfter   = 24 * time.Hour
)

// nobodyHash is hashed against when there is no such user, so that the answer takes as long.
const nobodyHash = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

// UserName is how a user name is looked up: without spaces around, and a number completed with leading zeros to 12
// digits (FAC-04).
func UserName(text string) string {
	text = strings.TrimSpace(text)
	if text == "" || strings.Trim(text, "0123456789") != "" || len(text) >= 12 {
		return text
	}
	return strings.Repeat("0", 12-len(text)) + text
}

// signIn makes a device of the member with that user name and password.
func (s *Server) signIn(c *call) (answer, error) {
	var ask api.SignIn
	if err := readJSON(c, &ask); err != nil {
		return answer{}, err
	}
	if len(ask.Password) > maxPassword {
		return answer{}, malformed("password")
	}
	if len(ask.Device) > maxDeviceName {
		return answer{}, malformed("device")
	}
	m, err := s.authenticate(c, UserName(ask.User), ask.Password)
	if err != nil {
		return answer{}, err
	}
	d, err := s.newDevice(c, m, ask)
	if err != nil {
		return answer{}, err
	}
	s.committed(c.endpoint)
	return answerJSON(d)
}

// authenticate finds the member. A wrong attempt is counted before it is checked, so that many at once count as many.
func (s *Server) authenticate(c *call, user, pass string) (store.Member, error) {
	leave, err := s.place(c, s.hashing)
	if err != nil {
		return store.Member{}, err
	}
	defer leave()
	if err := s.countAttempt(c, hashed(user)); err != nil {
		return store.Member{}, err
	}
	m, err := s.archive.Store.MemberByUser(c.ctx, user)
	known := err == nil
	if !known && fault.CodeOf(err) != store.CodeNone {
		return m, err
	}
	hash := nobodyHash
	if known {
		hash = m.Password
	}
	right, err := password.Verify(hash, pass)
	if err != nil {
		return m, err
	}
	if !right || !known {
		return m, refuse(http.StatusUnauthorized, api.CodeBadSignIn, "")
	}
	return m, nil
}

// place waits for a place in a semaphore; the caller leaves it.
func (s *Server) place(c *call, places chan struct{}) (leave func(), err error) {
	patience := time.NewTimer(hashingWait)
	defer patience.Stop()
	select {
	case places <- struct{}{}:
		return func() { <-places }, nil
	case <-patience.C:
	case <-c.request.Context().Done():
	}
	r := refuse(http.StatusServiceUnavailable, api.CodeBusy, "")
	r.after = hashingWait
	return nil, r
}

// countAttempt counts one attempt for a user name, known or not, and refuses it while the name has to wait.
func (s *Server) countAttempt(c *call, userHash string) error {
	now := s.archive.Now()
	var wait time.Duration
	err := s.archive.Store.Write(c.ctx, func(tx *store.Tx) error {
		if err := tx.ForgetAttempts(c.ctx, now.Add(-forgetAfter)); err != nil {
			return err
		}
		a, err := tx.LockAttempt(c.ctx, userHash, now)
		if err != nil {
			return err
		}
		if wait = a.LastAt.Add(penalty(a.Failures)).Sub(now); a.Failures >= freeFailures && wait > 0 {
			return nil
		}
		wait = 0
		return tx.PutAttempt(c.ctx, userHash, store.Attempt{Failures: a.Failures + 1, LastAt: now})
	})
	if err == nil && wait > 0 {
		err = slowDown(wait)
	}
	return err
}

// penalty is how long a user name waits after so many failures in a row: nothing at first, then twice as long each time.
func penalty(failures int64) time.Duration {
	if failures < freeFailures {
		return 0
	}
	return min(longPenalty, firstPenalty<<min(failures-freeFailures, 10))
}

// newDevice stores a device with fresh tokens and forgets the failures before.
func (s *Server) newDevice(c *call, m store.Member, ask api.SignIn) (api.Device, error) {
	deviceID, err := s.archive.NewID()
	if err != nil {
		return api.Device{}, err
	}
	token, err := s.newToken()
	if err != nil {
		return api.Device{}, err
	}
	upload, err := s.newToken()
	if err != nil {
		return api.Device{}, err
	}
	d := store.Device{ID: deviceID, Member: m.ID, Name: ask.Device, Token: hashed(token), UploadToken: hashed(upload), Key: ask.Key, CreatedAt: s.archive.Now()}
	err = s.archive.Store.Write(c.ctx, func(tx *store.Tx) error {
		if err := tx.PutAttempt(c.ctx, hashed(m.User), store.Attempt{LastAt: d.CreatedAt}); err != nil {
			return err
		}
		if err := s.archive.Audit(c.ctx, tx, d.ID, "device.added", m.ID, ""); err != nil {
			return err
		}
		return tx.AddDevice(c.ctx, d)
	})
	return api.Device{ID: d.ID, Token: token, UploadToken: upload, Member: m.ID}, err
}

// newToken draws 256 bits.
func (s *Server) newToken() (string, error) {
	var b [32]byte
	if _, err := io.ReadFull(s.archive.Random, b[:]); err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(b[:]), nil
}
