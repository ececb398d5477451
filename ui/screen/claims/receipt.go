package claims

import (
	"strconv"
	"strings"
	"time"

	"github.com/sodale/sodale/ui/words"
)

// Receipt is what a signed receipt states, after its signature was verified.
type Receipt struct {
	Mutual   string    // "Mutua Aurora"
	Subject  string    // the claim's id
	Revision int       // 1, 2, 3 …
	Protocol string    // the mutual's number
	At       time.Time // UTC, the mutual's clock
	Digest   string    // hex SHA-256 of what was delivered
	Files    int       // how many sealed files it names
}

// GroupedDigest writes a digest in blocks of eight, as two people compare it on the telephone.
func GroupedDigest(digest string) string {
	var b strings.Builder
	for i, r := range digest {
		if i > 0 && i%8 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// ReceiptName is the file name of a saved receipt: "ricevuta-26-004471-1.json".
func ReceiptName(r Receipt) string { return receiptName(r, ".json") }

func receiptName(r Receipt, ending string) string {
	return fileName(ending, words.T("claims.receipt.file"), r.Protocol, strconv.Itoa(r.Revision))
}
