package server_test

import (
	"bytes"
	"context"
	"encoding/json"
	"image"
	"image/jpeg"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/mutual"
	asked "github.com/sodale/sodale/app/request"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/demo"
	"github.com/sodale/sodale/sync/mutuad/store"
)

// ask makes a request of the demo member. bend sets what it is about.
func (h *house) ask(kind submission.Kind, bend func(*asked.Filed)) asked.Filed {
	h.t.Helper()
	f := asked.Filed{Format: asked.FiledFormat, ID: h.newID(), Revision: 1, OpID: h.newID(), Kind: kind, Holder: demo.Elena, Number: demo.User,
		MadeAt: h.archive.Now()}
	bend(&f)
	return f
}

func (h *house) packRequest(f asked.Filed) parcel {
	h.t.Helper()
	plain, err := asked.Encode(f)
	if err != nil {
		h.t.Fatal(err)
	}
	return parcel{subject: f.ID, revision: f.Revision, plain: plain,
		put: api.Put{OpID: f.OpID, Kind: string(f.Kind), Body: h.seal(plain), Plain: hexOf(plain)}}
}

// send files a request that must be taken, and returns its receipt.
func (h *house) send(token string, f asked.Filed) api.Receipt {
	h.t.Helper()
	got := h.put(token, h.packRequest(f))
	if got.status != http.StatusOK {
		h.t.Fatalf("%s: %d %s", f.Kind, got.status, got.body)
	}
	r := h.receipt(got.body)
	if r.OpID != f.OpID || r.Kind != string(f.Kind) || r.Subject != f.ID || r.Revision != f.Revision || !strings.HasPrefix(r.Protocol, "R26-") {
		h.t.Fatalf("%+v", r)
	}
	return r
}

// wantRefused files a request that must be refused, signed, and leave nothing.
func (h *house) wantRefused(token string, f asked.Filed, code, field string) {
	h.t.Helper()
	before := h.lastSeq()
	got := h.put(token, h.packRequest(f))
	if p := got.problem(h.t); got.status != http.StatusUnprocessableEntity || p.Code != code || p.Field != field {
		h.t.Fatalf("%d %s %q, want %s %q", got.status, p.Code, p.Field, code, field)
	}
	if r := h.getReceipt(token, f.ID, f.Revision); r.status != http.StatusNotFound || h.lastSeq() != before {
		h.t.Fatalf("something of a refused request is there: %d", r.status)
	}
}

func (h *house) lastSeq() int64 {
	h.t.Helper()
	last, err := h.archive.Store.LastSeq(context.Background(), string(demo.Elena))
	if err != nil {
		h.t.Fatal(err)
	}
	return last
}

// news reads the newest event of a kind in the demo member's feed.
func news[T any](h *house, kind string) (T, api.Event) {
	h.t.Helper()
	events, err := h.archive.Store.Events(context.Background(), string(demo.Elena), 0, 1000)
	if err != nil {
		h.t.Fatal(err)
	}
	var v T
	for _, e := range slices.Backward(events) {
		if e.Kind == kind {
			if err := json.Unmarshal(e.Body, &v); err != nil {
				h.t.Fatal(err)
			}
			return v, e
		}
	}
	h.t.Fatalf("no event %s", kind)
	return v, api.Event{}
}

func (h *house) household() member.Household {
	h.t.Helper()
	now, err := h.archive.Store.Household(context.Background(), string(demo.Elena))
	if err != nil {
		h.t.Fatal(err)
	}
	return now
}

// atMutual changes the household as somebody at the mutual would.
func (h *house) atMutual(change func(*member.Household)) {
	h.t.Helper()
	now := h.household()
	change(&now)
	err := h.archive.Store.Write(context.Background(), func(tx *store.Tx) error {
		n, err := h.archive.ChangeHousehold(context.Background(), tx, string(demo.Elena), now, "")
		if err != nil {
			return err
		}
		return h.archive.TellNext(context.Background(), tx, string(demo.Elena), n)
	})
	if err != nil {
		h.t.Fatal(err)
	}
}

