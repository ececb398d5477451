package main

import (
	"bytes"
	"context"
	"image"
	"image/jpeg"
	"image/png"
	"os/exec"
	"path/filepath"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/clock"
	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/document/code"
	"github.com/sodale/sodale/app/document/compose"
	"github.com/sodale/sodale/app/document/ocr"
	"github.com/sodale/sodale/app/document/shrink"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/intake"
	"github.com/sodale/sodale/app/intake/scan"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/reading"
	"github.com/sodale/sodale/assets"
	"github.com/sodale/sodale/ui/desktop"
	"github.com/sodale/sodale/ui/words"
)

// newEyes returns what reads the words of pictures. Its compiled form, which holds nothing about anybody, lies beside the
// vault.
func newEyes(dir string) *ocr.Engine {
	return ocr.New(ocr.Config{Core: assets.OCRCore, Italian: assets.OCRItalian, Cache: filepath.Join(filepath.Dir(dir), "ocr")})
}

// readPaper reads what a paper says, for the people of the household.
func (h *house) readPaper(ctx context.Context, data []byte, people []member.Person) (reading.Paper, error) {
	r := reading.Reader{Previewer: h.previewer, Codes: code.Read, Today: func() civil.Date { return civil.Of(clock.System{}.Now()) },
		OCR: func(ctx context.Context, page *image.Gray, dpi float64) ([]document.Line, float64, error) {
			text, err := h.eyes.Read(ctx, page, dpi)
			return text.Lines, text.Confidence, err
		}}
	return r.Read(ctx, data, people, nil)
}

// photoQuality is that of a converted photo before it is made to fit: hardly any loss.
const photoQuality = 92

// convertPhoto draws a HEIC photo as a JPEG of its own size.
func (h *house) convertPhoto(ctx context.Context, data []byte) ([]byte, error) {
	picture, err := h.previewer.Convert(ctx, data)
	if err != nil {
		return nil, err
	}
	var made bytes.Buffer
	err = jpeg.Encode(&made, picture, &jpeg.Options{Quality: photoQuality})
	return made.Bytes(), err
}

// taker takes one paper that comes in.
type taker = func(name string, data []byte)

// paste brings in what was copied elsewhere: files, or a picture, which becomes a file that may be attached. One that can't be
// had keeps none of the others away: the first error comes after all that could.
func (h *house) paste(ctx context.Context, bring taker) error {
	copied, failed := pastePaper(ctx)
	for _, path := range copied.Paths {
		if err := bringFile(path, bring); err != nil && failed == nil {
			failed = err
		}
	}
	if len(copied.Picture) == 0 {
		return failed
	}
	made, err := shrink.Fit(ctx, h.previewer, copied.Picture, h.maxFile(), nil)
	if err == nil {
		bring(words.T("newclaim.way.paste.name")+"."+string(made.Kind), made.Data)
	}
	return err
}

// bringFile brings in one file of this computer.
func bringFile(path string, bring taker) error {
	data, err := readDocument(path)
	if err != nil {
		return err
	}
	bring(filepath.Base(path), data)
	return nil
}

// maxFile is how many bytes a file may have.
func (h *house) maxFile() int64 { return h.desk.Rules(member.Household{}).MaxFile() }

// scanSheets brings in one file of the sheets in the feeder of the first scanner, or of the sheet on its glass. Sheets that came
// before an error come in all the same.
func (h *house) scanSheets(ctx context.Context, bring taker) error {
	devices, err := scanners(ctx)
	if err != nil {
		return err
	}
	sheets, err := scanPaper(ctx, devices[0].Name, true, nil)
	if c := fault.CodeOf(err); len(sheets) == 0 && (c == scan.CodeNoFeeder || c == scan.CodeEmpty) {
		sheets, err = scanPaper(ctx, devices[0].Name, false, nil)
	}
	if len(sheets) == 0 {
		return err
	}
	pages := make([]compose.Page, len(sheets))
	for i, sheet := range sheets {
		var drawn bytes.Buffer
		if err := png.Encode(&drawn, sheet); err != nil {
			return err
		}
		pages[i].Source = drawn.Bytes()
	}
	made, failed := compose.Make(ctx, h.previewer, pages, h.maxFile(), nil)
	if failed != nil {
		return failed
	}
	bring(words.T("newclaim.way.scan.name")+"."+string(made.Kind), made.Data)
	return err
}

// watchChosen lets the member choose the folder that their scanner saves into, and brings in what is saved there until ctx ends.
// It also ends when the folder can't be seen (intake.CodeFolder) or a file in it can't be read: whoever scans on must know.
func watchChosen(ctx context.Context, parent fyne.Window, bring taker) error {
	chosen := make(chan string, 1)
	fyne.Do(func() { chooseFolder(parent, func(path string) { chosen <- path }) })
	select {
	case folder := <-chosen:
		return watchInto(ctx, folder, bring)
	case <-ctx.Done():
		return nil
	}
}

func watchInto(ctx context.Context, folder string, bring taker) error {
	watching, end := context.WithCancelCause(ctx)
	defer end(nil)
	there := func(seen bool) {
		if !seen {
			end(fault.New(intake.CodeFolder, "intake.watch", ""))
		}
	}
	watchFolder(watching, folder, there, func(path string) {
		if err := bringFile(path, bring); err != nil {
			end(err)
		}
	})
	if ctx.Err() != nil {
		return nil
	}
	return context.Cause(watching)
}

// papersIn is how papers come in on this computer.
func (h *house) papersIn() desktop.Intake {
	in := desktop.Intake{Watch: watchChosen}
	if _, err := intake.DesktopClipboard(); err == nil {
		in.Paste = h.paste
	}
	if _, err := exec.LookPath("scanimage"); err == nil {
		in.Scan = h.scanSheets
	}
	return in
}
