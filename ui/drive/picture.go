package drive

import (
	"errors"
	"image"
	"image/draw"
	"image/png"
	"os"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// Picture writes what is seen as a PNG.
func (w *Window) Picture(path string) (err error) {
	w.app.Pump()
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return png.Encode(f, w.capture())
}

// capture is what is seen. The toolkit's painter without a display cuts what lies in a scroll at that scroll alone, where a
// real window cuts it at those around it too. So the parts that would stick out are left out, and what is seen of them is
// put back.
func (w *Window) capture() image.Image {
	c := w.window.Canvas()
	var out []sticking
	size := c.Size()
	for _, root := range append([]fyne.CanvasObject{c.Content()}, c.Overlays().List()...) {
		out = stickingOut(out, root, fyne.Position{}, image.Rect(0, 0, int(size.Width), int(size.Height)))
	}
	whole := c.Capture()
	if len(out) == 0 {
		return whole
	}
	for _, s := range out {
		s.show(false)
	}
	bare := c.Capture()
	picture := image.NewNRGBA(bare.Bounds())
	draw.Draw(picture, picture.Rect, bare, bare.Bounds().Min, draw.Src)
	for _, s := range out {
		s.show(true)
		draw.Draw(picture, s.seen, whole, s.seen.Min, draw.Src)
	}
	return picture
}

// sticking is a scroll that reaches beyond those around it: what is in it, and where it is seen.
type sticking struct {
	parts []fyne.CanvasObject
	seen  image.Rectangle // in units of the canvas, which are pixels without a display
}

func (s sticking) show(visible bool) {
	for _, o := range s.parts {
		if visible {
			o.Show()
		} else {
			o.Hide()
		}
	}
}

// stickingOut adds the scrolls inside an object that reach beyond clip, where everything around them is cut.
func stickingOut(found []sticking, o fyne.CanvasObject, at fyne.Position, clip image.Rectangle) []sticking {
	if o == nil || !o.Visible() {
		return found
	}
	at = at.Add(o.Position())
	parts := inside(o)
	if _, scrolls := o.(fyne.Scrollable); scrolls {
		own := image.Rect(int(at.X), int(at.Y), int(at.X+o.Size().Width), int(at.Y+o.Size().Height))
		if !own.In(clip) {
			s := sticking{seen: own.Intersect(clip)}
			for _, part := range parts {
				if part.Visible() {
					s.parts = append(s.parts, part)
				}
			}
			return append(found, s)
		}
		clip = own
	}
	for _, part := range parts {
		found = stickingOut(found, part, at, clip)
	}
	return found
}

// inside lists what an object is drawn of.
func inside(o fyne.CanvasObject) []fyne.CanvasObject {
	switch x := o.(type) {
	case *fyne.Container:
		return x.Objects
	case fyne.Widget:
		return test.WidgetRenderer(x).Objects()
	}
	return nil
}
