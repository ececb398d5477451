package claims

import (
	"context"
	"image"
	"slices"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// preview shows a file of a claim over the page. The file is opened and drawn beside the window.
func (p *Page) preview(a claim.Attachment) {
	if p.config.Previewer == nil {
		return
	}
	var data []byte
	var view *widget.PageView
	draw := func(req document.Request) {
		bytes := data
		runner.Go(p.config.Runner, "preview.page", func(ctx context.Context) (*image.RGBA, error) {
			return p.config.Previewer.Page(ctx, bytes, req)
		}, func(picture *image.RGBA, err error) {
			if err != nil {
				view.Fail(req, errtext.Of(err))
				return
			}
			view.ShowPicture(req, picture)
		})
	}
	view = widget.NewPageView(draw)
	view.Clear(words.T("claims.file.reading"))
	var sheet *widget.Sheet
	done := widget.NewButton(words.T("claims.close"), widget.Secondary, func() { sheet.Close() })
	sheet = widget.NewSheet(a.Name, widget.Fixed(0, 520, view), done).Wide(860).First(done).OnClose(func() {
		for _, key := range []string{"preview.file", "preview.page"} {
			p.config.Runner.Cancel(key)
		}
		clear(data)
	})
	p.over(sheet)
	runner.Go(p.config.Runner, "preview.file", func(ctx context.Context) ([]byte, error) { return p.config.Desk.Bytes(ctx, a) }, func(read []byte, err error) {
		if err != nil {
			view.Clear(errtext.Of(err))
			return
		}
		data = slices.Clone(read)
		view.Open(max(1, a.Pages))
	})
}
