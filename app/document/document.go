// Package document knows the files that a member attaches: what they really are, how large they may be, how many pages
// they have and how a page looks. It never parses one itself: package document/worker does, in a process that can do
// nothing else.
package document

import (
	"context"
	"image"

	"github.com/sodale/sodale/app/fault"
)

// Kind is what a file really is, by its content.
type Kind string

// The kinds. Only PDF, JPEG and TIFF may be attached (CLM-04); PNG and HEIC can be converted, see Convertible.
const (
	PDF     Kind = "pdf"
	JPEG    Kind = "jpeg"
	TIFF    Kind = "tiff"
	PNG     Kind = "png"
	HEIC    Kind = "heic"
	Unknown Kind = "unknown"
)

// MaxSize is the largest file of the demo mutual and of CesarePozzo: 2 MiB (CLM-05, AMB-54).
const MaxSize = 2 << 20

// Codes of everything that can be wrong with a file. They are what `sodale preview` prints.
const (
	CodeEmpty     fault.Code = "document.empty"
	CodeTooLarge  fault.Code = "document.too-large"      // Values: Size, Max
	CodeKind      fault.Code = "document.kind"           // not PDF, JPG or TIF
	CodePNG       fault.Code = "document.png"            // a PNG: convert it
	CodeHEIC      fault.Code = "document.heic"           // a HEIC: convert it
	CodeEncrypted fault.Code = "document.encrypted"      // the PDF has a password
	CodeDamaged   fault.Code = "document.damaged"        // can't be read
	CodePages     fault.Code = "document.too-many-pages" // Values: Pages, Max
	CodePixels    fault.Code = "document.too-many-pixels"
	CodeTimeout   fault.Code = "document.timeout"   // took too long
	CodeCrashed   fault.Code = "document.crashed"   // ended its worker
	CodeVanished  fault.Code = "document.vanished"  // the path is no longer there
	CodeNoPage    fault.Code = "document.no-page"   // no such page
	CodeNoWorker  fault.Code = "document.no-worker" // the worker can't be started
)

// Info is what is known of a file after one look by the worker.
type Info struct {
	Kind  Kind
	Pages int
}

// Request asks for one page as pixels.
type Request struct {
	Page int // from 0
	// MaxWidth and MaxHeight bound the picture in device pixels; the page is fitted inside, keeping its shape. With DPI
	// set and both 0, the page has its natural size at that resolution.
	MaxWidth, MaxHeight int
	DPI                 float64
	Turn                int // quarter turns clockwise, 0 to 3
}

// Line is one line of text of a page, in points from the top left.
type Line struct {
	Text       string
	X, Y, W, H float64
}

// Previewer shows files from outside. Implementations are safe for concurrent use, hold no key, and answer only with
// the codes of this package. A call ends at the latest at its deadline; the next one works again.
type Previewer interface {
	// Look tells what the bytes are. It refuses what Check refuses but for a PNG, which can be looked at and drawn, and
	// what the worker can't open.
	Look(ctx context.Context, data []byte) (Info, error)
	// Page draws one page.
	Page(ctx context.Context, data []byte, r Request) (*image.RGBA, error)
	// Text reads the lines of one page, with what was filled into form fields.
	Text(ctx context.Context, data []byte, page int) ([]Line, error)
	// Close ends the worker.
	Close() error
}
