package main

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/document/sample"
	"github.com/sodale/sodale/app/parcel"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/engine"
	"github.com/sodale/sodale/sync/seal"
)

// TestAClaimTravelsOnAStickAndItsReceiptComesBack goes the whole way with the commands, with no password and no line: out of the
// locked vault, over a second computer, answered by the mutual's key, and home.
func TestAClaimTravelsOnAStickAndItsReceiptComesBack(t *testing.T) {
	ctx := context.Background()
	h := offlineHouse(t)
	mutualKey := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{3}, ed25519.SeedSize))
	deviceSeed := bytes.Repeat([]byte{5}, ed25519.SeedSize)
	profile, _ := json.Marshal(api.Profile{ID: "aurora", BaseURL: "https://127.0.0.1:1", Recipient: h.profile.Recipient, SignKey: mutualKey.Public().(ed25519.PublicKey)})
	if err := h.store.SetProfile(ctx, profile); err != nil {
		t.Fatal(err)
	}
	if err := h.store.SetDevice(ctx, account.Device{ID: "0190f6a0-0000-7000-8000-00000000d001", Key: deviceSeed, Token: "t", Upload: "u"}, "000000003423"); err != nil {
		t.Fatal(err)
	}
	id := draftWith(t, h, [][]byte{sample.Ticket().PDF()})
	if _, err := h.desk.Finalise(ctx, id); err != nil {
		t.Fatal(err)
	}
	h.close()

	stick, kiosk := t.TempDir(), t.TempDir()
	var posted parcel.Posted
	carry(t, &posted, "--data", h.dir, "--out", stick)
	if posted.Letters != 1 || posted.Files != 1 {
		t.Fatalf("%+v", posted)
	}
	var on carried
	if carry(t, &on, "--from", stick, "--out", kiosk); on.Copied != 1 || on.Unread != 0 {
		t.Fatalf("%+v", on)
	}
	for _, plain := range []string{"Elena", "Ospedale San Rocco", "2026/004817"} {
		if holds(t, stick, plain) {
			t.Errorf("the stick holds %q in the clear", plain)
		}
	}
	answer(t, kiosk, mutualKey, ed25519.NewKeyFromSeed(deviceSeed).Public().(ed25519.PublicKey))
	for _, want := range []engine.Brought{{Delivered: 1}, {Before: 1}} {
		var back returned
		if carry(t, &back, "--data", h.dir, "--back", kiosk); back.Brought != want {
			t.Fatalf("%+v, want %+v", back, want)
		}
	}
	again, err := openHouse(h.dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer again.close()
	if err := again.Unlock(ctx, []byte(testPassword)); err != nil {
		t.Fatal(err)
	}
	if s, err := again.desk.Open(ctx, id); err != nil || s.State != claim.Delivered || s.Delivery.Protocol != "26-000009" {
		t.Fatalf("%+v, %v", s, err)
	}
}

// carry runs the command and reads what it says.
func carry(t *testing.T, into any, args ...string) {
	t.Helper()
	var stdout bytes.Buffer
	if code := run(append([]string{"carry"}, args...), nil, &stdout, os.Stderr); code != 0 {
		t.Fatalf("carry %v: exit %d", args, code)
	}
	if err := json.Unmarshal(stdout.Bytes(), into); err != nil {
		t.Fatal(err)
	}
}

// answer does what the mutual does: proves each letter and signs its receipt.
func answer(t *testing.T, place string, key ed25519.PrivateKey, device ed25519.PublicKey) {
	t.Helper()
	folder, err := parcel.Open(place)
	if err != nil {
		t.Fatal(err)
	}
	defer folder.Close()
	letters, _ := folder.Letters()
	for _, l := range letters {
		if err := l.Verify(device); err != nil {
			t.Fatal(err)
		}
		r := api.Receipt{Format: 1, Mutual: l.Mutual, OpID: l.OpID, Kind: string(l.Kind), Subject: l.Subject, Revision: l.Revision, Plain: l.Plain,
			Blobs: []string{l.Blobs[0].Digest}, Protocol: "26-000009", Epoch: "e1", At: time.Now().UTC()}
		signed, err := seal.SignReceipt(key, r)
		if err != nil {
			t.Fatal(err)
		}
		if err := folder.Answer(parcel.Answer{OpID: l.OpID, Receipt: signed}); err != nil {
			t.Fatal(err)
		}
	}
	if err := folder.Finish(); err != nil {
		t.Fatal(err)
	}
}

// holds reports whether any file under a folder has a text in it.
func holds(t *testing.T, dir, text string) (found bool) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		found = found || strings.Contains(string(data), text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
