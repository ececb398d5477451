package server

import (
	"crypto/rand"
	"fmt"
	"math/big"
	"net/http"
	"strings"
	"time"

	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/secret"
	"github.com/sodale/sodale/sync/mutuad/store"
)

// What a code that is sent is like. It takes five tries; the next one sent makes it void (CTV-08, MSG-11).
const (
	codeLasts    = 10 * time.Minute
	linkLasts    = 24 * time.Hour
	triesOfCode  = 5
	emailDigits  = 8
	mobileDigits = 6
)

// issue is a code to be sent.
type issue struct {
	owner   string // enrolment's id, or "contacts/" and a member's id
	channel store.Channel
	to      string // "" = nobody: a code is made and goes nowhere
	about   about
	link    bool // the message holds a link as well (CTV-01)
}

// newCode makes the code of i in the place of the one before, and returns the letter that carries it. It refuses before the mutual's
// time for sending again is over, and what would flood one contact.
func (s *Server) newCode(c *call, tx *store.Tx, rules mutual.Profile, i issue) (letter, error) {
	now := s.archive.Now()
	before, err := tx.Code(c.ctx, i.owner, string(i.channel))
	if err != nil {
		return letter{}, err
	}
	if wait := before.SentAt.Add(resendAfter(rules)).Sub(now); before.Hash != "" && wait > 0 {
		return letter{}, tooSoon(wait)
	}
	flood := s.byName("message", string(i.channel)+i.owner+i.to, messagesOfContact)
	if i.to != "" {
		flood = s.byName("message", i.to, messagesOfContact)
	}
	if wait, err := tx.Take(c.ctx, flood.name, flood.limit, now); err != nil || wait > 0 {
		return letter{}, orTooSoon(err, wait)
	}
	code := store.Code{Owner: i.owner, Channel: string(i.channel), SentTo: i.to, SentAt: now, ExpiresAt: now.Add(codeLasts)}
	typed, err := s.digits(map[store.Channel]int{store.ChannelEMail: emailDigits, store.ChannelMobile: mobileDigits}[i.channel])
	if err != nil {
		return letter{}, err
	}
	l := letter{channel: i.channel, to: i.to, about: i.about, code: typed}
	code.Hash = s.codeHash(i.owner, i.channel, typed)
	if i.link {
		token, err := s.newToken()
		if err != nil {
			return letter{}, err
		}
		l.link, code.Link, code.ExpiresAt = token, s.archive.Secret.Hash("link", token), now.Add(linkLasts)
	}
	return l, tx.PutCode(c.ctx, code)
}

// resendAfter is how long after a code the next one may be asked for (CTV-08).
func resendAfter(rules mutual.Profile) time.Duration {
	if rules.Verification.ResendSeconds > 0 {
		return time.Duration(rules.Verification.ResendSeconds) * time.Second
	}
	return time.Minute
}

func tooSoon(wait time.Duration) *refusal {
	r := refuse(http.StatusTooManyRequests, api.CodeTooSoon, "")
	r.after = wait
	return r
}

func orTooSoon(err error, wait time.Duration) error {
	if err != nil {
		return err
	}
	return tooSoon(wait)
}

// digits draws a number of n digits.
func (s *Server) digits(n int) (string, error) {
	limit := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil)
	drawn, err := rand.Int(s.archive.Random, limit)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%0*d", n, drawn), nil
}

func (s *Server) codeHash(owner string, channel store.Channel, typed string) string {
	return s.archive.Secret.Hash("code", owner, string(channel), strings.NewReplacer(" ", "", "-", "", ".", "").Replace(typed))
}

// judge says what a typed code is worth: nil when it is right. A wrong one is counted; what it returns is to be answered after
// the transaction has kept that.
func (s *Server) judge(c *call, tx *store.Tx, owner string, channel store.Channel, typed string) (*refusal, error) {
	code, err := tx.Code(c.ctx, owner, string(channel))
	if err != nil {
		return nil, err
	}
	if code.Hash == "" || code.Tries >= triesOfCode || !s.archive.Now().Before(code.ExpiresAt) {
		return refuse(http.StatusGone, api.CodeCodeOver, string(channel)), nil
	}
	if secret.Same(code.Hash, s.codeHash(owner, channel, typed)) {
		return nil, nil
	}
	code.Tries++
	r := refuse(http.StatusUnprocessableEntity, api.CodeBadCode, string(channel))
	r.Left = int(triesOfCode - code.Tries)
	return r, tx.PutCode(c.ctx, code)
}

// settle runs f in a transaction. What f refuses with is answered after the rest of what f did was kept; after an error nothing is.
func (s *Server) settle(c *call, f func(tx *store.Tx) (*refusal, error)) error {
	var refused *refusal
	err := s.archive.Store.Write(c.ctx, func(tx *store.Tx) error {
		var err error
		refused, err = f(tx)
		return err
	})
	if err == nil && refused != nil {
		return refused
	}
	return err
}
