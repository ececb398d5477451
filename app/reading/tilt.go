package reading

import (
	"math"

	"github.com/sodale/sodale/app/document"
)

const (
	maxTilt   = 0.05  // points down for each point to the right: three degrees
	tiltStep  = 0.002 // a tenth of a degree
	farApart  = 100.0 // points between two lines that show a tilt
	tiltLines = 200   // the most lines that are looked at
	tiltGain  = 1.15  // how many more pairs must agree than on a level page
)

// straighten lowers or lifts the lines of a page so that those which belong to one row stand on one height: with the lines
// of a photo, label and amount are half a row apart at a degree of tilt.
func straighten(lines []document.Line) []document.Line {
	t := tilt(lines)
	if t == 0 {
		return lines
	}
	level := make([]document.Line, len(lines))
	for i, l := range lines {
		l.Y -= t * (l.X + l.W/2)
		level[i] = l
	}
	return level
}

// tilt is the slope along which the most pairs of lines stand on one height. Of slopes that do as well, the smallest.
func tilt(lines []document.Line) float64 {
	lines = lines[:min(len(lines), tiltLines)]
	best, most := 0.0, tiltGain*float64(aligned(lines, 0))
	for i := 1; i <= int(maxTilt/tiltStep); i++ {
		for _, t := range []float64{float64(i) * tiltStep, -float64(i) * tiltStep} {
			if n := float64(aligned(lines, t)); n > most {
				best, most = t, n
			}
		}
	}
	return best
}

// aligned counts the pairs of lines far apart that a slope puts on one height.
func aligned(lines []document.Line, slope float64) int {
	n := 0
	for i, a := range lines {
		for _, b := range lines[i+1:] {
			dx := b.X + b.W/2 - a.X - a.W/2
			if apart := math.Abs(b.Y + b.H/2 - a.Y - a.H/2 - slope*dx); math.Abs(dx) > farApart && apart < 0.2*min(a.H, b.H) {
				n++
			}
		}
	}
	return n
}
