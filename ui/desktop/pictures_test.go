package desktop

import (
	"fmt"
	"os"
	"testing"

	"github.com/sodale/sodale/ui/screen/settings"
	"github.com/sodale/sodale/ui/theme"
)

func TestEveryScreenIsDrawnInEveryLook(t *testing.T) {
	if os.Getenv("SODALE_PICTURES") == "" {
		t.Skip("SODALE_PICTURES names no folder")
	}
	for _, look := range []struct {
		name          string
		look          theme.Look
		text          int
		width, height float32
	}{{"light", theme.Light, 100, 1280, 800}, {"dark", theme.Dark, 100, 1280, 800}, {"contrast", theme.HighContrast, 100, 1280, 800},
		{"200", theme.Light, 200, 1024, 700}, {"1366", theme.Light, 100, 1366, 768}} {
		t.Run(look.name, func(t *testing.T) {
			chosen := func(st *stage) { st.stored = settings.Settings{Look: look.look, Text: look.text, Language: "it"} }
			st := open(t, fullVault(), chosen)
			st.size(look.width, look.height)
			st.picture("unlock-" + look.name)
			st.fill("Password", "apriti sesamo")
			st.press("Sblocca")
			for i, to := range st.screens() {
				st.Go(Place{Screen: to})
				st.picture(fmt.Sprintf("%d-%s-%s", i, to, look.name))
			}
			for _, id := range []string{"requested", "review", "unconfirmed", "held", "paid", "draft"} {
				st.Go(Place{Claims, id})
				st.picture("claim-" + id + "-" + look.name)
			}
			st.showQueue()
			st.picture("queue-" + look.name)
			st.queue.Close()
		})
	}
}
