package claim_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/draw"
	"image/jpeg"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/document/picture"
	"github.com/sodale/sodale/app/document/sample"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/reading"
)

// viewer draws JPEGs, as the worker does.
type viewer struct{ document.Previewer }

func (viewer) Look(context.Context, []byte) (document.Info, error) {
	return document.Info{Kind: document.JPEG, Pages: 1}, nil
}

func (viewer) Page(_ context.Context, data []byte, _ document.Request) (*image.RGBA, error) {
	img, err := jpeg.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	page := image.NewRGBA(img.Bounds())
	draw.Draw(page, page.Rect, img, img.Bounds().Min, draw.Src)
	return page, nil
}

func jpegOf(g *image.Gray, quality int) []byte {
	var b bytes.Buffer
	_ = jpeg.Encode(&b, g, &jpeg.Options{Quality: quality})
	return b.Bytes()
}

// bill is a paper with what it truly says.
type bill struct {
	receipt sample.Receipt
	vat     string
	on      civil.Date
}

// newBill invents a paper in one of four forms; of the same form many look alike.
func newBill(r *rand.Rand, n int) bill {
	b := bill{receipt: []func() sample.Receipt{sample.Ticket, sample.Analyses, sample.Dentist, sample.Wordy}[n%4]()}
	b.on = today.AddDays(-r.IntN(80))
	b.receipt.Number, b.receipt.Date = fmt.Sprintf("2026/%06d", 1000+7*n+r.IntN(7)), b.on.Italian()
	b.receipt.Cents = 1500 + r.Int64N(30000)
	b.receipt.Provider = []string{"ASST Naviglio Sud", "Studio Ferri S.r.l.", "Poliambulatorio San Carlo", "Centro Tre Torri"}[r.IntN(4)]
	b.vat = map[byte]string{'A': "01234567897", 'S': "02345678908", 'P': "03456789010", 'C': "04567890121"}[b.receipt.Provider[0]]
	return b
}

// read is what the reader says of it: never wrong, and of each field silent one time in eight.
func (b bill) read(r *rand.Rand) *reading.Paper {
	p := reading.Paper{Type: reading.Receipt}
	said := func() bool { return r.IntN(8) > 0 }
	if said() {
		p.Number = b.receipt.Number
	}
	if said() {
		p.IssuedOn = b.on
	}
	if said() {
		p.Total = money.Cents(b.receipt.Cents)
	}
	if said() {
		p.VAT = b.vat
	}
	return &p
}

// typed is the document as a member fills it in.
func (b bill) typed(id string) claim.ExpenseDocument {
	return claim.ExpenseDocument{ID: id, Type: claim.ReceiptSlip, Person: "elena", Service: claim.Visit, Number: b.receipt.Number, IssuedOn: b.on,
		Amount: money.Cents(b.receipt.Cents), Provider: b.receipt.Provider, ProviderVAT: b.vat, Province: "MI"}
}

const drawnDPI = 48

// plants are the five kinds of double: the picture of the second time, and what is typed then.
var plants = []struct {
	name    string
	picture func(first []byte, b bill) []byte
	typed   func(d *claim.ExpenseDocument)
}{
	{"same bytes", func(first []byte, _ bill) []byte { return first }, mistyped},
	{"re-scanned", func(_ []byte, b bill) []byte { return jpegOf(b.receipt.Scan(drawnDPI*4/3), 80) }, func(*claim.ExpenseDocument) {}},
	{"re-compressed", func(first []byte, _ bill) []byte {
		img, _ := jpeg.Decode(bytes.NewReader(first))
		return jpegOf(halved(img.(*image.Gray)), 45)
	}, mistyped},
	{"cropped", func(_ []byte, b bill) []byte {
		g := b.receipt.Drawn(drawnDPI)
		return jpegOf(picture.Crop(g, image.Rect(g.Rect.Dx()/12, g.Rect.Dy()/15, g.Rect.Dx(), g.Rect.Dy()*9/10)), 85)
	}, func(*claim.ExpenseDocument) {}},
	{"retyped", func(_ []byte, b bill) []byte { return jpegOf(b.receipt.Scan(drawnDPI), 70) }, func(d *claim.ExpenseDocument) {
		d.Person, d.ProviderVAT = "luca", ""
		d.Number = "Ricevuta n. " + strings.ReplaceAll(strings.ReplaceAll(d.Number, "/00", " - "), "/", " ")
		d.Provider = strings.ToUpper(strings.ReplaceAll(d.Provider, "S.r.l.", "srl"))
	}},
}

// mistyped is a slip in the number: only the file itself can tell.
func mistyped(d *claim.ExpenseDocument) { d.Number += "1" }

