package gallery

import (
	"context"
	"errors"
	"strings"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/account/accounttest"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/ui/screen/secret"
	"github.com/sodale/sodale/ui/screen/unlock"
	"github.com/sodale/sodale/ui/words"
)

// beginScenes are the first run in each of its ways, and what the locked door does with a mutual behind it.
var beginScenes = []Scene{
	{"inizio-mutua", func(w *World) error { w.begin(w.newcomer("aurora")); return nil }},
	{"inizio-mutua-offline", func(w *World) error { w.Line(noLine()); w.begin(w.newcomer("aurora")); return nil }},
	{"inizio-modi", func(w *World) error { _, err := w.joining("aurora"); return err }},
	{"inizio-non-collegata", func(w *World) error { w.begin(w.newcomer("aurora")); return w.Press("Insieme Salute") }},
	{"inizio-non-iscritto", func(w *World) error {
		_, err := w.joining("aurora")
		return errors.Join(err, w.Press(words.T("firstrun.way.join")))
	}},
	{"inizio-primo-accesso", func(w *World) error { _, err := w.first(); return err }},
	{"inizio-primo-accesso-sbagliato", func(w *World) error {
		_, err := w.first()
		return errors.Join(err, w.Fill(secret.UserLabel(rulesOf("aurora")), "3423"), w.Fill(words.T("firstrun.field.first"), "03423F205K"), w.Press(words.T("firstrun.forward.first")))
	}},
	{"inizio-contatti", func(w *World) error { _, err := w.contacts(); return err }},
	{"inizio-contatti-manca", func(w *World) error {
		_, err := w.contacts()
		return errors.Join(err, w.Fill(words.T("firstrun.field.email"), "elena@posta"), w.Press(words.T("firstrun.forward.reach.first-access")))
	}},
	{"inizio-annuncio", (*World).announce},
	{"inizio-codici", (*World).codes},
	{"inizio-codici-sbagliati", func(w *World) error {
		err := w.codes()
		return errors.Join(err, w.Fill(words.T("firstrun.field.code-email"), accounttest.EMailCode), w.Fill(words.T("firstrun.field.code-mobile"), "000000"), w.Press(words.T("firstrun.forward.codes")))
	}},
	{"inizio-verificati", func(w *World) error { return w.verified() }},
	{"inizio-codice-di-recupero", func(w *World) error { return w.paper() }},
	{"inizio-riprova-codice", func(w *World) error { return w.prove() }},
	{"inizio-fatto", func(w *World) error {
		return errors.Join(w.prove(), w.Fill(words.T("firstrun.field.group", "N", 3), "9XWM"), w.Fill(words.T("firstrun.field.group", "N", 7), "T8WD"), w.Press(words.T("firstrun.forward.prove")))
	}},
	{"inizio-iscrizione", func(w *World) error { _, err := w.registration(); return err }},
	{"inizio-iscrizione-errori", func(w *World) error {
		_, err := w.registration()
		return errors.Join(err, w.Fill(words.T("firstrun.field.fiscal-code"), "MRCLNE67C14F205K"), w.Press(words.T("firstrun.forward.person")))
	}},
	{"inizio-iscrizione-compilata", func(w *World) error { _, err := w.registration(); return errors.Join(err, w.fillPerson(true)) }},
	{"inizio-iscrizione-contatti", func(w *World) error { _, err := w.registered(); return err }},
	{"inizio-gia-registrato", func(w *World) error {
		return w.registerRefused(fault.New(account.CodeRegistered, "gallery", ""))
	}},
	{"inizio-non-trovata", func(w *World) error {
		return w.registerRefused(fault.New(account.CodeNotFound, "gallery", ""))
	}},
	{"inizio-collegamento", func(w *World) error { return w.registerRefused(nil) }},
	{"inizio-consenso", func(w *World) error {
		_, err := w.joining("mantova")
		return errors.Join(err, w.Press(words.T("firstrun.way.code")))
	}},
	{"inizio-fascicolo", func(w *World) error { return w.dossier() }},
	{"inizio-credenziali", func(w *World) error { return w.signIn(nil) }},
	{"inizio-secondo-fattore", func(w *World) error {
		err := w.signIn(func(p *accounttest.PortalFake) { p.Password, p.Factor = newPassword, "417032" })
		return errors.Join(err, w.enterCredentials(newPassword))
	}},
	{"inizio-credenziali-sbagliate", func(w *World) error {
		err := w.signIn(nil)
		return errors.Join(err, w.enterCredentials("sbagliata "))
	}},
	{"inizio-senza-rete", func(w *World) error {
		err := w.signIn(func(p *accounttest.PortalFake) { p.Err = fault.New("network.offline", "gallery", "") })
		return errors.Join(err, w.enterCredentials(newPassword))
	}},
	{"inizio-aiuto", func(w *World) error {
		err := w.signIn(nil)
		return errors.Join(err, w.Press(words.T("firstrun.help")))
	}},

	{"sblocco-password-cambiata", func(w *World) error { w.doorTo(stale); return nil }},
	{"sblocco-password-nuova", func(w *World) error {
		w.doorTo(stale)
		return errors.Join(w.Fill(words.T("unlock.password.old"), password), w.Press(words.T("unlock.open")), w.AwaitWords(words.T("unlock.align"), Patience))
	}},
	{"sblocco-dimenticata", func(w *World) error { return w.forgotten(nil) }},
	{"sblocco-dimenticata-offline", func(w *World) error { w.Line(noLine()); return w.forgotten(nil) }},
	{"sblocco-dimenticata-codice", func(w *World) error { return errors.Join(w.forgotten(nil), w.Press(words.T("reset.go"))) }},
	{"sblocco-dimenticata-fattore", func(w *World) error {
		return errors.Join(w.forgotten(func(p *accounttest.PortalFake) { p.Factor = "417032" }), w.finishReset())
	}},
	{"sblocco-dimenticata-fatto", func(w *World) error { return errors.Join(w.forgotten(nil), w.finishReset()) }},
	{"sblocco-dimenticata-non-qui", func(w *World) error {
		return errors.Join(w.forgotten(func(p *accounttest.PortalFake) { p.Share = nil }), w.finishReset())
	}},
	{"sblocco-codice-nuova-password", func(w *World) error {
		w.doorTo(func(*accounttest.VaultFake, *accounttest.PortalFake, *unlock.Access) {})
		return errors.Join(w.Press(words.T("unlock.recovery")), w.Fill(words.T("unlock.recovery"), recoveryCode), w.Press(words.T("unlock.recovery.open")), w.AwaitWords(words.T("unlock.choose"), Patience))
	}},
	{"sblocco-ricordami", func(w *World) error {
		w.doorTo(func(_ *accounttest.VaultFake, _ *accounttest.PortalFake, a *unlock.Access) {
			a.Memory = &unlock.Memory{Keep: func(context.Context) error { return nil }, Forget: func(context.Context) error { return nil }}
		})
		return w.Press(words.T("unlock.remember"))
	}},
	{"sblocco-scollegato", revoked(unlock.SignedOut)},
	{"sblocco-distrutto", revoked(unlock.Destroyed)},
}

