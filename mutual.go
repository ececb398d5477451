package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"time"

	"github.com/sodale/sodale/sync/api"
)

// serveTime is how long the mutual's server may take to say that it is ready.
const serveTime = 20 * time.Second

// localMutual is a real mutuad process on this machine, filled with an invented mutual, for the tour and the demo.
type localMutual struct {
	program  string // path of mutuad
	data     string // its folder
	user     string
	password string
	profile  api.Profile
	process  *exec.Cmd
}

// mutuadPath finds mutuad beside this program, or on the PATH.
func mutuadPath() (string, error) {
	name := "mutuad"
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	if exe, err := os.Executable(); err == nil {
		if beside := filepath.Join(filepath.Dir(exe), name); isFile(beside) {
			return beside, nil
		}
	}
	return exec.LookPath(name)
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// startMutual fills dir with the demo data if it is empty and serves it on a free port of this machine until stop.
func startMutual(dir string) (*localMutual, error) {
	path, err := mutuadPath()
	if err != nil {
		return nil, err
	}
	m := &localMutual{program: path, data: dir}
	var seeded struct{ User, Password string }
	if err := m.ask(&seeded, "demo"); err != nil {
		return nil, err
	}
	m.user, m.password = seeded.User, seeded.Password
	return m, m.serve()
}

// ask runs one command of mutuad and reads its JSON.
func (m *localMutual) ask(answer any, args ...string) error {
	cmd := exec.Command(m.program, append(args, "--data", m.data, "--json")...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("mutuad %s: %w", args[0], err)
	}
	return json.Unmarshal(out, answer)
}

// serve starts the server and waits for its word that it answers.
func (m *localMutual) serve() error {
	m.process = exec.Command(m.program, "serve", "--listen", "127.0.0.1:0", "--data", m.data, "--json")
	m.process.Stderr = os.Stderr
	out, err := m.process.StdoutPipe()
	if err != nil {
		return err
	}
	if err := m.process.Start(); err != nil {
		return err
	}
	var ready struct{ Profile string }
	done := make(chan error, 1)
	go func() {
		line, err := bufio.NewReader(out).ReadBytes('\n')
		if err == nil {
			err = json.Unmarshal(line, &ready)
		}
		done <- err
	}()
	select {
	case err = <-done:
	case <-time.After(serveTime):
		err = errors.New("mutuad does not answer")
	}
	if err == nil {
		m.profile, err = readConnection(ready.Profile)
	}
	if err != nil {
		m.stop()
	}
	return err
}

// stop ends the server as a signal would; what it had taken is safe.
func (m *localMutual) stop() {
	if m.process == nil {
		return
	}
	if err := m.process.Process.Signal(os.Interrupt); err != nil {
		_ = m.process.Process.Kill()
	}
	_ = m.process.Wait()
}
