package slots

import (
	"encoding/base32"
	"errors"
	"strings"
)

// CodeSize is the length of a recovery code in bytes: 128 bits.
const CodeSize = 16

// ErrCode says that a text is no recovery code: a character is missing, too many or mistyped.
var ErrCode = errors.New("not a recovery code")

// crockford leaves out I, L, O and U, which are misread.
var crockford = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// FormatCode writes a recovery code as it is printed: seven groups of four characters; the last two check the others.
func FormatCode(code [CodeSize]byte) string {
	s := crockford.EncodeToString(code[:])
	s += checkCharacters(code[:])
	var groups []string
	for ; len(s) > 0; s = s[4:] {
		groups = append(groups, s[:4])
	}
	return strings.Join(groups, "-")
}

// ParseCode reads a recovery code as a person types it: any case, with or without hyphens and spaces, O for 0, I or L for 1.
func ParseCode(text string) ([CodeSize]byte, error) {
	var code [CodeSize]byte
	clean := strings.NewReplacer("-", "", " ", "", "O", "0", "I", "1", "L", "1").Replace(strings.ToUpper(text))
	if len(clean) != 28 {
		return code, ErrCode
	}
	b, err := crockford.DecodeString(clean[:26])
	if err != nil || crockford.EncodeToString(b) != clean[:26] || checkCharacters(b) != clean[26:] {
		return code, ErrCode
	}
	copy(code[:], b)
	return code, nil
}

// checkCharacters are two characters from a weighted sum, so that a typing error is told from a wrong code.
func checkCharacters(b []byte) string {
	const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	sum := 0
	for i, x := range b {
		sum += (i + 1) * (int(x) + 1)
	}
	sum %= 1021
	return string(alphabet[sum/32]) + string(alphabet[sum%32])
}
