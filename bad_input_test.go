package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	bolt "go.etcd.io/bbolt"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/document/sample"
	home "github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/storage"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/seal"
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/words"
)

// testPassword opens the vaults of these tests.
const testPassword = "girasole-quattro"

// offlineHouse is a member's Sodale whose mutual can't be reached, unlocked.
func offlineHouse(t *testing.T) *house {
	t.Helper()
	secret, recipient, err := seal.NewIdentity()
	if err != nil {
		t.Fatal(err)
	}
	profile, err := json.Marshal(api.Profile{ID: "aurora", BaseURL: "https://127.0.0.1:1", Recipient: recipient, SignKey: make([]byte, 32)})
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "vault")
	household := home.Household{Number: "000000003423", IBAN: "IT60X0542811101000000123456", Holder: home.Person{ID: "elena", GivenName: "Elena"}}
	if _, err := storage.Create(dir, storage.Options{}, []byte(testPassword), storage.Setup{Profile: profile, Identity: secret, Household: household}); err != nil {
		t.Fatal(err)
	}
	h, err := openHouse(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.close)
	if err := h.Unlock(context.Background(), []byte(testPassword)); err != nil {
		t.Fatal(err)
	}
	return h
}

// storedFiles counts the sealed files in the folder of a vault.
func storedFiles(t *testing.T, dir string) int {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(dir, "blobs"))
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return len(entries)
}

func TestABadFileIsRefusedInPlainItalianAndNothingIsLost(t *testing.T) { // CLM-04, CLM-05, CLM-14
	words.Set(words.Italian)
	h := offlineHouse(t)
	ctx := context.Background()
	draft := draftWith(t, h, [][]byte{sample.Ticket().PDF()})
	before, err := h.desk.Open(ctx, draft)
	if err != nil {
		t.Fatal(err)
	}
	large := append(sample.Ticket().SmallPhoto(1), make([]byte, 3<<20)...)
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"a file of 0 bytes":         {nil, "Questo file è vuoto. Scegline un altro."},
		"a .pdf that is a PNG":      {sample.PNG(), "Questa immagine è in formato PNG e qui non si è potuta convertire. Salvala come JPG o PDF e aggiungila di nuovo."},
		"an encrypted PDF":          {sample.Encrypted(), "Il PDF ha una password. Toglila e aggiungilo di nuovo."},
		"a PDF of 100,000 pages":    {sample.ManyPages(100_000), "Il documento ha 100000 pagine, il massimo è 500. Aggiungi solo le pagine che servono."},
		"a TIFF of 50,000 × 50,000": {sample.HugeTIFF(50_000), "L’immagine è troppo grande da aprire. Riducila, o fai una foto più piccola, e riprova."},
		"a photo of 3 MB":           {large, "Il file pesa 3 MB, il massimo è 2. Riducilo, o fai una foto più piccola, e riprova."},
		"half a PDF header":         {[]byte("%PDF-1.7\nnothing"), "Questo file è rovinato e non si legge. Gli altri sono salvi. Scegline un’altra copia."},
		"a text":                    {[]byte("Gentile socia,"), "Questo file non è PDF, JPG o TIF. Salvalo come PDF e riprova."},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := h.desk.Attach(ctx, "ricevuta.pdf", c.data)
			if err == nil {
				t.Fatal("it was taken")
			}
			if got := errtext.Of(err); got != c.want {
				t.Errorf("%v\n got: %s\nwant: %s", err, got, c.want)
			}
		})
	}
	after, err := h.desk.Open(ctx, draft)
	if err != nil || after.Claim.Version != before.Claim.Version || after.State != claim.Ready || storedFiles(t, h.dir) != 1 {
		t.Errorf("the draft is %s, version %d, %d files stored, %v", after.State, after.Claim.Version, storedFiles(t, h.dir), err)
	}
}

func TestAStickThatWasPulledOutIsSaidSo(t *testing.T) {
	words.Set(words.Italian)
	stick := filepath.Join(t.TempDir(), "stick")
	if err := os.Mkdir(stick, 0o755); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(stick, "ricevuta.pdf")
	if err := os.WriteFile(path, sample.Ticket().PDF(), 0o644); err != nil {
		t.Fatal(err)
	}
	if data, err := readDocument(path); err != nil || !bytes.HasPrefix(data, []byte("%PDF")) {
		t.Fatal(err)
	}
	if err := os.RemoveAll(stick); err != nil {
		t.Fatal(err)
	}
	_, err := readDocument(path)
	if got := errtext.Of(err); got != "Il file non si trova più dove era. Se era su una chiavetta, inseriscila di nuovo e riprova." {
		t.Errorf("%v: %s", err, got)
	}
}

func TestADoorThatStaysClosedSaysWhyInPlainItalian(t *testing.T) {
	words.Set(words.Italian)
	ctx := context.Background()
	h := offlineHouse(t)
	_, second := openHouse(h.dir, nil)
	h.close()
	again, err := storage.Open(h.dir, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	wrong := again.Unlock(ctx, []byte("rosa"))
	if err := again.Unlock(ctx, []byte(testPassword)); err != nil {
		t.Fatalf("the right password does not open after a wrong one: %v", err)
	}
	if c, err := again.Claims(ctx); err != nil || len(c) != 0 {
		t.Fatal(err)
	}
	again.Close()
	_, none := storage.Open(filepath.Join(t.TempDir(), "nowhere"), storage.Options{})
	for want, err := range map[string]error{
		"Sodale è già aperto. Usa l’altra finestra, o chiudila e riprova. I dati sono salvi.":         second,
		"Password non corretta. Controlla il tasto maiuscole e riprova.":                              wrong,
		"Su questo computer non c’è ancora nessuno. Attiva la tua area una volta con la rete.":        none,
		"Questi dati vengono da un Sodale più recente e non li tocchiamo. Aggiorna Sodale e riprova.": newerVault(t),
	} {
		if got := errtext.Of(err); got != want {
			t.Errorf("%v\n got: %s\nwant: %s", err, got, want)
		}
	}
}

// newerVault tries to open a vault whose database says that a later Sodale wrote it.
func newerVault(t *testing.T) error {
	t.Helper()
	dir := emptyVault(t)
	db, err := bolt.Open(filepath.Join(dir, "vault.db"), 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(tx *bolt.Tx) error {
		return tx.Bucket([]byte("meta")).Put([]byte("schema"), binary.BigEndian.AppendUint32(nil, storage.Schema+1))
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	_, err = storage.Open(dir, storage.Options{})
	return err
}
