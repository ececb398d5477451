package picture

import (
	"encoding/hex"
	"errors"
	"image"
	"math"
	"math/bits"
	"slices"
)

// Fingerprint is how a page looks from afar, in 256 bits. It is good for one thing: to find the same picture saved again,
// smaller or with other compression, at a Distance of up to MaybeSame. It does not tell receipts apart: two of the same
// form, filled differently, may be as near as two copies of one, and a cropped copy is as far as a stranger (measured:
// re-saved up to 14; two receipts of one form 16; scan and photo of one paper 74 to 108; papers of different forms 72 and
// more; cropped 96). So it may ask "is this the same paper?", never answer it.
type Fingerprint [32]byte

// MaybeSame is the largest distance at which two pages may be the same picture saved twice.
const MaybeSame = 20

// The page is looked at on a square of side pixels, of which the lowest frequencies across and down are kept.
const (
	printSide  = 64
	printWaves = 16
)

// Print takes the fingerprint of a page: a bit for each of the lowest waves of its cosine transform, set where the wave is
// stronger than the middle one. Light and contrast don't matter.
func Print(g *image.Gray) Fingerprint {
	if g.Rect.Empty() {
		return Fingerprint{}
	}
	s := square(Flatten(reduced(g, 400)))
	var partial [printSide][printWaves]float64
	for y := range printSide {
		for u := range printWaves {
			for x := range printSide {
				partial[y][u] += wave(u+1, x) * float64(s[y][x])
			}
		}
	}
	strengths := make([]float64, 0, printWaves*printWaves)
	for v := range printWaves {
		for u := range printWaves {
			sum := 0.0
			for y := range printSide {
				sum += wave(v, y) * partial[y][u]
			}
			strengths = append(strengths, sum)
		}
	}
	middle := slices.Sorted(slices.Values(strengths))[len(strengths)/2]
	var f Fingerprint
	for i, strength := range strengths {
		if strength > middle {
			f[i/8] |= 1 << (i % 8)
		}
	}
	return f
}

// waves are the values of wave, worked out once.
var waves = func() (t [printWaves + 1][printSide]float64) {
	for u := range t {
		for x := range t[u] {
			t[u][x] = math.Cos(math.Pi * float64(u) * (2*float64(x) + 1) / (2 * printSide))
		}
	}
	return t
}()

// wave is the cosine of frequency u at pixel x.
func wave(u, x int) float64 { return waves[u][x] }

// square is the picture on a square of printSide pixels.
func square(g *image.Gray) (s [printSide][printSide]uint8) {
	small := fit(enlarged(g), printSide, printSide)
	for y := range s {
		copy(s[y][:], small.Pix[y*small.Stride:])
	}
	return s
}

// enlarged repeats pixels until each side has at least printSide.
func enlarged(g *image.Gray) *image.Gray {
	from := planeOf(g)
	kx, ky := (printSide+from.w-1)/from.w, (printSide+from.h-1)/from.h
	if kx == 1 && ky == 1 {
		return g
	}
	out := image.NewGray(image.Rect(0, 0, from.w*kx, from.h*ky))
	for y := range from.h * ky {
		for x := range from.w * kx {
			out.Pix[y*out.Stride+x] = from.row(y / ky)[x/kx]
		}
	}
	return out
}

// Distance is in how many of 256 bits two fingerprints differ.
func (f Fingerprint) Distance(g Fingerprint) int {
	n := 0
	for i := range f {
		n += bits.OnesCount8(f[i] ^ g[i])
	}
	return n
}

// String is the fingerprint as 64 hexadecimal digits.
func (f Fingerprint) String() string { return hex.EncodeToString(f[:]) }

// MarshalText writes what String does.
func (f Fingerprint) MarshalText() ([]byte, error) { return []byte(f.String()), nil }

// errFingerprint is the error of a text that is no fingerprint.
var errFingerprint = errors.New("picture: a fingerprint has 64 hexadecimal digits")

// UnmarshalText reads what MarshalText wrote. After an error the fingerprint is as before.
func (f *Fingerprint) UnmarshalText(text []byte) error {
	raw, err := hex.DecodeString(string(text))
	if err != nil || len(raw) != len(f) {
		return errFingerprint
	}
	copy(f[:], raw)
	return nil
}
