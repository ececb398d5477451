package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/parcel"
	"github.com/sodale/sodale/sync/mutuad/server"
)

// codeNotTaken is the code of an import some of whose letters were refused, or are not whole. Item is the first of them.
const codeNotTaken fault.Code = "import.not-taken"

// claimImport takes in what somebody carried here in a folder, and puts the answers into it. It fails when something was not taken,
// after the rest was.
func (p *program) claimImport(ctx context.Context, args []string) (err error) {
	f := p.flags("claim import")
	actor := f.String("actor", "desk", "who brings it, for the audit")
	var out carriers
	out.flags(f)
	words, err := parse(f, args, "FOLDER")
	if err != nil {
		return err
	}
	a, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer closing(a, &err)
	postman, err := out.postman(a)
	if err != nil {
		return err
	}
	folder, err := parcel.Open(words[0])
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, folder.Close()) }()
	s := server.New(server.Config{Archive: a, Post: postman, Log: slog.New(slog.NewJSONHandler(p.err, &slog.HandlerOptions{Level: slog.LevelWarn}))})
	defer s.Posted()
	all, err := s.TakeParcel(ctx, folder, *actor)
	if shown := p.showImport(all); err == nil {
		err = shown
	}
	return err
}

// showImport prints what became of each letter.
func (p *program) showImport(all []server.Carried) error {
	var lines strings.Builder
	var first *server.Carried
	for i, c := range all {
		said := c.Number
		if c.Code != "" {
			said = strings.TrimSpace("refused: " + c.Code + " " + c.Field)
			if first == nil {
				first = &all[i]
			}
		}
		_, _ = fmt.Fprintf(&lines, "%s  %s/%d  %s\n", c.Name, c.Subject, c.Revision, said)
	}
	if err := p.print(append([]server.Carried{}, all...), "%s", lines.String()); err != nil || first == nil {
		return err
	}
	return fault.New(codeNotTaken, "mutuad.import", first.Name)
}
