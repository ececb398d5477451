package unlock

import (
	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/screen/art"
	"github.com/sodale/sodale/ui/screen/secret"
	"github.com/sodale/sodale/ui/screen/settings"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// view is what stands on the screen. show makes it say what the model says.
type view struct {
	page     *Page
	root     fyne.CanvasObject
	scroll   *widget.Scroll
	password *secret.Password
	newer    *secret.Password // the account's password; nil unless it is another
	newRoom  *fyne.Container  // where it stands
	factor   *secret.Factor   // nil until the mutual asks for it
	keep     *widget.Check    // nil where nothing can be remembered
	code     *widget.Entry    // nil until it is asked for
	codeRoom *fyne.Container  // where it stands
	open     *widget.Button
	say      *widget.Text
	links    fyne.CanvasObject
	toCode   *widget.Button
	back     *widget.Button
	door     *fyne.Container // fields and buttons
	barred   *fyne.Container // why it can't be opened
	notice   *fyne.Container // what has to be known before anything is typed
	reset    *fyne.Container // the way back to a forgotten password
	shut     bool            // nothing opens the vault any more
	line     *fyne.Container // what is known of the network
	form     *fyne.Container
}

func newView(p *Page) *view {
	v := &view{page: p}
	v.password = secret.NewPassword(words.T("unlock.password"))
	v.password.SetText(p.model.password)
	v.password.OnTyped, v.password.OnSubmitted = v.typed, v.submitted
	v.codeRoom, v.newRoom, v.notice, v.reset = widget.Stack(), widget.Column(16), widget.Column(16), widget.Stack()
	v.open = widget.NewButton(words.T("unlock.open"), widget.Primary, p.open).WithIcon(theme.IconLockKey)
	v.say = widget.NewText("", theme.Secondary)
	v.toCode = widget.NewButton(words.T("unlock.recovery"), widget.Tertiary, func() { p.way(true) }).WithIcon(theme.IconKey)
	v.back = widget.NewButton(words.T("unlock.back"), widget.Tertiary, func() { p.way(false) }).WithIcon(theme.IconCaretLeft)
	v.links = widget.Flow(24, widget.NewButton(words.T("unlock.forgotten"), widget.Tertiary, p.forgotten), v.toCode, v.back)
	v.door = widget.Column(16, v.password.Object(), v.newRoom, v.codeRoom)
	if p.config.Memory != nil {
		v.door.Add(v.memory())
	}
	for _, part := range []fyne.CanvasObject{v.open, v.say, v.links} {
		v.door.Add(part)
	}
	v.barred = widget.Column(16)
	v.line = widget.Stack()
	v.showLine()
	v.showNotices()
	v.form = widget.Column(24, v.greeting(), v.notice, v.door, v.reset, v.barred, v.line)
	v.scroll = widget.NewScroll(widget.PadXY(40, 24, widget.Column(48, v.choices(), v.form, v.foot())))
	v.root = newSplit(v.side(), v.scroll)
	return v
}

func (v *view) canvas() fyne.Canvas { return fyne.CurrentApp().Driver().CanvasForObject(v.root) }

// field is the one to type into.
func (v *view) field() *widget.Entry {
	switch {
	case v.page.model.byCode:
		return v.code
	case v.page.model.atNewer && v.newer != nil:
		return v.newer.Entry
	}
	return v.password.Entry
}

// fields are all that were shown until now.
func (v *view) fields() []*widget.Entry {
	fields := []*widget.Entry{v.password.Entry}
	if v.newer != nil {
		fields = append(fields, v.newer.Entry)
	}
	if v.code != nil {
		fields = append(fields, v.code)
	}
	return fields
}

// refocus puts the keyboard where something is to be typed again.
func (v *view) refocus() {
	if v.factor != nil && v.page.model.fault == nil {
		v.factor.Field().Focus()
		return
	}
	v.field().Focus()
	v.field().SelectAll()
}

// askCode puts the field of the recovery code into its room. Few ever see it, so the first frame goes without.
func (v *view) askCode() {
	if v.code != nil {
		return
	}
	v.code = widget.NewEntry(words.T("unlock.recovery")).Mono()
	v.code.SetHint(words.T("unlock.recovery.hint"))
	v.code.SetText(v.page.model.code)
	v.code.OnChanged, v.code.OnSubmitted = v.changed, v.submitted
	v.codeRoom.Add(v.code)
}

func (v *view) submitted(string) { v.page.open() }

func (v *view) changed(text string) {
	v.page.model.take(text)
	v.field().SetError("")
}

// typed follows the password.
func (v *view) typed(text string) {
	v.page.model.password = text
	v.scroll.Refresh()
}

// show makes the screen say what the model says.
func (v *view) show() {
	m := &v.page.model
	resetting := v.page.reset != nil
	if resetting {
		v.reset.Objects = []fyne.CanvasObject{v.page.reset.Content()}
	}
	widget.Show(v.reset, resetting)
	v.showLine()
	widget.Show(v.notice, !resetting && m.stage != barred && len(v.notice.Objects) > 0)
	widget.Show(v.password.Object(), !m.byCode)
	if m.byCode {
		v.askCode()
	}
	v.showNewer(m.stale && !m.byCode)
	widget.Show(v.codeRoom, m.byCode)
	widget.Show(v.toCode, !m.byCode && v.page.config.Recover != nil)
	widget.Show(v.back, m.byCode)
	if v.keep != nil {
		widget.Show(v.keep, !m.byCode)
	}
	widget.Show(v.door, m.stage != barred && !resetting && !v.shut)
	widget.Show(v.barred, m.stage == barred && !resetting)
	v.open.SetLabel(words.T("unlock.open"))
	if m.byCode {
		v.open.SetLabel(words.T("unlock.recovery.open"))
	}
	if m.stage == barred {
		v.barred.Objects = v.reasons(m.fault)
	}
	v.complain()
	v.scroll.Refresh()
	v.root.Refresh()
}

// complain says below the field what went wrong, how long to wait, or that the vault is being opened.
func (v *view) complain() {
	m := &v.page.model
	for _, e := range v.fields() {
		e.SetError("")
	}
	v.say.SetText("")
	v.open.Enable()
	switch m.stage {
	case opening:
		v.open.Disable()
		v.say.SetText(words.T("unlock.opening"))
	case waiting:
		v.open.Disable()
		v.field().SetError(words.N("unlock.wait", m.left(v.page.config.Clock.Now())))
	case asking:
		if m.fault != nil {
			v.field().SetError(errtext.Of(m.fault))
		}
	}
	widget.Show(v.say, v.say.Plain() != "")
}

func (v *view) sayEmpty() {
	key := "unlock.empty"
	if v.page.model.byCode {
		key = "unlock.empty.code"
	}
	v.field().SetError(words.T(key))
	v.field().Focus()
	v.scroll.Refresh()
}

// reasons explains why the vault can't be opened: what happened, what is safe, what to do, and whom to call.
func (v *view) reasons(err error) []fyne.CanvasObject {
	lines := []fyne.CanvasObject{widget.NewText(errtext.Of(err), theme.Body)}
	if phone := v.page.config.Phone; phone != "" {
		lines = append(lines, widget.NewText(words.T("unlock.call", "Phone", phone), theme.Body))
	}
	box := widget.RowTop(14, widget.NewIcon(theme.IconWarning, 24, theme.Careful), widget.Grow(widget.Column(8, lines...)))
	return []fyne.CanvasObject{widget.Well(box),
		widget.Flow(16, widget.NewButton(words.T("unlock.retry"), widget.Secondary, v.page.retry).WithIcon(theme.IconArrowClockwise))}
}

// forgotten says what there is to do without the password, where no mutual can be asked.
func (v *view) forgotten() string {
	phone := v.page.config.Phone
	if phone == "" {
		return words.T("unlock.forgotten.text.no-phone")
	}
	return words.T("unlock.forgotten.text", "Phone", phone)
}

func (v *view) greeting() fyne.CanvasObject {
	name := v.page.config.Gate.Greeting()
	hello := words.T("unlock.hello", "Name", name)
	if name == "" {
		hello = words.T("unlock.hello.nobody")
	}
	return widget.Column(4, widget.NewText(hello, theme.H1), widget.NewText(v.page.config.Mutual, theme.Secondary))
}

// showLine says that no network is needed, when there is none.
func (v *view) showLine() {
	link := submission.Link{Online: true}
	if v.page.config.Link != nil {
		link = v.page.config.Link()
	}
	text := words.T("unlock.offline.none")
	if n := link.Waiting + link.Sending + link.Unconfirmed; n > 0 {
		text = words.N("unlock.offline.waiting", n)
	}
	box := widget.Well(widget.RowTop(16, widget.NewIcon(theme.IconWifiSlash, 24, theme.Ink),
		widget.Grow(widget.Column(4, widget.NewText(words.T("unlock.offline"), theme.Body).Bold(), widget.NewText(text, theme.Secondary)))))
	v.line.Objects = []fyne.CanvasObject{box}
	widget.Show(v.line, !link.Online && v.page.reset == nil)
}

// choices are the text size and the language, at the top right.
func (v *view) choices() fyne.CanvasObject {
	now := v.page.config.Settings()
	size := widget.NewButton(sizeLabel(now.Text), widget.Tertiary, func() {
		next := v.page.config.Settings()
		if next.Text = theme.Larger(now.Text); next.Text == now.Text {
			next.Text = theme.TextSizes[0]
		}
		v.page.config.Change(next)
	}).WithIcon(theme.IconTextAa)
	other := settings.Languages[0]
	for _, l := range settings.Languages {
		if l.Code != now.Language {
			other = l
		}
	}
	language := widget.NewButton(other.Name, widget.Tertiary, func() {
		next := v.page.config.Settings()
		next.Language = other.Code
		v.page.config.Change(next)
	}).WithIcon(theme.IconGlobe)
	return widget.FlowEnd(32, size, language)
}

func (v *view) foot() fyne.CanvasObject {
	return widget.NewText(words.T("unlock.version", "Version", v.page.config.Version), theme.Caption)
}

// side is the picture with the promise, at the left of a wide window.
func (v *view) side() fyne.CanvasObject {
	ground := art.NewGround(0, [2]art.Circle{{X: 0.375, Y: 1.23, R: 0.481}, {X: 0.79, Y: 1.23, R: 0.481}})
	brand := widget.Row(16, art.NewMark(34), widget.NewText("Sodale", theme.H2).Color(theme.White).OneLine())
	text := widget.Column(16, widget.NewText(words.T("unlock.claim"), theme.H1).Color(theme.White),
		widget.NewText(words.T("unlock.promise"), theme.Body).Color(theme.White))
	return widget.Stack(ground, widget.PadXY(64, 64, widget.Column(96, brand, text)))
}

// forgottenSheet says what there is to do without the password.
func forgottenSheet(p *Page) *widget.Sheet {
	var sheet *widget.Sheet
	actions := []fyne.CanvasObject{widget.NewButton(words.T("unlock.back"), widget.Secondary, func() { sheet.Close() })}
	if p.config.Recover != nil {
		actions = append(actions, widget.NewButton(words.T("unlock.recovery"), widget.Primary, func() {
			sheet.Close()
			p.way(true)
		}).WithIcon(theme.IconKey))
	}
	sheet = widget.NewSheet(words.T("unlock.forgotten"),
		widget.NewText(p.view.forgotten(), theme.Body), actions...)
	return sheet
}
