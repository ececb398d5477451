//go:build ignore

// Makes ticket.heic; see heic.go.
package main

import (
	"log"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/sodale/sodale/app/document/sample"
)

func main() {
	dir, err := os.MkdirTemp("", "heic")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	photo := filepath.Join(dir, "ticket.jpg")
	if err := os.WriteFile(photo, sample.Ticket().SmallPhoto(0), 0o600); err != nil {
		log.Fatal(err)
	}
	if out, err := exec.Command("heif-enc", "-q", "60", "-o", "ticket.heic", photo).CombinedOutput(); err != nil {
		log.Fatalf("%v: %s", err, out)
	}
}
