package gallery

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/jpeg"
	"path/filepath"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/change"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/privacy"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/assets"
	"github.com/sodale/sodale/ui/desktop"
	"github.com/sodale/sodale/ui/widget"
)

// rulesOf reads the rules of a mutual that comes with the program.
func rulesOf(id string) mutual.Profile {
	p, err := mutual.Load(id+".yaml", assets.Mutuals()[id])
	if err != nil {
		panic(err) // the files are embedded: their own test reads them all
	}
	return p
}

// UseRules gives the member another mutual's rules.
func (w *World) UseRules(id string, edit ...func(*mutual.Profile)) {
	w.Rules = rulesOf(id)
	for _, e := range edit {
		e(&w.Rules)
	}
}

// membership is what the pages under the member's name stand on.
func (w *World) membership() *desktop.Membership {
	return &desktop.Membership{Account: &account.Desk{Portal: w.Portal, Vault: w.Access}, Requests: w.Requests, Rules: func() mutual.Profile { return w.Rules },
		Print:       func(_ context.Context, name string, _ []byte) error { w.Printed = append(w.Printed, name); return nil },
		FactorSheet: func([]string) ([]byte, error) { return []byte("%PDF-"), nil }, RecoverySheet: func(string) ([]byte, error) { return []byte("%PDF-"), nil },
		CanRemember: func() bool { return true }, Remembered: func() bool { return w.remembered },
		Remember:     func(_ context.Context, on bool) error { w.remembered = on; return nil },
		Photo:        func(context.Context, []byte) ([]byte, error) { return Photo(), nil },
		ChooseFolder: func(_ fyne.Window, chosen func(string)) { chosen(filepath.Join("Documenti", "Sodale")) },
		Takeout:      w.takeout, OpenFolder: func(path string) error { w.Opened = append(w.Opened, path); return nil },
		Leaving: func(context.Context) (privacy.Leaving, error) { return w.Leaving, nil }, Leave: w.leave, Left: func() { w.Gone = true }}
}

// Photo is an invented portrait: a small JPEG in two colours.
func Photo() []byte {
	picture := image.NewRGBA(image.Rect(0, 0, 96, 96))
	for y := range 96 {
		for x := range 96 {
			shade := color.RGBA{0xDE, 0xD8, 0xCC, 0xFF}
			if dx, dy := x-48, y-38; dx*dx+dy*dy < 400 || y > 68 {
				shade = color.RGBA{0x0A, 0x5A, 0x63, 0xFF}
			}
			picture.Set(x, y, shade)
		}
	}
	var data bytes.Buffer
	if err := jpeg.Encode(&data, picture, nil); err != nil {
		panic(err)
	}
	return data.Bytes()
}

func (w *World) takeout(ctx context.Context, folder string, progress func(done, total int64)) (string, error) {
	progress(1<<20, 3<<20)
	if w.TakeoutGate != nil {
		select {
		case <-w.TakeoutGate:
		case <-ctx.Done():
			return "", fault.Wrap("takeout.stopped", "gallery.takeout", "", ctx.Err())
		}
	}
	return filepath.Join(folder, "sodale-copia-2026-11-16"), w.TakeoutErr
}

func (w *World) leave(_ context.Context, anyway bool) (privacy.Leaving, error) {
	if !w.Leaving.NothingWaits() && !anyway {
		return w.Leaving, fault.New("storage.pending", "gallery.leave", "")
	}
	w.Removed = true
	after := w.Leaving
	after.Remains = w.Remains
	return after, nil
}

// Say tells the window that something came from the mutual.
func (w *World) Say() {
	w.Changes.Say(change.Change{Topic: change.Profile})
	w.app.Pump()
}

// SetHousehold changes what the mutual says of the member.
func (w *World) SetHousehold(edit func(*member.Household)) {
	h, _ := w.Asked.Household(context.Background())
	edit(&h)
	w.Asked.SetHousehold(h)
	w.Say()
}

// PortalFake is the mutual in memory: one account whose password is that of the vault. Its methods are called on the runner's
// goroutines one at a time.
type PortalFake struct {
	account.Portal // what no page under the member's name asks for
	Err            error
	Password       string
	Code           string // that the app shows
	Standing       *account.Standing
	List           []account.Session
	Began          int // second factors that were begun
	Ended          []account.Session
	Destroyed      []string
	EndedOthers    bool
	Proved         []account.Codes
	Resent         int
}

func (p *PortalFake) right(password string) error {
	switch {
	case p.Err != nil:
		return p.Err
	case password != p.Password:
		return fault.New(account.CodeWrong, "gallery.portal", "")
	}
	return nil
}

// Recovery are the ten codes of the pictures.
func Recovery() []string {
	return []string{"H4KM-92QT-7RXP-VD3L-W9TA-M6FE", "QK2C-84NH-3XJP-LR7V-D6YW-K9MA", "7TPD-W3XK-Q9RM-4HVA-N2CL-6YEF", "M8QE-K4TW-9PHX-2RVD-A7NC-L3YF",
		"3WXD-9QKR-T6HM-V4PA-C8NL-2YFE", "R7VK-4MQT-X9WD-3HPA-L6NC-8YEF", "9HTW-Q3KM-7XRP-V2DA-N4CL-6FYE", "K6PX-W8TQ-4RMD-9VHA-C3NL-7YFE",
		"D2QR-M9KX-6TWH-3VPA-L8NC-4FYE", "V5WT-X3QK-8RMD-7HPA-N9CL-2YEF"}
}

