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

// Driver returns the driver that queues.
func (a *App) Driver() fyne.Driver { return a.driver }

// Pump does what other goroutines asked for until now, and reports whether there was anything.
func (a *App) Pump() bool { return a.driver.pump() }

// queueDriver keeps what is sent by fyne.Do until the driving goroutine asks for it.
type queueDriver struct {
	fyne.Driver
	mu    sync.Mutex
	queue []func()
	woken chan struct{}
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
