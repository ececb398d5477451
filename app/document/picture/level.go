package picture

import (
	"image"
	"math"
)

const (
	maxFan  = 8.0  // degrees; a camera held 5 percent too near on one side makes 6.5 on A4
	fanGain = 1.03 // how much more jagged a fan must make the profile to be believed
)

// lean is how the lines of a page run: by angle degrees down to the right at its middle, and by fan degrees more at its
// foot than at its head. The lines of a sheet that was taken from one side spread like a fan.
type lean struct{ angle, fan float64 }

// Level is the page with its lines of text level from head to foot: Deskew for photos. A page that is level comes back
// as it is.
func Level(g *image.Gray) *image.Gray {
	l := leanOf(g)
	if math.Abs(l.angle) >= 1.5*skewStep {
		g = Rotate(g, -l.angle)
	}
	if math.Abs(l.fan) >= 3*skewStep {
		g = fold(g, l.fan)
	}
	return g
}

// coarseInk is about how many dark points the search for the lean looks at before it is near.
const coarseInk = 6000

// leanOf finds the lean whose profile is the most jagged, as Skew does for the angle alone.
func leanOf(g *image.Gray) lean {
	ink, w, h := inkPoints(reduced(g, 800))
	if len(ink) < minSkewInk {
		return lean{}
	}
	var some []image.Point
	for i := 0; i < len(ink); i += len(ink)/coarseInk + 1 {
		some = append(some, ink[i])
	}
	search := func(maxFan float64) (lean, float64) {
		best, _ := nearLean(some, w, h, lean{}, maxSkew, maxFan, 0.5)
		best, _ = nearLean(ink, w, h, best, 0.4, min(maxFan, 0.4), 0.2)
		return nearLean(ink, w, h, best, skewStep, min(maxFan, skewStep), skewStep)
	}
	straight, flat := search(0)
	if spread, most := search(maxFan); most > flat*fanGain {
		return spread
	}
	return straight
}

// nearLean tries the leans about a middle one and returns the best and how jagged it makes the profile.
func nearLean(ink []image.Point, w, h int, middle lean, reach, fanReach, step float64) (best lean, most float64) {
	most = -1
	steps := func(reach float64) int { return int(math.Round(reach / step)) }
	for i := -steps(reach); i <= steps(reach); i++ {
		for k := -steps(fanReach); k <= steps(fanReach); k++ {
			l := lean{middle.angle + float64(i)*step, middle.fan + float64(k)*step}
			if j := fanned(ink, w, h, l); j > most {
				best, most = l, j
			}
		}
	}
	return best, most
}

// fanned is the jaggedness of the profile along lines that lean.
func fanned(ink []image.Point, w, h int, l lean) float64 {
	const one = 1 << 16
	slopes := make([]int, h)
	for y := range slopes {
		slopes[y] = int(one * math.Tan(l.at(y, h)*math.Pi/180))
	}
	margin := w/8 + 2 // more than the steepest lean reaches
	profile := make([]int, h+2*margin)
	for _, p := range ink {
		profile[p.Y+margin-(slopes[p.Y]*(p.X-w/2)+one/2)>>16]++
	}
	sum := 0
	for i := 1; i < len(profile); i++ {
		d := profile[i] - profile[i-1]
		sum += d * d
	}
	return float64(sum)
}

// at is the angle of the line at a height of the page.
func (l lean) at(y, h int) float64 { return l.angle + l.fan*(float64(y)/float64(h)-0.5) }

// fold closes the fan: every column is stretched or shrunk around the middle of the page. What comes in is white.
func fold(g *image.Gray, fan float64) *image.Gray {
	from := planeOf(g)
	out, to := sheet(g, from.w, from.h)
	to.whiten()
	for y := range to.h {
		row, slope := to.row(y), math.Tan(lean{fan: fan}.at(y, to.h)*math.Pi/180)
		for x := range to.w {
			from.read(float64(x), float64(y)+slope*(float64(x)-float64(to.w)/2), row[x:x+1])
		}
	}
	return out
}
