package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/document/sample"
	"github.com/sodale/sodale/ui/words"
)

// expense is one document of a claim as a person fills it in, with the files that are dropped on it.
type expense struct {
	person, service, amount, number, provider string
	files                                     map[string][]byte
}

// fills the open document of the wizard. What is read from the paper meanwhile may not write over it.
func (s *seat) fills(e expense) {
	s.t.Helper()
	field := func(name string) string { return words.T("newclaim.field." + name) }
	s.do(s.Choose(field("person"), e.person), s.Choose(field("service"), e.service), s.Fill(field("amount"), e.amount),
		s.Fill(field("number"), e.number), s.Fill(field("issuedOn"), civil.Of(time.Now()).AddDays(-20).Italian()), s.Fill(field("provider"), e.provider),
		s.Choose(field("province"), "Milano"))
	s.drops(e.files)
}

// drops lets files fall into the window and waits until they are in and read. One that is too large is made to fit, after a look.
func (s *seat) drops(files map[string][]byte) {
	s.t.Helper()
	dir := s.t.TempDir()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, files[name], 0o600); err != nil {
			s.t.Fatal(err)
		}
		s.do(s.Drop(path))
		if len(files[name]) > document.MaxSize {
			s.press(words.T("newclaim.mend.shrink"), words.T("newclaim.mend.use"))
		}
		s.await(name[:len(name)-len(filepath.Ext(name))])
	}
	s.papers += len(files)
	s.do(s.Await("the papers to be read", 2*time.Minute, func() bool { return s.read() == s.papers && !s.Sees(words.T("newclaim.reading")) }))
	if s.Sees(words.T("newclaim.read.checked")) {
		s.press(words.T("newclaim.read.checked"))
	}
}

// read is how many papers were read, by the vault.
func (s *seat) read() int {
	n := 0
	rows, err := s.house.desk.List(context.Background())
	if err != nil {
		return -1
	}
	for _, row := range rows {
		for _, a := range row.Claim.Attachments() {
			if a.Paper != nil {
				n++
			}
		}
	}
	return n
}

// sends goes through the summary and sends.
func (s *seat) sends() {
	s.t.Helper()
	s.press(words.T("newclaim.continue"))
	s.await(words.T("newclaim.review.title"))
	s.press(words.T("newclaim.send"))
	s.await(words.T("newclaim.sent.delivered"))
}

// TestAClaimOfFourDocumentsForThreePeopleIsSentDecidedIntegratedAndPaid goes the whole way on the real screens against a real
// mutual: seven files of four kinds, one of them made to fit; one document is paid, one refused, one asked for again and then paid
// (CLM-01, CLM-06, CLM-13, CLM-18, CLM-21, CLM-23, CLM-25, CLM-33, CLM-40, CLM-41, CLM-43, CLM-45, NTF-01).
func TestAClaimOfFourDocumentsForThreePeopleIsSentDecidedIntegratedAndPaid(t *testing.T) {
	m := startTestMutual(t)
	s := signedIn(t, m)
	other := sample.Ticket()
	other.Number, other.Cents, other.Service[0] = "2026/005120", 2200, "89.01 Visita di controllo"
	visit, photo := sample.Ticket(), sample.Dentist().HeavyPhoto()
	documents := []expense{
		{"Elena (tu)", "Visite specialistiche", "36,15", "2026/004817", "Ospedale San Rocco", map[string][]byte{"visita.pdf": visit.PDF(), "ricetta.jpg": visit.Photo(1)}},
		{"Paolo", "Esami di laboratorio", "29,54", "2026/004702", "Poliambulatorio Porta Est",
			map[string][]byte{"esami.tif": sample.FaxTIFF(sample.Analyses(), sample.Analyses()), "esami-scansione.pdf": sample.Analyses().ScanPDF()}},
		{"Luca", "Altro", "120,00", "318", "Studio dentistico Bianconi", map[string][]byte{"dentista.jpg": photo, "dentista-fattura.pdf": sample.Wordy().PDF()}},
		{"Elena (tu)", "Visite specialistiche", "22,00", "2026/005120", "Ospedale San Rocco", map[string][]byte{"controllo.pdf": other.PDF()}},
	}
	s.press(words.T("shell.new"), words.T("shell.new.refund"), words.T("newclaim.continue"))
	for i, e := range documents {
		if i > 0 {
			s.press(words.T("newclaim.document.more"))
		}
		s.fills(e)
	}
	s.sends()
	first := s.only(claim.Registered)
	if files := first.Claim.Attachments(); len(first.Claim.Documents) != 4 || len(files) != 7 || slices.ContainsFunc(files, func(a claim.Attachment) bool { return a.Size > document.MaxSize }) {
		t.Fatalf("%d documents, files %+v", len(first.Claim.Documents), files)
	}
	number := first.Claim.Mutual.Number

	s.decides(number, "documents-requested", "--document", "1", "--outcome", "approved", "--granted", "28,92", "--own", "7,23", "--article", "1.1",
		"--document", "2", "--outcome", "rejected", "--reason", "Manca la ricetta con la diagnosi.", "--article", "1.2",
		"--document", "3", "--outcome", "documents-requested", "--reason", "Serve la fattura leggibile.",
		"--document", "4", "--outcome", "approved", "--granted", "17,60", "--own", "4,40")
	s.press(words.T("newclaim.sent.show"))
	s.await("Serve la fattura leggibile.", "Manca la ricetta con la diagnosi.", "Rispondi entro il", words.Money(2892))
	s.press(words.T("claims.action.add-document"))
	s.await("3 · Altro, Luca") // the document that was asked for is open
	s.drops(map[string][]byte{"fattura-leggibile.pdf": sample.Dentist().ScanPDF()})
	s.sends()
	waitFor(t, "the second revision at the mutual", func() bool {
		second := s.only("")
		return second.Claim.Revision == 2 && second.State == claim.Registered
	})

	s.decides(number, "paid", "--document", "3", "--outcome", "approved", "--granted", "60,00", "--own", "60,00", "--paid-on", "2026-11-27")
	s.press(words.T("newclaim.sent.show"))
	s.await(words.T("claims.outcome.own", "Amount", words.Money(6000), "Own", words.Money(6000)), words.Money(10652), "Manca la ricetta con la diagnosi.")
	paid := s.only(claim.Paid)
	if paid.Claim.Mutual.Granted != 10652 || len(paid.Claim.Mutual.Outcomes) != 4 {
		t.Errorf("the member's copy: %+v", paid.Claim.Mutual)
	}

	s.press(words.T("claims.action.receipt"))
	s.await(words.T("claims.receipt.verified"))
	s.press(words.T("claims.paper.save"))
	s.readsKeptReceipt(number)
	s.press(words.T("claims.close"), words.T("claims.refunds"))
	s.await("Elena", "Luca", "Rimborsato "+words.Money(6000))
	s.press(words.T("claims.close"))
	s.hasNotices("Servono altri documenti.", "Rimborso disposto.")
}

