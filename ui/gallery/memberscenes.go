package gallery

import (
	"errors"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/privacy"
	"github.com/sodale/sodale/app/request"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/ui/desktop"
	"github.com/sodale/sodale/ui/words"
)

// memberScenes are the pages under the member's name.
var memberScenes = []Scene{
	{"menu-del-nome", func(w *World) error {
		name := words.T("shell.menu") // a narrow window has one menu for all
		err := w.Unlock()
		if w.Sees("Elena Marchetti") {
			name = words.T("shell.person", "Name", "Elena Marchetti")
		}
		return errors.Join(err, w.Press(name), w.settle())
	}},
	{"dati-anagrafici", under(desktop.Person)},
	{"dati-anagrafici-modifica", func(w *World) error { return errors.Join(under(desktop.Person)(w), w.domicile()) }},
	{"dati-anagrafici-in-attesa", func(w *World) error {
		return errors.Join(under(desktop.Person)(w), w.domicile(), w.Press(words.T("person.confirm")), w.settle())
	}},
	{"contatti", under(desktop.Contacts)},
	{"contatti-sbagliati", func(w *World) error {
		return errors.Join(under(desktop.Contacts)(w), w.edit(), w.Fill(words.T("person.field.email"), "elena@"), w.Fill(words.T("person.field.mobile"), "06 1234"),
			w.Press(words.T("person.confirm")), w.settle())
	}},
	{"contatti-codici", func(w *World) error {
		w.Access.Said.EMailPending, w.Access.Said.MobilePending = "elena.nuova@posta.example", "+393330009988"
		return under(desktop.Contacts)(w)
	}},
	{"contatti-due-valori", func(w *World) error { return w.conflict() }},
	{"pagamenti", under(desktop.Payments)},
	{"pagamenti-iban-sbagliato", func(w *World) error {
		return errors.Join(under(desktop.Payments)(w), w.edit(), w.Fill(words.T("person.field.iban"), "IT56N0542801602000000417436"), w.settle())
	}},
	{"famiglia", under(desktop.Family)},
	{"famiglia-fissa", func(w *World) error { w.UseRules("cesarepozzo"); return under(desktop.Family)(w) }},
	{"famiglia-fascicolo", func(w *World) error {
		w.SetHousehold(func(h *member.Household) { h.Family[1].Dossier = true })
		return errors.Join(under(desktop.Family)(w), w.Choose(words.T("family.dossier.whose"), "Luca"), w.settle())
	}},
	{"famiglia-aggiungi", func(w *World) error {
		return errors.Join(under(desktop.Family)(w), w.Press(words.T("family.add")), w.settle())
	}},
	{"famiglia-aggiungi-manca", func(w *World) error {
		return errors.Join(under(desktop.Family)(w), w.Press(words.T("family.add")), w.Press(words.T("family.send")), w.settle())
	}},
	{"famiglia-rifiutata", func(w *World) error {
		err := errors.Join(under(desktop.Family)(w), w.Press(words.T("family.add")), w.relative(), w.Press(words.T("family.send")), w.settle())
		w.Arrive(submission.Held, request.CodeMobile)
		return errors.Join(err, w.below())
	}},
	{"sicurezza", under(desktop.Security)},
	{"sicurezza-attiva", func(w *World) error {
		w.Access.Said.FactorOn, w.Access.Said.RecoveryLeft = true, 8
		return under(desktop.Security)(w)
	}},
	{"sicurezza-codici-finiti", func(w *World) error {
		w.Access.Said.FactorOn, w.Access.Said.RecoveryLeft = true, 1
		return under(desktop.Security)(w)
	}},
	{"sicurezza-questo-computer", func(w *World) error {
		return errors.Join(under(desktop.Security)(w), w.Press(words.T("security.remember")), w.show(desktop.Appearance, ""), w.show(desktop.Security, ""), w.below())
	}},
	{"sicurezza-offline", func(w *World) error { w.Line(offline(0)); return under(desktop.Security)(w) }},
	{"sicurezza-password-chiesta", func(w *World) error {
		return errors.Join(under(desktop.Security)(w), w.Press(words.T("security.factor.enable")), w.Fill(words.T("part.password"), "Sbagliata"),
			w.Press(words.T("security.factor.enable")), w.settle())
	}},
	{"sicurezza-inquadra", func(w *World) error { return errors.Join(under(desktop.Security)(w), w.enable()) }},
	{"sicurezza-cambia-password", func(w *World) error {
		return errors.Join(under(desktop.Security)(w), w.Press(words.T("security.password.change")), w.Fill(words.T("secret.new"), "tiglio-9"), w.settle())
	}},
	{"sicurezza-esci", func(w *World) error {
		return errors.Join(under(desktop.Security)(w), w.Press(words.T("security.sessions.end")), w.settle())
	}},
	{"privacy", under(desktop.Privacy)},
	{"privacy-ritira", func(w *World) error {
		return errors.Join(under(desktop.Privacy)(w), w.Press(words.T("privacy.consent.withdraw")), w.settle())
	}},
	{"privacy-informativa", func(w *World) error {
		w.UseRules("insieme")
		return errors.Join(w.Unlock(), w.show(desktop.Privacy, "mod-b"))
	}},
	{"privacy-cancella", func(w *World) error {
		return errors.Join(under(desktop.Privacy)(w), w.Press(words.T("privacy.erase.account")), w.settle())
	}},
	{"privacy-copia", func(w *World) error {
		return errors.Join(under(desktop.Privacy)(w), w.Press(words.T("privacy.takeout.do")), w.settle())
	}},
	{"privacy-lascia", func(w *World) error {
		w.Leaving = privacy.Leaving{Waiting: 2, Drafts: 1, Backups: []string{"Documenti/sodale.copia"}}
		return errors.Join(under(desktop.Privacy)(w), w.Press(words.T("privacy.leave.do")), w.settle())
	}},
	{"privacy-niente-rimasto", func(w *World) error { return errors.Join(under(desktop.Privacy)(w), w.left()) }},
	{"aiuto", under(desktop.Support)},
	{"aiuto-insieme", func(w *World) error { w.UseRules("insieme"); return under(desktop.Support)(w) }},
	{"aiuto-messaggio", func(w *World) error {
		return errors.Join(under(desktop.Support)(w), w.Fill(words.T("help.message.what"), "Il codice per SMS non arriva da ieri."), w.settle())
	}},
}

