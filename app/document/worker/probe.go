package worker

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"time"
)

// probe tries what a worker must not be able to do and prints, for each, "refused" by the system, "allowed", or "failed"
// for another reason, which proves nothing.
func probe(out io.Writer) int {
	outcome := map[string]string{}
	try := func(name string, err error) {
		switch {
		case err == nil:
			outcome[name] = "allowed"
		case errors.Is(err, fs.ErrPermission), errors.Is(err, errors.ErrUnsupported):
			outcome[name] = "refused"
		default:
			outcome[name] = "failed"
		}
	}
	_, err := os.ReadFile(readable)
	try("read", err)
	_, err = os.ReadDir(".")
	try("list", err)
	try("write", os.WriteFile("sodale-probe", []byte("x"), 0o600))
	_, err = net.DialTimeout("tcp", "127.0.0.1:9", time.Second)
	try("tcp", err)
	_, err = net.Dial("udp", "127.0.0.1:9")
	try("udp", err)
	_, err = net.Listen("tcp", "127.0.0.1:0")
	try("listen", err)
	try("exec", exec.Command(executable).Run())
	for name, err := range systemProbes() {
		try(name, err)
	}
	if len(os.Environ()) > 0 {
		outcome["environment"] = "allowed"
	} else {
		outcome["environment"] = "refused"
	}
	if json.NewEncoder(out).Encode(outcome) != nil {
		return exitBroken
	}
	return exitDone
}
