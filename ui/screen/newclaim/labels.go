package newclaim

import (
	"strconv"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/assets"
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// services are the choices of *Prestazione* for a procedure: an operation begins with the stay (CLM-09).
func services(p claim.Procedure) []widget.Option {
	order := []claim.Service{claim.Visit, claim.Exams, claim.Imaging, claim.Emergency, claim.HospStay, claim.OtherCare}
	if p == claim.Surgery {
		order = []claim.Service{claim.HospStay, claim.Visit, claim.Exams, claim.Imaging, claim.Emergency, claim.OtherCare}
	}
	options := make([]widget.Option, len(order))
	for i, s := range order {
		options[i] = widget.Option{Value: string(s), Label: words.T("newclaim.service." + string(s))}
	}
	return options
}

// types are the choices of *Tipo di documento* (CLM-02, CLM-10).
func types(k claim.Kind) []widget.Option {
	var options []widget.Option
	for _, t := range claim.Types(k) {
		options = append(options, widget.Option{Value: string(t), Label: typeName(t)})
	}
	return options
}

func typeName(t claim.DocumentType) string { return words.T("claims.type." + string(t)) }

// people are the choices of *Per chi*: the holder as "Elena (tu)", then the family (CLM-12).
func people(h member.Household) []widget.Option {
	var options []widget.Option
	for _, p := range h.People() {
		label := p.GivenName
		if p.ID == h.Holder.ID {
			label = words.T("newclaim.you", "Name", p.GivenName)
		}
		options = append(options, widget.Option{Value: string(p.ID), Label: label})
	}
	return options
}

// provinces are the choices of *Provincia* (CLM-11).
func provinces() []widget.Option {
	var options []widget.Option
	for _, p := range assets.Provinces() {
		options = append(options, widget.Option{Value: p.Code, Label: p.Name})
	}
	return options
}

// currencies are the choices of *Valuta*.
func currencies() []widget.Option {
	var options []widget.Option
	for _, code := range claim.Currencies() {
		options = append(options, widget.Option{Value: code, Label: words.T("newclaim.currency."+code) + " · " + code})
	}
	return options
}

// covers are the choices of *Altri rimborsi per questa spesa* (CLM-39).
func covers() []widget.Option {
	return []widget.Option{{Value: string(claim.CoverNone), Label: words.T("newclaim.cover.none")},
		{Value: string(claim.CoverPaid), Label: words.T("newclaim.cover.paid")}}
}

// tabName is what a document's tab says: "2 · Visita, Elena".
func (p *Page) tabName(n int, d claim.ExpenseDocument) string {
	what := p.shortName(d)
	number := strconv.Itoa(n + 1)
	if who, ok := p.m.Household.Person(d.Person); ok {
		return words.T("newclaim.tab", "N", number, "What", what, "Who", who.GivenName)
	}
	return words.T("newclaim.tab.nobody", "N", number, "What", what)
}

// shortName is what a document is about, in a word or two.
func (p *Page) shortName(d claim.ExpenseDocument) string {
	switch {
	case d.Service != "":
		return words.T("newclaim.short." + string(d.Service))
	case d.School != "":
		return words.T("newclaim.short.school")
	case d.Type != "" && !d.Asks(claim.FieldService):
		return typeName(d.Type)
	}
	return words.T("newclaim.tab.new")
}

// fileLine is the line under a file's name: "Ricetta · 1 pagina, 412 KB".
func (p *Page) fileLine(a claim.Attachment) string {
	line := words.FileSize(a.Size)
	if a.Pages > 0 {
		line = words.N("newclaim.file.pages", a.Pages, "Size", line)
	}
	if role := a.Proves(); role != claim.ExpensePaper {
		line = p.m.roleName(role) + " · " + line
	}
	if p.reading(a.ID) {
		return words.T("newclaim.reading")
	}
	return line
}

// problemText is what is wrong with a field, for the field itself and for the lists that lead to it.
func (p *Page) problemText(problem claim.Problem) string {
	pairs := make([]any, 0, 2*len(problem.Values))
	for name, value := range problem.Values {
		if who, ok := p.m.Household.Person(member.ID(value)); ok && name == "Person" {
			value = who.GivenName
		}
		if day, err := civil.ParseItalian(value); err == nil && name == "LastDay" {
			value = words.Date(day)
		}
		pairs = append(pairs, name, value)
	}
	if problem.Code == claim.CodeUnseen {
		_, name := parseWhere(problem.Where)
		pairs = append(pairs, "Field", label(name))
	}
	if key := "newclaim.problem." + string(problem.Code); words.Has(key) {
		return words.T("newclaim.problem."+string(problem.Code), pairs...)
	}
	return errtext.Code(problem.Code, problem.Values)
}

// problemLine is problemText for a list: with more than one document it says which one.
func (p *Page) problemLine(problem claim.Problem) string {
	text := p.problemText(problem)
	documentID, _ := parseWhere(problem.Where)
	if documentID == "" || len(p.m.Claim.Documents) < 2 {
		return text
	}
	for i, d := range p.m.Claim.Documents {
		if d.ID == documentID {
			return words.T("newclaim.problem.in", "N", i+1, "Text", text)
		}
	}
	return text
}
