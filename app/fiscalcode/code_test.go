package fiscalcode

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/letters"
	"github.com/sodale/sodale/app/place"
)

var today = civil.Date{Year: 2026, Month: time.November, Day: 23}

func day(y int, m time.Month, d int) civil.Date { return civil.Date{Year: y, Month: m, Day: d} }

var elena = Person{Surname: "Marchetti", Name: "Elena", Born: day(1967, 3, 14), Sex: Female, Place: "F205"}

// Must returns the code of a text that is one.
func must(t *testing.T, text string) Code {
	t.Helper()
	c, err := Parse(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return c
}

func TestParseReadsACodeAsPeopleTypeIt(t *testing.T) { // REG-04
	for _, text := range []string{"MRCLNE67C54F205J", "mrclne67c54f205j", " MRC LNE 67C54 F205J\n", "MRC-LNE-67C54-F205.J", "\u00a0MRCLNE67C54F205J\u200b"} {
		if c, err := Parse(text); err != nil || c != "MRCLNE67C54F205J" {
			t.Errorf("%q: %q %v", text, c, err)
		}
	}
}

func TestParseNamesWhatIsWrong(t *testing.T) { // REG-11
	for _, c := range []struct {
		text string
		code fault.Code
		part Part
		key  string
		want string
	}{
		{"", CodeMissing, Whole, "", ""},
		{" - ", CodeMissing, Whole, "", ""},
		{"MRCLNE67C54F205", CodeLength, Whole, "Got", "15"},
		{"MRCLNE67C54F205JJ", CodeLength, Whole, "Got", "17"},
		{"1RCLNE67C54F205J", CodeLetter, Surname, "Position", "1"},
		{"MRCLN367C54F205J", CodeLetter, Name, "Position", "6"},
		{"MRCLNE6OC54F205J", CodeDigit, BirthDate, "Position", "8"},
		{"MRCLNE67354F205J", CodeLetter, BirthDate, "Position", "9"},
		{"MRCLNE67C54F2O5J", CodeDigit, Place, "Position", "14"},
		{"MRCLNE67C54F2051", CodeLetter, Check, "Position", "16"},
		{"MRCLNÈ67C54F205J", CodeLetter, Name, "Got", "È"},
		{"AMCLNE67C54F205J", CodeSurnameForm, Surname, "Got", "AMC"},
		{"MRCELN67C54F205J", CodeNameForm, Name, "Got", "ELN"},
		{"MRCLNE67F54F205J", CodeMonth, BirthDate, "Got", "F"},
		{"MRCLNE67C39F205J", CodeDay, BirthDate, "Got", "39"},
		{"MRCLNE67C00F205J", CodeDay, BirthDate, "Got", "00"},
		{"MRCLNE67C40F205J", CodeDay, BirthDate, "Got", "40"},
		{"MRCLNE67C72F205J", CodeDay, BirthDate, "Got", "72"},
		{"MRCLNE67B70F205J", CodeDay, BirthDate, "Got", "70"},
		{"MRCLNE67B29F205J", CodeDay, BirthDate, "Got", "29"},
		{"MRCLNE67B2VF205J", CodeDay, BirthDate, "Got", "29"},
		{"MRCLNE67C54F205K", CodeCheck, Check, "", ""},
		{"MRCLNE67C54F206J", CodeCheck, Check, "", ""},
		{"12345678901", CodeProvisionalCheck, Check, "", ""},
	} {
		_, err := Parse(c.text)
		var e *fault.Error
		if !errors.As(err, &e) || e.Code != c.code || e.Item != string(c.part) || e.Values[c.key] != c.want {
			t.Errorf("%q: %v %v, want %s (%s) %s %q", c.text, err, e.Values, c.code, c.part, c.key, c.want)
		}
	}
}

func TestAProvisionalCodeOfElevenDigitsIsRecognised(t *testing.T) {
	c := must(t, "12345 67890 3")
	if !c.Provisional() || c.Sex() != "" || c.Place() != "" || c.Births(today) != nil || c.Plain() != c || c.Replaced() != 0 {
		t.Errorf("%s says something of the person", c)
	}
	if len(slices.Collect(c.Variants())) != 0 {
		t.Error("a provisional code has variants")
	}
	if zero := Code(""); zero.Sex() != "" || zero.Births(today) != nil || zero.Plain() != "" || len(slices.Collect(zero.Variants())) != 0 {
		t.Error("no code says something of a person")
	}
	if found := Examine("12345678903", elena, today); found != nil {
		t.Errorf("compared with a person: %v", found)
	}
	accepted := 0
	for d := range 10 {
		if _, err := Parse("1234567890" + string(rune('0'+d))); err == nil {
			accepted++
		}
	}
	if accepted != 1 {
		t.Errorf("%d last digits are accepted", accepted)
	}
}

func TestNamesGiveTheirLetters(t *testing.T) { // FAM-02
	for _, c := range []struct{ surname, name, want string }{
		{"Marchetti", "Elena", "MRCLNE"},
		{"Rossi", "Gianfranco", "RSSGFR"}, // four consonants or more: first, third, fourth
		{"Rossi", "Marco", "RSSMRC"},      // three
		{"Rossi", "Maria", "RSSMRA"},
		{"Fo", "Dario", "FOXDRA"},
		{"Rossi", "Al", "RSSLAX"},
		{"O", "Io", "OXXIOX"},
		{"Aiello", "Eia", "LLAEIA"},
		{"D'Alò", "Nicolò", "DLANCL"},
		{"D’Alò", "Nicolo'", "DLANCL"},
		{"De Luca", "Anna Maria", "DLCNMR"},
		{"Dell'Orto-Bianchi", "Maria Chiara", "DLLMCH"},
		{"Müller", "Jörg", "MLLJRG"},
		{"Bü", "Ø", "BUEOEX"},
		{"Strauß", "Žiga", "STRZGI"},
		{"Ng", "Wu", "NGXWUX"},
	} {
		code, err := Compute(Person{Surname: c.surname, Name: c.name, Born: day(2001, 1, 2), Sex: Male, Place: "H501"})
		if err != nil || string(code[:6]) != c.want {
			t.Errorf("%s %s: %s %v, want %s", c.surname, c.name, code, err, c.want)
		}
		if _, err := Parse(string(code)); err != nil {
			t.Errorf("%s %s: %s %v", c.surname, c.name, code, err)
		}
	}
}

func TestComputeMakesTheCodesOfTheSamplePeople(t *testing.T) {
	for want, p := range map[Code]Person{
		"MRCLNE67C54F205J": elena,
		"MRCPLA65P02A794S": {"Marchetti", "Paolo", day(1965, 9, 2), Male, "A794"},
		"MRCLCU09S21F205T": {"Marchetti", "Luca", day(2009, 11, 21), Male, "F205"},
	} {
		if got, err := Compute(p); err != nil || got != want {
			t.Errorf("%s %s: %s %v, want %s", p.Surname, p.Name, got, err, want)
		}
	}
}

func TestComputeSaysWhichPartItLacks(t *testing.T) {
	for part, spoil := range map[Part]func(*Person){
		Surname:   func(p *Person) { p.Surname = "李" },
		Name:      func(p *Person) { p.Name = " " },
		BirthDate: func(p *Person) { p.Born = day(2001, 2, 29) },
		SexPart:   func(p *Person) { p.Sex = "" },
		Place:     func(p *Person) { p.Place = "Milano" },
	} {
		p := elena
		spoil(&p)
		var e *fault.Error
		if _, err := Compute(p); !errors.As(err, &e) || e.Code != CodeIncomplete || e.Item != string(part) {
			t.Errorf("%s: %v", part, err)
		}
	}
}

func TestEverySingleWrongCharacterIsCaught(t *testing.T) {
	const characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	for _, text := range []string{"MRCLNE67C54F205J", "MRCPLA65P02A794S", "MRCLNE67C54F2LRG"} {
		if _, err := Parse(text); err != nil {
			c := letters.Check(text[:15])
			text = text[:15] + string(c)
		}
		for i := range len(text) {
			for _, r := range characters {
				changed := text[:i] + string(r) + text[i+1:]
				if _, err := Parse(changed); err == nil && changed != text {
					t.Errorf("%s passes for %s", changed, text)
				}
			}
		}
	}
}

func TestOmocodiaIsReadInAllSevenPlaces(t *testing.T) {
	base := must(t, "MRCLNE67C54F205J")
	seen := map[Code]bool{base: true}
	for v := range base.Variants() {
		c := must(t, string(v))
		if seen[c] || c.Plain() != base || !c.SameData(base) || c.Replaced() == 0 || c.Sex() != Female || c.Place() != "F205" {
			t.Errorf("%s is not read as %s", c, base)
		}
		if found := Examine(strings.ToLower(string(v)), elena, today); found != nil {
			t.Errorf("%s: %v", v, found)
		}
		seen[c] = true
	}
	if len(seen) != 128 {
		t.Errorf("%d codes", len(seen))
	}
	if first := must(t, "MRCLNE67C54F20RU"[:15]+string(letters.Check("MRCLNE67C54F20R"))); first.Replaced() != 1 || first == base || first.SameData("MRCPLA65P02A794S") {
		t.Errorf("%s", first)
	}
	for range base.Variants() {
		break
	}
}

func TestTwoDigitsOfAYearMeanTheYoungestDayThatTheAgeAllows(t *testing.T) {
	code := func(y int, m time.Month, d int) Code {
		c, _ := Compute(Person{"Rossi", "Ada", day(y, m, d), Female, "H501"})
		return c
	}
	for _, c := range []struct {
		code    Code
		births  []civil.Date
		any, of civil.Date
	}{
		{code(2019, 5, 6), []civil.Date{day(2019, 5, 6), day(1919, 5, 6)}, day(2019, 5, 6), day(1919, 5, 6)},
		{code(1967, 3, 14), []civil.Date{day(1967, 3, 14)}, day(1967, 3, 14), day(1967, 3, 14)},
		{code(2008, 11, 23), []civil.Date{day(2008, 11, 23), day(1908, 11, 23)}, day(2008, 11, 23), day(2008, 11, 23)}, // 18 today
		{code(2008, 11, 24), []civil.Date{day(2008, 11, 24), day(1908, 11, 24)}, day(2008, 11, 24), day(1908, 11, 24)}, // tomorrow
		{code(2026, 11, 24), nil, civil.Date{}, civil.Date{}},                                                          // not born, and too old by a day
		{code(1926, 11, 24), nil, civil.Date{}, civil.Date{}},
		{code(2000, 2, 29), []civil.Date{day(2000, 2, 29)}, day(2000, 2, 29), day(2000, 2, 29)}, // 1900 had none
	} {
		births := c.code.Births(today)
		if c.births == nil { // 99 years old
			c.births, c.any, c.of = []civil.Date{day(1926, 11, 24)}, day(1926, 11, 24), day(1926, 11, 24)
		}
		if !slices.Equal(births, c.births) {
			t.Errorf("%s: %v, want %v", c.code, births, c.births)
		}
		if got, _ := c.code.Birth(today, AnyAge); got != c.any {
			t.Errorf("%s of any age: %s", c.code, got)
		}
		if got, _ := c.code.Birth(today, OfAge); got != c.of {
			t.Errorf("%s of age: %s", c.code, got)
		}
	}
	if _, ok := code(2020, 1, 1).Birth(day(2025, 1, 1), 106); ok {
		t.Error("a reading above every one")
	}
}

func TestAgeCountsWholeYears(t *testing.T) { // AMB-59
	for _, c := range []struct {
		born, today civil.Date
		want        int
	}{
		{day(2008, 11, 23), day(2026, 11, 22), 17}, {day(2008, 11, 23), day(2026, 11, 23), 18},
		{day(2008, 2, 29), day(2026, 2, 28), 17}, {day(2008, 2, 29), day(2026, 3, 1), 18},
	} {
		if got := Age(c.born, c.today); got != c.want {
			t.Errorf("born %s, on %s: %d", c.born, c.today, got)
		}
	}
}

func TestPlacesOfCodesAreInTheTable(t *testing.T) {
	if p, ok := place.Latest(must(t, "MRCLNE67C54F205J").Place()); !ok || p.Name != "Milano" {
		t.Errorf("%+v", p)
	}
}
