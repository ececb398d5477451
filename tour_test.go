package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/seal"
)

// TestTheTourBringsOneClaimToTheMutualOnTheRealScreens runs the tour as `sodale tour` does and believes nothing it says: the
// receipt is verified with the mutual's key, the claim counted at the mutual, the files compared by their SHA-256.
func TestTheTourBringsOneClaimToTheMutualOnTheRealScreens(t *testing.T) {
	buildMutuad(t)
	out := filepath.Join(t.TempDir(), "tour")
	if code := run([]string{"tour", "--out", out}, nil, io.Discard, os.Stderr); code != 0 {
		t.Fatalf("exit %d", code)
	}
	var result tourResult
	text, err := os.ReadFile(filepath.Join(out, "tour.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &result); err != nil {
		t.Fatal(err)
	}
	m := &localMutual{program: mustPath(t), data: result.Server}
	var profile api.Profile
	if err := m.ask(&profile, "profile"); err != nil {
		t.Fatal(err)
	}
	receipt, err := seal.VerifyReceipt(profile.SignKey, result.Signed)
	if err != nil || receipt.Subject != result.Claim || result.State != "Consegnata" || !result.Verified {
		t.Fatalf("receipt %+v, %v; state %s, verified %v", receipt, err, result.State, result.Verified)
	}
	var listed []atMutual
	if err := m.ask(&listed, "claim", "list"); err != nil {
		t.Fatal(err)
	}
	if len(listed) != 1 || listed[0].ID != result.Claim || len(listed[0].Attachments) != len(result.Files) {
		t.Fatalf("the mutual lists %+v", listed)
	}
	for i, file := range result.Files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != listed[0].Attachments[i].Plain {
			t.Errorf("%s did not arrive as it was", filepath.Base(file))
		}
	}
	if len(result.Steps) < 10 {
		t.Errorf("%d steps", len(result.Steps))
	}
	for _, step := range result.Steps {
		checkPicture(t, filepath.Join(out, step.Picture))
	}
}

func checkPicture(t *testing.T, path string) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if picture, err := png.Decode(f); err != nil || picture.Bounds().Dx() < 1200 {
		t.Errorf("%s: %v", filepath.Base(path), err)
	}
}

func mustPath(t *testing.T) string {
	t.Helper()
	path, err := mutuadPath()
	if err != nil {
		t.Fatal(err)
	}
	return path
}
