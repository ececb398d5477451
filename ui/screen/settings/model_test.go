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
		"a stored choice":  {Settings{theme.Dark, 150, "en", 1400, 900, 10, "a1b2"}, Settings{theme.Dark, 150, "en", 1400, 900, 10, "a1b2"}},
		"an unknown look":  {Settings{"sepia", 100, "it", FirstWidth, FirstHeight, 10, ""}, Default},
		"the kiosk's look": {Settings{theme.Kiosk, 100, "it", FirstWidth, FirstHeight, 10, ""}, Default},
		"an odd size":      {Settings{theme.Light, 187, "it", FirstWidth, FirstHeight, 10, "a1b2"}, Settings{theme.Light, 175, "it", FirstWidth, FirstHeight, 10, "a1b2"}},
		"another language": {Settings{theme.Light, 100, "de", FirstWidth, FirstHeight, 10, ""}, Default},
		"a tiny window":    {Settings{theme.Light, 100, "it", 10, 800, 10, ""}, Default},
		"never locking":    {Settings{theme.Light, 100, "it", FirstWidth, FirstHeight, 600, ""}, Default},
		"locking soon":     {Settings{theme.Light, 100, "it", FirstWidth, FirstHeight, 1, "a1b2"}, Settings{theme.Light, 100, "it", FirstWidth, FirstHeight, 1, "a1b2"}},
		"no number":        {Settings{theme.Light, 100, "it", nan, nan, 10, ""}, Default},
	} {
		if got := Valid(c.in); got != c.want {
			t.Errorf("%s: got %+v, want %+v", name, got, c.want)
		}
	}
}
