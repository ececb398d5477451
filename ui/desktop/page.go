// Package desktop is the window on a member's own computer: it opens the vault, then holds navigation, header and the
// screen that is shown, and brings keys, dropped files and changes to it (UX sections 1 and 7).
package desktop

import (
	"fyne.io/fyne/v2"
	fynedesktop "fyne.io/fyne/v2/driver/desktop"
)

// Page is one screen inside the window. The shell calls every method on the window's goroutine.
type Page interface {
	// Title is what the header says, in the language of the moment.
	Title() string
	// Content builds what is seen from the page's state. It is called again after a change of language, look or text
	// size, and must then show the same state.
	Content() fyne.CanvasObject
	// Focus is where the keyboard goes when the page opens; nil leaves it at the start.
	Focus() fyne.Focusable
	// Leave ends the page's work. What was being edited is saved; nothing is asked.
	Leave()
}

// Dropper is a Page that takes files dropped anywhere on the window.
type Dropper interface {
	Drop(files []fyne.URI)
}

// Shortcutter is a Page with key combinations of its own; they come before the shell's.
type Shortcutter interface {
	Shortcuts() map[fynedesktop.CustomShortcut]func()
}

// Whole is a Page that takes the whole window: no navigation and no header, as a wizard. It shows the sync chip itself.
type Whole interface {
	Whole() bool
}

// Captioned is a Page that tells the window's title how far one has come in it. It names no person, and nothing about health: the
// title is read in the task bar, and over shoulders.
type Captioned interface {
	Caption() string
}

// Subtitled is a Page with a second line in the header.
type Subtitled interface {
	Subtitle() string
}

// Searcher is a Page with a search field: Ctrl+F goes there.
type Searcher interface {
	Search()
}

// Refresher is a Page that reads again what it shows: F5, and after every change in the vault.
type Refresher interface {
	Refresh()
}

// Backer is a Page with an inside to go back from, as an open detail. Back reports whether it did; otherwise the shell
// goes back to the page before.
type Backer interface {
	Back() bool
}
