package register

import (
	"bytes"
	"context"
	"image/jpeg"
	"net/mail"
	"strings"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/iban"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/phone"
	"github.com/sodale/sodale/app/place"
	"github.com/sodale/sodale/app/request"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/archive"
	"github.com/sodale/sodale/sync/mutuad/store"
)

// profile is a change of one person's details (PER-02) on its way.
type profile struct {
	*filing
	rules     mutual.Profile
	household member.Household
	change    member.Change
	pending   store.Pending // before the change
}

// followProfile takes over what the member changed, field by field. Fields that the mutual changed meanwhile to something else
// are a conflict, and then nothing is taken over. The residence is not among the details, so a body that names it can't be read
// (PER-04). A new e-mail or mobile of the holder waits until it is proved (CTV-04, PER-06).
func followProfile(ctx context.Context, f *filing) (archive.News, error) {
	p := &profile{filing: f, change: *f.Letter.Request.Change}
	if err := p.load(ctx); err != nil {
		return archive.News{}, err
	}
	theirs, known := p.household.Details(p.change.Person)
	switch {
	case !known:
		return archive.News{}, &Refusal{Code: api.CodePersonUnknown, Field: "change/person"}
	case !p.own() && !p.rules.Relatives.Editable: // PER-07, PER-08
		return archive.News{}, &Refusal{Code: api.CodeNotAllowed, Field: "change/person"}
	}
	if err := p.check(); err != nil {
		return archive.News{}, err
	}
	if err := p.decide(theirs); err != nil {
		return archive.News{}, err
	}
	return p.apply(ctx, theirs)
}

func (p *profile) load(ctx context.Context) error {
	var err error
	if p.rules, err = p.RulesIn(ctx, p.tx.Queries); err != nil {
		return err
	}
	p.household, err = p.tx.Household(ctx, p.Member)
	if fault.CodeOf(err) == store.CodeNone {
		return &Refusal{Code: api.CodePersonUnknown, Field: "change/person"}
	}
	if err != nil {
		return err
	}
	p.pending, err = p.tx.Pending(ctx, p.Member)
	return err
}

// own reports whether the details are the holder's, which are those of the membership.
func (p *profile) own() bool { return p.change.Person == p.household.Holder.ID }

// check checks each field that was changed, and writes it the one way in which it is kept.
func (p *profile) check() error {
	for _, field := range p.change.Fields() {
		if !p.fits(field) {
			return unacceptable("change/" + string(field))
		}
	}
	p.change.Mine = p.change.Mine.Living(p.household.Home)
	return nil
}

func (p *profile) fits(field member.Field) bool {
	mine := &p.change.Mine
	switch field {
	case member.FieldDomicile:
		return mine.Domicile == nil || wellFormed(*mine.Domicile)
	case member.FieldEMail:
		return mine.EMail == "" && (!p.own() || !p.rules.Verification.EMailMandatory) || validEMail(mine.EMail)
	case member.FieldMobile:
		if mine.Mobile == "" {
			return !p.own() || !p.rules.Verification.MobileMandatory
		}
		n, err := phone.ParseMobile(mine.Mobile)
		mine.Mobile = string(n)
		return err == nil
	case member.FieldIBAN:
		if mine.IBAN == "" {
			return mine.Payment == member.ByCheque
		}
		n, err := iban.Parse(mine.IBAN)
		mine.IBAN = string(n)
		return err == nil
	case member.FieldPhoto:
		return len(mine.Photo) == 0 || isPhoto(mine.Photo)
	case member.FieldPostal, member.FieldPayment:
		return true // their values were checked with the form of the body
	}
	return false
}

func wellFormed(a member.Address) bool {
	_, known := place.ProvinceOf(a.Province)
	return known && strings.TrimSpace(a.Street) != "" && strings.TrimSpace(a.Town) != "" && len(a.Street)+len(a.Town) <= 200 &&
		len(a.PostCode) == 5 && strings.Trim(a.PostCode, "0123456789") == ""
}

func validEMail(text string) bool {
	a, err := mail.ParseAddress(text)
	return err == nil && a.Address == text && len(text) <= 254 && strings.Contains(text[strings.LastIndexByte(text, '@')+1:], ".")
}

// maxSide is how wide and how high a photo may be, in pixels.
const maxSide = 4096

func isPhoto(data []byte) bool {
	c, err := jpeg.DecodeConfig(bytes.NewReader(data))
	return err == nil && c.Width <= maxSide && c.Height <= maxSide
}

