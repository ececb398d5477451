package main

import (
	"context"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strconv"

	"github.com/sodale/sodale/sync/mutuad/archive"
)

// flags returns a set with what every verb takes.
func (p *program) flags(verb string) *flag.FlagSet {
	f := flag.NewFlagSet(verb, flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.StringVar(&p.dataDir, "data", dataDir(), "folder of the mutual's data")
	f.BoolVar(&p.json, "json", false, "write JSON")
	return f
}

// parse reads flags and the named words, which may stand in any order.
func parse(f *flag.FlagSet, args []string, names ...string) ([]string, error) {
	var words []string
	for len(args) > 0 {
		if err := f.Parse(args); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				return nil, err
			}
			return nil, &usageError{f.Name() + ": " + err.Error()}
		}
		if args = f.Args(); len(args) > 0 {
			words, args = append(words, args[0]), args[1:]
		}
	}
	if len(words) != len(names) {
		return nil, &usageError{f.Name() + ": needs " + strconv.Itoa(len(names)) + " words beside its flags"}
	}
	return words, nil
}

// dataDir is where the data lie when nothing else is said.
func dataDir() string {
	if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "mutuad")
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "mutuad-data"
	}
	switch runtime.GOOS {
	case "windows":
		return filepath.Join(home, "AppData", "Local", "mutuad")
	case "darwin":
		return filepath.Join(home, "Library", "Application Support", "mutuad")
	}
	return filepath.Join(home, ".local", "share", "mutuad")
}

// open opens the archive that the flags name.
func (p *program) open(ctx context.Context, hosts ...string) (*archive.Archive, error) {
	return archive.Open(ctx, p.dataDir, archive.Options{DatabaseURL: p.databaseURL, Hosts: hosts})
}
