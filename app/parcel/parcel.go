// Package parcel is the post of a computer without a line: what waits in the outbox, in a folder that anybody can carry to the
// mutual on a stick, and the mutual's answers in the same folder on the way back.
//
// # What it is
//
//	sodale-posta/
//	    LEGGIMI.txt             for whoever finds it
//	    index.json              every file below with its size and SHA-256; written last
//	    letters/<op id>.json    one frozen revision: a statement of the device that froze it, and its signature
//	    files/<sha256>          sealed bytes by their own digest: the bodies of letters and the files of claims
//	    answers/<op id>.json    the mutual's signed receipt, or its signed refusal
//
// Many members may share one folder: every name is that of one submission or one digest.
//
// # Who may do what
//
// Everything about a person is sealed to member and mutual before it comes here; the rest is ids, digests, sizes and times. Who
// carries the folder, copies it on (Copy) or looks into it needs no right and gains none. That a letter is of a member's device
// is proved by the device's key (Envelope.Verify) as a token's use is over the line; so whoever knows no device's key can add
// nothing. What a receipt states the mutual signed for ever (seal.VerifyReceipt). A refusal is an answer of the protocol signed
// for the request that the letter stands for: PUT of the submission's path with the op id as nonce (seal.VerifyAnswer).
//
// # Taking one over
//
// The mutual opens the folder with Open, and for each of Letters, in the order given:
//
//  1. finds the device that the letter names, and its key; a device that was signed out has no say;
//  2. Verify; checks that Mutual is itself;
//  3. takes Bytes of the body and of each blob, which are there whole or not at all;
//  4. stores the submission as a PUT of the same op id, idempotently, for the member of that device;
//  5. Answer; and Finish at the end.
//
// Doing so twice, or from two copies of the folder, changes nothing and gives the same receipts. The member's program reads
// Answers. Neither deletes: a folder whose answers came home can be thrown away.
//
// # Writing
//
// Each file is written under a temporary name, synced, renamed, and its folder synced; index.json names it only then. What is there
// already, whole, is not written again, so an interrupted writing goes on where it stopped and a stick that was pulled out early
// has every letter that was finished. A reader believes no byte whose SHA-256 is not that of the index. Names with a directory in
// them, links and files that are too large are refused.
package parcel

import (
	"regexp"
	"time"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/submission"
)

// Format is the version of the folder and of a letter.
const Format = 1

// Name is what the folder is called in the place that somebody chose.
const Name = "sodale-posta"

// Limits of what is read.
const (
	MaxFile   = 25 << 20 // bytes of one sealed file, as over the line
	MaxBody   = 4 << 20  // bytes of a sealed body
	MaxFiles  = 1000     // of one letter
	maxLetter = 1 << 20  // bytes; a thousand files take 120 KiB
	maxAnswer = 4 << 20
	maxIndex  = 32 << 20
)

// Codes of this package. Item is the name of a file in the folder.
const (
	CodeNone       fault.Code = "parcel.none"       // there is no such folder where it was looked for
	CodeFormat     fault.Code = "parcel.format"     // made by a newer program
	CodeDamaged    fault.Code = "parcel.damaged"    // a file is not what the index says, or the index can't be read
	CodeIncomplete fault.Code = "parcel.incomplete" // a letter's file is not there
	CodeSignature  fault.Code = "parcel.signature"  // not signed by the device that it names
	CodeFolder     fault.Code = "parcel.folder"     // the place can't be read or written: pulled out, write-protected
	CodeFull       fault.Code = "parcel.full"       // no room there
)

// Letter is one frozen revision on its way, as its device states it.
type Letter struct {
	Format   int               `json:"format"`
	Mutual   string            `json:"mutual"` // id of the mutual that it is sealed to
	Device   string            `json:"device"` // under which the mutual knows the computer that froze it
	OpID     string            `json:"opId"`
	Kind     submission.Kind   `json:"kind"`
	Subject  string            `json:"subject"`
	Revision int               `json:"revision"`
	Plain    string            `json:"plain"`    // hex SHA-256 of the body before it was sealed
	Body     submission.Blob   `json:"body"`     // of the sealed body
	Blobs    []submission.Blob `json:"blobs"`    // of the sealed files, in order
	FrozenAt time.Time         `json:"frozenAt"` // UTC
}

// Answer is what the mutual says to one letter: a receipt or a refusal.
type Answer struct {
	OpID    string   `json:"opId"`
	Receipt []byte   `json:"receipt,omitempty"` // JSON of api.Signed, as over the line
	Refusal *Refusal `json:"refusal,omitempty"`
}

// Refusal is a signed answer of the 400s to PUT of the submission's path, with the op id as nonce.
type Refusal struct {
	Status    int    `json:"status"`
	Body      []byte `json:"body"`      // JSON of api.Problem
	Signature string `json:"signature"` // as api.HeaderSignature
}

// The folders, and what their files are called.
const (
	letters = "letters"
	files   = "files"
	answers = "answers"
)

var (
	uuidName   = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.json$`)
	digestName = regexp.MustCompile(`^[0-9a-f]{64}$`)
)
