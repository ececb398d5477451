package readingtest

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/fiscalcode"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/place"
	"github.com/sodale/sodale/app/reading"
)

// human is a person of a paper.
type human struct {
	id            member.ID // "" for who is not of the household
	given, family string
	born          civil.Date
	sex           fiscalcode.Sex
	code          string
}

func newHuman(given, family string, sex fiscalcode.Sex, born civil.Date, at place.Code) human {
	code, err := fiscalcode.Compute(fiscalcode.Person{Surname: family, Name: given, Born: born, Sex: sex, Place: at})
	if err != nil {
		panic(err)
	}
	return human{given: given, family: family, born: born, sex: sex, code: string(code)}
}

// household is the Marchettis; Giulia and Giada are twins.
var household = func() []human {
	day := func(y int, m time.Month, d int) civil.Date { return civil.Date{Year: y, Month: m, Day: d} }
	all := []human{
		newHuman("Elena", "Marchetti", fiscalcode.Female, day(1967, time.March, 14), "F205"),
		newHuman("Paolo", "Marchetti", fiscalcode.Male, day(1965, time.September, 2), "A794"),
		newHuman("Luca", "Marchetti", fiscalcode.Male, day(2009, time.November, 21), "F205"),
		newHuman("Giulia", "Marchetti", fiscalcode.Female, day(2013, time.May, 8), "F205"),
		newHuman("Giada", "Marchetti", fiscalcode.Female, day(2013, time.May, 8), "F205"),
	}
	for i := range all {
		all[i].id = member.ID(fmt.Sprintf("00000000-0000-7000-8000-%012d", i+1))
	}
	return all
}()

func family() []member.Person {
	var all []member.Person
	for _, h := range household {
		all = append(all, member.Person{ID: h.id, GivenName: h.given, FamilyName: h.family, FiscalCode: h.code, DateOfBirth: h.born, Sex: member.Sex(h.sex)})
	}
	return all
}

var (
	givens   = []string{"Irene", "Sofia", "Marta", "Chiara", "Bruno", "Matteo", "Dario", "Franco"}
	families = []string{"Bianconi", "Ferrarin", "Locatello", "De Santis", "Dall'Olio", "Pellegrino", "Zambelli", "Quaranta", "Rossetti"}
	streets  = []string{"Via delle Rogge", "Corso dei Mulini", "Piazza dell'Olmo", "Viale Europa", "Via G. Garibaldi", "Largo San Biagio", "Via XX Settembre"}
	towns    = []struct {
		name, cap, province string
		code                place.Code
	}{
		{"Milano", "20133", "MI", "F205"}, {"Bergamo", "24121", "BG", "A794"}, {"Forlì", "47121", "FC", "D704"}, {"Cantù", "22063", "CO", "B639"},
		{"Torino", "10128", "TO", "L219"}, {"Reggio nell'Emilia", "42121", "RE", "H223"}, {"Mantova", "46100", "MN", "E897"}, {"Lecce", "73100", "LE", "E506"},
	}
	programs = []string{"Gestionale DentalNote 8.2 - Softer Srl", "Stampato con MediFatt - Byteria S.r.l.", "Software StudioFacile - Nuvolari SpA"}
)

func anyone(r *rand.Rand) human {
	sex := []fiscalcode.Sex{fiscalcode.Female, fiscalcode.Male}[r.IntN(2)]
	given := givens[r.IntN(4)]
	if sex == fiscalcode.Male {
		given = givens[4+r.IntN(4)]
	}
	born := civil.Date{Year: 1944 + r.IntN(50), Month: time.Month(1 + r.IntN(12)), Day: 1 + r.IntN(28)}
	return newHuman(given, families[r.IntN(len(families))], sex, born, towns[r.IntN(len(towns))].code)
}

// firm is who issues the paper.
type firm struct {
	name          string
	street        string
	town, cap     string
	province      string
	vat           string
	phone         string
	owner         human  // of a practice
	account, bank string // IBAN
}

func newFirm(r *rand.Rand) firm {
	t := towns[r.IntN(len(towns))]
	return firm{
		street: fmt.Sprintf("%s, %d", streets[r.IntN(len(streets))], 1+r.IntN(180)), town: t.name, cap: t.cap, province: t.province,
		vat: vat(r), phone: fmt.Sprintf("0%d %07d", 2+r.IntN(80), r.IntN(10_000_000)), owner: anyone(r),
		account: fmt.Sprintf("IT%02dX%05d%05d%012d", 10+r.IntN(80), r.IntN(99999), r.IntN(99999), r.IntN(999_999_999_999)),
		bank:    []string{"Banca del Naviglio", "Credito Padano", "Cassa Rurale Olmi"}[r.IntN(3)],
	}
}

// practice names a firm after its owner.
func (f *firm) practice(r *rand.Rand, kind string) {
	title := "Dott."
	if f.owner.sex == fiscalcode.Female {
		title = "Dott.ssa"
	}
	f.name = []string{
		title + " " + f.owner.given + " " + f.owner.family,
		kind + " " + title + " " + f.owner.given + " " + f.owner.family,
		kind + " " + f.owner.family,
	}[r.IntN(3)]
}

// vat invents a partita IVA: seven digits, the three of an office, and what makes the sum of all a multiple of ten when
// every second digit is doubled (and 9 taken off what is then more than 9).
func vat(r *rand.Rand) string {
	body := fmt.Sprintf("%07d%03d", 100_000+r.IntN(4_000_000), []int{12, 15, 16, 35, 96, 23, 40}[r.IntN(7)])
	for last := '0'; ; last++ {
		sum := 0
		for i, d := range body + string(last) {
			n := int(d - '0')
			if i%2 == 1 {
				if n *= 2; n > 9 {
					n -= 9
				}
			}
			sum += n
		}
		if sum%10 == 0 {
			return body + string(last)
		}
	}
}

