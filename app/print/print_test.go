package print_test

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/print"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func fonts(t testing.TB) print.Fonts {
	t.Helper()
	read := func(name string) []byte {
		data, err := os.ReadFile(filepath.Join("../../assets/fonts", name))
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	return print.Fonts{Regular: read("SourceSans3-Regular.ttf"), Semibold: read("SourceSans3-Semibold.ttf"), Mono: read("AtkinsonHyperlegibleMono_400Regular.ttf")}
}

func drawn(t testing.TB, draw func(io.Writer) error) []byte {
	t.Helper()
	var one, two bytes.Buffer
	if err := draw(&one); err != nil {
		t.Fatal(err)
	}
	if err := draw(&two); err != nil || !bytes.Equal(one.Bytes(), two.Bytes()) {
		t.Fatalf("the same paper has other bytes the second time (%v)", err)
	}
	if !bytes.HasPrefix(one.Bytes(), []byte("%PDF-")) || !bytes.HasSuffix(bytes.TrimSpace(one.Bytes()), []byte("%%EOF")) {
		t.Fatal("no PDF")
	}
	return one.Bytes()
}

var (
	streams = regexp.MustCompile(`(?s)stream\r?\n(.*?)\r?\nendstream`)
	shown   = regexp.MustCompile(`(?s)\(((?:\\.|[^\\)])*)\) ?Tj`)
	escaped = regexp.MustCompile(`(?s)\\(.)`)
)

// textOf reads the words of a paper straight from its streams: they are shown as UTF-16.
func textOf(t testing.TB, pdf []byte) string {
	t.Helper()
	var words []string
	for _, s := range streams.FindAllSubmatch(pdf, -1) {
		r, err := zlib.NewReader(bytes.NewReader(s[1]))
		if err != nil {
			continue
		}
		plain, err := io.ReadAll(r)
		if err != nil {
			continue
		}
		for _, m := range shown.FindAllSubmatch(plain, -1) {
			raw := escaped.ReplaceAllFunc(m[1], func(e []byte) []byte {
				if e[1] == 'r' {
					return []byte{'\r'}
				}
				return e[1:]
			})
			var units []uint16
			for i := 0; i+1 < len(raw); i += 2 {
				units = append(units, uint16(raw[i])<<8|uint16(raw[i+1]))
			}
			words = append(words, string(utf16.Decode(units)))
		}
	}
	return strings.Join(strings.Fields(strings.Join(words, " ")), " ")
}

func wants(t testing.TB, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("the paper does not say %q:\n%s", part, text)
		}
	}
}

const code = "7K3M-9QXA-D2FV-0WTR-5ZHB-C8NJ-4PY6"

func recovery(t testing.TB) []byte {
	return drawn(t, func(w io.Writer) error {
		return print.Recovery(w, fonts(t), print.RecoverySheet{Code: code, Mutual: "Mutua Aurora", Holder: "Elena Marchetti", Computer: "Studio", MadeAt: noon})
	})
}

func TestTheRecoverySheetShowsTheCodeAndWhatItIsFor(t *testing.T) {
	text := textOf(t, recovery(t))
	wants(t, text, "Codice di recupero", "7K3M-9QXA-D2FV-0WTR- 5ZHB-C8NJ-4PY6", "Mutua Aurora", "Elena Marchetti", "Studio", "22/11/2026", "anche senza rete", "Pagina 1 di 1")
}

func TestTheSheetOfTheSecondFactorShowsTenCodesToTick(t *testing.T) { // TFA-05, TFA-09
	var codes []string
	for i := range 10 {
		codes = append(codes, fmt.Sprintf("AB%dC-DEFG-HJKM-NPQR-STVW-XYZ0", i))
	}
	pdf := drawn(t, func(w io.Writer) error {
		return print.FactorCodes(w, fonts(t), print.FactorSheet{Codes: codes, Area: "CesarePozzoXTE", User: "000000003423", MadeAt: noon})
	})
	text := textOf(t, pdf)
	wants(t, text, codes...)
	wants(t, text, "000000003423", "CesarePozzoXTE", "una volta sola", "«Usa un codice di recupero»")
}

