package readingtest

import (
	"fmt"

	"github.com/sodale/sodale/app/reading"
)

// later are layouts that were drawn once the reader was tuned on the others. docs/reading.md has what it read of them
// before anything was mended for them: nearer to how it does on a paper from somewhere else.
var later = []layout{
	{"online accounting", onlineAccounting},
	{"booking centre", bookingCentre},
	{"payment machine", paymentMachine},
	{"podologist", podologist},
}

// MakeLater invents the paper of a seed in one of the layouts that were drawn after the reader.
func MakeLater(seed uint64) Sample { return invent(later, seed) }

// onlineAccounting is what the services for small practices print: a large title, the client at the left, sums at the
// foot of the page.
func onlineAccounting(s *sheet, b *bill) {
	b.typ = reading.Invoice
	b.firm.name = b.pick("Osteopatia Brera di Zambelli Chiara", "Nutrizione & Benessere srls", "Centro Logopedia Parole", "Dott.ssa Marta Quaranta - Ortottista")
	b.number = fmt.Sprintf("%d/%d", 1+b.IntN(300), b.issued.Year)
	b.services(3, 50, 200, "Trattamento osteopatico", "Piano alimentare personalizzato", "Valutazione logopedica", "Esercizi ortottici")
	b.stamped()
	f := b.firm
	s.put(45, 60, s.size*2, true, "Fattura "+b.number)
	s.put(45, 80, s.size*1.1, false, "del "+b.day(b.issued))
	s.bold(45, 120, "Mittente")
	s.bold(320, 120, "Destinatario")
	s.stack(45, 135, f.name, f.street, f.cap+" - "+f.town+" ("+f.province+")", "P.IVA "+f.vat, "CF "+f.owner.code)
	home, town := b.home()
	s.stack(320, 135, b.name(), home, town, "CF "+b.patient.code)
	cols := columns(45, 250, -60, -90, -100)
	y := s.row(cols, 240, false, true, "Prodotto/Servizio", "Q.tà", "Prezzo", "Importo")
	for _, i := range b.items {
		y = s.row(cols, y, false, false, i.text, "1", b.cash(i.cents), b.cash(i.cents))
	}
	y = 640
	for _, l := range [][2]string{{"Imponibile", b.cash(b.sum())}, {"IVA 0% (Es. art. 10)", b.cash(0)}, {"Marca da bollo", b.cash(b.duty)}} {
		s.text(330, y, l[0])
		s.right(545, y, l[1])
		y += s.step()
	}
	s.putRight(545, y+8, s.size*1.4, true, "Totale "+b.cash(b.total))
	s.text(45, 720, "Scadenza pagamento: "+b.day(b.issued.AddDays(15))+" "+b.cash(b.total)+" (saldato)")
}

// bookingCentre is the receipt of a region's booking centre: one band of boxes across the page.
func bookingCentre(s *sheet, b *bill) {
	b.typ = reading.Receipt
	b.firm.name = b.pick("Azienda Sanitaria Locale TO 9", "AUSL Emilia Centro", "ATS Brianza Sud", "Azienda Ospedaliero-Universitaria dei Mille")
	b.number = fmt.Sprintf("%d%05d", b.issued.Year%100, b.IntN(99999))
	b.services(2, 30, 92, "VISITA NEUROLOGICA DI CONTROLLO", "EMG ARTI SUPERIORI", "ECOGRAFIA TIROIDE", "PRELIEVO VENOSO")
	b.total = b.sum()
	f := b.firm
	s.centre(s.w/2, 50, s.size*1.3, true, f.name)
	s.centre(s.w/2, 66, s.size, false, "C.U.P. Centro Unico di Prenotazione - "+b.seat())
	s.centre(s.w/2, 80, s.size, false, "Codice fiscale e partita IVA "+f.vat)
	s.centre(s.w/2, 115, s.size*1.2, true, "RICEVUTA DI PAGAMENTO PRESTAZIONI AMBULATORIALI")
	cols := columns(45, 100, 100, 190, -115)
	y := s.row(cols, 150, true, true, "Numero ricevuta", "Data ricevuta", "Assistito", "Importo Euro")
	y = s.row(cols, y, true, false, b.number, b.day(b.issued), b.name(), b.bare(b.total))
	y = s.stack(45, y+20, "Codice fiscale assistito: "+b.patient.code, "Data di nascita: "+b.day(b.patient.born), "Ricetta: 0100A"+fmt.Sprint(4_000_000_000+b.IntN(900_000_000)), "Prenotazione n. "+fmt.Sprint(b.IntN(9_999_999))+" del "+b.day(b.issued.AddDays(-30)))
	for _, i := range b.items {
		s.text(45, y+12, i.text)
		s.right(550, y+12, b.bare(i.cents))
		y += s.step()
	}
	s.bold(45, y+30, "TOTALE TICKET PAGATO EURO")
	s.putRight(550, y+30, s.size, true, b.bare(b.total))
	s.small(45, y+60, "Documento valido ai fini della detrazione fiscale. Imposta di bollo non dovuta.")
}

