// Package visit is a person before the window of a gallery.World in a test: every step must go well, and what is read is
// compared with the words of the translation files. No program may import it.
package visit

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/ui/desktop"
	"github.com/sodale/sodale/ui/gallery"
	"github.com/sodale/sodale/ui/screen/settings"
	"github.com/sodale/sodale/ui/words"
)

// Visitor is that person.
type Visitor struct {
	*gallery.World
	t testing.TB
}

// Password is what opens the vault, and what the mutual has as the account's password.
const Password = "tiglio-lanterna-42"

// Open goes through the door to a page. edit changes the world before.
func Open(t testing.TB, to desktop.Screen, edit ...func(*gallery.World)) *Visitor {
	t.Helper()
	v := &Visitor{gallery.NewPromptWorld(settings.Default), t}
	t.Cleanup(v.Close)
	for _, e := range edit {
		e(v.World)
	}
	v.must(v.Unlock())
	v.Go(to, "")
	return v
}

func (v *Visitor) must(err error) {
	v.t.Helper()
	if err != nil {
		v.t.Fatal(err)
	}
}

// Go shows a page.
func (v *Visitor) Go(to desktop.Screen, id string) {
	v.t.Helper()
	v.Shell.Go(desktop.Place{Screen: to, ID: id})
	v.Words() // does what was asked for meanwhile
}

// Press presses the part that is called like a key of the translation files.
func (v *Visitor) Press(key string, values ...any) {
	v.t.Helper()
	v.must(v.World.Press(words.T(key, values...)))
}

// PressText presses the part of that name.
func (v *Visitor) PressText(name string) {
	v.t.Helper()
	v.must(v.World.Press(name))
}

// Fill types into the field of a key.
func (v *Visitor) Fill(key, text string, values ...any) {
	v.t.Helper()
	v.must(v.World.Fill(words.T(key, values...), text))
}

// Choose takes an option of the field of a key.
func (v *Visitor) Choose(key, option string) {
	v.t.Helper()
	v.must(v.World.Choose(words.T(key), option))
}

// See fails unless the sentence of a key is there.
func (v *Visitor) See(key string, values ...any) {
	v.t.Helper()
	v.SeeText(words.T(key, values...))
}

// SeeText fails unless the words are there.
func (v *Visitor) SeeText(text string) {
	v.t.Helper()
	if !v.Sees(text) {
		v.t.Fatalf("%q is not there; seen: %q", text, v.Words())
	}
}

// NotSee fails when the words are there.
func (v *Visitor) NotSee(text string) {
	v.t.Helper()
	if v.Sees(text) {
		v.t.Errorf("%q is there", text)
	}
}

// SeeInOrder fails unless the texts are seen one after the other.
func (v *Visitor) SeeInOrder(texts ...string) {
	v.t.Helper()
	all := v.Words()
	for _, text := range texts {
		i := slices.IndexFunc(all, func(w string) bool { return strings.Contains(w, text) })
		if i < 0 {
			v.t.Fatalf("%q is not there, or not in that order; left: %q", text, all)
		}
		all = all[i+1:]
	}
}

// Clipboard is what was copied last.
func (v *Visitor) Clipboard() string { return fyne.CurrentApp().Clipboard().Content() }

// Escape presses Esc.
func (v *Visitor) Escape() {
	v.t.Helper()
	v.Key(fyne.KeyEscape)
}
