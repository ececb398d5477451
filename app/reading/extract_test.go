package reading_test

import (
	"encoding/binary"
	"encoding/json"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/fiscalcode"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/place"
	"github.com/sodale/sodale/app/reading"
	"github.com/sodale/sodale/app/reading/readingtest"
)

// sheet sets lines under each other; a bar parts cells, 100 points apart.
func sheet(lines ...string) [][]document.Line {
	var all []document.Line
	for i, l := range lines {
		for j, t := range strings.Split(l, "|") {
			if t != "" {
				all = append(all, document.Line{Text: t, X: 40 + 130*float64(j), Y: 40 + 14*float64(i), W: 5 * float64(len(t)), H: 10})
			}
		}
	}
	return [][]document.Line{all}
}

func read(lines ...string) reading.Paper {
	return reading.Extract(reading.Text, sheet(lines...), readingtest.Today, readingtest.Household())
}

func day(text string) civil.Date {
	d, err := civil.ParseItalian(text)
	if err != nil {
		panic(err)
	}
	return d
}

func TestTheNumberIsThatOfThePaper(t *testing.T) { // CLM-10, CLM-11
	for _, c := range []struct {
		lines []string
		want  string
	}{
		{[]string{"Fattura n. 318 del 09/11/2026"}, "318"},
		{[]string{"FATTURA N°12/26"}, "12/26"},
		{[]string{"N. documento|Data", "FE-7|09/11/2026"}, "FE-7"},
		{[]string{"Ricevuta sanitaria n. 4 /A"}, "4/A"},
		{[]string{"Fattura", "Esente IVA art. 10 n. 18 DPR 633/72"}, ""},
		{[]string{"Ricetta n. 0300A4571902268"}, ""},
		{[]string{"Rif. documento n. 55"}, ""},
		{[]string{"Carta d'identità: documento n. 55", "Fattura n. 318"}, ""}, // two labels, two numbers
		{[]string{"Fattura n. 09/11/2026"}, ""},
		{[]string{"Fattura n. 318/2027 del 09/11/2026"}, ""}, // a year that has not come
		{[]string{"Fattura n. 12345678901"}, ""},
		{[]string{"Fattura n."}, ""},
		{[]string{"N. 5 sedute di fisioterapia"}, ""},
		{[]string{"Fattura 45/2026 del 09/11/2026"}, "45/2026"},
		{[]string{"Ricevuta: 000123"}, "000123"},
	} {
		if got := read(c.lines...).Number; got != c.want {
			t.Errorf("%q: %q, want %q", c.lines, got, c.want)
		}
	}
}

func TestTheDateIsTheDayOfIssue(t *testing.T) { // CLM-11
	for _, c := range []struct {
		lines []string
		want  string
	}{
		{[]string{"Fattura n. 318 del 9 novembre 2026"}, "09/11/2026"},
		{[]string{"Data: 09-11-26|Scadenza 20/11/2026"}, "09/11/2026"},
		{[]string{"Milano, lì 09.11.2026"}, "09/11/2026"},
		{[]string{"Data documento|Scadenza", "2026-11-09|2026-11-20"}, "09/11/2026"},
		{[]string{"nato il 09/11/2020"}, ""},
		{[]string{"Data di nascita 09/11/2020"}, ""},
		{[]string{"Visita eseguita in data 09/11/2026"}, ""},
		{[]string{"Data fattura 29/11/2026"}, ""}, // tomorrow
		{[]string{"Data fattura 09/11/2016"}, ""}, // more than ten years ago
		{[]string{"Data fattura 31/11/2026"}, ""},
		{[]string{"Data fattura 09/11/2026", "Data fattura 10/11/2026"}, ""},
		{[]string{"Data|Prestazione|Importo", "09/11/2026|Visita|36,15"}, ""},
	} {
		want := civil.Date{}
		if c.want != "" {
			want = day(c.want)
		}
		if got := read(c.lines...).IssuedOn; got != want {
			t.Errorf("%q: %v, want %v", c.lines, got, want)
		}
	}
}

