package server_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/id"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/demo"
)

// parcel is a submission with its sealed files.
type parcel struct {
	subject  string
	revision int
	plain    []byte
	put      api.Put
	files    map[string][]byte // sealed, by digest
}

func (h *house) newID() string {
	h.t.Helper()
	s, err := id.New(h.archive.Clock.Now(), h.archive.Random)
	if err != nil {
		h.t.Fatal(err)
	}
	return s
}

func (h *house) seal(plain []byte) []byte {
	h.t.Helper()
	var b bytes.Buffer
	w, err := h.box.Seal(&b)
	if err != nil {
		h.t.Fatal(err)
	}
	if _, err := w.Write(plain); err != nil {
		h.t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		h.t.Fatal(err)
	}
	return b.Bytes()
}

func hexOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// newSubmission makes a claim with one document and that many files; bend changes the claim before it is encoded.
func (h *house) newSubmission(files int, bend ...func(*claim.Claim)) parcel {
	h.t.Helper()
	c := claim.Claim{ID: claim.ID(h.newID()), Holder: demo.Elena, Procedure: claim.Standard, Revision: 1, OpID: h.newID()}
	p := parcel{files: map[string][]byte{}}
	d := claim.ExpenseDocument{ID: h.newID(), Type: claim.ReceiptSlip, Person: demo.Elena, Service: claim.Visit, Amount: 3615, Number: "A-12",
		IssuedOn: civil.Date{Year: 2026, Month: 11, Day: 9}, Province: "MI", Provider: "Poliambulatorio San Carlo"}
	for i := range files {
		plain := bytes.Repeat([]byte{byte(i), 'p', 'd', 'f'}, 2500)
		sealed := h.seal(plain)
		p.files[hexOf(sealed)] = sealed
		d.Attachments = append(d.Attachments, claim.Attachment{ID: h.newID(), Name: "scan.pdf", Kind: document.PDF, Pages: 1, Size: int64(len(plain)),
			Plain: hexOf(plain), Blob: hexOf(sealed), Sealed: int64(len(sealed))})
	}
	c.Documents = []claim.ExpenseDocument{d}
	for _, b := range bend {
		b(&c)
	}
	return h.pack(p, c, demo.Household())
}

// pack encodes and seals a claim.
func (h *house) pack(p parcel, c claim.Claim, household member.Household) parcel {
	h.t.Helper()
	plain, err := claim.Encode(c, household, h.archive.Clock.Now())
	if err != nil {
		h.t.Fatal(err)
	}
	p.subject, p.revision, p.plain = string(c.ID), c.Revision, plain
	p.put = api.Put{OpID: c.OpID, Kind: "claim", Body: h.seal(plain), Plain: hexOf(plain)}
	for _, a := range c.Attachments() {
		p.put.Blobs = append(p.put.Blobs, a.Blob)
	}
	return p
}

func (h *house) append(token, digest string, offset, length int64, data []byte) response {
	h.t.Helper()
	return h.call(request{method: http.MethodPatch, path: strings.Replace(api.PathBlob, "{digest}", digest, 1), token: token, raw: data,
		header: map[string]string{api.HeaderOffset: strconv.FormatInt(offset, 10), api.HeaderLength: strconv.FormatInt(length, 10)}})
}

// upload sends every file of a parcel, each in one append.
func (h *house) upload(token string, p parcel) {
	h.t.Helper()
	for digest, sealed := range p.files {
		got := h.append(token, digest, 0, int64(len(sealed)), sealed)
		var b api.BlobState
		got.decode(h.t, &b)
		if got.status != http.StatusOK || b.Offset != int64(len(sealed)) {
			h.t.Fatalf("append answered %d %s", got.status, got.body)
		}
	}
}

func revisionPath(pattern, subject string, revision int) string {
	return strings.NewReplacer("{subject}", subject, "{revision}", strconv.Itoa(revision)).Replace(pattern)
}

func (h *house) put(token string, p parcel) response {
	h.t.Helper()
	return h.call(request{method: http.MethodPut, path: revisionPath(api.PathSubmission, p.subject, p.revision), token: token, json: p.put,
		header: map[string]string{api.HeaderKey: p.put.OpID}})
}

func (h *house) getReceipt(token, subject string, revision int) response {
	h.t.Helper()
	return h.call(request{method: http.MethodGet, path: revisionPath(api.PathReceipt, subject, revision), token: token})
}
