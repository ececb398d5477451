package widget

import (
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/ui/theme"
)

// specimen is one board of the gallery: parts of the kit together, as a screen would have them.
type specimen struct {
	name   string
	width  float32
	height float32
	build  func() fyne.CanvasObject
}

var today = func() civil.Date { return civil.Date{Year: 2026, Month: 11, Day: 16} }

func nothing() {}

var specimens = []specimen{
	{"buttons", 1000, 420, func() fyne.CanvasObject {
		off := NewButton("Continua", Primary, nothing)
		off.Disable()
		bell := NewIconButton(theme.IconBell, "Notifiche", nothing)
		bell.SetCount(1)
		pill := NewFilterPill("Tutte", 14, nothing)
		pill.SetSelected(true)
		chip := NewChip(nothing)
		chip.Set(theme.IconWifiSlash, "Offline · 2 in attesa", Calm)
		late := NewChip(nothing)
		late.Set(theme.IconWarning, "Perché non parte?", ToneCareful)
		tabs := NewTabs(func(int) {})
		tabs.Set([]string{"1 · Esami, Paolo", "2 · Visita, Elena"}, 1, NewButton("Altro", Tertiary, nothing).WithIcon(theme.IconPlus))
		return Pad(32, Column(16,
			Flow(12, NewButton("Nuova richiesta", Primary, nothing).WithIcon(theme.IconPlus), NewButton("Indietro", Secondary, nothing).WithIcon(theme.IconCaretLeft),
				NewButton("Continua", Primary, nothing).IconAfter(theme.IconCaretRight), off),
			Flow(24, NewButton("Vedi tutte", Tertiary, nothing).IconAfter(theme.IconCaretRight), NewButton("Elimina la bozza", Danger, nothing).WithIcon(theme.IconTrash), bell),
			Flow(8, pill, NewFilterPill("Da fare", 1, nothing), NewFilterPill("In corso", 3, nothing), NewFilterPill("Chiuse", 10, nothing)),
			Flow(12, chip, late), tabs,
			NewStepper("Dati preliminari", "Documenti", "Riepilogo e invio"),
		))
	}},
	{"fields", 560, 900, func() fyne.CanvasObject {
		amount := NewMoneyEntry("Importo pagato")
		amount.SetText("36,15")
		date := NewDateEntry("Data di emissione", today)
		date.SetDate(civil.Date{Year: 2026, Month: 11, Day: 9})
		kind := NewSelect("Tipo di documento", []Option{{"r", "Ricevuta"}, {"f", "Fattura"}})
		kind.SetValue("r")
		wrong := NewEntry("Numero")
		wrong.SetText("2026/004817")
		wrong.SetError("Scrivi il numero della ricevuta.")
		password := NewPasswordEntry("Password")
		password.SetText("dieci lettere")
		notes := NewMultiLine("Note", 3)
		notes.SetText("Una nota lunga che va a capo quando non c’è più posto nella riga del campo, e poi ancora.")
		radio := NewRadio("Procedura", []Option{{"s", "Standard"}, {"c", "Intervento chirurgico"}})
		radio.SetValue("s")
		segments := NewSegments("Lingua", []Option{{"it", "Italiano"}, {"en", "English"}})
		segments.SetValue("it")
		check := NewCheck("Ricordami su questo computer, finché non lo blocco")
		check.SetChecked(true)
		search := NewSearchEntry("Cerca nelle pratiche")
		date.SetHint("Come sta scritta sulla ricevuta")
		return Pad(24, Column(16, NewColumns(16, Col{Object: kind}, Col{Object: amount, FoldBelow: 320}),
			NewColumns(16, Col{Object: wrong}, Col{Object: date, FoldBelow: 320}), password, search, notes,
			NewColumns(16, Col{Object: radio}, Col{Object: segments, FoldBelow: 320}), check))
	}},
	{"states", 700, 420, func() fyne.CanvasObject {
		var badges []fyne.CanvasObject
		for _, s := range []claim.State{claim.Draft, claim.Ready, claim.Queued, claim.Sending, claim.Unconfirmed, claim.Delivered, claim.Held, claim.Registered,
			claim.InReview, claim.DocumentsRequested, claim.Blocked, claim.Approved, claim.Rejected, claim.Merged, claim.Paid, claim.Withdrawn, "being-weighed"} {
			badges = append(badges, NewStateBadge(s, "In valutazione"))
		}
		return Pad(24, Column(20, Flow(10, badges...), Flow(10, NewAvatar("EM", 48), NewAvatar("PG", 42).Plain(), NewLogo(36), FileTag(document.PDF, "ricevuta-esami.pdf"), FileTag(document.JPEG, "ricetta-esami.jpg")),
			Card(Column(8, NewText("Rimborsati nel 2026", theme.Secondary), NewText("214,84 €", theme.Amount),
				NewBarStrip(Share{21484, theme.Accent, false}, Share{8492, theme.Accent, true}, Share{6584, theme.Border, false}),
				Row(10, Swatch(theme.Accent, true), Grow(Pair("In lavorazione", NewText("84,92 €", theme.Body).Bold().OneLine())))))))
	}},
	{"cards", 900, 720, func() fyne.CanvasObject {
		problems := NewProblems()
		problems.Set([]ProblemLine{{"Scrivi il numero della ricevuta", nothing}, {"Scegli la provincia", nothing}})
		return Pad(32, Column(16,
			Banner(theme.IconPaperclip, "Manca un documento per l’ecografia di Paolo", "Nella ricetta serve la diagnosi. Chiesto il 12 novembre, pratica 26-004496.", ToneCareful,
				NewButton("Aggiungi documento", Secondary, nothing).WithIcon(theme.IconUploadSimple)),
			Banner(theme.IconWifiSlash, "Sei senza rete: entri lo stesso", "2 invii in attesa. Partono da soli quando la rete torna, anche con il programma bloccato.", Calm),
			problems,
			NewFileRow(document.PDF, "ricevuta-ticket.pdf", "1 pagina, 412 KB, leggibile", nothing, nothing),
			NewDropZone("Trascina qui la ricetta", "oppure sceglila dal computer", "Scegli file", nothing),
			Outcome(ToneCareful, "**Manca la ricetta del medico** con la diagnosi o il sintomo. «Controllo» da solo non basta.", "Articolo 1.2"),
			Outcome(ToneGood, "In tempo: fino al 7 febbraio 2027", "90 giorni, articolo 14.2"),
			Row(12, NewCode("codice fiscale", "MRCLNE67C54F205W", "MRCLNE67C54F205W"))))
	}},
	{"timeline", 560, 460, func() fyne.CanvasObject {
		return Pad(24, NewTimeline(
			Step{Phase: Done, Title: "In coda", Text: "Sigillata da te, senza rete", When: "lun 12 ott, 21:14"},
			Step{Phase: Done, Title: "Consegnata", Text: "Trasmessa e confermata dalla mutua, una volta sola", When: "mar 13 ott, 7:02",
				Action: NewButton("Ricevuta firmata", Secondary, nothing).WithIcon(theme.IconReceipt).Compact()},
			Step{Phase: Now, Icon: theme.IconFileMagnifyingGlass, Title: "In esame", Text: "La sta guardando l’ufficio rimborsi", When: "gio 15 ott, 11:40"},
			Step{Phase: Future, Title: "Approvata", Text: "Riceverai l’importo deciso e l’articolo applicato"},
			Step{Phase: Future, Title: "Liquidata", Text: "Bonifico di regola entro il 12 dicembre: 60 giorni, art. 14.1"}))
	}},
	{"page", 448, 612, func() fyne.CanvasObject {
		var v *PageView
		v = NewPageView(func(r document.Request) { v.ShowPicture(r, paper(r)) })
		v.SetNote("Resta su questo computer, protetto")
		v.Open(2)
		return Pad(8, v)
	}},
	{"navigation", 560, 480, func() fyne.CanvasObject {
		home := NewNavItem(theme.IconHouse, "Panoramica", nothing)
		home.SetSelected(true)
		claims := NewNavItem(theme.IconReceipt, "Rimborsi e sussidi", nothing)
		claims.SetCount(1)
		list := NewList("Pratiche", 88, func(i int) fyne.CanvasObject {
			return Column(4, Row(8, Grow(NewText("Visita cardiologica", theme.Body).Bold().Short()), NewText("65,84 €", theme.Body).Bold().OneLine()),
				Row(8, Grow(NewText("Elena · 16 novembre", theme.Secondary).Short()), NewStateBadge(claim.Queued, "")))
		}, func(int) {})
		list.SetCount(100)
		list.Select(1)
		return NewColumns(0, Col{Object: Pad(16, Column(4, home, claims)), Width: 248}, Col{Object: Pad(8, Stack(NewPanel(theme.Surface, theme.Line, theme.CardRadius), PadXY(0, 8, list)))})
	}},
	{"dialog", 700, 520, func() fyne.CanvasObject {
		amount := NewMoneyEntry("Importo pagato")
		amount.SetText("36,15")
		return Pad(24, Column(16, NewText("Richiesta di rimborso", theme.H1), amount, NewButton("Continua", Primary, nothing)))
	}},
	{"empty", 560, 320, func() fyne.CanvasObject {
		return Empty(theme.IconTray, "Nessuna pratica ancora", "Quando hai una ricevuta, parti da qui.", NewButton("Nuova richiesta", Primary, nothing).WithIcon(theme.IconPlus))
	}},
}

