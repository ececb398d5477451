package main

import (
	"os/exec"
	"runtime"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
)

// chooseFolderInside is the toolkit's own dialog for a folder.
func chooseFolderInside(parent fyne.Window, chosen func(path string)) {
	dialog.ShowFolderOpen(func(folder fyne.ListableURI, err error) {
		if err == nil && folder != nil {
			chosen(folder.Path())
		}
	}, parent)
}

// openers are the commands by which a desktop shows a folder.
var openers = map[string]string{"windows": "explorer", "darwin": "open", "linux": "xdg-open"}

// openFolder shows a folder in the desktop's own window.
func openFolder(path string) error { return exec.Command(openers[runtime.GOOS], path).Start() }
