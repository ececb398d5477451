// Package complaint is *Reclami e domande*: what the member wrote to the mutual, with its answer and the ways that are left after it,
// and the two forms, a complaint and a question, which are never one (CMP-01 to CMP-06, BEG-19).
package complaint

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/clock"
	"github.com/sodale/sodale/app/complaint"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/request"
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/screen/part"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// Config is what the page needs.
type Config struct {
	Requests  *request.Desk
	Household func(ctx context.Context) (member.Household, error)
	Claims    func(ctx context.Context) ([]claim.Summary, error)
	Rules     func() mutual.Profile
	OpenClaim func(claim.ID)
	Draft     *Draft // what is being written; it outlives the page
	Sent      part.Requests
	Clock     clock.Clock
	Runner    *runner.Runner
}

// Draft is which form is open, and what stands in it. The zero Draft is nothing.
type Draft struct {
	Form      Form // which form is open
	Complaint complaint.Draft
	Question  complaint.Question
	Corrects  string // id of the refused letter that the open form takes the place of
}

// Form says which form is open.
type Form string

// The forms.
const (
	NoForm        Form = ""
	ComplaintForm Form = "complaint"
	QuestionForm  Form = "question"
)

// Ids of places that open a form; any other is that of a letter.
const (
	NewComplaint = "+complaint"
	NewQuestion  = "+question"
	aboutClaim   = NewComplaint + "/"
)

// About is the id of the place where a complaint about a claim is begun.
func About(c claim.ID) string { return aboutClaim + string(c) }

// Page is *Reclami e domande*. It is a desktop.Page.
type Page struct {
	part.Scroll
	config    Config
	loaded    bool
	household member.Household
	summaries []claim.Summary
	letters   []request.Letter
	saved     complaint.Drafts // as they are stored, or will be in a moment
	saver     *part.Saver[complaint.Drafts]
	open      string   // id of the letter that is shown, or ""
	begun     claim.ID // what the form of a complaint was opened about; "" = nothing
	complaint *complaintForm
	question  *questionForm
}

// New returns the page with a letter or a form open, as id says.
func New(c Config, id string) *Page {
	if c.Draft == nil {
		c.Draft = &Draft{}
	}
	p := &Page{config: c}
	p.saver = part.NewSaver(c.Runner, c.Requests.SaveDrafts, func(err error) {
		if err != nil {
			p.Toast(errtext.Of(err))
		}
	})
	switch about, of := strings.CutPrefix(id, aboutClaim); {
	case of:
		p.begun = claim.ID(about)
		c.Draft.Form = ComplaintForm
	case id == NewComplaint:
		c.Draft.Form = ComplaintForm
	case id == NewQuestion:
		c.Draft.Form = QuestionForm
	default:
		p.open = id
	}
	if p.open != "" {
		c.Draft.Form = NoForm
	}
	return p
}

// Title implements desktop.Page.
func (p *Page) Title() string { return words.T("shell.screen.complaints") }

// Content implements desktop.Page.
func (p *Page) Content() fyne.CanvasObject {
	content := p.Open()
	if p.loaded {
		p.openForm()
		p.fill()
	} else {
		p.Refresh()
	}
	return content
}

// Focus implements desktop.Page.
func (p *Page) Focus() fyne.Focusable { return nil }

// Leave implements desktop.Page. What was being written is on the disk.
func (p *Page) Leave() {
	p.saver.Leave()
	p.config.Runner.Leave()
	p.saver.Finish()
}

// Back implements desktop.Backer: it closes the form, or the letter. What was typed stays in the Draft.
func (p *Page) Back() bool {
	if p.config.Draft.Form == NoForm && p.open == "" {
		return false
	}
	p.config.Draft.Form, p.open = NoForm, ""
	p.openForm()
	p.fill()
	p.Top()
	return true
}

// read is what the page is made of.
type read struct {
	household member.Household
	summaries []claim.Summary
	letters   []request.Letter
	drafts    complaint.Drafts
}