func revoked(how unlock.Revocation) func(*World) error {
	return func(w *World) error {
		w.doorTo(func(_ *accounttest.VaultFake, _ *accounttest.PortalFake, a *unlock.Access) {
			a.Revoked, a.Rejoin = func() unlock.Revocation { return how }, func() {}
		})
		return nil
	}
}

// joining chooses the mutual.
func (w *World) joining(id string) (*accounttest.PortalFake, error) {
	p := w.newcomer(id)
	w.begin(p)
	return p, w.Press(p.Profile.Name)
}

func (w *World) first() (*accounttest.PortalFake, error) {
	p, err := w.joining("aurora")
	return p, errors.Join(err, w.Press(words.T("firstrun.way.single", "Label", p.Profile.Entry.Labels.Single)))
}

func (w *World) contacts() (*accounttest.PortalFake, error) {
	p, err := w.first()
	return p, errors.Join(err, w.Fill(secret.UserLabel(p.Profile), "3423"), w.Fill(words.T("firstrun.field.first"), p.First), w.Press(words.T("firstrun.forward.first")),
		w.AwaitWords(words.T("firstrun.head.hello", "Name", p.Name), Patience))
}

// chooseAndAgree fills the new password and ticks every box of a moment.
func (w *World) chooseAndAgree(p *accounttest.PortalFake, at mutual.Moment) error {
	err := errors.Join(w.Fill(words.T("secret.new"), newPassword), w.Fill(words.T("secret.again"), newPassword))
	for _, c := range p.Profile.ConsentsAt(at) {
		err = errors.Join(err, w.Press(c.Text))
	}
	return err
}

func (w *World) announce() error {
	p, err := w.contacts()
	return errors.Join(err, w.chooseAndAgree(p, mutual.AtFirstAccess), w.Press(words.T("firstrun.forward.reach.first-access")))
}

func (w *World) codes() error {
	return errors.Join(w.announce(), w.Press(words.T("firstrun.forward.announce")), w.AwaitWords(words.T("firstrun.head.codes"), Patience))
}

