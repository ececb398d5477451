package preview_test

import (
	"os"
	"testing"

	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/document/preview"
	"github.com/sodale/sodale/app/document/worker"
)

// TestMain makes this test binary a small sodale: the worker under its hidden verb, and the command itself.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 {
		switch os.Args[1] {
		case "__preview":
			os.Exit(worker.Main())
		case "preview":
			exe, err := os.Executable()
			if err != nil {
				panic(err)
			}
			os.Exit(preview.Run(os.Args[2:], document.Config{Exe: exe, Args: []string{"__preview"}}, os.Stdout, os.Stderr))
		}
	}
	os.Exit(m.Run())
}
