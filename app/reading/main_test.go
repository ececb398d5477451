package reading_test

import (
	"os"
	"testing"

	"github.com/sodale/sodale/app/document/worker"
)

// TestMain makes this test binary the sandboxed worker too, under its hidden verb.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "__preview" {
		os.Exit(worker.Main())
	}
	os.Exit(m.Run())
}
