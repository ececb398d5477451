package main

import (
	"context"
	"errors"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/ui/words"
)

// act is one step of the tour: its name, also of its picture, and what a person does.
type act struct {
	name string
	do   func() error
}

// script is the main job, step by step, in the words of the screens.
func (t *tour) script() []act {
	w, say := t.window, func(key string) string { return words.T(key) }
	press := func(key string) error { return w.Press(say(key)) }
	await := func(key string) error { return w.AwaitWords(say(key), tourPatience) }
	field := func(name string) string { return say("newclaim.field." + name) }
	return []act{
		{"sblocco", func() error { return await("unlock.open") }},
		{"panoramica", func() error {
			return errors.Join(w.Fill(say("unlock.password"), t.mutual.password), press("unlock.open"), await("shell.screen.overview"),
				w.AwaitWords("000000003423", tourPatience))
		}},
		{"rete-tagliata", func() error {
			t.cable.cut()
			t.house.line().Poke()
			return w.AwaitWords(say("queue.chip.offline"), tourPatience)
		}},
		{"richiesta-dati", func() error {
			return errors.Join(press("shell.new"), press("shell.new.refund"), await("newclaim.basics.title"))
		}},
		{"richiesta-documenti", func() error { return errors.Join(press("newclaim.continue"), await("newclaim.drop.title")) }},
		{"richiesta-file", func() error { return errors.Join(w.Drop(t.result.Files...), t.awaitFiles(2), t.awaitPreview()) }},
		{"richiesta-compilata", func() error {
			return errors.Join(
				w.Choose(field("service"), "Visite specialistiche"), // as the plan calls it
				w.Fill(field("amount"), "36,15"),
				w.Fill(field("number"), "2026/004817"),
				w.Fill(field("issuedOn"), civil.Of(time.Now()).AddDays(-7).Italian()),
				w.Fill(field("provider"), "Ospedale San Rocco"),
				w.Choose(field("province"), "Milano"),
				await("newclaim.missing.none"))
		}},
		{"riepilogo", func() error { return errors.Join(press("newclaim.continue"), await("newclaim.review.title")) }},
		{"in-coda", func() error { return errors.Join(press("newclaim.send"), await("newclaim.sent.queued")) }},
		{"consegnata", func() error {
			t.cable.mend()
			t.house.line().Poke()
			return errors.Join(t.awaitState(claim.Registered), await("newclaim.sent.delivered"))
		}},
		{"pratica", func() error { return errors.Join(press("newclaim.sent.show"), await("claims.action.receipt")) }},
		{"ricevuta-firmata", func() error { return errors.Join(press("claims.action.receipt"), await("claims.receipt.verified")) }},
		{"tessera", func() error {
			return errors.Join(press("claims.close"), w.Press(say("shell.screen.card")), await("card.offline"))
		}},
	}
}

// awaitFiles waits until the draft in the vault holds n files.
func (t *tour) awaitFiles(n int) error {
	return t.window.Await("the files", tourPatience, func() bool {
		rows, err := t.house.desk.List(context.Background())
		return err == nil && len(rows) == 1 && len(rows[0].Claim.Attachments()) == n
	})
}

// awaitPreview waits until the page counter of the preview is there.
func (t *tour) awaitPreview() error {
	page := words.T("kit.page.count", "Page", 1, "Pages", 1)
	return t.window.AwaitWords(page, tourPatience)
}

// awaitState waits until the claim stands so.
func (t *tour) awaitState(want claim.State) error {
	return t.window.Await(string(want), tourPatience, func() bool {
		rows, err := t.house.desk.List(context.Background())
		return err == nil && len(rows) == 1 && rows[0].State == want
	})
}
