package newclaim

import (
	"context"
	"image"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// preview shows one file beside the form. The file is read and its pages are drawn beside the window.
type preview struct {
	page *Page
	file claim.Attachment // ID "" = none
	data []byte           // plain bytes of file, once they were read
	view *widget.PageView
}

func newPreview(p *Page) *preview {
	v := &preview{page: p}
	v.view = widget.NewPageView(v.draw)
	v.view.SetNote(words.T("newclaim.preview.safe"))
	v.clear()
	return v
}

// shows reports whether the file of that id is the one that is shown.
func (v *preview) shows(id string) bool { return id != "" && v.file.ID == id }

// open shows a file from its first page.
func (v *preview) open(a claim.Attachment) {
	v.file, v.data = a, nil
	if v.page.files != nil {
		v.page.files.mark()
	}
	v.view.Open(max(1, a.Pages))
}

// clear shows no file.
func (v *preview) clear() {
	v.page.run.Cancel("preview")
	v.file, v.data = claim.Attachment{}, nil
	v.view.Clear(words.T("newclaim.preview.none"))
}

// first shows the first file of the open document, unless one of its files is shown already.
func (v *preview) first() {
	files := v.page.m.document().Attachments
	for _, a := range files {
		if v.shows(a.ID) {
			return
		}
	}
	if len(files) == 0 {
		v.clear()
		return
	}
	v.open(files[0])
}

// drawing is a page as pixels, with the bytes it came from.
type drawing struct {
	data    []byte
	picture *image.RGBA
}

// draw has a page drawn; reading the file comes first, once.
func (v *preview) draw(r document.Request) {
	file, data := v.file, v.data
	runner.Go(v.page.run, "preview", func(ctx context.Context) (drawing, error) { return v.work(ctx, file, data, r) }, func(d drawing, err error) {
		if d.data != nil {
			v.data = d.data
		}
		if err != nil {
			v.view.Fail(r, errtext.Of(err))
			return
		}
		v.view.ShowPicture(r, d.picture)
	})
}

func (v *preview) work(ctx context.Context, a claim.Attachment, data []byte, r document.Request) (drawing, error) {
	if v.page.needs.Previewer == nil {
		return drawing{}, fault.New(document.CodeNoWorker, "newclaim.preview", a.ID)
	}
	if data == nil {
		var err error
		if data, err = v.page.needs.Desk.Bytes(ctx, a); err != nil {
			return drawing{}, err
		}
	}
	picture, err := v.page.needs.Previewer.Page(ctx, data, r)
	return drawing{data, picture}, err
}

// panel is the middle column; what is shown stays when the page is built anew.
func (v *preview) panel() fyne.CanvasObject { return widget.PadXY(0, ringRoom, v.view) }

// sheet shows the preview over the window, where there is no room beside the form.
func (v *preview) sheet() {
	c := v.page.canvas()
	if c == nil {
		return
	}
	var s *widget.Sheet
	done := widget.NewButton(words.T("newclaim.preview.close"), widget.Primary, func() { s.Close() })
	size := c.Size()
	room := widget.Fixed(0, max(240, size.Height/theme.Scale()-300), v.view)
	s = widget.NewSheet(v.file.Name, room, done).First(done).Wide(size.Width / theme.Scale()).OnClose(func() { v.page.show() })
	s.ShowOn(c)
}
