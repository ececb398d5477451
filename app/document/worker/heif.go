package worker

import (
	"bytes"
	"compress/gzip"
	"context"
	_ "embed"
	"image"
	"io"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
	"golang.org/x/image/draw"

	"github.com/sodale/sodale/app/document/wire"
)

// heifModule is libheif 1.18.2 with libde265 1.0.15, as github.com/gen2brain/heic 0.4.5 builds them for WebAssembly,
// byte for byte (its lib/heif.wasm.gz; TestTheModuleIsTheOneOfItsMakers has the sum). The Go package around it is not
// taken: it loads the system's libheif into this process where there is one, and bounds nothing.
//
//go:embed heif.wasm.gz
var heifModule []byte

// heifMemory is what the module may hold, in bytes: a photo of 12 megapixels takes 98 MiB.
const heifMemory = 512 << 20

// heif is the desk for HEIC photos.
type heif struct {
	memory               api.Memory
	malloc, free, decode api.Function
}

// openHEIF makes the module ready: afterwards it needs no more memory that can be executed.
func openHEIF() (desk, error) {
	packed, err := gzip.NewReader(bytes.NewReader(heifModule))
	if err != nil {
		return nil, err
	}
	code, err := io.ReadAll(packed)
	if err != nil {
		return nil, err
	}
	ctx := context.Background()
	const page = 64 << 10
	config := wazero.NewRuntimeConfig().WithMemoryLimitPages(heifMemory / page).WithMemoryCapacityFromMax(true)
	engine := wazero.NewRuntimeWithConfig(ctx, config)
	if _, err := wasi_snapshot_preview1.Instantiate(ctx, engine); err != nil {
		return nil, err
	}
	module, err := engine.InstantiateWithConfig(ctx, code, wazero.NewModuleConfig().WithStartFunctions("_initialize"))
	if err != nil {
		return nil, err
	}
	f := module.ExportedFunction
	return &heif{module.Memory(), f("malloc"), f("free"), f("decode")}, nil
}

// answer draws the photo upright on white, at its own size or as small as is asked.
func (h *heif) answer(q wire.Request, a area) (wire.Answer, []byte) {
	if q.Op != wire.Draw || q.Kind != wire.HEIC || !q.Fresh || q.Page > 0 || q.Turn > 0 {
		return wire.Answer{Status: wire.Damaged}, nil
	}
	photo, s := h.photo(a.bytes[:q.Size])
	if s != wire.OK {
		return wire.Answer{Status: s}, nil
	}
	size := photo.Bounds().Size()
	f := layOut(q, float64(size.X), float64(size.Y))
	pixels := a.bytes[wire.PixelsAt:][:4*f.w*f.h]
	paint(&image.RGBA{Pix: pixels, Stride: 4 * f.w, Rect: image.Rect(0, 0, f.w, f.h)}, photo)
	answer := wire.Answer{Pages: 1, Width: uint32(f.w), Height: uint32(f.h), Size: uint32(len(pixels))}
	if a.shared {
		return answer, nil
	}
	return answer, pixels
}

// photo decodes a file; the picture is valid until the next call.
func (h *heif) photo(data []byte) (image.Image, wire.Status) {
	const words = 5 // of the header
	in, header := h.take(len(data)), h.take(4*words)
	defer h.give(in, header)
	if in == 0 || header == 0 || !h.memory.Write(in, data) {
		return nil, wire.TooBig
	}
	decode := func(headerOnly, out uint32) bool {
		return h.call(h.decode, in, uint32(len(data)), headerOnly, header, header+4, header+8, header+12, header+16, out) != 0
	}
	if !decode(1, 0) {
		return nil, wire.Damaged
	}
	var about [words]uint32
	for i := range about {
		about[i], _ = h.memory.ReadUint32Le(header + uint32(4*i))
	}
	p, s := layPlanes(about[0], about[1], about[2], about[3])
	if s != wire.OK {
		return nil, s
	}
	out := h.take(p.size())
	defer h.give(out)
	if out == 0 {
		return nil, wire.TooBig
	}
	if !decode(0, out) {
		return nil, wire.Damaged
	}
	pixels, ok := h.memory.Read(out, uint32(p.size()))
	if !ok {
		return nil, wire.Damaged
	}
	return p.picture(pixels, about[4] == 1), wire.OK
}

// call calls a function of the module and returns its result; 0 when it broke off.
func (h *heif) call(f api.Function, arguments ...uint32) uint32 {
	wide := make([]uint64, len(arguments))
	for i, a := range arguments {
		wide[i] = uint64(a)
	}
	results, err := f.Call(context.Background(), wide...)
	if err != nil || len(results) == 0 {
		return 0
	}
	return uint32(results[0])
}

// take returns where the module has n bytes free; 0 when it has none.
func (h *heif) take(n int) uint32 { return h.call(h.malloc, uint32(n)) }

func (h *heif) give(blocks ...uint32) {
	for _, b := range blocks {
		h.call(h.free, b)
	}
}

// paint lays the picture on white, as large as dst is.
func paint(dst *image.RGBA, picture image.Image) {
	draw.Draw(dst, dst.Rect, image.White, image.Point{}, draw.Src)
	if from := picture.Bounds(); from.Size() != dst.Rect.Size() {
		draw.ApproxBiLinear.Scale(dst, dst.Rect, picture, from, draw.Over, nil)
		return
	}
	draw.Draw(dst, dst.Rect, picture, image.Point{}, draw.Over)
}
