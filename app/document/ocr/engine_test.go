package ocr

import (
	"context"
	"errors"
	"image"
	"image/draw"
	"io/fs"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/document/picture"
	"github.com/sodale/sodale/app/document/sample"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/assets"
)

// compiled is a cache folder for all tests that run Tesseract.
var compiled string

func TestMain(m *testing.M) {
	var err error
	if compiled, err = os.MkdirTemp("", "ocr"); err != nil {
		panic(err)
	}
	code := m.Run()
	_ = os.RemoveAll(compiled)
	os.Exit(code)
}

func tesseract(deadline time.Duration) *Engine {
	return New(Config{Core: assets.OCRCore, Italian: assets.OCRItalian, Cache: compiled, Deadline: deadline})
}

// shared is the engine of the tests that only read.
var shared = sync.OnceValue(func() *Engine { return tesseract(10 * time.Minute) })

func read(t *testing.T, page *image.Gray, dpi float64) Text {
	t.Helper()
	text, err := shared().Read(t.Context(), page, dpi)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// specks is a page that Tesseract loses itself in for minutes.
func specks() *image.Gray {
	r := rand.New(rand.NewPCG(1, 2))
	page := image.NewGray(image.Rect(0, 0, 1800, 2500))
	for i := range page.Pix {
		if page.Pix[i] = 255; r.IntN(10) == 0 {
			page.Pix[i] = 0
		}
	}
	return page
}

// find returns the line of that text.
func find(t *testing.T, text Text, s string) document.Line {
	t.Helper()
	for _, l := range text.Lines {
		if l.Text == s {
			return l
		}
	}
	t.Fatalf("no line %q in %+v", s, text.Lines)
	return document.Line{}
}

func TestAScannedReceiptIsReadWithItsColumnsApart(t *testing.T) {
	r := sample.Ticket()
	text := read(t, picture.Deskew(r.Scan(200)), 200)
	if len(text.Lines) != len(text.Sure) || text.Confidence < 85 {
		t.Fatalf("%d lines, %d of %v", len(text.Lines), len(text.Sure), text.Confidence)
	}
	for _, s := range []string{r.Provider, r.Place, r.Desk[0], r.Title, "Numero", r.Number, r.Date, r.Patient, r.Paid} {
		find(t, text, s)
	}
	// Where the receipt has them, in points; the scan is turned around its middle.
	label, value := find(t, text, "Totale pagato"), find(t, text, r.Amount())
	if math.Abs(label.X-54) > 4 || math.Abs(label.Y+label.H-524) > 8 {
		t.Errorf("label at %+v", label)
	}
	if math.Abs(value.X+value.W-541) > 4 || value.H < 6 || value.H > 16 {
		t.Errorf("value at %+v", value)
	}
}

func TestTheNumbersOfOtherReceiptsAreRead(t *testing.T) {
	for _, r := range []sample.Receipt{sample.Analyses(), sample.Dentist()} {
		text := read(t, r.Drawn(200), 200)
		for _, s := range []string{r.Number, r.Date, r.Amount(), r.Patient} {
			find(t, text, s)
		}
	}
}

func TestAPageIsReadTheSameWhateverWasReadBefore(t *testing.T) {
	first := read(t, sample.Ticket().Scan(150), 150)
	read(t, sample.Dentist().Scan(150), 150)
	if again := read(t, sample.Ticket().Scan(150), 150); !reflect.DeepEqual(first, again) {
		t.Errorf("first %+v\nthen %+v", first, again)
	}
}

func TestAPartOfALargerPictureIsReadAsIfItWereAlone(t *testing.T) {
	page := sample.Ticket().Drawn(150)
	part := page.SubImage(image.Rect(0, 300, page.Rect.Dx(), 800)).(*image.Gray)
	alone := image.NewGray(image.Rectangle{Max: part.Rect.Size()})
	draw.Draw(alone, alone.Rect, part, part.Rect.Min, draw.Src)
	if a, b := read(t, part, 150), read(t, alone, 150); len(a.Lines) == 0 || !reflect.DeepEqual(a, b) {
		t.Errorf("part %+v\nalone %+v", a, b)
	}
}

func TestAPageWithoutWordsHasNoLines(t *testing.T) {
	white := image.NewGray(image.Rect(0, 0, 600, 800))
	draw.Draw(white, white.Rect, image.White, image.Point{}, draw.Src)
	if text := read(t, white, 100); len(text.Lines) > 0 || text.Confidence != 0 {
		t.Errorf("%+v", text)
	}
}

func TestTwoReadersTakeTurns(t *testing.T) {
	pages := []*image.Gray{sample.Ticket().Scan(150), sample.Analyses().Scan(150)}
	alone := []Text{read(t, pages[0], 150), read(t, pages[1], 150)}
	var together [2]Text
	var both sync.WaitGroup
	for i := range pages {
		both.Go(func() { together[i], _ = shared().Read(t.Context(), pages[i], 150) })
	}
	both.Wait()
	if !reflect.DeepEqual(together[:], alone) {
		t.Errorf("together %+v\nalone %+v", together, alone)
	}
}

func TestAReadingStopsWithItsContextAndTheNextOneWorks(t *testing.T) {
	if err := shared().Warm(t.Context()); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	started := time.Now()
	_, err := shared().Read(ctx, specks(), 200)
	if fault.CodeOf(err) != CodeStopped || !errors.Is(err, context.DeadlineExceeded) {
		t.Fatal(err)
	}
	if took := time.Since(started); took > 20*time.Second {
		t.Errorf("it took %v to stop", took)
	}
	find(t, read(t, sample.Ticket().Drawn(150), 150), sample.Ticket().Number)
}

func TestAPageThatTakesTooLongIsGivenUp(t *testing.T) {
	e := tesseract(100 * time.Millisecond)
	defer e.Close()
	if _, err := e.Read(t.Context(), specks(), 200); fault.CodeOf(err) != CodeFailed {
		t.Fatal(err)
	}
}

func TestACallThatWaitsForItsTurnCanBeStopped(t *testing.T) {
	e := New(given(countdown()))
	defer e.Close()
	e.seat <- struct{}{}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := e.Read(ctx, sample.Ticket().Drawn(72), 72); fault.CodeOf(err) != CodeStopped {
		t.Fatal(err)
	}
	<-e.seat
}

func TestCloseEndsTheReadingUnderWayAndRefusesTheNext(t *testing.T) {
	e := tesseract(10 * time.Minute)
	if err := e.Warm(t.Context()); err != nil {
		t.Fatal(err)
	}
	result := make(chan error)
	go func() {
		_, err := e.Read(t.Context(), specks(), 200)
		result <- err
	}()
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-result; fault.CodeOf(err) != CodeUnavailable {
		t.Error("under way:", err)
	}
	if _, err := e.Read(t.Context(), sample.Ticket().Drawn(72), 72); fault.CodeOf(err) != CodeUnavailable {
		t.Error("after:", err)
	}
	if err := e.Warm(t.Context()); fault.CodeOf(err) != CodeUnavailable {
		t.Error("after:", err)
	}
}

func TestAnEngineThatCouldNotStartTriesAgain(t *testing.T) {
	config := given(countdown())
	core, missing := config.Core, true
	config.Core = func() ([]byte, error) {
		if missing {
			return nil, fs.ErrNotExist
		}
		return core()
	}
	e := New(config)
	defer e.Close()
	if err := e.Warm(t.Context()); fault.CodeOf(err) != CodeUnavailable || !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	missing = false
	if err := e.Warm(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := e.Read(t.Context(), sample.Ticket().Drawn(72), 72); fault.CodeOf(err) != CodeFailed {
		t.Error("a module that is no Tesseract:", err)
	}
}

func TestOnlyPagesOfSomeSizeAreTaken(t *testing.T) {
	page := image.NewGray(image.Rect(0, 0, 10, 10))
	huge := &image.Gray{Rect: image.Rect(0, 0, MaxPixels, 2)}
	e := New(Config{})
	for _, c := range []struct {
		page *image.Gray
		dpi  float64
	}{{nil, 200}, {&image.Gray{}, 200}, {huge, 200}, {page, 0}, {page, -200}, {page, math.NaN()}, {page, math.Inf(1)}, {page, MaxDPI + 1}} {
		if _, err := e.Read(t.Context(), c.page, c.dpi); fault.CodeOf(err) != CodePage {
			t.Errorf("%v at %v dpi: %v", c.page, c.dpi, err)
		}
	}
}

// cached is the file of compiled code in a cache folder.
func cached(t *testing.T, folder string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*", "*"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%v, %v", files, err)
	}
	return files[0]
}

