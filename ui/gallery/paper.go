package gallery

import (
	"bytes"
	"context"
	"image"
	"image/draw"
	"image/jpeg"
	"sync"

	"golang.org/x/image/tiff"

	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/document/sample"
	"github.com/sodale/sodale/app/fault"
)

// FakePreviewer knows the invented receipts by their bytes and shows them from a fax of each: the real previewer needs
// a process with MuPDF. Files that it does not know are of one blank page. It is safe for concurrent use.
type FakePreviewer struct {
	mu      sync.Mutex
	papers  []paper
	refuse  fault.Code
	waiting chan struct{}
	asked   int // pages that are being drawn
}

// paper is one known file.
type paper struct {
	data  []byte
	pages int
	fax   func() image.Image
}

// The faxes of the receipts, each drawn once.
var (
	ticketFax   = faxOf(sample.Ticket())
	analysesFax = faxOf(sample.Analyses())
)

func faxOf(r sample.Receipt) func() image.Image {
	return sync.OnceValue(func() image.Image {
		picture, err := tiff.Decode(bytes.NewReader(r.TIFF()))
		if err != nil {
			return image.NewUniform(image.White)
		}
		return picture
	})
}

func newFakePreviewer() *FakePreviewer { return &FakePreviewer{} }

// know teaches the previewer a file that shows a receipt.
func (p *FakePreviewer) know(data []byte, pages int, fax func() image.Image) {
	p.papers = append(p.papers, paper{data, pages, fax})
}

// Refuse makes every page answer that code; "" makes them well again.
func (p *FakePreviewer) Refuse(code fault.Code) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.refuse = code
}

// Hold makes every page wait until release is called.
func (p *FakePreviewer) Hold() (release func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	gate := make(chan struct{})
	p.waiting = gate
	return func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		if p.waiting == gate {
			p.waiting = nil
			close(gate)
		}
	}
}

// Idle reports whether no page is being drawn.
func (p *FakePreviewer) Idle() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.asked == 0
}

func (p *FakePreviewer) find(data []byte) *paper {
	for i := range p.papers {
		if bytes.Equal(p.papers[i].data, data) {
			return &p.papers[i]
		}
	}
	return nil
}

// Look implements document.Previewer.
func (p *FakePreviewer) Look(_ context.Context, data []byte) (document.Info, error) {
	kind, err := document.Check(data, document.MaxPreview)
	if err != nil && kind != document.PNG {
		return document.Info{}, err
	}
	if bytes.Contains(data, []byte("/Encrypt")) {
		return document.Info{}, fault.New(document.CodeEncrypted, "gallery.look", "")
	}
	if known := p.find(data); known != nil {
		return document.Info{Kind: kind, Pages: known.pages}, nil
	}
	return document.Info{Kind: kind, Pages: 1}, nil
}

// Page implements document.Previewer.
func (p *FakePreviewer) Page(ctx context.Context, data []byte, r document.Request) (*image.RGBA, error) {
	p.mu.Lock()
	gate, refuse := p.waiting, p.refuse
	p.asked++
	p.mu.Unlock()
	defer func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.asked--
	}()
	if gate != nil {
		select {
		case <-gate:
		case <-ctx.Done():
			return nil, fault.Wrap(document.CodeTimeout, "gallery.page", "", ctx.Err())
		}
	}
	if refuse != "" {
		return nil, fault.New(refuse, "gallery.page", "")
	}
	picture := turned(p.picture(data), r.Turn)
	return fitted(picture, r), nil
}

func (p *FakePreviewer) picture(data []byte) image.Image {
	if known := p.find(data); known != nil {
		return known.fax()
	}
	if made, err := jpeg.Decode(bytes.NewReader(data)); err == nil {
		grey := image.NewGray(made.Bounds())
		draw.Draw(grey, grey.Rect, made, made.Bounds().Min, draw.Src)
		return grey
	}
	return image.NewUniform(image.White)
}

// fitted scales a picture into the box of a request; a picture without bounds becomes a blank A4 page.
func fitted(picture image.Image, r document.Request) *image.RGBA {
	w, h := float64(picture.Bounds().Dx()), float64(picture.Bounds().Dy())
	if w > 1e6 {
		w, h = 595, 842
	}
	k := min(float64(r.MaxWidth)/w, float64(r.MaxHeight)/h)
	if r.MaxWidth == 0 && r.MaxHeight == 0 {
		k = min(1, r.DPI/300)
	}
	out := image.NewRGBA(image.Rect(0, 0, max(1, int(w*k)), max(1, int(h*k))))
	if fax, ok := picture.(*image.Gray); ok {
		smooth(fax, out)
	} else {
		draw.Draw(out, out.Bounds(), image.White, image.Point{}, draw.Src)
	}
	return out
}

// smooth averages the pixels of a bilevel scan that fall onto one of the result.
func smooth(fax *image.Gray, to *image.RGBA) {
	w, h := to.Bounds().Dx(), to.Bounds().Dy()
	fw, fh := fax.Bounds().Dx(), fax.Bounds().Dy()
	for y := range h {
		for x := range w {
			var sum, n int
			for sy := y * fh / h; sy < max(y*fh/h+1, (y+1)*fh/h); sy++ {
				for sx := x * fw / w; sx < max(x*fw/w+1, (x+1)*fw/w); sx++ {
					sum += int(fax.Pix[sy*fax.Stride+sx])
					n++
				}
			}
			i, grey := to.PixOffset(x, y), uint8(sum/n)
			to.Pix[i], to.Pix[i+1], to.Pix[i+2], to.Pix[i+3] = grey, grey, grey, 255
		}
	}
}

// turned turns a grey picture clockwise by quarters.
func turned(picture image.Image, quarters int) image.Image {
	grey, ok := picture.(*image.Gray)
	if !ok {
		return picture
	}
	for range quarters {
		w, h := grey.Bounds().Dx(), grey.Bounds().Dy()
		next := image.NewGray(image.Rect(0, 0, h, w))
		for y := range h {
			for x := range w {
				next.Pix[x*next.Stride+h-1-y] = grey.Pix[y*grey.Stride+x]
			}
		}
		grey = next
	}
	return grey
}

// Text implements document.Previewer: a fax has no text.
func (p *FakePreviewer) Text(context.Context, []byte, int) ([]document.Line, error) { return nil, nil }

// Close implements document.Previewer.
func (p *FakePreviewer) Close() error { return nil }
