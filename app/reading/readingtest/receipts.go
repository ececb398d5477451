package readingtest

import (
	"fmt"
	"strings"

	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/reading"
)

// ticket is the receipt of a public counter.
func ticket(s *sheet, b *bill) {
	b.typ = reading.Receipt
	b.firm.name = b.pick("ASST Naviglio Sud", "AZIENDA USL DELLA ROMAGNA NORD", "ASL Città dei Mulini", "Azienda Ospedaliera San Rocco")
	b.number = b.pick(fmt.Sprintf("%d/%06d", b.issued.Year, b.IntN(99999)), fmt.Sprintf("%08d", b.IntN(9_999_999)), fmt.Sprintf("T%d-%05d", b.issued.Year%100, b.IntN(99999)))
	b.services(1, 30, 140, "89.7A.3 Visita cardiologica", "90.62.2 Emocromo completo", "87.44.1 RX torace", "88.72.3 Ecocardiogramma", "95.02 Visita oculistica")
	b.total = b.sum()
	f := b.firm
	s.put(54, 70, s.size*1.4, true, f.name)
	s.text(54, 90, b.pick("Presidio ospedaliero Porta Est", "Poliambulatorio via dei Mille", "Ospedale San Rocco"))
	s.text(54, 90+s.step(), b.seat())
	s.text(54, 90+2*s.step(), "P.IVA / C.F. "+f.vat)
	s.right(540, 70, fmt.Sprintf("Cassa ticket %d", 1+b.IntN(9)))
	s.put(54, 180, s.size*1.4, true, b.pick("Ricevuta di pagamento ticket", "RICEVUTA TICKET", "Quietanza di pagamento ticket sanitario"))
	y := 215.0
	line := func(label, value string) {
		s.text(54, y, label)
		s.text(210, y, value)
		y += s.step() * 1.3
	}
	line(b.pick("Numero", "Ricevuta n.", "N. ricevuta", "N. quietanza"), b.number)
	line(b.pick("Data", "Data pagamento", "Data emissione", "Emessa il"), b.day(b.issued))
	line(b.pick("Assistito", "Assistita/o", "Paziente", "Utente"), b.name())
	line("Codice fiscale", b.patient.code)
	if b.chance(2) {
		line("Data di nascita", b.day(b.patient.born))
	}
	line(b.pick("Ricetta n.", "NRE", "Impegnativa"), fmt.Sprintf("0300A %010d", b.IntN(2_000_000_000)))
	if b.chance(2) {
		line(b.pick("Data prestazione", "Appuntamento del"), b.day(b.issued.AddDays(b.IntN(40)-25)))
	}
	s.rule(y)
	y += 24
	s.bold(54, y, "Prestazione")
	s.putRight(540, y, s.size, true, "Euro")
	for _, i := range b.items {
		y += s.step()
		s.text(54, y, i.text)
		s.right(540, y, b.bare(i.cents))
	}
	y += 40
	s.bold(54, y, b.pick("Totale pagato", "TOTALE", "Importo pagato", "Totale euro"))
	s.putRight(540, y, s.size*1.2, true, b.cash(b.total))
	s.text(54, y+s.step()*2, "Pagamento con "+b.pick("carta", "bancomat", "contanti"))
	s.small(54, 700, "Detraibile ai fini fiscali art. 15 c. 1 lett. c) TUIR - Operatore 0"+fmt.Sprint(b.IntN(90)))
}

