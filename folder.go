package main

import (
	"context"
	"errors"
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

// saveInside keeps data under a name of the member's choice with the toolkit's own dialog, and blocks until it is done; "" = they
// thought better of it.
func saveInside(window fyne.Window) func(ctx context.Context, name string, data []byte) (string, error) {
	type outcome struct {
		name string
		err  error
	}
	return func(_ context.Context, name string, data []byte) (string, error) {
		answer := make(chan outcome, 1)
		fyne.Do(func() {
			save := dialog.NewFileSave(func(w fyne.URIWriteCloser, err error) {
				if err != nil || w == nil {
					answer <- outcome{err: err}
					return
				}
				_, err = w.Write(data)
				answer <- outcome{w.URI().Name(), errors.Join(err, w.Close())}
			}, window)
			save.SetFileName(name)
			save.Show()
		})
		o := <-answer
		return o.name, o.err
	}
}