func TestTheTotalIsWhatThePatientPays(t *testing.T) { // CLM-11
	for _, c := range []struct {
		lines []string
		want  money.Cents
	}{
		{[]string{"Totale fattura|€ 1.234,50"}, 123450},
		{[]string{"Totale imponibile|100,00", "Totale|122,00"}, 12200},
		{[]string{"Totale imponibile|100,00"}, 0},
		{[]string{"Totale fattura|100,00", "Ritenuta d'acconto|20,00", "Netto a pagare|80,00"}, 8000},
		{[]string{"Totale fattura|100,00", "Netto a pagare|80,00"}, 0}, // nothing explains the difference
		{[]string{"Totale|100,00", "Totale|80,00"}, 0},
		{[]string{"TOTALE COMPLESSIVO|23,40", "Pagamento contante|50,00", "Resto|26,60", "Importo pagato|23,40"}, 2340},
		{[]string{"Totale documento", "36.15"}, 3615},
		{[]string{"Totale sconto|10,00"}, 0},
		{[]string{"Descrizione|Prezzo|Totale", "Visita|100,00|100,00"}, 0}, // a column of items
		{[]string{"TD04 nota di credito", "Totale documento|36,15"}, 0},
	} {
		if got := read(c.lines...).Total; got != c.want {
			t.Errorf("%q: %v, want %v", c.lines, got, c.want)
		}
	}
}

func TestFromAPictureATotalMustShowItselfAgain(t *testing.T) {
	for _, c := range []struct {
		lines []string
		want  money.Cents
	}{
		{[]string{"Totale|36,15"}, 0},
		{[]string{"Visita|36,15", "Totale|36,15"}, 3615},
		{[]string{"Visita|100,00", "Bollo|2,00", "Totale|102,00"}, 10200},
		{[]string{"Totale fattura|100,00", "Ritenuta|-20,00", "Netto a pagare|80,00"}, 8000},
		{[]string{"Quota|10,00", "Esami|47,00", "Quota|10,00", "Totale|10,00", "|57,00"}, 0}, // read one row too high
		{[]string{"TOTALE COMPLESSIVO|38,50", "Contante|50,00", "Resto|11,50", "Importo pagato|38,50"}, 3850},
	} {
		if got := reading.Extract(reading.OCR, sheet(c.lines...), readingtest.Today, nil).Total; got != c.want {
			t.Errorf("%q: %v, want %v", c.lines, got, c.want)
		}
	}
}

func TestOnAPictureThatLeansLabelAndAmountStayTogether(t *testing.T) {
	for _, slope := range []float64{-0.04, -0.02, 0, 0.02, 0.04} {
		pages := sheet("Visita|||100,00", "Bollo|||2,00", "Totale|||102,00", "", "Data||09/11/2026", "Ricevuta n.||318")
		for i := range pages[0] {
			l := &pages[0][i]
			l.Y += slope * (l.X + l.W/2)
		}
		p := reading.Extract(reading.OCR, pages, readingtest.Today, nil)
		if p.Total != 10200 || p.StampDuty != 200 || p.IssuedOn != day("09/11/2026") || p.Number != "318" {
			t.Errorf("slope %.2f: %+v", slope, p)
		}
	}
}

func TestAForeignCurrencyIsNamed(t *testing.T) {
	if p := read("Totale fattura|CHF 120.00"); p.Currency != "CHF" || p.Total != 12000 {
		t.Errorf("%+v", p)
	}
	if p := read("Totale fattura|EUR 120.00"); p.Currency != "" || p.Total != 12000 {
		t.Errorf("%+v", p)
	}
}

func TestTheStampDutyIsTwoEurosAndOnlyWhereItIsOwed(t *testing.T) {
	for _, c := range []struct {
		lines []string
		want  money.Cents
	}{
		{[]string{"Marca da bollo|2,00", "Totale|102,00"}, 200},
		{[]string{"Marca da bollo|2,00", "Totale|42,00"}, 0}, // not owed up to 77,47
		{[]string{"Imposta di bollo per importi superiori a|77,47", "Totale|102,00"}, 0},
		{[]string{"Importo bollo|Valuta", "2,00|EUR"}, 200},
		{[]string{"Cerotti|2,00", "Totale|102,00"}, 0},
	} {
		if got := read(c.lines...).StampDuty; got != c.want {
			t.Errorf("%q: %v, want %v", c.lines, got, c.want)
		}
	}
}

func TestThePartitaIVAIsTheProviders(t *testing.T) {
	for _, c := range []struct {
		lines []string
		want  string
	}{
		{[]string{"Studio Bianconi", "P.IVA 01234567897"}, "01234567897"},
		{[]string{"Partita IVA: IT01234567897"}, "01234567897"},
		{[]string{"P.IVA 01234567898"}, ""}, // its check fails
		{[]string{"Tel. 01234567897"}, ""},
		{[]string{"Software Gestionale P.IVA 01234567897"}, ""},
		{[]string{"Spett.le", "Officina Rossi", "P.IVA 01234567897"}, ""},
	} {
		if got := read(c.lines...).VAT; got != c.want {
			t.Errorf("%q: %q, want %q", c.lines, got, c.want)
		}
	}
}

