package mutual

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/phone"
)

// Codes of a user name that can't be one. A mobile number's are those of package phone.
const (
	CodeUserMissing fault.Code = "mutual.user-missing"
	CodeUserDigits  fault.Code = "mutual.user-digits" // FAC-04: something that is no digit
	CodeUserLong    fault.Code = "mutual.user-long"   // FAC-04: more than 12 digits
	CodeUserEMail   fault.Code = "mutual.user-email"  // no e-mail address
	CodeFiscalCode  fault.Code = "mutual.fiscal-code" // FAC-05 needs 16 letters and digits
	CodeNotOffered  fault.Code = "mutual.not-offered" // this mutual does not let its members in that way
)

// Has reports whether members come in by a way.
func (p Profile) Has(w Way) bool { return slices.Contains(p.Entry.Ways, w) }

// Notice finds a notice by its id.
func (p Profile) Notice(id string) (Notice, bool) {
	for _, n := range p.Notices {
		if n.ID == id {
			return n, true
		}
	}
	return Notice{}, false
}

// SchoolName is what the mutual calls a kind of school (STU-06), or the id itself where its list has none of it.
func (p Profile) SchoolName(id string) string {
	for _, s := range p.Claims.Study.Schools {
		if s.ID == id {
			return s.Name
		}
	}
	return id
}

// ConsentsAt lists what is asked at a moment, in order (CFG-10, PRV-03).
func (p Profile) ConsentsAt(m Moment) []Consent {
	var asked []Consent
	for _, c := range p.Consents {
		if c.Moment == m {
			asked = append(asked, c)
		}
	}
	return asked
}

// UserName reads a user name as it was typed and writes it as the mutual knows it: a number of 12 digits, completed with leading
// zeros (FAC-04); an e-mail in small letters (LOG-01); a mobile as package phone keeps it (LOG-03). Spaces around it are left
// out. Errors carry the codes above or those of package phone.
func (p Profile) UserName(text string) (string, error) {
	s := strings.TrimSpace(text)
	switch {
	case s == "":
		return "", fault.New(CodeUserMissing, "mutual.user", "user")
	case p.Entry.User == UserNumber:
		return paddedNumber(s)
	case p.Entry.User == UserMobileOrEMail && !strings.Contains(s, "@"):
		n, err := phone.ParseMobile(s)
		return string(n), err
	case len(s) > 254 || !emailPattern.MatchString(s):
		return "", fault.New(CodeUserEMail, "mutual.user", "user")
	}
	return strings.ToLower(s), nil
}

func paddedNumber(s string) (string, error) {
	if strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' }) {
		return "", fault.New(CodeUserDigits, "mutual.user", "user")
	}
	if len(s) > UserDigits {
		return "", fault.New(CodeUserLong, "mutual.user", "user")
	}
	return strings.Repeat("0", UserDigits-len(s)) + s, nil
}

// FirstPassword derives the password of the first access (FAC-05): the last five digits of the user name and the last five
// characters of the codice fiscale in capitals, "03423G209D". CodeNotOffered where the mutual has no first access.
func (p Profile) FirstPassword(user, fiscalCode string) (string, error) {
	if !p.Has(WayFirstAccess) {
		return "", fault.New(CodeNotOffered, "mutual.first-password", "")
	}
	number, err := p.UserName(user)
	if err != nil {
		return "", err
	}
	code := strings.ToUpper(strings.Join(strings.Fields(fiscalCode), ""))
	if len(code) != 16 || strings.ContainsFunc(code, func(r rune) bool { return (r < 'A' || r > 'Z') && (r < '0' || r > '9') }) {
		return "", fault.New(CodeFiscalCode, "mutual.first-password", "fiscalCode")
	}
	return number[UserDigits-5:] + code[11:], nil
}

// Broken is one part of a password rule that a password does not keep.
type Broken string

// The parts of a password rule (LOG-07).
const (
	BrokenLeast Broken = "least" // too short
	BrokenDigit Broken = "digit" // no number
	BrokenUpper Broken = "upper" // no capital letter
	BrokenLower Broken = "lower" // no small letter
)

// Check lists which parts of the rule a password breaks, in the order of the sentence that names the rule; nothing when it is
// good (FAC-12). Characters count, not bytes; spaces count too.
func (r PasswordRule) Check(text string) []Broken {
	var broken []Broken
	add := func(b Broken, missing bool) {
		if missing {
			broken = append(broken, b)
		}
	}
	add(BrokenLeast, utf8.RuneCountInString(text) < r.Least)
	add(BrokenDigit, r.Digit && !strings.ContainsAny(text, "0123456789"))
	add(BrokenUpper, r.Upper && !strings.ContainsFunc(text, unicode.IsUpper))
	add(BrokenLower, r.Lower && !strings.ContainsFunc(text, unicode.IsLower))
	return broken
}

// dotted is the prefix of a mutual that wants no space in a mobile number (REG-07).
const dotted = "+39."

// ParseMobile reads a mobile number as this mutual wants it typed and returns it as package phone keeps it. Where the prefix is
// "+39." it has to be there and a space is refused (REG-07): show Messages.MobileWarning with phone.CodePrefix and CodeSpace.
func (p Profile) ParseMobile(text string) (string, error) {
	read := phone.ParseMobile
	if p.Verification.MobilePrefix == dotted {
		read = phone.ParseDotted
	}
	n, err := read(text)
	return string(n), err
}

// ShowMobile writes a number as this mutual does: "+39.3331234567" (AMB-57) or "+39 333 123 4567". What is no number is shown as
// it is.
func (p Profile) ShowMobile(mobile string) string {
	n, err := phone.Parse(mobile)
	switch {
	case err != nil:
		return mobile
	case p.Verification.MobilePrefix == dotted:
		return n.Shown(dotted)
	}
	return n.Spaced()
}
