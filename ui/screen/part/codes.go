package part

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// Paper is how codes leave the screen.
type Paper struct {
	// Draw makes the printed sheet of codes, a PDF; nil saves them as plain text.
	Draw func(codes []string) ([]byte, error)
	// SaveFile lets the member keep a file; nil hides *Salva*.
	SaveFile func(ctx context.Context, name string, data []byte) (path string, err error)
	// Print hands a PDF to the printer; nil hides *Stampa*.
	Print  func(ctx context.Context, name string, pdf []byte) error
	Name   string // of the file, without its ending
	Runner *runner.Runner
}

// Codes shows codes that are seen once, to copy, save or print (TFA-05).
func (p Paper) Codes(on func() fyne.Canvas, codes []string) fyne.CanvasObject {
	cells := make([]fyne.CanvasObject, len(codes))
	for i, code := range codes {
		cells[i] = widget.Fixed(200, 0, widget.NewText(code, theme.Body).Mono())
	}
	copied := widget.NewButton(words.T("part.codes.copy"), widget.Secondary, func() {
		fyne.CurrentApp().Clipboard().SetContent(strings.Join(codes, "\n"))
		p.tell(on, words.T("part.codes.copied"))
	}).WithIcon(theme.IconCopy).Compact()
	actions := []fyne.CanvasObject{copied}
	if p.SaveFile != nil {
		actions = append(actions, widget.NewButton(words.T("part.codes.save"), widget.Secondary, func() { p.save(on, codes) }).WithIcon(theme.IconDownloadSimple).Compact())
	}
	if p.Print != nil && p.Draw != nil {
		actions = append(actions, widget.NewButton(words.T("part.codes.print"), widget.Secondary, func() { p.print(on, codes) }).WithIcon(theme.IconPrinter).Compact())
	}
	return widget.Column(14, widget.Flow(20, cells...), widget.Flow(12, actions...))
}

func (p Paper) tell(on func() fyne.Canvas, text string) {
	if c := on(); c != nil {
		widget.ShowToast(c, text, nil)
	}
}

// file is the sheet, or the plain codes.
func (p Paper) file(codes []string) (name string, data []byte, err error) {
	if p.Draw == nil {
		return p.Name + ".txt", []byte(strings.Join(codes, "\n") + "\n"), nil
	}
	data, err = p.Draw(codes)
	return p.Name + ".pdf", data, err
}

func (p Paper) save(on func() fyne.Canvas, codes []string) {
	runner.Go(p.Runner, "paper", func(ctx context.Context) (string, error) {
		name, data, err := p.file(codes)
		if err != nil {
			return "", err
		}
		return p.SaveFile(ctx, name, data)
	}, func(path string, err error) {
		switch {
		case err != nil:
			p.tell(on, errtext.Of(err))
		case path != "":
			p.tell(on, words.T("part.saved", "Path", path))
		}
	})
}

func (p Paper) print(on func() fyne.Canvas, codes []string) {
	runner.Go(p.Runner, "paper", func(ctx context.Context) (struct{}, error) {
		name, data, err := p.file(codes)
		if err != nil {
			return struct{}{}, err
		}
		return struct{}{}, p.Print(ctx, name, data)
	}, func(_ struct{}, err error) {
		if err != nil {
			p.tell(on, errtext.Of(err))
			return
		}
		p.tell(on, words.T("part.codes.printed"))
	})
}
