package engine

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/seal"
)

// Hello asks who is there and what time it is. CodeOther when it is another mutual than the profile's.
func (w *Wire) Hello(ctx context.Context) (api.Hello, error) {
	h, err := decode[api.Hello](w.exchange(ctx, question{method: http.MethodGet, path: api.PathHello, timeout: callTimeout}))
	if err == nil && h.Mutual != w.profile.ID {
		return h, fault.New(CodeOther, "engine.hello", h.Mutual)
	}
	return h, err
}

// check asks which of the sealed files the mutual lacks, and how much of each it has.
func (w *Wire) check(ctx context.Context, token string, digests []string) (map[string]int64, error) {
	q := question{method: http.MethodPost, path: api.PathBlobCheck, token: token, body: api.BlobCheck{Digests: digests}, timeout: callTimeout}
	m, err := decode[api.BlobMissing](w.exchange(ctx, q))
	if err != nil {
		return nil, err
	}
	missing := map[string]int64{}
	for _, state := range m.Missing {
		if !slices.Contains(digests, state.Digest) || state.Offset < 0 {
			return nil, fault.New(CodeAnswer, "engine.check", state.Digest)
		}
		missing[state.Digest] = state.Offset
	}
	return missing, nil
}

// extend hands over the bytes of a sealed file that begin at offset, and returns how many the mutual then has durably.
func (w *Wire) extend(ctx context.Context, token string, blob submission.Blob, offset int64, data []byte) (int64, error) {
	q := question{method: http.MethodPatch, path: strings.Replace(api.PathBlob, "{digest}", blob.Digest, 1), token: token, raw: data, timeout: appendTimeout,
		header: map[string]string{
			api.HeaderOffset: strconv.FormatInt(offset, 10),
			api.HeaderLength: strconv.FormatInt(blob.Size, 10),
			"Content-Type":   "application/octet-stream",
		}}
	state, err := decode[api.BlobState](w.exchange(ctx, q))
	return state.Offset, err
}

// put hands over the frozen bytes and returns the receipt with its signed form, verified to be of this submission.
func (w *Wire) put(ctx context.Context, token string, s submission.Submission) (api.Receipt, []byte, error) {
	body := api.Put{OpID: s.OpID, Kind: string(s.Kind), Body: s.Body, Plain: s.Plain, Blobs: digestsOf(s.Blobs)}
	q := question{method: http.MethodPut, path: revisionPath(api.PathSubmission, s), token: token, body: body, timeout: callTimeout,
		header: map[string]string{api.HeaderKey: s.OpID}}
	raw, err := w.exchange(ctx, q)
	if err != nil {
		return api.Receipt{}, nil, err
	}
	return w.verify(raw, s)
}

// receipt asks for the receipt of a revision that may have arrived.
func (w *Wire) receipt(ctx context.Context, token string, s submission.Submission) (api.Receipt, []byte, error) {
	raw, err := w.exchange(ctx, question{method: http.MethodGet, path: revisionPath(api.PathReceipt, s), token: token, timeout: callTimeout})
	if err != nil {
		return api.Receipt{}, nil, err
	}
	return w.verify(raw, s)
}

func (w *Wire) verify(raw []byte, s submission.Submission) (api.Receipt, []byte, error) {
	return verifyReceipt(w.profile, raw, s)
}

// verifyReceipt checks the signature of a receipt and that it is of s: mutual, operation, kind, subject, revision, content and files.
func verifyReceipt(profile api.Profile, raw []byte, s submission.Submission) (api.Receipt, []byte, error) {
	r, err := seal.VerifyReceipt(publicKey(profile), raw)
	if err != nil {
		return r, nil, err
	}
	same := r.Mutual == profile.ID && r.OpID == s.OpID && r.Kind == string(s.Kind) && r.Subject == s.Subject &&
		r.Revision == s.Revision && r.Plain == s.Plain && slices.Equal(r.Blobs, digestsOf(s.Blobs))
	if !same {
		return r, nil, fault.New(CodeReceipt, "engine.verify", s.OpID)
	}
	return r, raw, nil
}

// events reads the feed after the cursor; with wait the mutual may hold the answer until there is something.
func (w *Wire) events(ctx context.Context, token string, after submission.Cursor, wait bool) (api.Events, error) {
	query := url.Values{"epoch": {after.Epoch}, "after": {strconv.FormatInt(after.Seq, 10)}}
	if wait {
		query.Set("wait", strconv.Itoa(int(pollWait.Seconds())))
	}
	q := question{method: http.MethodGet, path: api.PathEvents, query: query.Encode(), token: token, timeout: pollWait + callTimeout}
	return decode[api.Events](w.exchange(ctx, q))
}

func digestsOf(blobs []submission.Blob) []string {
	digests := make([]string, 0, len(blobs))
	for _, b := range blobs {
		digests = append(digests, b.Digest)
	}
	return digests
}

func revisionPath(pattern string, s submission.Submission) string {
	return strings.NewReplacer("{subject}", s.Subject, "{revision}", strconv.Itoa(s.Revision)).Replace(pattern)
}