func TestTheKindOfPaperIsRecognised(t *testing.T) { // CLM-10, CLM-30, CLM-31
	for line, want := range map[string]reading.Type{
		"FATTURA": reading.Invoice, "Ricevuta n. 12": reading.Receipt, "DOCUMENTO COMMERCIALE": reading.Receipt, "Certificato medico": reading.Certificate,
		"Ricetta elettronica - promemoria per l'assistito": reading.Prescription, "PROMEMORIA PER L'ASSISTITO": reading.Prescription,
		"Impegnativa": reading.Prescription, "Lettera di dimissione": reading.Discharge, "Ricetta n. 12": "", "Non costituisce fattura": "",
		"Nota di credito": "", "Buongiorno": "",
	} {
		if got := read(line).Type; got != want {
			t.Errorf("%q: %q, want %q", line, got, want)
		}
	}
}

func TestAMisreadCodeIsMatchedOnlyWhenOneOfTheHouseholdIsClearlyNearest(t *testing.T) { // CLM-12
	people := readingtest.Household()
	elena, giulia := people[0], people[3]
	for _, c := range []struct {
		name, code string
		want       string
	}{
		{"right", elena.FiscalCode, string(elena.ID)},
		{"O for 0, I for 1", "MRCLNE67C54F2O5J", string(elena.ID)},
		{"two characters lost", "MRCLNE67C54F20", ""},
		{"in pieces", "MRC LNE 67C54 F205J", string(elena.ID)},
		{"a twin's", giulia.FiscalCode, string(giulia.ID)},
		{"between the twins", "MRCG?I13E48F205X", ""},
		{"far from all", "XXXYYY67C54F205Z", ""},
	} {
		got := reading.Extract(reading.OCR, sheet("Codice fiscale "+c.code), readingtest.Today, people)
		if string(got.Person) != c.want {
			t.Errorf("%s: %q, want %q", c.name, got.Person, c.want)
		}
	}
}

func TestACodeOfNobodyInTheHouseholdIsAStranger(t *testing.T) { // CLM-12
	const other = "BNCRNI70A41F205E"
	code, err := fiscalcode.Parse(other)
	if err != nil {
		t.Fatal(err)
	}
	p := read("Paziente Irene Bianconi", "C.F. "+other)
	if !p.Stranger || p.Person != "" || len(p.Codes) != 1 || p.Codes[0] != code {
		t.Errorf("%+v", p)
	}
	p = read("Dott.ssa Irene Bianconi", "P.IVA 01234567897 C.F. "+other, "", "", "", "", "Paziente Elena Marchetti")
	if p.Stranger || p.Person != readingtest.Household()[0].ID {
		t.Errorf("the code of the doctor: %+v", p)
	}
}

func TestOfTwoPeopleWithOneNameTheCodeDecides(t *testing.T) {
	p := read("Paziente Elena Marchetti", "C.F. MRCLNE80A41F205S")
	if !p.Stranger || p.Person != "" {
		t.Errorf("%+v", p)
	}
}

func TestTheProviderIsThePracticeAndNoMotto(t *testing.T) { // CLM-11
	for _, c := range []struct {
		lines []string
		want  string
	}{
		{[]string{"La salute prima di tutto", "Studio Dentistico Bianconi", "Fattura n. 1"}, "Studio Dentistico Bianconi"},
		{[]string{"La salute prima di tutto", "Fattura n. 1"}, ""},
		{[]string{"Irene Bianconi", "Podologa", "P.IVA 01234567897"}, ""}, // or a motto: nothing tells
		{[]string{"Cedente/prestatore|Cessionario/committente", "Denominazione: SALUS SRL|Denominazione: ROSSI SRL"}, "SALUS SRL"},
		{[]string{"Spett.le", "Studio Legale Rossi"}, ""},
	} {
		if got := read(c.lines...).Provider; got != c.want {
			t.Errorf("%q: %q, want %q", c.lines, got, c.want)
		}
	}
}

func TestTheProvinceIsThatOfAPlaceThatLiesThere(t *testing.T) { // CLM-11
	for _, c := range []struct{ line, want string }{
		{"Via Roma 1 - 20133 Milano (MI)", "MI"},
		{"Via Roma 1 - 42121 REGGIO NELL'EMILIA RE", "RE"},
		{"Comune: Lecce Provincia: LE", "LE"},
		{"Via Roma 1 - 20133 Milano (BG)", ""},
		{"Via Roma 1 - 20133 Milano (XX)", ""},
	} {
		if got := read("Studio Dentistico Bianconi", c.line).Province; got != c.want {
			t.Errorf("%q: %q, want %q", c.line, got, c.want)
		}
	}
}

