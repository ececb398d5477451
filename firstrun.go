package main

import (
	"context"
	"errors"
	"strings"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/identity"
	"github.com/sodale/sodale/storage"
	"github.com/sodale/sodale/ui/desktop"
	"github.com/sodale/sodale/ui/screen/firstrun"
)

// householdWait is how long a new vault waits for the mutual to say who its member is. Without it the program goes on: the word
// comes later.
const householdWait = 10 * time.Second

// threshold is the first run as the program serves it: it makes the vault in dir and keeps the open house for the window.
type threshold struct {
	dir   string
	doors *doors

	mu    sync.Mutex
	house *house
}

// beginsHere reports whether an error of opening the vault means that there is none, so that the first run makes one.
func beginsHere(err error) bool {
	return errors.Is(err, fault.New(identity.CodeNoVault, "", ""))
}

// gone reports whether an error of opening the vault means that its key was destroyed from another computer: the door says so,
// and the first run may begin anew.
func gone(err error) bool {
	return errors.Is(err, fault.New(storage.CodeDestroyed, "", ""))
}

// open reads which mutuals there are.
func (t *threshold) open() error {
	d, err := openDoors(t.dir)
	t.doors = d
	return err
}

// outside is what the first run needs.
func (t *threshold) outside(s desktop.Services, window fyne.Window) firstrun.Outside {
	o := firstrun.Outside{Mutuals: t.doors.mutuals(), Found: t.found, Device: computerName()}
	o.AddConnection = func(ctx context.Context) (firstrun.Mutual, error) {
		path := choosePath(s, window)
		if path == "" {
			return firstrun.Mutual{}, nil
		}
		return t.doors.connect(ctx, path)
	}
	save := s.SaveFile
	if save == nil {
		save = saveInside(window)
	}
	o.SaveRecovery = func(ctx context.Context, p firstrun.Paper) (string, error) {
		pdf, err := recoverySheet(p.Code, p.Mutual, p.Name)
		if err != nil {
			return "", err
		}
		return save(ctx, "Sodale-codice-di-recupero.pdf", pdf)
	}
	if send := printer(); send != nil {
		o.PrintRecovery = func(ctx context.Context, p firstrun.Paper) error {
			pdf, err := recoverySheet(p.Code, p.Mutual, p.Name)
			if err != nil {
				return err
			}
			return send(ctx, "Sodale", pdf)
		}
	}
	return o
}

// found makes the vault, opens it and waits a while for the first word of the mutual.
func (t *threshold) found(ctx context.Context, f firstrun.Founding) (string, error) {
	line := t.doors.lines[f.Rules.ID]
	code, err := found(t.dir, founding{line: line, rules: f.Rules, device: f.Device, user: f.User, password: f.Password})
	if err != nil {
		return "", err
	}
	h, err := openHouse(t.dir, nil)
	if err != nil {
		return "", err
	}
	t.mu.Lock()
	t.house = h
	t.mu.Unlock()
	if err := h.Unlock(ctx, []byte(f.Password)); err != nil {
		return "", err
	}
	waiting, cancel := context.WithTimeout(ctx, householdWait)
	defer cancel()
	if err := h.awaitHousehold(waiting); err != nil && ctx.Err() != nil {
		return "", ctx.Err()
	}
	return code, nil
}

// made is the house that found opened, nil before.
func (t *threshold) made() *house {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.house
}

// close closes the house that found opened.
func (t *threshold) close() {
	if h := t.made(); h != nil {
		h.close()
	}
}

// choosePath lets the member choose one file, and blocks until they did; "" = they thought better of it.
func choosePath(s desktop.Services, window fyne.Window) string {
	answer := make(chan string, 1)
	first := func(paths []string) { answer <- strings.Join(paths[:min(1, len(paths))], "") }
	fyne.Do(func() {
		if s.ChooseFiles != nil {
			s.ChooseFiles(window, first)
			return
		}
		dialog.ShowFileOpen(func(r fyne.URIReadCloser, err error) {
			if err != nil || r == nil {
				first(nil)
				return
			}
			_ = r.Close()
			first([]string{r.URI().Path()})
		}, window)
	})
	return <-answer
}
