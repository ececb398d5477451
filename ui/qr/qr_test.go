package qr_test

import (
	"image/color"
	"strings"
	"testing"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/ui/qr"
)

func TestEveryModuleIsAWholeNumberOfPixels(t *testing.T) {
	q, err := qr.New("SODALE1:" + strings.Repeat("A7", 60))
	if err != nil {
		t.Fatal(err)
	}
	n := len(q)
	for _, size := range []int{n, 3*n + 1, 188, 620} {
		picture, side := q.Draw(size, size+7), size/n
		left, top := (size-side*n)/2, (size+7-side*n)/2
		for y := range size + 7 {
			for x := range size {
				mx, my := (x-left)/max(side, 1), (y-top)/max(side, 1)
				dark := side > 0 && x >= left && y >= top && mx < n && my < n && q[my][mx]
				if got := picture.At(x, y); got != map[bool]color.Color{true: color.Black, false: color.White}[dark] {
					t.Fatalf("size %d, pixel %d,%d is %v", size, x, y, got)
				}
			}
		}
	}
	if q[0][0] || q[3][n/2] || !q[4][4] {
		t.Error("the quiet zone is not four modules wide")
	}
}

func TestACodeThatIsTooLongIsSaid(t *testing.T) {
	if _, err := qr.New(strings.Repeat("x", 5000)); fault.CodeOf(err) != qr.CodeNone {
		t.Errorf("got %v", err)
	}
	if _, err := qr.New(""); fault.CodeOf(err) != qr.CodeNone {
		t.Errorf("an empty code gave %v", err)
	}
}
