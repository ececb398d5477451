package assets

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"strings"
	"testing"
)

func TestTheReadingMachineAndItsDataAreTheBytesThatWerePublished(t *testing.T) {
	sums, err := os.ReadFile("ocr/SHA256SUMS")
	if err != nil {
		t.Fatal(err)
	}
	for file, open := range map[string]func() ([]byte, error){"tesseract-core-simd-lstm.wasm": OCRCore, "ita.traineddata": OCRItalian} {
		data, err := open()
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		sum := sha256.Sum256(data)
		if !strings.Contains(string(sums), hex.EncodeToString(sum[:])+"  "+file+"\n") {
			t.Errorf("%s has the sum %x", file, sum)
		}
	}
	if !strings.Contains(string(Licences()["tesseract-Apache-2.0.txt"]), "Apache License") {
		t.Error("their licence does not travel with the program")
	}
}
