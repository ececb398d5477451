package newclaim

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/document/shrink"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// canMend reports whether the program can make such a file fit.
func (p *Page) canMend(r refused) bool {
	if fault.CodeOf(r.err) == document.CodeHEIC {
		return p.needs.Convert != nil && p.needs.Previewer != nil
	}
	return p.needs.Previewer != nil
}

// mending is the sheet in which a file is made to fit: what it was and what it becomes side by side (CLM-05).
type mending struct {
	page  *Page
	file  refused
	limit int64  // bytes
	made  []byte // nil until it is made
	sheet *widget.Sheet
	body  *fyne.Container
	said  *widget.Text
	use   *widget.Button
}

// mended is a file that was made to fit, beside the one that it was made of.
type mended struct {
	source, made []byte // source is what the previewer can draw
	pages        int    // of both
}

// mend makes a file fit, and lets the member judge the result before it comes in.
func (p *Page) mend(r refused) {
	c := p.canvas()
	if c == nil {
		return
	}
	m := &mending{page: p, file: r, limit: p.m.rules().MaxFile(), said: widget.NewText(words.T("newclaim.mend.working"), theme.Body)}
	m.body = widget.Column(16, m.said)
	keep := widget.NewButton(words.T("newclaim.mend.keep"), widget.Secondary, func() { m.sheet.Close() })
	m.use = widget.NewButton(words.T("newclaim.mend.use"), widget.Primary, m.take)
	m.use.Disable()
	m.sheet = widget.NewSheet(words.T("newclaim.mend.title", "Name", r.name), m.body, keep, m.use).First(keep).Wide(980).
		OnClose(func() { p.run.Cancel("mend") })
	m.sheet.ShowOn(c)
	runner.Go(p.run, "mend", m.work, m.show)
}

func (m *mending) work(ctx context.Context) (mended, error) {
	needs, source := m.page.needs, m.file.data
	var err error
	if fault.CodeOf(m.file.err) == document.CodeHEIC {
		if source, err = needs.Convert(ctx, source); err != nil {
			return mended{}, err
		}
	}
	fit, err := shrink.Fit(ctx, needs.Previewer, source, m.limit, func(done, of int) { fyne.Do(func() { m.step(ctx, done, of) }) })
	if err != nil {
		return mended{}, err
	}
	return mended{source: source, made: fit.Data, pages: fit.Pages}, nil
}

// step says how far the work is.
func (m *mending) step(ctx context.Context, done, of int) {
	if ctx.Err() == nil && of > 1 {
		m.said.SetText(words.T("newclaim.mend.page", "N", min(done+1, of), "Of", of))
		m.sheet.Refresh()
	}
}

// show puts both side by side, or says why it can't be done.
func (m *mending) show(r mended, err error) {
	if err != nil {
		m.said.SetText(errtext.Of(err))
		m.sheet.Refresh()
		return
	}
	m.made = r.made
	m.body.Objects = []fyne.CanvasObject{widget.NewColumns(16,
		widget.Col{Object: m.side("before", r.source, r.pages)},
		widget.Col{Object: m.side("after", r.made, r.pages), FoldBelow: 640}),
		widget.NewText(words.T("newclaim.mend.look"), theme.Secondary)}
	m.use.Enable()
	m.sheet.Refresh()
	if c := m.page.canvas(); c != nil {
		c.Focus(m.use)
	}
}

// side is one of the two: "Prima: 3,4 MB" above its pages.
func (m *mending) side(which string, data []byte, pages int) fyne.CanvasObject {
	view := m.page.pagesOf("mend "+which, data)
	view.Open(pages)
	title := words.T("newclaim.mend."+which, "Size", words.FileSize(int64(len(data))))
	return widget.Column(8, widget.NewText(title, theme.Body).Bold(), widget.Fixed(0, 360, view))
}

// take puts the file that was made into the document that the original was for.
func (m *mending) take() {
	p, made := m.page, m.made
	m.sheet.Close()
	p.dismiss(m.file)
	p.addInto(m.file.document, []incoming{{madeName(m.file.name, document.Sniff(made)), func() ([]byte, error) { return made, nil }}}, m.file.role)
}

// dismiss takes the word about a file that did not come in away.
func (p *Page) dismiss(r refused) {
	for i, other := range p.refused {
		if other.name == r.name && errors.Is(other.err, r.err) {
			p.refused = append(p.refused[:i:i], p.refused[i+1:]...)
			return
		}
	}
}

// pagesOf shows the pages of a file that is in memory.
func (p *Page) pagesOf(key string, data []byte) *widget.PageView {
	var view *widget.PageView
	view = widget.NewPageView(func(r document.Request) {
		runner.Go(p.run, key, func(ctx context.Context) (*drawing, error) {
			picture, err := p.needs.Previewer.Page(ctx, data, r)
			return &drawing{picture: picture}, err
		}, func(d *drawing, err error) {
			if err != nil {
				view.Fail(r, errtext.Of(err))
				return
			}
			view.ShowPicture(r, d.picture)
		})
	})
	return view
}
