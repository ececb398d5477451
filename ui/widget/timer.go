package widget

import (
	"reflect"
	"strings"
	"time"

	"fyne.io/fyne/v2"
)

// later runs f on the window's goroutine after a time, unless stop is called before. Where there is no window's loop
// (the toolkit's driver for tests and pictures, which would run f at once on the timer's goroutine) f never runs.
func later(after time.Duration, f func()) (stop func()) {
	if !hasLoop() {
		return func() {}
	}
	timer := time.AfterFunc(after, func() { fyne.Do(f) })
	return func() { timer.Stop() }
}

func hasLoop() bool {
	driver := reflect.TypeOf(fyne.CurrentApp().Driver())
	return driver.Kind() != reflect.Pointer || !strings.HasSuffix(driver.Elem().PkgPath(), "fyne/v2/test")
}
