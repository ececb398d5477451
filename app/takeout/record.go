package takeout

import (
	"strconv"
	"strings"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/complaint"
	"github.com/sodale/sodale/app/iban"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/phone"
	"github.com/sodale/sodale/app/print"
)

// record is dati.pdf: what dati.json says, for reading. Signed receipts, operation ids and digests stand only in dati.json.
func record(d Data) print.Record {
	return print.Record{Title: "I miei dati", MadeAt: d.MadeAt,
		Intro: []string{"Tutto quello che " + d.Program + " tiene di te su questo computer per " + d.Mutual.Name + ", al " + instant(d.MadeAt) + "."},
		Parts: []print.Part{holderPart(d.Household), contactPart(d.Household), familyPart(d.Household), planPart(d), accountPart(d), claimPart(d), filePart(d),
			requestPart(d), editPart(d), pastPart(d), consentPart(d), noticePart(d), helpPart(d)}}
}

func instant(t time.Time) string {
	if t.IsZero() {
		return "–"
	}
	return civil.Of(t).Italian() + " " + t.In(civil.Rome).Format("15:04")
}

func day(d civil.Date) string {
	if d.IsZero() {
		return "–"
	}
	return d.Italian()
}

func address(a *member.Address, none string) string {
	if a == nil {
		return none
	}
	return strings.TrimSpace(a.Street + ", " + a.PostCode + " " + a.Town + " " + a.Province)
}

func personLines(p member.Person) []print.Line {
	return []print.Line{{Name: "Nome", Value: p.FullName()}, {Name: "Codice fiscale", Value: p.FiscalCode}, {Name: "Data di nascita", Value: day(p.DateOfBirth)},
		{Name: "Luogo di nascita (codice)", Value: p.BirthPlace}, {Name: "Sesso", Value: word(sexWords, p.Sex)}}
}

func holderPart(h member.Household) print.Part {
	return print.Part{Title: "Titolare", Lines: append(personLines(h.Holder), print.Line{Name: "Matricola", Value: h.Number}, print.Line{Name: "Socio dal", Value: day(h.Since)},
		print.Line{Name: "Residenza", Value: address(&h.Home, "")})}
}

func contactPart(h member.Household) print.Part {
	d, _ := h.Details(h.Holder.ID)
	return print.Part{Title: "Contatti e pagamenti", Lines: detailLines(d)}
}

func detailLines(d member.Details) []print.Line {
	lines := make([]print.Line, 0, len(member.Fields))
	for _, f := range member.Fields {
		lines = append(lines, print.Line{Name: word(fieldWords, f), Value: detail(d, f)})
	}
	return lines
}

// detail writes one field of some details.
func detail(d member.Details, f member.Field) string {
	switch f {
	case member.FieldDomicile:
		return address(d.Domicile, "come la residenza")
	case member.FieldEMail:
		return d.EMail
	case member.FieldMobile:
		if n, err := phone.Parse(d.Mobile); err == nil {
			return n.Spaced()
		}
		return d.Mobile
	case member.FieldPostal:
		return word(postalWords, d.Postal)
	case member.FieldPayment:
		return word(paymentWords, d.Payment)
	case member.FieldIBAN:
		return iban.Group(d.IBAN)
	}
	if len(d.Photo) == 0 {
		return "nessuna"
	}
	return "presente"
}

func familyPart(h member.Household) print.Part {
	part := print.Part{Title: "Familiari", Columns: []string{"Nome", "Relazione", "Codice fiscale", "Data di nascita", "Contatti propri", "Fascicolo attivo"}}
	for _, p := range h.Family {
		own := strings.TrimSpace(p.Details.EMail + " " + p.Details.Mobile)
		part.Rows = append(part.Rows, []string{p.FullName(), word(roleWords, p.Role), p.FiscalCode, day(p.DateOfBirth), own, yes(p.Dossier)})
	}
	return none(part)
}

