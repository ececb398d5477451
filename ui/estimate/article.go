package estimate

import (
	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/plan"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// ShowArticle opens the text of an article over a canvas, word for word and offline, and says where the answer rests on a reading of
// it (AMB). An article that the plan does not have opens nothing.
func ShowArticle(c fyne.Canvas, p *plan.Plan, article, reading string) {
	passage := p.Article(article)
	if passage == nil || c == nil {
		return
	}
	title := Capital(Cite(article))
	parts := []fyne.CanvasObject{widget.NewText(p.Name+" · "+p.Edition, theme.Secondary)}
	if passage.Title != "" {
		parts = append(parts, widget.NewText(passage.Title, theme.H3))
	}
	if text := p.Reading(reading); text != "" {
		parts = append(parts, widget.Banner(theme.IconInfo, words.T("plan.reading.title"), text, widget.Calm))
	}
	parts = append(parts, widget.NewText(passage.Text, theme.Body))
	var sheet *widget.Sheet
	var copied *widget.Button
	copied = widget.NewButton(words.T("plan.article.copy"), widget.Secondary, func() {
		fyne.CurrentApp().Clipboard().SetContent(title + "\n" + passage.Title + "\n\n" + passage.Text)
		copied.SetLabel(words.T("plan.article.copied"))
	}).WithIcon(theme.IconCopy)
	done := widget.NewButton(words.T("plan.article.close"), widget.Primary, func() { sheet.Close() })
	sheet = widget.NewSheet(title, widget.Column(12, parts...), copied, done).First(done).Wide(680)
	sheet.ShowOn(c)
}