// decide finds the fields that both sides changed to different values. What an earlier revision of this request set, or what
// still waits for its proof because of one, is the member's own doing and no change of the mutual's.
func (p *profile) decide(theirs member.Details) error {
	_, _, conflicts := member.Merge(p.change.Base, p.change.Mine, theirs)
	earlier, err := p.earlier()
	if err != nil {
		return err
	}
	var fields []string
	for _, c := range conflicts {
		mineBefore := earlier != nil && earlier.Mine.Same(theirs, c.Field)
		if !mineBefore && !p.waits(c.Field, p.change.Base) {
			fields = append(fields, string(c.Field))
		}
	}
	if fields != nil {
		return &Refusal{Code: api.CodeConflict, Field: strings.Join(fields, ",")}
	}
	return nil
}

// waits reports whether a contact in d is the one that waits for its proof.
func (p *profile) waits(field member.Field, d member.Details) bool {
	return p.own() && (field == member.FieldEMail && p.pending.EMail != "" && d.EMail == p.pending.EMail ||
		field == member.FieldMobile && p.pending.Mobile != "" && d.Mobile == p.pending.Mobile)
}

// earlier opens the change of the revision before this one; nil when this is the first.
func (p *profile) earlier() (*member.Change, error) {
	if p.before == nil {
		return nil, nil
	}
	plain, err := p.Opened(p.before.Body)
	if err != nil {
		return nil, err
	}
	was, err := request.Decode(plain)
	return was.Change, err
}

// fieldNames are the words of what was changed.
var fieldNames = map[member.Field]string{member.FieldDomicile: "domicilio", member.FieldEMail: "e-mail", member.FieldMobile: "cellulare",
	member.FieldPostal: "recapito postale", member.FieldPayment: "modalità di pagamento", member.FieldIBAN: "IBAN", member.FieldPhoto: "foto"}

// apply stores the changed fields and returns the news: of the household, and of the account when a contact waits. The version of
// the household grows in any case: by that the member's program knows that the news are what came of this change.
func (p *profile) apply(ctx context.Context, theirs member.Details) (archive.News, error) {
	after := theirs
	var names []string
	for _, field := range p.change.Fields() {
		waits, err := p.await(ctx, field, theirs)
		if err != nil {
			return archive.News{}, err
		}
		if !waits && !after.Same(p.change.Mine, field) {
			after, names = after.With(field, p.change.Mine), append(names, fieldNames[field])
		}
	}
	if p.Proof {
		account, err := p.StandingNews(ctx, p.tx.Queries, p.Member, "I nuovi recapiti valgono quando li confermi con i codici che ti mandiamo.")
		if err != nil {
			return archive.News{}, err
		}
		p.more = append(p.more, account)
	}
	words := ""
	if names != nil {
		words = "Dati aggiornati: " + strings.Join(names, ", ") + "."
	}
	return p.store(ctx, after, words)
}

// await lets a new contact of the holder wait where this mutual wants it proved, and reports whether it does. One that goes back
// to what the mutual has, or is given up, ends the waiting.
func (p *profile) await(ctx context.Context, field member.Field, theirs member.Details) (bool, error) {
	var channel store.Channel
	var value, waiting string
	var proved mutual.Channel
	switch field {
	case member.FieldEMail:
		channel, value, waiting, proved = store.ChannelEMail, p.change.Mine.EMail, p.pending.EMail, p.rules.Verification.EMail
	case member.FieldMobile:
		channel, value, waiting, proved = store.ChannelMobile, p.change.Mine.Mobile, p.pending.Mobile, p.rules.Verification.Mobile
	}
	if !p.own() || proved == mutual.ChannelNone {
		return false, nil
	}
	waits := value != "" && !p.change.Mine.Same(theirs, field)
	if !waits {
		value = ""
	}
	p.Proof = p.Proof || waits || waiting != ""
	return waits, p.tx.SetPending(ctx, p.Member, channel, value)
}

// store stores the details of the person, with the next version of the household.
func (p *profile) store(ctx context.Context, d member.Details, words string) (archive.News, error) {
	if p.own() {
		p.household = p.household.With(p.change.Person, d)
		return p.ChangeHousehold(ctx, p.tx, p.Member, p.household, words)
	}
	relative, err := p.tx.Person(ctx, string(p.change.Person))
	if err != nil {
		return archive.News{}, err
	}
	relative.Details = d
	if err := p.tx.PutPerson(ctx, relative); err != nil {
		return archive.News{}, err
	}
	return p.ChangeHousehold(ctx, p.tx, p.Member, p.household, words)
}
