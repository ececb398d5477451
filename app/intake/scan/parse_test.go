package scan

import (
	"bytes"
	"image"
	"image/color"
	"slices"
	"strings"
	"testing"

	"github.com/sodale/sodale/app/document/wire"
	"github.com/sodale/sodale/app/fault"
)

// multifunction is what scanimage prints of a common machine, shortened.
const multifunction = `
All options specific to device ` + "`airscan:e0:HP DeskJet 2700 series'" + `:
  Standard:
    --resolution 75|150|200|300|600|1200dpi [200]
        Sets the resolution of the scanned image.
    --mode Lineart|Gray|Color [Color]
        Selects the scan mode (e.g., lineart, monochrome, or color).
    --source Flatbed|ADF|ADF Duplex [Flatbed]
        Selects the scan source (such as a document-feeder).
  Geometry:
    -l 0..215.9mm [0]
    -t 0..296.926mm [0]
    -x 0..215.9mm [215.9]
        Width of scan-area.
    -y 0..296.926mm [296.926]
        Height of scan-area.
  Enhancement:
    --brightness -100..100% (in steps of 1) [0]
    --gamma 0.1..4 [inactive]
    --lamp-switch[=(yes|no)] [no]
`

func TestAScannerIsSetToAGreyA4Page(t *testing.T) {
	for _, c := range []struct {
		name, text string
		feeder     bool
		want       string
	}{
		{"flatbed", multifunction, false, "--source=Flatbed --mode=Gray --resolution=300 -x 210 -y 296"},
		{"feeder", multifunction, true, "--source=ADF --mode=Gray --resolution=300 -x 210 -y 296"},
		{"old", "    --mode Lineart|True Gray [Lineart]\n    --resolution 50..240dpi (in steps of 1) [50]\n", false, "--mode=True Gray --resolution=240"},
		{"coarse and fine", "    --resolution 100|200|1200|400dpi [100]\n", false, "--resolution=400"},
		{"coarse", "    --resolution 200|100dpi [100]\n", false, "--resolution=200"},
		{"that can't be set", "    --mode Gray|Color [inactive]\n    --resolution 300dpi [read-only]\n", false, ""},
		{"of no options", "", false, ""},
	} {
		got, err := readOptions(c.text).settings(c.feeder)
		if err != nil || strings.Join(got, " ") != c.want {
			t.Errorf("%s: %q %v, want %s", c.name, got, err, c.want)
		}
	}
	if _, err := readOptions("    --source Flatbed [Flatbed]\n").settings(true); fault.CodeOf(err) != CodeNoFeeder {
		t.Error(err)
	}
}

func FuzzOptions(f *testing.F) {
	f.Add(multifunction)
	f.Fuzz(func(t *testing.T, text string) {
		got, _ := readOptions(text).settings(false)
		for i, a := range got {
			if (a == "-x" || a == "-y") && number(got[i+1]) > paperHeight {
				t.Fatalf("%q", got)
			}
		}
	})
}

func TestPicturesOfScanimageAreRead(t *testing.T) {
	for _, c := range []struct {
		name, data string
		at         image.Point
		want       color.Color
	}{
		{"black and white", "P4\n# SANE data follows\n9 2\n\x00\x00\x80\x80", image.Pt(0, 1), color.Gray{0}},
		{"its last bit", "P4\n9 2\n\x00\x00\x80\x80", image.Pt(8, 1), color.Gray{0}},
		{"its white", "P4\n9 2\n\x00\x00\x80\x80", image.Pt(1, 1), color.Gray{255}},
		{"grey", "P5\n# SANE data follows\n2 2\n255\n\x01\x02\x03\x04", image.Pt(1, 1), color.Gray{4}},
		{"grey of 16 bits", "P5\n2 1\n65535\n\x01\xff\x02\xff", image.Pt(1, 0), color.Gray{2}},
		{"colour", "P6\n1 1\n255\n\x01\x02\x03", image.Pt(0, 0), color.RGBA{1, 2, 3, 255}},
		{"a pixel that looks like a comment", "P5\n1 1\n255\n#", image.Pt(0, 0), color.Gray{'#'}},
	} {
		img, err := readPNM(strings.NewReader(c.data))
		if err != nil || img.At(c.at.X, c.at.Y) != c.want {
			t.Errorf("%s: %v %v", c.name, img, err)
		}
	}
}

func TestWhatIsNoPictureOfScanimageIsRefused(t *testing.T) {
	for _, data := range []string{
		"", "P", "P3\n1 1\n255\n0", "P5\n1", "P5\n1 1\n255\n", "P5\n0 1\n255\n", "P5\n1 1\n100\n\x01", "P5\n-1 1\n255\n\x01",
		"P5\n1000000 1000000\n255\n", "P5\n99999999999999999999 1\n255\n", "P6\n1 1\n255\n\x01\x02", "P4\n9 1\n\x01",
	} {
		if img, err := readPNM(strings.NewReader(data)); err == nil {
			t.Errorf("%q: %v", data, img.Bounds())
		}
	}
}

func FuzzPNM(f *testing.F) {
	f.Add([]byte("P5\n# SANE data follows\n2 2\n255\n\x01\x02\x03\x04"))
	f.Add([]byte("P4\n9 2\n\x00\x00\x80\x80"))
	f.Fuzz(func(t *testing.T, data []byte) {
		img, err := readPNM(bytes.NewReader(data))
		if err != nil {
			return
		}
		if s := img.Bounds().Size(); s.X <= 0 || s.Y <= 0 || s.X*s.Y > wire.MaxImage || s.X*s.Y > 8*len(data) {
			t.Fatalf("%v of %d bytes", s, len(data))
		}
	})
}

func TestProgressIsReadHoweverItIsCut(t *testing.T) {
	text := "Scanning infinity pages\nScanning page 1\nProgress: 12.5%\rProgress: 100.0%\rScanned page 1. (scanner status = 5)\nScanning page 2\nProgress: 7.0%\rscanimage: sane_read: Document feeder jammed\n"
	want := [][2]int{{1, 12}, {1, 100}, {2, 7}}
	for step := 1; step < len(text); step += 7 {
		var got [][2]int
		r := report{progress: func(sheet, percent int) { got = append(got, [2]int{sheet, percent}) }}
		for rest := []byte(text); len(rest) > 0; rest = rest[min(step, len(rest)):] {
			if n, err := r.Write(rest[:min(step, len(rest))]); err != nil || n == 0 {
				t.Fatal(n, err)
			}
		}
		if !slices.Equal(got, want) || !strings.HasSuffix(r.last, "jammed") {
			t.Errorf("in steps of %d: %v %q", step, got, r.last)
		}
	}
}
