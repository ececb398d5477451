package place

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/assets"
	"github.com/sodale/sodale/assets/places"
)

func on(y int, m time.Month, d int) civil.Date { return civil.Date{Year: y, Month: m, Day: d} }

func TestTheTableIsWholeAndInOrder(t *testing.T) {
	a := table()
	codes, standing, foreign := map[Code]bool{}, 0, 0
	for i, p := range a.places {
		if !p.Code.WellFormed() || p.Name == "" || strings.ContainsAny(p.Name+p.Other, "Ã|") {
			t.Errorf("row %d: %+v", i, p)
		}
		if !p.To.IsZero() && p.To.Before(p.From) {
			t.Errorf("%s ends before it begins: %+v", p.Code, p)
		}
		if _, ok := ProvinceOf(p.Province); !ok && p.Province != "EE" {
			t.Errorf("%s: no province %q", p.Code, p.Province)
		}
		if !codes[p.Code] && p.Code.Foreign() {
			foreign++
		}
		if codes[p.Code] = true; p.Stands() && !p.Code.Foreign() {
			standing++
		}
	}
	if len(a.places) < 15000 || len(codes) < 10000 || standing != 7896 || foreign != 291 {
		t.Errorf("%d rows, %d codes, %d comuni that stand, %d foreign states", len(a.places), len(codes), standing, foreign)
	}
}

func TestNoComuneHasTwoNamesOnOneDay(t *testing.T) {
	for i, p := range table().places[1:] {
		last := table().places[i]
		filago := p.Code == "D588" // the archive itself has two rows for 1861 to 1928
		if last.Code == p.Code && !last.To.IsZero() && p.From.Before(last.To) && !filago {
			t.Errorf("%+v and %+v", last, p)
		}
	}
}

func TestAPlaceIsWhatItWasOnTheDayOfBirth(t *testing.T) {
	for _, c := range []struct {
		code Code
		day  civil.Date
		want string
	}{
		{"C342", on(1926, 5, 1), "Castrogiovanni (CL)"},
		{"C342", on(1927, 6, 1), "Castrogiovanni (EN)"},
		{"C342", on(1950, 5, 1), "Enna (EN)"},
		{"A012", on(2016, 12, 31), "Abetone (PT)"},
		{"A012", on(2017, 1, 1), ""},
		{"M376", on(2016, 12, 31), ""},
		{"M376", on(2017, 1, 1), "Abetone Cutigliano (PT)"},
		{"F205", on(1967, 3, 14), "Milano (MI)"},
		{"D620", on(1935, 1, 1), "Fiume (FU)"},
		{"M435", on(2024, 6, 1), "Uggiate con Ronago (CO)"},
		{"H521", on(2024, 6, 1), ""},
		{"Z118", on(1985, 5, 1), "Jugoslavia"},
		{"Z118", on(2010, 5, 1), ""},
		{"Z135", on(1991, 12, 25), "Unione Sovietica"},
		{"Z135", on(1992, 1, 1), ""},
		{"Z111", on(1990, 10, 2), "Repubblica Democratica Tedesca"},
		{"Z154", on(1970, 1, 1), "Federazione Russa"},
		{"Z160", on(2010, 1, 1), "Kosovo"},
		{"X999", on(2000, 1, 1), ""},
	} {
		p, ok := At(c.code, c.day)
		if ok != (c.want != "") || ok && p.Label() != c.want {
			t.Errorf("%s on %s: %q %v, want %q", c.code, c.day, p.Label(), ok, c.want)
		}
	}
	if h := History("C342"); len(h) < 3 || h[0].Name != "Castrogiovanni" || h[len(h)-1].Name != "Enna" {
		t.Errorf("history of C342: %+v", h)
	}
	if p, ok := Latest("A012"); !ok || p.Name != "Abetone" || p.Stands() {
		t.Errorf("latest of A012: %+v", p)
	}
}

func TestSearchFoldsAccentsApostrophesAndCase(t *testing.T) {
	for text, want := range map[string]string{
		"l’aq": "L'Aquila (AQ)", "laquila": "L'Aquila (AQ)", "aquila d": "Aquila d'Arroscia (IM)", "roma": "Roma (RM)",
		"forli": "Forlì (FC)", "Forlì": "Forlì (FC)", "sant agata de goti": "Sant'Agata de' Goti (BN)",
		"bozen": "Bolzano (BZ)", "reggio nell'e": "Reggio nell'Emilia (RE)", "olanda": "Paesi Bassi", "russia": "Federazione Russa",
		"castrogiovanni": "Enna (EN)", "popoli terme": "Popoli (PE)", "benedetto del tronto": "San Benedetto del Tronto (AP)",
	} {
		found := Search(text, civil.Date{}, 8)
		if len(found) == 0 || found[0].Label() != want {
			t.Errorf("%q finds %v, want %q first", text, found, want)
		}
	}
	if Search("", civil.Date{}, 8) != nil || Search("’-", civil.Date{}, 8) != nil || Search("roma", civil.Date{}, 0) != nil {
		t.Error("nothing typed finds something")
	}
}