// item is one line of a bill.
type item struct {
	text  string
	on    civil.Date
	cents money.Cents
}

// bill is what a paper is about; the layout adds what it decides.
type bill struct {
	*rand.Rand
	typ      reading.Type
	firm     firm
	patient  human
	number   string
	issued   civil.Date
	items    []item
	duty     money.Cents
	total    money.Cents
	coded    bool // the patient's codice fiscale stands on the paper
	named    bool // the patient's name does
	situated bool // the province of the firm does
	dateForm int
	cashForm int
}

func newBill(r *rand.Rand) *bill {
	b := &bill{Rand: r, firm: newFirm(r), issued: Today.AddDays(-1 - r.IntN(900)), dateForm: r.IntN(5), cashForm: r.IntN(5), coded: true, named: true, situated: true}
	b.patient = household[r.IntN(len(household))]
	if r.IntN(7) == 0 {
		b.patient = anyone(r)
	}
	return b
}

// pick returns one of the texts.
func (b *bill) pick(all ...string) string { return all[b.IntN(len(all))] }

// chance is true in one of n cases.
func (b *bill) chance(n int) bool { return b.IntN(n) == 0 }

// services fills the items from a list of what such a firm does, each on a day shortly before the bill.
func (b *bill) services(most int, from, to int, texts ...string) {
	n := 1 + b.IntN(most)
	for _, i := range b.Perm(len(texts))[:min(n, len(texts))] {
		cents := money.Cents(from+b.IntN(to-from)) * 50
		b.items = append(b.items, item{texts[i], b.issued.AddDays(-b.IntN(20)), cents})
	}
}

func (b *bill) sum() money.Cents {
	var sum money.Cents
	for _, i := range b.items {
		sum += i.cents
	}
	return sum
}

// stamped adds the stamp duty where the law asks for it, and sums up.
func (b *bill) stamped() {
	b.total = b.sum()
	if b.total > 7747 {
		b.duty = 200
		b.total += b.duty
	}
}

// cash writes an amount in the paper's own form.
func (b *bill) cash(c money.Cents) string {
	switch plain := b.bare(c); b.cashForm {
	case 1:
		return "€ " + plain
	case 2:
		return plain + " €"
	case 3:
		return "EUR " + plain
	default:
		return plain
	}
}

// bare writes an amount without its sign.
func (b *bill) bare(c money.Cents) string {
	whole, cents := int64(c)/100, int64(c)%100
	switch {
	case b.cashForm == 4:
		return fmt.Sprintf("%d.%02d", whole, cents)
	case b.cashForm == 1 && whole >= 1000:
		return fmt.Sprintf("%d,%02d", whole, cents)
	case whole >= 1000:
		return fmt.Sprintf("%d.%03d,%02d", whole/1000, whole%1000, cents)
	}
	return fmt.Sprintf("%d,%02d", whole, cents)
}

var monthNames = []string{"gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre"}

// day writes a date in the paper's own form.
func (b *bill) day(d civil.Date) string {
	switch b.dateForm {
	case 1:
		return fmt.Sprintf("%d %s %d", d.Day, monthNames[d.Month-1], d.Year)
	case 2:
		return fmt.Sprintf("%02d-%02d-%02d", d.Day, d.Month, d.Year%100)
	case 3:
		return fmt.Sprintf("%02d.%02d.%d", d.Day, d.Month, d.Year)
	}
	return fmt.Sprintf("%02d/%02d/%d", d.Day, d.Month, d.Year)
}

// numbered gives the bill a number in one of the ways of such papers.
func (b *bill) numbered() {
	n, year := 1+b.IntN(2400), b.issued.Year
	b.number = b.pick(
		fmt.Sprint(n), fmt.Sprintf("%d/%d", n, year), fmt.Sprintf("%d/%06d", year, n), fmt.Sprintf("%d/%02d", n, year%100),
		fmt.Sprintf("%d/A", n), fmt.Sprintf("FE-%d-%04d", year, n), fmt.Sprintf("%06d", n), fmt.Sprintf("FPR%d/%02d", n, year%100),
	)
}

func (b *bill) name() string {
	return b.pick(b.patient.given+" "+b.patient.family, strings.ToUpper(b.patient.family+" "+b.patient.given), b.patient.family+" "+b.patient.given)
}

// home is where the patient lives: another address on the paper.
func (b *bill) home() (street, town string) {
	t := towns[b.IntN(len(towns))]
	return fmt.Sprintf("%s %d", streets[b.IntN(len(streets))], 1+b.IntN(90)), fmt.Sprintf("%s %s (%s)", t.cap, t.name, t.province)
}

// seat is the firm's address on one line.
func (b *bill) seat() string {
	f := b.firm
	return b.pick(
		fmt.Sprintf("%s - %s %s (%s)", f.street, f.cap, f.town, f.province),
		fmt.Sprintf("%s, %s %s %s", f.street, f.cap, strings.ToUpper(f.town), f.province),
	)
}

// truth is what a careful person would type into the form.
func (b *bill) truth() reading.Paper {
	p := reading.Paper{Type: b.typ, Number: b.number, IssuedOn: b.issued, Total: b.total, StampDuty: b.duty, Provider: b.firm.name, VAT: b.firm.vat}
	if b.situated {
		p.Province = b.firm.province
	}
	if b.coded || b.named {
		p.Person = b.patient.id
	}
	p.Stranger = b.coded && b.patient.id == ""
	return p
}
