package complaint

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/complaint"
	"github.com/sodale/sodale/ui/screen/part"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// questionForm is the form of a question, which is no complaint (CMP-02).
type questionForm struct {
	page        *Page
	draft       *Draft
	fields      map[complaint.Field]faulty
	topic, text *widget.Entry
}

func newQuestionForm(p *Page) *questionForm {
	f := &questionForm{page: p, draft: p.config.Draft, fields: map[complaint.Field]faulty{}}
	f.topic = typed(p, f.fields, complaint.FieldTopic, widget.NewEntry(words.T("complaint.field.topic")), &f.draft.Question.Topic)
	f.text = typed(p, f.fields, complaint.FieldText, widget.NewMultiLine(words.T("complaint.field.text"), 6), &f.draft.Question.Text)
	return f
}

func (f *questionForm) content() []fyne.CanvasObject {
	p := f.page
	complain := widget.NewButton(words.T("complaint.instead.complaint"), widget.Tertiary, func() { p.write(ComplaintForm, "") }).WithIcon(theme.IconWarningCircle)
	parts := []fyne.CanvasObject{p.back(), widget.Banner(theme.IconInfo, words.T("complaint.question.title"), words.T("complaint.question.text"), widget.Calm, complain)}
	if f.draft.Corrects != "" {
		parts = append(parts, widget.Banner(theme.IconPencilSimpleLine, "", words.T("complaint.correcting"), widget.ToneCareful))
	}
	return append(parts, part.Section(words.T("complaint.question"), nil, f.topic, f.text),
		widget.Flow(12, widget.NewButton(words.T("complaint.question.send"), widget.Primary, f.send).WithIcon(theme.IconPaperPlaneTilt)))
}

// send sends the question, unless something is missing.
func (f *questionForm) send() {
	q, corrects, desk := f.draft.Question.Only(), f.draft.Corrects, f.page.config.Requests
	if !mark(f.page, f.fields, q.Check()) {
		return
	}
	f.page.send("complaint.question.sent", func(ctx context.Context) error {
		_, err := desk.Ask(ctx, q, corrects)
		return err
	})
}
