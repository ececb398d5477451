package takeout

import (
	"strconv"
	"strings"
)

// readMe is LEGGIMI.txt.
func readMe(d Data, r Result) string {
	lines := []string{
		"I miei dati",
		"",
		"Questa cartella contiene tutto quello che " + d.Program + " tiene su questo computer",
		"per " + d.Mutual.Name + ". È stata scritta il " + instant(d.MadeAt) + ".",
		"I file non sono protetti da password: conservali con cura.",
		"",
		filePDF + "    tutti i dati, da leggere e stampare",
		fileJSON + "   gli stessi dati per i programmi, in JSON (formato " + strconv.Itoa(d.Format) + ")",
		folderFiles + "/   i file delle pratiche, come li hai aggiunti (" + strconv.Itoa(r.Files) + ")",
	}
	if len(d.Household.Photo) > 0 {
		lines = append(lines, filePhoto+"    la tua foto")
	}
	lines = append(lines, "",
		"Il formato di dati.json: un oggetto con le chiavi",
		"  household  persone, contatti, pagamento, piano    account   utente e secondo fattore",
		"  cards      tessere                                claims    pratiche, con stato, ricevuta e file",
		"  requests   richieste alla mutua                   edits     modifiche non inviate",
		"  past       valori scartati                        consents  consensi con data e versione",
		"  notices    avvisi della mutua                     mutual    la mutua",
		"  helpUses   servizi telefonici usati               letters   reclami e domande non inviati",
		"Istanti in UTC (RFC 3339), giorni AAAA-MM-GG, importi in centesimi interi, byte in base64.",
		"Ogni file delle pratiche ha la sua impronta SHA-256.",
		"",
		"Quello che la mutua conserva nei suoi archivi non è qui: per averlo scrivi alla mutua.")
	if len(r.Unreadable) > 0 {
		lines = append(lines, "", "ATTENZIONE: "+strconv.Itoa(len(r.Unreadable))+" file non si leggono più come li avevi aggiunti e non sono nella cartella:")
		for _, f := range r.Unreadable {
			lines = append(lines, "  "+f.Attachment+"  SHA-256 "+f.SHA256)
		}
	}
	return strings.Join(lines, "\r\n") + "\r\n"
}
