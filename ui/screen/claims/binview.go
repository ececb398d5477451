package claims

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// binDays is how long a deleted draft can be restored.
const binDays = 30

// daysLeft is how many days, today's included, a deleted draft can still be restored.
func daysLeft(c claim.Claim, now time.Time) int {
	return max(1, civil.Of(c.DeletedAt).AddDays(binDays).Sub(civil.Of(now)))
}

// showBin lists the deleted drafts, each with the way back.
func (p *Page) showBin() {
	var sheet *widget.Sheet
	parts := []fyne.CanvasObject{widget.NewText(words.T("claims.bin.text"), theme.Body)}
	for _, c := range p.bin {
		title := Title(c, Words())
		left := words.N("claims.bin.left", daysLeft(c, p.config.Clock.Now()))
		restore := widget.NewButton(words.T("claims.bin.restore"), widget.Secondary, func() {
			sheet.Close()
			p.restore(c)
		}).WithIcon(theme.IconArrowUUpLeft).Compact()
		said := widget.Column(2, widget.NewText(title, theme.Body).Bold(), widget.NewText(joinedBy(" · ", Subject(c, p.household), left), theme.Secondary))
		parts = append(parts, widget.Rule(), widget.NewColumns(12, widget.Col{Object: said}, widget.Col{Object: widget.Flow(0, restore), Natural: true, FoldBelow: 380}))
	}
	done := widget.NewButton(words.T("claims.close"), widget.Secondary, func() { sheet.Close() })
	sheet = widget.NewSheet(words.T("claims.bin"), widget.Column(12, parts...), done).First(done)
	p.over(sheet)
}

// restore takes a draft out of the bin and shows it.
func (p *Page) restore(c claim.Claim) {
	p.told("restore", func(ctx context.Context) error {
		_, err := p.config.Desk.Restore(ctx, c)
		return err
	}, func() {
		p.widen()
		p.showClaim(c.ID)
	})
}

// joinedBy puts together what is not empty.
func joinedBy(between string, parts ...string) string {
	text := ""
	for _, part := range parts {
		if part != "" && text != "" {
			text += between
		}
		text += part
	}
	return text
}
