package settings

import (
	"strconv"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// Config is what the page needs.
type Config struct {
	Now    func() Settings
	Change func(Settings) // stores it, applies it and shows the page anew
	Phone  string
}

// Page is *Aspetto e lettura*. It is a desktop.Page.
type Page struct{ config Config }

// New returns the page.
func New(c Config) *Page { return &Page{config: c} }

// Title implements desktop.Page.
func (p *Page) Title() string { return words.T("shell.screen.settings") }

// Content implements desktop.Page.
func (p *Page) Content() fyne.CanvasObject {
	return widget.NewScroll(widget.PadXY(theme.PageMargin, 4, widget.AtMost(720, widget.Column(20,
		widget.Card(widget.Column(12, p.look(), widget.NewText(words.T("settings.look.note"), theme.Caption))),
		widget.Card(widget.Column(12, p.text(), widget.NewText(words.T("settings.text.note"), theme.Caption),
			widget.Well(widget.NewText(words.T("settings.sample"), theme.Body)))),
		widget.Card(p.language()),
		widget.Card(widget.Column(12, p.idle(), widget.NewText(words.T("settings.idle.note"), theme.Caption))),
		widget.Well(widget.Column(4, widget.NewText(words.T("settings.reader"), theme.Body).Bold(),
			widget.NewText(words.T("settings.reader.text", "Phone", p.config.Phone), theme.Secondary))),
		widget.Space(0, 12)))))
}

// Focus implements desktop.Page.
func (p *Page) Focus() fyne.Focusable { return nil }

// Leave implements desktop.Page: everything is at work already.
func (p *Page) Leave() {}

func (p *Page) look() fyne.CanvasObject {
	options := make([]widget.Option, len(theme.Looks))
	for i, l := range theme.Looks {
		options[i] = widget.Option{Value: string(l), Label: words.T("settings.look." + string(l))}
	}
	choice := widget.NewSegments(words.T("settings.look"), options)
	choice.SetValue(string(p.config.Now().Look))
	choice.OnChanged = func(value string) { p.change(func(s *Settings) { s.Look = theme.Look(value) }) }
	return choice
}

func (p *Page) text() fyne.CanvasObject {
	options := make([]widget.Option, len(theme.TextSizes))
	for i, size := range theme.TextSizes {
		options[i] = widget.Option{Value: strconv.Itoa(size), Label: words.T("settings.text.size", "Size", size)}
	}
	choice := widget.NewSegments(words.T("settings.text"), options)
	choice.SetValue(strconv.Itoa(p.config.Now().Text))
	choice.OnChanged = func(value string) {
		if size, err := strconv.Atoi(value); err == nil {
			p.change(func(s *Settings) { s.Text = size })
		}
	}
	return choice
}

func (p *Page) language() fyne.CanvasObject {
	options := make([]widget.Option, len(Languages))
	for i, l := range Languages {
		options[i] = widget.Option{Value: l.Code, Label: l.Name}
	}
	choice := widget.NewSegments(words.T("settings.language"), options)
	choice.SetValue(p.config.Now().Language)
	choice.OnChanged = func(value string) { p.change(func(s *Settings) { s.Language = value }) }
	return choice
}

// idle is how long nobody may be there before the program locks itself.
func (p *Page) idle() fyne.CanvasObject {
	options := make([]widget.Option, len(IdleChoices))
	for i, minutes := range IdleChoices {
		options[i] = widget.Option{Value: strconv.Itoa(minutes), Label: words.N("settings.idle.minutes", minutes)}
	}
	choice := widget.NewSelect(words.T("settings.idle"), options)
	choice.SetValue(strconv.Itoa(p.config.Now().Idle))
	choice.OnChanged = func(value string) {
		if minutes, err := strconv.Atoi(value); err == nil {
			p.change(func(s *Settings) { s.Idle = minutes })
		}
	}
	return choice
}

func (p *Page) change(edit func(*Settings)) {
	s := p.config.Now()
	edit(&s)
	p.config.Change(s)
}
