// Package assets holds everything that the program shows or uses but did not compute: fonts, icons, translations, the
// list of provinces and what reads scans (folder ocr). It knows no toolkit: callers get bytes. The licences of what comes
// from others lie in folder licences and are embedded too, since they must travel with the program.
package assets

import (
	"embed"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/sodale/sodale/assets/places"
)

//go:embed fonts/*.ttf
var fonts embed.FS

//go:embed icons/*.svg icons/regular/*.svg icons/fill/*.svg
var icons embed.FS

//go:embed translations/*/*.json
var translations embed.FS

//go:embed licences/*
var licences embed.FS

//go:embed icon.png
var appIcon []byte

// AppIcon returns the program's icon as PNG, 128 pixels wide.
func AppIcon() []byte { return appIcon }

// Font returns the bytes of a font file, for example "SourceSans3-Regular.ttf", or nil when there is none of that name.
func Font(file string) []byte { return read(fonts, "fonts/"+file) }

// Icon returns an icon as SVG by its Phosphor name, for example "clock", regular or filled. nil when it is not among
// those that icons/list.txt names.
func Icon(name string, filled bool) []byte {
	folder := "icons/regular/"
	if filled {
		folder = "icons/fill/"
	}
	return read(icons, folder+name+".svg")
}

// Drawing returns a drawing of our own as SVG: "logo-left" and "logo-right" (the two halves of the mark, one colour
// each) or "app" (the icon of the program).
func Drawing(name string) []byte { return read(icons, "icons/"+name+".svg") }

// Translations returns every translation file of a language ("it", "en") by its name without ".json".
func Translations(language string) map[string][]byte {
	return all(translations, "translations/"+language)
}

// Licences returns the licence texts of what others made, by file name.
func Licences() map[string][]byte { return all(licences, "licences") }

// Province is one of the 107 provinces that expenses are made in (CLM-11).
type Province struct {
	Code string // two capital letters, "MI"
	Name string // "Milano"
}

// Provinces lists the provinces by name.
func Provinces() []Province {
	var list []Province
	for _, p := range places.Provinces() {
		if p.To == "" {
			list = append(list, Province{Code: p.Code, Name: p.Name})
		}
	}
	key := strings.NewReplacer("ì", "i", "’", "")
	slices.SortFunc(list, func(a, b Province) int { return strings.Compare(key.Replace(a.Name), key.Replace(b.Name)) })
	return list
}

// ProvinceName returns the name of a province by its code, or the code itself when it is unknown.
func ProvinceName(code string) string {
	for _, p := range Provinces() {
		if p.Code == code {
			return p.Name
		}
	}
	return code
}

func read(files embed.FS, name string) []byte {
	data, err := files.ReadFile(name)
	if err != nil {
		return nil
	}
	return data
}

func all(files embed.FS, folder string) map[string][]byte {
	found := map[string][]byte{}
	entries, err := fs.ReadDir(files, folder)
	if err != nil {
		return found
	}
	for _, e := range entries {
		found[strings.TrimSuffix(e.Name(), ".json")] = read(files, path.Join(folder, e.Name()))
	}
	return found
}
