package server

import (
	"net"
	"net/http"
	"net/netip"
	"time"

	"github.com/sodale/sodale/sync/mutuad/store"
)

// Limits of what may be tried without a token. They are kept in the database and so hold across restarts and for several
// servers on one database.
var (
	guessesOfAddress  = store.Limit{Burst: 100, Every: time.Minute}     // passwords and codes, from one address
	startsOfAddress   = store.Limit{Burst: 30, Every: 2 * time.Minute}  // activations and resets, from one address
	startsOfPerson    = store.Limit{Burst: 6, Every: time.Hour}         // activations with one codice fiscale or user name, and resets of one
	firstTriesOfUser  = store.Limit{Burst: 5, Every: 6 * time.Hour}     // derived passwords of one user name: there are few of them
	messagesOfContact = store.Limit{Burst: 8, Every: 10 * time.Minute}  // codes to one e-mail address or mobile number
	changesOfMember   = store.Limit{Burst: 6, Every: 30 * time.Minute}  // codes that follow from one member's changes of contacts
	activationCodes   = store.Limit{Burst: 5, Every: 6 * time.Hour}     // activation codes of one codice fiscale
	secretsOfMember   = store.Limit{Burst: 10, Every: 10 * time.Minute} // passwords asked of a device that is signed in
)

// maxTries is how many wrong codes one activation or reset takes in all, whatever new ones are sent.
const maxTries = 15

// counted is one thing to count under one limit.
type counted struct {
	name  string
	limit store.Limit
}

// count counts one of each, in one transaction, and refuses when one of them is too many; then none of them counts.
func (s *Server) count(c *call, all ...counted) error {
	now := s.archive.Now()
	var wait time.Duration
	err := s.archive.Store.Write(c.ctx, func(tx *store.Tx) error {
		wait = 0
		if err := tx.ForgetBuckets(c.ctx, now); err != nil {
			return err
		}
		for _, one := range all {
			w, err := tx.Take(c.ctx, one.name, one.limit, now)
			if err != nil {
				return err
			}
			wait = max(wait, w)
		}
		if wait > 0 {
			return slowDown(wait)
		}
		return nil
	})
	return err
}

// byAddress counts by where a request comes from.
func byAddress(c *call, what string, l store.Limit) counted {
	return counted{what + "/from/" + addressOf(c.request), l}
}

// byName counts by a name that only its hash is kept of.
func (s *Server) byName(what, name string, l store.Limit) counted {
	return counted{what + "/" + s.archive.Secret.Hash("limit", name), l}
}

// addressOf is where a request comes from; of IPv6 the network, since one household has all of it.
func addressOf(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	address, err := netip.ParseAddr(host)
	if err != nil || address.Unmap().Is4() {
		return host
	}
	network, err := address.WithZone("").Prefix(64)
	if err != nil {
		return host
	}
	return network.String()
}