// paymentMachine is the slip of a machine that takes cash.
func paymentMachine(s *sheet, b *bill) {
	b.typ, b.named, b.cashForm, b.dateForm = reading.Receipt, false, 0, 0
	s.narrow("Courier", 9, 240, 420)
	b.firm.name = b.pick("OSPEDALE CIVILE MULINI", "ASST PIANURA OVEST", "POLICLINICO LAMBRO")
	b.number = fmt.Sprintf("%07d", b.IntN(9_999_999))
	b.services(1, 30, 92, "TICKET")
	b.total = b.sum()
	f := b.firm
	mid := s.w / 2
	s.centre(mid, 30, 11, true, f.name)
	s.centre(mid, 44, 8, false, f.street)
	s.centre(mid, 55, 8, false, f.cap+" "+f.town+" "+f.province)
	s.centre(mid, 66, 8, false, "P.I. "+f.vat)
	s.centre(mid, 90, 9, true, "RISCUOTITRICE AUTOMATICA")
	s.stack(16, 120, "Ricevuta: "+b.number, fmt.Sprintf("Data e ora: %s %02d:%02d", b.day(b.issued), 8+b.IntN(9), b.IntN(60)), "CF: "+b.patient.code, "Posizione: "+fmt.Sprint(b.IntN(99_999_999)))
	given := (b.total/1000 + 1) * 1000
	y := 200.0
	for _, l := range [][2]string{{"IMPORTO DOVUTO", b.bare(b.total)}, {"INSERITO", b.bare(given)}, {"RESTO EROGATO", b.bare(given - b.total)}, {"TOTALE PAGATO", b.bare(b.total)}} {
		s.put(16, y, 9, l[0] == "TOTALE PAGATO", l[0])
		s.putRight(224, y, 9, false, l[1])
		y += 14
	}
	s.centre(mid, y+30, 8, false, "CONSERVARE PER USO FISCALE")
}

// podologist types a short note of three lines.
func podologist(s *sheet, b *bill) {
	b.typ = reading.Invoice
	b.firm.name = "Dr. " + b.firm.owner.given + " " + b.firm.owner.family
	b.number = fmt.Sprint(1 + b.IntN(400))
	b.services(1, 60, 140, "Trattamento podologico", "Plantare su misura", "Medicazione ulcera")
	b.stamped()
	f := b.firm
	s.put(60, 60, s.size*1.3, true, f.name)
	s.stack(60, 78, "Podologo", f.street+" - "+f.cap+" "+f.town+" ("+f.province+")", "C.F. "+f.owner.code+" - Partita I.V.A. "+f.vat)
	s.text(60, 160, "Parcella n. "+b.number+"/P - emessa a "+f.town+" il "+b.day(b.issued))
	b.number += "/P"
	s.text(60, 185, "a favore di "+b.patient.given+" "+b.patient.family+" (CF "+b.patient.code+") per "+b.items[0].text)
	s.text(60, 210, "Compenso "+b.cash(b.sum()))
	if b.duty > 0 {
		s.text(60, 210+s.step(), "Bollo "+b.cash(b.duty))
	}
	s.bold(60, 210+2*s.step(), "Totale "+b.cash(b.total))
	s.text(60, 300, "Pagamento ricevuto in data odierna.")
}
