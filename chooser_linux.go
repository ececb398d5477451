package main

import (
	"context"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"github.com/rymdport/portal/filechooser"

	"github.com/sodale/sodale/app/intake"
	"github.com/sodale/sodale/ui/desktop"
	"github.com/sodale/sodale/ui/words"
)

// useDesktopChoosers takes the desktop's own dialogs for files, where there is a desktop that offers them.
func useDesktopChoosers(s *desktop.Services) {
	if os.Getenv("DBUS_SESSION_BUS_ADDRESS") == "" {
		return
	}
	s.ChooseFiles, s.SaveFile = chooseFiles, saveFile
}

func chooseFiles(_ fyne.Window, chosen func(paths []string)) {
	title := words.T("shell.choose-files")
	go func() {
		answers, err := filechooser.OpenFile("", title, &filechooser.OpenFileOptions{Multiple: true, Filters: []*filechooser.Filter{paperFilter()}})
		if err != nil {
			slog.Warn("chooser", "err", err)
		}
		paths := pathsOf(answers)
		fyne.Do(func() { chosen(paths) })
	}()
}

// paperFilter lets the names of papers through. Patterns tell capitals from small letters, and cameras write capitals.
func paperFilter() *filechooser.Filter {
	filter := &filechooser.Filter{Name: "PDF, JPG, TIF, PNG, HEIC"}
	for _, end := range intake.Extensions() {
		for _, pattern := range []string{"*" + end, "*" + strings.ToUpper(end)} {
			filter.Rules = append(filter.Rules, filechooser.Rule{Type: filechooser.GlobPattern, Pattern: pattern})
		}
	}
	return filter
}

func saveFile(_ context.Context, name string, data []byte) (string, error) {
	answers, err := filechooser.SaveFile("", words.T("shell.save-file"), &filechooser.SaveFileOptions{CurrentName: name})
	paths := pathsOf(answers)
	if err != nil || len(paths) == 0 {
		return "", err
	}
	return filepath.Base(paths[0]), os.WriteFile(paths[0], data, 0o600)
}

// pathsOf takes the paths out of file URIs.
func pathsOf(uris []string) (paths []string) {
	for _, text := range uris {
		if u, err := url.Parse(text); err == nil && u.Scheme == "file" {
			paths = append(paths, u.Path)
		}
	}
	return paths
}

// chooseFolder takes the desktop's own dialog for a folder where there is a desktop that offers it, else the toolkit's.
func chooseFolder(parent fyne.Window, chosen func(path string)) {
	if os.Getenv("DBUS_SESSION_BUS_ADDRESS") == "" {
		chooseFolderInside(parent, chosen)
		return
	}
	title := words.T("shell.choose-folder")
	go func() {
		answers, err := filechooser.OpenFile("", title, &filechooser.OpenFileOptions{Directory: true})
		paths := pathsOf(answers)
		fyne.Do(func() {
			switch {
			case err != nil:
				slog.Warn("chooser", "err", err)
				chooseFolderInside(parent, chosen)
			case len(paths) > 0:
				chosen(paths[0])
			}
		})
	}()
}
