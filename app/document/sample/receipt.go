// Package sample makes files as members attach them, and files as nobody should: invented receipts as text PDF, scan,
// photo, fax and filled form, and damaged, hostile or oversized ones. Every byte follows from its arguments: the same call
// gives the same file, so that tests, demo and pictures agree. People, providers and numbers are invented.
package sample

import "fmt"

// Receipt is what one receipt says.
type Receipt struct {
	Title                    string
	Provider, Place, Address string
	Desk                     [2]string // the two lines top right
	Number, Date             string
	PatientLabel, Patient    string // "Assistita", "MARCHETTI ELENA"
	CodiceFiscale            string
	OrderLabel, Order        string // "Ricetta n.", its number
	Service                  [2]string
	Cents                    int64
	Paid                     string // "Pagamento con carta"
	Stamp                    [3]string
	Copy                     string   // the small print at the foot
	Terms                    []string // the smaller print below it, up to 12 lines; most receipts have none
}

// Ticket is the receipt of the demo: a cardiology visit of Elena Marchetti, 36,15 €.
func Ticket() Receipt {
	return Receipt{
		Title:    "Ricevuta di pagamento ticket",
		Provider: "ASST Naviglio Sud", Place: "Ospedale San Rocco", Address: "Via delle Rogge 2, 20100 Milano",
		Desk: [2]string{"Cassa ticket 3", "Sportello A"}, Number: "2026/004817", Date: "09/11/2026",
		PatientLabel: "Assistita", Patient: "MARCHETTI ELENA", CodiceFiscale: "MRCLNE67C54F205J",
		OrderLabel: "Ricetta n.", Order: "0300A 4571902268",
		Service: [2]string{"89.7A.3 Visita cardiologica", "con elettrocardiogramma"},
		Cents:   3615, Paid: "Pagamento con carta", Stamp: [3]string{"PAGATO", "9 nov 2026", "cassa 3"},
		Copy: "Originale per l'assistita",
	}
}

// Analyses is a receipt for blood tests of Paolo Marchetti, 29,54 €.
func Analyses() Receipt {
	return Receipt{
		Title:    "Ricevuta di pagamento ticket",
		Provider: "ASST Naviglio Sud", Place: "Poliambulatorio Porta Est", Address: "Corso dei Mulini 41, 20100 Milano",
		Desk: [2]string{"Cassa ticket 1", "Centro prelievi"}, Number: "2026/004702", Date: "03/11/2026",
		PatientLabel: "Assistito", Patient: "MARCHETTI PAOLO", CodiceFiscale: "MRCPLA65P02A794S",
		OrderLabel: "Ricetta n.", Order: "0300A 4571877310",
		Service: [2]string{"90.62.2 Emocromo completo", "e altri tre esami"},
		Cents:   2954, Paid: "Pagamento con carta", Stamp: [3]string{"PAGATO", "3 nov 2026", "cassa 1"},
		Copy: "Originale per l'assistito",
	}
}

// Dentist is an invoice for Luca Marchetti's teeth, 120,00 €.
func Dentist() Receipt {
	return Receipt{
		Title:    "Fattura",
		Provider: "Studio dentistico Bianconi", Place: "Dott.ssa Irene Bianconi", Address: "Piazza dell'Olmo 8, 20100 Milano",
		Desk: [2]string{"P. IVA 01234567897", "Esente IVA art. 10"}, Number: "318", Date: "27/10/2026",
		PatientLabel: "Paziente", Patient: "MARCHETTI LUCA", CodiceFiscale: "MRCLCU09S21F205T",
		OrderLabel: "Marca bollo", Order: "01191827364550",
		Service: [2]string{"Otturazione, elemento 36", "e ablazione del tartaro"},
		Cents:   12000, Paid: "Pagamento con bancomat", Stamp: [3]string{"PAGATO", "27 ott 2026", "studio"},
		Copy: "Originale per il cliente",
	}
}