// rules changes the mutual's rules.
func (h *house) rules(change func(*mutual.Profile)) {
	h.t.Helper()
	p, err := h.archive.Rules(context.Background())
	if err != nil {
		h.t.Fatal(err)
	}
	p.Version++
	change(&p)
	if err := h.archive.SetRules(context.Background(), p); err != nil {
		h.t.Fatal(err)
	}
}

// edit is a change of the holder's details from what the mutual says now.
func (h *house) edit(change func(*member.Details)) asked.Filed {
	h.t.Helper()
	return h.editOf(demo.Elena, change)
}

func (h *house) editOf(person member.ID, change func(*member.Details)) asked.Filed {
	h.t.Helper()
	base, ok := h.household().Details(person)
	if !ok {
		h.t.Fatalf("no details of %s", person)
	}
	mine := base
	change(&mine)
	return h.ask(submission.KindProfile, func(f *asked.Filed) { f.Change = &member.Change{Person: person, Base: base, Mine: mine} })
}

const otherIBAN = "IT60X0542811101000000123456"

func TestAChangeOfDetailsIsFiledOnceWithOneReceiptAndNewsOfTheHousehold(t *testing.T) { // PER-02, PER-05
	everywhere(t, func(t *testing.T, h *house) {
		token := h.signIn().UploadToken
		f := h.edit(func(d *member.Details) {
			d.IBAN, d.Postal = "it60 x054 2811 1010 0000 0123 456", member.ToDomicile
			d.Domicile = &member.Address{Street: "Via Po 3", PostCode: "10124", Town: "Torino", Province: "TO"}
		})
		p := h.packRequest(f)
		first := h.put(token, p)
		again := h.put(token, p)
		if first.status != http.StatusOK || !bytes.Equal(first.body, again.body) || !bytes.Equal(first.body, h.getReceipt(token, f.ID, 1).body) {
			t.Fatalf("%d %s beside %s", first.status, first.body, again.body)
		}
		now, e := news[member.Household](h, submission.EventHousehold)
		if now.Version != 2 || now.IBAN != otherIBAN || now.Postal != member.ToDomicile || now.Domicile.Town != "Torino" || now.Holder.FullName() != "Elena Marchetti" || len(now.Family) != 2 {
			t.Fatalf("%+v", now)
		}
		if r := h.receipt(first.body); r.Seq != e.Seq || e.Text == "" || h.lastSeq() != demo.Told+1 {
			t.Fatalf("receipt of %d, event %d %q, feed to %d", r.Seq, e.Seq, e.Text, h.lastSeq())
		}
		f.Change.Mine.IBAN = "IT56N0542801602000000417435"
		if got := h.put(token, h.packRequest(f)); got.problem(t).Code != api.CodeDifferent {
			t.Fatalf("%d %s", got.status, got.body)
		}
	})
}

func TestOnlyAFieldThatBothSidesChangedToDifferentValuesIsAConflict(t *testing.T) {
	everywhere(t, func(t *testing.T, h *house) {
		token := h.signIn().UploadToken
		f := h.edit(func(d *member.Details) { d.IBAN, d.Payment = otherIBAN, member.ByCheque })
		h.atMutual(func(m *member.Household) { m.IBAN = "SM86U0322509800000000270100"; m.Postal = member.ToDomicile })
		h.wantRefused(token, f, api.CodeConflict, "iban")
		if h.household().Payment == member.ByCheque {
			t.Fatal("half of a refused change was taken over")
		}
		h.atMutual(func(m *member.Household) { m.IBAN = otherIBAN })
		h.send(token, f) // the mutual says by now what the member says
		if now := h.household(); now.IBAN != otherIBAN || now.Payment != member.ByCheque || now.Postal != member.ToDomicile {
			t.Fatalf("%+v", now)
		}
	})
}

