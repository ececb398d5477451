package person

import (
	"context"
	"maps"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/screen/part"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// contactsCards are the e-mail and the mobile, and the codes that prove new ones.
func (p *Page) contactsCards() []fyne.CanvasObject {
	parts := []fyne.CanvasObject{}
	if p.who == "" && (p.standing.EMailPending != "" || p.standing.MobilePending != "") {
		parts = append(parts, p.proofCard())
	}
	lines := []fyne.CanvasObject{p.line(member.FieldEMail), p.line(member.FieldMobile)}
	if p.editing {
		lines = p.contactsForm()
	}
	if why := p.config.Rules().Messages.WhyContacts; why != "" {
		lines = append(lines, widget.NewText(why, theme.Caption))
	}
	return append(parts, part.Section(words.T("person.contacts"), nil, lines...))
}

// proof is what was typed of the codes, kept over a new filling of the page.
type proof struct{ email, mobile string }

// proofCard takes the codes that were sent to new contacts (PER-06, CTV-04): until then the old ones stay.
func (p *Page) proofCard() fyne.CanvasObject {
	parts := []fyne.CanvasObject{widget.NewText(words.T("person.proof.text"), theme.Body)}
	if last := p.config.Rules().Messages.LastCode; last != "" { // MSG-11
		parts = append(parts, widget.NewText(last, theme.Secondary))
	}
	var first *widget.Entry
	code := func(label string, typed *string) {
		e := widget.NewEntry(label)
		e.SetText(*typed)
		e.OnChanged = func(text string) { *typed = strings.TrimSpace(text) }
		e.OnSubmitted = func(string) { p.prove(e) }
		if first == nil {
			first = e
		}
		parts = append(parts, widget.AtMost(420, e))
	}
	if at := p.standing.EMailPending; at != "" {
		code(words.T("person.proof.email", "At", at), &p.codes.email)
	}
	if at := p.standing.MobilePending; at != "" {
		code(words.T("person.proof.mobile", "At", p.config.Rules().ShowMobile(at)), &p.codes.mobile)
	}
	do := widget.NewButton(words.T("person.proof.do"), widget.Secondary, func() { p.prove(first) })
	again := widget.NewButton(words.T("person.proof.again"), widget.Tertiary, p.resend).WithIcon(theme.IconArrowClockwise)
	if !p.config.Online() {
		do.Disable()
		again.Disable()
		parts = append(parts, part.Offline(words.T("person.proof.offline")))
	}
	parts = append(parts, widget.Flow(12, do, again))
	return part.Section(words.T("person.proof"), widget.NewBadge(theme.IconHourglass, words.T("person.proof.badge"), widget.ToneCareful), parts...)
}

func (p *Page) prove(at *widget.Entry) {
	typed, portal := account.Codes{EMail: p.codes.email, Mobile: p.codes.mobile}, p.config.Account.Portal
	if typed == (account.Codes{}) {
		at.SetError(words.T("person.proof.missing"))
		p.Relayout()
		return
	}
	runner.Go(p.config.Runner, "prove", part.Done(func(ctx context.Context) error { return portal.ConfirmContacts(ctx, typed) }), func(_ struct{}, err error) {
		if err != nil {
			at.SetError(errtext.Of(err))
			p.Relayout()
			return
		}
		p.codes = proof{}
		p.Toast(words.T("person.proof.done"))
		p.ask()
	})
}

func (p *Page) resend() {
	runner.Go(p.config.Runner, "resend", part.Done(p.config.Account.Portal.ResendContacts), func(_ struct{}, err error) {
		if err != nil {
			p.Toast(errtext.Of(err))
			return
		}
		p.Toast(words.T("person.proof.sent"))
	})
}

func (p *Page) ask() {
	if p.config.Ask != nil {
		p.config.Ask()
	}
}

// conflictCard lets the member choose, field by field, where both sides changed something: «Tuo» or «Della mutua».
func (p *Page) conflictCard() fyne.CanvasObject {
	parts := []fyne.CanvasObject{widget.NewText(words.T("person.conflict.text"), theme.Body)}
	for _, c := range p.sheet.Conflicts {
		rules := p.config.Rules()
		choice := widget.NewRadio(words.T("person.field."+string(c.Field)), []widget.Option{
			{Value: member.WhoseMine, Label: words.T("person.conflict.mine", "Value", valueText(c.Mine, c.Field, rules))},
			{Value: member.WhoseMutual, Label: words.T("person.conflict.mutual", "Value", valueText(c.Theirs, c.Field, rules))}})
		if mine, chosen := p.choices[c.Field]; chosen {
			choice.SetValue(map[bool]string{true: member.WhoseMine, false: member.WhoseMutual}[mine])
		}
		choice.OnChanged = func(value string) { p.choices[c.Field] = value == member.WhoseMine }
		parts = append(parts, choice)
	}
	decide := widget.NewButton(words.T("person.conflict.do"), widget.Secondary, p.decide)
	return part.Section(words.T("person.conflict"), widget.NewBadge(theme.IconGitMerge, words.T("person.conflict.badge"), widget.ToneCareful),
		append(parts, widget.Flow(12, decide))...)
}

// decide settles what was chosen; the value that was given up is kept.
func (p *Page) decide() {
	if len(p.choices) == 0 {
		p.Toast(words.T("person.conflict.choose"))
		return
	}
	p.saver.Finish()
	sheet, choices, desk := p.sheet, maps.Clone(p.choices), p.config.Requests
	sheet.Edit = p.edit
	runner.Go(p.config.Runner, "decide", part.Done(func(ctx context.Context) error {
		_, err := desk.Decide(ctx, sheet, choices)
		return err
	}), func(_ struct{}, err error) {
		if err != nil {
			p.Toast(errtext.Of(err))
			return
		}
		clear(p.choices)
		p.loaded = false
		p.Refresh()
	})
}