// pharmacy is the talking slip of a pharmacy: narrow, in one face, with change and a serial number.
func pharmacy(s *sheet, b *bill) {
	b.typ, b.cashForm, b.named, b.dateForm = reading.Receipt, 0, false, []int{0, 4, 2}[b.IntN(3)]
	s.narrow([]string{"Courier", "Go Mono"}[b.IntN(2)], 9, 260, 520)
	b.firm.name = b.pick("FARMACIA DELL'OLMO SNC", "Farmacia Comunale n. 3", "FARMACIA S. BIAGIO DR. FERRARIN", "Farmacia Internazionale")
	b.services(4, 8, 70, "FARMACO TACHIPIRINA 500", "PARAFARM. CREMA 50ML", "FARMACO AUGMENTIN CPR", "DISP. MED. AEROSOL CE", "TICKET RICETTA SSN", "OMEOPATICO ARNICA")
	b.total = b.sum()
	b.number = fmt.Sprintf("%04d-%04d", b.IntN(2500), 1+b.IntN(300))
	f := b.firm
	mid := s.w / 2
	s.centre(mid, 30, 10, true, f.name)
	s.centre(mid, 43, 8, false, f.street)
	s.centre(mid, 54, 8, false, f.cap+" "+f.town+" ("+f.province+")")
	s.centre(mid, 65, 8, false, b.pick("P.IVA ", "P. IVA: ", "Partita IVA ")+f.vat)
	s.centre(mid, 76, 8, false, "Tel. "+f.phone)
	s.centre(mid, 96, 10, true, "DOCUMENTO COMMERCIALE")
	s.centre(mid, 107, 8, false, "di vendita o prestazione")
	s.bold(16, 130, "DESCRIZIONE")
	s.putRight(180, 130, 8, true, "IVA")
	s.putRight(244, 130, 8, true, "Prezzo(€)")
	y := 144.0
	for _, i := range b.items {
		s.put(16, y, 8, false, i.text)
		s.putRight(180, y, 8, false, b.pick("10%", "22%", "ES"))
		s.putRight(244, y, 8, false, b.bare(i.cents))
		y += 12
	}
	line := func(label, amount string, strong bool) {
		y += 13
		s.put(16, y, 9, strong, label)
		s.putRight(244, y, 9, strong, amount)
	}
	if b.chance(2) {
		line("Subtotale", b.bare(b.total), false)
	}
	line("TOTALE COMPLESSIVO", b.bare(b.total), true)
	line("di cui IVA", b.bare(b.total/11), false)
	if b.chance(2) {
		given := (b.total/5000 + 1) * 5000
		line("Pagamento contante", b.bare(given), false)
		line("Resto", b.bare(given-b.total), false)
	} else {
		line("Pagamento elettronico", b.bare(b.total), false)
	}
	line("Importo pagato", b.bare(b.total), true)
	y += 24
	s.centre(mid, y, 9, false, fmt.Sprintf("%s  %02d:%02d", b.day(b.issued), 8+b.IntN(11), b.IntN(60)))
	s.centre(mid, y+12, 9, false, "DOCUMENTO N. "+b.number)
	s.centre(mid, y+24, 9, false, b.pick("CF cliente: ", "Cod. Fisc. Cliente ", "C.F. ")+b.patient.code)
	s.centre(mid, y+36, 8, false, fmt.Sprintf("RT 99MEX%06d", b.IntN(999999)))
}

// hospital is the invoice of a stay, with its days, its DRG and what others pay.
func hospital(s *sheet, b *bill) {
	b.typ = reading.Invoice
	b.firm.name = b.pick("Ospedale San Raffaele al Lambro", "ISTITUTO ORTOPEDICO VALPADANA S.P.A.", "Casa di Cura Villa Aurelia", "Fondazione IRCCS Policlinico dei Mulini")
	b.numbered()
	b.items = []item{
		{"Camera singola con bagno", b.issued, money.Cents(40000 + b.IntN(90000))},
		{"Onorari equipe chirurgica", b.issued, money.Cents(100000 + 50*b.IntN(9000))},
		{"Materiali protesici", b.issued, money.Cents(30000 + b.IntN(150000))},
	}
	b.items = b.items[:1+b.IntN(3)]
	b.stamped()
	f := b.firm
	s.put(45, 56, s.size*1.4, true, f.name)
	s.stack(45, 74, b.seat(), "Cod. Fisc. e Part. IVA "+f.vat, "Centralino "+f.phone)
	s.put(45, 140, s.size*1.2, true, b.pick("FATTURA", "Fattura di degenza", "FATTURA PER RICOVERO"))
	left := [][2]string{
		{b.pick("Numero fattura", "Fattura nr.", "N. documento"), b.number}, {b.pick("Data fattura", "Data emissione", "Data documento"), b.day(b.issued)},
		{"Scadenza", b.day(b.issued.AddDays(30))}, {"Nosologico", fmt.Sprintf("%d%06d", b.issued.Year, b.IntN(999999))},
	}
	right := [][2]string{
		{"Paziente", b.name()}, {"Codice fiscale", b.patient.code}, {"Data nascita", b.day(b.patient.born)},
		{"Ricovero", "dal " + b.day(b.issued.AddDays(-20)) + " al " + b.day(b.issued.AddDays(-14))},
	}
	y := 165.0
	for i := range left {
		s.text(45, y, left[i][0])
		s.text(140, y, left[i][1])
		s.text(290, y, right[i][0])
		s.text(370, y, right[i][1])
		y += s.step() * 1.2
	}
	s.text(45, y, fmt.Sprintf("DRG %d - MDC 8 - Reparto Ortopedia - Tariffa DRG di riferimento € 8.837,00 a carico SSN", 200+b.IntN(300)))
	cols := columns(45, 350, -50, -110)
	y = s.row(cols, y+30, true, true, "Descrizione", "IVA", "Importo")
	for _, i := range b.items {
		y = s.row(cols, y, true, false, i.text, "Es.10", b.bare(i.cents))
	}
	y = b.footing(s, y+20, b.pick("Totale imponibile", "Totale esente"))
	s.stack(45, y+30, "Bonifico su "+f.bank+" IBAN "+f.account, "Esente IVA art. 10 n. 19 DPR 633/72. Causale: "+b.number)
}

