package security

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/qr"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/screen/part"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// setup is the second factor between *Abilita* and its confirmation: nothing is on yet.
type setup struct {
	factor account.Factor
	code   *widget.Entry
}

// Digits of a code of the app.
const codeDigits = 6

// factorCard is the second factor: off, being turned on, or on.
func (p *Page) factorCard() fyne.CanvasObject {
	on, left := p.factor()
	switch {
	case p.setup != nil:
		badge := widget.NewBadge(theme.IconHourglass, words.T("security.factor.unfinished"), widget.Calm)
		return part.Section(words.T("security.factor"), badge, p.setupParts()...)
	case on:
		return part.Section(words.T("security.factor"), widget.NewBadge(theme.IconShieldCheck, words.T("security.factor.on"), widget.ToneGood),
			p.onParts(left)...)
	}
	enable := p.needs(widget.NewButton(words.T("security.factor.enable"), widget.Secondary, p.enable).WithIcon(theme.IconShieldCheck))
	return part.Section(words.T("security.factor"), widget.NewBadge(theme.IconCircle, words.T("security.factor.off"), widget.Calm),
		widget.NewText(words.T("security.factor.text"), theme.Body), widget.Flow(12, enable))
}

// needs takes a button away while there is no network; the line at the top of the page says why.
func (p *Page) needs(b *widget.Button) *widget.Button {
	if !p.online {
		b.Disable()
	}
	return b
}

func (p *Page) onParts(left int) []fyne.CanvasObject {
	parts := []fyne.CanvasObject{widget.NewText(words.T("security.factor.on.text"), theme.Body)}
	said := words.N("security.codes.left", left)
	if left <= 2 {
		parts = append(parts, widget.Banner(theme.IconWarning, said, words.T("security.codes.few"), widget.ToneCareful))
	} else {
		parts = append(parts, widget.Row(10, widget.NewIcon(theme.IconKey, 20, theme.Ink2), widget.Grow(widget.NewText(said, theme.Body))))
	}
	return append(parts, widget.Flow(12,
		p.needs(widget.NewButton(words.T("security.codes.new"), widget.Secondary, p.newCodes).WithIcon(theme.IconKey)),
		p.needs(widget.NewButton(words.T("security.factor.disable"), widget.Secondary, p.disable))))
}

// enable asks for the password, and then shows the code to scan (TFA-03, TFA-04).
func (p *Page) enable() {
	part.Password(p.Canvas(), p.config.Runner, part.Ask{Title: words.T("security.factor.enable.title"), Text: words.T("security.factor.enable.text"),
		Verb: words.T("security.factor.enable"), Kind: widget.Primary}, part.With(p.config.Desk.Portal.BeginFactor), func(f account.Factor) {
		p.setup = &setup{factor: f, code: widget.NewEntry(words.T("security.factor.code"))}
		p.setup.code.OnSubmitted = func(string) { p.confirm() }
		p.fill()
		p.setup.code.Focus()
	})
}

func (p *Page) setupParts() []fyne.CanvasObject {
	s := p.setup
	picture := fyne.CanvasObject(widget.NewText(words.T("security.factor.no-picture"), theme.Secondary))
	width := float32(200)
	if code, err := qr.New(s.factor.URI); err == nil {
		picture, width = code.Picture(code.Side()), code.Side()+2*qr.Edge
	}
	scan := widget.Column(8, widget.Row(0, picture, widget.Gap()), widget.NewText(words.T("security.factor.key"), theme.Caption),
		widget.Row(4, widget.Grow(widget.NewText(groups(s.factor.Secret), theme.Secondary).Mono().Color(theme.Ink)), copyKey(s.factor.Secret)))
	step := func(n, key string) fyne.CanvasObject {
		return widget.RowTop(12, widget.NewText(n, theme.H3).Color(theme.Accent), widget.Grow(widget.Column(2, widget.NewText(words.T("security.factor."+key), theme.Body).Bold(),
			widget.NewText(words.T("security.factor."+key+".text"), theme.Secondary))))
	}
	message := p.config.Rules().Messages.FactorCode // MSG-12
	if message == "" {
		message = words.T("security.factor.code.hint")
	}
	s.code.SetHint(message)
	confirm := widget.NewButton(words.T("security.factor.confirm"), widget.Primary, p.confirm)
	cancel := widget.NewButton(words.T("part.cancel"), widget.Tertiary, func() {
		p.setup = nil
		p.fill()
	})
	steps := widget.Column(16, step("1", "install"), step("2", "scan"), step("3", "type"), s.code, widget.Flow(12, confirm, cancel))
	return []fyne.CanvasObject{widget.NewColumns(28, widget.Col{Object: scan, Width: max(width, 240)}, widget.Col{Object: steps, FoldBelow: 520}),
		widget.Rule(), widget.NewText(words.T("security.codes"), theme.H3), widget.NewText(words.T("security.codes.text"), theme.Body),
		p.config.FactorPaper.Codes(p.Canvas, s.factor.Recovery)}
}

func copyKey(secret string) fyne.CanvasObject {
	var copied *widget.IconButton
	copied = widget.NewIconButton(theme.IconCopy, words.T("security.factor.key.copy"), func() {
		fyne.CurrentApp().Clipboard().SetContent(secret)
		copied.SetIcon(theme.IconCheck, words.T("security.factor.key.copied"))
	})
	return copied
}

// groups writes a secret in fours, as it is typed from a screen.
func groups(secret string) string {
	var b strings.Builder
	for i, r := range secret {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// confirm turns the second factor on with a code of the app.
func (p *Page) confirm() {
	s := p.setup
	code := strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' {
			return -1
		}
		return r
	}, s.code.Text())
	if len(code) != codeDigits || strings.Trim(code, "0123456789") != "" {
		s.code.SetError(words.T("security.factor.digits"))
		p.Relayout()
		return
	}
	runner.Go(p.config.Runner, "confirm", part.Done(func(ctx context.Context) error { return p.config.Desk.Portal.ConfirmFactor(ctx, code) }), func(_ struct{}, err error) {
		if p.setup != s {
			return
		}
		if err != nil {
			s.code.SetError(errtext.Of(err))
			p.Relayout()
			return
		}
		p.setup = nil
		p.tell(true, len(s.factor.Recovery))
		p.Toast(words.T("security.factor.done"))
	})
}

// disable turns it off with the password (TFA-06).
func (p *Page) disable() {
	part.Password(p.Canvas(), p.config.Runner, part.Ask{Title: words.T("security.factor.disable.title"), Text: words.T("security.factor.disable.text"),
		Verb: words.T("security.factor.disable"), Kind: widget.Danger}, func(password string) part.Work[struct{}] {
		return part.Done(func(ctx context.Context) error { return p.config.Desk.Portal.EndFactor(ctx, password) })
	}, func(struct{}) {
		p.tell(false, 0)
		p.Toast(words.T("security.factor.ended"))
	})
}

// newCodes makes ten new recovery codes; those before stop working (TFA-05).
func (p *Page) newCodes() {
	part.Password(p.Canvas(), p.config.Runner, part.Ask{Title: words.T("security.codes.new"), Text: words.T("security.codes.new.text"),
		Verb: words.T("security.codes.make"), Kind: widget.Primary}, part.With(p.config.Desk.Portal.NewRecoveryCodes), func(codes []string) {
		p.tell(true, len(codes))
		p.Tell(words.T("security.codes"), widget.Column(14, widget.NewText(words.T("security.codes.text"), theme.Body),
			p.config.FactorPaper.Codes(p.Canvas, codes)))
	})
}
