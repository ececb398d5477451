package claims

import (
	"bytes"
	"io"
	"strings"
	"time"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/print"
	"github.com/sodale/sodale/app/refund"
	"github.com/sodale/sodale/app/statement"
	"github.com/sodale/sodale/assets"
)

// Papers draws the papers of claims and of a year, each an A4 PDF in Italian. They are made in memory and lie nowhere until the member keeps
// them.
type Papers struct {
	Household member.Household
	Mutual    mutual.Profile
	Now       time.Time // UTC
}

// Receipt is what the mutual signed, with what was sent (CLM-21, STU-09). r states what the signed receipt of s states, after its
// signature was verified. Errors carry print.CodeFailed.
func (p Papers) Receipt(s claim.Summary, r Receipt) ([]byte, error) {
	proof := print.Proof{Protocol: r.Protocol, Revision: r.Revision, At: r.At, Digest: r.Digest, Signed: s.Delivery.Receipt}
	return pdf(func(w io.Writer) error { return print.ClaimReceipt(w, fonts(), p.filing(s), proof) })
}

// Reminder is what waits to be delivered. It is no receipt and says so (CLM-22).
func (p Papers) Reminder(s claim.Summary) ([]byte, error) {
	return pdf(func(w io.Writer) error { return print.Reminder(w, fonts(), p.filing(s)) })
}

// Refunds is the summary of one year (CRT-03).
func (p Papers) Refunds(s refund.Summary) ([]byte, error) {
	sheet := print.RefundSheet{Summary: s, Household: p.Household, Mutual: p.Mutual.Name, MadeAt: p.Now}
	return pdf(func(w io.Writer) error { return print.Refunds(w, fonts(), sheet) })
}

// Year is what one year of the membership came to (CRT-04 to CRT-08).
func (p Papers) Year(s statement.Statement) ([]byte, error) {
	sheet := print.YearSheet{Statement: s, Household: p.Household, Mutual: p.Mutual.Name, MadeAt: p.Now}
	return pdf(func(w io.Writer) error { return print.Year(w, fonts(), sheet) })
}

func (p Papers) filing(s claim.Summary) print.Filing {
	return print.Filing{Claim: s.Claim, Delivery: *s.Delivery, Household: p.Household, Mutual: p.Mutual, MadeAt: p.Now}
}

func pdf(draw func(w io.Writer) error) ([]byte, error) {
	var b bytes.Buffer
	err := draw(&b)
	return b.Bytes(), err
}

func fonts() print.Fonts {
	return print.Fonts{Regular: assets.Font("SourceSans3-Regular.ttf"), Semibold: assets.Font("SourceSans3-Semibold.ttf"),
		Mono: assets.Font("AtkinsonHyperlegibleMono_400Regular.ttf")}
}

// fileName makes the name of a file of its parts: "ricevuta-26-004471-1.pdf". It says nothing of health.
func fileName(ending string, parts ...string) string {
	return strings.Map(func(c rune) rune {
		if strings.ContainsRune(`/\:*?"<>| `, c) {
			return '-'
		}
		return c
	}, strings.Join(parts, "-")) + ending
}
