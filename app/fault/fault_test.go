package fault_test

import (
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/sodale/sodale/app/fault"
)

func TestAnErrorIsKnownByItsCodeThroughEveryWrapping(t *testing.T) {
	err := fmt.Errorf("outer: %w", fault.Wrap("claim.stale", "claim.save", "c1", io.ErrUnexpectedEOF))
	if fault.CodeOf(err) != "claim.stale" || !errors.Is(err, fault.New("claim.stale", "", "")) || !errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, fault.New("claim.other", "", "")) {
		t.Fatal(err)
	}
	if got := err.Error(); got != "outer: claim.save: claim.stale (c1): unexpected EOF" {
		t.Fatal(got)
	}
	if fault.CodeOf(io.EOF) != "" || fault.CodeOf(nil) != "" {
		t.Fatal("a code from nowhere")
	}
}
