package picture

import (
	"image"
	"math"
)

// maxSkew is the largest angle in degrees that Skew looks for, and the finest step.
const (
	maxSkew  = 6.0
	skewStep = 0.1
)

// minSkewInk is the fewest dark points that show where lines of text run.
const minSkewInk = 200

// Skew is the angle in degrees, -6 to 6, by which the lines of text run down to the right; 0 where nothing is written. It
// is the angle whose projection profile is the most jagged: seen along its lines, text is dark, then light, then dark.
func Skew(g *image.Gray) float64 {
	ink, w, h := inkPoints(reduced(g, 800))
	if len(ink) < minSkewInk {
		return 0
	}
	best, most := 0.0, -1.0
	try := func(from, to, step float64) {
		for i := range int(math.Round((to-from)/step)) + 1 {
			angle := from + float64(i)*step
			if j := jaggedness(ink, w, h, angle); j > most {
				best, most = angle, j
			}
		}
	}
	try(-maxSkew, maxSkew, 0.5)
	try(max(best-0.5, -maxSkew), min(best+0.5, maxSkew), skewStep)
	return best
}

// inkPoints are the pixels darker than their surroundings, without the edges of the page.
func inkPoints(g *image.Gray) (ink []image.Point, w, h int) {
	from := planeOf(g)
	around := planeOf(smooth(g, 12))
	for y := from.h / 50; y < from.h-from.h/50; y++ {
		row, mean := from.row(y), around.row(y)
		for x := from.w / 20; x < from.w-from.w/20; x++ {
			if int(row[x]) < int(mean[x])-12 {
				ink = append(ink, image.Pt(x, y))
			}
		}
	}
	return ink, from.w, from.h
}

// jaggedness sums the squares of how the profile along an angle changes from one line of pixels to the next.
func jaggedness(ink []image.Point, w, h int, degrees float64) float64 {
	slope := math.Tan(degrees * math.Pi / 180)
	margin := w/8 + 1
	profile := make([]float64, h+2*margin)
	for _, p := range ink {
		profile[int(math.Round(float64(p.Y)-slope*float64(p.X-w/2)))+margin]++
	}
	sum := 0.0
	for i := 1; i < len(profile); i++ {
		d := profile[i] - profile[i-1]
		sum += d * d
	}
	return sum
}

// Deskew is the picture with its lines of text level. A picture that is straight comes back as it is.
func Deskew[P Picture](img P) P {
	angle := Skew(Gray(img))
	if math.Abs(angle) < 1.5*skewStep {
		return img
	}
	return Rotate(img, -angle)
}

// Rotate turns the picture clockwise by degrees around its middle. It keeps its size; what comes in at the corners is white.
func Rotate[P Picture](img P, degrees float64) P {
	from := planeOf(img)
	out, to := sheet(img, from.w, from.h)
	to.whiten()
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	cx, cy := float64(from.w-1)/2, float64(from.h-1)/2
	for y := range to.h {
		row, dy := to.row(y), float64(y)-cy
		for x := range to.w {
			dx := float64(x) - cx
			from.read(cx+cos*dx+sin*dy, cy-sin*dx+cos*dy, row[x*to.n:(x+1)*to.n])
		}
	}
	return out
}

// read puts the pixel at x, y between four pixels into p. Outside of the picture p stays as it is.
func (p plane) read(x, y float64, into []byte) {
	left, top := int(math.Floor(x)), int(math.Floor(y))
	if left < 0 || top < 0 || left >= p.w-1 || top >= p.h-1 {
		return
	}
	fx, fy := int((x-float64(left))*256), int((y-float64(top))*256)
	a := p.pix[top*p.stride+left*p.n:][: 2*p.n : 2*p.n]
	b := p.pix[(top+1)*p.stride+left*p.n:][: 2*p.n : 2*p.n]
	for c := range into {
		above := int(a[c])*(256-fx) + int(a[c+p.n])*fx
		below := int(b[c])*(256-fx) + int(b[c+p.n])*fx
		into[c] = uint8((above*(256-fy) + below*fy + 1<<15) >> 16)
	}
}
