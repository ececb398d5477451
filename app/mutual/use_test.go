package mutual_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/phone"
)

// told is one row of the configuration table, written apart from the files: what each body says.
type told struct {
	ways      []mutual.Way
	user      mutual.UserKind
	stated    bool // the password rule
	email     mutual.Channel
	mailMust  bool
	mobileNow bool // the mobile is proved while registering, not at the following sign-in
	mobMust   bool
	desk      bool
	factor    bool
	consents  map[mutual.Moment][]string
	relatives mutual.Relatives
	terms     mutual.Terms
	files     bool
}

// CFG-01, CFG-02, CFG-03, CFG-04, CFG-05, CFG-06, CFG-07, CFG-09, CFG-10, CFG-11, CFG-13, CFG-14, CFG-15, CFG-16, CFG-18, CFG-21, CFG-31.
func TestEveryBodySaysWhatTheConfigurationTableSays(t *testing.T) {
	table := map[string]told{
		"coopsal": {ways: []mutual.Way{mutual.WayRegister, mutual.WaySignIn}, user: mutual.UserEMail, email: mutual.ChannelLink, mailMust: true, mobMust: true,
			consents: map[mutual.Moment][]string{mutual.AtRegistration: {"terms", "privacy"}}, terms: mutual.Terms{ClaimDays: 90, IntegrateDays: 30, PaymentDays: 60, BookingDays: 3}},
		"cesarepozzo": {ways: []mutual.Way{mutual.WayFirstAccess, mutual.WaySignIn}, user: mutual.UserNumber, stated: true, email: mutual.ChannelCode, mailMust: true, mobileNow: true,
			factor: true, consents: map[mutual.Moment][]string{mutual.AtFirstAccess: {"privacy"}}, relatives: mutual.Relatives{Shown: true}, terms: mutual.Terms{BookingDays: 2}, files: true},
		"mantova": {ways: []mutual.Way{mutual.WayCode, mutual.WaySignIn}, user: mutual.UserMobileOrEMail, mobileNow: true, mobMust: true, desk: true,
			consents:  map[mutual.Moment][]string{mutual.AtRegistration: {"privacy"}, mutual.AtDossier: {"dossier"}},
			relatives: mutual.Relatives{Shown: true, Activation: true, SameMobileOnly: true, DossierCode: true}, terms: mutual.Terms{ReportDays: 60}},
		"insieme": {ways: []mutual.Way{mutual.WayRegister, mutual.WaySignIn}, user: mutual.UserEMail, email: mutual.ChannelCode, mailMust: true, mobileNow: true,
			consents: map[mutual.Moment][]string{mutual.AtRegistration: {"privacy"}, mutual.Later: {"newsletter"}}, relatives: mutual.Relatives{Shown: true, Editable: true},
			terms: mutual.Terms{ClaimDays: 90, PaymentDays: 60, RetainYears: 10}},
		"aurora": {ways: []mutual.Way{mutual.WayFirstAccess, mutual.WayRegister, mutual.WayCode, mutual.WaySignIn}, user: mutual.UserNumber, stated: true, email: mutual.ChannelCode, mailMust: true,
			mobileNow: true, factor: true, consents: map[mutual.Moment][]string{mutual.AtRegistration: {"terms", "privacy"}, mutual.AtFirstAccess: {"privacy"}, mutual.AtDossier: {"dossier"}, mutual.Later: {"newsletter"}},
			relatives: mutual.Relatives{Shown: true, Editable: true, Activation: true, SameMobileOnly: true, DossierCode: true},
			terms:     mutual.Terms{ClaimDays: 90, IntegrateDays: 30, PaymentDays: 60, BookingDays: 2, ReportDays: 60, RetainYears: 10}, files: true},
	}
	all := profiles(t)
	if len(all) != len(table) {
		t.Fatalf("%d profiles", len(all))
	}
	for id, want := range table {
		p := all[id]
		asked := map[mutual.Moment][]string{}
		for _, m := range []mutual.Moment{mutual.AtRegistration, mutual.AtFirstAccess, mutual.AtDossier, mutual.Later} {
			for _, c := range p.ConsentsAt(m) {
				asked[m] = append(asked[m], c.ID)
				if c.Mandatory == (m == mutual.Later) {
					t.Errorf("%s: consent %s mandatory %v", id, c.ID, c.Mandatory)
				}
			}
			if !slices.Equal(asked[m], want.consents[m]) {
				t.Errorf("%s at %s: %v", id, m, asked[m])
			}
		}
		rule := mutual.PasswordRule{Least: 8, Digit: true, Upper: true, Lower: true, Stated: want.stated, Text: p.Password.Text} // LOG-07, AMB-56
		v := p.Verification
		if !slices.Equal(p.Entry.Ways, want.ways) || p.Entry.User != want.user || p.Password != rule || p.Entry.FactorOffered != want.factor {
			t.Errorf("%s: entry %+v %+v", id, p.Entry, p.Password)
		}
		if v.EMail != want.email || v.EMailMandatory != want.mailMust || v.Mobile != mutual.ChannelCode || v.MobileMandatory != want.mobMust ||
			v.MobileAtSignIn == want.mobileNow || v.MobileFromDesk != want.desk || v.ResendSeconds != 60 {
			t.Errorf("%s: verification %+v", id, v)
		}
		if p.Relatives != want.relatives || p.Terms != want.terms || p.Files.Stated != want.files || p.Files.MaxBytes != 2<<20 ||
			!slices.Equal(p.Files.Kinds, []document.Kind{document.JPEG, document.TIFF, document.PDF}) {
			t.Errorf("%s: %+v %+v %+v", id, p.Relatives, p.Terms, p.Files)
		}
	}
}

