package server

import (
	"crypto/subtle"
	"encoding/base32"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"

	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/store"
)

// What a second factor is like (TFA-02, TFA-05).
const (
	factorPeriod  = 30 * time.Second
	factorSecret  = 20 // bytes
	factorSkew    = 1  // periods that a phone's clock may be off
	recoveryCodes = 10
	recoveryBytes = 15 // of one recovery code: 120 bits
)

// recoveryAlphabet has no letter that is taken for a digit.
var recoveryAlphabet = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// useFactor uses up what proves the second factor, where it is on. It refuses what is missing (TFA-07), wrong, or was used before
// (TFA-09), and leaves an audit row of the latter two.
func (s *Server) useFactor(c *call, tx *store.Tx, memberID, code, recovery string) (*refusal, error) {
	f, err := tx.Factor(c.ctx, memberID)
	if err != nil || f.Secret == "" {
		return nil, err
	}
	good := false
	switch {
	case recovery != "":
		if good, err = tx.UseRecovery(c.ctx, memberID, s.recoveryHash(memberID, recovery), s.archive.Now()); err == nil && good {
			err = s.archive.TellStanding(c.ctx, tx, memberID)
		}
	case code != "":
		counter, fits, failure := s.counterOf(memberID, f.Secret, code)
		if err = failure; err == nil && fits {
			good, err = tx.UseCounter(c.ctx, memberID, counter)
		}
	default:
		return refuse(http.StatusUnauthorized, api.CodeSecondFactor, ""), nil
	}
	if err != nil || good {
		return nil, err
	}
	return refuse(http.StatusUnauthorized, api.CodeSecondFactorBad, ""), s.auditFailed(c, tx, memberID, failedFactor)
}

// counterOf finds the period whose code this is, among now and the ones beside it.
func (s *Server) counterOf(memberID, sealed, code string) (counter int64, fits bool, err error) {
	secret, err := s.archive.Secret.Open(sealed, "factor/"+memberID)
	if err != nil {
		return 0, false, err
	}
	code = strings.NewReplacer(" ", "", "-", "").Replace(code)
	now := s.archive.Now().Unix() / int64(factorPeriod/time.Second)
	for at := now - factorSkew; at <= now+factorSkew; at++ {
		right, err := hotp.GenerateCodeCustom(string(secret), uint64(at), hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err != nil {
			return 0, false, err
		}
		if subtle.ConstantTimeCompare([]byte(right), []byte(code)) == 1 {
			counter, fits = at, true
		}
	}
	return counter, fits, nil
}

func (s *Server) recoveryHash(memberID, typed string) string {
	typed = strings.NewReplacer("-", "", " ", "", "O", "0", "I", "1", "L", "1").Replace(strings.ToUpper(typed))
	return s.archive.Secret.Hash("recovery", memberID, typed)
}

// newRecovery draws ten recovery codes: as they are shown, and as they are kept.
func (s *Server) newRecovery(memberID string) (shown, hashes []string, err error) {
	for range recoveryCodes {
		var b [recoveryBytes]byte
		if _, err := io.ReadFull(s.archive.Random, b[:]); err != nil {
			return nil, nil, err
		}
		text := recoveryAlphabet.EncodeToString(b[:])
		groups := []string{}
		for ; len(text) > 0; text = text[4:] {
			groups = append(groups, text[:4])
		}
		shown = append(shown, strings.Join(groups, "-"))
		hashes = append(hashes, s.recoveryHash(memberID, shown[len(shown)-1]))
	}
	return shown, hashes, nil
}

// beginFactor shows a new secret and new recovery codes, once (TFA-03 … TFA-05). They count only after confirmFactor.
func (s *Server) beginFactor(c *call) (answer, error) {
	m, err := s.askPassword(c)
	if err != nil {
		return answer{}, err
	}
	rules, err := s.archive.Rules(c.ctx)
	if err != nil {
		return answer{}, err
	}
	if !rules.Entry.FactorOffered {
		return answer{}, refuse(http.StatusUnprocessableEntity, api.CodeNotAllowed, "factor")
	}
	key, err := totp.Generate(totp.GenerateOpts{Issuer: rules.Name, AccountName: m.User, SecretSize: factorSecret, Rand: s.archive.Random})
	if err != nil {
		return answer{}, err
	}
	sealed, err := s.archive.Secret.Seal(s.archive.Random, []byte(key.Secret()), "factor/"+m.ID)
	if err != nil {
		return answer{}, err
	}
	shown, hashes, err := s.newRecovery(m.ID)
	if err != nil {
		return answer{}, err
	}
	err = s.archive.Store.Write(c.ctx, func(tx *store.Tx) error {
		f, err := tx.Factor(c.ctx, m.ID)
		if err != nil {
			return err
		}
		f.Pending = sealed
		if err := tx.PutFactor(c.ctx, f); err != nil {
			return err
		}
		return tx.ReplaceRecovery(c.ctx, m.ID, hashes, true)
	})
	if err != nil {
		return answer{}, err
	}
	return answerJSON(api.Factor{URI: key.URL(), Secret: key.Secret(), Recovery: shown})
}

// confirmFactor turns the second factor on once the phone shows the right code.
func (s *Server) confirmFactor(c *call) (answer, error) {
	var ask api.FactorCode
	if err := readJSON(c, &ask); err != nil {
		return answer{}, err
	}
	if err := s.count(c, s.byName("secret", c.who.Member, secretsOfMember)); err != nil {
		return answer{}, err
	}
	return s.changeAccess(c, "factor.on", func(tx *store.Tx) error {
		f, err := tx.Factor(c.ctx, c.who.Member)
		if err != nil {
			return err
		}
		if f.Pending == "" {
			return refuse(http.StatusUnauthorized, api.CodeSecondFactorBad, "")
		}
		counter, fits, err := s.counterOf(c.who.Member, f.Pending, ask.Code)
		if err != nil {
			return err
		}
		if !fits {
			return refuse(http.StatusUnauthorized, api.CodeSecondFactorBad, "")
		}
		f.Secret, f.Pending, f.Counter = f.Pending, "", counter
		if err := tx.PutFactor(c.ctx, f); err != nil {
			return err
		}
		return tx.KeepRecovery(c.ctx, c.who.Member)
	})
}

// endFactor goes back to the password alone (TFA-06), and writes so to the member.
func (s *Server) endFactor(c *call) (answer, error) {
	m, err := s.askPassword(c)
	if err != nil {
		return answer{}, err
	}
	said, err := s.changeAccess(c, "factor.off", func(tx *store.Tx) error { return tx.DropFactor(c.ctx, m.ID) })
	if err != nil {
		return answer{}, err
	}
	s.postToMember(c, m.ID, letter{channel: store.ChannelEMail, about: aboutFactor})
	return said, nil
}

// newRecoveryCodes replaces the recovery codes, used and unused.
func (s *Server) newRecoveryCodes(c *call) (answer, error) {
	m, err := s.askPassword(c)
	if err != nil {
		return answer{}, err
	}
	shown, hashes, err := s.newRecovery(m.ID)
	if err != nil {
		return answer{}, err
	}
	_, err = s.changeAccess(c, "factor.codes", func(tx *store.Tx) error {
		f, err := tx.Factor(c.ctx, m.ID)
		if err != nil {
			return err
		}
		if f.Secret == "" {
			return refuse(http.StatusUnprocessableEntity, api.CodeNotAllowed, "factor")
		}
		return tx.ReplaceRecovery(c.ctx, m.ID, hashes, false)
	})
	if err != nil {
		return answer{}, err
	}
	return answerJSON(api.Factor{Recovery: shown})
}
