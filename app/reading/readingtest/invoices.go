package readingtest

import (
	"fmt"
	"strings"

	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/reading"
)

// courtesy is the readable copy of an electronic invoice, as the style sheets of accounting programs lay it out: two
// boxes, then ruled tables whose labels stand above the values.
func courtesy(s *sheet, b *bill) {
	b.typ, b.dateForm, b.cashForm, s.size = reading.Invoice, b.IntN(4), 0, 7.2
	b.firm.name = b.pick("CENTRO MEDICO SANT'ANNA S.R.L.", "POLIAMBULATORIO PORTA EST SRL", "STUDIO ASSOCIATO FISIOMED", "CASA DI CURA VILLA DEI TIGLI SPA")
	b.numbered()
	b.services(3, 60, 500, "Visita specialistica ortopedica", "Visita cardiologica con ECG", "Ecografia addome completo", "Infiltrazione articolare", "Visita di controllo", "Risonanza magnetica ginocchio")
	b.stamped()
	f := b.firm
	s.frame(40, 40, 250, 118)
	s.frame(305, 40, 250, 118)
	s.bold(46, 54, "Cedente/prestatore (fornitore)")
	s.bold(311, 54, "Cessionario/committente (cliente)")
	s.stack(46, 68, "Identificativo fiscale ai fini IVA: IT"+f.vat, "Codice fiscale: "+f.vat, "Denominazione: "+f.name, "Regime fiscale: RF01 (ordinario)",
		"Indirizzo: "+f.street, "Comune: "+f.town+" Provincia: "+f.province, "Cap: "+f.cap+" Nazione: IT")
	home, town := b.home()
	s.stack(311, 68, "Codice fiscale: "+b.patient.code, "Cognome nome: "+b.patient.family+" "+b.patient.given, "Indirizzo: "+home, "Comune: "+town, "Nazione: IT")
	y := b.courtesyHead(s, 200)
	y = b.courtesyLines(s, y+22)
	b.courtesySums(s, y+22)
	s.small(40, 800, "Copia di cortesia priva di valore fiscale. "+programs[b.IntN(len(programs))]+" P.IVA "+vat(b.Rand))
}

func (b *bill) courtesyHead(s *sheet, y float64) float64 {
	cols := columns(40, 120, 70, 120, 100, 105)
	y = s.row(cols, y, true, true, "Tipologia documento", "Art. 73", b.pick("Numero documento", "Nr. documento"), b.pick("Data documento", "Data doc."), "Codice destinatario")
	return s.row(cols, y, true, false, "TD01 fattura", "", b.number, b.day(b.issued), "0000000")
}

func (b *bill) courtesyLines(s *sheet, y float64) float64 {
	cols := columns(40, 245, -50, -80, -60, -80)
	y = s.row(cols, y, true, true, "Descrizione", "Quantità", "Prezzo unitario", "%IVA", "Prezzo totale")
	for _, i := range b.items {
		y = s.row(cols, y, true, false, i.text+" del "+b.day(i.on), "1,00", b.bare(i.cents), "N4", b.bare(i.cents))
	}
	return y
}

func (b *bill) courtesySums(s *sheet, y float64) {
	s.bold(40, y-4, "RIEPILOGHI IVA E TOTALI")
	cols := columns(40, 245, -50, -80, -70, -70)
	y = s.row(cols, y+14, true, true, "Esigibilità iva / riferimenti normativi", "%IVA", "Spese accessorie", "Imponibile", "Imposta")
	y = s.row(cols, y, true, false, "Esente art. 10 n. 18 DPR 633/72", "N4", "", b.bare(b.sum()), "0,00")
	cols = columns(40, 100, 135, 130, -150)
	y = s.row(cols, y+10, true, true, "Importo bollo", "Sconto/Maggiorazione", "Valuta", b.pick("Totale documento", "Totale fattura"))
	duty := ""
	if b.duty > 0 {
		duty = b.bare(b.duty)
	}
	y = s.row(cols, y, true, false, duty, "", "EUR", b.bare(b.total))
	cols = columns(40, 120, 195, 100, -100)
	y = s.row(cols, y+10, true, true, "Modalità pagamento", "Dettagli", "Scadenze", "Importo")
	s.row(cols, y, true, false, "MP05 Bonifico", "IBAN "+b.firm.account, b.day(b.issued.AddDays(30)), b.bare(b.total))
}

