package worker_test

import (
	"os"
	"sync"
	"testing"

	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/document/sample"
	"github.com/sodale/sodale/app/document/worker"
)

// TestMain makes this test binary its own worker, as main does with the program.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "__preview" {
		os.Exit(worker.Main())
	}
	os.Exit(m.Run())
}

// config starts this binary as the worker.
func config(t testing.TB) document.Config {
	t.Helper()
	if !worker.Linked {
		t.Skip("built without cgo")
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return document.Config{Exe: exe, Args: []string{"__preview"}}
}

// start returns a pool that ends with the test.
func start(t testing.TB, c document.Config) *document.Pool {
	t.Helper()
	p := document.Start(c)
	t.Cleanup(func() { _ = p.Close() })
	return p
}

// files are the samples that take a while to make, made once.
var files = struct{ text, scan, photo, tiff, large func() []byte }{
	text:  sync.OnceValue(sample.Ticket().PDF),
	scan:  sync.OnceValue(sample.Ticket().ScanPDF),
	photo: sync.OnceValue(func() []byte { return sample.Ticket().Photo(6) }),
	tiff:  sync.OnceValue(sample.Ticket().TIFF),
	large: sync.OnceValue(sample.Ticket().LargePhoto),
}
