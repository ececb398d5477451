package engine

import (
	"context"
	"crypto/sha256"
	"crypto/tls"
	"encoding/hex"
	"errors"
	"io"
	"net"
	"net/http"
	"slices"
	"time"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/sync/api"
)

// Limits of one connection.
const (
	dialTimeout      = 10 * time.Second
	handshakeTimeout = 10 * time.Second
	idleTimeout      = 90 * time.Second
	idleConnections  = 10
	maxHeaderBytes   = 64 << 10
)

// NewTransport returns a transport that connects to one mutual: TLS 1.3, its pinned keys and no other, no proxy from the environment. HTTP/1.1 on
// several connections: Go's HTTP/2 shares one receive window among all uploads of a connection, which is slower on a long line.
func NewTransport(profile api.Profile) *http.Transport {
	config := pinned(profile.Pins)
	return &http.Transport{
		DialTLSContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			return dial(ctx, network, address, config)
		},
		IdleConnTimeout:        idleTimeout,
		MaxIdleConns:           idleConnections,
		MaxIdleConnsPerHost:    idleConnections,
		MaxResponseHeaderBytes: maxHeaderBytes,
		DisableCompression:     true,
	}
}

// dial connects and shakes hands, telling a line that is down from a handshake that fails.
func dial(ctx context.Context, network, address string, config *tls.Config) (net.Conn, error) {
	dialer := net.Dialer{Timeout: dialTimeout}
	line, err := dialer.DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		host = address
	}
	config = config.Clone()
	config.ServerName = host
	secure := tls.Client(line, config)
	ctx, cancel := context.WithTimeout(ctx, handshakeTimeout)
	defer cancel()
	if err := secure.HandshakeContext(ctx); err != nil {
		return nil, fault.Wrap(handshakeCode(err), "engine.dial", address, errors.Join(err, line.Close()))
	}
	return secure, nil
}

// handshakeCode tells a wrong key and a line that broke from a machine that does not speak TLS 1.3.
func handshakeCode(err error) fault.Code {
	var broken net.Error
	switch {
	case fault.CodeOf(err) != "":
		return fault.CodeOf(err)
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &broken) && broken.Timeout():
		return CodeTimeout
	case errors.Is(err, context.Canceled), errors.Is(err, io.EOF), errors.Is(err, errReset):
		return CodeCut
	}
	return CodeTLS
}

// pinned trusts a server by its key alone. Names, authorities and dates are not looked at: the profile is all the trust
// there is, and a clock that is wrong must not close the line. VerifyConnection also runs when a session is resumed.
func pinned(pins []string) *tls.Config {
	return &tls.Config{
		MinVersion:         tls.VersionTLS13,
		InsecureSkipVerify: true,
		ClientSessionCache: tls.NewLRUClientSessionCache(idleConnections),
		VerifyConnection: func(state tls.ConnectionState) error {
			if len(state.PeerCertificates) == 0 || !slices.Contains(pins, pinOf(state)) {
				return fault.New(CodeCertificate, "engine.tls", state.ServerName)
			}
			return nil
		},
	}
}

func pinOf(state tls.ConnectionState) string {
	sum := sha256.Sum256(state.PeerCertificates[0].RawSubjectPublicKeyInfo)
	return hex.EncodeToString(sum[:])
}
