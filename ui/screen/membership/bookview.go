package membership

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/plan"
	"github.com/sodale/sodale/app/plan/search"
	"github.com/sodale/sodale/ui/estimate"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// book is the regulation, read with no network: what is searched in it, and what is open (PLN-01 to PLN-04, PLN-07, PLN-08).
type book struct {
	page  *Page
	open  string // id of an article, or one of the places below; "" = the summary
	asked string // what is looked for; it stays while a find is read
	entry *widget.Entry
	body  *fyne.Container
	side  *widget.Scroll // the contents
	at    *widget.Tile   // what is open, in the contents
}

// Places of the contents that are no article.
const (
	glossary = "#glossary"
	annexes  = "#annexes"
	readings = "#readings"
)

// contentsWidth is that of the contents beside the text at 100 %, contentsHeight how high they are before they scroll.
const (
	contentsWidth  = 300
	contentsHeight = 620
)

// mostHits is how many finds are shown at once.
const mostHits = 30

func (b *book) plan() *plan.Plan { return b.page.data.plan }

// parts are the search with what it finds, or what is read with the contents beside it.
func (b *book) parts() []fyne.CanvasObject {
	b.entry = widget.NewSearchEntry(words.T("membership.search"))
	b.entry.SetText(b.asked)
	b.body = widget.Column(20)
	b.entry.OnChanged = func(text string) {
		b.asked, b.open = text, ""
		b.show()
	}
	b.show()
	return []fyne.CanvasObject{b.entry, b.body}
}

// reveal brings what is open into view in the contents.
func (b *book) reveal() {
	if b.open != "" && b.side != nil && b.at != nil {
		b.side.Reveal(b.at)
	}
}

// focus puts the keyboard into the search.
func (b *book) focus() { b.entry.Focus() }

// read opens something at its top.
func (b *book) read(id string) {
	b.open = id
	b.page.show(Rules)
}

// show writes the body anew and leaves the search as it is.
func (b *book) show() {
	if len(search.Fold(b.asked)) > 0 && b.open == "" {
		b.body.Objects = b.hits()
	} else {
		b.side = widget.NewScroll(widget.PadXY(8, 8, widget.Column(2, b.contents()...)))
		contents := widget.Fixed(0, contentsHeight, b.side)
		b.body.Objects = []fyne.CanvasObject{widget.NewColumns(24, widget.Col{Object: widget.Column(16, b.text()...)},
			widget.Col{Object: contents, Width: contentsWidth, FoldBelow: 720})}
	}
	b.body.Refresh()
	b.page.Relayout()
}

// hits are the finds, each with the passage in which the words are marked.
func (b *book) hits() []fyne.CanvasObject {
	found := b.page.data.index.Find(b.asked)
	if len(found) == 0 {
		return []fyne.CanvasObject{widget.Card(widget.Empty(theme.IconMagnifyingGlass, "", words.T("membership.search.none", "Text", b.asked)))}
	}
	parts := []fyne.CanvasObject{widget.NewText(words.N("membership.search.found", len(found)), theme.Secondary)}
	var rows []fyne.CanvasObject
	for i, h := range found[:min(mostHits, len(found))] {
		if i > 0 {
			rows = append(rows, widget.Rule())
		}
		rows = append(rows, b.hit(h))
	}
	return append(parts, widget.Card(widget.Column(0, rows...)))
}

func (b *book) hit(h search.Hit) fyne.CanvasObject {
	where := words.T("membership.kind." + string(h.Kind))
	title := starred(h.Title)
	switch h.Kind {
	case search.Article:
		where = estimate.Capital(h.ID)
	case search.Reading:
		title = words.T("membership.reading")
	}
	said := widget.Column(2, widget.NewText(where, theme.Caption), widget.NewText(title, theme.Body), widget.NewText(starred(h.Text), theme.Secondary).Color(theme.Ink))
	name := where + ": " + h.Title.Text
	return widget.NewTile(name, said, func() { b.openHit(h) })
}

func (b *book) openHit(h search.Hit) {
	switch h.Kind {
	case search.Benefit:
		b.page.show(Benefits)
	case search.Annex:
		b.read(annexes)
	case search.Reading:
		b.read(readings)
	default:
		b.read(h.ID)
	}
}

// starred writes what was found between double stars, as texts show what stands out.
func starred(m search.Marked) string {
	var t strings.Builder
	at := 0
	for _, s := range m.Spans {
		t.WriteString(m.Text[at:s.From] + "**" + m.Text[s.From:s.To] + "**")
		at = s.To
	}
	return t.String() + m.Text[at:]
}

// marked marks in a text what is looked for.
func (b *book) marked(text string) string { return starred(search.Mark(text, b.asked)) }

// contents are the ways to every part: the summary, the articles, glossary, annexes and readings.
func (b *book) contents() []fyne.CanvasObject {
	var list []fyne.CanvasObject
	add := func(id, label, second string) {
		text := widget.NewText(label, theme.Secondary).Color(theme.Ink)
		lines := widget.Column(0, text)
		if second != "" {
			lines.Objects = append([]fyne.CanvasObject{widget.NewText(second, theme.Caption)}, lines.Objects...)
		}
		if b.here(id) {
			text.Bold().Color(theme.Accent)
		}
		tile := widget.NewTile(joined(" ", second, label), lines, func() { b.read(id) })
		if list = append(list, tile); b.here(id) {
			b.at = tile
		}
	}
	add("", words.T("membership.summary"), "")
	for _, a := range b.articles() {
		add(a.ID, a.Title, second(a))
	}
	if len(b.definitions()) > 0 {
		add(glossary, words.T("membership.glossary"), "")
	}
	if len(b.plan().Annexes) > 0 {
		add(annexes, words.T("membership.annexes"), "")
	}
	if len(b.plan().Readings) > 0 {
		add(readings, words.T("membership.readings"), "")
	}
	return list
}

// second is how an article is cited, where its heading does not say the same.
func second(a plan.Article) string {
	if strings.EqualFold(a.ID, a.Title) {
		return ""
	}
	return estimate.Capital(a.ID)
}

// here reports whether an entry of the contents is what is open.
func (b *book) here(id string) bool {
	return id == b.open || id == glossary && strings.HasPrefix(b.open, search.GlossaryPrefix)
}

func (b *book) articles() []plan.Article {
	return slices.DeleteFunc(slices.Clone(b.plan().Articles), func(a plan.Article) bool { return search.KindOf(a) == search.Glossary })
}

func (b *book) definitions() []plan.Article {
	return slices.DeleteFunc(slices.Clone(b.plan().Articles), func(a plan.Article) bool { return search.KindOf(a) != search.Glossary })
}

// text is what is read.
func (b *book) text() []fyne.CanvasObject {
	switch b.open {
	case "":
		return b.summary()
	case glossary:
		return b.list(words.T("membership.glossary"), b.definitions())
	case annexes:
		return b.annexes()
	case readings:
		return b.readings()
	}
	a := b.plan().Article(b.open)
	if a == nil {
		return b.summary()
	}
	return append(b.back(), b.article(*a)...)
}

// back leads from a find to what else was found.
func (b *book) back() []fyne.CanvasObject {
	if len(search.Fold(b.asked)) == 0 {
		return nil
	}
	return []fyne.CanvasObject{widget.Flow(0, widget.NewButton(words.T("membership.search.back", "Text", b.asked), widget.Tertiary, func() { b.read("") }).WithIcon(theme.IconCaretLeft))}
}