func TestALaterRevisionOfAChangeIsNoConflictWithItself(t *testing.T) {
	everywhere(t, func(t *testing.T, h *house) {
		token := h.signIn().UploadToken
		f := h.edit(func(d *member.Details) { d.IBAN = otherIBAN })
		h.send(token, f)
		second := f
		change := *f.Change
		change.Mine.IBAN, change.Mine.Payment = "SM86U0322509800000000270100", member.ByCheque
		second.Revision, second.OpID, second.Change = 2, h.newID(), &change
		h.send(token, second)
		late := h.edit(func(d *member.Details) { d.Postal = member.ToDomicile })
		late.ID, late.Revision = h.newID(), 2
		h.send(token, late)
		late.Revision, late.OpID = 1, h.newID()
		late.Change = &member.Change{Person: demo.Elena, Base: late.Change.Base, Mine: late.Change.Base}
		late.Change.Mine.IBAN = otherIBAN
		h.send(token, late) // it comes too late to count
		if now := h.household(); now.IBAN != "SM86U0322509800000000270100" || now.Payment != member.ByCheque || now.Postal != member.ToDomicile {
			t.Fatalf("%+v", now)
		}
	})
}

func TestTheResidenceIsNoneOfTheMembersDetails(t *testing.T) { // PER-03, PER-04
	h := newHouse(t, "")
	token := h.signIn().UploadToken
	p := h.packRequest(h.edit(func(d *member.Details) { d.IBAN = otherIBAN }))
	p.plain = bytes.Replace(p.plain, []byte(`"mine":{`), []byte(`"mine":{"home":{"street":"Via Po 3"},`), 1)
	p.put.Plain, p.put.Body = hexOf(p.plain), h.seal(p.plain)
	if got := h.put(token, p); got.status != http.StatusUnprocessableEntity || got.problem(t).Code != api.CodeContent || got.problem(t).Field != "body" {
		t.Fatalf("%d %s", got.status, got.body)
	}
	home := h.household().Home
	h.send(token, h.edit(func(d *member.Details) { d.Domicile, d.Postal = &home, member.ToDomicile }))
	if now := h.household(); now.Domicile != nil || now.Home != home {
		t.Fatalf("%+v", now)
	}
}

func TestRelativesAreChangedOnlyWhereTheMutualLetsItsMembers(t *testing.T) { // PER-07, PER-08
	everywhere(t, func(t *testing.T, h *house) {
		token := h.signIn().UploadToken
		luca := func(d *member.Details) { d.IBAN, d.Mobile = otherIBAN, "333 000 1122" }
		h.rules(func(p *mutual.Profile) { p.Relatives.Editable = false })
		h.wantRefused(token, h.editOf(demo.Luca, luca), api.CodeNotAllowed, "change/person")
		h.rules(func(p *mutual.Profile) { p.Relatives.Editable = true })
		h.send(token, h.editOf(demo.Luca, luca))
		now, _ := news[member.Household](h, submission.EventHousehold)
		if got := now.Family[1].Details; now.Family[1].ID != demo.Luca || got.IBAN != otherIBAN || got.Mobile != "+393330001122" || now.IBAN == otherIBAN {
			t.Fatalf("%+v", now)
		}
		stranger := h.editOf(demo.Luca, func(d *member.Details) { d.IBAN = ""; d.Payment = member.ByCheque })
		stranger.Change.Person = member.ID(h.newID())
		h.wantRefused(token, stranger, api.CodePersonUnknown, "change/person")
	})
}

