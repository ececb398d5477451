package main

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"os"
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

// graphicsWatch passes the log on and calls failed once when a line says that there is no window.
type graphicsWatch struct {
	next   io.Writer
	once   sync.Once
	failed func()
}

func (w *graphicsWatch) Write(line []byte) (int, error) {
	n, err := w.next.Write(line)
	for _, words := range graphicsFailures {
		if bytes.Contains(line, words) {
			w.once.Do(w.failed)
			break
		}
	}
	return n, err
}

// endWithoutGraphics makes a machine without OpenGL end the program in words: close is called, so that the vault is
// free again, the message is shown, and the process exits with exitNoGraphics.
func endWithoutGraphics(closeAll func(), stderr io.Writer) {
	log.SetOutput(&graphicsWatch{next: stderr, failed: func() {
		closeAll()
		fmt.Fprintln(stderr, noGraphics)
		showMessage("Sodale", noGraphics)
		os.Exit(exitNoGraphics)
	}})
}
