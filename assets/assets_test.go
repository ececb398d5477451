package assets

import (
	"bytes"
	"image/png"
	"os"
	"strings"
	"testing"
)

func TestThereAre107ProvincesEachWithItsOwnSigla(t *testing.T) {
	list := Provinces()
	if len(list) != 107 {
		t.Fatalf("%d provinces", len(list))
	}
	seen := map[string]bool{}
	for _, p := range list {
		if len(p.Code) != 2 || strings.ToUpper(p.Code) != p.Code || seen[p.Code] || p.Name == "" {
			t.Errorf("province %+v", p)
		}
		seen[p.Code] = true
	}
	if list[0].Name != "Agrigento" || list[106].Name != "Viterbo" || ProvinceName("MI") != "Milano" || ProvinceName("XX") != "XX" {
		t.Error("order or lookup:", list[0], list[106], ProvinceName("MI"))
	}
}

func TestEveryListedIconIsEmbeddedRegularAndFilled(t *testing.T) {
	data, err := os.ReadFile("icons/list.txt")
	if err != nil {
		t.Fatal(err)
	}
	names := strings.Fields(string(data))
	if len(names) < 50 {
		t.Fatalf("only %d names in the list", len(names))
	}
	for _, name := range names {
		for _, filled := range []bool{false, true} {
			if !bytes.Contains(Icon(name, filled), []byte("<path")) {
				t.Errorf("%s (filled %v) has no drawing", name, filled)
			}
		}
	}
	if Icon("no-such-icon", false) != nil {
		t.Error("an unknown icon has a drawing")
	}
}

func TestLicencesOfFontsAndIconsTravelWithTheProgram(t *testing.T) {
	all := Licences()
	for file, word := range map[string]string{"source-sans-OFL.md": "SIL Open Font License", "atkinson-hyperlegible-mono-OFL.txt": "SIL Open Font License", "phosphor-icons-MIT.txt": "MIT License"} {
		if !strings.Contains(string(all[file]), word) {
			t.Errorf("%s does not hold the %s", file, word)
		}
	}
}

func TestTheAppIconIsAPicture(t *testing.T) {
	picture, err := png.Decode(bytes.NewReader(AppIcon()))
	if err != nil || picture.Bounds().Dx() != 128 {
		t.Errorf("icon: %v", err)
	}
	for _, name := range []string{"logo-left", "logo-right", "app"} {
		if Drawing(name) == nil {
			t.Errorf("no drawing %s", name)
		}
	}
}
