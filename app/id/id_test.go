package id_test

import (
	"bytes"
	"crypto/rand"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/sodale/sodale/app/id"
)

func TestAnIdIsAUUIDv7OfItsInstant(t *testing.T) {
	at := time.Date(2026, 11, 22, 18, 0, 0, 123e6, time.UTC)
	s, err := id.New(at, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	u, err := uuid.Parse(s)
	if err != nil || u.Version() != 7 || u.Variant() != uuid.RFC4122 || !id.Valid(s) {
		t.Fatalf("%s: %v", s, err)
	}
	if sec, nsec := u.Time().UnixTime(); sec != at.Unix() || nsec/1e6 != 123 {
		t.Fatalf("%s is of %d.%d", s, sec, nsec)
	}
}

func TestWithoutRandomnessThereIsNoId(t *testing.T) {
	if s, err := id.New(time.Now(), bytes.NewReader([]byte{1, 2})); err == nil {
		t.Fatal(s)
	}
}
