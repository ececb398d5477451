package main

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"os"
	"slices"
	"sync"
)

// exitNoGraphics is the exit status when no window can be opened on this machine.
const exitNoGraphics = 4

// graphicsFailures are the words with which Fyne logs that it has no window. It goes on running all the same, without
// a window and without an end, so the log is the only place where this can be seen.
var graphicsFailures = [][]byte{
	[]byte("window creation error"),
	[]byte("failed to initialise GLFW"),
	[]byte("driver does not appear to support OpenGL"),
	[]byte("PlatformError"),
	[]byte("APIUnavailable"),
}

// noGraphics is said in both languages: no settings can be read yet.
const noGraphics = `Sodale non può aprire la finestra: questo computer non offre OpenGL (succede con il Desktop remoto e nelle macchine virtuali).
I tuoi dati sono al sicuro. Apri Sodale direttamente sul computer, oppure aggiorna il driver della scheda grafica.

Sodale can't open its window: this computer offers no OpenGL (as with Remote Desktop and virtual machines).
Your data is safe. Open Sodale on the computer itself, or update the driver of the graphics card.`

// graphicsWatch passes the log on and calls failed once when it says that there is no window, after the lines that give
// the reason.
type graphicsWatch struct {
	next   io.Writer
	failed func()

	mu      sync.Mutex
	failing bool // a message of Fyne has begun; its last line tells where
	resting bool
}

func (w *graphicsWatch) Write(line []byte) (int, error) {
	n, err := w.next.Write(line)
	if w.over(line) {
		w.failed()
	}
	return n, err
}

// over reports whether the line is the last one of a failure, and does so once.
func (w *graphicsWatch) over(line []byte) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.resting {
		return false
	}
	failure := slices.ContainsFunc(graphicsFailures, func(words []byte) bool { return bytes.Contains(line, words) })
	switch {
	case w.failing:
		w.resting = bytes.Contains(line, []byte("  At: "))
	case failure && bytes.Contains(line, []byte("Fyne error: ")):
		w.failing = true
	case failure:
		w.resting = true
	}
	return w.resting
}

// rest lets the program run whatever the log says: the window is open.
func (w *graphicsWatch) rest() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.resting = true
}

// endWithoutGraphics makes a machine without OpenGL end the program in words: close is called, so that the vault is
// free again, the message is shown, and the process exits with exitNoGraphics. That ends once opened is called.
func endWithoutGraphics(closeAll func(), stderr io.Writer) (opened func()) {
	watch := &graphicsWatch{next: stderr, failed: func() {
		closeAll()
		fmt.Fprintln(stderr, noGraphics)
		showMessage("Sodale", noGraphics)
		os.Exit(exitNoGraphics)
	}}
	log.SetOutput(watch)
	return watch.rest
}
