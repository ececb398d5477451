package document

import (
	"bytes"
	"encoding/binary"

	"github.com/sodale/sodale/app/document/wire"
	"github.com/sodale/sodale/app/fault"
)

// MaxPreview is the largest file that is previewed, in bytes. It is more than may be attached: a photo that is too large
// is shown beside the offer to shrink it.
const MaxPreview = wire.MaxDocument

// dimensions is the size of one image in pixels.
type dimensions struct{ w, h int64 }

func (d dimensions) pixels() int64 { return d.w * d.h }

// imagePages reads the sizes of the images of a JPEG, PNG or TIFF file from its headers, page by page, and refuses what
// has no readable header (CodeDamaged), too many pixels (CodePixels) or too many pages (CodePages).
func imagePages(kind Kind, data []byte) ([]dimensions, error) {
	var pages []dimensions
	switch kind {
	case JPEG:
		pages = jpegPages(data)
	case PNG:
		pages = pngPages(data)
	case TIFF:
		pages = tiffPages(data)
	default:
		return nil, nil
	}
	if len(pages) == 0 {
		return nil, fault.New(CodeDamaged, "document.header", "")
	}
	if len(pages) > wire.MaxPages {
		return nil, tooManyPages(len(pages))
	}
	for _, p := range pages {
		if p.w <= 0 || p.h <= 0 {
			return nil, fault.New(CodeDamaged, "document.header", "")
		}
		if p.pixels() > wire.MaxImage {
			return nil, fault.New(CodePixels, "document.header", "")
		}
	}
	return pages, nil
}

// jpegPages finds the first frame header of a JPEG file and reads its size; nothing when there is none.
func jpegPages(data []byte) []dimensions {
	for i := 2; ; {
		skip := bytes.IndexByte(data[min(i, len(data)):], 0xff)
		if skip < 0 {
			return nil
		}
		i += skip
		for i < len(data) && data[i] == 0xff {
			i++
		}
		if i+9 > len(data) {
			return nil
		}
		marker, body := data[i], data[i+1:]
		i++
		switch {
		case marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc:
			return []dimensions{{int64(binary.BigEndian.Uint16(body[5:])), int64(binary.BigEndian.Uint16(body[3:]))}}
		case marker == 0xda || marker == 0xd9:
			return nil
		case marker == 0 || marker == 1 || (marker >= 0xd0 && marker <= 0xd8):
		default:
			i += max(2, int(binary.BigEndian.Uint16(body)))
		}
	}
}

// pngPages reads the size of a PNG file from its header, which must be its first part; nothing when there is none.
func pngPages(data []byte) []dimensions {
	if len(data) < 24 || string(data[12:16]) != "IHDR" {
		return nil
	}
	return []dimensions{{int64(binary.BigEndian.Uint32(data[16:])), int64(binary.BigEndian.Uint32(data[20:]))}}
}

// tiffPages follows the chain of a TIFF file's directories and reads the size of each image. It stops at a directory
// seen before, at one that lies outside the file, and one page past the limit.
func tiffPages(data []byte) []dimensions {
	if len(data) < 8 {
		return nil
	}
	var order binary.ByteOrder = binary.LittleEndian
	if data[0] == 'M' {
		order = binary.BigEndian
	}
	var pages []dimensions
	seen := map[uint32]bool{}
	at := order.Uint32(data[4:])
	for at != 0 && !seen[at] && int64(at)+2 <= int64(len(data)) && len(pages) <= wire.MaxPages {
		seen[at] = true
		n := int(order.Uint16(data[at:]))
		entries := data[at+2:]
		if 12*n > len(entries) {
			return pages
		}
		pages = append(pages, tiffSize(entries[:12*n], order))
		if len(entries) < 12*n+4 {
			return pages
		}
		at = order.Uint32(entries[12*n:])
	}
	return pages
}

// tiffSize reads width and height from the entries of one directory, 12 bytes each.
func tiffSize(entries []byte, order binary.ByteOrder) (d dimensions) {
	for ; len(entries) >= 12; entries = entries[12:] {
		tag, kind := order.Uint16(entries), order.Uint16(entries[2:])
		value := int64(order.Uint32(entries[8:]))
		if kind == 3 {
			value = int64(order.Uint16(entries[8:]))
		}
		switch tag {
		case 256:
			d.w = value
		case 257:
			d.h = value
		}
	}
	return d
}