// laboratory is a receipt with many amounts: each exam, the quota of the prescription, what is due and what was paid.
func laboratory(s *sheet, b *bill) {
	b.typ = reading.Receipt
	b.firm.name = b.pick("Laboratorio Analisi Padano S.r.l.", "LABORATORIO ANALISI CLINICHE DR. ZAMBELLI", "Bioanalisi Adda Srl", "Centro Prelievi San Carlo")
	b.number = b.pick(fmt.Sprintf("%d/%d", 1+b.IntN(30000), b.issued.Year), fmt.Sprintf("R%06d", b.IntN(999999)), fmt.Sprint(1000+b.IntN(90000)))
	b.services(6, 4, 30, "Emocromo", "Glicemia", "Colesterolo HDL", "TSH reflex", "Transaminasi AST/ALT", "Esame urine", "Ferritina", "Vitamina D 25-OH")
	due := b.sum()
	b.items = append(b.items, item{"Quota ricetta", b.issued, 1000})
	b.total = b.sum()
	f := b.firm
	s.put(50, 60, s.size*1.4, true, f.name)
	s.stack(50, 78, b.seat(), "P.I. "+f.vat+" - Tel. "+f.phone)
	s.put(50, 140, s.size*1.2, true, b.pick("Ricevuta n. ", "RICEVUTA SANITARIA N° ", "Ricevuta fiscale nr ")+b.number+b.pick("", " del "+b.day(b.issued)))
	s.text(330, 160, b.pick("Data accettazione", "Accettazione del")+" "+b.day(b.issued.AddDays(-1-b.IntN(3))))
	s.text(50, 160, b.pick("Data ricevuta ", "Data: ", "Data emissione ")+b.day(b.issued))
	y := s.stack(50, 185, b.pick("Sig./Sig.ra ", "Paziente: ")+b.name(), "C.F. "+b.patient.code, "Ricetta NRE 1300A"+fmt.Sprint(4_000_000_000+b.IntN(900_000_000)), "Data di nascita "+b.day(b.patient.born))
	y += 14
	for _, i := range b.items {
		s.text(50, y, i.text)
		s.right(400, y, b.bare(i.cents))
		y += s.step()
	}
	y += 10
	s.text(50, y, "Totale esami")
	s.right(400, y, b.bare(due))
	y += s.step()
	s.text(50, y, "Quota ricetta")
	s.right(400, y, b.bare(1000))
	y += s.step()
	s.bold(50, y, b.pick("Totale pagato", "Totale da pagare", "TOTALE RICEVUTA", "Importo totale"))
	s.putRight(400, y, s.size, true, b.cash(b.total))
	y += s.step()
	s.text(50, y, b.pick("Acconto", "Sconto"))
	s.right(400, y, b.bare(0))
	s.stack(50, y+40, "Ritiro referti dal "+b.day(b.issued.AddDays(3)), "Non costituisce fattura")
}

// psychologist fills in a printed form: sentences with gaps, the stamp on the paper, the number above.
func psychologist(s *sheet, b *bill) {
	b.typ = reading.Receipt
	b.firm.practice(b.Rand, "Studio di psicologia")
	b.numbered()
	b.services(1, 100, 180, "Colloquio psicologico clinico", "Seduta di psicoterapia", "Sostegno psicologico")
	b.stamped()
	f := b.firm
	s.put(60, 60, s.size*1.4, true, f.name)
	s.stack(60, 78, "Psicologo psicoterapeuta - Albo Lombardia n. "+fmt.Sprint(1000+b.IntN(9000)), b.seat(), "C.F. "+f.owner.code, "P.IVA "+f.vat)
	s.putRight(540, 150, s.size*1.2, true, b.pick("Ricevuta sanitaria n° ", "RICEVUTA N. ", "Ricevuta nr. ")+b.number)
	s.right(540, 168, b.pick(f.town+", ", "Data ", "lì ")+b.day(b.issued))
	who := b.patient.given + " " + b.patient.family
	y := s.stack(60, 210, b.pick("Ricevo da ", "Si riceve dal/la Sig./ra ", "Ricevuto da: ")+who, "C.F. "+b.patient.code, "nato/a il "+b.day(b.patient.born),
		"per n. "+fmt.Sprint(1+b.IntN(4))+" sedute di "+strings.ToLower(b.items[0].text), "effettuate entro il "+b.day(b.items[0].on))
	y += 20
	line := func(label, amount string, strong bool) {
		s.put(60, y, s.size, strong, label)
		s.putRight(350, y, s.size, strong, amount)
		y += s.step()
	}
	line(b.pick("Onorario", "Compenso"), b.cash(b.sum()-200), false)
	line("Contributo ENPAP", b.cash(200), false)
	if b.duty > 0 {
		line(b.pick("Imposta di bollo", "Marca da bollo"), b.cash(b.duty), false)
	}
	line(b.pick("Totale", "TOTALE RICEVUTA", "Importo totale", "La somma di"), b.cash(b.total), true)
	s.stack(60, y+30, "Esente IVA art. 10 n. 18 DPR 633/72", "Per quietanza")
	s.small(60, 780, "Il paziente si oppone alla trasmissione al Sistema TS (art. 3 DM 31/7/2015): NO")
}