// MSG-01 … MSG-14, REG-06, REG-07: word for word as the requirements quote them.
func TestTheMessagesAreWordForWord(t *testing.T) {
	all := profiles(t)
	coop, pozzo, mantova := all["coopsal"].Messages, all["cesarepozzo"].Messages, all["mantova"].Messages
	for number, c := range map[string][2]string{
		"MSG-01": {coop.AlreadyRegistered, "Anagrafica non registrabile. Utente già registrato."},
		"MSG-02": {coop.NotFound, "Anagrafica non trovata"},
		"MSG-03": {pozzo.FirstWrong, "La password non è corretta"},
		"MSG-04": {all["cesarepozzo"].Password.Text, "La password deve essere composta da almeno 8 caratteri e contenere almeno un numero, un carattere maiuscolo e uno minuscolo."},
		"MSG-05": {coop.Completed, "La registrazione verrà così ultimata."},
		"MSG-06": {pozzo.FileSize, "La dimensione massima di ogni file non deve superare 2MB"},
		"MSG-07": {mantova.DossierEmpty, "Il dossier sarà vuoto se nessun documento è ancora pronto. Verrà automaticamente avvisato via sms/email quando saranno disponibili nuovi documenti. I documenti rimarranno nel fascicolo al massimo 60 giorni."},
		"MSG-08": {mantova.SameMobile, "ATTENZIONE: il sistema consentirà l'operazione solo se il familiare è registrato con lo stesso numero di cellulare del capofamiglia. Qualora questa condizione non sussista, è comunque possibile attivare il dossier per un parente, ma solo creando nuova utenza distinta dalla propria, utilizzando i dati del familiare e inserendo, all'atto della registrazione, il codice OTP che il sistema invierà al cellulare del familiare stesso."},
		"MSG-09": {pozzo.AwaitReceipt, "Ricordati di attendere finché non vedrai il risultato dell'operazione: apparirà un box per poter scaricare la ricevuta. Se chiudi il browser o la finestra è possibile che la pratica non venga creata e dovrai ripetere tutta la procedura. Inoltre non avrai un documento che attesti l'invio a CesarePozzo della tua richiesta di rimborso/sussidio."},
		"MSG-10": {pozzo.Joined, "NEL CASO IN CUI SIA GIÀ PRESENTE UNA PRATICA PRECEDENTE NON ANCORA LIQUIDATA, I NUOVI DOCUMENTI CARICATI SARANNO ACCORPATI ALLA PRATICA APERTA, FAVORENDO LA LIQUIDAZIONE TOTALE DI TUTTI I DOCUMENTI IN GIACENZA."},
		"MSG-11": {pozzo.LastCode, "Se ricevi più codici, dovrai inserire l'ultimo ricevuto."},
		"MSG-12": {pozzo.FactorCode, "Il codice di Google Authenticator cambia ogni 30 secondi, inserisci l'ultimo codice generato dall'app."},
		"MSG-13": {pozzo.Residence, "Se non diversamente da te indicato, il domicilio coincide con la residenza. L'indirizzo di residenza non è modificabile in CesarePozzoXTE, per cambiarlo contatta la tua sede regionale di riferimento."},
		"MSG-14": {pozzo.RelativesFixed, "I dati dei familiari non sono modificabili in CesarePozzoXTE, per modificarli contatta la tua sede regionale di riferimento."},
		"REG-06": {coop.EMailWarning, "L'indirizzo e-mail dovrà essere attivo e di riferimento in quanto verrà utilizzato come contatto per eventuali comunicazioni da parte di Cooperazione Salute."},
		"REG-07": {coop.MobileWarning, "Prima del numero di cellulare digitare il prefisso \"+39.\" e verificare di non inserire alcuno spazio tra quest'ultimo e il numero di telefono."},
		"SUP-06": {all["insieme"].Contacts.Hours, "Orario 9-13, 14-18 dal lunedì al venerdì nei giorni feriali"},
	} {
		if c[0] != c[1] {
			t.Errorf("%s:\n%s\n%s", number, c[0], c[1])
		}
	}
}

