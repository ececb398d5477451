package firstrun

import (
	"strconv"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/screen/settings"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// formWidth is how wide a form is at most, at 100 %.
const formWidth = 720

// head says where one is, and has the size of text and the language.
func (p *Page) head() fyne.CanvasObject {
	name := p.m.rules().Name
	if p.m.stage == stageMutual || name == "" {
		name = words.T("firstrun.title")
	}
	size, language := p.choices()
	bar := widget.Row(12, widget.NewLogo(26), widget.NewText("Sodale", theme.H3).OneLine(), widget.Grow(widget.NewText(name, theme.Secondary).Short()), size, widget.Space(8, 0), language)
	return widget.Column(0, widget.Stack(widget.NewPanel(theme.Surface, theme.Clear, 0), widget.PadXY(theme.PageMargin, 8, bar)), widget.Rule())
}

// choices are the text size and the language, as on the locked door.
func (p *Page) choices() (size, language *widget.Button) {
	now := p.config.Settings()
	size = widget.NewButton(strconv.Itoa(now.Text)+" %", widget.Tertiary, func() {
		next := p.config.Settings()
		if next.Text = theme.Larger(now.Text); next.Text == now.Text {
			next.Text = theme.TextSizes[0]
		}
		p.config.Change(next)
	}).WithIcon(theme.IconTextAa)
	other := settings.Languages[0]
	for _, l := range settings.Languages {
		if l.Code != now.Language {
			other = l
		}
	}
	language = widget.NewButton(other.Name, widget.Tertiary, func() {
		next := p.config.Settings()
		next.Language = other.Code
		p.config.Change(next)
	}).WithIcon(theme.IconGlobe)
	return size, language
}

// foot has *Indietro* at the left and the way on at the right, always in the same place; nil where there is neither.
func (p *Page) foot() fyne.CanvasObject {
	back := widget.NewButton(words.T("firstrun.back"), widget.Secondary, func() { p.Back() }).WithIcon(theme.IconCaretLeft)
	back.Hidden = len(p.m.path) == 0 || p.m.final() || p.m.stage == stageReset
	parts := []fyne.CanvasObject{back, widget.Gap(), p.busy}
	label := p.forwardLabel()
	if label != "" {
		p.forward = widget.NewButton(label, widget.Primary, p.Forward)
		parts = append(parts, p.forward)
	} else if back.Hidden {
		return nil
	}
	bar := widget.PadXY(theme.PageMargin, 12, newMiddle(formWidth, widget.Row(16, parts...)))
	return widget.Column(0, widget.Rule(), widget.Stack(widget.NewPanel(theme.Surface, theme.Clear, 0), bar))
}

// forwardLabel is the word on the button that goes on, "" where the way goes on by choosing.
func (p *Page) forwardLabel() string {
	switch p.m.stage {
	case stageMutual, stageWays, stageJoin, stageReset:
		return ""
	case stageReach:
		return words.T("firstrun.forward.reach." + string(p.m.way))
	}
	return words.T("firstrun.forward." + string(p.m.stage))
}

// working says what is going on, and lets the button rest.
func (p *Page) working(say string) {
	p.busy.SetText(say)
	p.busy.Show()
	if p.forward != nil {
		p.forward.Disable()
	}
	p.root.Refresh()
}

// body is the screen of the moment.
func (p *Page) body() fyne.CanvasObject {
	p.problems = widget.NewProblems()
	complaint := p.complaint()
	p.complains = len(complaint) > 0
	parts := append([]fyne.CanvasObject{widget.NewText(p.heading(), theme.H1), p.problems}, complaint...)
	screens := map[stage]func() []fyne.CanvasObject{stageMutual: p.mutualScreen, stageWays: p.waysScreen, stageJoin: p.joinScreen, stageFirst: p.firstScreen,
		stageAgree: p.agreeScreen, stagePerson: p.personScreen, stageReach: p.reachScreen, stageAnnounce: p.announceScreen, stageCodes: p.codesScreen,
		stageLink: p.linkScreen, stageVerified: p.verifiedScreen, stageSignIn: p.signInScreen, stageReset: p.resetScreen, stageFactor: p.factorScreen,
		stageDossier: p.dossierScreen, stagePaper: p.paperScreen, stageProve: p.proveScreen, stageDone: p.doneScreen}
	parts = append(parts, screens[p.m.stage]()...)
	return widget.PadXY(theme.PageMargin, 24, newMiddle(formWidth, widget.Column(16, append(parts, widget.Space(0, 8))...)))
}

// heading is the title of the screen.
func (p *Page) heading() string {
	switch {
	case p.m.stage == stageWays && p.m.portal() == nil:
		return p.m.rules().Name
	case p.m.stage == stageReach && p.m.way == mutual.WayFirstAccess && p.m.enrolment.Name != "":
		return words.T("firstrun.head.hello", "Name", p.m.enrolment.Name) // FAC-06
	case p.m.stage == stageDone && p.m.enrolment.Name != "":
		return words.T("firstrun.head.done.name", "Name", p.m.enrolment.Name)
	}
	return words.T("firstrun.head." + string(p.m.stage))
}

// offlineCodes are the codes of a line that is not there.
var offlineCodes = map[fault.Code]bool{"network.offline": true, "network.timeout": true, "network.cut": true, "mutual.refused": true}

// complaint is what went wrong with the last answer, on top: what happened, what is safe, what to do.
func (p *Page) complaint() []fyne.CanvasObject {
	err := p.m.fault
	code := fault.CodeOf(err)
	switch {
	case err == nil && p.config.Online != nil && !p.config.Online() && !p.m.final():
		return []fyne.CanvasObject{p.offline()}
	case err == nil || p.atField():
		return nil
	case offlineCodes[code]:
		return []fyne.CanvasObject{p.offline()}
	}
	switch code {
	case account.CodeRegistered:
		return []fyne.CanvasObject{p.registered()}
	case account.CodeNotFound:
		return []fyne.CanvasObject{p.notFound()}
	case account.CodeWrong:
		return []fyne.CanvasObject{p.notRecognised()}
	}
	return []fyne.CanvasObject{told("", errtext.Of(err), widget.ToneBad, p.helpButton())}
}

// told is an answer of the mutual with what can be done about it below: its sentences are long, so the icon stands at the
// first of them.
func told(title, text string, tone widget.Tone, actions ...fyne.CanvasObject) fyne.CanvasObject {
	ink, veil := tone.Colors()
	var lines []fyne.CanvasObject
	if title != "" {
		lines = append(lines, widget.NewText(title, theme.Body).Bold())
	}
	if text != "" {
		lines = append(lines, widget.NewText(text, theme.Secondary).Color(theme.Ink))
	}
	said := widget.RowTop(20, widget.NewIcon(theme.IconWarningCircle, 26, ink), widget.Grow(widget.Column(2, lines...)))
	return widget.Stack(widget.NewPanel(veil, theme.Clear, theme.CardRadius), widget.PadXY(24, 16, widget.Column(12, said, widget.Flow(24, actions...))))
}

// offline says that the network is needed once.
func (p *Page) offline() fyne.CanvasObject {
	return widget.Banner(theme.IconWifiSlash, words.T("firstrun.offline"), words.T("firstrun.offline.text"), widget.Calm)
}

// registered is MSG-01 word for word, with the way to sign in (REG-10).
func (p *Page) registered() fyne.CanvasObject {
	said := p.m.rules().Messages.AlreadyRegistered
	if said == "" {
		said = errtext.Of(p.m.fault)
	}
	sign := widget.NewButton(words.T("firstrun.way.sign-in"), widget.Secondary, func() { p.take(mutual.WaySignIn) })
	forgot := widget.NewButton(words.T("firstrun.forgot"), widget.Tertiary, p.forgot)
	return told(said, words.T("firstrun.registered.text"), widget.ToneCareful, sign, forgot)
}

// notFound is MSG-02 word for word, with whom to ask first (REG-11, SUP-09).
func (p *Page) notFound() fyne.CanvasObject {
	said, whom := p.m.rules().Messages.NotFound, p.m.rules().Contacts.FirstStep
	if said == "" {
		said = errtext.Of(p.m.fault)
	}
	text := words.T("firstrun.notfound.text")
	if whom != "" {
		text = words.T("firstrun.notfound.ask", "Whom", whom)
	}
	return told(said, text, widget.ToneCareful, p.helpButton())
}

// notRecognised says that user name and password are not a pair (FAC-11, MSG-03), and what to look at (LOG-04, LOG-06).
func (p *Page) notRecognised() fyne.CanvasObject {
	said := p.m.rules().Messages.FirstWrong
	if said == "" || p.m.way == mutual.WaySignIn {
		said = errtext.Of(p.m.fault)
	}
	text := words.T("firstrun.wrong.look")
	if p.m.rules().Has(mutual.WayFirstAccess) {
		text += " " + words.T("firstrun.wrong.look.first", "Text", p.m.rules().Messages.FirstAccess)
	}
	if p.m.way == mutual.WaySignIn {
		return told(said, text+" "+words.T("firstrun.wrong.look.reset"), widget.ToneBad,
			widget.NewButton(words.T("firstrun.forgot"), widget.Secondary, p.forgot), p.helpButton())
	}
	return told(said, text, widget.ToneBad, p.helpButton())
}
