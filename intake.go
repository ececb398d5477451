package main

import (
	"context"
	"image"

	"github.com/sodale/sodale/app/intake"
	"github.com/sodale/sodale/app/intake/scan"
)

// pastePaper returns what was copied: paths of files, or the bytes of a picture, which are a document from outside like
// any other. Errors carry codes of package intake and document.
func pastePaper(ctx context.Context) (intake.Pasted, error) {
	clipboard, err := intake.DesktopClipboard()
	if err != nil {
		return intake.Pasted{}, err
	}
	return clipboard.Paste(ctx)
}

// scanners lists the scanners of this computer, which may take some seconds. Errors carry codes of package scan.
func scanners(ctx context.Context) ([]scan.Device, error) { return scan.Scanner{}.Devices(ctx) }

// scanPaper scans the sheet on the glass or those in the feeder of one of the scanners. Sheets may come beside an error.
func scanPaper(ctx context.Context, device string, feeder bool, progress scan.Progress) ([]image.Image, error) {
	return scan.Scanner{}.Scan(ctx, device, feeder, progress)
}

// watchFolder calls found with each paper that is saved into a folder from now on, and there with whether the folder can be
// seen, until ctx ends. Both are called on the goroutine of watchFolder.
func watchFolder(ctx context.Context, folder string, there func(bool), found func(path string)) {
	intake.Folder{Path: folder, There: there}.Watch(ctx, found)
}