// BeginFactor implements account.Portal.
func (p *PortalFake) BeginFactor(_ context.Context, password string) (account.Factor, error) {
	if err := p.right(password); err != nil {
		return account.Factor{}, err
	}
	p.Began++
	return account.Factor{URI: "otpauth://totp/Aurora:000000003423?secret=K7VD2QPL9XWM4RTAH3NC&issuer=Mutua%20Aurora", Secret: "K7VD2QPL9XWM4RTAH3NC", Recovery: Recovery()}, nil
}

// ConfirmFactor implements account.Portal.
func (p *PortalFake) ConfirmFactor(_ context.Context, code string) error {
	if p.Err != nil {
		return p.Err
	}
	if code != p.Code {
		return fault.New(account.CodeFactorWrong, "gallery.portal", "")
	}
	p.Standing.FactorOn, p.Standing.RecoveryLeft = true, 10
	return nil
}

// EndFactor implements account.Portal.
func (p *PortalFake) EndFactor(_ context.Context, password string) error {
	err := p.right(password)
	if err == nil {
		p.Standing.FactorOn, p.Standing.RecoveryLeft = false, 0
	}
	return err
}

// NewRecoveryCodes implements account.Portal.
func (p *PortalFake) NewRecoveryCodes(_ context.Context, password string) ([]string, error) {
	if err := p.right(password); err != nil {
		return nil, err
	}
	p.Standing.RecoveryLeft = 10
	return Recovery(), nil
}

// Sessions implements account.Portal.
func (p *PortalFake) Sessions(context.Context) ([]account.Session, error) {
	return slices.Clone(p.List), p.Err
}

// EndSession implements account.Portal.
func (p *PortalFake) EndSession(_ context.Context, id, password string, destroy bool) error {
	if err := p.right(password); err != nil {
		return err
	}
	p.List = slices.DeleteFunc(p.List, func(s account.Session) bool {
		if s.ID == id {
			p.Ended = append(p.Ended, s)
		}
		return s.ID == id
	})
	if destroy {
		p.Destroyed = append(p.Destroyed, id)
	}
	return nil
}

// ChangePassword implements account.Portal.
func (p *PortalFake) ChangePassword(_ context.Context, current, next string, endOthers bool) (account.Access, error) {
	if err := p.right(current); err != nil {
		return account.Access{}, err
	}
	p.Password, p.EndedOthers = next, endOthers
	return account.Access{PasswordChanged: now}, nil
}

// ConfirmContacts implements account.Portal.
func (p *PortalFake) ConfirmContacts(_ context.Context, c account.Codes) error {
	p.Proved = append(p.Proved, c)
	return p.Err
}

// ResendContacts implements account.Portal.
func (p *PortalFake) ResendContacts(context.Context) error {
	p.Resent++
	return p.Err
}

// AccessFake is the open vault's side of the access.
type AccessFake struct {
	account.Vault // what no page under the member's name asks for
	Said          account.Standing
	Password      string
	NoShare       bool // the mutual has no share of this computer yet
}

// SetPassword implements account.Vault.
func (v *AccessFake) SetPassword(_ context.Context, next []byte, changed time.Time) error {
	v.Password, v.Said.PasswordChanged = string(next), changed
	return nil
}

// NewRecoveryCode implements account.Vault.
func (v *AccessFake) NewRecoveryCode(context.Context) (string, error) {
	return "K7VD-2QPL-9XWM-4RTA-H3NC-6YEF-T8WD", nil
}

// Standing implements account.Vault.
func (v *AccessFake) Standing(context.Context) (account.Standing, error) { return v.Said, nil }

// ShareKept implements account.Vault.
func (v *AccessFake) ShareKept() bool { return !v.NoShare }

// User implements account.Vault.
func (v *AccessFake) User() string { return "000000003423" }

// answers are consents that Elena gave.
func answers() []privacy.Answer {
	return []privacy.Answer{{Consent: "privacy", Version: "2026-01", Given: true, At: now.AddDate(0, -8, 0)},
		{Consent: "terms", Version: "2026-01", Given: true, At: now.AddDate(0, -8, 0)},
		{Consent: "newsletter", Version: "2026-01", Given: true, At: now.AddDate(0, -7, 0)}, {Consent: "newsletter", Version: "2026-01", Given: false, At: now.AddDate(0, -2, 0)}}
}

// sessions are two computers.
func sessions() []account.Session {
	return []account.Session{{ID: "here", Name: "Computer di casa", Since: now.AddDate(0, -8, 0), LastSeen: now.Add(-9 * time.Minute), Here: true},
		{ID: "laptop", Name: "Portatile di Paolo", Since: now.AddDate(0, -2, 0), LastSeen: now.AddDate(0, 0, -3)}}
}

// Arrive lets the mutual answer the latest request of the member: Delivered with a receipt, or Held for a reason.
func (w *World) Arrive(status submission.Status, reason fault.Code) {
	all, _ := w.Asked.Requests(context.Background())
	if len(all) > 0 {
		w.Asked.SetStatus(all[len(all)-1].OpID, status, reason)
	}
	w.Say()
}

// Remembered reports whether the keyring opens this computer's vault.
func (w *World) Remembered() bool { return w.remembered }

// CutTexts lists the texts of the page that have less room than they need.
func (w *World) CutTexts() []string {
	w.app.Pump()
	return widget.CutTexts(w.Shell.Window().Canvas().Content())
}