// halved has a quarter of the pixels.
func halved(g *image.Gray) *image.Gray {
	out := image.NewGray(image.Rect(0, 0, g.Rect.Dx()/2, g.Rect.Dy()/2))
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			sum := 0
			for _, at := range [][2]int{{0, 0}, {1, 0}, {0, 1}, {1, 1}} {
				sum += int(g.GrayAt(2*x+at[0], 2*y+at[1]).Y)
			}
			out.Pix[y*out.Stride+x] = uint8(sum / 4)
		}
	}
	return out
}

// tally is what the guard said.
type tally struct {
	found   map[string]int
	planted int
	sure    int // alarms where there is no double, said to be sure
	maybe   int // said to be maybe
	spent   time.Duration
}

// 500 claims one after another, of which 50 are doubles of an earlier one. docs/duplicates.md has the figures.
func TestTheDuplicateGuardFindsWhatIsClaimedTwice(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 500))
	d := newDesk(newVault())
	d.Previewer = viewer{}
	attach := func(data []byte, b bill) claim.Attachment {
		a, err := d.Attach(context.Background(), "foto.jpg", data)
		if err != nil {
			t.Fatal(err)
		}
		if r.IntN(4) > 0 { // one file in four was never read
			a.Paper = b.read(r)
		}
		return a
	}
	var claims []claim.Claim
	var bills []bill
	var pictures [][]byte
	got, began := tally{found: map[string]int{}}, time.Now()
	for n := range 500 {
		b := newBill(r, n)
		data := []byte(nil)
		doc := b.typed("d")
		twin, kind := -1, n/10%5
		if n >= 50 && n%9 == 0 {
			twin = r.IntN(len(bills))
			b, doc = bills[twin], bills[twin].typed("d")
			data = plants[kind].picture(pictures[twin], b)
			plants[kind].typed(&doc)
		} else {
			data = jpegOf(b.receipt.Drawn(drawnDPI), 85)
		}
		doc.Attachments = []claim.Attachment{attach(data, b)}
		c := claim.Claim{ID: claim.ID(fmt.Sprint(n)), Documents: []claim.ExpenseDocument{doc}}
		known := claim.NewKnown(claims)
		asked := time.Now()
		doubles := known.Doubles(c)
		got.spent += time.Since(asked)
		got.count(doubles, bills, b, plants[kind].name, twin >= 0)
		claims, bills, pictures = append(claims, c), append(bills, b), append(pictures, data)
	}
	for _, plant := range plants {
		if n := got.found[plant.name]; n < 9 {
			t.Errorf("%s: found %d of 10", plant.name, n)
		}
	}
	if got.planted != 50 || got.sure > 0 || got.maybe > 5 {
		t.Errorf("%d planted; false alarms: %d sure, %d maybe", got.planted, got.sure, got.maybe)
	}
	t.Logf("found %v of 10 each; false: sure %d, maybe %d; %v each, %v in all", got.found, got.sure, got.maybe, got.spent/500, time.Since(began))
}

// count holds what the guard said against the truth: two papers are one when they say the same.
func (y *tally) count(doubles []claim.Double, bills []bill, b bill, kind string, planted bool) {
	hit := false
	for _, double := range doubles {
		var n int
		_, _ = fmt.Sscan(string(double.Claim), &n)
		switch {
		case bills[n].receipt.Number == b.receipt.Number:
			hit = true
		case double.Kind == claim.SamePicture:
			y.maybe++
		default:
			y.sure++
		}
	}
	if planted && hit {
		y.found[kind]++
	}
	if planted {
		y.planted++
	}
}

func TestOneOfTenThousandClaimsIsFoundInAMoment(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 10_000))
	claims := make([]claim.Claim, 10_000)
	for i := range claims {
		d := newBill(r, i).typed("d")
		var print picture.Fingerprint
		for j := range print {
			print[j] = byte(r.Uint32())
		}
		d.Attachments = []claim.Attachment{{ID: "a", Plain: fmt.Sprint(i), Print: print.String()}}
		claims[i] = claim.Claim{ID: claim.ID(fmt.Sprint(i)), Documents: []claim.ExpenseDocument{d}}
	}
	began := time.Now()
	known := claim.NewKnown(claims)
	built := time.Since(began)
	again := claims[7777]
	again.ID = "new"
	began = time.Now()
	doubles := known.Doubles(again)
	if len(doubles) != 1 || doubles[0].Claim != "7777" || doubles[0].Kind != claim.SameFile {
		t.Fatalf("%+v", doubles)
	}
	t.Logf("built in %v, asked in %v", built, time.Since(began))
}

