//go:build ignore

// Command make writes places.txt.gz again from what README.md names:
//
//	go run make.go -comuni ANPR_archivio_comuni.csv -later package/asset/cities-countries.ts
package main

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// A row is one name and province of one code from a day to a day, both included. The days are YYYYMMDD; "" has no end.
type row struct{ code, from, to, province, name, other string }

func main() {
	comuni := flag.String("comuni", "", "ANPR_archivio_comuni.csv")
	later := flag.String("later", "", "asset/cities-countries.ts of the npm package")
	out := flag.String("out", "places.txt.gz", "file to write")
	flag.Parse()
	if err := run(*comuni, *later, *out); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(comuni, later, out string) error {
	rows, err := readANPR(comuni)
	if err != nil {
		return err
	}
	packed, err := readPacked(later)
	if err != nil {
		return err
	}
	states, err := readStates("states.txt")
	if err != nil {
		return err
	}
	rows = merge(append(withLater(rows, packed), withStates(packed, states)...))
	if err := withNames(rows, "names.txt"); err != nil {
		return err
	}
	var text bytes.Buffer
	for _, r := range rows {
		fmt.Fprintf(&text, "%s|%s|%s|%s|%s|%s\n", r.code, r.from, r.to, r.province, r.name, r.other)
	}
	fmt.Printf("%d rows, %d bytes of text\n", len(rows), text.Len())
	return writeGzip(out, text.Bytes())
}

// readANPR reads the archive of comuni of the Ministero dell'Interno. Rows without a code of their own (ND) are left out.
func readANPR(path string) ([]row, error) {
	file, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	table, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(file, []byte("\ufeff")))).ReadAll()
	if err != nil || len(table) == 0 {
		return nil, errors.Join(err, errors.New("no comuni"))
	}
	column := map[string]int{}
	for i, name := range table[0] {
		column[name] = i
	}
	var rows []row
	for _, line := range table[1:] {
		get := func(name string) string { return line[column[name]] }
		if get("CODCATASTALE") == "ND" {
			continue
		}
		rows = append(rows, row{get("CODCATASTALE"), day(get("DATAISTITUZIONE")), day(get("DATACESSAZIONE")),
			get("SIGLAPROVINCIA"), title(get("DENOMINAZIONE_IT")), title(get("ALTRADENOMINAZIONE"))})
	}
	return rows, nil
}

// day writes 2016-12-31 as 20161231 and the register's 9999-12-31 as "".
func day(iso string) string {
	if strings.HasPrefix(iso, "9999") {
		return ""
	}
	return strings.ReplaceAll(iso, "-", "")
}

// packedTable is one of the two tables of the npm package: strings of fields of a fixed width, in base 32.
type packedTable struct {
	BelfioreCode, Name, CreationDate, ExpirationDate, ProvinceOrCountry string
}

// readPacked reads the packed tables of the npm package.
func readPacked(path string) ([]row, error) {
	source, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	source = source[bytes.IndexByte(source, '{'):]
	source = regexp.MustCompile(`,(\s*[}\]])`).ReplaceAll(source, []byte("$1")) // TypeScript allows a last comma
	var file struct{ Data []packedTable }
	if err := json.NewDecoder(bytes.NewReader(source)).Decode(&file); err != nil {
		return nil, err
	}
	var rows []row
	for _, t := range file.Data {
		names := strings.Split(t.Name, "|")
		for i := range len(t.BelfioreCode) / 3 {
			n, err := strconv.ParseInt(t.BelfioreCode[3*i:3*i+3], 32, 32)
			if err != nil {
				return nil, err
			}
			rows = append(rows, row{code: fmt.Sprintf("%c%03d", 'A'+n/1000, n%1000), from: packedDay(t.CreationDate, i),
				to: packedDay(t.ExpirationDate, i), province: t.ProvinceOrCountry[2*i : 2*i+2], name: title(onceEncoded(names[i]))})
		}
	}
	return rows, nil
}

// packedDay reads the i-th day of a packed column, counted from the first of 1861.
func packedDay(column string, i int) string {
	if column == "" {
		return ""
	}
	n, err := strconv.ParseInt(column[4*i:4*i+4], 32, 32)
	if err != nil {
		panic(err)
	}
	return time.Date(1861, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(n)).Format("20060102")
}