// paper is a page of a document as the previewer would give it: A4, fitted.
func paper(r document.Request) *image.RGBA {
	width, height := r.MaxHeight*210/297, r.MaxHeight
	if width > r.MaxWidth {
		width, height = r.MaxWidth, r.MaxWidth*297/210
	}
	if r.Turn%2 == 1 {
		width, height = height, width
	}
	picture := image.NewRGBA(image.Rect(0, 0, width, height))
	for i := range picture.Pix {
		picture.Pix[i] = 0xFF
	}
	for y := height / 10; y < height*9/10; y += max(2, height/30) {
		for x := width / 10; x < width*9/10; x++ {
			picture.Set(x, y, color.Gray{Y: 0x60})
		}
	}
	return picture
}

// hang shows a specimen in a look, a size of text and a room, and returns its canvas and its content.
func hang(s specimen, settings theme.Settings, room fyne.Size) (fyne.Canvas, fyne.CanvasObject) {
	fyne.CurrentApp().Settings().SetTheme(theme.New(settings))
	content := NewLayers(s.build())
	c := software.NewCanvas()
	c.SetPadded(false)
	c.SetContent(content)
	c.Resize(room)
	return c, content
}

// TestGallery draws every board in every look into the folder that SODALE_GALLERY names.
func TestGallery(t *testing.T) {
	folder := os.Getenv("SODALE_GALLERY")
	if folder == "" {
		t.Skip("SODALE_GALLERY names no folder")
	}
	test.NewTempApp(t)
	for _, s := range specimens {
		for _, settings := range []theme.Settings{{Look: theme.Light, Text: 100}, {Look: theme.Dark, Text: 100}, {Look: theme.HighContrast, Text: 100}, {Look: theme.Light, Text: 200}} {
			c, _ := hang(s, settings, fyne.NewSize(s.width, s.height))
			if s.name == "dialog" {
				Confirm(c, "Elimini la bozza?", "Resta nel cestino per 30 giorni, poi sparisce. I documenti allegati vanno con lei.", "Elimina la bozza", "Tieni la bozza", Danger, nothing)
			}
			file, err := os.Create(filepath.Join(folder, fmt.Sprintf("%s-%s-%d.png", s.name, settings.Look, settings.Text)))
			if err != nil {
				t.Fatal(err)
			}
			if err := png.Encode(file, c.Capture()); err != nil {
				t.Fatal(err)
			}
			file.Close()
		}
	}
}