// letterhead is a doctor's letter: everything centred above, sentences below.
func letterhead(s *sheet, b *bill) {
	b.typ = reading.Invoice
	b.firm.practice(b.Rand, "Studio medico")
	b.numbered()
	b.services(1, 120, 500, "Visita specialistica dermatologica", "Visita oculistica con esame del fundus", "Visita ginecologica ed ecografia", "Consulto endocrinologico")
	b.stamped()
	f := b.firm
	s.centre(s.w/2, 60, s.size*1.6, true, f.name)
	s.centre(s.w/2, 78, s.size, false, b.pick("Specialista in Dermatologia", "Medico chirurgo", "Specialista in Oculistica"))
	s.centre(s.w/2, 92, s.size, false, b.seat()+" - Tel. "+f.phone)
	s.centre(s.w/2, 106, s.size, false, b.pick("P.IVA "+f.vat+" - C.F. "+f.owner.code, "Partita IVA "+f.vat+" Codice fiscale "+f.owner.code, "C.F. "+f.owner.code+" P. IVA: "+f.vat))
	s.rule(116)
	home, town := b.home()
	y := s.stack(340, 150, b.pick("Spett.le", "Gent.le", "Egr. Sig./Sig.ra"), b.name(), home, town, b.pick("C.F. ", "Cod. fisc. ", "C.F.: ")+b.patient.code)
	if b.chance(2) {
		born := "nato il "
		if b.patient.sex == "F" {
			born = "nata il "
		}
		s.text(340, y, born+b.day(b.patient.born))
	}
	switch b.IntN(3) {
	case 0:
		s.bold(60, 270, b.pick("Fattura n. ", "Parcella n. ", "FATTURA N° ")+b.number+" del "+b.day(b.issued))
	case 1:
		s.bold(60, 262, b.pick("Fattura nr. ", "Fattura numero ")+b.number)
		s.text(60, 280, f.town+", "+b.pick("", "lì ")+b.day(b.issued))
	case 2:
		s.putRight(540, 262, s.size, false, f.town+", "+b.day(b.issued))
		s.bold(60, 280, "FATTURA")
		s.text(60, 294, "n. "+b.number)
	}
	y = s.stack(60, 330, "Per la prestazione eseguita in data "+b.day(b.items[0].on)+":", b.items[0].text)
	s.right(540, y-s.step(), b.cash(b.items[0].cents))
	if b.duty > 0 {
		s.text(60, y+20, b.pick("Marca da bollo", "Imposta di bollo", "Rimborso imposta di bollo"))
		s.right(540, y+20, b.cash(b.duty))
	}
	s.bold(60, y+46, b.pick("Totale", "TOTALE FATTURA", "Totale da pagare", "Totale a Vs. carico"))
	s.putRight(540, y+46, s.size, true, b.cash(b.total))
	s.stack(60, y+90, "Prestazione esente da IVA ai sensi dell'art. 10 n. 18 del DPR 633/72.", "Imposta di bollo assolta sull'originale per importi superiori a € 77,47.", "IBAN "+f.account+" - "+f.bank)
}

