package engine

import (
	"errors"
	"net/http"
	"time"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/sync/api"
)

// actor is who has to act before a submission that failed can go on.
type actor int

const (
	nobody    actor = iota // this submission waits a while and goes again
	theLine                // the line does not carry, or not to the mutual: everything waits for a signed hello
	theMutual              // it asked for patience: everything waits as long as it says
	theAccess              // the token or the program is refused: everything waits for the member
	theMember              // this submission was refused: it alone waits for the member
)

// verdict is what becomes of an error.
type verdict struct {
	who  actor
	code fault.Code
	wait time.Duration // asked for by the mutual; 0 = not said
}

// judge decides who has to act on an error of an exchange or of the disk.
func judge(err error) verdict {
	var signed *signedError
	if errors.As(err, &signed) {
		return judgeSigned(signed)
	}
	code := fault.CodeOf(err)
	switch code {
	case CodeOffline, CodeTimeout, CodeCut, CodeRefused, CodeCertificate, CodeTLS, CodePortal, CodeOther:
		return verdict{who: theLine, code: code}
	case claim.CodeBlobGone, CodeFileDamaged:
		return verdict{who: theMember, code: code}
	case "":
		code = CodeAnswer
	}
	return verdict{who: nobody, code: code}
}

func judgeSigned(e *signedError) verdict {
	v := verdict{code: fault.Code(e.Code), wait: e.wait}
	switch {
	case e.Status == http.StatusTooManyRequests, e.Status == http.StatusServiceUnavailable:
		v.who = theMutual
	case e.Status == http.StatusUnauthorized, e.Status == http.StatusForbidden, e.Status == http.StatusUpgradeRequired:
		v.who = theAccess
	case e.Status == http.StatusRequestTimeout, e.Status == http.StatusConflict, e.Status >= 500, e.cutShort(), e.lostItsWay():
		v.who = nobody
	case e.Status >= 400:
		v.who = theMember
	}
	return v
}

// cutShort reports whether the mutual got only a part of the body: a slow line that it lost patience with, no refusal.
func (e *signedError) cutShort() bool {
	return e.Status == http.StatusBadRequest && e.Code == api.CodeBadRequest && e.Field == "body"
}

// lostItsWay reports whether the mutual does not know the question, as one of another version might not.
func (e *signedError) lostItsWay() bool { return e.Code == api.CodeBadRequest && e.Field == "path" }

// signedAs reports whether err is the mutual's signed answer of that code.
func signedAs(err error, code string) bool {
	var signed *signedError
	return errors.As(err, &signed) && signed.Code == code
}

// CodeOf names for the screens what an error of this package means: the mutual's own code where it signed one.
func CodeOf(err error) fault.Code {
	if err == nil {
		return ""
	}
	return judge(err).code
}
