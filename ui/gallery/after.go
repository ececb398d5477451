package gallery

import (
	"errors"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/ui/desktop"
	"github.com/sodale/sodale/ui/words"
)

// afterScenes are what becomes of a claim after it was sent, and the list of all of them.
var afterScenes = []Scene{
	{"pratiche-filtri", func(w *World) error { return errors.Join(list(w), w.filters()) }},
	{"pratiche-filtrate", func(w *World) error {
		return errors.Join(list(w), w.filters(), w.Choose(words.T("claims.filters.person"), "Paolo (4)"), w.Choose(words.T("claims.filters.sort"), words.T("claims.sort.paid")), w.settle())
	}},
	{"pratiche-niente-con-filtri", func(w *World) error {
		return errors.Join(list(w), w.filters(), w.Choose(words.T("claims.filters.person"), "Luca (4)"), w.Choose(words.T("claims.filters.state"), words.T("state.rejected")+" (1)"), w.settle())
	}},
	{"pratiche-cestino", func(w *World) error {
		return errors.Join(at("c-draft")(w), w.Press(words.T("claims.action.discard")), w.settle(), w.openBin())
	}},
	{"pratiche-riepilogo", func(w *World) error { return errors.Join(list(w), w.refunds()) }},
	{"pratiche-riepilogo-aperto", func(w *World) error {
		return errors.Join(list(w), w.refunds(), w.Choose(words.T("claims.refunds.basis"), words.T("claims.refunds.competence")),
			w.Press(words.N("claims.refunds.show", 3, "Name", "Paolo")), w.settle())
	}},
	{"pratiche-esiti", at("c-mixed")},
	{"pratiche-accorpata", at("c-joined")},
	{"pratiche-unite", at("c-review")},
	{"pratiche-blocco", at("c-blocked")},
	{"pratiche-sussidio", at("c-study")},
	{"pratiche-revisione-2", at("c-second")},
	{"pratiche-stato-sconosciuto", at("c-unknown")},
	{"pratiche-ritira", func(w *World) error {
		return errors.Join(at("c-review")(w), w.Press(words.T("claims.action.withdraw")), w.settle())
	}},
	{"pratiche-ritiro-in-coda", func(w *World) error {
		return errors.Join(at("c-withdrawing")(w))
	}},
	{"pratiche-chiedi", func(w *World) error {
		return errors.Join(at("c-review")(w), w.Press(words.T("claims.action.ask")), w.Fill(words.T("claims.ask.what"), "Quando arriva il bonifico?"), w.settle())
	}},
	{"pratiche-ricevuta", func(w *World) error {
		return errors.Join(at("c-review")(w), w.Press(words.T("claims.action.receipt")), w.settle())
	}},
	{"pratiche-promemoria", func(w *World) error {
		return errors.Join(at("c-queued")(w), w.Press(words.T("claims.action.remind")), w.settle())
	}},
	{"pratiche-ultimo-giorno", func(w *World) error {
		w.FillVault()
		w.restand("c-dental", func(c *claim.Claim) { c.Mutual.ReplyBy = day(2026, 11, 16) })
		return errors.Join(w.Unlock(), w.show(desktop.Claims, "c-dental"))
	}},
	{"notifiche", func(w *World) error { return errors.Join(filled(w), w.Press(words.T("shell.bell")), w.settle()) }},
	{"notifiche-vuote", func(w *World) error { return errors.Join(w.Unlock(), w.Press(words.T("shell.bell")), w.settle()) }},
}

// list is the list of a member who has had the program for two years.
func list(w *World) error {
	w.FillVault()
	w.FillMore()
	return errors.Join(w.Unlock(), w.show(desktop.Claims, ""))
}

// at shows one claim of that list.
func at(id claim.ID) func(*World) error {
	return func(w *World) error { return errors.Join(list(w), w.show(desktop.Claims, string(id))) }
}

func (w *World) filters() error { return errors.Join(w.Press(words.T("claims.filters")), w.settle()) }

// refunds opens the summary, which stands among the filters where there is little room.
func (w *World) refunds() error {
	if !w.Sees(words.T("claims.refunds")) {
		if err := w.filters(); err != nil {
			return err
		}
	}
	return errors.Join(w.Press(words.T("claims.refunds")), w.settle())
}

func (w *World) openBin() error {
	if !w.Sees(words.T("claims.bin.open", "N", 1)) {
		if err := errors.Join(w.back(), w.filters()); err != nil {
			return err
		}
	}
	return errors.Join(w.Press(words.T("claims.bin.open", "N", 1)), w.settle())
}

