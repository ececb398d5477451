package print

import (
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/refund"
)

// RefundSheet is the *riepilogo dei sussidi ricevuti* of one year.
type RefundSheet struct {
	Summary   refund.Summary
	Household member.Household
	Mutual    string
	MadeAt    time.Time // UTC
}

// Refunds writes the summary of refunds (CRT-02, CRT-03, CRT-05, CRT-08).
func Refunds(w io.Writer, fonts Fonts, s RefundSheet) error {
	return drawn(func() error { return refunds(w, fonts, s) })
}

func refunds(w io.Writer, fonts Fonts, s RefundSheet) error {
	year, basis := strconv.Itoa(s.Summary.Year), "di competenza"
	if s.Summary.Basis == refund.Payment {
		basis = "di pagamento"
	}
	p := newPaper(fonts, "Riepilogo dei sussidi ricevuti, "+year, s.MadeAt)
	p.line("Mutua", s.Mutual)
	p.line("Titolare", s.Household.Holder.FullName())
	p.line("Matricola", s.Household.Number)
	p.line("Anno "+basis, year)
	p.line("Pagato", s.Summary.Total.Spent.Euro())
	p.line("Rimborsato", s.Summary.Total.Granted.Euro())
	p.line("A tuo carico", s.Summary.Total.Own.Euro())
	for _, person := range s.Summary.People {
		p.heading(personName(s.Household, person.ID))
		p.table([]string{"Data", "Prestazione", "Documento", "Pratica", "Pagato", "Rimborsato", "A tuo carico"}, refundRows(person))
	}
	p.paragraph("Riepilogo preparato da Sodale con quello che la mutua ha comunicato a questo computer. Per la dichiarazione dei redditi conserva anche le fatture: si detrae solo la parte rimasta a tuo carico.")
	return p.finish(w)
}

// personName names a person, or says that a claim was of several.
func personName(h member.Household, id member.ID) string {
	if p, ok := h.Person(id); ok {
		return p.FullName()
	}
	return "Più persone"
}

func refundRows(p refund.Person) [][]string {
	rows := make([][]string, 0, len(p.Lines)+1)
	for _, l := range p.Lines {
		rows = append(rows, append([]string{l.Day.Italian(), whatFor(l), reference(l), l.Number}, sums(l.Sums)...))
	}
	return append(rows, append([]string{"Totale", "", "", ""}, sums(p.Total)...))
}

func whatFor(l refund.Line) string {
	switch {
	case l.Whole:
		return "Più documenti"
	case l.Document.Type == claim.SchoolCertificate:
		return "Sussidio allo studio"
	}
	return ServiceName(l.Document.Service)
}

// reference is what the invoice is found by: who issued it, and its number.
func reference(l refund.Line) string {
	if l.Whole {
		return ""
	}
	return strings.TrimSpace(l.Document.Provider + "\n" + l.Document.Number)
}

func sums(s refund.Sums) []string {
	texts := make([]string, 0, 3)
	for _, c := range []money.Cents{s.Spent, s.Granted, s.Own} {
		texts = append(texts, c.Euro())
	}
	return texts
}