func planPart(d Data) print.Part {
	plan := d.Household.Plan
	part := print.Part{Title: "Piano e tessere", Lines: []print.Line{{Name: "Piano", Value: plan.Name}, {Name: "Attivo", Value: yes(plan.Active)}, {Name: "Pagato fino al", Value: day(plan.PaidUpTo)}},
		Columns: []string{"Tessera", "Nome", "Numero", "Valida fino al"}}
	for _, c := range d.Cards {
		part.Rows = append(part.Rows, []string{c.Role, c.Name, c.Number, day(c.ValidTo)})
	}
	return part
}

func accountPart(d Data) print.Part {
	a := d.Account
	return print.Part{Title: "Account", Lines: []print.Line{{Name: "Utente", Value: a.User}, {Name: "Autenticazione a due fattori", Value: yes(a.FactorOn)},
		{Name: "Codici di recupero rimasti", Value: strconv.Itoa(a.RecoveryLeft)}, {Name: "Password cambiata", Value: instant(a.PasswordChanged)},
		{Name: "E-mail da confermare", Value: a.EMailPending}, {Name: "Cellulare da confermare", Value: a.MobilePending}, {Name: "Servizio disattivato", Value: yes(a.Disabled)}}}
}

func claimPart(d Data) print.Part {
	part := print.Part{Title: "Pratiche", Columns: []string{"Creata", "Pratica", "Stato", "Persona e prestazione", "Importo", "Rimborso"}}
	for _, c := range d.Claims {
		number := c.Mutual.Number
		if number == "" {
			number = string(c.ID)
		}
		var what []string
		for _, doc := range c.Documents {
			p, _ := d.Household.Person(doc.Person)
			what = append(what, strings.Join(words(p.FullName(), print.ServiceName(doc.Service), doc.Provider, doc.Number, dayOr(doc.IssuedOn, doc.IssuedText), doc.Notes), ", "))
		}
		status := word(stateWords, c.Status)
		if !c.DeletedAt.IsZero() {
			status = "Nel cestino"
		}
		part.Rows = append(part.Rows, []string{instant(c.CreatedAt), number, strings.Join(words(status, c.Mutual.Text, c.Mutual.Reason), "\n"), strings.Join(what, "\n"), c.Total().Euro(), granted(c)})
	}
	return none(part)
}

func granted(c Claim) string {
	if c.Mutual.Granted == 0 {
		return ""
	}
	return strings.Join(words(c.Mutual.Granted.Euro(), dayOr(c.Mutual.PaidOn, "")), "\n")
}

func dayOr(d civil.Date, text string) string {
	if d.IsZero() {
		return text
	}
	return d.Italian()
}

// words leaves the empty ones out.
func words(all ...string) []string {
	var some []string
	for _, s := range all {
		if s != "" {
			some = append(some, s)
		}
	}
	return some
}

func filePart(d Data) print.Part {
	part := print.Part{Title: "Documenti", Columns: []string{"File", "Impronta SHA-256"}}
	for _, c := range d.Claims {
		for _, f := range c.Files {
			path := f.Path
			if path == "" {
				path = "(non leggibile)"
			}
			part.Rows = append(part.Rows, []string{path, f.SHA256})
		}
	}
	return none(part)
}

func requestPart(d Data) print.Part {
	part := print.Part{Title: "Richieste alla mutua", Columns: []string{"Data", "Richiesta", "Stato"}}
	for _, r := range d.Requests {
		part.Rows = append(part.Rows, []string{instant(r.MadeAt), strings.Join(words(requestText(r), answerText(r)), "\n"), word(statusWords, r.Delivery.Status)})
	}
	return none(part)
}

