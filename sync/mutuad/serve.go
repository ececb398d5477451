package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/archive"
	"github.com/sodale/sodale/sync/mutuad/server"
)

// codeUnnamed is the code of a mutual that `mutuad setup` or `mutuad demo` has still to name.
const codeUnnamed fault.Code = "mutual.unnamed"

// setup names the mutual.
func (p *program) setup(ctx context.Context, args []string) (err error) {
	var m archive.Mutual
	f := p.flags("setup")
	f.StringVar(&m.ID, "id", "", "short name that clients know the mutual by, for ever")
	f.StringVar(&m.Name, "name", "", "name that people know")
	f.StringVar(&m.Phone, "phone", "", "number to call")
	if _, err := parse(f, args); err != nil {
		return err
	}
	if m.ID == "" || m.Name == "" {
		return &usageError{"setup: needs --id and --name"}
	}
	a, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer closing(a, &err)
	if err := a.SetMutual(ctx, m); err != nil {
		return err
	}
	return p.print(m, "%s: %s\n", m.ID, m.Name)
}

// ready is the line that serve prints when it answers.
type ready struct {
	URL     string `json:"url"`
	Profile string `json:"profile"` // path of the file
}

// serve answers until it is told to end. One line of JSON says when it is ready.
func (p *program) serve(ctx context.Context, args []string) (err error) {
	f := p.flags("serve")
	listen := f.String("listen", "127.0.0.1:8443", "address; port 0 takes a free one")
	public := f.String("url", "", "address that clients use, if it is another one")
	hosts := f.String("hosts", "localhost,127.0.0.1,::1", "names and addresses for a new certificate")
	level := slog.LevelWarn
	f.TextVar(&level, "log", slog.LevelWarn, "DEBUG, INFO, WARN or ERROR")
	perSecond := f.Float64("rate", server.DefaultRate.PerSecond, "requests a second of one token")
	var out carriers
	out.flags(f)
	if _, err := parse(f, args); err != nil {
		return err
	}
	a, err := p.open(ctx, strings.Split(*hosts, ",")...)
	if err != nil {
		return err
	}
	defer closing(a, &err)
	postman, err := out.postman(a)
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", *listen)
	if err != nil {
		return err
	}
	if *public == "" {
		*public = "https://" + l.Addr().String()
	}
	if err := p.announce(ctx, a, *public); err != nil {
		return errors.Join(err, l.Close())
	}
	s := server.New(server.Config{Archive: a, Post: postman, URL: *public, Log: slog.New(slog.NewJSONHandler(p.err, &slog.HandlerOptions{Level: level})),
		Rate: server.Rate{PerSecond: *perSecond, Burst: 2 * *perSecond}})
	return s.Serve(ctx, l)
}

// announce writes the profile into the data folder and says that the server is ready.
func (p *program) announce(ctx context.Context, a *archive.Archive, url string) error {
	profile, err := a.Profile(ctx, url)
	if err != nil {
		return err
	}
	if profile.ID == "" {
		return fault.New(codeUnnamed, "mutuad.serve", "")
	}
	text, err := json.MarshalIndent(profile, "", "  ")
	if err != nil {
		return err
	}
	path, err := filepath.Abs(p.profilePath())
	if err != nil {
		return err
	}
	if err := os.WriteFile(path+".new", append(text, '\n'), 0o600); err != nil {
		return err
	}
	if err := os.Rename(path+".new", path); err != nil {
		return err
	}
	line, err := json.Marshal(ready{URL: url, Profile: path})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(p.out, string(line))
	return err
}

func (p *program) profilePath() string { return filepath.Join(p.dataDir, "profile.json") }

// profile prints what a client needs to know, with the address of --url or of the last serve.
func (p *program) profile(ctx context.Context, args []string) (err error) {
	f := p.flags("profile")
	url := f.String("url", "", "address of the server")
	if _, err := parse(f, args); err != nil {
		return err
	}
	if *url == "" {
		var last api.Profile
		text, err := os.ReadFile(p.profilePath())
		if err != nil {
			return &usageError{"profile: needs --url, since `mutuad serve` never ran here"}
		}
		if err := json.Unmarshal(text, &last); err != nil {
			return err
		}
		*url = last.BaseURL
	}
	a, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer closing(a, &err)
	profile, err := a.Profile(ctx, *url)
	if err != nil {
		return err
	}
	return p.show(profile)
}

// epoch prints the epoch, or begins a new one.
func (p *program) epoch(ctx context.Context, args []string) (err error) {
	f := p.flags("epoch")
	renew := f.Bool("renew", false, "begin a new one: the data were restored from a backup")
	if _, err := parse(f, args); err != nil {
		return err
	}
	a, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer closing(a, &err)
	ask := a.Epoch
	if *renew {
		ask = a.RenewEpoch
	}
	epoch, err := ask(ctx)
	if err != nil {
		return err
	}
	return p.print(map[string]string{"epoch": epoch}, "%s\n", epoch)
}

// closing closes the archive and keeps the first error.
func closing(a *archive.Archive, err *error) {
	if closed := a.Close(); *err == nil {
		*err = closed
	}
}