func TestANameAloneIsEnoughWhenItIsOne(t *testing.T) {
	people := readingtest.Household()
	if p := read("Paziente: MARCHETTI LUCA"); p.Person != people[2].ID {
		t.Errorf("%+v", p)
	}
	if p := read("Paziente: MARCHETTI LUCA", "Genitore: Paolo Marchetti"); p.Person != "" {
		t.Errorf("two names: %+v", p)
	}
}

func TestAnEmptyPaperSaysNothing(t *testing.T) {
	if p := read(); !p.Empty() {
		t.Errorf("%+v", p)
	}
	data, err := json.Marshal(reading.Paper{})
	if err != nil || string(data) != "{}" {
		t.Errorf("%s %v", data, err)
	}
}

// sound checks what holds for every paper, whatever was read.
func sound(t interface{ Errorf(string, ...any) }, p reading.Paper) {
	if p.VAT != "" {
		sum := 0
		for i, c := range p.VAT {
			n := int(c - '0')
			if i%2 == 1 {
				n = n*2/10 + n*2%10
			}
			sum += n
		}
		if len(p.VAT) != 11 || sum%10 != 0 {
			t.Errorf("partita IVA %q", p.VAT)
		}
	}
	for _, c := range p.Codes {
		if _, err := fiscalcode.Parse(string(c)); err != nil {
			t.Errorf("code %q: %v", c, err)
		}
	}
	if p.Total < 0 || p.Total > money.Max || p.StampDuty < 0 || p.StampDuty > 200 {
		t.Errorf("total %d, stamp duty %d", p.Total, p.StampDuty)
	}
	if !p.IssuedOn.IsZero() && (readingtest.Today.Before(p.IssuedOn) || readingtest.Today.Sub(p.IssuedOn) > 3653) {
		t.Errorf("date %v", p.IssuedOn)
	}
	if _, known := place.ProvinceOf(p.Province); p.Province != "" && !known {
		t.Errorf("province %q", p.Province)
	}
	if len(p.Number) > reading.MaxNumber || p.Stranger && p.Person != "" {
		t.Errorf("number %q, person %q, stranger %v", p.Number, p.Person, p.Stranger)
	}
}

// scraps are what papers are made of.
var scraps = []string{"Fattura", "n.", "318/2026", "del", "09/11/2026", "nato il", "9 novembre 2026", "P.IVA", "01234567897", "IT01234567897", "C.F.", "MRCLNE67C54F205J",
	"MRCLNE67C54F2O5J", "Totale", "documento", "imponibile", "€", "36,15", "1.234,50", "-2,00", "bollo", "2,00", "Ricevuta", "20133", "Milano", "(MI)", "Marchetti", "Elena",
	"Spett.le", "Netto a pagare", "99/99/9999", "0,00", "9999999,99", "Denominazione:", "|", "–", "CHF", "art. 10", "\u00a0", "Ù", "°"}

func TestWhateverIsProposedPassesItsCheck(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var lines []document.Line
		for range rapid.IntRange(0, 60).Draw(t, "lines") {
			words := rapid.SliceOfN(rapid.SampledFrom(scraps), 1, 6).Draw(t, "words")
			lines = append(lines, document.Line{Text: strings.Join(words, " "), X: rapid.Float64Range(-10, 600).Draw(t, "x"), Y: rapid.Float64Range(-10, 850).Draw(t, "y"),
				W: rapid.Float64Range(0, 400).Draw(t, "w"), H: rapid.Float64Range(0, 40).Draw(t, "h")})
		}
		source := rapid.SampledFrom([]reading.Source{reading.Text, reading.OCR}).Draw(t, "source")
		sound(t, reading.Extract(source, [][]document.Line{lines}, readingtest.Today, readingtest.Household()))
	})
}

func FuzzExtract(f *testing.F) {
	f.Add("Fattura n. 318 del 09/11/2026\nP.IVA 01234567897\nTotale|36,15", []byte{1, 2, 3, 4}, true)
	f.Add("C.F. MRC LNE 67C54 F2O5J\n\n20133 Milano (MI)", []byte{0xff, 0xf0, 0, 0, 0, 0, 0, 0}, false)
	f.Fuzz(func(t *testing.T, text string, boxes []byte, loose bool) {
		source := reading.Text
		if loose {
			source = reading.OCR
		}
		pages := sheet(strings.Split(text, "\n")...)
		for i := range pages[0] {
			if len(boxes) >= 8 {
				pages[0][i].X = math.Float64frombits(binary.LittleEndian.Uint64(boxes))
				boxes = boxes[8:]
			}
		}
		sound(t, reading.Extract(source, pages, readingtest.Today, readingtest.Household()))
	})
}