func TestSearchOnADayNamesThePlacesOfThatDay(t *testing.T) {
	first := func(text string, day civil.Date) string {
		if found := Search(text, day, 3); len(found) > 0 {
			return found[0].Label()
		}
		return ""
	}
	for _, c := range []struct {
		text string
		day  civil.Date
		want string
	}{
		{"enna", on(1920, 1, 1), "Castrogiovanni (CL)"},
		{"abetone cut", on(1980, 1, 1), ""},
		{"abetone", on(1980, 1, 1), "Abetone (PT)"},
		{"abetone", on(2020, 1, 1), "Abetone Cutigliano (PT)"},
		{"jugoslavia", on(1980, 1, 1), "Jugoslavia"},
		{"jugoslavia", on(2020, 1, 1), ""},
		{"armenia", on(1980, 1, 1), "Armenia"},
		{"fiume", on(1935, 1, 1), "Fiume (FU)"},
		{"monza", on(1990, 1, 1), "Monza (MI)"},
		{"monza", on(2012, 1, 1), "Monza (MB)"},
	} {
		if got := first(c.text, c.day); got != c.want {
			t.Errorf("%q on %s finds %q, want %q", c.text, c.day, got, c.want)
		}
	}
}

func TestNamedTellsComuniOfOneNameApartByProvince(t *testing.T) {
	if all := Named("Samone", "", on(2000, 1, 1)); len(all) != 2 {
		t.Errorf("Samone: %v", all)
	}
	if one := Named("SAMONE", "TN", on(2000, 1, 1)); len(one) != 1 || one[0].Province != "TN" {
		t.Errorf("Samone of Trento: %v", one)
	}
	if none := Named("Samone", "MI", civil.Date{}); none != nil {
		t.Errorf("Samone of Milano: %v", none)
	}
}

func TestProvincesAreThoseOfTheFormAndTenOfThePast(t *testing.T) {
	all := Provinces()
	today := map[string]string{}
	for _, p := range assets.Provinces() {
		today[p.Code] = p.Name
	}
	past := 0
	for _, p := range all {
		if p.To.IsZero() != (today[p.Code] == p.Name) {
			t.Errorf("%+v", p)
		}
		if !p.To.IsZero() {
			past++
		}
	}
	if len(all) != 117 || past != 10 {
		t.Errorf("%d provinces, %d of the past", len(all), past)
	}
	if p, ok := ProvinceOf("FU"); !ok || p.Name != "Fiume" || p.To != on(1947, 9, 15) {
		t.Errorf("Fiume: %+v", p)
	}
}

func TestEveryPlaceIsFoundByEveryBeginningOfItsName(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SampledFrom(table().places).Draw(t, "place")
		if p.Withdrawn {
			return
		}
		day := p.From
		if day.IsZero() {
			day = p.To
		}
		runes := []rune(p.Name)
		n := rapid.IntRange(1, len(runes)).Draw(t, "letters")
		found := Search(string(runes[:n]), day, 20000)
		if !day.IsZero() && !slices.ContainsFunc(found, func(q Place) bool { return q.Code == p.Code }) {
			t.Fatalf("%q on %s does not find %s", string(runes[:n]), day, p.Code)
		}
	})
}

func FuzzSearch(f *testing.F) {
	for _, s := range []string{"l’aq", "", "ß", "sant'", "\xff", "z"} {
		f.Add(s, 2001)
	}
	f.Fuzz(func(t *testing.T, text string, year int) {
		day := on(1861+(year%200+200)%200, 6, 15)
		for _, p := range Search(text, day, 10) {
			if !p.Stood(day) || p.Withdrawn {
				t.Fatalf("%q on %s finds %+v", text, day, p)
			}
		}
	})
}

func BenchmarkSearchOneLetter(b *testing.B) {
	table()
	for b.Loop() {
		Search("s", civil.Date{}, 8)
	}
}

func BenchmarkReadTable(b *testing.B) {
	for b.Loop() {
		if _, err := read(places.Table()); err != nil {
			b.Fatal(err)
		}
	}
}
