// Sodale is the desktop program of a mutual-aid health society: the window, and the commands that need none.
//
//	sodale [--data DIR]                 the window
//	sodale activate --profile P --user U make this computer a member's device; the password comes on stdin
//	sodale preview FILE …               one page of a file as a PNG
//	sodale doctor [--json]              what this machine offers and how the vault is
//	sodale backup --out FILE            the vault in one file, still sealed; the password comes on stdin
//	sodale restore --from FILE          a vault from such a file, where there is none
//	sodale carry --out DIR              what waits in the queue, sealed, to a stick or folder; --back DIR takes the answers in
//	sodale estimate --vectors FILE      what the health plans say of the cases in a file, one answer a line
//	sodale tour --out DIR               the main job on the real screens, with pictures
//	sodale demo --out DIR               the window on an invented member, or the tour where there is no display
//
// Two more verbs are for the program itself, and are handled before anything else is set up: the previewer's worker and
// the vault's check, each a process of its own.
package main

import (
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/document/preview"
	"github.com/sodale/sodale/app/document/worker"
	"github.com/sodale/sodale/storage"
)

// verbPreview is the hidden verb of the previewer's worker; storage.CheckVerb that of the vault's check.
const verbPreview = "__preview"

// version is set when a release is linked.
var version = "0.1.0"

func main() {
	if len(os.Args) > 1 {
		switch os.Args[1] {
		case verbPreview:
			os.Exit(worker.Main())
		case storage.CheckVerb:
			os.Exit(storage.RunCheck(os.Args[2:]))
		}
	}
	slog.SetDefault(slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn})))
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run does one command and returns the exit code.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	verb := ""
	if len(args) > 0 && args[0] != "" && args[0][0] != '-' {
		verb, args = args[0], args[1:]
	}
	switch verb {
	case "":
		return runWindow(args, stderr)
	case "preview":
		return preview.Run(args, workerConfig(), stdout, stderr)
	case "doctor":
		return runDoctor(args, stdout, stderr)
	case "activate":
		return runActivate(args, stdin, stdout, stderr)
	case "backup":
		return runBackup(args, stdin, stdout, stderr)
	case "restore":
		return runRestore(args, stdout, stderr)
	case "carry":
		return runCarry(args, stdout, stderr)
	case "estimate":
		return runEstimate(args, stdout, stderr)
	case "tour":
		return runTour(args, stdout, stderr)
	case "demo":
		return runDemo(args, stdout, stderr)
	case "version":
		fmt.Fprintln(stdout, version)
		return 0
	}
	fmt.Fprintf(stderr, "sodale: no command %q; see the README\n", verb)
	return 2
}

// workerConfig says how the previewer's worker is started: this program again, with its hidden verb.
func workerConfig() document.Config {
	exe, err := os.Executable()
	if err != nil {
		exe = os.Args[0]
	}
	return document.Config{Exe: exe, Args: []string{verbPreview}}
}

// flags returns an empty set of flags that reports its errors to stderr.
func flags(name string, stderr io.Writer) *flag.FlagSet {
	f := flag.NewFlagSet("sodale "+name, flag.ContinueOnError)
	f.SetOutput(stderr)
	return f
}

// dataFlag adds --data, whose default is the member's own configuration folder.
func dataFlag(f *flag.FlagSet) *string {
	folder, err := os.UserConfigDir()
	if err != nil {
		folder = "."
	}
	return f.String("data", filepath.Join(folder, "sodale", "vault"), "folder of the vault")
}
