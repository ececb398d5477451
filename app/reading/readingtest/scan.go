package readingtest

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"math/rand/v2"
)

// Shot is how a paper became a picture.
type Shot struct {
	DPI     float64 // of the drawing that is distorted: 150 to 300
	Phone   bool    // perspective and shading, else a scanner's skew
	Skew    float64 // degrees, at most ±2
	Blur    int     // radius in pixels of a box blur, 0 or 1
	Noise   float64 // standard deviation in levels of grey
	Ink     uint8   // the darkest level
	Quality int     // of the JPEG
}

// ShotOf invents how the paper of a seed is taken.
func ShotOf(seed uint64) Shot {
	r := rand.New(rand.NewPCG(seed, 0x5ca9))
	s := Shot{
		DPI: []float64{150, 200, 200, 240, 300}[r.IntN(5)], Phone: r.IntN(3) == 0,
		Skew: r.Float64()*4 - 2, Noise: 2 + r.Float64()*8, Ink: uint8(r.IntN(70)), Quality: 55 + r.IntN(35),
	}
	if s.DPI >= 200 {
		s.Blur = r.IntN(2)
	}
	if s.Phone {
		s.DPI = 220 + float64(r.IntN(3))*30
	}
	return s
}

// Take makes the picture of a page that was drawn at the shot's resolution: a JPEG in grey.
func (s Shot) Take(page image.Image, seed uint64) []byte {
	r := rand.New(rand.NewPCG(seed, 0xca3e7a))
	flat := blurred(grey(page), s.Blur)
	b := flat.Rect
	out := image.NewGray(b)
	back := s.mapping(r, float64(b.Dx()), float64(b.Dy()))
	light := s.light(r, float64(b.Dx()), float64(b.Dy()))
	for y := range b.Dy() {
		for x := range b.Dx() {
			u, v := back(float64(x), float64(y))
			level := float64(s.Ink) + float64(between(flat, u, v))*(248-float64(s.Ink))/255
			level = level*light(float64(x), float64(y)) + r.NormFloat64()*s.Noise
			out.Pix[y*out.Stride+x] = uint8(min(max(level, 0), 255))
		}
	}
	var buf bytes.Buffer
	_ = jpeg.Encode(&buf, out, &jpeg.Options{Quality: s.Quality})
	return density(buf.Bytes(), int(s.DPI))
}

// density writes a resolution into the head of a JPEG, as scanners do.
func density(data []byte, dpi int) []byte {
	head := []byte{0xff, 0xd8, 0xff, 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 2, 1, byte(dpi >> 8), byte(dpi), byte(dpi >> 8), byte(dpi), 0, 0}
	return append(head, data[2:]...)
}

// mapping tells for each point of the picture which point of the page is there.
func (s Shot) mapping(r *rand.Rand, w, h float64) func(x, y float64) (u, v float64) {
	sin, cos := math.Sincos(s.Skew * math.Pi / 180)
	var px, py float64
	scale := 1.0
	if s.Phone {
		px, py = (r.Float64()-0.5)*0.08, (r.Float64()-0.5)*0.08
		scale = 1.05
	}
	return func(x, y float64) (float64, float64) {
		dx, dy := (x-w/2)*scale, (y-h/2)*scale
		depth := 1 + px*dx/w*2 + py*dy/h*2
		dx, dy = dx/depth, dy/depth
		return w/2 + dx*cos - dy*sin, h/2 + dx*sin + dy*cos
	}
}

// light is how bright the picture is at a point: even on a scanner, falling off to one side under a lamp.
func (s Shot) light(r *rand.Rand, w, h float64) func(x, y float64) float64 {
	if !s.Phone {
		return func(float64, float64) float64 { return 1 }
	}
	angle, depth := r.Float64()*2*math.Pi, 0.2+r.Float64()*0.25
	sin, cos := math.Sincos(angle)
	return func(x, y float64) float64 {
		t := ((x/w-0.5)*cos + (y/h-0.5)*sin) + 0.5
		return 1 - depth*min(max(t, 0), 1)
	}
}

func grey(m image.Image) *image.Gray {
	b := m.Bounds()
	out := image.NewGray(image.Rect(0, 0, b.Dx(), b.Dy()))
	for y := range b.Dy() {
		for x := range b.Dx() {
			out.SetGray(x, y, color.GrayModel.Convert(m.At(b.Min.X+x, b.Min.Y+y)).(color.Gray))
		}
	}
	return out
}

// blurred averages each point with those within the radius.
func blurred(m *image.Gray, radius int) *image.Gray {
	if radius == 0 {
		return m
	}
	out := image.NewGray(m.Rect)
	w, h := m.Rect.Dx(), m.Rect.Dy()
	for y := range h {
		for x := range w {
			sum, n := 0, 0
			for v := max(y-radius, 0); v <= min(y+radius, h-1); v++ {
				for u := max(x-radius, 0); u <= min(x+radius, w-1); u++ {
					// The middle counts double: a soft lens, not a smear.
					k := 1
					if u == x && v == y {
						k = 4
					}
					sum, n = sum+k*int(m.Pix[v*m.Stride+u]), n+k
				}
			}
			out.Pix[y*out.Stride+x] = uint8(sum / n)
		}
	}
	return out
}

// between reads between pixels; outside the paper is a dark table.
func between(m *image.Gray, x, y float64) uint8 {
	x0, y0 := int(math.Floor(x)), int(math.Floor(y))
	if x0 < 0 || y0 < 0 || x0+1 >= m.Rect.Dx() || y0+1 >= m.Rect.Dy() {
		return 150
	}
	fx, fy := x-float64(x0), y-float64(y0)
	at := func(x, y int) float64 { return float64(m.Pix[y*m.Stride+x]) }
	return uint8(at(x0, y0)*(1-fx)*(1-fy) + at(x0+1, y0)*fx*(1-fy) + at(x0, y0+1)*(1-fx)*fy + at(x0+1, y0+1)*fx*fy)
}
