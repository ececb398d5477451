package settings

import (
	"math"
	"testing"

	"github.com/sodale/sodale/ui/theme"
)

func TestSettingsFromElsewhereAreMadeUsable(t *testing.T) {
	nan := float32(math.NaN())
	for name, c := range map[string]struct{ in, want Settings }{
		"nothing stored":   {Settings{}, Default},
		"a stored choice":  {Settings{theme.Dark, 150, "en", 1400, 900}, Settings{theme.Dark, 150, "en", 1400, 900}},
		"an unknown look":  {Settings{"sepia", 100, "it", FirstWidth, FirstHeight}, Default},
		"the kiosk's look": {Settings{theme.Kiosk, 100, "it", FirstWidth, FirstHeight}, Default},
		"an odd size":      {Settings{theme.Light, 187, "it", FirstWidth, FirstHeight}, Settings{theme.Light, 175, "it", FirstWidth, FirstHeight}},
		"another language": {Settings{theme.Light, 100, "de", FirstWidth, FirstHeight}, Default},
		"a tiny window":    {Settings{theme.Light, 100, "it", 10, 800}, Default},
		"no number":        {Settings{theme.Light, 100, "it", nan, nan}, Default},
	} {
		if got := Valid(c.in); got != c.want {
			t.Errorf("%s: got %+v, want %+v", name, got, c.want)
		}
	}
}
