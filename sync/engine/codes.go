package engine

import "github.com/sodale/sodale/app/fault"

// Codes of the line: nobody answered, or not the mutual. The engine waits and tries again.
const (
	CodeOffline     fault.Code = "network.offline"    // no route, or the name can't be found
	CodeTimeout     fault.Code = "network.timeout"    // something is there and does not answer in time
	CodeCut         fault.Code = "network.cut"        // the connection broke midway
	CodeRefused     fault.Code = "mutual.refused"     // the machine is there, nothing listens
	CodeCertificate fault.Code = "mutual.certificate" // TLS with a key that is not the mutual's
	CodeTLS         fault.Code = "mutual.tls"         // no TLS 1.3 could be agreed
	CodePortal      fault.Code = "mutual.portal"      // an answer without the mutual's signature: a portal or a proxy
	CodeOther       fault.Code = "mutual.other"       // signed, but by another mutual of the same key
	CodeAnswer      fault.Code = "mutual.answer"      // signed, but it can't be understood or is too long
)

// Codes of one submission.
const (
	CodeReceipt     fault.Code = "delivery.receipt"      // a receipt that is not of this submission
	CodeNoProgress  fault.Code = "delivery.no-progress"  // the mutual keeps asking for the same bytes
	CodeFileDamaged fault.Code = "delivery.file-damaged" // the file on the disk is not the one that was sealed
	CodeFeed        fault.Code = "delivery.feed"         // the feed has a gap or is out of order
)

// Codes of a diagnosis, beside those above and those of package api.
const (
	CodeUnchecked  fault.Code = "diagnosis.unchecked"     // a point before it failed, so this one could not be looked at
	CodeServer     fault.Code = "mutual.error"            // Values: Status
	CodeClockSkew  fault.Code = "clock.skew"              // Values: Days or Minutes; Direction "ahead" or "behind"
	CodeNoToken    fault.Code = "access.none"             // this computer was never signed in
	CodeFileGone   fault.Code = "file.missing"            // Values: Count
	CodeHeldBack   fault.Code = "file.quarantined"        // Values: Count, Reason (code of the oldest)
	CodeSpaceLow   fault.Code = "space.low"               // Values: MiB
	CodeSpaceBlind fault.Code = "space.unreadable"        // the free space can't be asked for
	CodeStorage    fault.Code = "diagnosis.no-deliveries" // the outbox can't be read
)