func TestTwoPapersAreOneWhateverTheWritingOfTheirNumbers(t *testing.T) {
	first := goodDocument()
	first.Number, first.ProviderVAT = "Ricevuta n. 2026/004817", "01234567897"
	known := claim.NewKnown([]claim.Claim{{ID: "first", Mutual: claim.Standing{Number: "26-000001"}, Documents: []claim.ExpenseDocument{first}}})
	for name, c := range map[string]struct {
		edit func(*claim.ExpenseDocument)
		want bool
	}{
		"for a relative":                   {func(d *claim.ExpenseDocument) { d.Person = "luca" }, true},
		"punctuation, zeros and words":     {func(d *claim.ExpenseDocument) { d.Number = "2026 - 4817" }, true},
		"without the VAT number":           {func(d *claim.ExpenseDocument) { d.ProviderVAT, d.Provider = "", "ospedale  SAN ROCCO s.p.a." }, true},
		"without VAT number, another name": {func(d *claim.ExpenseDocument) { d.ProviderVAT, d.Provider = "", "Studio Ferri" }, false},
		"another VAT number":               {func(d *claim.ExpenseDocument) { d.ProviderVAT = "02345678908" }, false},
		"another number":                   {func(d *claim.ExpenseDocument) { d.Number = "2026/004818" }, false},
		"the letter of another series":     {func(d *claim.ExpenseDocument) { d.Number = "2026/B/4817" }, false},
		"another date":                     {func(d *claim.ExpenseDocument) { d.IssuedOn = d.IssuedOn.AddDays(1) }, false},
		"another total":                    {func(d *claim.ExpenseDocument) { d.Amount++ }, false},
		"another currency":                 {func(d *claim.ExpenseDocument) { d.Currency, d.Foreign = "CHF", 3615 }, false},
		"read from the paper, typed in error": {func(d *claim.ExpenseDocument) {
			d.Attachments[0].Paper = &reading.Paper{VAT: d.ProviderVAT, Number: d.Number, IssuedOn: d.IssuedOn, Total: d.Amount}
			d.Number, d.Amount = "9", 1
		}, true},
	} {
		d := goodDocument()
		d.Number, d.ProviderVAT = first.Number, first.ProviderVAT
		c.edit(&d)
		got := known.Doubles(claim.Claim{ID: "new", Documents: []claim.ExpenseDocument{d}})
		if (len(got) == 1) != c.want || c.want && (got[0].Kind != claim.SamePaper || got[0].Number != "26-000001" || got[0].Twin != first.ID) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestTheSameFileTwiceInOneClaimIsADoubleAndAPrescriptionIsNot(t *testing.T) {
	file := claim.Attachment{ID: "a", Plain: "sum"}
	recipe := claim.Attachment{ID: "r", Plain: "recipe", Role: claim.Prescription}
	one := claim.ExpenseDocument{ID: "one", Attachments: []claim.Attachment{file, recipe}}
	two := claim.ExpenseDocument{ID: "two", Attachments: []claim.Attachment{file, recipe}}
	c := claim.Claim{ID: "c", Documents: []claim.ExpenseDocument{one, two}}
	got := claim.NewKnown([]claim.Claim{c}).Doubles(c)
	if len(got) != 1 || got[0] != (claim.Double{Kind: claim.SameFile, Document: "two", File: "a", Claim: "c", Twin: "one"}) {
		t.Fatalf("%+v", got)
	}
	gone := c
	gone.ID, gone.Mutual.State = "gone", claim.Withdrawn
	if got := claim.NewKnown([]claim.Claim{gone}).Doubles(claim.Claim{ID: "new", Documents: []claim.ExpenseDocument{one}}); len(got) != 0 {
		t.Fatalf("what was taken back still counts: %+v", got)
	}
}

func TestTwoReceiptsOfOneFormAreToldApartByWhatTheySay(t *testing.T) {
	var print picture.Fingerprint
	d := goodDocument()
	d.Attachments[0].Print = print.String()
	known := claim.NewKnown([]claim.Claim{{ID: "first", Documents: []claim.ExpenseDocument{d}}})
	for name, c := range map[string]struct {
		edit func(*claim.ExpenseDocument)
		want int
	}{
		"a slip in one field":     {func(d *claim.ExpenseDocument) { d.Number = "2" }, 1},
		"number and total differ": {func(d *claim.ExpenseDocument) { d.Number, d.Amount = "2", 1 }, 0},
		"nothing is typed yet":    {func(d *claim.ExpenseDocument) { d.Number, d.Amount, d.IssuedOn = "", 0, civil.Date{} }, 1},
		"a picture that is not near": {func(d *claim.ExpenseDocument) {
			d.Number = "2"
			far := picture.Fingerprint{0xff, 0xff, 0xff}
			d.Attachments[0].Print = far.String()
		}, 0},
		"a print that is none": {func(d *claim.ExpenseDocument) { d.Number, d.Attachments[0].Print = "2", "zz" }, 0},
	} {
		d := goodDocument()
		d.Attachments[0].Print = print.String()
		c.edit(&d)
		got := known.Doubles(claim.Claim{ID: "new", Documents: []claim.ExpenseDocument{d}})
		if len(got) != c.want || c.want == 1 && got[0].Kind != claim.SamePicture {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
