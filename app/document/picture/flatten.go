package picture

import "image"

// What Flatten takes for light rather than ink: the paper is judged in cells of so many pixels a side, a cell is as light
// as the lightest within so many cells, and the light is smooth over so many. Right for 150 to 300 dpi.
const (
	cellSide   = 8
	cellReach  = 3
	cellSmooth = 6
)

// paperWhite is the level that Flatten gives to paper, out of 255.
const paperWhite = 245

// Flatten evens out the light: each pixel is divided by how light the paper around it is. A shaded photo becomes dark
// letters on white paper, which is what makes it legible to a machine.
func Flatten(g *image.Gray) *image.Gray {
	from := planeOf(g)
	out := image.NewGray(image.Rect(0, 0, from.w, from.h))
	if from.w == 0 || from.h == 0 {
		return out
	}
	light := paper(g)
	across := interpolation(from.w, light.Rect.Dx())
	down := interpolation(from.h, light.Rect.Dy())
	for y := range from.h {
		a, b := planeOf(light).row(down[y].cell), planeOf(light).row(down[y].next)
		row, to := from.row(y), out.Pix[y*out.Stride:][:from.w]
		f := down[y].share
		for x := range row {
			c := across[x]
			above := int(a[c.cell])*(256-c.share) + int(a[c.next])*c.share
			below := int(b[c.cell])*(256-c.share) + int(b[c.next])*c.share
			level := max(1, (above*(256-f)+below*f)>>16)
			to[x] = uint8(min(255, int(row[x])*paperWhite/level))
		}
	}
	return out
}

// paper is how light the paper is in each cell.
func paper(g *image.Gray) *image.Gray {
	from := planeOf(g)
	cells := fit(g, (from.w+cellSide-1)/cellSide, (from.h+cellSide-1)/cellSide)
	w, h := cells.Rect.Dx(), cells.Rect.Dy()
	lightest := image.NewGray(cells.Rect)
	for y := range h {
		for x := range w {
			var m uint8
			for j := max(0, y-cellReach); j <= min(h-1, y+cellReach); j++ {
				for _, v := range cells.Pix[j*cells.Stride+max(0, x-cellReach) : j*cells.Stride+min(w, x+cellReach+1)] {
					m = max(m, v)
				}
			}
			lightest.Pix[y*lightest.Stride+x] = m
		}
	}
	return smooth(lightest, cellSmooth)
}

// between is where a pixel lies among the middles of cells: behind cell, share/256 of the way to next.
type between struct{ cell, next, share int }

func interpolation(pixels, cells int) []between {
	out := make([]between, pixels)
	for i := range out {
		at := min(max((2*i+1)*cells*128/pixels-128, 0), (cells-1)*256) // in 256ths of a cell
		cell := at / 256
		out[i] = between{cell, min(cell+1, cells-1), at % 256}
	}
	return out
}

// smooth is each pixel as the average of those within reach, row by row, then column by column.
func smooth(g *image.Gray, reach int) *image.Gray {
	across := slide(g, reach)
	return Turn(slide(Turn(across, 1), reach), 3)
}

// slide averages along rows. At the ends there are fewer pixels to average.
func slide(g *image.Gray, reach int) *image.Gray {
	from := planeOf(g)
	out := image.NewGray(image.Rect(0, 0, from.w, from.h))
	for y := range from.h {
		row, to := from.row(y), out.Pix[y*out.Stride:][:from.w]
		sum, n := 0, 0
		for x := -reach; x < from.w; x++ {
			if in := x + reach; in < from.w {
				sum, n = sum+int(row[in]), n+1
			}
			if gone := x - reach - 1; gone >= 0 {
				sum, n = sum-int(row[gone]), n-1
			}
			if x >= 0 {
				to[x] = uint8(sum / n)
			}
		}
	}
	return out
}
