//go:build unix

package scan

import (
	"errors"
	"fmt"
	"image"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"golang.org/x/sys/unix"
)

// tray takes the sheets from scanimage, which insists on writing each of several sheets to a file of its own, as NAME.part
// until it is done. Here each name is a pipe, so that what is scanned never lies on the disk.
type tray struct {
	dir   string
	count int
}

// openTray makes the pipes for at most count sheets.
func openTray(count int) (*tray, error) {
	dir, err := os.MkdirTemp("", "sodale-scan")
	if err != nil {
		return nil, err
	}
	t := &tray{dir, count}
	for n := 1; n <= count; n++ {
		if err := unix.Mkfifo(t.pipe(n), 0o600); err != nil {
			t.close()
			return nil, fmt.Errorf("scan: pipe: %w", err)
		}
	}
	return t, nil
}

// arguments make scanimage write into the tray.
func (t *tray) arguments() []string {
	return []string{"--batch=" + filepath.Join(t.dir, "%d"), "--batch-count=" + strconv.Itoa(t.count)}
}

func (t *tray) pipe(n int) string { return filepath.Join(t.dir, strconv.Itoa(n)+".part") }

// take returns the sheets that come, until there are no more or one is not whole.
func (t *tray) take() ([]image.Image, error) {
	var sheets []image.Image
	for n := 1; n <= t.count; n++ {
		sheet, err := t.takeOne(n)
		if err != nil || sheet == nil {
			return sheets, err
		}
		sheets = append(sheets, sheet)
	}
	return sheets, nil
}

// takeOne waits for one sheet; nil when there is none.
func (t *tray) takeOne(n int) (image.Image, error) {
	f, err := os.Open(t.pipe(n)) // waits for scanimage, or for end
	if err != nil {
		return nil, nil //nolint:nilerr // scanimage has ended, and taken the pipe away
	}
	defer f.Close()
	img, err := readPNM(f)
	_, _ = io.Copy(io.Discard, f) // nothing must be left that scanimage waits to be rid of
	if errors.Is(err, errNothing) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return img, nil
}

// end lets take see that no more sheets come: each pipe that is left has a writer that writes nothing, until it is gone.
func (t *tray) end() {
	for n := 1; n <= t.count; n++ {
		if f, err := os.OpenFile(t.pipe(n), os.O_RDWR|unix.O_NONBLOCK, 0); err == nil {
			_ = os.Remove(t.pipe(n))
			f.Close()
		}
	}
}

// close takes the pipes away.
func (t *tray) close() { _ = os.RemoveAll(t.dir) }
