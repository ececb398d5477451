package claims

import (
	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// Complaint is a complaint about a claim, as its detail shows it. Title and Badge are in the language of the moment.
type Complaint struct {
	ID     string
	Claim  claim.ID
	Title  func() string
	Badge  func() *widget.StateBadge
	Answer string // the mutual's words; "" = none yet
}

// complaints are those about the claim, latest first, each with its answer (CMP-01).
func (d *detail) complaints(s claim.Summary) []fyne.CanvasObject {
	var parts []fyne.CanvasObject
	for _, c := range d.page.letters {
		if c.Claim != s.Claim.ID {
			continue
		}
		said := widget.Column(4, widget.NewColumns(12, widget.Col{Object: widget.NewText(c.Title(), theme.Body).Bold()}, widget.Col{Object: widget.Row(0, c.Badge()), Natural: true, FoldBelow: 380}))
		if c.Answer != "" {
			said.Objects = append(said.Objects, widget.NewText(c.Answer, theme.Secondary).Color(theme.Ink))
		}
		parts = append(parts, widget.NewCardTile(c.Title(), widget.Row(12, widget.Grow(said), widget.NewIcon(theme.IconCaretRight, 18, theme.Ink2)), func() { d.page.config.OpenComplaint(c.ID) }))
	}
	if len(parts) == 0 {
		return nil
	}
	return []fyne.CanvasObject{widget.Column(8, append([]fyne.CanvasObject{widget.NewText(words.T("claims.complaints"), theme.H2)}, parts...)...)}
}