// SUP-01 … SUP-07, SUP-09, REG-11, PER-04, PRV-05.
func TestEveryBodyIsReachedAsItsSourceSays(t *testing.T) {
	all := profiles(t)
	coop, pozzo, insieme := all["coopsal"].Contacts, all["cesarepozzo"].Contacts, all["insieme"].Contacts
	if coop.Phone != "0461 1788990" || coop.EMail != "info@cooperazionesalute.it" || coop.H24 != "02.24128406" || coop.Refunds != "sussidi@cooperazionesalute.it" ||
		coop.Site != "www.cooperazionesalute.it" || !strings.Contains(coop.FirstStep, "datore di lavoro") || len(coop.Other) != 2 || coop.Other[0].Line != "+39 0461 1975484" {
		t.Errorf("%+v", coop)
	}
	if pozzo.Support != "infocenter@mutuacesarepozzo.it" || pozzo.Site != "www.mutuacesarepozzo.org" || !strings.Contains(pozzo.ResidenceAt, "sede regionale") {
		t.Errorf("%+v", pozzo)
	}
	if insieme.Phone != "02/37.05.20.67" || insieme.TollFree != "800.924.921" || insieme.Fax != "02/37.05.20.72" || insieme.DPO != "Francesco De Lucia" || insieme.DPOEMail != "cresitalia@pec.it" ||
		insieme.Refunds != "rimborsi@insiemesalute.org" || !strings.Contains(insieme.Address, "30/32, 20146 Milano") {
		t.Errorf("%+v", insieme)
	}
	if m := all["mantova"].Contacts; m.Phone+m.EMail+m.Site != "" { // SUP-07, AMB-65
		t.Errorf("%+v", m)
	}
}