func TestNothingIsCutAtAnySizeOfText(t *testing.T) {
	test.NewTempApp(t)
	for _, s := range specimens {
		for _, text := range theme.TextSizes {
			_, content := hang(s, theme.Settings{Look: theme.Light, Text: text}, fyne.NewSize(1024, 700))
			if cut := CutTexts(content); len(cut) > 0 {
				t.Errorf("%s at %d %%: cut: %q", s.name, text, cut)
			}
			if least := content.MinSize().Width; least > 1024 {
				t.Errorf("%s at %d %% wants %v of width", s.name, text, least)
			}
		}
	}
}

func TestAThemeThatChangesReachesEveryPart(t *testing.T) {
	test.NewTempApp(t)
	for _, s := range specimens[:4] {
		theme.Use(theme.Settings{Look: theme.Light, Text: 100})
		w := test.NewTempWindow(t, NewLayers(s.build()))
		w.SetPadded(false)
		w.Resize(fyne.NewSize(800, 640))
		theme.Use(theme.Settings{Look: theme.Dark, Text: 130})
		changed := w.Canvas().Capture()
		w.SetContent(NewLayers(s.build()))
		w.Resize(fyne.NewSize(800, 640))
		if n := differing(changed, w.Canvas().Capture()); n > 0 {
			t.Errorf("%s: %d pixels differ between a change of theme and a fresh window", s.name, n)
		}
	}
}

func differing(a, b image.Image) int {
	p, q := a.(*image.NRGBA).Pix, b.(*image.NRGBA).Pix
	n := 0
	for i := range p {
		if p[i] != q[i] {
			n++
		}
	}
	return n / 4
}
