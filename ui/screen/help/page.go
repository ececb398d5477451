// Package help is *Aiuto e contatti*: how to reach the mutual, what to look at when access fails, and a message for its support
// that never holds a password (SUP-01 … SUP-09, LOG-14, REG-01, REG-02, FAC-01, FAC-13).
package help

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/print"
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/screen/complaint"
	"github.com/sodale/sodale/ui/screen/part"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// Config is what the page needs.
type Config struct {
	Rules     func() mutual.Profile
	Household func(ctx context.Context) (member.Household, error)
	User      func() string // what the member signs in with
	Version   string        // of the program
	Keys      func()        // shows the shortcuts
	// Write opens the form of a complaint or of a question (complaint.NewComplaint, NewQuestion); nil hides them.
	Write func(form string)
	// Picture is what was seen before this page; nil = nothing.
	Picture image.Image
	// SaveFile lets the member keep a file; nil hides that.
	SaveFile func(ctx context.Context, name string, data []byte) (path string, err error)
	Runner   *runner.Runner
}

// Page is *Aiuto e contatti*. It is a desktop.Page.
type Page struct {
	part.Scroll
	config      Config
	mobile      string
	description string // as typed
	picture     bool   // the picture goes with the message
	preview     *widget.Text
}

// New returns the page.
func New(c Config) *Page { return &Page{config: c} }

// Title implements desktop.Page.
func (p *Page) Title() string { return words.T("shell.screen.support") }

// Content implements desktop.Page.
func (p *Page) Content() fyne.CanvasObject {
	content := p.Open()
	p.fill()
	runner.Go(p.config.Runner, "household", p.config.Household, func(h member.Household, err error) {
		if err == nil && h.Mobile != p.mobile {
			p.mobile = h.Mobile
			p.fill()
		}
	})
	return content
}

// Focus implements desktop.Page.
func (p *Page) Focus() fyne.Focusable { return nil }

// Leave implements desktop.Page.
func (p *Page) Leave() { p.config.Runner.Leave() }

func (p *Page) fill() {
	parts := []fyne.CanvasObject{p.contactsCard()}
	if p.config.Write != nil {
		parts = append(parts, p.writeCard())
	}
	p.Show(append(parts, p.accessCard(), p.messageCard(), p.waysCard(), p.keysCard())...)
}

// contactsCard is the mutual's contacts, each with a button that copies it, and its hours word for word (SUP-06).
func (p *Page) contactsCard() fyne.CanvasObject {
	r := p.config.Rules()
	c, parts := r.Contacts, []fyne.CanvasObject{}
	for _, l := range []struct{ key, value string }{{"phone", c.Phone}, {"toll-free", c.TollFree}, {"h24", c.H24}, {"fax", c.Fax}, {"email", c.EMail},
		{"refunds", c.Refunds}, {"support", c.Support}, {"address", c.Address}, {"site", c.Site}} {
		if l.value != "" {
			parts = append(parts, part.Line(words.T("help.contact."+l.key), l.value, l.value))
		}
	}
	for _, o := range c.Other {
		parts = append(parts, part.Line(o.Name, o.Line, o.Line))
	}
	if len(parts) == 0 {
		parts = append(parts, widget.NewText(words.T("help.contact.nowhere", "Mutual", r.Name), theme.Body)) // SUP-07
	}
	if c.Hours != "" {
		parts = append(parts, widget.Row(10, widget.NewIcon(theme.IconClock, 20, theme.Ink2), widget.Grow(widget.NewText(c.Hours, theme.Body))))
	}
	if !c.Reviewed.IsZero() {
		parts = append(parts, widget.NewText(words.T("help.contact.reviewed", "Day", words.Date(c.Reviewed)), theme.Caption))
	}
	return part.Section(r.Name, nil, parts...)
}

// writeCard leads to the two forms that the mutual answers (CMP-02, CMP-05).
func (p *Page) writeCard() fyne.CanvasObject {
	question := widget.NewButton(words.T("complaint.way.question"), widget.Secondary, func() { p.config.Write(complaint.NewQuestion) }).WithIcon(theme.IconQuestion)
	complain := widget.NewButton(words.T("complaint.way.complaint"), widget.Secondary, func() { p.config.Write(complaint.NewComplaint) }).WithIcon(theme.IconWarningCircle)
	parts := []fyne.CanvasObject{widget.NewText(words.T("help.write.text"), theme.Body), widget.Flow(12, question, complain)}
	if explain := p.config.Rules().Complaints.Explain; explain != "" {
		parts = append(parts, widget.NewText(explain, theme.Secondary))
	}
	return part.Section(words.T("help.write"), nil, parts...)
}