// PRV-05 … PRV-12, LST-01.
func TestModBIsReadableWithItsTableAndRights(t *testing.T) {
	p := profiles(t)["insieme"]
	n, ok := p.Notice("mod-b")
	if !ok || n.Title != "Informazioni sui trattamenti di dati personali (articoli 13 e 14 del Regolamento (UE) 2016/679)" {
		t.Fatal(n.Title)
	}
	byTitle := map[string]mutual.Section{}
	for _, s := range n.Sections {
		byTitle[s.Title] = s
	}
	table, consequences := byTitle["Trattamenti"], byTitle["Conseguenze della mancata comunicazione dei dati"]
	if !slices.Equal(table.Columns, []string{"Trattamento", "Finalità", "Base giuridica", "Destinatari", "Periodo di conservazione", "Fonte *"}) || len(table.Rows) != 5 || len(consequences.Rows) != 5 {
		t.Fatalf("%v: %d and %d rows", table.Columns, len(table.Rows), len(consequences.Rows))
	}
	for i, row := range table.Rows {
		if row[2] != "Art. 6, par. 1, b) Esecuzione di un contratto o di misure precontrattuali" || !strings.HasPrefix(consequences.Rows[i][1], "impossibilità") {
			t.Errorf("row %d: %v", i, row)
		}
		if tenYears := row[4] == "10 anni dalla perdita della qualifica di Socio Assistito."; tenYears == (i == 4) { // PRV-08
			t.Errorf("row %d is kept %s", i, row[4])
		}
	}
	rights := strings.Join(byTitle["Diritti dell'interessato"].Paragraphs, "\n")
	for _, part := range []string{"la trasformazione dei dati in forma anonima o di opporsi al trattamento", "chiedendo la cancellazione dal servizio",
		"https://www.garanteprivacy.it/web/guest/home/docweb/-/docweb-display/docweb/4535524"} {
		if !strings.Contains(rights, part) {
			t.Errorf("the rights do not say %q", part)
		}
	}
	letter := p.ConsentsAt(mutual.Later)[0] // PRV-12, AMB-78
	if letter.ID != "newsletter" || !letter.Standing || letter.Mandatory {
		t.Errorf("%+v", letter)
	}
}

// CFG-08, CFG-12, CFG-17, CFG-19, CFG-20, CFG-22 … CFG-30, CFG-32.
func TestTheOtherRowsOfTheTableAreThereInWords(t *testing.T) {
	all := profiles(t)
	for id, words := range map[string]map[string]string{
		"coopsal":     {"CFG-22": "SEPA", "CFG-24": "60 giorni", "CFG-25": "35 a 71", "CFG-28": "730", "CFG-30": "365 giorni", "CFG-12": "unico file PDF", "CFG-20": "in ogni momento"},
		"cesarepozzo": {"CFG-08": "codice di sicurezza", "CFG-17": "pratica aperta", "CFG-19": "SMS", "CFG-20": "ultimi tre", "CFG-32": "Tessera"},
		"mantova":     {"CFG-19": "SMS"},
		"insieme":     {"CFG-22": "quattro rate", "CFG-23": "10 €", "CFG-24": "31 ottobre", "CFG-25": "61 anni", "CFG-26": "nucleo familiare", "CFG-27": "Mod. D", "CFG-28": "30 giorni", "CFG-29": "sintomi", "CFG-32": "Card Salute"},
	} {
		for _, row := range all[id].Rows {
			if !strings.Contains(row.Text, words[row.Number]) {
				t.Errorf("%s %s: %q", id, row.Number, row.Text)
			}
		}
	}
}

