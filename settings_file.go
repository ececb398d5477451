package main

import (
	"encoding/json"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/sodale/sodale/ui/screen/settings"
)

// settingsOf is how the window looked when it was left. It holds nothing about a person, so it lies outside the vault, where
// the unlock screen can read it.
type settingsOf = settings.Settings

func loadSettings(path string) settingsOf {
	s := settings.Default
	if data, err := os.ReadFile(path); err == nil && json.Unmarshal(data, &s) != nil {
		return settings.Default
	}
	return settings.Valid(s)
}

// saveSettings replaces the file whole: a power cut leaves the old or the new one.
func saveSettings(path string, s settingsOf) {
	data, err := json.Marshal(s)
	if err == nil {
		err = os.MkdirAll(filepath.Dir(path), 0o700)
	}
	if err == nil {
		err = os.WriteFile(path+".new", data, 0o600)
	}
	if err == nil {
		err = os.Rename(path+".new", path)
	}
	if err != nil {
		slog.Warn("settings", "err", err)
	}
}
