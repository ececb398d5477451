package engine

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/api"
)

// Limits that a diagnosis warns at.
const (
	clockTolerance = 10 * time.Minute
	spaceNeeded    = 256 << 20 // bytes: the largest scan three times, and room for the vault to grow
)

// Diagnose answers *Perché non parte?*: six findings in the order network, mutual, clock, access, file, space. It asks the
// mutual afresh and changes nothing. A point that could not be looked at, because one before it failed, has CodeUnchecked.
func (e *Engine) Diagnose(ctx context.Context) []submission.Finding {
	before := e.cfg.Clock.Now()
	hello, err := e.wire.Hello(ctx)
	after := e.cfg.Clock.Now()
	findings := []submission.Finding{
		{Cause: submission.CauseNetwork}, {Cause: submission.CauseMutual}, {Cause: submission.CauseClock}, {Cause: submission.CauseAccess},
	}
	network, mutual, clock, access := &findings[0], &findings[1], &findings[2], &findings[3]
	if err != nil {
		diagnoseLine(network, mutual, err)
		clock.Code, access.Code = CodeUnchecked, CodeUnchecked
	} else {
		diagnoseProtocol(mutual, hello)
		diagnoseClock(clock, before.Add(after.Sub(before)/2), hello.Time)
		e.diagnoseAccess(ctx, access)
	}
	return append(findings, e.diagnoseFiles(ctx), e.diagnoseSpace())
}

// diagnoseLine says whether it is the network or what answers in the mutual's place.
func diagnoseLine(network, mutual *submission.Finding, err error) {
	v := judge(err)
	switch v.code {
	case CodeOffline, CodeTimeout, CodeCut:
		network.Code, mutual.Code = v.code, CodeUnchecked
		return
	}
	mutual.Code = v.code
	var signed *signedError
	var f *fault.Error
	switch {
	case errors.As(err, &signed):
		mutual.Values = map[string]string{"Status": strconv.Itoa(signed.Status)}
		if v.who == nobody {
			mutual.Code = CodeServer
		}
	case errors.As(err, &f):
		mutual.Values = f.Values
	}
}

func diagnoseProtocol(mutual *submission.Finding, hello api.Hello) {
	if api.Protocol < hello.MinProtocol || api.Protocol > hello.MaxProtocol {
		mutual.Code = api.CodeProtocol
	}
}

// diagnoseClock compares this computer's clock with the mutual's. Deliveries do not depend on it; dates on documents do.
func diagnoseClock(finding *submission.Finding, here, there time.Time) {
	skew, direction := here.Sub(there), "ahead"
	if skew < 0 {
		skew, direction = -skew, "behind"
	}
	if skew <= clockTolerance {
		return
	}
	finding.Code = CodeClockSkew
	finding.Values = map[string]string{"Direction": direction}
	if days := int(skew / (24 * time.Hour)); days > 0 {
		finding.Values["Days"] = strconv.Itoa(days)
	} else {
		finding.Values["Minutes"] = strconv.Itoa(int(skew / time.Minute))
	}
}

// diagnoseAccess presents the token with a question that costs nothing.
func (e *Engine) diagnoseAccess(ctx context.Context, finding *submission.Finding) {
	token := e.token()
	if token == "" {
		finding.Code = CodeNoToken
		return
	}
	_, err := e.wire.check(ctx, token, []string{})
	switch v := judge(err); {
	case err == nil:
	case v.who == theAccess:
		finding.Code = v.code
	default:
		finding.Code = CodeUnchecked
	}
}

// diagnoseFiles looks for what was put aside, and for files of waiting submissions that are not on the disk.
func (e *Engine) diagnoseFiles(ctx context.Context) submission.Finding {
	finding := submission.Finding{Cause: submission.CauseFile}
	all, err := e.cfg.Outbox.Deliveries(ctx)
	if err != nil {
		finding.Code = CodeStorage
		return finding
	}
	missing, held, reason := 0, 0, fault.Code("")
	for _, d := range all {
		switch d.Status {
		case submission.Delivered:
			continue
		case submission.Held:
			if held++; held == 1 {
				reason = d.Reason
			}
		}
		missing += e.filesGone(ctx, d.Blobs)
	}
	switch {
	case missing > 0:
		finding.Code, finding.Values = CodeFileGone, map[string]string{"Count": strconv.Itoa(missing)}
	case held > 0:
		finding.Code, finding.Values = CodeHeldBack, map[string]string{"Count": strconv.Itoa(held), "Reason": string(reason)}
	}
	return finding
}

func (e *Engine) filesGone(ctx context.Context, blobs []submission.Blob) int {
	gone := 0
	for _, b := range blobs {
		file, _, err := e.cfg.Outbox.OpenSealed(ctx, b.Digest)
		if err != nil {
			if fault.CodeOf(missingFile(err, b.Digest)) == claim.CodeBlobGone {
				gone++
			}
			continue
		}
		file.Close()
	}
	return gone
}

func (e *Engine) diagnoseSpace() submission.Finding {
	finding := submission.Finding{Cause: submission.CauseSpace}
	if e.cfg.FreeBytes == nil {
		return finding
	}
	free, err := e.cfg.FreeBytes()
	switch {
	case err != nil:
		finding.Code = CodeSpaceBlind
	case free < spaceNeeded:
		finding.Code, finding.Values = CodeSpaceLow, map[string]string{"MiB": strconv.FormatUint(free>>20, 10)}
	}
	return finding
}
