//go:build bench && unix

package faults_test

import (
	"crypto/sha256"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"golang.org/x/crypto/chacha20poly1305"
)

// floor says what the bytes of one claim cost the processors, both sides together, when nothing is done but what must be: one
// way through TLS, two digests and one opening at the mutual, one file written and synced.
func floor(t *testing.T, n int) string {
	data := make([]byte, benchFile)
	if _, err := io.ReadFull(random(3), data); err != nil {
		t.Fatal(err)
	}
	box, err := chacha20poly1305.New(data[:chacha20poly1305.KeySize])
	if err != nil {
		t.Fatal(err)
	}
	sealed := box.Seal(nil, data[:chacha20poly1305.NonceSize], data, nil)
	file := filepath.Join(t.TempDir(), "file")
	costs := []time.Duration{
		cpuOf(n, carry(t, data)),
		cpuOf(n, func(int) error { sha256.Sum256(data); sha256.Sum256(sealed); return nil }),
		cpuOf(n, func(int) error {
			_, err := box.Open(nil, data[:chacha20poly1305.NonceSize], sealed, nil)
			return err
		}),
		cpuOf(n, func(i int) error { return writeSynced(fmt.Sprint(file, i), data) }),
	}
	var all time.Duration
	for _, c := range costs {
		all += c
	}
	return fmt.Sprintf("floor of the bytes alone %.1f ms (TLS %.1f, digests %.1f, opening %.1f, file %.1f)",
		ms(all), ms(costs[0]), ms(costs[1]), ms(costs[2]), ms(costs[3]))
}

func ms(d time.Duration) float64 { return d.Seconds() * 1000 }

// cpuOf is what one of n turns of work costs the processors.
func cpuOf(n int, work func(i int) error) time.Duration {
	began := cpu()
	for i := range n {
		if err := work(i); err != nil {
			panic(err)
		}
	}
	return (cpu() - began) / time.Duration(n)
}

// cpu is how much of the processors this process has used.
func cpu() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// carry returns work that sends data through one TLS connection on loopback and waits for one byte back.
func carry(t *testing.T, data []byte) func(int) error {
	m := newMutual(t, t.TempDir(), nil)
	standApart(t, m)
	l, err := tls.Listen("tcp", "127.0.0.1:0", tlsOf(m.archive))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go answerEach(l, len(data))
	line, err := tls.Dial("tcp", l.Addr().String(), &tls.Config{MinVersion: tls.VersionTLS13, InsecureSkipVerify: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { line.Close() })
	return func(int) error {
		if _, err := line.Write(data); err != nil {
			return err
		}
		_, err := io.ReadFull(line, make([]byte, 1))
		return err
	}
}

// answerEach answers each size bytes of one connection with one.
func answerEach(l net.Listener, size int) {
	line, err := l.Accept()
	if err != nil {
		return
	}
	defer line.Close()
	for got := make([]byte, size); ; {
		if _, err := io.ReadFull(line, got); err != nil {
			return
		}
		if _, err := line.Write(got[:1]); err != nil {
			return
		}
	}
}

func writeSynced(name string, data []byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	if _, err = f.Write(data); err == nil {
		err = f.Sync()
	}
	f.Close()
	return err
}
