package reading

var titles = []struct {
	typ    Type
	labels []phrase
}{
	{Discharge, phrases("lettera|relazione|scheda di|clinica? dimissione", "lettera di dimissioni")},
	{Prescription, phrases("ricetta|impegnativa", "ricetta elettronica|dematerializzata|medica|ssn|rossa|bianca", "promemoria per? il|la|dell|della? assistito|ricetta|lassistito", "promemoria", "prescrizione medica|specialistica|farmaceutica")},
	{Certificate, phrases("certificato|certificazione|attestato medico|medica|di|anamnestico?", "si certifica che")},
	{Receipt, phrases("ricevuta|quietanza", "documento commerciale", "scontrino fiscale?", "documento? di? scontrino")},
	{Invoice, phrases("fattura|parcella|notula|fatt", "copia|duplicato di? cortesia|fattura", "td01 fattura", "documento|documento fattura", "invoice|facture|rechnung")},
}

var (
	invoiceMentions = phrases("n|nr|numero|data|totale|importo fattura", "fattura n|nr|numero")
	receiptMentions = phrases("n|nr|numero|data|totale|importo ricevuta", "ricevuta n|nr|numero")
)

var creditNotes = phrases("nota di? credito|accredito", "td04", "storno fattura")

// kind finds the type of the paper by its title: the cell that begins with one, the largest, and of equals the topmost.
func (p *sheetReader) kind() Type {
	best, size := Type(""), 0.0
	for r := range p.rows {
		for _, c := range p.rows[r].cells {
			words := p.rows[r].in(c)
			if p.holds(creditNotes, words) && p.upper(r) {
				return ""
			}
			typ := p.title(words)
			if typ == "" {
				continue
			}
			if h := words[0].y1 - words[0].y0; h > size*1.1 {
				best, size = typ, h
			}
		}
	}
	if best == "" {
		best = p.mentioned()
	}
	return best
}

// mentioned is for papers without a title, where only labels say what they are: "N. fattura", "Totale ricevuta". Both
// words are none.
func (p *sheetReader) mentioned() Type {
	var invoice, receipt bool
	for r := range p.rows {
		for _, c := range p.rows[r].cells {
			words := p.rows[r].in(c)
			if len(words) <= 4 {
				invoice = invoice || p.holds(invoiceMentions, words)
				receipt = receipt || p.holds(receiptMentions, words)
			}
		}
	}
	switch {
	case invoice && !receipt:
		return Invoice
	case receipt && !invoice:
		return Receipt
	}
	return ""
}

// title returns the type whose title a cell begins with. "Ricetta n. 12" in a receipt is a label, no title.
func (p *sheetReader) title(words []word) Type {
	for _, t := range titles {
		n := p.starts(t.labels, words)
		if n == 0 {
			continue
		}
		if t.typ == Prescription && n == 1 && len(words) > 1 {
			return ""
		}
		return t.typ
	}
	return ""
}

// credit reports whether the paper is a credit note: nothing was paid with it.
func (p *sheetReader) credit() bool {
	for r := range p.rows {
		if p.upper(r) && p.holds(creditNotes, p.rows[r].words) {
			return true
		}
	}
	return false
}