// dentist has a table of services with their days, the exemption and the stamp.
func dentist(s *sheet, b *bill) {
	b.typ = reading.Invoice
	b.firm.practice(b.Rand, "Studio dentistico")
	b.numbered()
	b.services(5, 80, 900, "Otturazione elemento 36", "Ablazione del tartaro", "Devitalizzazione el. 14", "Corona in zirconia el. 25", "Ortopantomografia", "Estrazione el. 48", "Visita e piano di cura")
	b.stamped()
	f := b.firm
	s.put(50, 60, s.size*1.5, true, f.name)
	y := s.stack(50, 78, f.street, f.cap+" "+f.town+" ("+f.province+")", "Tel. "+f.phone+"  Cell. 333 1234567", "P. IVA "+f.vat, "C.F. "+f.owner.code)
	s.putRight(545, 60, s.size*1.4, true, b.pick("FATTURA", "Fattura sanitaria", "FATTURA DI CORTESIA"))
	label := b.pick("N.", "Numero", "Nr.", "Fattura n.")
	when := b.pick("Data", "Del", "Data fattura", "Emessa il")
	s.text(400, 84, label)
	s.right(545, 84, b.number)
	s.text(400, 84+s.step(), when)
	s.right(545, 84+s.step(), b.day(b.issued))
	y += 16
	s.bold(50, y, b.pick("Paziente", "Intestata a", "Cliente", "Assistito"))
	home, town := b.home()
	y = s.stack(50, y+s.step(), b.name(), home+" - "+town, b.pick("Codice fiscale ", "C.F. ")+b.patient.code)
	cols := columns(50, 80, 255, -50, -110)
	y = s.row(cols, y+16, b.chance(2), true, b.pick("Data", "Data prest."), "Prestazione", "Q.tà", "Importo")
	ruled := b.chance(2)
	for _, i := range b.items {
		y = s.row(cols, y, ruled, false, b.day(i.on), i.text, "1", b.cash(i.cents))
	}
	y = b.footing(s, y+14, b.pick("Totale prestazioni", "Imponibile esente", "Totale imponibile"))
	s.stack(50, y+24, "Operazione esente da I.V.A. art. 10 n. 18 D.P.R. 633/1972", "Pagamento: "+b.pick("carta di credito", "bancomat", "bonifico 30 gg, scadenza "+b.day(b.issued.AddDays(30))))
	s.small(50, 805, programs[b.IntN(len(programs))]+" - P.IVA "+vat(b.Rand))
}

// footing writes the sums at the right: what it is made of, the stamp and the total.
func (b *bill) footing(s *sheet, y float64, label string) float64 {
	line := func(label string, c money.Cents, strong bool) {
		s.put(340, y, s.size, strong, label)
		s.putRight(545, y, s.size, strong, b.cash(c))
		y += s.step()
	}
	line(label, b.sum(), false)
	if b.duty > 0 {
		line(b.pick("Bollo", "Marca da bollo", "Imposta di bollo", "Bollo virtuale"), b.duty, false)
	}
	line(b.pick("Totale fattura", "TOTALE", "Totale documento", "Totale da pagare", "Netto a pagare"), b.total, true)
	return y
}

