package takeout

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
)

// longest is how many bytes a name in the folder may have, its ending left out: sync folders and old disks take no more in a path.
const longest = 80

// files writes the attachments of every claim and notes in data where they lie.
func (c *Copier) files(ctx context.Context, dir string, data *Data) (Result, error) {
	var result Result
	var total int64
	for _, row := range data.Claims {
		for _, f := range row.Files {
			total += f.Size
		}
	}
	folders := names{}
	var done int64
	for i := range data.Claims {
		row := &data.Claims[i]
		if len(row.Files) == 0 {
			continue
		}
		folder := path.Join(folderFiles, folders.free(folderName(row.Claim), ""))
		if err := os.MkdirAll(filepath.Join(dir, filepath.FromSlash(folder)), 0o700); err != nil {
			return result, err
		}
		taken := names{}
		for j, a := range row.Attachments() {
			if err := ctx.Err(); err != nil {
				return result, err
			}
			stem, ending := fileName(a.Name)
			place := path.Join(folder, taken.free(stem, ending))
			whole, err := c.file(ctx, filepath.Join(dir, filepath.FromSlash(place)), a)
			if err != nil {
				return result, err
			}
			if whole {
				row.Files[j].Path = place
				result.Files++
				result.Bytes += a.Size
			} else {
				result.Unreadable = append(result.Unreadable, row.Files[j])
			}
			done += a.Size
			if c.Progress != nil {
				c.Progress(done, total)
			}
		}
	}
	return result, nil
}

// errNotAsAdded is the cause when a file opens to other bytes than those that were added.
var errNotAsAdded = errors.New("takeout: not the bytes that were added")

// file opens one attachment and writes its plain bytes. false when it can't be read as it was added: then nothing of it remains.
// An error is the disk's that is written to.
func (c *Copier) file(ctx context.Context, path string, a claim.Attachment) (whole bool, err error) {
	var unreadable error
	err = c.write(path, func(w io.Writer) error {
		sealed, err := c.Source.OpenBlob(ctx, a.Blob)
		if err != nil {
			if fault.CodeOf(err) == claim.CodeBlobGone {
				unreadable = err
			}
			return err
		}
		defer sealed.Close()
		plain, err := c.Sealer.Open(sealed)
		if err != nil {
			unreadable = err
			return err
		}
		hash := sha256.New()
		reader := &reading{Reader: io.LimitReader(plain, a.Size+1)}
		_, err = io.Copy(io.MultiWriter(hash, w), reader)
		if err == nil && hex.EncodeToString(hash.Sum(nil)) != a.Plain {
			reader.failed = errNotAsAdded
		}
		unreadable = reader.failed
		return errors.Join(err, reader.failed)
	})
	if unreadable == nil {
		return err == nil, err
	}
	return false, os.Remove(path)
}

// reading remembers that it was reading that failed, and not writing.
type reading struct {
	io.Reader
	failed error
}

func (r *reading) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		r.failed = err
	}
	return n, err
}

// folderName is "2026-11-22 26-004471", or the claim's id where the mutual gave no number.
func folderName(c claim.Claim) string {
	number := c.Mutual.Number
	if number == "" {
		number = string(c.ID)
	}
	name, _ := safe(c.CreatedAt.UTC().Format("2006-01-02") + " " + number)
	return name
}

// fileName makes the name that a file had on the member's disk one that every disk takes.
func fileName(name string) (stem, ending string) {
	ending = filepath.Ext(name)
	stem, bad := safe(strings.TrimSuffix(name, ending))
	if bad || stem == "" {
		stem = "documento " + stem
	}
	ending, _ = safe(ending)
	if len(ending) > 10 {
		ending = ending[:0]
	}
	return strings.TrimSpace(stem), ending
}

// reserved are names that Windows keeps for itself.
var reserved = map[string]bool{"con": true, "prn": true, "aux": true, "nul": true}

// safe leaves out what can't be in a name; bad says that the rest is a name that can't be used alone.
func safe(name string) (cleaned string, bad bool) {
	cleaned = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || strings.ContainsRune(`/\:*?"<>|`, r) || r == unicode.ReplacementChar {
			return '-'
		}
		return r
	}, name)
	for len(cleaned) > longest {
		runes := []rune(cleaned)
		cleaned = string(runes[:len(runes)-1])
	}
	cleaned = strings.TrimRightFunc(strings.TrimSpace(cleaned), func(r rune) bool { return r == '.' || unicode.IsSpace(r) })
	low, _, _ := strings.Cut(strings.ToLower(cleaned), ".")
	low = strings.TrimSpace(low)
	device := len(low) == 4 && (strings.HasPrefix(low, "com") || strings.HasPrefix(low, "lpt"))
	return cleaned, reserved[low] || device || strings.Trim(cleaned, ".-") == ""
}

// names are those taken in one folder, in small letters: many disks don't tell capitals apart.
type names map[string]bool

// free returns a name that is not taken yet: "fattura.pdf", "fattura (2).pdf".
func (n names) free(stem, ending string) string {
	name := stem + ending
	for i := 2; n[strings.ToLower(name)]; i++ {
		name = stem + " (" + strconv.Itoa(i) + ")" + ending
	}
	n[strings.ToLower(name)] = true
	return name
}
