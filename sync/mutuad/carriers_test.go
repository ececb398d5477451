package main

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func TestSecretsComeFromFilesThatOnlyTheirOwnerReads(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the mode of a file says nothing there")
	}
	dir := t.TempDir()
	mutuad(t, 0, "demo", "--data", dir)
	secret := filepath.Join(dir, "smtp.secret")
	if err := os.WriteFile(secret, []byte("mutua\nsegreto\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	serve := []string{"serve", "--data", dir, "--listen", "127.0.0.1:0", "--smtp-url", "smtps://posta.example", "--smtp-from", "a@mutua.example", "--smtp-secret"}
	if _, text := mutuad(t, exitUsage, append(serve, secret)...); !strings.Contains(text, "chmod 600") || strings.Contains(text, "segreto") {
		t.Fatal(text)
	}
	mutuad(t, exitFailed, append(serve, filepath.Join(dir, "missing"))...)
	if err := os.Chmod(secret, 0o600); err != nil {
		t.Fatal(err)
	}
	lines, err := secretLines(secret, 2)
	if err != nil || lines[0] != "mutua" || lines[1] != "segreto" {
		t.Fatalf("%q, %v", lines, err)
	}
}

func TestACarrierThatWouldNotBeSafeIsRefusedBeforeServing(t *testing.T) {
	dir := t.TempDir()
	mutuad(t, 0, "demo", "--data", dir)
	for _, args := range [][]string{
		{"--smtp-url", "http://posta.example", "--smtp-from", "a@mutua.example"},
		{"--smtp-url", "smtp://posta.example"},
		{"--sms-webhook", "http://sms.example"},
	} {
		_, text := mutuad(t, exitFailed, append([]string{"serve", "--data", dir, "--listen", "127.0.0.1:0", "--json"}, args...)...)
		if !strings.Contains(text, "post.address") {
			t.Errorf("%v: %s", args, text)
		}
	}
}