// physiotherapist adds the contribution to the pension fund and, where the client withholds tax, takes it off.
func physiotherapist(s *sheet, b *bill) {
	b.typ = reading.Invoice
	b.firm.practice(b.Rand, "Studio di fisioterapia")
	b.numbered()
	b.services(3, 70, 300, "Seduta di fisioterapia", "Tecarterapia", "Rieducazione posturale globale", "Massoterapia", "Laserterapia")
	fund := (b.sum()*4 + 50) / 100
	withheld := money.Cents(0)
	if b.chance(3) {
		withheld = (b.sum()*20 + 50) / 100
	}
	gross := b.sum() + fund
	if gross > 7747 {
		b.duty = 200
	}
	gross += b.duty
	b.total = gross - withheld
	f := b.firm
	s.put(50, 56, s.size*1.4, true, f.name)
	s.text(50, 72, b.pick("Fisioterapista", "Terapista della riabilitazione")+" - Albo n. "+fmt.Sprint(100+b.IntN(900)))
	s.stack(50, 72+s.step(), b.seat(), "Partita IVA: "+f.vat, "Cod. Fisc.: "+f.owner.code, "Tel: "+f.phone)
	home, town := b.home()
	s.frame(320, 120, 230, 80)
	s.stack(328, 134, b.pick("Spett.le", "Cliente:", "Destinatario"), b.name(), home, town, "CF "+b.patient.code)
	cols := columns(50, 150, 150)
	y := s.row(cols, 240, true, true, b.pick("Fattura N.", "N. fattura", "Documento n."), b.pick("Data", "Data emissione", "Data fattura"))
	y = s.row(cols, y, true, false, b.number, b.day(b.issued))
	y += 20
	for _, i := range b.items {
		s.text(50, y, i.text+" ("+b.day(i.on)+")")
		s.right(545, y, b.cash(i.cents))
		y += s.step()
	}
	b.physioSums(s, y+18, fund, withheld, gross)
	s.stack(50, 720, "Operazione in franchigia/esente ex art. 10, n. 18, DPR 633/72", "Coordinate bancarie: "+f.account)
}

func (b *bill) physioSums(s *sheet, y float64, fund, withheld, gross money.Cents) {
	line := func(label string, c money.Cents, strong bool) {
		s.put(300, y, s.size, strong, label)
		s.putRight(545, y, s.size, strong, b.cash(c))
		y += s.step()
	}
	line(b.pick("Imponibile", "Totale onorario", "Compenso"), b.sum(), false)
	line(b.pick("Contributo integrativo 4%", "Rivalsa INPS 4%", "Contributo cassa 4%"), fund, false)
	if b.duty > 0 {
		line(b.pick("Bollo", "Marca da bollo"), b.duty, false)
	}
	line(b.pick("Totale fattura", "Totale documento", "TOTALE"), gross, withheld == 0)
	if withheld > 0 {
		s.put(300, y, s.size, false, "Ritenuta d'acconto 20%")
		s.right(545, y, "- "+b.cash(withheld))
		y += s.step()
		line(b.pick("Netto a pagare", "NETTO DA PAGARE", "Totale da pagare"), b.total, true)
	} else if b.chance(2) {
		line("Netto a pagare", b.total, true)
	}
}

// optician has taxed goods, a discount and a deposit that was paid before.
func optician(s *sheet, b *bill) {
	b.typ = reading.Invoice
	b.firm.name = b.pick("Ottica Lumière S.n.c.", "OTTICA VEDER BENE SRL", "Foto Ottica Ronchi di Ronchi A. & C. sas", "Ottica Centrale")
	b.numbered()
	b.services(3, 100, 700, "Montatura da vista", "Lenti progressive indice 1.6", "Coppia lenti monofocali antiriflesso", "Lenti a contatto mensili", "Trattamento indurente")
	list := b.sum()
	discount := money.Cents(0)
	if b.chance(2) {
		discount = list / 10
	}
	b.total = list - discount
	net := (b.total*100 + 52) / 104
	f := b.firm
	s.put(45, 58, s.size*1.5, true, f.name)
	s.stack(45, 76, f.street, f.cap+" "+f.town+" "+f.province, "Tel/Fax "+f.phone, "P.I./C.F. "+f.vat)
	home, town := b.home()
	s.stack(330, 130, "Destinatario", b.name(), home, town, "Cod.Fisc. "+b.patient.code)
	y := 215.0
	s.bold(45, y, b.pick("Fattura n° ", "Documento: FATTURA n. ", "Fatt. n. ")+b.number)
	s.text(300, y, b.pick("Data: ", "Data documento: ", "del ")+b.day(b.issued))
	s.text(45, y+s.step(), "Rif. busta/ordine n. "+fmt.Sprint(1000+b.IntN(9000))+" del "+b.day(b.issued.AddDays(-12)))
	cols := columns(45, 270, -45, -95, -95)
	y = s.row(cols, y+50, true, true, "Descrizione articolo", "Q.tà", "Prezzo", "Importo")
	for _, i := range b.items {
		y = s.row(cols, y, true, false, i.text, "1", b.bare(i.cents), b.bare(i.cents))
	}
	y += 18
	line := func(label, amount string, strong bool) {
		s.put(320, y, s.size, strong, label)
		s.putRight(550, y, s.size, strong, amount)
		y += s.step()
	}
	line(b.pick("Totale merce", "Subtotale"), b.cash(list), false)
	if discount > 0 {
		line("Sconto 10%", "-"+b.cash(discount), false)
	}
	line("Totale imponibile", b.cash(net), false)
	line("IVA 4%", b.cash(b.total-net), false)
	line(b.pick("TOTALE FATTURA", "Totale documento", "Totale"), b.cash(b.total), true)
	s.stack(45, 740, "Dispositivi medici con marcatura CE - Reg. UE 2017/745", "Garanzia fino al "+b.day(b.issued.AddDays(730)))
}

