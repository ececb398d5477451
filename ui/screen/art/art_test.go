package art

import (
	"image/color"
	"math"
	"testing"
)

func luminance(c color.NRGBA) float64 {
	channel := func(v uint8) float64 {
		s := float64(v) / 0xFF
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(c.R) + 0.7152*channel(c.G) + 0.0722*channel(c.B)
}

func TestWhiteIsReadableOnEveryColourOfTheGround(t *testing.T) {
	for name, c := range map[string]color.NRGBA{"teal": teal, "left": left, "right": right, "black": black, "grey": grey} {
		if got := 1.05 / (luminance(c) + 0.05); got < 5 {
			t.Errorf("white on %s is %.2f", name, got)
		}
	}
}
