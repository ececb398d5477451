package reading

import (
	"regexp"
	"slices"
	"strings"

	"github.com/sodale/sodale/app/place"
)

var (
	nameLabels     = phrases("denominazione", "ragione sociale")
	providerWords  = phrases("studio|dott|dottssa|dr|drssa|prof|asl|ausl|asst|usl|azienda|ats|ospedale|ospedaliera|policlinico|istituto|irccs|fondazione|clinica|farmacia|laboratorio|ottica|poliambulatorio|ambulatorio|centro|casa|presidio|medico|medica|dentistico|odontoiatrico|diagnostico|parafarmacia|analisi|fisioterapia|cooperativa|associazione")
	legalForms     = phrases("srl|spa|snc|sas|srls|scarl|onlus|coop|sc", "s r l")
	noProvider     = phrases("via|viale|corso|piazza|largo|tel|telefono|cell|fax|cap|indirizzo|sede", "fattura|ricevuta|parcella|documento|quietanza|scontrino|certificato|copia|cassa|sportello|specialista|albo|aut", "piva|pi|cf|codice|regime|iban", "paziente|assistito|utente|spettle|cliente|destinatario|cessionariocommittente|cedenteprestatore|intestatario", "ticket|pagamento|data|numero|totale")
	postCode       = regexp.MustCompile(`^(?:I-)?\d{5}$`)
	provinceSigla  = regexp.MustCompile(`^[A-Z]{2}$`)
	provinceLabels = phrases("provincia|prov")
)

// provider finds who issued the paper and in which row: what stands behind "Denominazione" or at the top of the issuer's block, else
// the line of the head that looks most like the name of a practice, a shop or a public body.
func (p *sheetReader) provider(vatRow int) (string, int) {
	if name, r := p.labelledName(); name != "" {
		return name, r
	}
	if name, r := p.headedName(); name != "" {
		return name, r
	}
	best, score, at := "", 0, -1
	seen := 0
	for r := range p.rows {
		if p.rows[r].page > 0 || r >= headRows && p.rows[r].y > p.top+(p.bottom-p.top)*0.45 {
			break
		}
		for _, c := range p.rows[r].cells {
			if s := p.looks(r, c, seen, vatRow); s > score {
				best, score, at = text(p.rows[r].in(c)), s, r
			}
		}
		seen++
	}
	if score < 5 {
		return "", -1
	}
	return tidy(best), at
}

func (p *sheetReader) labelledName() (string, int) {
	for r := range p.rows {
		for _, c := range p.rows[r].cells {
			words := p.rows[r].in(c)
			if n := p.starts(nameLabels, words); n > 0 && n < len(words) && p.zone(r, c.first) != zoneClient {
				return tidy(text(words[n:])), r
			}
		}
	}
	return "", -1
}

// headedName returns what stands right under the heading of the issuer's block.
func (p *sheetReader) headedName() (string, int) {
	for r := range p.rows {
		for _, c := range p.rows[r].cells {
			if n := p.starts(issuerLabels, p.rows[r].in(c)); n == 0 || n < c.end-c.first || r+1 == len(p.rows) {
				continue
			}
			x0, x1 := p.rows[r].bounds(c)
			for _, under := range p.rows[r+1].cells {
				if u0, u1 := p.rows[r+1].bounds(under); u0 < x1 && u1 > x0 && p.starts(noProvider, p.rows[r+1].in(under)) == 0 {
					return tidy(text(p.rows[r+1].in(under))), r + 1
				}
			}
		}
	}
	return "", -1
}

// headRows are always looked at, however short the paper is.
const headRows = 6

// vatBelow is how many rows under a name that says nothing its partita IVA may stand.
const vatBelow = 8

// looks says how much a cell of the head looks like the name of a provider.
func (p *sheetReader) looks(r int, c cell, row, vatRow int) int {
	words := p.rows[r].in(c)
	low := lowText(words)
	if p.starts(noProvider, words) > 0 || p.holds(noProvider[1:2], words) || len(low) < 4 || len(words) > 10 || p.zone(r, c.first) == zoneClient ||
		p.holds(programLabels, words) || slices.ContainsFunc(words, func(w word) bool { return postCode.MatchString(trim(w.text)) || eleven(w.text, false) != "" }) {
		return 0
	}
	score := max(3-row, 0)
	practice, form := p.holds(providerWords, words), p.holds(legalForms, words[len(words)-1:])
	if practice {
		score += 3
	}
	if form {
		score += 3
	}
	if !practice && !form && (vatRow < r || vatRow > r+vatBelow) {
		return 0 // a motto, a heading
	}
	if h := words[0].y1 - words[0].y0; h > p.height*1.18 {
		score += 2
	}
	return score
}

// tidy takes marks from the ends of a name.
func tidy(s string) string { return strings.Trim(s, " -–|:;,*_") }

// province finds the sigla of the provider's address: behind a post code and a town that lies there, outside the
// client's block, nearest to the provider's name. Two near each other are none.
func (p *sheetReader) province(name int) string {
	best, distance := "", 12
	for r := range p.rows {
		for i := range p.rows[r].words {
			sigla := p.siglaAt(r, i)
			if sigla == "" || p.zone(r, i) == zoneClient || p.rows[r].page > 0 {
				continue
			}
			d := r - name
			if d < 0 {
				d = -d
			}
			if d < distance {
				best, distance = sigla, d
			}
		}
	}
	return best
}

// siglaAt reads a province after the post code at a word, or after "Comune: X Provincia:".
func (p *sheetReader) siglaAt(r, i int) string {
	words := p.rows[r].words
	labelled := p.starts(provinceLabels, words[i:]) == 1
	if !labelled && !postCode.MatchString(trim(words[i].text)) {
		return ""
	}
	for n, w := range words[i+1 : min(i+7, len(words))] {
		sigla := trim(w.text)
		if !provinceSigla.MatchString(sigla) {
			continue
		}
		if _, known := place.ProvinceOf(sigla); !known {
			continue
		}
		town := words[i+1 : i+1+n]
		if labelled {
			if n > 0 {
				return ""
			}
			town = townBefore(words[:i])
		}
		if p.lies(town, sigla) {
			return sigla
		}
	}
	return ""
}

// townBefore returns the words between a label that ends in ":" and the end of words.
func townBefore(words []word) []word {
	for i := len(words) - 1; i >= 0; i-- {
		if strings.HasSuffix(words[i].text, ":") {
			return words[i+1:]
		}
	}
	return words
}

// lies reports whether a town of that name lies in the province.
func (p *sheetReader) lies(town []word, sigla string) bool {
	return len(town) > 0 && len(place.Named(text(town), sigla, p.today)) > 0
}
