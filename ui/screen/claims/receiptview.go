package claims

import (
	"strconv"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// Keep is how a receipt leaves the screen; what is nil is not offered.
type Keep struct {
	Signed func() // saves the signed statement, as it came
	PDF    func() // saves it as a paper
	Print  func()
}

// ReceiptSheet shows what the mutual signed, or that the signature does not match.
func ReceiptSheet(r Receipt, wrong error, keep Keep) *widget.Sheet {
	var sheet *widget.Sheet
	done := widget.NewButton(words.T("claims.close"), widget.Secondary, func() { sheet.Close() })
	if wrong != nil {
		body := widget.Banner(theme.IconWarning, words.T("claims.receipt.wrong"), words.T("claims.receipt.wrong.text"), widget.ToneBad)
		sheet = widget.NewSheet(words.T("claims.receipt.title"), body, done)
		return sheet.First(done)
	}
	actions := []fyne.CanvasObject{done}
	add := func(do func(), label string, kind widget.Kind, icon theme.IconName) {
		if do != nil {
			actions = append(actions, widget.NewButton(label, kind, do).WithIcon(icon))
		}
	}
	add(keep.Print, words.T("claims.paper.print"), widget.Secondary, theme.IconPrinter)
	if keep.PDF == nil {
		add(keep.Signed, words.T("claims.receipt.save"), widget.Primary, theme.IconDownloadSimple)
	}
	add(keep.PDF, words.T("claims.paper.save"), widget.Primary, theme.IconDownloadSimple)
	body := receiptBody(r)
	if keep.PDF != nil && keep.Signed != nil {
		body.Objects = append(body.Objects, widget.Flow(0, widget.NewButton(words.T("claims.receipt.signed"), widget.Tertiary, keep.Signed).WithIcon(theme.IconSealCheck)))
	}
	sheet = widget.NewSheet(words.T("claims.receipt.title"), body, actions...).Wide(640).First(done)
	return sheet
}

func receiptBody(r Receipt) *fyne.Container {
	text := func(s string) fyne.CanvasObject { return widget.NewText(s, theme.Body).OneLine() }
	return widget.Column(14,
		widget.Banner(theme.IconSealCheck, words.T("claims.receipt.verified"), words.T("claims.receipt.by"), widget.ToneGood),
		widget.Pair(words.T("claims.receipt.mutual"), text(r.Mutual)),
		widget.Pair(words.T("claims.receipt.number"), widget.NewNumber(words.T("claims.receipt.number"), r.Protocol, r.Protocol)),
		widget.Pair(words.T("claims.receipt.revision"), text(strconv.Itoa(r.Revision))),
		widget.Pair(words.T("claims.receipt.when"), text(words.Date(civil.Of(r.At))+", "+words.Clock(r.At))),
		widget.Pair(words.T("claims.receipt.files"), text(strconv.Itoa(r.Files))),
		widget.Rule(),
		widget.Row(8, widget.Grow(widget.NewText(words.T("claims.receipt.digest"), theme.Body).Color(theme.Ink2)), copyButton(r.Digest)),
		widget.NewText(GroupedDigest(r.Digest), theme.Secondary).Mono().Color(theme.Ink),
		widget.NewText(words.T("claims.receipt.digest.note"), theme.Caption))
}

// copyButton copies a digest and shows that it did.
func copyButton(digest string) fyne.CanvasObject {
	var button *widget.IconButton
	button = widget.NewIconButton(theme.IconCopy, words.T("claims.receipt.copy"), func() {
		fyne.CurrentApp().Clipboard().SetContent(digest)
		button.SetIcon(theme.IconCheck, words.T("claims.copied"))
	})
	return button
}
