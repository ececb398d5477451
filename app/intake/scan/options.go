package scan

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/sodale/sodale/app/fault"
)

// options are what a scanner can be set to, by the name of the option: what scanimage prints of it between name and
// present value. Options that can't be set at the moment are left out.
type options map[string]string

// optionLine is a line of `scanimage --all-options`, for example "    --resolution 75|150|300dpi [75]".
var optionLine = regexp.MustCompile(`(?m)^ +(--?[a-z][a-z0-9-]*)[ =](.+) \[([^\]]*)\]`)

func readOptions(text string) options {
	all := options{}
	for _, m := range optionLine.FindAllStringSubmatch(text, -1) {
		if m[3] != "inactive" && m[3] != "read-only" {
			all[m[1]] = strings.TrimSpace(m[2])
		}
	}
	return all
}

// The largest paper, A4, in millimetres.
const (
	paperWidth  = 210
	paperHeight = 297
)

// settings are the arguments that ask for a grey A4 page. What the scanner can't be set to it does as it likes.
func (o options) settings(feeder bool) ([]string, error) {
	var out []string
	source, found := o.source(feeder)
	if feeder && !found {
		return nil, fault.New(CodeNoFeeder, "scan.settings", "")
	}
	if found {
		out = append(out, "--source="+source)
	}
	if mode, ok := o.choice("--mode", "gray", "grey"); ok {
		out = append(out, "--mode="+mode)
	}
	if dots, ok := nearest(o["--resolution"], Resolution); ok {
		out = append(out, "--resolution="+strconv.Itoa(dots))
	}
	if width, ok := nearest(o["-x"], paperWidth); ok {
		out = append(out, "-x", strconv.Itoa(width))
	}
	if height, ok := nearest(o["-y"], paperHeight); ok {
		out = append(out, "-y", strconv.Itoa(height))
	}
	return out, nil
}

func (o options) source(feeder bool) (string, bool) {
	if feeder {
		return o.choice("--source", "feeder", "adf")
	}
	return o.choice("--source", "flatbed", "platen")
}

// choice returns the shortest choice of an option that has one of the words in it: "Gray" before "True Gray", "ADF"
// before "ADF Duplex".
func (o options) choice(name string, words ...string) (best string, ok bool) {
	for _, c := range strings.Split(o[name], "|") {
		for _, w := range words {
			if strings.Contains(strings.ToLower(c), w) && (!ok || len(c) < len(best)) {
				best, ok = c, true
			}
		}
	}
	return best, ok
}

// numbers finds the whole part of each number.
var numbers = regexp.MustCompile(`(\d+)(\.\d+)?`)

// nearest chooses from numbers as scanimage writes them: a range ("0..215.9mm (in steps of 1)") or a list
// ("75|150|300dpi"). It is the wanted one, or the next larger in a list, or the largest.
func nearest(offered string, wanted int) (int, bool) {
	offered, _, _ = strings.Cut(offered, "(")
	low, high, isRange := strings.Cut(offered, "..")
	if isRange {
		return max(number(low), min(wanted, number(high))), number(high) > 0
	}
	best := 0
	for _, text := range numbers.FindAllString(offered, -1) {
		n := number(text)
		if best == 0 || (best < wanted && n > best) || (n >= wanted && n < best) {
			best = n
		}
	}
	return best, best > 0
}

// number is the whole number that a text begins with; 0 when it begins with none, or with one of more than nine digits.
func number(text string) int {
	digits := numbers.FindString(text)
	whole, _, _ := strings.Cut(digits, ".")
	if !strings.HasPrefix(text, digits) || len(whole) > 9 {
		return 0
	}
	n, _ := strconv.Atoi(whole)
	return n
}