// Wordy is the dentist's invoice with terms in 9-point print below, which is what becomes illegible first.
func Wordy() Receipt {
	r := Dentist()
	r.Terms = []string{
		"La presente fattura è esente da IVA ai sensi dell'articolo 10, n. 18, del D.P.R. 26 ottobre 1972, n. 633.",
		"Imposta di bollo da 2,00 euro assolta in modo virtuale, autorizzazione dell'Agenzia delle Entrate n. 40127 del 2019.",
		"Il paziente è stato informato che la spesa è comunicata al Sistema Tessera Sanitaria, salvo opposizione scritta.",
		"Le prestazioni eseguite comprendono visita, anestesia locale, isolamento del campo e controllo radiografico endorale.",
		"Prossimo controllo consigliato entro sei mesi; la seduta di igiene non è compresa nel prezzo della cura.",
		"Pagamento ricevuto per intero alla data del documento: nulla è più dovuto per le prestazioni qui elencate.",
		"Per il rimborso presentare l'originale entro i termini previsti dal regolamento del proprio fondo o della propria mutua.",
		"Conservare per cinque anni. Lo studio risponde al numero 02 5550 0148, dal lunedì al venerdì, dalle 9 alle 18.30.",
		"I dati personali sono trattati secondo il regolamento (UE) 2016/679; titolare del trattamento è lo Studio Bianconi.",
		"Codice destinatario 0000000, posta certificata bianconi@studi.example, iscrizione all'albo di Milano n. 7314.",
		"Documento emesso con programma gestionale; la firma autografa è sostituita dall'indicazione del nome a stampa.",
	}
	return r
}

// Amount writes cents as receipts do: "36,15".
func (r Receipt) Amount() string { return fmt.Sprintf("%d,%02d", r.Cents/100, r.Cents%100) }

// The page is A4, in points from its top left.
const (
	pageWidth  = 595.28
	pageHeight = 841.89
)

// words is a piece of text; y is its baseline. Right means that x is where it ends, centre where its middle is.
type words struct {
	text  string
	x, y  float64
	size  float64
	bold  bool
	align alignment
}

type alignment int

const (
	left alignment = iota
	right
	centre
)

// rule is a thin horizontal line.
type rule struct{ x0, x1, y float64 }

// ring is the circle of the stamp.
type ring struct{ x, y, radius, width float64 }

// layout is everything on the page.
type layout struct {
	words []words
	stamp []words // drawn in the stamp's blue
	rules []rule
	ring  ring
}

// layOut places the receipt on the page, as the pictures of the design show it.
func (r Receipt) layOut() layout {
	const x, end = 54, pageWidth - 54
	var l layout
	put := func(x, y, size float64, bold bool, a alignment, s string) {
		l.words = append(l.words, words{s, x, y, size, bold, a})
	}
	put(x, 78, 15, true, left, r.Provider)
	put(x, 101, 12, false, left, r.Place)
	put(x, 122, 12, false, left, r.Address)
	put(end, 75, 12, false, right, r.Desk[0])
	put(end, 96, 12, false, right, r.Desk[1])
	put(x, 196, 16, true, left, r.Title)
	for i, row := range [][2]string{
		{"Numero", r.Number}, {"Data", r.Date}, {r.PatientLabel, r.Patient}, {"Codice fiscale", r.CodiceFiscale}, {r.OrderLabel, r.Order},
	} {
		y := 234 + 27*float64(i)
		put(x, y, 12, false, left, row[0])
		put(x+140, y, 12, i < 3, left, row[1])
	}
	put(x, 412, 12, true, left, "Prestazione")
	put(end, 412, 12, true, right, "Euro")
	put(x, 446, 12, false, left, r.Service[0])
	put(x, 468, 12, false, left, r.Service[1])
	put(end, 446, 12, false, right, r.Amount())
	put(x, 524, 15, true, left, "Totale pagato")
	put(end, 524, 15, true, right, r.Amount())
	put(x, 556, 12, false, left, r.Paid)
	put(x, 660, 11, false, left, r.Copy)
	for i, line := range r.Terms {
		put(x, 702+11*float64(i), 9, false, left, line)
	}
	for _, y := range []float64{154, 382, 492} {
		l.rules = append(l.rules, rule{x, end, y})
	}
	l.ring = ring{455, 625, 68, 2.5}
	for i, s := range r.Stamp {
		l.stamp = append(l.stamp, words{s, 455, 606 + 21*float64(i), 13, true, centre})
	}
	return l
}
