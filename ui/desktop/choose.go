package desktop

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"github.com/sodale/sodale/app/intake"
)

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
	open.SetFilter(storage.NewExtensionFileFilter(endings()))
	open.Show()
}

// endings are those that the toolkit's own dialog shows, which tells capitals from small letters. What a file really is,
// its content decides.
func endings() []string {
	all := intake.Extensions()
	for _, end := range intake.Extensions() {
		all = append(all, strings.ToUpper(end))
	}
	return all
}
