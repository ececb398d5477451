// Program hello is the smallest Fyne window: the baseline that Sodale's start is measured against.
package main

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/widget"
)

func main() {
	w := app.NewWithID("it.sodale.hello").NewWindow("hello")
	w.SetContent(widget.NewLabel("The quick brown fox jumps over the lazy dog"))
	w.Resize(fyne.NewSize(1280, 800))
	w.ShowAndRun()
}
