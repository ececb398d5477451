package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"image/jpeg"
	"os/exec"

	"github.com/sodale/sodale/app/clock"
	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/print"
	"github.com/sodale/sodale/app/privacy"
	"github.com/sodale/sodale/app/takeout"
	"github.com/sodale/sodale/assets"
	"github.com/sodale/sodale/ui/desktop"
)

// membership is what the pages under the member's name need. left goes on after the member left this computer.
func (h *house) membership(left func()) *desktop.Membership {
	m := &desktop.Membership{Account: h.access(), Requests: h.requests, Rules: h.rules, FactorSheet: h.factorSheet, RecoverySheet: h.recoverySheet,
		Print: printer(), Photo: h.photo, ChooseFolder: chooseFolder, Takeout: h.takeout, OpenFolder: openFolder,
		Leaving: h.leaving, Leave: h.leave, Left: left}
	if h.keyring().offered() {
		m.CanRemember = func() bool { return true }
		m.Remembered, m.Remember = h.store.HasKeyring, h.keyring().set
	}
	return m
}

// rules are the mutual's, as it last said them; the zero Profile before it said any.
func (h *house) rules() mutual.Profile {
	rules, err := h.store.Rules(context.Background())
	if err != nil {
		return mutual.Profile{ID: h.mutual().ID, Name: h.mutual().Name, Contacts: mutual.Contacts{Phone: h.mutual().Phone}}
	}
	return rules
}

// printFonts are those of every paper.
func printFonts() print.Fonts {
	return print.Fonts{Regular: assets.Font("SourceSans3-Regular.ttf"), Semibold: assets.Font("SourceSans3-Semibold.ttf"),
		Mono: assets.Font("AtkinsonHyperlegibleMono_400Regular.ttf")}
}

// factorSheet draws the recovery codes of the second factor.
func (h *house) factorSheet(codes []string) ([]byte, error) {
	var b bytes.Buffer
	err := print.FactorCodes(&b, printFonts(), print.FactorSheet{Codes: codes, Area: h.rules().Area, User: h.store.User(), MadeAt: clock.System{}.Now().UTC()})
	return b.Bytes(), err
}

// recoverySheet draws the code that opens this vault.
func (h *house) recoverySheet(code string) ([]byte, error) {
	household, err := h.store.Household(context.Background())
	if err != nil {
		return nil, err
	}
	return recoverySheet(code, h.mutual().Name, household.Holder.FullName())
}

func recoverySheet(code, mutual, holder string) ([]byte, error) {
	var b bytes.Buffer
	err := print.Recovery(&b, printFonts(), print.RecoverySheet{Code: code, Mutual: mutual, Holder: holder, Computer: computerName(), MadeAt: clock.System{}.Now().UTC()})
	return b.Bytes(), err
}

// codePrint is the code of a printer that did not take a paper.
const codePrint fault.Code = "printer.failed"

// printer sends a PDF to the default printer by the system's own command, which reads it from a pipe: a secret never lies in a
// file. It is nil where there is no such command.
func printer() func(ctx context.Context, name string, pdf []byte) error {
	lp, err := exec.LookPath("lp")
	if err != nil {
		return nil
	}
	return func(ctx context.Context, name string, pdf []byte) error {
		cmd := exec.CommandContext(ctx, lp, "-t", name)
		cmd.Stdin = bytes.NewReader(pdf)
		if err := cmd.Run(); err != nil {
			return fault.Wrap(codePrint, "print", "", err)
		}
		return nil
	}
}

// photo makes a small JPEG of the first page of a picture, through the previewer's worker: each try is smaller, until it fits.
func (h *house) photo(ctx context.Context, data []byte) ([]byte, error) {
	for _, side := range []int{480, 360, 240, 160} {
		picture, err := h.previewer.Page(ctx, data, document.Request{MaxWidth: side, MaxHeight: side})
		if err != nil {
			return nil, err
		}
		for _, quality := range []int{85, 70, 50} {
			var b bytes.Buffer
			if err := jpeg.Encode(&b, picture, &jpeg.Options{Quality: quality}); err != nil {
				return nil, err
			}
			if b.Len() <= member.MaxPhoto {
				return b.Bytes(), nil
			}
		}
	}
	return nil, fault.New(document.CodeTooLarge, "photo", "")
}

// takeout writes a copy of everything that is held about the member into a folder of its own inside folder.
func (h *house) takeout(ctx context.Context, folder string, progress func(done, total int64)) (string, error) {
	now := clock.System{}.Now()
	c := takeout.Copier{Source: h.store, Sealer: &h.sealer, Fonts: printFonts(), Clock: clock.System{}, Random: rand.Reader,
		Mutual: takeout.Mutual{ID: h.mutual().ID, Name: h.mutual().Name}, Program: "Sodale " + version, Progress: progress}
	r, err := c.Copy(ctx, folder, "Sodale-"+now.Format("2006-01-02-150405"))
	return r.Path, err
}

// leaving tells what leaving this computer would take.
func (h *house) leaving(ctx context.Context) (privacy.Leaving, error) {
	return h.store.Leaving(ctx)
}

// leave removes the vault and what the keyring has of it from this computer, and looks afterwards. While something waits for the
// mutual it changes nothing, unless anyway.
func (h *house) leave(ctx context.Context, anyway bool) (privacy.Leaving, error) {
	found, err := h.leaving(ctx)
	if err != nil || !found.NothingWaits() && !anyway {
		return found, err
	}
	if h.store.HasKeyring() {
		if err := h.keyring().set(ctx, false); err != nil {
			return found, err
		}
	}
	h.rest()
	return h.store.Leave(ctx, anyway)
}
