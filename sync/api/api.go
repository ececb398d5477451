// Package api is what any mutual's server must answer: paths, headers and wire types (openapi.yaml says the same for
// readers who don't know Go). It decides nothing.
//
// Every answer of the mutual is signed: the request carries a fresh nonce in HeaderNonce, the answer an Ed25519
// signature in HeaderSignature over SignedAnswer. A portal, a proxy or a wrong server can't make one, so a client
// believes only what verifies, whatever the status code.
package api

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"
)

// Protocol is the version that this package speaks. History: 1 (November 2026) first version. A server accepts it and
// the two before.
const Protocol = 1

// Headers.
const (
	HeaderNonce     = "Sodale-Nonce"     // request: 32 hex characters, fresh
	HeaderSignature = "Sodale-Signature" // answer: base64 (standard) Ed25519 over SignedAnswer
	HeaderProtocol  = "Sodale-Protocol"  // both: a number
	HeaderOffset    = "Upload-Offset"    // blob PATCH: where these bytes begin
	HeaderLength    = "Upload-Length"    // blob PATCH, bytes in all
	HeaderKey       = "Idempotency-Key"  // submission PUT: the op id
)

// Paths, as patterns of net/http.ServeMux.
const (
	PathHello      = "/v1/hello"                                      // GET, no token
	PathSignIn     = "/v1/devices"                                    // POST, no token
	PathBlobCheck  = "/v1/blobs/check"                                // POST
	PathBlob       = "/v1/blobs/{digest}"                             // PATCH; where to go on is asked by PathBlobCheck, whose answer is signed
	PathSubmission = "/v1/submissions/{subject}/revisions/{revision}" // PUT
	PathReceipt    = PathSubmission + "/receipt"                      // GET
	PathEvents     = "/v1/events"                                     // GET ?epoch=&after=&wait=
)

// AppendSize is how many bytes one PATCH carries at most: 1 MiB.
const AppendSize = 1 << 20

// MaxBlob is the largest sealed file that a server takes: 25 MiB.
const MaxBlob = 25 << 20

// MaxBody is the largest JSON body either side takes: 4 MiB.
const MaxBody = 4 << 20

// SignedAnswer returns the bytes that the signature of an answer covers. Path is the path of the request as it was sent
// (percent-encoded), without the query; an answer to a request without a good nonce is signed with nonce "".
func SignedAnswer(method, path, nonce string, status int, body []byte) []byte {
	sum := sha256.Sum256(body)
	return fmt.Appendf(nil, "sodale-answer-1\n%s\n%s\n%s\n%d\n%s\n", method, path, nonce, status, hex.EncodeToString(sum[:]))
}

// Hello is the answer to GET PathHello: who is there, what time it is, and since when its memory reaches.
type Hello struct {
	Mutual      string    `json:"mutual"` // id of the mutual's profile
	Epoch       string    `json:"epoch"`  // changes when the server was restored from a backup
	Time        time.Time `json:"time"`   // UTC
	MinProtocol int       `json:"minProtocol"`
	MaxProtocol int       `json:"maxProtocol"`
}

// SignIn asks for a device. User is the mutual's user name.
type SignIn struct {
	User     string `json:"user"`
	Password string `json:"password"`
	Device   string `json:"device"`   // a name the member recognises the computer by
	Key      []byte `json:"key"`      // Ed25519 public key of the device, 32 bytes; its tokens work only with its proof
	Factor   string `json:"factor"`   // TOTP code, or ""
	Recovery string `json:"recovery"` // recovery code, or ""
}

// Device answers a SignIn. Token may do everything; UploadToken may only check, upload, submit and fetch receipts, and
// is what a locked vault delivers with.
type Device struct {
	ID          string `json:"id"`
	Token       string `json:"token"`
	UploadToken string `json:"uploadToken"`
	Member      string `json:"member"`
	// PasswordChanged is when the account's password was last changed, UTC.
	PasswordChanged time.Time `json:"passwordChanged"`
}

// BlobCheck asks which of some sealed files the server still lacks.
type BlobCheck struct {
	Digests []string `json:"digests"`
}

// BlobMissing answers a BlobCheck: every digest that is not complete, with the bytes that are already there.
type BlobMissing struct {
	Missing []BlobState `json:"missing"`
}

