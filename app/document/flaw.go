package document

// Flaw is what makes a page hard to read. It is a warning, never a refusal: the person may know better.
type Flaw string

// The flaws. The first three are measured by package document/picture; that a page lies on its side or its head is found
// by reading it (document/ocr).
const (
	Blank   Flaw = "blank"   // nothing is written on it
	Blurred Flaw = "blurred" // its letters have no edges
	Dark    Flaw = "dark"    // the paper itself is dark
	Turned  Flaw = "turned"  // by 90, 180 or 270 degrees
)