// below brings the lower half of a page into view, as Tab does.
func (w *World) below() error {
	for range 24 {
		w.Key(fyne.KeyTab)
	}
	return w.settle()
}

// under goes to a page under the member's name.
func under(s desktop.Screen) func(*World) error {
	return func(w *World) error { return errors.Join(w.Unlock(), w.show(s, "")) }
}

// edit opens the form of the page of a person.
func (w *World) edit() error { return w.Press(words.T("person.edit")) }

// domicile begins to change where Elena lives.
func (w *World) domicile() error {
	return errors.Join(w.edit(), w.Press(words.T("person.domicile.other")), w.Fill(words.T("person.street"), "Via Dante 3"), w.Fill(words.T("person.postcode"), "46100"),
		w.Fill(words.T("person.town"), "Mantova"), w.Choose(words.T("person.province"), "Mantova"), w.settle())
}

// conflict lets the mutual change the e-mail that Elena is changing.
func (w *World) conflict() error {
	err := errors.Join(under(desktop.Contacts)(w), w.edit(), w.Fill(words.T("person.field.email"), "elena.casa@posta.example"), w.settle())
	w.SetHousehold(func(h *member.Household) { h.EMail = "e.marchetti@posta.example" })
	return errors.Join(err, w.settle())
}

// relative fills the form with Paolo's mother.
func (w *World) relative() error {
	return errors.Join(w.Fill(words.T("family.given"), "Anna"), w.Fill(words.T("family.surname"), "Bianchi"), w.Fill(words.T("family.born"), "14/02/1938"),
		w.Fill(words.T("family.birthplace"), "Alessandria (AL)"), w.Choose(words.T("family.sex"), words.T("family.female")), w.Choose(words.T("person.role"), words.T("person.role.other")),
		w.Fill(words.T("family.fiscal"), "BNCNNA38B54A182P"), w.settle())
}

// Press presses the button of a sheet that has the name of the one that opened it.

// enable begins the second factor.
func (w *World) enable() error {
	return errors.Join(w.Press(words.T("security.factor.enable")), w.Fill(words.T("part.password"), password), w.Press(words.T("security.factor.enable")), w.settle())
}

// left leaves the computer for good.
func (w *World) left() error {
	word := words.T("privacy.leave.word")
	return errors.Join(w.Press(words.T("privacy.leave.do")), w.Fill(words.T("privacy.type", "Word", word), word), w.Press(words.T("privacy.leave.do")), w.settle())
}