// accessCard says what to look at first when access fails (LOG-14, SUP-09).
func (p *Page) accessCard() fyne.CanvasObject {
	r, parts := p.config.Rules(), []fyne.CanvasObject{}
	points := []string{"caps", "user", "spaces", "last", "reset"}
	for _, point := range points {
		parts = append(parts, tick(words.T("help.access."+point)))
	}
	if first := r.Contacts.FirstStep; first != "" {
		parts = append(parts, tick(words.T("help.access.first", "Whom", first)))
	}
	if to := r.Contacts.Support; to != "" {
		parts = append(parts, tick(words.T("help.access.write", "To", to)))
	}
	return part.Section(words.T("help.access"), nil, parts...)
}

func tick(text string) fyne.CanvasObject {
	return widget.RowTop(10, widget.NewIcon(theme.IconCheck, 18, theme.Accent), widget.Grow(widget.NewText(text, theme.Body)))
}

// waysCard says how one comes to an account with this mutual (REG-01, REG-02, FAC-01).
func (p *Page) waysCard() fyne.CanvasObject {
	r := p.config.Rules()
	parts := []fyne.CanvasObject{widget.NewText(words.T("help.ways.text", "Area", r.Area), theme.Body)}
	for _, w := range r.Entry.Ways {
		parts = append(parts, tick(words.T("help.way."+string(w))))
	}
	if text := r.Messages.FirstAccess; text != "" {
		parts = append(parts, widget.NewText(text, theme.Secondary))
	}
	return part.Section(words.T("help.ways"), nil, parts...)
}

func (p *Page) keysCard() fyne.CanvasObject {
	return part.Section(words.T("help.keys"), nil, widget.Flow(12, widget.NewButton(words.T("help.keys.show"), widget.Secondary, p.config.Keys).WithIcon(theme.IconKeyboard)))
}

// pictureName is the file of the picture that goes with a message.
const pictureName = "schermata.png"

// message is the call for help: user code, mobile, what happened; a password has no place in it (FAC-13, SUP-08).
func (p *Page) message() (subject, body string) {
	r := p.config.Rules()
	request := print.HelpRequest{Mutual: r.Name, User: p.config.User(), Mobile: r.ShowMobile(p.mobile), Description: strings.TrimSpace(p.description), Version: p.config.Version}
	if p.picture {
		request.Picture = pictureName
	}
	return print.Support(request)
}

// messageCard composes the message and lets the member copy or save it. What will be sent is seen first.
func (p *Page) messageCard() fyne.CanvasObject {
	what := widget.NewMultiLine(words.T("help.message.what"), 4)
	what.SetText(p.description)
	what.SetHint(words.T("help.message.hint"))
	p.preview = widget.NewText("", theme.Secondary)
	p.show()
	what.OnChanged = func(text string) {
		p.description = text
		p.show()
		p.Relayout()
	}
	parts := []fyne.CanvasObject{widget.NewText(words.T("help.message.text"), theme.Body), what}
	if p.config.Picture != nil && p.config.SaveFile != nil {
		box := widget.NewCheck(words.T("help.message.picture"))
		box.SetChecked(p.picture)
		box.OnChanged = func(on bool) {
			p.picture = on
			p.show()
			p.Relayout()
		}
		parts = append(parts, box, widget.NewText(words.T("help.message.picture.text"), theme.Caption))
	}
	actions := []fyne.CanvasObject{widget.NewButton(words.T("help.message.copy"), widget.Secondary, p.copy).WithIcon(theme.IconCopy)}
	if p.config.SaveFile != nil {
		actions = append(actions, widget.NewButton(words.T("help.message.save"), widget.Secondary, p.save).WithIcon(theme.IconDownloadSimple))
	}
	return part.Section(words.T("help.message"), nil, append(parts, widget.Well(p.preview), widget.Flow(12, actions...))...)
}

// show writes the message as it would be sent.
func (p *Page) show() {
	subject, body := p.message()
	p.preview.SetText(subject + "\n" + strings.TrimSpace(body))
}

func (p *Page) copy() {
	subject, body := p.message()
	fyne.CurrentApp().Clipboard().SetContent(subject + "\n\n" + body)
	p.Toast(words.T("help.message.copied"))
}

// save keeps the message as a file, and the picture beside it.
func (p *Page) save() {
	subject, body := p.message()
	text, picture, keep := subject+"\n\n"+body, p.config.Picture, p.picture
	runner.Go(p.config.Runner, "save", func(ctx context.Context) (string, error) {
		path, err := p.config.SaveFile(ctx, "richiesta-di-aiuto.txt", []byte(text))
		if err != nil || path == "" || !keep {
			return path, err
		}
		var data bytes.Buffer
		if err := png.Encode(&data, picture); err != nil {
			return path, err
		}
		return p.config.SaveFile(ctx, pictureName, data.Bytes())
	}, func(path string, err error) {
		switch {
		case err != nil:
			p.Toast(errtext.Of(err))
		case path != "":
			p.Toast(words.T("part.saved", "Path", path))
		}
	})
}
