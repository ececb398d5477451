package newclaim

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// Way is a way by which papers come in beside the file chooser. Its words are "newclaim.way.<Name>", ".text" and ".now".
type Way struct {
	Name string
	Icon theme.IconName
	// Begin calls found with each paper, on any goroutine, and returns when there are no more or ctx has ended. Errors
	// have words of their own.
	Begin func(ctx context.Context, found func(name string, data []byte)) error
}

// The ways. Ctrl+V takes the first too.
const (
	WayPaste = "paste" // what was copied elsewhere
	WayScan  = "scan"
	WayWatch = "watch" // a folder that a scanner saves into
)

// otherWays is the button below the zone that leads to the other ways.
func (p *Page) otherWays() fyne.CanvasObject {
	if len(p.needs.Ways) == 0 {
		return widget.Space(0, 0)
	}
	return widget.Flow(0, widget.NewButton(words.T("newclaim.ways.open"), widget.Tertiary, p.openWays).WithIcon(theme.IconScan))
}

// openWays is *Da dove?*: the chooser and the other ways, each with what it needs.
func (p *Page) openWays() {
	c := p.canvas()
	if c == nil {
		return
	}
	var sheet *widget.Sheet
	tile := func(icon theme.IconName, name string, begin func()) fyne.CanvasObject {
		key := "newclaim.way." + name
		said := widget.Row(16, widget.NewIcon(icon, 26, theme.Accent), widget.Grow(widget.Column(2,
			widget.NewText(words.T(key), theme.Body).Bold(), widget.NewText(words.T(key+".text"), theme.Secondary))))
		return widget.NewTile(words.T(key), said, func() {
			sheet.Close()
			begin()
		})
	}
	list := []fyne.CanvasObject{tile(theme.IconFolderOpen, "choose", p.ChooseFiles)}
	for _, w := range p.needs.Ways {
		list = append(list, tile(w.Icon, w.Name, func() { p.beginWay(w) }))
	}
	done := widget.NewButton(words.T("newclaim.ways.close"), widget.Secondary, func() { sheet.Close() })
	sheet = widget.NewSheet(words.T("newclaim.ways"), widget.Column(4, list...), done)
	sheet.ShowOn(c)
}

// Paste takes what was copied elsewhere (Ctrl+V while no field of text has the keyboard).
func (p *Page) Paste() {
	for _, w := range p.needs.Ways {
		if w.Name == WayPaste {
			p.beginWay(w)
		}
	}
}

// beginWay lets papers come in; one way at a time.
func (p *Page) beginWay(w Way) {
	if p.m == nil || p.sent != nil || p.m.Step != stepDocuments {
		return
	}
	p.way = w.Name
	p.files.show()
	runner.Go(p.run, "way", func(ctx context.Context) (struct{}, error) {
		return struct{}{}, w.Begin(ctx, func(name string, data []byte) {
			fyne.Do(func() {
				if ctx.Err() == nil {
					p.add([]incoming{{name, func() ([]byte, error) { return data, nil }}}, claim.ExpensePaper)
				}
			})
		})
	}, func(_ struct{}, err error) {
		p.way = ""
		p.wayErr = err
		if p.files != nil {
			p.files.show()
		}
	})
}

// endWay stops waiting for papers.
func (p *Page) endWay() {
	p.run.Cancel("way")
	p.way = ""
	p.files.show()
}

// waySaid is what goes on with the way that was begun, or why it came to nothing; nil = nothing.
func (p *Page) waySaid() fyne.CanvasObject {
	switch {
	case p.way != "":
		stop := widget.NewButton(words.T("newclaim.way.stop"), widget.Tertiary, p.endWay)
		return widget.Row(12, widget.Grow(widget.NewText(words.T("newclaim.way."+p.way+".now"), theme.Secondary)), stop)
	case p.wayErr != nil:
		return widget.Banner(theme.IconInfo, "", errtext.Of(p.wayErr), widget.Calm)
	}
	return nil
}