// only is the one claim of the vault; with a state, once it has come there.
func (s *seat) only(state claim.State) claim.Summary {
	s.t.Helper()
	var found claim.Summary
	s.do(s.Await(string(state), 30*time.Second, func() bool {
		rows, err := s.house.desk.List(context.Background())
		if err != nil || len(rows) != 1 {
			return false
		}
		found = rows[0]
		return state == "" || found.State == state
	}))
	return found
}

// decides lets the mutual say what of a claim, and waits until it is here.
func (s *seat) decides(number, state string, more ...string) {
	s.t.Helper()
	var row struct{ State string }
	if err := s.mutual.ask(&row, append([]string{"claim", "decide", number, "--state", state}, more...)...); err != nil || row.State != state {
		s.t.Fatalf("%+v, %v", row, err)
	}
	s.house.line().Poke()
	s.only(claim.State(state))
}

// readsKeptReceipt opens the paper that was saved in the sandboxed worker and wants on it what was sent and that it was signed.
func (s *seat) readsKeptReceipt(number string) {
	s.t.Helper()
	s.do(s.Await("the saved paper", 30*time.Second, func() bool { return s.kept.Load() != nil }))
	paper := *s.kept.Load()
	var said strings.Builder
	info, err := s.house.previewer.Look(context.Background(), paper)
	for page := range info.Pages {
		lines, textErr := s.house.previewer.Text(context.Background(), paper, page)
		for _, l := range lines {
			fmt.Fprintln(&said, l.Text)
		}
		err = errors.Join(err, textErr)
	}
	if err != nil {
		s.t.Fatal(err)
	}
	for _, want := range []string{number, "Elena", "Paolo", "Luca", "36,15", "120,00", "fattura-leggibile.pdf"} {
		if !strings.Contains(said.String(), want) {
			s.t.Errorf("the receipt does not say %q:\n%s", want, said.String())
		}
	}
	if dir := os.Getenv("SODALE_PAPERS"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, "ricevuta-pratica.pdf"), paper, 0o600); err != nil {
			s.t.Fatal(err)
		}
	}
}

// hasNotices wants these among what the mutual said.
func (s *seat) hasNotices(texts ...string) {
	s.t.Helper()
	notices, err := s.house.store.Notices(context.Background())
	if err != nil {
		s.t.Fatal(err)
	}
	for _, text := range texts {
		found := false
		for _, n := range notices {
			found = found || n.Text == text
		}
		if !found {
			s.t.Errorf("no notice says %q: %+v", text, notices)
		}
	}
}