// polyclinic has its head at the right, a line of terms below, and a foot full of other numbers.
func polyclinic(s *sheet, b *bill) {
	b.typ = reading.Invoice
	b.firm.name = b.pick("Poliambulatorio San Rocco s.r.l.", "Centro Diagnostico Lambro S.p.A.", "Istituto Clinico Madonna della Neve", "Clinica Salus S.r.l.")
	b.numbered()
	b.services(4, 60, 400, "Visita fisiatrica", "Ecocolordoppler TSA", "RX torace 2 proiezioni", "Elettrocardiogramma", "Visita urologica", "MOC lombare e femorale")
	b.stamped()
	f := b.firm
	s.putRight(550, 56, s.size*1.5, true, f.name)
	s.right(550, 74, b.seat())
	s.right(550, 74+s.step(), "C.F. e P.IVA "+f.vat+" - REA MI-"+fmt.Sprint(100000+b.IntN(900000)))
	s.right(550, 74+2*s.step(), "Cap. soc. € 100.000,00 i.v.")
	home, town := b.home()
	y := s.stack(45, 140, "Intestatario", b.name(), home, town, "Codice Fiscale: "+b.patient.code)
	if b.chance(2) {
		s.text(45, y, "Data di nascita: "+b.day(b.patient.born))
	}
	cols := columns(45, 110, 90, 160, 145)
	y = s.row(cols, 245, b.chance(2), true, b.pick("N. Fattura", "Numero", "Fattura n."), b.pick("Data", "Data fattura"), "Pagamento", b.pick("Scadenza", "Accettazione n."))
	terms := b.day(b.issued.AddDays(b.IntN(60)))
	y = s.row(cols, y, b.chance(2), false, b.number, b.day(b.issued), "Rimessa diretta", terms)
	cols = columns(45, 70, 285, -40, -110)
	y = s.row(cols, y+16, true, true, "Cod.", "Descrizione prestazione", "Qta", "Importo")
	for _, i := range b.items {
		y = s.row(cols, y, true, false, fmt.Sprintf("%02d.%02d.%d", 10+b.IntN(89), 1+b.IntN(12), 1+b.IntN(9)), i.text, "1", b.cash(i.cents))
	}
	y = b.footing(s, y+14, b.pick("Totale esente art. 10", "Imponibile", "Subtotale"))
	s.text(45, y+18, b.pick("Pagato", "Incassato")+" con "+b.pick("POS", "contanti", "assegno")+" il "+b.day(b.issued))
	s.small(45, 800, strings.Join([]string{f.name, "Sede legale " + f.street, "Aut. san. n. 123/98", "PEC info@example.it", "IBAN " + f.account}, " - "))
	s.small(45, 814, programs[b.IntN(len(programs))]+" - p.iva "+vat(b.Rand))
}
