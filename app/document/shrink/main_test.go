package shrink_test

import (
	"os"
	"sync"
	"testing"
	"time"

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

// start returns real workers that end with the test. They have time: the machine that tests may be busy.
func start(t testing.TB) *document.Pool {
	t.Helper()
	if !worker.Linked {
		t.Skip("built without cgo")
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p := document.Start(document.Config{Exe: exe, Args: []string{"__preview"}, Deadline: time.Minute})
	t.Cleanup(func() { _ = p.Close() })
	return p
}

// files are too large to be sent, and take a while to make.
var files = struct{ photo, scan, grey, fax func() []byte }{
	photo: sync.OnceValue(sample.Wordy().HeavyPhoto),
	scan:  sync.OnceValue(func() []byte { return sample.HeavyScan(sample.Wordy(), sample.Ticket()) }),
	grey:  sync.OnceValue(func() []byte { return sample.GreyTIFF(sample.Wordy(), sample.Analyses(), sample.Ticket()) }),
	fax: sync.OnceValue(func() []byte {
		return sample.FaxTIFF(sample.Wordy(), sample.Ticket(), sample.Wordy(), sample.Dentist())
	}),
}
