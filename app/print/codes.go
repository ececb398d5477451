package print

import (
	"io"
	"strings"
	"time"
)

// RecoverySheet is a recovery code on paper. The password is not on it.
type RecoverySheet struct {
	Code     string // grouped, as the vault gave it
	Mutual   string
	Holder   string
	Computer string    // a name that the member recognises this computer by; "" = not written
	MadeAt   time.Time // UTC
}

// Recovery writes the sheet with the recovery code, for reading and as a QR code.
func Recovery(w io.Writer, fonts Fonts, s RecoverySheet) error {
	return drawn(func() error { return recovery(w, fonts, s) })
}

func recovery(w io.Writer, fonts Fonts, s RecoverySheet) error {
	p := newPaper(fonts, "Codice di recupero", s.MadeAt)
	p.line("Mutua", s.Mutual)
	p.line("Titolare", s.Holder)
	if s.Computer != "" {
		p.line("Computer", s.Computer)
	}
	p.line("Data", day(s.MadeAt))
	p.gap(5)
	top := p.pdf.GetY()
	const side = 42.0
	p.qr(s.Code, pageWidth-margin-side, top, side)
	p.mono(inRows(s.Code, 4), 19, textWidth-side-5)
	p.pdf.SetY(max(p.pdf.GetY(), top+side))
	p.gap(3)
	p.heading("A che cosa serve")
	p.paragraph("Apre il tuo archivio su questo computer quando hai dimenticato la password, anche senza rete. Vale solo per questo computer.")
	p.paragraph("Non è la password dell'area riservata: quando il computer torna in rete, Sodale può chiederti quella.")
	p.heading("Come si usa")
	p.steps("Apri Sodale. Sotto la password scegli «Usa il codice di recupero».",
		"Scrivi il codice. Maiuscole, trattini e spazi non contano.",
		"Scegli una nuova password.")
	p.heading("Come si conserva")
	p.paragraph("Tienilo lontano dal computer, come un documento. Chi ha insieme questo foglio e il computer può aprire l'archivio. Se crei un nuovo codice, questo non vale più: distruggi il foglio.")
	return p.finish(w)
}

// inRows breaks a grouped code after every n groups.
func inRows(code string, n int) string {
	groups := strings.Split(code, "-")
	var b strings.Builder
	for i, g := range groups {
		switch {
		case i == 0:
		case i%n == 0:
			b.WriteString("-\n")
		default:
			b.WriteByte('-')
		}
		b.WriteString(g)
	}
	return b.String()
}

// FactorSheet is the codes for when the telephone is lost (TFA-05). The password is not on it.
type FactorSheet struct {
	Codes  []string
	Area   string // what the mutual calls its reserved area: "CesarePozzoXTE"
	User   string
	MadeAt time.Time // UTC
}

// FactorCodes writes the sheet of the recovery codes, each with a box to tick when it is used (TFA-09).
func FactorCodes(w io.Writer, fonts Fonts, s FactorSheet) error {
	return drawn(func() error { return factorCodes(w, fonts, s) })
}

func factorCodes(w io.Writer, fonts Fonts, s FactorSheet) error {
	p := newPaper(fonts, "Codici di recupero dell'autenticazione a due fattori", s.MadeAt)
	p.line("Area riservata", s.Area)
	p.line("Utente", s.User)
	p.line("Data", day(s.MadeAt))
	p.gap(5)
	for i := 0; i < len(s.Codes); i += 2 {
		top := p.pdf.GetY()
		for j, code := range s.Codes[i:min(i+2, len(s.Codes))] {
			x := margin + float64(j)*textWidth/2
			p.pdf.SetDrawColor(60, 60, 60)
			p.pdf.Rect(x, top+1.2, 4, 4, "D")
			p.pdf.SetXY(x+7, top)
			p.pdf.SetFont("code", "", p.fitting(code, textWidth/2-15, 13))
			p.pdf.CellFormat(textWidth/2-9, 6.5, clean(code), "", 0, "L", false, 0, "")
		}
		p.pdf.SetXY(margin, top+10)
	}
	p.heading("A che cosa servono")
	p.paragraph("Permettono di entrare quando hai perso il dispositivo con l'app che genera i codici, o non puoi usarla. Ogni codice vale una volta sola: quando ne usi uno, segnalo.")
	p.heading("Come si usano")
	p.steps("Scrivi il codice utente e la password, come sempre.", "Scegli «Usa un codice di recupero».", "Scrivi uno dei codici non ancora usati e scegli «Entra».")
	p.heading("Come si conservano")
	p.paragraph("In un posto sicuro, lontano dal dispositivo. Con nuovi codici questi non valgono più.")
	return p.finish(w)
}

// fitting is the largest size, at most size, at which a code is no wider than width.
func (p *paper) fitting(code string, width, size float64) float64 {
	p.pdf.SetFont("code", "", size)
	if wide := p.pdf.GetStringWidth(clean(code)); wide > width {
		return size * width / wide
	}
	return size
}
