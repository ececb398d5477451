//go:build linux

package storage

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var (
	callLine    = regexp.MustCompile(`^(\d+)\s+(.*)$`)
	quoted      = regexp.MustCompile(`"((?:\\x[0-9a-f]{2})*)"`)
	handlePath  = regexp.MustCompile(`^\w+\(\d+<([^>]*)>`)
	resumedCall = regexp.MustCompile(`^<\.\.\. \w+ resumed>(.*)$`)
)

func unhex(s string) []byte {
	b := make([]byte, 0, len(s)/4)
	for i := 0; i+3 < len(s); i += 4 {
		n, _ := strconv.ParseUint(s[i+2:i+4], 16, 8)
		b = append(b, byte(n))
	}
	return b
}

// plainPath reads a path that strace wrote in hex or as it is.
func plainPath(s string) string {
	if strings.HasPrefix(s, `\x`) {
		return string(unhex(s))
	}
	return s
}

// readLog turns strace's log into operations. Positions of plain writes are followed from the opening on.
func readLog(t *testing.T, path string) []fileOp {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var ops []fileOp
	begun, position := map[string]string{}, map[string]int64{}
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		m := callLine.FindStringSubmatch(lines.Text())
		if m == nil {
			continue
		}
		call := m[2]
		if head, cut := strings.CutSuffix(call, "<unfinished ...>"); cut {
			begun[m[1]] = head
			continue
		}
		if r := resumedCall.FindStringSubmatch(call); r != nil {
			call = begun[m[1]] + r[1]
		}
		if op, ok := parseCall(call, position); ok {
			ops = append(ops, op...)
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return ops
}

func parseCall(call string, position map[string]int64) ([]fileOp, bool) {
	if strings.HasPrefix(call, "---") || strings.HasPrefix(call, "+++") || !strings.Contains(call, ") ") {
		return nil, false
	}
	result := call[strings.LastIndexByte(call, '=')+1:]
	if strings.HasPrefix(strings.TrimSpace(result), "-1") {
		return nil, false
	}
	name, _, _ := strings.Cut(call, "(")
	var strs [][]byte
	for _, q := range quoted.FindAllStringSubmatch(call, -1) {
		strs = append(strs, unhex(q[1]))
	}
	handle := ""
	if h := handlePath.FindStringSubmatch(call); h != nil {
		handle = plainPath(h[1])
	}
	args := strings.Split(call[:strings.LastIndexByte(call, ')')], ", ")
	number := func() int64 {
		n, _ := strconv.ParseInt(strings.TrimSpace(args[len(args)-1]), 10, 64)
		return n
	}
	switch name {
	case "openat":
		return openOps(call, string(strs[0]), position), true
	case "pwrite64":
		return []fileOp{{kind: "write", path: handle, at: number(), data: strs[0]}}, true
	case "write":
		if strings.HasPrefix(call, "write(1<") {
			return []fileOp{{kind: "said", data: strs[0]}}, true
		}
		at := position[handle]
		position[handle] += int64(len(strs[0]))
		return []fileOp{{kind: "write", path: handle, at: at, data: strs[0]}}, true
	case "ftruncate":
		return []fileOp{{kind: "truncate", path: handle, at: number()}}, true
	case "fsync", "fdatasync":
		return []fileOp{{kind: "sync", path: handle}}, true
	case "renameat", "renameat2", "rename":
		return []fileOp{{kind: "rename", path: string(strs[0]), to: string(strs[1])}}, true
	case "linkat":
		return []fileOp{{kind: "link", path: string(strs[0]), to: string(strs[1])}}, true
	case "unlinkat":
		path := string(strs[0])
		if !filepath.IsAbs(path) {
			path = filepath.Join(handle, path)
		}
		return []fileOp{{kind: "unlink", path: path}}, true
	}
	return nil, false
}

func openOps(call, path string, position map[string]int64) (ops []fileOp) {
	position[path] = 0
	if strings.Contains(call, "O_CREAT") {
		ops = append(ops, fileOp{kind: "create", path: path})
	}
	if strings.Contains(call, "O_TRUNC") {
		ops = append(ops, fileOp{kind: "truncate", path: path})
	}
	return ops
}

// trace runs creation and what else code says under strace.
func trace(t *testing.T, dir, code string) []fileOp {
	t.Helper()
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("strace is not installed")
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	log := filepath.Join(t.TempDir(), "calls")
	cmd := exec.Command(strace, "-f", "-y", "-xx", "-s", "100000000", "-o", log, "-e",
		"trace=openat,pwrite64,write,ftruncate,fsync,fdatasync,rename,renameat,renameat2,linkat,unlinkat", exe)
	cmd.Env = append(os.Environ(), crashVault+"="+dir, crashCode+"="+code, crashSeed+"=1")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Skipf("strace can't record here: %v: %.200s", err, out)
	}
	return readLog(t, log)
}
