package claim_test

import (
	"context"
	"errors"
	"image"
	"image/color"
	"slices"
	"testing"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/mutual"
)

// drawer shows one picture for every page.
type drawer struct {
	document.Previewer
	page *image.RGBA
	err  error
}

func (d drawer) Look(context.Context, []byte) (document.Info, error) {
	return document.Info{Kind: document.PDF, Pages: 1}, nil
}

func (d drawer) Page(context.Context, []byte, document.Request) (*image.RGBA, error) {
	return d.page, d.err
}

// sheetOf is a page of paper of one grey.
func sheetOf(grey uint8) *image.RGBA {
	page := image.NewRGBA(image.Rect(0, 0, 600, 800))
	for i := range page.Pix {
		page.Pix[i] = grey
	}
	for x := range 600 {
		page.SetRGBA(x, 0, color.RGBA{A: 255})
	}
	return page
}

func TestAFileIsLookedAtWhenItComesInAndNeverRefusedForItsLooks(t *testing.T) {
	for name, c := range map[string]struct {
		previewer document.Previewer
		flaws     []document.Flaw
		print     bool
	}{
		"blank":          {drawer{page: sheetOf(250)}, []document.Flaw{document.Blank}, true},
		"blank and dark": {drawer{page: sheetOf(40)}, []document.Flaw{document.Blank, document.Dark}, true},
		"not drawn":      {drawer{err: errors.New("a worker that ended")}, nil, false},
		"nobody looks":   {nil, nil, false},
	} {
		d := newDesk(newVault())
		d.Previewer = c.previewer
		a, err := d.Attach(context.Background(), "ricevuta.pdf", receiptPDF)
		if err != nil || !slices.Equal(a.Flaws, c.flaws) || (a.Print != "") != c.print {
			t.Errorf("%s: %+v, %v", name, a, err)
		}
	}
}

func TestAKindThatTheMutualDoesNotTakeIsRefused(t *testing.T) { // CLM-04
	v := newVault()
	d := newDesk(v)
	d.Mutual = func() mutual.Profile {
		return mutual.Profile{ID: "m", Files: mutual.Files{Kinds: []document.Kind{document.JPEG}, MaxBytes: 1000}}
	}
	if _, err := d.Attach(context.Background(), "ricevuta.pdf", receiptPDF); fault.CodeOf(err) != document.CodeKind || len(v.Blobs()) != 0 {
		t.Fatalf("%v, %d files", err, len(v.Blobs()))
	}
	if _, err := d.Attach(context.Background(), "foto.jpg", append([]byte("\xff\xd8\xff"), make([]byte, 1000)...)); fault.CodeOf(err) != document.CodeTooLarge {
		t.Fatalf("over the mutual's own limit: %v", err)
	}
}

func TestWhatOnlyServesTheMemberIsNeverSent(t *testing.T) {
	c := fullClaim(t)
	body, err := claim.Encode(c, household, now)
	if err != nil {
		t.Fatal(err)
	}
	filed, err := claim.Decode(body)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range filed.Documents {
		for _, a := range d.Attachments {
			if a.Print != "" || a.Flaws != nil || a.Paper != nil || d.Proposed != nil {
				t.Fatalf("sent %+v", a)
			}
		}
	}
	if c.Documents[0].Attachments[0].Paper == nil || c.Documents[0].Proposed == nil {
		t.Fatal("the claim itself was changed")
	}
}
