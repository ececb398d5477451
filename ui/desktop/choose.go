package desktop

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"
)

// attachable are the endings that the toolkit's own dialog shows. What a file really is, its content decides.
var attachable = []string{".pdf", ".jpg", ".jpeg", ".tif", ".tiff", ".PDF", ".JPG", ".JPEG", ".TIF", ".TIFF"}

// choose lets the member choose files: with the system's chooser where there is one, else with the toolkit's.
func (s *Shell) choose(chosen func(paths []string)) {
	if s.services.ChooseFiles != nil {
		s.services.ChooseFiles(s.window, chosen)
		return
	}
	open := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		if err != nil || r == nil {
			return
		}
		_ = r.Close()
		chosen([]string{r.URI().Path()})
	}, s.window)
	open.SetFilter(storage.NewExtensionFileFilter(attachable))
	open.Show()
}
