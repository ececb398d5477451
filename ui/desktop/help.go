package desktop

import (
	"runtime"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// helpLine is one shortcut: its keys, and the end of the key of its words, "shell.help.<value>".
type helpLine struct{ keys, what string }

// helpLines is the keyboard of UX section 7 as far as it exists.
func helpLines() []helpLine {
	ctrl := "Ctrl + "
	if runtime.GOOS == "darwin" {
		ctrl = "Cmd + "
	}
	return []helpLine{
		{ctrl + "K", "goto"}, {ctrl + "N", "new"}, {ctrl + "1 … 4", "sections"}, {ctrl + "F", "find"}, {ctrl + "O", "files"},
		{ctrl + words.T("shell.key.enter"), "continue"}, {ctrl + "S", "save"}, {ctrl + "L", "lock"}, {ctrl + "+  −  0", "text"},
		{words.T("shell.key.tab"), "tab"}, {"F6", "region"}, {"F5", "update"}, {"F1", "help"}, {words.T("shell.key.esc"), "back"},
	}
}

// showHelp opens the sheet of shortcuts, with the number to call.
func (s *Shell) showHelp() {
	parts := []fyne.CanvasObject{widget.NewText(words.T("shell.help.offline"), theme.Body),
		widget.NewText(words.T("shell.help.phone", "Phone", s.services.Phone), theme.Body), widget.Rule()}
	for _, line := range helpLines() {
		parts = append(parts, widget.NewColumns(16, widget.Col{Object: widget.NewText(line.keys, theme.Body).Bold(), Width: 200},
			widget.Col{Object: widget.NewText(words.T("shell.help."+line.what), theme.Body), FoldBelow: 400}))
	}
	var sheet *widget.Sheet
	done := widget.NewButton(words.T("shell.close"), widget.Secondary, func() { sheet.Close() })
	sheet = widget.NewSheet(words.T("shell.help.title"), widget.Column(10, parts...), done).Wide(640).First(done)
	sheet.ShowOn(s.window.Canvas())
}