func TestAUserNameIsWrittenAsItsMutualKnowsIt(t *testing.T) { // FAC-04, LOG-01, LOG-02, LOG-03
	all := profiles(t)
	for _, c := range []struct {
		id, typed, want string
		code            fault.Code
	}{
		{"cesarepozzo", "3423", "000000003423", ""},
		{"cesarepozzo", " 000000003423 ", "000000003423", ""},
		{"cesarepozzo", "123456789012", "123456789012", ""},
		{"cesarepozzo", "1234567890123", "", mutual.CodeUserLong},
		{"cesarepozzo", "34 23", "", mutual.CodeUserDigits},
		{"cesarepozzo", "٣٤٢٣", "", mutual.CodeUserDigits},
		{"cesarepozzo", "elena@posta.example", "", mutual.CodeUserDigits},
		{"cesarepozzo", "  ", "", mutual.CodeUserMissing},
		{"coopsal", " Elena@Posta.example ", "elena@posta.example", ""},
		{"coopsal", "3423", "", mutual.CodeUserEMail},
		{"coopsal", "elena @posta.example", "", mutual.CodeUserEMail},
		{"insieme", "elena@posta.example", "elena@posta.example", ""},
		{"mantova", "elena@posta.example", "elena@posta.example", ""},
		{"mantova", "333 000 3423", "+393330003423", ""},
		{"mantova", "3423", "", phone.CodeLength},
		{"aurora", "3423", "000000003423", ""},
	} {
		got, err := all[c.id].UserName(c.typed)
		if got != c.want || fault.CodeOf(err) != c.code {
			t.Errorf("%s %q = %q %v", c.id, c.typed, got, err)
		}
	}
}

func TestTheFirstPasswordIsMadeOfUserNameAndCodiceFiscale(t *testing.T) { // FAC-05
	all := profiles(t)
	for _, user := range []string{"3423", "000000003423"} {
		if got, err := all["cesarepozzo"].FirstPassword(user, "rss mra 80a01 g209d"); err != nil || got != "03423G209D" {
			t.Errorf("%s: %q %v", user, got, err)
		}
	}
	if _, err := all["cesarepozzo"].FirstPassword("3423", "G209D"); fault.CodeOf(err) != mutual.CodeFiscalCode {
		t.Error(err)
	}
	for id, p := range all {
		if _, err := p.FirstPassword("3423", "RSSMRA80A01G209D"); (err == nil) != p.Has(mutual.WayFirstAccess) {
			t.Errorf("%s: %v", id, err)
		}
	}
}

func TestAPasswordIsToldWhichPartOfTheRuleItBreaks(t *testing.T) { // FAC-12, LOG-07, LOG-08
	for id, p := range profiles(t) {
		for text, want := range map[string][]mutual.Broken{
			"Aurora-2026!": nil, "Ab345678": nil, "Àb345678": nil, "Ab34567": {mutual.BrokenLeast}, "Abcdefgh": {mutual.BrokenDigit},
			"abcdefg1": {mutual.BrokenUpper}, "ABCDEFG1": {mutual.BrokenLower}, "abcdefgh": {mutual.BrokenDigit, mutual.BrokenUpper},
			"": {mutual.BrokenLeast, mutual.BrokenDigit, mutual.BrokenUpper, mutual.BrokenLower},
		} {
			if got := p.Password.Check(text); !slices.Equal(got, want) {
				t.Errorf("%s %q: %v", id, text, got)
			}
		}
	}
	if got := (mutual.PasswordRule{Least: 10}).Check("abcdefghij"); len(got) != 0 {
		t.Error(got)
	}
}

func TestAMobileNumberIsTypedAndShownAsItsMutualWrites(t *testing.T) { // REG-07, AMB-57
	all := profiles(t)
	for _, c := range []struct {
		id, typed, want string
		code            fault.Code
	}{
		{"coopsal", "+39.3330003423", "+393330003423", ""},
		{"coopsal", "+39. 3330003423", "", phone.CodeSpace},
		{"coopsal", "+39.333 000 3423", "", phone.CodeSpace},
		{"coopsal", "3330003423", "", phone.CodePrefix},
		{"cesarepozzo", "333 000 3423", "+393330003423", ""},
		{"cesarepozzo", "+393330003423", "+393330003423", ""},
		{"cesarepozzo", "02 3705", "", phone.CodeNotMobile},
	} {
		got, err := all[c.id].ParseMobile(c.typed)
		if got != c.want || fault.CodeOf(err) != c.code {
			t.Errorf("%s %q = %q %v", c.id, c.typed, got, err)
		}
	}
	if got := all["coopsal"].ShowMobile("+393330003423"); got != "+39.3330003423" {
		t.Error(got)
	}
	if got := all["cesarepozzo"].ShowMobile("+393330003423"); got != "+39 333 000 3423" {
		t.Error(got)
	}
	if got := all["coopsal"].ShowMobile("non lo so"); got != "non lo so" {
		t.Error(got)
	}
}

