// Package settings is *Aspetto e lettura*: the look, the size of text and the language, each at work as soon as it is
// chosen (UX sections 2 and 8).
package settings

import (
	"slices"

	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/words"
)

// Settings is what a member chose for this computer. It holds nothing about a person.
type Settings struct {
	Look     theme.Look `json:"look"`
	Text     int        `json:"text"` // per cent, one of theme.TextSizes
	Language string     `json:"language"`
	Width    float32    `json:"width"` // of the window, as it was left
	Height   float32    `json:"height"`
	Idle     int        `json:"idle"` // minutes with nobody there before the program locks itself, LeastIdle to MostIdle
	// Told is the fingerprints of what the desktop was told of and is not read yet, with spaces between: nothing is told twice.
	Told string `json:"told,omitempty"`
}

// Minutes with nobody there before the program locks itself.
const (
	LeastIdle   = 1
	MostIdle    = 30
	DefaultIdle = 10
)

// IdleChoices are the minutes that are offered.
var IdleChoices = []int{1, 2, 5, 10, 15, 20, 30}

// The window as it opens for the first time, and the smallest that is taken from a stored setting. The first one fits a
// screen of 1366 × 768 with its bars.
const (
	FirstWidth  = 1280
	FirstHeight = 690
	LeastWidth  = 640
	LeastHeight = 480
)

// Default is what a program that was never asked begins with.
var Default = Settings{Look: theme.Light, Text: 100, Language: words.Italian, Width: FirstWidth, Height: FirstHeight, Idle: DefaultIdle}

// Languages are those there are, each called in its own words.
var Languages = []struct{ Code, Name string }{{words.Italian, "Italiano"}, {words.English, "English"}}

// Valid returns s with everything that can't be used replaced by its default, as a file from elsewhere may hold anything.
func Valid(s Settings) Settings {
	if !slices.Contains(theme.Looks, s.Look) {
		s.Look = Default.Look
	}
	if !slices.Contains(theme.TextSizes, s.Text) {
		s.Text = theme.New(theme.Settings{Text: s.Text}).Settings().Text
	}
	if s.Language != words.Italian && s.Language != words.English {
		s.Language = Default.Language
	}
	if !(s.Width >= LeastWidth && s.Width < 1e5) || !(s.Height >= LeastHeight && s.Height < 1e5) {
		s.Width, s.Height = Default.Width, Default.Height
	}
	if s.Idle < LeastIdle || s.Idle > MostIdle {
		s.Idle = DefaultIdle
	}
	return s
}