// BlobState is how much of one sealed file the server has durably. A PATCH answers it with 200; Offset never falls.
type BlobState struct {
	Digest string `json:"digest"`
	Offset int64  `json:"offset"`
}

// Put is the body of PUT PathSubmission.
type Put struct {
	OpID  string   `json:"opId"`
	Kind  string   `json:"kind"`
	Body  []byte   `json:"body"`  // sealed; base64 in JSON
	Plain string   `json:"plain"` // hex SHA-256 of the body before sealing: the same content has the same, however sealed
	Blobs []string `json:"blobs"` // digests, in order
}

// Receipt is the mutual's proof that it has one revision of one subject. The signed form is Signed.
type Receipt struct {
	Format   int       `json:"format"` // 1
	Mutual   string    `json:"mutual"`
	Member   string    `json:"member"`
	OpID     string    `json:"opId"` // of the first submission of this content
	Kind     string    `json:"kind"`
	Subject  string    `json:"subject"`
	Revision int       `json:"revision"`
	Plain    string    `json:"plain"`
	Blobs    []string  `json:"blobs"`
	Protocol string    `json:"protocol"` // the mutual's number: "26-004471" of a claim, "R26-000012" of a request
	Epoch    string    `json:"epoch"`
	Seq      int64     `json:"seq"`
	At       time.Time `json:"at"` // UTC, microseconds
}

// Signed is a statement with the signature that proves it, verifiable for ever and offline. Statement is kept as the
// exact bytes that were signed.
type Signed struct {
	Statement []byte `json:"statement"` // canonical JSON; base64 in JSON
	Signature []byte `json:"signature"` // Ed25519 over "sodale-receipt-1\n" + Statement
}

// Event is one entry of the member's feed.
type Event struct {
	ID      string    `json:"id"`
	Seq     int64     `json:"seq"`
	Kind    string    `json:"kind"`
	Subject string    `json:"subject"`
	At      time.Time `json:"at"`
	Text    string    `json:"text"`
	Body    []byte    `json:"body"` // JSON; base64 on the wire
}

// Events answers GET PathEvents. Events are in order of Seq, without gaps, all after the cursor that was asked.
type Events struct {
	Epoch  string  `json:"epoch"`
	Events []Event `json:"events"`
	Last   int64   `json:"last"` // the newest Seq of the member at that moment
}

// Problem is an error answer (RFC 9457). Code is stable; Field names what is wrong.
type Problem struct {
	Type   string   `json:"type"` // "about:blank"
	Title  string   `json:"title"`
	Status int      `json:"status"`
	Code   string   `json:"code"`
	Field  string   `json:"field,omitempty"`
	Lacks  []string `json:"lacks,omitempty"`  // digests, with CodeBlobsMissing
	Offset int64    `json:"offset,omitempty"` // with CodeOffset: where to go on

	Ticket  string `json:"ticket,omitempty"`  // with CodeUnfinished
	Left    int    `json:"left,omitempty"`    // with CodeBadCode: tries left
	Destroy bool   `json:"destroy,omitempty"` // with CodeRevoked
}

// Codes of Problem, with the status they come with and who acts.
const (
	CodeUnauthorised = "access.unauthorised"      // 401: the member signs in again; the queue waits
	CodeForbidden    = "access.forbidden"         // 403: this token may not
	CodeBadSignIn    = "access.bad-sign-in"       // 401
	CodeSlowDown     = "server.slow-down"         // 429, with Retry-After: the engine waits
	CodeBusy         = "server.busy"              // 503, with Retry-After: the engine waits
	CodeOffset       = "blob.offset"              // 409: go on from Offset
	CodeDigest       = "blob.digest"              // 422: the bytes do not have the digest; start again
	CodeBlobSize     = "blob.size"                // 413: halve the append, or too large
	CodeBlobsMissing = "submission.blobs-missing" // 409: upload them, then PUT again
	CodeDifferent    = "submission.different"     // 422: this revision is there with other content
	CodeSealed       = "submission.sealed"        // 422: can't be opened with the mutual's key
	CodeContent      = "submission.content"       // 422: opens, but what it says can't be accepted; Field says what
	CodeNothing      = "submission.nothing"       // 404, signed: nothing of this revision arrived
	CodeProtocol     = "protocol.version"         // 426: the program is too old
	CodeBadRequest   = "request.malformed"        // 400
	CodeInternal     = "server.internal"          // 500: retry
)