// Refresh implements desktop.Refresher. A form that is being filled in stays.
func (p *Page) Refresh() {
	runner.Go(p.config.Runner, "complaints", func(ctx context.Context) (r read, err error) {
		if r.household, err = p.config.Household(ctx); err != nil {
			return r, err
		}
		if r.summaries, err = p.config.Claims(ctx); err != nil {
			return r, err
		}
		if r.letters, err = p.config.Requests.Letters(ctx); err != nil {
			return r, err
		}
		r.drafts, err = p.config.Requests.Drafts(ctx)
		return r, err
	}, func(r read, err error) {
		if err != nil {
			p.Fail(err)
			return
		}
		first := !p.loaded
		p.loaded, p.household, p.summaries, p.letters = true, r.household, r.summaries, r.letters
		if p.saver.Idle() {
			p.saved = r.drafts
		}
		if first {
			p.goOn()
			p.openForm()
		}
		if p.config.Draft.Form == NoForm || first {
			p.fill()
		}
	})
}

// goOn takes up what was being written before: about the claim that was asked for, or else what the open form held.
func (p *Page) goOn() {
	d := p.config.Draft
	if d.Corrects != "" && p.begun == "" {
		return // what was refused, as it is being corrected
	}
	d.Complaint = p.saved.About(p.begun)
	if p.begun != "" {
		d.Corrects, d.Complaint.About, d.Complaint.Claim = "", complaint.OfClaim, p.begun
	}
	if p.saved.Question != nil {
		d.Question = *p.saved.Question
	}
}

// typed keeps what was typed. What takes the place of a refused letter has that letter to go back to.
func (p *Page) typed() {
	d := p.config.Draft
	if d.Corrects != "" {
		return
	}
	switch d.Form {
	case ComplaintForm:
		p.saved = p.saved.With(d.Complaint)
	case QuestionForm:
		p.saved = p.saved.Asking(d.Question)
	}
	p.saver.Change(p.saved.Clone())
}

func (p *Page) today() civil.Date { return civil.Of(p.config.Clock.Now()) }

// write opens a form, of a new letter or of one that takes the place of a refused one.
func (p *Page) write(form Form, corrects string) {
	d := p.config.Draft
	d.Form, d.Corrects, p.open, p.begun = form, corrects, "", ""
	if corrects == "" {
		p.goOn()
	}
	p.openForm()
	p.fill()
	p.Top()
}

// openForm makes the parts of the form that the draft has open.
func (p *Page) openForm() {
	p.complaint, p.question = nil, nil
	switch p.config.Draft.Form {
	case ComplaintForm:
		p.complaint = newComplaintForm(p)
	case QuestionForm:
		p.question = newQuestionForm(p)
	}
}

// fill shows the form that is open, the letter, or the list.
func (p *Page) fill() {
	letter, found := p.letter(p.open)
	switch {
	case p.complaint != nil:
		p.Show(p.complaint.content()...)
	case p.question != nil:
		p.Show(p.question.content()...)
	case found:
		p.Show(p.letterParts(letter)...)
	default:
		p.Show(p.listParts()...)
	}
}

func (p *Page) letter(id string) (request.Letter, bool) {
	for _, l := range p.letters {
		if l.ID == id {
			return l, true
		}
	}
	return request.Letter{}, false
}

// show opens a letter.
func (p *Page) show(id string) {
	p.open = id
	p.fill()
	p.Top()
}

// back is the way out of a form or of a letter.
func (p *Page) back() fyne.CanvasObject {
	return widget.Flow(0, widget.NewButton(words.T("complaint.back"), widget.Tertiary, func() { p.Back() }).WithIcon(theme.IconCaretLeft))
}

// send makes a letter of what was written and says key when it waits to leave.
func (p *Page) send(key string, letter func(context.Context) error) {
	runner.Go(p.config.Runner, "send", part.Done(letter), func(_ struct{}, err error) {
		if err != nil {
			p.Toast(errtext.Of(err))
			return
		}
		p.sent(key)
	})
}

// sent says that a letter waits to leave, and goes back to the list. Its draft went with it.
func (p *Page) sent(key string) {
	d := p.config.Draft
	if d.Corrects == "" && d.Form == ComplaintForm {
		p.saved = p.saved.Without(d.Complaint.Claim)
	} else if d.Corrects == "" {
		p.saved = p.saved.Asking(complaint.Question{})
	}
	*d = Draft{}
	p.complaint, p.question, p.open = nil, nil, ""
	p.saver.Forget()
	p.Toast(words.T(key))
	p.Refresh()
	p.Top()
}
