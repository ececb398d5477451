package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/assets"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/engine"
	"github.com/sodale/sodale/sync/portal"
	"github.com/sodale/sodale/ui/screen/firstrun"
)

// codeConnection is the code of a file that is no connection to a mutual.
const codeConnection fault.Code = "connection.file"

// connections is the folder of files that say how mutuals are reached and known: `mutuad profile` writes them. It lies beside
// the vault, since a mutual may be connected before there is one.
type connections struct{ dir string }

func connectionsBeside(vault string) connections {
	return connections{filepath.Join(filepath.Dir(vault), "connections")}
}

// all reads every connection that is there. A file that is none is named in the log and left where it is.
func (c connections) all() []api.Profile {
	files, err := os.ReadDir(c.dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		slog.Warn("connections", "err", err)
	}
	var list []api.Profile
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".json") {
			continue
		}
		p, err := readConnection(filepath.Join(c.dir, f.Name()))
		if err != nil {
			slog.Warn("connections", "file", f.Name(), "code", fault.CodeOf(err))
			continue
		}
		list = append(list, p)
	}
	return list
}

// readConnection reads one file: codeConnection when it is not a connection, whole.
func readConnection(path string) (api.Profile, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return api.Profile{}, fault.Wrap(codeConnection, "connection.read", filepath.Base(path), err)
	}
	var p api.Profile
	if err := json.Unmarshal(data, &p); err != nil {
		return p, fault.Wrap(codeConnection, "connection.read", filepath.Base(path), err)
	}
	if p.ID == "" || strings.ContainsAny(p.ID, `/\.`) || len(p.SignKey) != 32 || len(p.Pins) == 0 || p.Recipient == "" || !strings.HasPrefix(p.BaseURL, "https://") {
		return p, fault.New(codeConnection, "connection.read", filepath.Base(path))
	}
	return p, nil
}

// add keeps a connection for the next start.
func (c connections) add(p api.Profile) error {
	data, err := json.MarshalIndent(p, "", "\t")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(c.dir, 0o700); err != nil {
		return fault.Wrap(codeConnection, "connection.add", p.ID, err)
	}
	if err := os.WriteFile(filepath.Join(c.dir, p.ID+".json"), data, 0o600); err != nil {
		return fault.Wrap(codeConnection, "connection.add", p.ID, err)
	}
	return nil
}

// doors are the mutuals as the first run shows them: those of the program, and those that a connection leads to.
type doors struct {
	kept  connections
	known []mutual.Profile
	lines map[string]api.Profile // by the mutual's id
}

func openDoors(vault string) (*doors, error) {
	known, err := mutual.LoadAll(assets.Mutuals())
	if err != nil {
		return nil, err
	}
	d := &doors{kept: connectionsBeside(vault), known: known, lines: map[string]api.Profile{}}
	for _, p := range d.kept.all() {
		d.lines[p.ID] = p
	}
	return d, nil
}

// rulesOf are those of a mutual that the program knows; the zero Profile for another.
func (d *doors) rulesOf(id string) mutual.Profile {
	for _, p := range d.known {
		if p.ID == id {
			return p
		}
	}
	return mutual.Profile{}
}

// demoMutual is invented: it is shown only to who is connected to it.
const demoMutual = "aurora"

// mutuals lists the connected ones first, each in the program's order.
func (d *doors) mutuals() []firstrun.Mutual {
	var connected, others []firstrun.Mutual
	for _, rules := range d.known {
		if line, ok := d.lines[rules.ID]; ok {
			connected = append(connected, firstrun.Mutual{Rules: rules, Portal: portalOf(line)})
			continue
		}
		if rules.ID != demoMutual {
			others = append(others, firstrun.Mutual{Rules: rules})
		}
	}
	for id, line := range d.lines {
		if d.rulesOf(id).ID == "" {
			connected = append(connected, firstrun.Mutual{Rules: mutual.Profile{ID: id, Name: line.Name}, Portal: portalOf(line)})
		}
	}
	return append(connected, others...)
}

// portalOf asks a mutual on behalf of a computer that is not activated yet.
func portalOf(line api.Profile) account.Portal {
	return portal.New(engine.NewWire(line, nil, rand.Reader), nil, rand.Reader)
}

// connect takes a connection from a file once the mutual answered and said its rules, which only its own key can sign.
func (d *doors) connect(ctx context.Context, path string) (firstrun.Mutual, error) {
	line, err := readConnection(path)
	if err != nil {
		return firstrun.Mutual{}, err
	}
	p := portalOf(line)
	rules, err := p.Rules(ctx)
	if err != nil {
		return firstrun.Mutual{}, err
	}
	if rules.ID != line.ID {
		return firstrun.Mutual{}, fault.New(codeConnection, "connection.rules", rules.ID)
	}
	if err := d.kept.add(line); err != nil {
		return firstrun.Mutual{}, err
	}
	d.lines[line.ID] = line
	return firstrun.Mutual{Rules: rules, Portal: p}, nil
}
