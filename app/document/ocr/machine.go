package ocr

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

// The module's exports, by the letters that its .js of the same package (tesseract.js-core 7.0.0) gives them.
const (
	initialise    = "U" // __wasm_call_ctors
	allocate      = "xf"
	release       = "wf"
	setThrew      = "Af"
	stackRestore  = "Bf"
	stackGet      = "Cf"
	newAPI        = "Kc" // TessBaseAPI()
	loadLanguage  = "ad" // Init(folder, language, engine mode)
	setLayout     = "gd" // SetPageSegMode
	setImage      = "ld" // SetImage(pixels, width, height, bytes a pixel, bytes a row, exif, angle)
	setResolution = "nd" // SetSourceResolution
	recognise     = "Ed"
	getTable      = "Ld" // GetTSVText
)

const (
	languageFile = "/ita.traineddata"
	lstmOnly     = 1 // OEM_LSTM_ONLY
	singleColumn = 4 // PSM_SINGLE_COLUMN: lines of any size, best on invoices of those tried
	maxTable     = 8 << 20
)

var errHostile = errors.New("ocr: the machine asked for what it may not")

// machine is one instance of the module. What the module asks of the outside is answered by the methods in system.go.
type machine struct {
	ctx    context.Context // whose end the next pause hears of
	system api.Module
	guest  api.Module
	api    uint64

	language []byte
	files    map[uint32]*reader
	opened   uint32
	depth    int
}

func newMachine(ctx context.Context, c *core) (*machine, error) {
	m := &machine{ctx: ctx, language: c.italian, files: map[uint32]*reader{}}
	var err error
	if m.system, err = m.offer(c); err != nil {
		return nil, err
	}
	m.guest, err = c.runtime.InstantiateModule(ctx, c.module, wazero.NewModuleConfig().WithName("").WithStartFunctions())
	if err != nil {
		_ = m.system.Close(context.Background())
		return nil, err
	}
	return m, nil
}

func (m *machine) end() {
	_ = m.guest.Close(context.Background())
	_ = m.system.Close(context.Background())
}

// load makes Tesseract ready for Italian.
func (m *machine) load() error {
	if _, err := m.call(initialise); err != nil {
		return err
	}
	var err error
	if m.api, err = m.call(newAPI); err != nil {
		return err
	}
	folder, err := m.text("/")
	if err != nil {
		return err
	}
	language, err := m.text("ita")
	if err != nil {
		return err
	}
	status, err := m.call(loadLanguage, m.api, folder, language, lstmOnly)
	if err == nil && status != 0 {
		err = fmt.Errorf("ocr: language not loaded (%d)", int32(status))
	}
	if err == nil {
		_, err = m.call(setLayout, m.api, singleColumn)
	}
	return err
}

// read returns Tesseract's table of what is on the page.
func (m *machine) read(page *image.Gray, dpi int) (string, error) {
	if err := m.show(page); err != nil {
		return "", err
	}
	if _, err := m.call(setResolution, m.api, uint64(dpi)); err != nil {
		return "", err
	}
	status, err := m.call(recognise, m.api, 0)
	if err != nil {
		return "", err
	}
	if status != 0 {
		return "", fmt.Errorf("ocr: not recognised (%d)", int32(status))
	}
	table, err := m.call(getTable, m.api, 0)
	if err != nil {
		return "", err
	}
	return m.textAt(uint32(table), maxTable)
}

// show copies the pixels into the machine, which makes its own picture of them.
func (m *machine) show(page *image.Gray) error {
	size := page.Rect.Size()
	pixels, err := m.room(size.X * size.Y)
	if err != nil {
		return err
	}
	for y := range size.Y {
		row := page.Pix[page.PixOffset(page.Rect.Min.X, page.Rect.Min.Y+y):][:size.X]
		if !m.guest.Memory().Write(uint32(pixels)+uint32(y*size.X), row) {
			return errHostile
		}
	}
	if _, err := m.call(setImage, m.api, pixels, uint64(size.X), uint64(size.Y), 1, uint64(size.X), 1, 0); err != nil {
		return err
	}
	_, err = m.call(release, pixels)
	return err
}

// room allocates n bytes inside the machine.
func (m *machine) room(n int) (uint64, error) {
	at, err := m.call(allocate, uint64(n))
	if err == nil && at == 0 {
		err = errors.New("ocr: no memory left")
	}
	return at, err
}

// text puts a C string into the machine, where it stays.
func (m *machine) text(s string) (uint64, error) {
	at, err := m.room(len(s) + 1)
	if err == nil && !m.guest.Memory().WriteString(uint32(at), s+"\x00") {
		err = errHostile
	}
	return at, err
}

// textAt returns the C string at an address, at most limit bytes.
func (m *machine) textAt(at uint32, limit uint32) (string, error) {
	memory := m.guest.Memory()
	if at == 0 || at >= memory.Size() {
		return "", errHostile
	}
	raw, ok := memory.Read(at, min(limit, memory.Size()-at))
	end := bytes.IndexByte(raw, 0)
	if !ok || end < 0 {
		return "", errHostile
	}
	return string(raw[:end]), nil
}

// call calls an export. What goes wrong in there comes back as an error.
func (m *machine) call(name string, args ...uint64) (uint64, error) {
	f := m.guest.ExportedFunction(name)
	if f == nil || len(f.Definition().ParamTypes()) != len(args) {
		return 0, fmt.Errorf("ocr: no export %s of %d arguments", name, len(args))
	}
	results, err := f.Call(m.ctx, args...)
	if err != nil || len(results) == 0 {
		return 0, err
	}
	return uint64(uint32(results[0])), nil
}