// MSG-15, MSG-16, MSG-17, MSG-18, MSG-19, MSG-20, MSG-21: what is said before joining and before asking, word for word, readable
// with no network.
func TestTheSentencesBeforeJoiningAreInTheNotices(t *testing.T) {
	all := profiles(t)
	for _, c := range []struct{ mutual, notice, number, sentence string }{
		{"insieme", "joining", "MSG-15", "Prima della sottoscrizione leggere attentamente il regolamento allegato che si intende letto, compreso e accettato integralmente."},
		{"insieme", "joining", "MSG-16", "Attenzione: alla documentazione compilata allegare copia della ricevuta di versamento dei contributi o il modulo per l'attivazione del SEPA e copia della carta di identità dei maggiorenni."},
		{"insieme", "joining", "MSG-17", "ATTENZIONE! Le ricordiamo che le malattie insorte precedentemente alla data di decorrenza della Sua iscrizione a Insieme Salute e le malattie ad esse correlate, non sono in alcun modo assistibili. Pertanto le richieste di rimborso per le prestazioni relative a tali patologie saranno respinte. Analogamente non sono assistibili le gravidanze in corso al momento dell'iscrizione."},
		{"insieme", "joining", "MSG-18", "Le dichiarazioni inesatte o reticenti rese in sede di compilazione del presente questionario possono comportare la mancata corresponsione di quanto previsto dalla forma di assistenza sanitaria a cui il socio aderisce."},
		{"coopsal", "before-asking", "MSG-19", "La prescrizione è ritenuta valida se riportante data uguale o antecedente non più di 365 giorni la data del documento di spesa."},
		{"coopsal", "before-asking", "MSG-20", "Consulta le eventuali carenze e limitazioni espresse nelle Norme di Attuazione."},
		{"insieme", "joining", "MSG-21", "NON CI SONO MASSIMALI DI RIMBORSO, NÉ MINIMI INDENNIZZABILI"},
	} {
		n, ok := all[c.mutual].Notice(c.notice)
		found := false
		for _, section := range n.Sections {
			found = found || slices.Contains(section.Paragraphs, c.sentence)
		}
		if !ok || !found {
			t.Errorf("%s of %s does not say %s", c.notice, c.mutual, c.number)
		}
	}
}

// CMP-01, CMP-03, CMP-04, CMP-05, CMP-06: what a mutual says of complaints is data.
func TestEveryBodySaysWhatItsSourceSaysOfComplaints(t *testing.T) {
	all := profiles(t)
	for id, want := range map[string]struct {
		answers, explain string
		ways             []string
		article, link    string // of the last way
	}{
		"coopsal":     {"attraverso i suoi organi", "", []string{"Commissione di Conciliazione", "Mediazione obbligatoria"}, "art. 25", ""},
		"insieme":     {"", "No call center esterni", []string{"Garante per la protezione dei dati personali"}, "", "https://www.garanteprivacy.it/web/guest/home/docweb/-/docweb-display/docweb/4535524"},
		"cesarepozzo": {},
		"mantova":     {},
	} {
		c := all[id].Complaints
		var names []string
		for _, w := range c.Ways {
			names = append(names, w.Name)
		}
		if !strings.Contains(c.Answers, want.answers) || !strings.Contains(c.Explain, want.explain) || !slices.Equal(names, want.ways) || (c.Answers == "") != (want.answers == "") {
			t.Errorf("%s: %+v", id, c)
		}
		if n := len(c.Ways); n > 0 && (c.Ways[n-1].Article != want.article || c.Ways[n-1].Link != want.link) {
			t.Errorf("%s: %+v", id, c.Ways[n-1])
		}
	}
}
