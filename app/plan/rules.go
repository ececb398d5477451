package plan

import "slices"

// rules are the conditions, by name. Each notes what it finds; what nobody said is noted as a doubt.
var rules = map[Rule]func(*reckoning, *Need){
	NeedPrescription: (*reckoning).prescription,
	NeedOtherDoctor:  func(r *reckoning, n *Need) { r.unless(!r.has(PrescriberProvides), Prescriber, n) },
	NeedPertinence:   func(r *reckoning, n *Need) { r.unless(!r.has(NotPertinentService), NotPertinent, n) },
	NeedPaper: func(r *reckoning, n *Need) {
		r.paper(DocumentMissing, n.Paper, n.Name, r.cite(n), n.Reading)
	},
	NeedDetail: func(r *reckoning, n *Need) {
		r.paper(DocumentIncomplete, n.Paper, n.Name, r.cite(n), n.Reading)
	},
	NeedEmergency: func(r *reckoning, n *Need) { r.known(r.c.Expense.Emergency, NotCertified, n) },
	NeedSoon:      (*reckoning).within,
	NeedNetwork: func(r *reckoning, n *Need) {
		r.known(r.c.Expense.Affiliated, NotAffiliated, n)
		r.unless(r.c.Expense.Doctor != No, NotAffiliated, n)
	},
	NeedAuthority: func(r *reckoning, n *Need) { r.known(r.c.Expense.Authorised, NotAuthorised, n) },
	NeedHome:      func(r *reckoning, n *Need) { r.known(r.c.Expense.Care.AtHome, NotAtHome, n) },
	NeedOrder:     func(r *reckoning, n *Need) { r.known(r.c.Expense.Care.Prescribed, PrescriptionMissing, n) },
	NeedFacility: func(r *reckoning, n *Need) {
		r.unless(!slices.Contains(n.Of, string(r.c.Expense.Stay.Facility)), NotEligible, n)
	},
	NeedReason: func(r *reckoning, n *Need) {
		r.unless(r.c.Expense.Stay.Reason == "" || slices.Contains(n.Of, r.c.Expense.Stay.Reason), DayHospital, n)
	},
	NeedNoRefund: func(r *reckoning, n *Need) { r.unless(!r.c.Expense.Stay.SSN || !r.refundedInStay(), SameStay, n) },
	NeedYears: func(r *reckoning, n *Need) {
		r.unless(r.c.Sent.IsZero() || !r.c.Sent.Before(r.start.AddMonths(12*n.Years)), TooShort, n)
	},
	NeedActs:       (*reckoning).acts,
	NeedLasting:    (*reckoning).lasting,
	NeedPermanence: func(r *reckoning, n *Need) { r.known(r.c.Expense.Loss.Permanent, NotMet, n) },
	NeedOnce: func(r *reckoning, n *Need) {
		r.unless(!slices.ContainsFunc(r.c.History, func(h Paid) bool { return h.Benefit == r.b.ID }), AlreadyPaid, n)
	},
	NeedVisus: (*reckoning).visus,
	NeedLens: func(r *reckoning, n *Need) {
		r.unless(r.c.Expense.Lens == "" || slices.Contains(n.Of, r.c.Expense.Lens), NotInPlan, n)
	},
}

// cite is the article of a need, the benefit's where it has none.
func (r *reckoning) cite(n *Need) string {
	if n.Article != "" {
		return n.Article
	}
	return r.b.Article
}

func (r *reckoning) unless(ok bool, code Code, n *Need) {
	if !ok {
		r.note(Finding{Code: code, Article: r.cite(n), Reading: n.Reading, Name: n.Name})
	}
}

// known notes a No, and an Unsaid as a doubt.
func (r *reckoning) known(a Answer, code Code, n *Need) {
	if a != Yes {
		r.note(Finding{Code: code, Article: r.cite(n), Reading: n.Reading, Name: n.Name, Doubt: a == Unsaid})
	}
}

