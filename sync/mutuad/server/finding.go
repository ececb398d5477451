package server

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
	"os"
	"sync"
	"time"
)

// finding is what a sealed file turned out to be.
type finding struct {
	intact bool   // its bytes have the digest that is its name
	opens  bool   // it is sealed to the mutual
	plain  string // hex SHA-256 of what was sealed
	size   int64  // bytes, of what was sealed

	file fs.FileInfo // as the disk told it then
	at   time.Time
}

// examine reads a sealed file to its end.
func (s *Server) examine(source io.Reader, digest string) (finding, error) {
	sealed := sha256.New()
	source = io.TeeReader(source, sealed)
	var f finding
	if r, err := s.archive.Box.Open(source); err == nil {
		sum := sha256.New()
		f.size, err = io.Copy(sum, r)
		f.opens, f.plain = err == nil, hex.EncodeToString(sum.Sum(nil))
	}
	_, err := io.Copy(io.Discard, source)
	f.intact = hex.EncodeToString(sealed.Sum(nil)) == digest
	return f, err
}

// What is remembered of files that came in one piece. Forgetting costs one more reading.
const (
	maxFindings  = 256
	findingLasts = time.Minute // then the disk may have lost what it was given
)

// findings stand for reading a file again that was examined in memory a moment ago, as long as nobody wrote to it since. The
// zero findings are ready to use.
type findings struct {
	mu     sync.Mutex
	byName map[string]finding
}

// keep remembers f under a name.
func (s *findings) keep(name string, f finding) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.byName == nil || len(s.byName) >= maxFindings {
		s.byName = map[string]finding{}
	}
	s.byName[name] = f
}

// of returns what is remembered, if the file is still the one that was examined.
func (s *findings) of(name string, file fs.FileInfo, now time.Time) (finding, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f, known := s.byName[name]
	same := known && os.SameFile(f.file, file) && f.file.Size() == file.Size() && f.file.ModTime().Equal(file.ModTime())
	return f, same && now.Sub(f.at) < findingLasts
}
