package main

import (
	"path/filepath"
	"testing"

	"github.com/sodale/sodale/app/document/sample"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/reading"
)

// A paper with text and its fax are read by the worker, and by the words' own machine, that the program ships.
func TestAPaperAndItsFaxAreReadOnThisComputer(t *testing.T) { // CLM-49
	h := &house{previewer: &latePreviewer{config: workerConfig()}, eyes: newEyes(filepath.Join(t.TempDir(), "vault"))}
	t.Cleanup(func() {
		if err := h.eyes.Close(); err != nil {
			t.Error(err)
		}
		if err := h.previewer.Close(); err != nil {
			t.Error(err)
		}
	})
	elena := member.Person{ID: "elena", GivenName: "Elena", FamilyName: "Marchetti", FiscalCode: "MRCLNE67C54F205J"}
	for name, c := range map[string]struct {
		data   []byte
		source reading.Source
	}{"text": {sample.Ticket().PDF(), reading.Text}, "fax": {sample.Ticket().TIFF(), reading.OCR}} {
		t.Run(name, func(t *testing.T) {
			paper, err := h.readPaper(t.Context(), c.data, []member.Person{elena})
			if err != nil || paper.Source != c.source || paper.Total != 3615 || paper.Number != "2026/004817" || paper.Person != "elena" {
				t.Fatalf("%+v %v", paper, err)
			}
		})
	}
}
