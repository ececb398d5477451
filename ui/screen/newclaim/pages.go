package newclaim

import (
	"context"
	"image"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/document/compose"
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// pageSide is the side, in device pixels, of the page that the sheet shows.
const pageSide = 900

// pages is the sheet in which the pages of a file are turned, cut, put in order, and joined with those of other files of the
// document. The file that comes out takes the place of those that went in.
type pages struct {
	page     *Page
	document string
	binder   binder
	others   []claim.Attachment // files that can still be joined
	sheet    *widget.Sheet
	list     *fyne.Container
	tools    *fyne.Container
	shown    *canvas.Image
	said     *widget.Text
	save     *widget.Button
	cut      *widget.Check
}

// openPages reads a file and shows its pages.
func (p *Page) openPages(a claim.Attachment) {
	if c := p.canvas(); c != nil {
		newPages(p, a).sheet.ShowOn(c)
	}
}

func newPages(p *Page, a claim.Attachment) *pages {
	s := &pages{page: p, document: p.m.Current, list: widget.Column(4), tools: widget.Flow(8), shown: &canvas.Image{FillMode: canvas.ImageFillContain},
		said: widget.NewText("", theme.Secondary)}
	s.others = slices.DeleteFunc(slices.Clone(p.m.document().Attachments), func(other claim.Attachment) bool { return other.ID == a.ID })
	s.cut = widget.NewCheck(words.T("newclaim.pages.cut"))
	s.cut.OnChanged = func(on bool) { s.act(func() { s.binder.cut(on) }) }
	view := widget.Stack(widget.NewPanel(theme.Well, theme.Line, theme.CardRadius), widget.Pad(12, widget.Fixed(0, 380, s.shown)))
	body := widget.Column(12, widget.NewColumns(16, widget.Col{Object: widget.Column(12, s.list, s.said), Width: 300},
		widget.Col{Object: widget.Column(8, view, s.tools, s.cut), FoldBelow: 640}))
	keep := widget.NewButton(words.T("newclaim.pages.cancel"), widget.Secondary, func() { s.sheet.Close() })
	s.save = widget.NewButton(words.T("newclaim.pages.save"), widget.Primary, s.bind)
	s.sheet = widget.NewSheet(words.T("newclaim.pages.title", "Name", a.Name), body, keep, s.save).First(keep).Wide(940).
		OnClose(func() { p.run.Cancel("pages"); p.run.Cancel("pages draw") })
	s.save.Disable()
	s.join(a)
	return s
}

// join puts the pages of one more file in.
func (s *pages) join(a claim.Attachment) {
	s.others = slices.DeleteFunc(s.others, func(other claim.Attachment) bool { return other.ID == a.ID })
	runner.Go(s.page.run, "pages", func(ctx context.Context) ([]byte, error) { return s.page.needs.Desk.Bytes(ctx, a) },
		func(data []byte, err error) {
			if err != nil {
				s.say(errtext.Of(err))
				return
			}
			s.binder.add(a.ID, a.Name, data, max(1, a.Pages))
			s.save.Enable()
			s.show()
		})
}

// act does something to the page that is looked at and shows it.
func (s *pages) act(do func()) {
	if len(s.binder.leaves) > 0 {
		do()
		s.show()
	}
}

// show lists the pages, and draws the one that is looked at.
func (s *pages) show() {
	s.list.RemoveAll()
	for i, l := range s.binder.leaves {
		name := words.T("newclaim.pages.page", "N", i+1, "Name", l.name)
		row := widget.NewTile(name, widget.NewText(name, theme.Body).Short(), func() { s.act(func() { s.binder.at = i }) })
		row.SetSelected(i == s.binder.at)
		s.list.Add(row)
	}
	for _, a := range s.others {
		s.list.Add(widget.NewButton(words.T("newclaim.pages.join", "Name", a.Name), widget.Tertiary, func() { s.join(a) }).WithIcon(theme.IconPlus))
	}
	s.showTools()
	s.sheet.Refresh()
	s.draw()
}

// showTools are the buttons about the page that is looked at.
func (s *pages) showTools() {
	b := &s.binder
	icon := func(name theme.IconName, key string, do func(), possible bool) fyne.CanvasObject {
		button := widget.NewIconButton(name, words.T(key), func() { s.act(do) })
		if !possible {
			button.Disable()
		}
		return button
	}
	s.cut.SetChecked(b.leaves[b.at].cut)
	s.tools.Objects = []fyne.CanvasObject{
		icon(theme.IconArrowCounterClockwise, "kit.page.left", func() { b.turn(-1) }, true),
		icon(theme.IconArrowClockwise, "kit.page.right", func() { b.turn(1) }, true),
		icon(theme.IconCaretUp, "newclaim.file.up", func() { b.move(-1) }, b.at > 0),
		icon(theme.IconCaretDown, "newclaim.file.down", func() { b.move(1) }, b.at < len(b.leaves)-1),
		icon(theme.IconTrash, "newclaim.pages.remove", b.remove, len(b.leaves) > 1)}
}

func (s *pages) draw() {
	l := s.binder.leaves[s.binder.at]
	runner.Go(s.page.run, "pages draw", func(ctx context.Context) (*image.RGBA, error) { return l.draw(ctx, s.page.needs.Previewer, pageSide) },
		func(drawn *image.RGBA, err error) {
			if err != nil {
				s.say(errtext.Of(err))
				return
			}
			s.shown.Image = drawn
			s.shown.Refresh()
		})
}

// say tells a word below the list.
func (s *pages) say(text string) {
	s.said.SetText(text)
	s.sheet.Refresh()
}

// bind makes the file and puts it in the place of those that it is made of.
func (s *pages) bind() {
	p, limit := s.page, s.page.m.rules().MaxFile()
	made := binder{leaves: slices.Clone(s.binder.leaves)}
	s.save.Disable()
	s.say(words.T("newclaim.mend.working"))
	runner.Go(p.run, "pages", func(ctx context.Context) (claim.Attachment, error) {
		file, err := made.bind(ctx, p.needs.Previewer, limit, func(done, of int) { fyne.Do(func() { s.step(ctx, done, of) }) })
		if err != nil {
			return claim.Attachment{}, err
		}
		return p.needs.Desk.Attach(ctx, s.name(file), file.Data)
	}, func(a claim.Attachment, err error) {
		if err != nil {
			s.save.Enable()
			s.say(errtext.Of(err))
			return
		}
		s.sheet.Close()
		p.rebound(s.document, made.files(), a)
	})
}

func (s *pages) step(ctx context.Context, done, of int) {
	if ctx.Err() == nil {
		s.say(words.T("newclaim.mend.page", "N", min(done+1, of), "Of", of))
	}
}

// name is what the new file is called: as the first that it is made of, with its number where it is made of several.
func (s *pages) name(file compose.File) string {
	name := s.binder.leaves[0].name
	if n := len(s.binder.files()); n > 1 {
		name = words.T("newclaim.pages.name", "N", strconv.Itoa(n))
	}
	return madeName(name, file.Kind)
}

// rebound puts a file in the place of those that it was made of, and has it read.
func (p *Page) rebound(documentID string, old []string, a claim.Attachment) {
	if !p.m.ReplaceFiles(documentID, old, a) {
		return
	}
	p.changed()
	if documentID == p.m.Current {
		p.preview.open(a)
	}
	p.show()
	if p.files != nil {
		p.files.focusFile(a.ID)
	}
	p.readPapers()
}
