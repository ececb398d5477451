// Package drive uses the real screens as a person does, with no display: it finds what is seen by its words, presses it,
// types, drops files and takes pictures. The tour and the screens' tests share it.
//
// The window is Fyne's own headless one, which lives in its package test; no other way to it is exported. What other
// goroutines send by fyne.Do waits in a queue that the driving goroutine empties, so that, as in a real window, only one
// goroutine ever touches what is seen.
package drive

import (
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// App is a headless application. Everything in it happens on the goroutine that calls the methods of its Windows.
type App struct {
	fyne.App
	driver *queueDriver
}

// NewApp returns a headless application and makes it the current one.
func NewApp() *App {
	inner := test.NewApp()
	a := &App{App: inner, driver: &queueDriver{Driver: inner.Driver(), woken: make(chan struct{}, 1)}}
	fyne.SetCurrentApp(a)
	return a
}

// NewWindow opens a window whose key combinations can be pressed: those of the toolkit's headless one can't.
func (a *App) NewWindow(title string) fyne.Window {
	inner := a.App.NewWindow(title)
	w := &window{Window: inner, canvas: &canvas{Canvas: inner.Canvas()}}
	a.driver.last = w.canvas
	return w
}

// window is a headless window over its own canvas.
type window struct {
	fyne.Window
	canvas *canvas
}

// Canvas implements fyne.Window.
func (w *window) Canvas() fyne.Canvas { return w.canvas }

// canvas is a headless canvas that also hands out key combinations.
type canvas struct {
	fyne.Canvas
	keys fyne.ShortcutHandler
}

// AddShortcut implements fyne.Canvas.
func (c *canvas) AddShortcut(s fyne.Shortcut, do func(fyne.Shortcut)) { c.keys.AddShortcut(s, do) }

// RemoveShortcut implements fyne.Canvas.
func (c *canvas) RemoveShortcut(s fyne.Shortcut) { c.keys.RemoveShortcut(s) }

// TypedShortcut implements fyne.Shortcutable.
func (c *canvas) TypedShortcut(s fyne.Shortcut) { c.keys.TypedShortcut(s) }

// Driver returns the driver that queues.
func (a *App) Driver() fyne.Driver { return a.driver }

// Pump does what other goroutines asked for until now, and reports whether there was anything.
func (a *App) Pump() bool { return a.driver.pump() }

// queueDriver keeps what is sent by fyne.Do until the driving goroutine asks for it.
type queueDriver struct {
	fyne.Driver
	last  *canvas // of the newest window
	mu    sync.Mutex
	queue []func()
	woken chan struct{}
}

// CanvasForObject returns the canvas of the newest window, as the toolkit's headless driver does.
func (d *queueDriver) CanvasForObject(o fyne.CanvasObject) fyne.Canvas {
	if d.last == nil {
		return d.Driver.CanvasForObject(o)
	}
	return d.last
}

// DoFromGoroutine queues f. With wait it returns when f was done; calling it so from the driving goroutine would wait for
// ever, as in a real window.
func (d *queueDriver) DoFromGoroutine(f func(), wait bool) {
	done := make(chan struct{})
	d.mu.Lock()
	d.queue = append(d.queue, func() {
		defer close(done)
		f()
	})
	d.mu.Unlock()
	select {
	case d.woken <- struct{}{}:
	default:
	}
	if wait {
		<-done
	}
}

func (d *queueDriver) pump() (any bool) {
	for {
		d.mu.Lock()
		batch := d.queue
		d.queue = nil
		d.mu.Unlock()
		if len(batch) == 0 {
			return any
		}
		any = true
		for _, f := range batch {
			f()
		}
	}
}
