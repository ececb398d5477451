// Package intake brings paper in: what is dropped on the window, what lies on the clipboard, what a scanner saves into a
// folder, and what SANE scans. It knows where papers come from, not what is in them: files and pictures from outside are
// bytes here, and package document/worker alone opens them.
package intake

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/sodale/sodale/app/fault"
)

// Codes of what can go wrong on the way in.
const (
	CodeElsewhere   fault.Code = "intake.elsewhere"    // dropped from a place that is no file of this computer
	CodeFolder      fault.Code = "intake.folder"       // a dropped folder can't be read
	CodeNoPicture   fault.Code = "intake.no-picture"   // the clipboard has neither picture nor file
	CodeNoClipboard fault.Code = "intake.no-clipboard" // this computer has no program to ask for the clipboard
)

// extensions are the ends of the names of papers: what may be attached and what can be converted (CLM-04).
var extensions = []string{".pdf", ".jpg", ".jpeg", ".tif", ".tiff", ".png", ".heic", ".heif"}

// Extensions are the ends of the names of papers, in lower case with their dot, those that may be attached first. What a
// file really is its content tells: document.Sniff.
func Extensions() []string { return slices.Clone(extensions) }

// isPaper tells whether a file could be a paper, by its name alone. What programs hide or write for a moment is none.
func isPaper(name string) bool {
	return !strings.HasPrefix(name, ".") && !strings.HasPrefix(name, "~") &&
		slices.Contains(extensions, strings.ToLower(filepath.Ext(name)))
}
