package sample

import "fmt"

// What is filled into FilledForm.
const (
	FormName  = "MARCHETTI ELENA"
	FormIBAN  = "IT60X0542811101000000123456"
	FormStamp = "RICEVUTO"
)

// FormNameAt is where FormName stands on the page of FilledForm, in points from the top left; FormStampAt is the stamp.
var (
	FormNameAt  = [4]float64{180, 182, 420, 206}
	FormStampAt = [4]float64{360, 420, 540, 480}
)

// FilledForm is a member's request form: a PDF whose answers are form fields (one with its appearance written, one
// without) and which bears a stamp annotation. What the page itself draws is only the questions.
func FilledForm() []byte {
	var p pdfFile
	fonts := p.fonts()
	l := layout{rules: []rule{{54, pageWidth - 54, 120}}}
	l.words = []words{
		{"Mutua Aurora", 54, 78, 18, true, left}, {"Modulo di richiesta", 54, 104, 14, false, left},
		{"Socia o socio", 54, 199, 12, false, left}, {"IBAN", 54, 249, 12, false, left}, {"Firma", 54, 499, 12, false, left},
	}
	box := func(at [4]float64) string {
		return fmt.Sprintf("[%g %g %g %g]", at[0], pageHeight-at[3], at[2], pageHeight-at[1])
	}
	w, h := FormNameAt[2]-FormNameAt[0], FormNameAt[3]-FormNameAt[1]
	look := p.addStream(fmt.Sprintf("/Type /XObject /Subtype /Form /BBox [0 0 %g %g] /Resources << %s >>", w, h, fonts),
		fmt.Appendf(nil, "/Tx BMC BT /F1 13 Tf 4 7 Td %s Tj ET EMC", literal(FormName)))
	name := p.add("<< /Type /Annot /Subtype /Widget /FT /Tx /T (nome) /V %s /Rect %s /F 4 /DA (/F0 12 Tf 0 g) /AP << /N %d 0 R >> >>",
		literal(FormName), box(FormNameAt), look)
	iban := p.add("<< /Type /Annot /Subtype /Widget /FT /Tx /T (iban) /V %s /Rect %s /F 4 /DA (/F0 12 Tf 0 g) >>",
		literal(FormIBAN), box([4]float64{180, 232, 420, 256}))
	w, h = FormStampAt[2]-FormStampAt[0], FormStampAt[3]-FormStampAt[1]
	mark := p.addStream(fmt.Sprintf("/Type /XObject /Subtype /Form /BBox [0 0 %g %g] /Resources << %s >>", w, h, fonts),
		fmt.Appendf(nil, "0.8 0 0 RG 0.8 0 0 rg 4 w 2 2 %g %g re S BT /F1 24 Tf 18 20 Td %s Tj ET", w-4, h-4, literal(FormStamp)))
	stamp := p.add("<< /Type /Annot /Subtype /Stamp /Rect %s /F 4 /AP << /N %d 0 R >> >>", box(FormStampAt), mark)
	return p.bytes(p.page(p.addDeflated("", l.content()), fonts, fmt.Sprintf("/Annots [%d 0 R %d 0 R %d 0 R]", name, iban, stamp),
		fmt.Sprintf("/AcroForm << /Fields [%d 0 R %d 0 R] /NeedAppearances true /DA (/F0 12 Tf 0 g) /DR << %s >> >>", name, iban, fonts)))
}