// onceEncoded mends names that went through UTF-8 twice ("CittÃ " is Città).
func onceEncoded(s string) string {
	var b []byte
	for _, r := range s {
		if r > 0xff {
			return s
		}
		b = append(b, byte(r))
	}
	if utf8.Valid(b) {
		return string(b)
	}
	return s
}

// withLater adds the comuni that the packed table has and the archive has not yet, and ends those that ended meanwhile.
func withLater(rows, packed []row) []row {
	known, open := map[string]bool{}, map[string]int{}
	for i, r := range rows {
		known[r.code] = true
		if r.to == "" {
			open[r.code] = i
		}
	}
	for _, p := range packed {
		i, active := open[p.code]
		switch {
		case p.code[0] == 'Z':
		case !known[p.code]:
			fmt.Println("later:", p)
			rows = append(rows, p)
		case active && p.to != "":
			fmt.Println("ended later:", p)
			rows[i].to = p.to
		}
	}
	return rows
}

// withNames gives the names of a file, a code and a name a line, to the comuni that took them since the archive.
func withNames(rows []row, path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(text)) {
		code, name, _ := strings.Cut(strings.TrimSpace(line), "|")
		i := slices.IndexFunc(rows, func(r row) bool { return r.code == code && r.to == "" })
		if i < 0 || rows[i].other != "" {
			return fmt.Errorf("%s cannot take the name %s", code, name)
		}
		rows[i].other = name
	}
	return nil
}

// readStates reads states.txt: code, from, to and name, parted by bars.
func readStates(path string) ([]row, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var rows []row
	for line := range strings.Lines(string(text)) {
		f := strings.Split(strings.TrimSpace(line), "|")
		if len(f) == 5 {
			rows = append(rows, row{code: f[0], from: f[1], to: f[2], province: "EE", name: f[3], other: f[4]})
		}
	}
	return rows, nil
}

// withStates lists the foreign states: the packed ones, except where states.txt says otherwise, and those of states.txt.
func withStates(packed, own []row) []row {
	list := slices.Clone(own)
	for _, p := range packed {
		ours := slices.ContainsFunc(own, func(o row) bool { return o.code == p.code })
		if p.code[0] == 'Z' && !ours {
			list = append(list, row{code: p.code, province: "EE", name: p.name})
		}
	}
	return list
}

// merge sorts the rows and joins neighbours that say the same of touching days.
func merge(rows []row) []row {
	slices.SortFunc(rows, func(a, b row) int { return cmp.Or(cmp.Compare(a.code, b.code), cmp.Compare(a.from, b.from)) })
	var joined []row
	for _, r := range rows {
		if n := len(joined) - 1; n >= 0 {
			last := &joined[n]
			if last.code == r.code && last.name == r.name && last.other == r.other && last.province == r.province && follows(last.to, r.from) {
				last.to = r.to
				continue
			}
		}
		joined = append(joined, r)
	}
	return joined
}

// follows reports whether the day from is the one after the day to, or the same.
func follows(to, from string) bool {
	last, err := time.Parse("20060102", to)
	return err == nil && (from == to || last.AddDate(0, 0, 1).Format("20060102") == from)
}

// small are the words inside a name that are written small.
var small = strings.Fields("a ad al all alla alle ai agli allo con col d da dal dalla dall de del della delle dei degli dello dell di e ed fra in nel nella nelle nei negli nell presso per su sul sulla sulle sui sull tra an der am auf im ob bei und den dem")

// title writes "REGGIO NELL'EMILIA" as "Reggio nell'Emilia".
func title(name string) string {
	var b strings.Builder
	word, first := []rune{}, true
	flush := func() {
		lower := strings.ToLower(string(word))
		if len(word) > 0 && (first || !slices.Contains(small, lower)) {
			b.WriteString(string(unicode.ToUpper(word[0])) + strings.ToLower(string(word[1:])))
		} else {
			b.WriteString(lower)
		}
		first = first && len(word) == 0
		word = word[:0]
	}
	for _, r := range name {
		if unicode.IsLetter(r) {
			word = append(word, r)
			continue
		}
		flush()
		b.WriteRune(r)
	}
	flush()
	return strings.TrimSpace(b.String())
}

func writeGzip(path string, text []byte) error {
	var packed bytes.Buffer
	z, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := io.Copy(z, bytes.NewReader(text)); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	return os.WriteFile(path, packed.Bytes(), 0o644)
}