func requestText(r Request) string {
	switch {
	case r.Change != nil:
		return "Modifica: " + changeText(*r.Change)
	case r.Family != nil:
		return "Nuovo familiare: " + r.Family.GivenName + " " + r.Family.FamilyName + ", " + r.Family.FiscalCode
	case r.Consent != nil:
		return "Consenso «" + r.Consent.Consent + "»: " + yes(r.Consent.Given)
	case r.Erasure != nil:
		return word(erasureWords, *r.Erasure)
	case r.Complaint != nil:
		return complaintText(*r.Complaint)
	case r.Question != nil:
		return questionText(*r.Question)
	}
	return string(r.Kind)
}

func complaintText(c complaint.Complaint) string {
	return strings.Join(words("Reclamo", word(aboutWords, c.About), c.Named, dayOr(c.On, ""), c.Why, c.Asked), ". ")
}

func questionText(q complaint.Question) string { return "Domanda: " + q.Topic + ". " + q.Text }

// answerText is what the mutual answered to a complaint or a question, or "".
func answerText(r Request) string {
	if r.Standing == nil || r.Standing.Answer == "" {
		return ""
	}
	return "Risposta della mutua (" + r.Standing.Number + "): " + r.Standing.Answer
}

func changeText(c member.Change) string {
	var changed []string
	for _, f := range c.Fields() {
		changed = append(changed, word(fieldWords, f)+": "+detail(c.Base, f)+" → "+detail(c.Mine, f))
	}
	return strings.Join(changed, "\n")
}

func helpPart(d Data) print.Part {
	part := print.Part{Title: "Servizi telefonici usati", Columns: []string{"Giorno", "Persona", "Servizio"}}
	for _, u := range d.HelpUses {
		p, _ := d.Household.Person(u.Person)
		part.Rows = append(part.Rows, []string{day(u.On), p.FullName(), u.Service})
	}
	return none(part)
}

func editPart(d Data) print.Part {
	part := print.Part{Title: "Modifiche iniziate e non inviate", Columns: []string{"Salvata", "Persona", "Modifica"}}
	for _, e := range d.Edits {
		p, _ := d.Household.Person(e.Person)
		part.Rows = append(part.Rows, []string{instant(e.SavedAt), p.FullName(), changeText(e.Change)})
	}
	for _, c := range d.Letters.Complaints {
		part.Rows = append(part.Rows, []string{"–", d.Household.Holder.FullName(), complaintText(c.Complaint)})
	}
	if q := d.Letters.Question; q != nil {
		part.Rows = append(part.Rows, []string{"–", d.Household.Holder.FullName(), questionText(*q)})
	}
	return none(part)
}

func pastPart(d Data) print.Part {
	part := print.Part{Title: "Valori scartati", Columns: []string{"Data", "Persona", "Campo", "Valore", "Di chi"}}
	for _, p := range d.Past {
		who, _ := d.Household.Person(p.Person)
		part.Rows = append(part.Rows, []string{instant(p.At), who.FullName(), word(fieldWords, p.Field), detail(p.Value, p.Field), word(whoseWords, p.Whose)})
	}
	return none(part)
}

func consentPart(d Data) print.Part {
	part := print.Part{Title: "Consensi", Columns: []string{"Data e ora", "Consenso", "Versione del testo", "Persona", "Risposta", "Confermata dalla mutua"}}
	for _, c := range d.Consents {
		who := d.Household.Holder
		if p, ok := d.Household.Person(member.ID(c.Person)); ok {
			who = p
		}
		part.Rows = append(part.Rows, []string{instant(c.At), c.Consent, c.Version, who.FullName(), yes(c.Given), yes(c.Confirmed)})
	}
	return none(part)
}

func noticePart(d Data) print.Part {
	part := print.Part{Title: "Avvisi della mutua", Columns: []string{"Data", "Testo"}}
	for _, n := range d.Notices {
		part.Rows = append(part.Rows, []string{instant(n.At), strings.Join(words(n.Text, n.State), " · ")})
	}
	return none(part)
}

// none says so under a heading with nothing below it.
func none(part print.Part) print.Part {
	if len(part.Rows) == 0 {
		part.Text, part.Columns = []string{"Nessuno."}, nil
	}
	return part
}
