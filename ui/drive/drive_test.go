package drive_test

import (
	"errors"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/sodale/sodale/ui/drive"
	"github.com/sodale/sodale/ui/widget"
)

// scene is a window with one field, one list of choices and one button.
type scene struct {
	*drive.Window
	window  fyne.Window
	field   *widget.Entry
	choice  *widget.Select
	button  *widget.Button
	pressed int
	dropped []string
}

func newScene(t *testing.T) *scene {
	t.Helper()
	s := &scene{field: widget.NewEntry("Numero"), choice: widget.NewSelect("Tipo", []widget.Option{{Value: "a", Label: "Ricevuta"}, {Value: "b", Label: "Fattura"}})}
	s.button = widget.NewButton("Continua", widget.Primary, func() { s.pressed++ })
	app := drive.NewApp()
	w := app.NewWindow("scene")
	w.SetContent(container.NewVBox(s.field, s.choice, s.button))
	w.Resize(fyne.NewSize(400, 300))
	s.window = w
	s.Window = app.Attach(w, func(files []fyne.URI) {
		for _, f := range files {
			s.dropped = append(s.dropped, f.Name())
		}
	})
	return s
}

func TestAPersonFillsChoosesPressesAndDrops(t *testing.T) {
	s := newScene(t)
	if err := errors.Join(s.Fill("Numero", "2026/004817"), s.Choose("Tipo", "Fattura"), s.Press("Continua"), s.Drop("/a/uno.pdf", "/b/due.tif")); err != nil {
		t.Fatal(err)
	}
	if s.field.Text() != "2026/004817" || s.pressed != 1 || !slices.Equal(s.dropped, []string{"uno.pdf", "due.tif"}) {
		t.Fatalf("field %q, pressed %d, dropped %v", s.field.Text(), s.pressed, s.dropped)
	}
	if !s.Sees("Fattura") {
		t.Fatalf("seen: %v", s.Words())
	}
}

func TestWhatIsNotSeenOrDisabledCannotBeUsed(t *testing.T) {
	s := newScene(t)
	if err := s.Press("Invia"); !errors.Is(err, drive.ErrNotSeen) || !strings.Contains(err.Error(), "Continua") {
		t.Errorf("missing button: %v", err)
	}
	if err := s.Fill("Continua", "x"); !errors.Is(err, drive.ErrNotThat) {
		t.Errorf("typing into a button: %v", err)
	}
	if err := s.Choose("Tipo", "Scontrino"); !errors.Is(err, drive.ErrNotSeen) {
		t.Errorf("missing option: %v", err)
	}
	s.button.Disable()
	if err := s.Press("Continua"); !errors.Is(err, drive.ErrDisabled) || s.pressed != 0 {
		t.Errorf("disabled button: %v, pressed %d", err, s.pressed)
	}
	s.button.Hide()
	if err := s.Press("Continua"); !errors.Is(err, drive.ErrNotSeen) {
		t.Errorf("hidden button: %v", err)
	}
}

func TestWhatOtherGoroutinesAskIsDoneWhileWaiting(t *testing.T) {
	s := newScene(t)
	go fyne.Do(func() { s.field.SetText("arrivato") })
	if err := s.AwaitWords("arrivato", 10*time.Second); err != nil {
		t.Fatal(err)
	}
	if err := s.AwaitWords("mai", time.Millisecond); !errors.Is(err, drive.ErrNotSeen) {
		t.Fatalf("got %v", err)
	}
}

func TestAPictureShowsTheWindow(t *testing.T) {
	s := newScene(t)
	path := filepath.Join(t.TempDir(), "scene.png")
	if err := s.Picture(path); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	picture, err := png.Decode(f)
	if err != nil || picture.Bounds().Dx() < 400 {
		t.Fatalf("%v, %v", picture.Bounds(), err)
	}
}

func TestAKeyCombinationReachesTheWindowPastTheField(t *testing.T) {
	s := newScene(t)
	pressed := 0
	s.window.Canvas().AddShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyK, Modifier: fyne.KeyModifierControl}, func(fyne.Shortcut) { pressed++ })
	s.Shortcut(fyne.KeyK, fyne.KeyModifierControl)
	s.field.Focus()
	s.Shortcut(fyne.KeyK, fyne.KeyModifierControl)
	if err := s.Type("12"); err != nil || s.field.Text() != "12" || pressed != 2 {
		t.Fatalf("%v, field %q, pressed %d", err, s.field.Text(), pressed)
	}
	s.Key(fyne.KeyTab)
	s.Key(fyne.KeyTab)
	if err := s.Type("x"); err != nil || s.field.Text() != "12" {
		t.Fatalf("Tab did not leave the field: %v, %q", err, s.field.Text())
	}
}

func TestWhatLiesInAScrollIsCutAtTheScrollAroundItToo(t *testing.T) {
	ink := color.NRGBA{R: 200, A: 255}
	app := drive.NewApp()
	w := app.NewWindow("scroll")
	deep := container.NewVScroll(sized(100, 300, ink))
	deep.SetMinSize(fyne.NewSize(100, 200)) // reaches below the outer scroll, which ends at 60
	outer := container.NewVScroll(container.NewVBox(deep))
	outer.SetMinSize(fyne.NewSize(100, 60))
	w.SetPadded(false)
	w.SetContent(container.NewVBox(outer, sized(100, 40, color.Transparent)))
	w.Resize(fyne.NewSize(100, 300))
	path := filepath.Join(t.TempDir(), "a.png")
	if err := app.Attach(w, nil).Picture(path); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	picture, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	if r, _, _, _ := picture.At(40, 30).RGBA(); r>>8 != 200 {
		t.Error("what is seen of the inner scroll was left out")
	}
	if r, _, _, _ := picture.At(40, 150).RGBA(); r>>8 == 200 {
		t.Error("the inner scroll sticks out of the outer one")
	}
}

func sized(width, height float32, fill color.Color) fyne.CanvasObject {
	r := canvas.NewRectangle(fill)
	r.SetMinSize(fyne.NewSize(width, height))
	return r
}