func TestADetailThatCannotBeIsRefusedWithItsField(t *testing.T) { // PER-02, PER-09, FAC-08
	h := newHouse(t, "")
	token := h.signIn().UploadToken
	for field, wrong := range map[string]func(*member.Details){
		"change/iban":   func(d *member.Details) { d.IBAN = "IT56N0542801602000000417436" },
		"change/email":  func(d *member.Details) { d.EMail = "elena at posta" },
		"change/mobile": func(d *member.Details) { d.Mobile = "+39 02 1234567" },
		"change/domicile": func(d *member.Details) {
			d.Domicile = &member.Address{Street: "Via Po 3", PostCode: "1012", Town: "Torino", Province: "TO"}
		},
		"change/photo": func(d *member.Details) { d.Photo = []byte("no picture") },
	} {
		h.wantRefused(token, h.edit(wrong), api.CodeContent, field)
	}
	h.wantRefused(token, h.edit(func(d *member.Details) { d.EMail = "" }), api.CodeContent, "change/email")
	h.wantRefused(token, h.edit(func(d *member.Details) { d.IBAN = "" }), api.CodeContent, "change/iban")
	h.send(token, h.edit(func(d *member.Details) { d.IBAN, d.Payment = "", member.ByCheque }))
	picture := photo(t)
	h.send(token, h.edit(func(d *member.Details) { d.Photo, d.Mobile = picture, "" })) // SES-02, FAC-09
	if now := h.household(); !bytes.Equal(now.Photo, picture) || now.Mobile != "" || now.IBAN != "" {
		t.Fatalf("%+v", now)
	}
}

// photo is a small picture.
func photo(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8)), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestNewContactsWaitUntilTheyAreProved(t *testing.T) { // CTV-04, PER-06
	everywhere(t, func(t *testing.T, h *house) {
		token := h.signIn().UploadToken
		f := h.edit(func(d *member.Details) {
			d.EMail, d.Mobile, d.IBAN = "nuova@posta.example", "+39 333 111 2222", otherIBAN
		})
		h.send(token, f)
		now, _ := news[member.Household](h, submission.EventHousehold)
		if now.EMail != "elena@posta.example" || now.Mobile != "+393330003423" || now.IBAN != otherIBAN {
			t.Fatalf("%+v", now)
		}
		standing, e := news[account.Standing](h, submission.EventAccount)
		if standing.EMailPending != "nuova@posta.example" || standing.MobilePending != "+393331112222" || standing.User != demo.User || e.Text == "" {
			t.Fatalf("%+v %q", standing, e.Text)
		}
		if codes := append(h.to("nuova@posta.example"), h.to("+393331112222")...); len(codes) != 2 || len(h.to("elena@posta.example")) != 0 {
			t.Fatalf("%+v: a code to each new contact, and to nobody else", codes)
		}
		next := h.ask(submission.KindProfile, func(r *asked.Filed) { // made while the first was on its way
			r.ID, r.Revision = f.ID, 2
			base := f.Change.Mine
			base.Mobile = "+393331112222"
			mine := base
			mine.EMail = "altra@posta.example"
			r.Change = &member.Change{Person: demo.Elena, Base: base, Mine: mine}
		})
		h.send(token, next)
		if standing, _ := news[account.Standing](h, submission.EventAccount); standing.EMailPending != "altra@posta.example" || standing.MobilePending == "" {
			t.Fatalf("%+v", standing)
		}
		err := h.archive.Store.Write(context.Background(), func(tx *store.Tx) error {
			return h.archive.ConfirmContacts(context.Background(), tx, string(demo.Elena), store.ChannelEMail)
		})
		if err != nil {
			t.Fatal(err)
		}
		now, _ = news[member.Household](h, submission.EventHousehold)
		standing, _ = news[account.Standing](h, submission.EventAccount)
		if now.EMail != "altra@posta.example" || now.Mobile != "+393330003423" || standing.EMailPending != "" || standing.MobilePending != "+393331112222" {
			t.Fatalf("%+v %+v", now, standing)
		}
		giveUp := h.edit(func(d *member.Details) {})
		giveUp.Change.Base.Mobile = "+393331112222"
		h.send(token, giveUp)
		if last, _ := news[member.Household](h, submission.EventHousehold); last.Version != now.Version+1 { // by that the program knows
			t.Fatalf("version %d after %d", last.Version, now.Version)
		}
		if standing, _ := news[account.Standing](h, submission.EventAccount); standing.MobilePending != "" || h.household().Mobile != "+393330003423" {
			t.Fatalf("%+v", standing)
		}
	})
}
