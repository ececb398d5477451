package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/parcel"
	"github.com/sodale/sodale/storage"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/engine"
	"github.com/sodale/sodale/ui/screen/queue"
)

// runCarry takes what waits to a folder, or the mutual's answers out of one, or a folder on into another. None needs the
// password: what is frozen is sealed already, and whoever copies a folder on needs no vault.
func runCarry(args []string, stdout, stderr io.Writer) int {
	f := flags("carry", stderr)
	dir, out := dataFlag(f), f.String("out", "", "the stick or folder to write to")
	back := f.String("back", "", "the stick or folder to take the mutual's answers from")
	from := f.String("from", "", "with --out: somebody's stick or folder to copy on, instead of this vault's queue")
	if f.Parse(args) != nil || (*out == "") == (*back == "") || *from != "" && *out == "" {
		f.Usage()
		return 2
	}
	var done any
	var err error
	switch ctx := context.Background(); {
	case *back != "":
		done, err = withOutbox(*dir, func(v *storage.Store, p api.Profile) (any, error) { return carryBack(ctx, v, p, *back) })
	case *from != "":
		done, err = carryOn(ctx, *from, *out)
	default:
		done, err = withOutbox(*dir, func(v *storage.Store, p api.Profile) (any, error) { return carryOut(ctx, v, p, *out) })
	}
	if err != nil {
		fmt.Fprintln(stderr, "sodale:", fault.CodeOf(err))
		return 1
	}
	_ = json.NewEncoder(stdout).Encode(done)
	return 0
}

// withOutbox opens a vault without unlocking it.
func withOutbox(dir string, do func(*storage.Store, api.Profile) (any, error)) (any, error) {
	store, err := storage.Open(dir, storage.Options{})
	if err != nil {
		return nil, err
	}
	defer store.Close()
	var profile api.Profile
	raw, err := store.Profile(context.Background())
	if err == nil {
		err = json.Unmarshal(raw, &profile)
	}
	if err != nil {
		return nil, err
	}
	return do(store, profile)
}

// carryOut writes what waits into a place (*Porta via*).
func carryOut(ctx context.Context, store *storage.Store, profile api.Profile, place string) (parcel.Posted, error) {
	folder, err := parcel.Create(place)
	if err != nil {
		return parcel.Posted{}, err
	}
	done, err := engine.Carry(ctx, folder, profile, store, store.Device(), store.Key())
	return done, errors.Join(err, folder.Close())
}

// returned is what the answers in a place did.
type returned struct {
	engine.Brought
	Unread int `json:"unread"` // files that are damaged
}

// carryBack takes the mutual's answers from a place.
func carryBack(ctx context.Context, store *storage.Store, profile api.Profile, place string) (returned, error) {
	folder, err := parcel.Open(place)
	if err != nil {
		return returned{}, err
	}
	list, unread := folder.Answers()
	done, err := engine.Receive(ctx, profile, store, list)
	return returned{done, len(unread)}, errors.Join(err, folder.Close())
}

// carried is what was copied on.
type carried struct {
	Copied int `json:"copied"` // letters and answers
	Unread int `json:"unread"` // that are damaged or not whole
}

func carryOn(ctx context.Context, from, to string) (carried, error) {
	source, err := parcel.Open(from)
	if err != nil {
		return carried{}, err
	}
	defer func() { _ = source.Close() }()
	folder, err := parcel.Create(to)
	if err != nil {
		return carried{}, err
	}
	n, unread, err := parcel.Copy(ctx, source, folder)
	return carried{n, len(unread)}, errors.Join(err, folder.Close())
}

// takeAway writes what waits into a place, for the window.
func (h *house) takeAway(ctx context.Context, place string) (int, error) {
	done, err := carryOut(ctx, h.store, h.mutual(), place)
	return done.Letters, err
}

// bringBack takes the mutual's answers from a place, for the window.
func (h *house) bringBack(ctx context.Context, place string) (queue.Brought, error) {
	done, err := carryBack(ctx, h.store, h.mutual(), place)
	return queue.Brought{Delivered: done.Delivered, Refused: done.Refused, Wrong: done.Unproved + done.Unread}, err
}
