package newclaim

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// Scaled widths below which the columns of step 2 fold (UX section 4).
const (
	foldPanel   = 1180 // the panel goes under the form
	foldPreview = 860  // the preview becomes a button
)

// A scroll leaves room round its content: for the ring of what has the focus, and at the sides for its bar.
const (
	ringRoom = 6
	sideRoom = 14
)

// documents is step 2: form, preview, and what the plan says with what is missing, side by side as far as there is room.
func (p *Page) documents() fyne.CanvasObject {
	p.files = newFiles(p)
	p.form = newForm(p)
	p.plan = newPlanPanel(p)
	p.missing = newMissing(p)
	answer := widget.Column(16, p.plan.card.Root, p.missing.card)
	look := widget.NewButton(words.T("newclaim.preview.open"), widget.Secondary, p.preview.sheet).WithIcon(theme.IconEye)
	panel := p.preview.panel()
	p.preview.first()

	wide := columnsOf([]float32{404 + 2*sideRoom, 0, 316 + 2*sideRoom},
		scrolled(p.form.body), panel, scrolled(answer))
	mid := columnsOf([]float32{404 + 2*sideRoom, 0},
		scrolled(widget.Column(24, p.form.body, answer)), panel)
	narrow := scrolled(widget.Column(24, p.form.body, widget.Flow(0, look), answer))
	edge := float32(theme.PageMargin - sideRoom)
	return newFold(
		way{foldPanel, widget.PadXY(edge, 16, wide)},
		way{foldPreview, widget.PadXY(edge, 16, mid)},
		way{0, widget.PadXY(edge, 8, narrow)})
}

func columnsOf(widths []float32, parts ...fyne.CanvasObject) fyne.CanvasObject {
	return container.New(&columns{widths: widths}, parts...)
}

func scrolled(content fyne.CanvasObject) fyne.CanvasObject {
	return widget.NewScroll(widget.PadXY(sideRoom, ringRoom, content))
}

// reveal brings a part of what is shown into view. The arrangements that are not shown keep out of it: they hold the
// same parts.
func (p *Page) reveal(part fyne.CanvasObject) {
	widget.Walk(p.root, func(o fyne.CanvasObject) bool {
		if s, ok := o.(*widget.Scroll); ok && !widget.Walk(s, func(o fyne.CanvasObject) bool { return o != part }) {
			s.Reveal(part)
		}
		return true
	})
}