// paper notes a paper that is not there or does not show what it must.
func (r *reckoning) paper(code Code, paper Paper, name, article, reading string) {
	if a := r.c.Expense.Papers[paper]; a != Yes {
		r.note(Finding{Code: code, Article: article, Reading: reading, Paper: paper, Name: name, Doubt: a == Unsaid})
	}
}

// prescription asks for one, by somebody who may write it, not too old, with a diagnosis that says something.
func (r *reckoning) prescription(n *Need) {
	e := &r.c.Expense
	said, rule := e.Prescribed, r.p.Prescriptions
	switch {
	case said.There != Yes:
		r.known(said.There, PrescriptionMissing, n)
		return
	case said.Issuer != "" && len(n.Of) > 0 && !slices.Contains(n.Of, said.Issuer):
		r.unless(false, PrescriptionMissing, n)
	}
	if rule == nil {
		return
	}
	if rule.Diagnosis.Weak(said.Diagnosis) {
		r.note(Finding{Code: DiagnosisInvalid, Article: rule.Diagnosis.Article, Reading: rule.Diagnosis.Reading, Doubt: said.Unread && said.Diagnosis == ""})
	}
	if said.On.IsZero() || r.doc.IsZero() {
		return
	}
	binds := rule.Days > 0 && slices.Contains(rule.Forms, e.Form)
	switch age := r.doc.Sub(said.On); {
	case age < 0 && binds:
		r.note(Finding{Code: AfterExpense, Article: rule.DayArticle, Reading: rule.DayReading})
	case age < 0:
		r.warn(NoTerm)
	case rule.Days > 0 && age > rule.Days && binds:
		r.note(Finding{Code: Expired, Article: rule.DayArticle, Reading: rule.DayReading})
	case rule.Days > 0 && age > rule.Days:
		r.warn(OldPrescription)
	}
}

// within asks that the service follow the injury within some months (AMB-50).
func (r *reckoning) within(n *Need) {
	e := &r.c.Expense
	if e.Injured.IsZero() || e.On.IsZero() {
		return
	}
	if last := e.Injured.AddMonths(n.Months); e.On.After(last) {
		r.note(Finding{Code: OutOfWindow, Article: r.cite(n), Reading: n.Reading, Day: last})
	}
}

// refundedInStay reports whether services of the same stay were refunded, or are asked for (BPB-16).
func (r *reckoning) refundedInStay() bool {
	return r.has(SameStayRefunded) || slices.ContainsFunc(r.c.History, func(h Paid) bool { return h.SameStay })
}

// acts counts the acts of daily life that are lost (BPB-24).
func (r *reckoning) acts(n *Need) {
	lost := 0
	for _, known := range n.Of {
		if slices.ContainsFunc(r.c.Expense.Loss.Acts, func(act string) bool { return fold(known) == fold(act) }) {
			lost++
		}
	}
	if lost < n.Least {
		r.note(Finding{Code: NotMet, Article: r.cite(n), Reading: n.Reading, Doubt: len(r.c.Expense.Loss.Acts) == 0})
	}
}

// lasting asks that the loss be so many months old on the day of sending (AMB-19).
func (r *reckoning) lasting(n *Need) {
	since := r.c.Expense.Loss.Since
	if since.IsZero() {
		r.known(Unsaid, NotMet, n)
		return
	}
	r.unless(r.c.Sent.IsZero() || !r.c.Sent.Before(since.AddMonths(n.Months)), NotMet, n)
}

// visus asks for the certificate of a change of sight, and that what it is known to say is right (BEE-21).
func (r *reckoning) visus(n *Need) {
	v := r.c.Expense.Visus
	r.known(v.There, DocumentMissing, n)
	switch {
	case v.There == No:
		return
	case v.Issuer != "" && !slices.Contains(n.Of, v.Issuer):
		r.unless(false, DocumentMissing, n)
	case v.Changed == No:
		r.unless(false, NotMet, n)
	}
	if !v.On.IsZero() && !r.doc.IsZero() {
		r.unless(!v.On.After(r.doc) && !v.On.AddMonths(n.Months).Before(r.doc), Expired, n)
	}
}
