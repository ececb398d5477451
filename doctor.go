package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/document/sample"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/identity"
	"github.com/sodale/sodale/storage"
)

// doctorTime is how long one look may take.
const doctorTime = 15 * time.Second

// lowSpace is how many bytes must be free for a claim with its files.
const lowSpace = 64 << 20

// health is what `sodale doctor --json` prints. Every code is stable; "" means that all is well.
type health struct {
	Version string  `json:"version"`
	System  string  `json:"system"`
	Healthy bool    `json:"healthy"`
	Points  []point `json:"points"`
}

// point is one thing that was looked at.
type point struct {
	Name   string     `json:"name"` // "vault", "check", "worker", "sandbox", "display", "space"
	Code   fault.Code `json:"code"`
	Detail string     `json:"detail,omitempty"` // numbers and names of parts, nothing about a person
	Grave  bool       `json:"grave"`            // the program can't do its job
}

// runDoctor looks at this machine and the vault without opening either, and returns 0, or 1 when something grave is wrong.
func runDoctor(args []string, stdout, stderr io.Writer) int {
	f := flags("doctor", stderr)
	dir, asJSON := dataFlag(f), f.Bool("json", false, "print JSON")
	if f.Parse(args) != nil {
		return 2
	}
	h := health{Version: version, System: runtime.GOOS + "/" + runtime.GOARCH, Healthy: true,
		Points: []point{lookAtVault(*dir), lookAtCheck(*dir), lookAtWorker(), lookAtSandbox(), lookAtDisplay(), lookAtSpace(*dir)}}
	for _, p := range h.Points {
		h.Healthy = h.Healthy && !p.Grave
	}
	if *asJSON {
		_ = json.NewEncoder(stdout).Encode(h)
	} else {
		for _, p := range h.Points {
			fmt.Fprintf(stdout, "%-8s %-24s %s\n", p.Name, orOK(p.Code), p.Detail)
		}
	}
	if !h.Healthy {
		return 1
	}
	return 0
}

func orOK(code fault.Code) string {
	if code == "" {
		return "ok"
	}
	return string(code)
}

func lookAtVault(dir string) point {
	store, err := storage.Open(dir, storage.Options{})
	code := fault.CodeOf(err)
	if err == nil {
		store.Close()
	}
	return point{Name: "vault", Code: code, Grave: err != nil && code != identity.CodeNoVault && code != identity.CodeInUse}
}

func lookAtCheck(dir string) point {
	if _, err := os.Stat(dir); err != nil {
		return point{Name: "check", Code: identity.CodeNoVault}
	}
	exe, err := os.Executable()
	if err != nil {
		return point{Name: "check", Code: storage.CodeRead, Grave: true}
	}
	ctx, cancel := context.WithTimeout(context.Background(), doctorTime)
	defer cancel()
	code := fault.CodeOf(storage.CheckInChild(ctx, exe, dir))
	return point{Name: "check", Code: code, Grave: code == identity.CodeDamaged}
}

// lookAtWorker has the worker open an invented receipt.
func lookAtWorker() point {
	ctx, cancel := context.WithTimeout(context.Background(), doctorTime)
	defer cancel()
	pool := document.Start(workerConfig())
	defer pool.Close()
	_, err := pool.Look(ctx, sample.Ticket().PDF())
	return point{Name: "worker", Code: fault.CodeOf(err), Grave: err != nil}
}

// lookAtSandbox asks the worker to try what it must not be able to do.
func lookAtSandbox() point {
	exe, err := os.Executable()
	if err != nil {
		return point{Name: "sandbox", Code: "document.no-worker", Grave: true}
	}
	ctx, cancel := context.WithTimeout(context.Background(), doctorTime)
	defer cancel()
	cmd := exec.CommandContext(ctx, exe, verbPreview, "probe")
	cmd.Env = []string{}
	out, err := cmd.Output()
	if err != nil {
		return point{Name: "sandbox", Code: "document.no-worker", Detail: runtime.GOOS, Grave: runtime.GOOS == "linux"}
	}
	if open := allowed(out); len(open) > 0 {
		return point{Name: "sandbox", Code: "document.open-sandbox", Detail: strings.Join(open, " "), Grave: true}
	}
	return point{Name: "sandbox"}
}

// allowed names what the probe could do.
func allowed(probe []byte) (open []string) {
	var answers map[string]string
	if json.Unmarshal(bytes.TrimSpace(probe), &answers) != nil {
		return []string{"unreadable"}
	}
	for name, answer := range answers {
		if answer != "refused" {
			open = append(open, name)
		}
	}
	return open
}

func lookAtDisplay() point {
	if runtime.GOOS == "linux" && os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return point{Name: "display", Code: "graphics.no-display"}
	}
	return point{Name: "display"}
}

func lookAtSpace(dir string) point {
	for _, err := os.Stat(dir); err != nil && filepath.Dir(dir) != dir; _, err = os.Stat(dir) {
		dir = filepath.Dir(dir)
	}
	free, err := freeBytes(dir)
	switch {
	case err != nil:
		return point{Name: "space", Code: "space.unreadable"}
	case free < lowSpace:
		return point{Name: "space", Code: "space.low", Detail: fmt.Sprintf("%d MiB", free>>20), Grave: true}
	}
	return point{Name: "space", Detail: fmt.Sprintf("%d MiB", free>>20)}
}
