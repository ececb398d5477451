package member

import (
	"time"

	"github.com/sodale/sodale/app/civil"
)

// MaxPhoto is the size of a photo in bytes, base64 not counted.
const MaxPhoto = 64 << 10

// Postal is where letters go (PER-02).
type Postal string

// The postal choices. "" is ToResidence.
const (
	ToResidence Postal = "residence"
	ToDomicile  Postal = "domicile"
)

// Payment is how subsidies are paid (PER-02).
type Payment string

// The ways of payment. "" is ByTransfer.
const (
	ByTransfer Payment = "transfer" // to the IBAN (PER-09)
	ByCheque   Payment = "cheque"   // by post
)

// Details is what a member may change (PER-02). The residence is not in it (PER-04).
type Details struct {
	Domicile *Address `json:"domicile,omitempty"` // nil = the residence (PER-03)
	EMail    string   `json:"email,omitempty"`
	Mobile   string   `json:"mobile,omitempty"` // "+39" and digits
	Postal   Postal   `json:"postal,omitempty"`
	Payment  Payment  `json:"payment,omitempty"`
	IBAN     string   `json:"iban,omitempty"`
	Photo    []byte   `json:"photo,omitempty"` // JPEG
}

// Field names one of Details. The written-out values are stored and sent.
type Field string

// The fields, in the order they are shown.
const (
	FieldDomicile Field = "domicile"
	FieldEMail    Field = "email"
	FieldMobile   Field = "mobile"
	FieldPostal   Field = "postal"
	FieldPayment  Field = "payment"
	FieldIBAN     Field = "iban"
	FieldPhoto    Field = "photo"
)

// Change is what a member changed: Mine where it differs from Base. Base is what the mutual said when the edit began, so that
// the mutual can tell what it changed itself meanwhile.
type Change struct {
	Person ID      `json:"person"` // whose details
	Base   Details `json:"base"`
	Mine   Details `json:"mine"`
}

// Edit is a change in the making, saved as it is typed.
type Edit struct {
	Change
	SavedAt time.Time `json:"savedAt"` // UTC
	// Carries is the operation id of the refused request whose changes this edit takes up again; "" = none.
	Carries string `json:"carries,omitempty"`
}

// Conflict is a field that both sides changed to different values («Tuo / Della mutua»).
type Conflict struct {
	Field  Field
	Base   Details
	Mine   Details // only Field of them counts
	Theirs Details
}

// Past is a value that was given up: nothing a person or the mutual said is lost silently.
type Past struct {
	Person ID        `json:"person"`
	Field  Field     `json:"field"`
	Value  Details   `json:"value"` // only Field of it counts
	Whose  string    `json:"whose"` // "mine" or "mutual"
	At     time.Time `json:"at"`    // UTC
}

// Newcomer is a relative to be added (FAM-02). Contacts are inherited from the holder (FAM-03).
type Newcomer struct {
	GivenName   string     `json:"givenName"`
	FamilyName  string     `json:"familyName"`
	Sex         Sex        `json:"sex"`
	DateOfBirth civil.Date `json:"dateOfBirth"`
	BirthPlace  string     `json:"birthPlace"` // Belfiore code
	FiscalCode  string     `json:"fiscalCode"`
	Role        Role       `json:"role"`
	Code        string     `json:"code"`    // activation code from the collection form; "" = the dossier is opened later
	Consent     time.Time  `json:"consent"` // UTC; when the dossier's notice was accepted; zero = it was not
}
