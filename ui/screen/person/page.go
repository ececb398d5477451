// Package person is *Dati anagrafici*, *Contatti* and *Pagamenti*: what the mutual says of a person, and what of it the member
// may change (PER-01 … PER-09). A change is kept as it is typed, sent as a submission, and shown beside the old value until
// the mutual confirmed it; where both changed the same field, the member chooses.
package person

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/clock"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/request"
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/screen/part"
	"github.com/sodale/sodale/ui/words"
)

// Section is one part of a person's data.
type Section string

// The sections.
const (
	Details  Section = "person"
	Contacts Section = "contacts"
	Payments Section = "payments"
)

// sectionOf says where a field is edited.
var sectionOf = map[member.Field]Section{member.FieldDomicile: Details, member.FieldPostal: Details, member.FieldPhoto: Details,
	member.FieldEMail: Contacts, member.FieldMobile: Contacts, member.FieldPayment: Payments, member.FieldIBAN: Payments}

// SectionOf says where the first of some fields is edited.
func SectionOf(fields []member.Field) Section {
	if len(fields) == 0 {
		return Details
	}
	return sectionOf[fields[0]]
}

// Config is what the page needs.
type Config struct {
	Requests  *request.Desk
	Household func(ctx context.Context) (member.Household, error)
	Rules     func() mutual.Profile
	Account   *account.Desk
	Online    func() bool
	Ask       func() // asks the mutual for news; nil = nobody
	Sent      part.Requests

	// Choose lets the member choose files, ReadFile reads one, Photo makes a small JPEG of it; a nil Photo hides that.
	Choose   func(chosen func(paths []string))
	ReadFile func(path string) ([]byte, error)
	Photo    func(ctx context.Context, data []byte) (jpeg []byte, err error)

	Clock  clock.Clock
	Runner *runner.Runner
}

// Page shows some sections of one person. It is a desktop.Page.
type Page struct {
	part.Scroll
	config   Config
	who      member.ID // "" = the holder
	sections []Section

	loaded    bool
	household member.Household
	person    member.Person
	standing  account.Standing
	sheet     request.Sheet
	past      []member.Past

	editing bool
	edit    member.Edit // as it is typed
	fields  fields      // of the form that is shown
	wrong   bool        // *Conferma* was pressed: faults stand at the fields
	saver   *part.Saver[member.Edit]
	codes   proof
	choices map[member.Field]bool // of conflicts: true = mine
}

// New returns the page of a person; "" is the holder. It reads when it is first shown.
func New(c Config, who member.ID, sections ...Section) *Page {
	p := &Page{config: c, who: who, sections: sections, choices: map[member.Field]bool{}}
	p.saver = part.NewSaver(c.Runner, func(ctx context.Context, e member.Edit) error {
		_, err := c.Requests.SaveEdit(ctx, e)
		return err
	}, p.committed)
	return p
}

// Title implements desktop.Page.
func (p *Page) Title() string {
	if p.who != "" && p.loaded {
		return p.person.FullName()
	}
	return words.T("shell.screen." + string(p.sections[0]))
}

// Content implements desktop.Page.
func (p *Page) Content() fyne.CanvasObject {
	content := p.Open()
	if p.loaded {
		p.fill()
	} else {
		p.Refresh()
	}
	return content
}

// Focus implements desktop.Page.
func (p *Page) Focus() fyne.Focusable { return nil }

// Leave implements desktop.Page: what was typed is on the disk when it returns.
func (p *Page) Leave() {
	p.saver.Leave()
	p.config.Runner.Leave()
	p.saver.Finish()
}

// read is what the page is made of.
type read struct {
	household member.Household
	standing  account.Standing
	sheet     request.Sheet
	past      []member.Past
}

// Refresh implements desktop.Refresher. What is being typed stays.
func (p *Page) Refresh() {
	runner.Go(p.config.Runner, "person", p.read, func(r read, err error) {
		switch {
		case err != nil && !p.loaded:
			p.Fail(err)
		case err != nil:
			p.Toast(errtext.Of(err))
		case !p.saver.Idle():
			// A newer reading follows the commit.
		default:
			p.take(r)
		}
	})
}

func (p *Page) read(ctx context.Context) (r read, err error) {
	if r.household, err = p.config.Household(ctx); err != nil {
		return r, err
	}
	who := p.who
	if who == "" {
		who = r.household.Holder.ID
	}
	if r.sheet, err = p.config.Requests.Sheet(ctx, who); err != nil {
		return r, err
	}
	if r.past, err = p.config.Requests.History(ctx, who); err != nil {
		return r, err
	}
	if p.config.Account != nil {
		r.standing, err = p.config.Account.Vault.Standing(ctx)
	}
	return r, err
}

// take shows a reading. While the member types, the form is built anew only where the mutual or a delivery changed something.
func (p *Page) take(r read) {
	same := p.loaded && p.editing && r.sheet.Edit.Mine.Equal(p.edit.Mine) && r.sheet.Edit.Base.Equal(p.edit.Base) &&
		len(r.sheet.Conflicts) == len(p.sheet.Conflicts) && sameRequest(r.sheet.Last, p.sheet.Last) && r.standing == p.standing
	p.household, p.standing, p.sheet, p.past = r.household, r.standing, r.sheet, r.past
	p.person, _ = r.household.Person(r.sheet.Person)
	p.edit = r.sheet.Edit
	first := !p.loaded
	p.loaded = true
	if len(p.edit.Fields()) > 0 || p.edit.Carries != "" {
		p.editing = true
	}
	if !same || first {
		p.fill()
	}
}

func sameRequest(a, b *request.Request) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.OpID == b.OpID && a.Delivery.Status == b.Delivery.Status
}

// editable reports whether this person's data may be changed here (PER-07, PER-08).
func (p *Page) editable() bool { return p.who == "" || p.config.Rules().Relatives.Editable }

// changed takes the edit as it stands after a key and has it saved.
func (p *Page) changed() {
	p.edit.Mine = p.edit.Mine.Living(p.household.Home)
	p.saver.Change(p.edit)
}

// now is the instant of the clock.
func (p *Page) now() time.Time { return p.config.Clock.Now() }
