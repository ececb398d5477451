// Package keys holds what makes a mutual that mutual: the key that signs its answers, receipts and cards, the key that
// opens what members send, the key that its members' codes are kept under, and the key and certificate of its TLS server. They are made once, in a folder of files that
// only their owner reads, and never change by themselves: clients pin them.
package keys

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"io/fs"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"

	"filippo.io/age"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/sync/mutuad/secret"
	"github.com/sodale/sodale/sync/seal"
)

// CodeKeys is the code of keys that can't be made or read.
const CodeKeys fault.Code = "keys.unreadable"

// Ring is the keys of one mutual.
type Ring struct {
	Sign        ed25519.PrivateKey
	Secret      string // age identity that opens what is sealed to the mutual
	Recipient   string // age recipient that belongs to it
	Certificate tls.Certificate
	Access      []byte // what package secret works with
}

// Names of the files.
const (
	signFile = "sign.pem" // Ed25519, PKCS #8
	boxFile  = "box.age"  // age identity
	tlsFile  = "tls.pem"  // ECDSA P-256, PKCS #8
	certFile = "cert.pem" // self-signed

	accessFile = "access.key" // 32 bytes, hex
)

// certificateYears is how long the self-signed certificate lives; clients pin its key, not its dates.
const certificateYears = 20

// Open reads the keys in dir and makes those that are missing; the certificate is for hosts (names or addresses) and
// valid from a day before now.
func Open(dir string, now time.Time, hosts []string) (*Ring, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fault.Wrap(CodeKeys, "keys.open", "", err)
	}
	r := &Ring{}
	for _, step := range []struct {
		name string
		open func(path string) error
	}{
		{signFile, r.openSign},
		{boxFile, r.openBox},
		{accessFile, r.openAccess},
		{certFile, func(path string) error { return r.openTLS(path, now, hosts) }},
	} {
		if err := step.open(filepath.Join(dir, step.name)); err != nil {
			return nil, fault.Wrap(CodeKeys, "keys.open", step.name, err)
		}
	}
	return r, nil
}

func (r *Ring) openSign(path string) error {
	key, err := openKey(path, func() (crypto.PrivateKey, error) {
		_, key, err := ed25519.GenerateKey(rand.Reader)
		return key, err
	})
	if err != nil {
		return err
	}
	sign, ok := key.(ed25519.PrivateKey)
	if !ok {
		return errors.New("not an Ed25519 key")
	}
	r.Sign = sign
	return nil
}

func (r *Ring) openBox(path string) error {
	data, err := openFile(path, func() ([]byte, error) {
		secret, _, err := seal.NewIdentity()
		return []byte(secret + "\n"), err
	})
	if err != nil {
		return err
	}
	identity, err := age.ParseX25519Identity(strings.TrimSpace(string(data)))
	if err != nil {
		return err
	}
	r.Secret, r.Recipient = identity.String(), identity.Recipient().String()
	return nil
}

func (r *Ring) openAccess(path string) error {
	data, err := openFile(path, func() ([]byte, error) {
		key := make([]byte, secret.KeySize)
		_, err := rand.Read(key)
		return []byte(hex.EncodeToString(key) + "\n"), err
	})
	if err != nil {
		return err
	}
	r.Access, err = hex.DecodeString(strings.TrimSpace(string(data)))
	return err
}

func (r *Ring) openTLS(path string, now time.Time, hosts []string) error {
	key, err := openKey(filepath.Join(filepath.Dir(path), tlsFile), func() (crypto.PrivateKey, error) {
		return ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	})
	if err != nil {
		return err
	}
	signer, ok := key.(crypto.Signer)
	if !ok {
		return errors.New("not a signing key")
	}
	data, err := openFile(path, func() ([]byte, error) { return certify(signer, now, hosts) })
	if err != nil {
		return err
	}
	block, _ := pem.Decode(data)
	if block == nil {
		return errors.New("no certificate")
	}
	leaf, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		return err
	}
	r.Certificate = tls.Certificate{Certificate: [][]byte{block.Bytes}, PrivateKey: key, Leaf: leaf}
	return nil
}

// certify makes a self-signed server certificate as PEM.
func certify(key crypto.Signer, now time.Time, hosts []string) ([]byte, error) {
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		return nil, err
	}
	template := &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: "mutuad"},
		NotBefore: now.AddDate(0, 0, -1), NotAfter: now.AddDate(certificateYears, 0, 0),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		BasicConstraintsValid: true,
	}
	for _, h := range hosts {
		if ip := net.ParseIP(h); ip != nil {
			template.IPAddresses = append(template.IPAddresses, ip)
		} else {
			template.DNSNames = append(template.DNSNames, h)
		}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return nil, err
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), nil
}

// Pin is the lower-case hex SHA-256 of the certificate's SubjectPublicKeyInfo.
func (r *Ring) Pin() string {
	sum := sha256.Sum256(r.Certificate.Leaf.RawSubjectPublicKeyInfo)
	return hex.EncodeToString(sum[:])
}

// Public is the key that what the mutual signs verifies with.
func (r *Ring) Public() ed25519.PublicKey { return r.Sign.Public().(ed25519.PublicKey) }

func openKey(path string, create func() (crypto.PrivateKey, error)) (crypto.PrivateKey, error) {
	data, err := openFile(path, func() ([]byte, error) {
		key, err := create()
		if err != nil {
			return nil, err
		}
		der, err := x509.MarshalPKCS8PrivateKey(key)
		return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), err
	})
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(data)
	if block == nil {
		return nil, errors.New("no key")
	}
	return x509.ParsePKCS8PrivateKey(block.Bytes)
}

// openFile reads a file, or makes it of what create gives: written beside, synced, then linked into place, so that two
// processes that start at once end up with one and the same file.
func openFile(path string, create func() ([]byte, error)) ([]byte, error) {
	data, err := os.ReadFile(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return data, err
	}
	if data, err = create(); err != nil {
		return nil, err
	}
	temporary, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.new")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.Remove(temporary.Name()) }()
	_, err = temporary.Write(data)
	if err == nil {
		err = temporary.Sync()
	}
	if err = errors.Join(err, temporary.Close()); err != nil {
		return nil, err
	}
	if err := os.Link(temporary.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	return os.ReadFile(path)
}
