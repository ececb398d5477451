package picture

import (
	"image"
	"math"
)

// Point is a place on a picture as shares of its width and height, 0 to 1, from the top left. So it means the same on the
// full picture and on a small preview.
type Point struct{ X, Y float64 }

// Corners are those of a sheet on a picture, clockwise from its top left.
type Corners [4]Point

// Whole are the corners of the picture itself.
var Whole = Box(0, 0, 1, 1)

// Box are the corners of an upright rectangle.
func Box(left, top, right, bottom float64) Corners {
	return Corners{{left, top}, {right, top}, {right, bottom}, {left, bottom}}
}

// Turn is where the corners lie, and in which order, once the picture is turned clockwise by quarter turns.
func (c Corners) Turn(quarters int) Corners {
	for range (quarters%4 + 4) % 4 {
		for i, p := range c {
			c[i] = Point{1 - p.Y, p.X}
		}
		c = Corners{c[3], c[0], c[1], c[2]}
	}
	return c
}

// inside is the largest upright rectangle between the corners of a sheet that lies nearly straight, in pixels.
func (c Corners) inside(w, h int) image.Rectangle {
	left, right := max(c[0].X, c[3].X), min(c[1].X, c[2].X)
	top, bottom := max(c[0].Y, c[1].Y), min(c[2].Y, c[3].Y)
	return image.Rect(int(math.Ceil(left*float64(w))), int(math.Ceil(top*float64(h))), int(right*float64(w)), int(bottom*float64(h)))
}

// Lift is the sheet between the corners, laid flat: as large as its longer sides, with what perspective did undone.
// Corners outside of the picture count as on its edge; corners that don't span a sheet give an empty picture.
func Lift[P Picture](img P, corners Corners) P {
	from := planeOf(img)
	var c Corners
	for i, p := range corners {
		c[i] = Point{min(max(p.X, 0), 1) * float64(from.w), min(max(p.Y, 0), 1) * float64(from.h)}
	}
	if c[0].X == c[3].X && c[1].X == c[2].X && c[0].Y == c[1].Y && c[2].Y == c[3].Y {
		return Crop(img, image.Rect(round(c[0].X), round(c[0].Y), max(round(c[2].X), round(c[0].X)), max(round(c[2].Y), round(c[0].Y))))
	}
	if !c.convex() {
		out, _ := sheet(img, 0, 0)
		return out
	}
	w := round(max(c[0].distance(c[1]), c[3].distance(c[2])))
	h := round(max(c[0].distance(c[3]), c[1].distance(c[2])))
	out, to := sheet(img, w, h)
	to.whiten()
	lay := c.perspective()
	for y := range h {
		row := to.row(y)
		for x := range w {
			p := lay((float64(x)+0.5)/float64(w), (float64(y)+0.5)/float64(h))
			from.read(p.X-0.5, p.Y-0.5, row[x*to.n:(x+1)*to.n])
		}
	}
	return out
}

func round(v float64) int { return int(math.Round(v)) }

func (p Point) distance(q Point) float64 { return math.Hypot(p.X-q.X, p.Y-q.Y) }

// corner is twice the area of the triangle at corner i; above 0 where the way around turns clockwise.
func (c Corners) corner(i int) float64 {
	a, b, d := c[(i+3)%4], c[i], c[(i+1)%4]
	return (b.X-a.X)*(d.Y-b.Y) - (b.Y-a.Y)*(d.X-b.X)
}

// convex reports whether every corner turns clockwise.
func (c Corners) convex() bool {
	for i := range c {
		if !(c.corner(i) > 0) {
			return false
		}
	}
	return true
}

// area is that inside convex corners.
func (c Corners) area() float64 { return (c.corner(0) + c.corner(2)) / 2 }

// perspective maps the unit square onto the corners (Heckbert, Fundamentals of Texture Mapping, 1989, section 2.2.3).
func (c Corners) perspective() func(u, v float64) Point {
	dx1, dy1 := c[1].X-c[2].X, c[1].Y-c[2].Y
	dx2, dy2 := c[3].X-c[2].X, c[3].Y-c[2].Y
	sx, sy := c[0].X-c[1].X+c[2].X-c[3].X, c[0].Y-c[1].Y+c[2].Y-c[3].Y
	det := dx1*dy2 - dx2*dy1
	g, h := (sx*dy2-dx2*sy)/det, (dx1*sy-sx*dy1)/det
	ax, bx := c[1].X-c[0].X+g*c[1].X, c[3].X-c[0].X+h*c[3].X
	ay, by := c[1].Y-c[0].Y+g*c[1].Y, c[3].Y-c[0].Y+h*c[3].Y
	return func(u, v float64) Point {
		z := g*u + h*v + 1
		return Point{(ax*u + bx*v + c[0].X) / z, (ay*u + by*v + c[0].Y) / z}
	}
}
