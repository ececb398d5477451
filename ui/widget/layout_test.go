package widget

import (
	"testing"

	"fyne.io/fyne/v2"
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
