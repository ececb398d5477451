//go:build !linux

package main

import (
	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/ui/desktop"
)

// useDesktopChoosers leaves the toolkit's own dialogs in place.
func useDesktopChoosers(*desktop.Services) {}

// chooseFolder lets the member choose a folder.
func chooseFolder(parent fyne.Window, chosen func(path string)) { chooseFolderInside(parent, chosen) }
