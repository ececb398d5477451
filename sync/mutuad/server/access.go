package server

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"io"
	"net/http"
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

// signIn makes a device of the member with that user name, password and second factor.
func (s *Server) signIn(c *call) (answer, error) {
	var ask api.SignIn
	if err := readJSON(c, &ask); err != nil {
		return answer{}, err
	}
	switch {
	case len(ask.Password) > maxPassword:
		return answer{}, malformed("password")
	case len(ask.Device) > maxDeviceName:
		return answer{}, malformed("device")
	case len(ask.Key) != ed25519.PublicKeySize:
		return answer{}, malformed("key")
	}
	m, err := s.authenticate(c, ask.User, ask.Password)
	if err != nil {
		return answer{}, err
	}
	d, err := s.newDevice(c, m, ask)
	if err != nil {
		return answer{}, err
	}
	s.committed(c.endpoint)
	s.feeds.wake(m.ID)
	return answerJSON(d)
}

// authenticate finds the member. A wrong attempt is counted before it is checked, so that many at once count as many. Whether a user
// name is known is told neither by the answer nor by the work that it takes. Who has a step of the activation left is refused with
// the ticket that goes on with it.
func (s *Server) authenticate(c *call, name, pass string) (store.Member, error) {
	rules, err := s.archive.Rules(c.ctx)
	if err != nil {
		return store.Member{}, err
	}
	user := userName(rules, name)
	leave, err := s.place(c, s.hashing)
	if err != nil {
		return store.Member{}, err
	}
	defer leave()
	if err := s.count(c, byAddress(c, "guess", guessesOfAddress)); err != nil {
		return store.Member{}, err
	}
	if err := s.countAttempt(c, hashed(user)); err != nil {
		return store.Member{}, err
	}
	m, a, e, err := s.claimant(c, user)
	if err != nil {
		return m, err
	}
	hash := nobodyHash
	switch {
	case m.Password != "":
		hash = m.Password
	case e.Password != "":
		hash = e.Password
	}
	right, err := password.Verify(hash, pass)
	if err != nil {
		return m, err
	}
	switch {
	case !right || m.Password == "" && e.Password == "":
		return m, s.failed(c, orElse(m.ID, e.Member), failedPassword, refuse(http.StatusUnauthorized, api.CodeBadSignIn, ""))
	case m.Password == "":
		return m, s.unfinished(c, rules, e)
	case a.State == store.StateMobile || a.State == store.StateDossier:
		return m, s.unfinished(c, rules, store.Enrolment{Kind: string(a.State), Member: m.ID, User: m.User})
	}
	return m, nil
}

// What was wrong where somebody was refused, in the audit.
const (
	failedPassword = "password"
	failedFactor   = "factor"
)

// failed writes down that somebody was refused, and returns the refusal. memberID is "" where nobody has such a name: the row is
// written all the same, so that both take as long.
func (s *Server) failed(c *call, memberID, what string, refused *refusal) error {
	err := s.archive.Store.Write(c.ctx, func(tx *store.Tx) error { return s.auditFailed(c, tx, memberID, what) })
	if err != nil {
		return err
	}
	return refused
}

// auditFailed is the row of a failed proof. Who made it is nobody knows whom, or the device that is signed in.
func (s *Server) auditFailed(c *call, tx *store.Tx, memberID, what string) error {
	return s.archive.Audit(c.ctx, tx, orElse(c.who.Device, "anyone"), "access.failed", memberID, what)
}

// claimant looks for whoever a user name belongs to: a member, or an activation that will have that name. It asks the database the
// same whoever is there.
func (s *Server) claimant(c *call, user string) (store.Member, store.Account, store.Enrolment, error) {
	there := func(err error) error {
		if fault.CodeOf(err) == store.CodeNone {
			return nil
		}
		return err
	}
	m, err := s.archive.Store.MemberNamed(c.ctx, user)
	if there(err) != nil {
		return m, store.Account{}, store.Enrolment{}, err
	}
	a, err := s.archive.Store.Account(c.ctx, m.ID)
	if err != nil {
		return m, a, store.Enrolment{}, err
	}
	e, err := s.archive.Store.EnrolmentByUser(c.ctx, user, s.archive.Now())
	return m, a, e, there(err)
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

// newDevice stores a device with fresh tokens, once the second factor is proved, and forgets the failures before.
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
	var a store.Account
	err = s.settle(c, func(tx *store.Tx) (*refusal, error) {
		if refused, err := s.useFactor(c, tx, m.ID, ask.Factor, ask.Recovery); refused != nil || err != nil {
			return refused, err
		}
		var err error
		if a, err = tx.Account(c.ctx, m.ID); err != nil {
			return nil, err
		}
		if err := s.forgive(c, tx, m); err != nil {
			return nil, err
		}
		if err := s.archive.Audit(c.ctx, tx, d.ID, "device.added", m.ID, ""); err != nil {
			return nil, err
		}
		return nil, tx.AddDevice(c.ctx, d)
	})
	return api.Device{ID: d.ID, Token: token, UploadToken: upload, Member: m.ID, PasswordChanged: a.PasswordAt}, err
}

// forgive forgets the failures before a proof that was whole.
func (s *Server) forgive(c *call, tx *store.Tx, m store.Member) error {
	return tx.PutAttempt(c.ctx, hashed(m.User), store.Attempt{LastAt: s.archive.Now()})
}

// newToken draws 256 bits.
func (s *Server) newToken() (string, error) {
	var b [32]byte
	if _, err := io.ReadFull(s.archive.Random, b[:]); err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(b[:]), nil
}