// back goes from a detail that hides the list to the list.
func (w *World) back() error {
	if w.Sees(words.T("claims.back")) {
		return errors.Join(w.Press(words.T("claims.back")), w.settle())
	}
	return nil
}

// FillMore adds what happens to claims more rarely.
func (w *World) FillMore() {
	for _, p := range rareClaims() {
		w.Vault.Put(p.claim, p.delivery)
	}
	w.restand("c-review", func(c *claim.Claim) { c.Mutual.Joined = []string{"26-004380"} })
}

// restand changes what the mutual says of a claim.
func (w *World) restand(id claim.ID, edit func(*claim.Claim)) {
	for _, p := range claimsOfAYear() {
		if p.claim.ID == id {
			edit(&p.claim)
			w.Vault.Put(p.claim, p.delivery)
		}
	}
}

// rareClaims are joined, blocked, decided document by document, answered with a second revision, withdrawn, and a study grant.
func rareClaims() []pratica {
	mixed := made("c-mixed", paolo, claim.Visit, 12000, "Studio Bianconi", "402", 75)
	second := made("c-mixed-2", elena, claim.Exams, 4615, "Poliambulatorio Gonzaga", "2026/7712", 75).Documents[0]
	third := made("c-mixed-3", paolo, claim.OtherCare, 6000, "Studio Ferri", "88", 75).Documents[0]
	mixed.Documents = append(mixed.Documents, second, third)
	study := made("c-study", luca, "", 0, "", "", 20)
	study.Kind, study.Region = claim.StudyGrant, "Lombardia"
	study.Documents[0].Type, study.Documents[0].School, study.Documents[0].Mark, study.Documents[0].Number = claim.SchoolCertificate, "high", "9", ""
	answered := made("c-second", elena, claim.Visit, 9000, "Ospedale San Rocco", "2026/5100", 9)
	return []pratica{
		sent(mixed, submission.Delivered, stands(claim.Paid, "26-003700", func(s *claim.Standing) {
			s.Granted, s.PaidOn = 10692, day(2026, 10, 20)
			s.Outcomes = []claim.Outcome{{Document: "c-mixed-1", State: claim.Approved, Granted: 7000, Own: 5000, Article: "1.1"},
				{Document: "c-mixed-2-1", State: claim.Approved, Granted: 3692, Own: 923, Article: "1.1"},
				{Document: "c-mixed-3-1", State: claim.Rejected, Own: 6000, Article: "3.4", Reason: "La prestazione non è prevista dal piano."}}
		})),
		sent(made("c-joined", elena, claim.Imaging, 4400, "Centro Lanterna", "A-77090", 37), submission.Delivered,
			stands(claim.Merged, "26-004380", func(s *claim.Standing) { s.Into = "26-004377" })),
		sent(made("c-blocked", paolo, claim.Exams, 3300, "Ospedale San Rocco", "2026/4410", 14), submission.Delivered,
			stands(claim.Blocked, "26-004460", func(s *claim.Standing) { s.Reason = "I contributi del secondo semestre non risultano versati." })),
		sent(study, submission.Delivered, stands(claim.InReview, "26-004440", nil)),
		sent(answered, submission.Delivered, func(c *claim.Claim, d *submission.Delivery) {
			stands(claim.InReview, "26-004480", nil)(c, d)
			c.Mutual.Steps = append([]claim.Passage{{State: claim.Registered, At: now.AddDate(0, 0, -30)}, {State: claim.DocumentsRequested, At: now.AddDate(0, 0, -20), Text: "Serve la ricetta."}}, c.Mutual.Steps...)
			c.Revision, d.Revision = 2, 2
		}),
		sent(made("c-unknown", elena, claim.Visit, 5200, "Ospedale San Rocco", "2026/4300", 16), submission.Delivered,
			stands("sample-check", "26-004455", func(s *claim.Standing) { s.Text = "Controllo a campione" })),
		sent(made("c-withdrawing", luca, claim.Exams, 2100, "Ospedale San Rocco", "2026/4200", 2), submission.Queued, func(c *claim.Claim, d *submission.Delivery) {
			c.Withdrawing, c.Revision, d.Revision = true, 2, 2
			c.Mutual = claim.Standing{State: claim.InReview, Number: "26-004475", Steps: []claim.Passage{{State: claim.InReview, At: now.AddDate(0, 0, -6)}}}
		}),
	}
}
