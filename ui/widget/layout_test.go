package widget

import (
	"testing"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/ui/theme"
)

func TestTheLastOfAFlowApartEndsAtTheRightEdge(t *testing.T) {
	for name, width := range map[string]float32{"one line": 400, "two lines": 150} {
		first, last := Space(100, 40), Space(80, 40)
		FlowApart(8, first, last).Resize(fyne.NewSize(width, 100))
		if right := last.Position().X + last.Size().Width; first.Position().X != 0 || right != width {
			t.Errorf("%s: the first begins at %v, the last ends at %v of %v", name, first.Position().X, right, width)
		}
	}
}

func TestTheLongestEntryOfTheNavigationIsReadWholeBesideItsCount(t *testing.T) {
	n := NewNavItem(theme.IconReceipt, "Rimborsi e sussidi", nothing)
	window(t, n)
	n.SetSelected(true)
	n.SetCount(12)
	n.Resize(fyne.NewSize(theme.Px(248-2*12), theme.Px(theme.TargetHeight))) // a navigation of 248 with its edges
	if n.text.Size().Width < n.text.natural() {
		t.Errorf("%v for %v", n.text.Size().Width, n.text.natural())
	}
}
