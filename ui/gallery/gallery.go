// Package gallery takes a picture of every screen in every state: the real window over the real claim.Desk, with a vault
// in memory, a previewer that knows the sample files, and a line that is what the scene says. Whoever changes a screen
// looks at all of it at once; tests of the screens use the same World.
package gallery

import (
	"fmt"
	"html/template"
	"io"
	"os"
	"path/filepath"

	"github.com/sodale/sodale/ui/screen/settings"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/words"
)

// Variant is one way to see a screen.
type Variant struct {
	Name          string
	Look          theme.Look
	Text          int // per cent
	Language      string
	Width, Height float32
}

// Variants are all the ways.
var Variants = []Variant{
	{"chiaro-1280x800", theme.Light, 100, words.Italian, 1280, 800},
	{"chiaro-1366x768", theme.Light, 100, words.Italian, 1366, 768},
	{"scuro-1280x800", theme.Dark, 100, words.Italian, 1280, 800},
	{"contrasto-1280x800", theme.HighContrast, 100, words.Italian, 1280, 800},
	{"200-1280x800", theme.Light, 200, words.Italian, 1280, 800},
	{"200-1024x700", theme.Light, 200, words.Italian, 1024, 700},
	{"english-1280x800", theme.Light, 100, words.English, 1280, 800},
}

// Picture is one file that Write wrote.
type Picture struct{ Scene, Variant, File string }

// Write draws every scene in every variant into a folder, with an index.html that shows them side by side. keep, if not
// nil, chooses which. It returns what it wrote; the first scene that can't be reached ends it.
func Write(dir string, keep func(Scene, Variant) bool) ([]Picture, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	var pictures []Picture
	for _, s := range Scenes {
		for _, v := range Variants {
			if keep != nil && !keep(s, v) {
				continue
			}
			p := Picture{s.Name, v.Name, s.Name + "--" + v.Name + ".png"}
			if err := takePicture(s, v, filepath.Join(dir, p.File)); err != nil {
				return pictures, fmt.Errorf("%s in %s: %w", s.Name, v.Name, err)
			}
			pictures = append(pictures, p)
		}
	}
	return pictures, writeIndex(filepath.Join(dir, "index.html"), pictures)
}

// takePicture takes one picture.
func takePicture(s Scene, v Variant, path string) error {
	w := NewWorld(v.settings())
	defer w.Close()
	w.Resize(v.Width, v.Height)
	if err := s.Play(w); err != nil {
		return err
	}
	return w.Picture(path)
}

func (v Variant) settings() settings.Settings {
	return settings.Settings{Look: v.Look, Text: v.Text, Language: v.Language, Width: v.Width, Height: v.Height}
}

var index = template.Must(template.New("index").Parse(`<!doctype html><meta charset="utf-8"><title>Sodale</title>
<style>body{font:16px sans-serif;margin:2em}img{width:31%;margin:.5%;border:1px solid #ccc}</style>
{{range .}}<a href="{{.File}}"><img src="{{.File}}" alt="{{.Scene}}, {{.Variant}}" title="{{.Scene}}, {{.Variant}}" loading="lazy"></a>
{{end}}`))

func writeIndex(path string, pictures []Picture) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := index.Execute(io.Writer(f), pictures); err != nil {
		return err
	}
	return f.Close()
}