func warm(t *testing.T, folder string) {
	t.Helper()
	config := given(countdown())
	config.Cache = folder
	e := New(config)
	if err := e.Warm(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestTheSecondEngineTakesWhatTheFirstCompiled(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "made", "here")
	warm(t, folder)
	file := cached(t, folder)
	before, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	warm(t, folder) // whoever compiles puts a new file there
	if after, err := os.Stat(cached(t, folder)); err != nil || !os.SameFile(before, after) {
		t.Errorf("it was compiled again: %v", err)
	}
}

func TestADamagedCacheIsMadeAnewAndNothingElseIsTouched(t *testing.T) {
	folder := t.TempDir()
	warm(t, folder)
	file := cached(t, folder)
	good, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	other := filepath.Join(folder, "other")
	for name, bad := range map[string][]byte{"empty": {}, "cut": good[:len(good)/2], "changed": []byte(strings.ToUpper(string(good)))} {
		for path, data := range map[string][]byte{file: bad, other: []byte("kept")} {
			if err := os.WriteFile(path, data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		warm(t, folder)
		if mended, err := os.ReadFile(cached(t, folder)); err != nil || !reflect.DeepEqual(mended, good) {
			t.Errorf("%s: %d bytes of %d, %v", name, len(mended), len(good), err)
		}
		if _, err := os.Stat(other); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestACacheThatCannotBeUsedIsDoneWithout(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	warm(t, filepath.Join(file, "below"))
}