func (w *World) verified() error {
	return errors.Join(w.codes(), w.Fill(words.T("firstrun.field.code-email"), accounttest.EMailCode), w.Fill(words.T("firstrun.field.code-mobile"), accounttest.MobileCode),
		w.Press(words.T("firstrun.forward.codes")), w.AwaitWords(words.T("firstrun.verified"), Patience))
}

func (w *World) paper() error {
	return errors.Join(w.verified(), w.Press(words.T("firstrun.forward.verified")), w.AwaitWords(words.T("firstrun.head.paper"), Patience))
}

func (w *World) prove() error {
	return errors.Join(w.paper(), w.Press(words.T("firstrun.forward.paper")))
}

func (w *World) registration() (*accounttest.PortalFake, error) {
	p, err := w.joining("coopsal")
	return p, errors.Join(err, w.Press(words.T("firstrun.way.register")))
}

// fillPerson fills the form of personal data, with the residence where it is asked.
func (w *World) fillPerson(home bool) error {
	field := func(name string) string { return words.T("firstrun.field." + name) }
	err := errors.Join(w.Fill(field("family-name"), "Marchetti"), w.Fill(field("given-name"), "Elena"), w.Choose(field("sex"), words.T("firstrun.sex.f")),
		w.Fill(field("birth-date"), "14/03/1967"), w.Fill(field("birth-place"), "Milano"), w.Fill(field("fiscal-code"), "MRCLNE67C54F205J"))
	if !home {
		return err
	}
	return errors.Join(err, w.Fill(field("street"), "Via dei Tigli 14"), w.Fill(field("post-code"), "20123"), w.Fill(field("town"), "Milano"), w.Choose(field("province"), "Milano"))
}

func (w *World) registered() (*accounttest.PortalFake, error) {
	p, err := w.registration()
	return p, errors.Join(err, w.fillPerson(true), w.Press(words.T("firstrun.forward.person")), w.Fill(words.T("firstrun.field.email"), "elena@posta.example"),
		w.Fill(words.T("firstrun.field.mobile"), "+39.3330003423"), w.chooseAndAgree(p, mutual.AtRegistration))
}

// registerRefused hands a registration in, and the mutual answers with a refusal; nil takes it.
func (w *World) registerRefused(err error) error {
	p, failed := w.registered()
	p.Refuse = err
	return errors.Join(failed, w.Press(words.T("firstrun.forward.reach.register")))
}

// dossier goes all the way to the dossier of a form from the desk.
func (w *World) dossier() error {
	p, err := w.joining("mantova")
	p.Dossier = true
	err = errors.Join(err, w.Press(words.T("firstrun.way.code")))
	for _, c := range p.Profile.ConsentsAt(mutual.AtRegistration) {
		err = errors.Join(err, w.Press(c.Text))
	}
	return errors.Join(err, w.Press(words.T("firstrun.forward.agree")), w.fillPerson(false), w.Press(words.T("firstrun.forward.person")), w.chooseAndAgree(p, ""),
		w.Press(words.T("firstrun.forward.reach.code")), w.AwaitWords(words.T("firstrun.head.codes"), Patience),
		w.Fill(words.T("firstrun.field.code-mobile"), accounttest.MobileCode), w.Press(words.T("firstrun.forward.codes")), w.AwaitWords(words.T("firstrun.verified"), Patience),
		w.Press(words.T("firstrun.forward.verified")), w.AwaitWords(words.T("firstrun.head.dossier"), Patience))
}

func (w *World) signIn(edit func(*accounttest.PortalFake)) error {
	p, err := w.joining("aurora")
	if edit != nil {
		edit(p)
	}
	return errors.Join(err, w.Press(words.T("firstrun.way.sign-in")))
}

func (w *World) enterCredentials(password string) error {
	return errors.Join(w.Fill(secret.UserLabel(rulesOf("aurora")), strings.TrimLeft(Household().Number, "0")), w.Fill(words.T("firstrun.field.password"), password),
		w.Press(words.T("firstrun.forward.signin")))
}

// forgotten opens the way back to a forgotten password.
func (w *World) forgotten(edit func(*accounttest.PortalFake)) error {
	w.doorTo(func(_ *accounttest.VaultFake, p *accounttest.PortalFake, _ *unlock.Access) {
		if edit != nil {
			edit(p)
		}
	})
	return w.Press(words.T("unlock.forgotten"))
}

func (w *World) finishReset() error {
	return errors.Join(w.Press(words.T("reset.go")), w.AwaitWords(words.T("reset.code"), Patience), w.Fill(words.T("reset.code"), accounttest.EMailCode),
		w.Fill(words.T("secret.new"), newPassword), w.Fill(words.T("secret.again"), newPassword), w.Press(words.T("reset.go")))
}
