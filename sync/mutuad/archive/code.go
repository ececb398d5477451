package archive

import (
	"encoding/base32"
	"io"
	"strings"

	"github.com/sodale/sodale/sync/mutuad/secret"
	"github.com/sodale/sodale/sync/mutuad/store"
)

// codeAlphabet has no letter that is taken for a digit on paper.
var codeAlphabet = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// NewActivationCode draws what is printed on a collection form (REG-15), 80 bits: "7K3M-9QXT-2B4N-HRWD". Only HashActivation of
// it is to be kept.
func (a *Archive) NewActivationCode() (string, error) {
	var b [10]byte
	if _, err := io.ReadFull(a.Random, b[:]); err != nil {
		return "", err
	}
	s := codeAlphabet.EncodeToString(b[:])
	return s[:4] + "-" + s[4:8] + "-" + s[8:12] + "-" + s[12:], nil
}

// HashActivation is what is stored of an activation code. It belongs to one codice fiscale, and says nothing to whoever does
// not have the mutual's key.
func (a *Archive) HashActivation(fiscalCode, code string) string {
	return a.Secret.Hash("activation", fiscalCode, typed(code))
}

// Activates reports whether a code as a person typed it is the one that was printed last for p and was not used (FAM-06).
func (a *Archive) Activates(p store.Person, code string) bool {
	return p.Code != "" && secret.Same(p.Code, a.HashActivation(p.FiscalCode, code))
}

var misread = strings.NewReplacer("-", "", " ", "", "O", "0", "I", "1", "L", "1")

// typed reads a code as people write it: in any case, with or without dashes, with O for nought and I or L for one.
func typed(code string) string { return misread.Replace(strings.ToUpper(code)) }
