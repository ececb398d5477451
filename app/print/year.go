package print

import (
	"io"
	"strconv"
	"time"

	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/statement"
)

// YearSheet is what one year of a membership came to.
type YearSheet struct {
	Statement statement.Statement
	Household member.Household
	Mutual    string
	MadeAt    time.Time // UTC
}

// Year writes the statement of one year (CRT-04 to CRT-08). It is no certificate and says so.
func Year(w io.Writer, fonts Fonts, s YearSheet) error {
	return drawn(func() error { return year(w, fonts, s) })
}

func year(w io.Writer, fonts Fonts, s YearSheet) error {
	y := s.Statement
	p := newPaper(fonts, "Riepilogo dell'anno "+strconv.Itoa(y.Year), s.MadeAt)
	p.line("Mutua", s.Mutual)
	p.line("Titolare", s.Household.Holder.FullName())
	p.line("Matricola", s.Household.Number)
	p.line("Piano", s.Household.Plan.Name)
	p.heading("Contributi versati nell'anno")
	rows := make([][]string, 0, len(y.Dues)+1)
	for _, d := range y.Dues {
		rows = append(rows, []string{d.Paid.Italian(), d.On.Italian(), d.Cents.Euro()})
	}
	p.table([]string{"Pagato il", "Scadenza", "Importo"}, append(rows, []string{"Totale", "", y.Contributions.Euro()}))
	for _, part := range y.Parts {
		p.line(personName(s.Household, part.Person), part.Cents.Euro())
	}
	if y.Relief {
		p.heading("Detrazione")
		p.line("Contributi che la legge conta", y.Counted.Euro())
		p.line("Detrazione del "+strconv.Itoa(y.Tax.Percent)+" %", y.Credit.Euro())
		p.paragraph(y.Tax.Note + " (" + y.Tax.Article + ")")
	}
	p.heading("Spese e rimborsi")
	p.line("Speso", y.Refunds.Total.Spent.Euro())
	p.line("Rimborsato, non si detrae", y.Refunded().Euro())
	p.line("A tuo carico, si detrae", y.Deductible().Euro())
	for _, person := range y.Refunds.People {
		p.heading(personName(s.Household, person.ID))
		p.table([]string{"Data", "Prestazione", "Documento", "Pratica", "Pagato", "Rimborsato", "A tuo carico"}, refundRows(person))
	}
	p.paragraph("Riepilogo preparato da Sodale con quello che la mutua ha comunicato a questo computer. Non è un'attestazione: quella, con il rigo in cui scrivere i contributi, viene dalla mutua. Conserva anche le fatture.")
	return p.finish(w)
}