func TestARecordOfManyPagesKeepsEveryRow(t *testing.T) {
	record := print.Record{Title: "I miei dati", Intro: []string{"Tutto quello che Sodale tiene."}, MadeAt: noon,
		Parts: []print.Part{{Title: "Persona", Lines: []print.Line{{Name: "Nome", Value: "Elena Marchetti"}, {Name: "Domicilio", Value: strings.Repeat("Via lunghissima ", 12)}}},
			{Title: "Pratiche", Columns: []string{"Data", "Motivo"}}}}
	for i := range 120 {
		record.Parts[1].Rows = append(record.Parts[1].Rows, []string{fmt.Sprintf("riga-%03d", i), "visita 😀 e\x00same\n" + strings.Repeat("lunga ", i%30)})
	}
	pdf := drawn(t, func(w io.Writer) error { return print.Takeout(w, fonts(t), record) })
	text := textOf(t, pdf)
	for i := range 120 {
		wants(t, text, fmt.Sprintf("riga-%03d", i))
	}
	wants(t, text, "Elena Marchetti", "visita \ufffd esame", "Pagina 2 di")
}

func TestEveryMutualsActivationIsExplainedOnPaper(t *testing.T) { // FAC-15, SUP-01 … SUP-07
	paths, err := filepath.Glob("../../assets/mutuals/*.yaml")
	if err != nil || len(paths) == 0 {
		t.Fatal(paths, err)
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		m, err := mutual.Load(filepath.Base(path), data)
		if err != nil {
			t.Fatal(err)
		}
		text := textOf(t, drawn(t, func(w io.Writer) error { return print.ActivationHelp(w, fonts(t), m, noon) }))
		wants(t, text, "Come attivare "+m.Area, m.Password.Text, m.Contacts.Phone, m.Contacts.EMail, m.Contacts.Hours, m.Messages.FirstAccess)
		if strings.Contains(text, "Primo accesso") != m.Has(mutual.WayFirstAccess) || strings.Contains(text, "Prima iscrizione") != m.Has(mutual.WayRegister) {
			t.Errorf("%s: the ways are not those of the mutual:\n%s", m.ID, text)
		}
	}
}

func TestACallForHelpNeverHoldsThePassword(t *testing.T) { // SUP-08, FAC-13, AMB-60
	subject, body := print.Support(print.HelpRequest{Mutual: "Mutua Aurora", User: "000000003423", Mobile: "+39 333 000 3423", Version: "0.1.0", Code: "access.bad-sign-in",
		Description: "Scrivo Aurora-2026! e non entra", Picture: "schermata.png"}, "Aurora-2026!", "")
	if strings.Contains(subject+body, "Aurora-2026!") {
		t.Fatal(body)
	}
	wants(t, subject, "Mutua Aurora")
	wants(t, body, "Codice utente: 000000003423\n", "Cellulare: +39 333 000 3423\n", "Descrizione: Scrivo ••• e non entra\n", "access.bad-sign-in", "schermata.png", "Sodale 0.1.0")
}

func TestAnotherProgramReadsThePapers(t *testing.T) {
	tool, err := exec.LookPath("mutool")
	if err != nil {
		t.Skip("MUTOOL IS NOT HERE: nobody else reads the papers (apt-get install mupdf-tools)")
	}
	file := filepath.Join(t.TempDir(), "codice.pdf")
	if err := os.WriteFile(file, recovery(t), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(tool, "draw", "-F", "txt", file).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	wants(t, string(out), "7K3M-9QXA-D2FV-0WTR-", "5ZHB-C8NJ-4PY6", "Elena Marchetti")
}

func FuzzTakeout(f *testing.F) {
	for _, text := range []string{"Elena", "", "a\x00b\xff", "😀 \u202e ﬁ ŝ 汉字", strings.Repeat("parola", 200), "(((\\)))", "{n}", "\n\n\n", " \t "} {
		f.Add(text)
	}
	all := fonts(f)
	f.Fuzz(func(t *testing.T, text string) {
		var b bytes.Buffer
		record := print.Record{Title: text, Intro: []string{text}, MadeAt: noon, Parts: []print.Part{{Title: text, Text: []string{text}, Lines: []print.Line{{Name: text, Value: text}},
			Columns: []string{text, "due"}, Rows: [][]string{{text, text}, {"uno", text}}}}}
		if err := print.Takeout(&b, all, record); err != nil || b.Len() == 0 {
			t.Fatalf("%q: %v", text, err)
		}
	})
}
