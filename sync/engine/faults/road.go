// Package faults makes on purpose what goes wrong between a member's computer and the mutual, so that tests can show that
// nothing is lost and nothing comes twice. It is used by tests alone.
package faults

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
)

// Mishap is what happens to one request.
type Mishap int

// The mishaps.
const (
	Pass       Mishap = iota
	LoseBefore        // the request never arrives
	LoseAfter         // the mutual answered, the answer is lost
	FiveLost          // the request arrives five times at once, every answer is lost
	Five              // the request arrives five times at once, the answer of one comes back
	Portal200         // a portal answers 200 with a page
	Portal302         // a portal sends elsewhere
	CutHalf           // half of the body arrives, then the line breaks
	Mishaps           // how many there are
)

// ErrCut is what the client sees of a line that broke.
var ErrCut = errors.New("the line was cut")

// Road is a way to the mutual on which Plan says what happens to each request. It is safe for concurrent use if Plan is.
type Road struct {
	Next http.RoundTripper
	Plan func(*http.Request) Mishap
	// Heard, when set, is told the answers that one request got that arrived five times. It may be called by several
	// goroutines at once.
	Heard func(request *http.Request, answers []Answer)

	sent atomic.Int64
}

// Answer is one answer of the mutual to a request that arrived five times.
type Answer struct {
	Status int
	Body   []byte
}

// Sent is how many body bytes of PATCH requests left so far.
func (r *Road) Sent() int64 { return r.sent.Load() }

// RoundTrip carries one request, or not.
func (r *Road) RoundTrip(request *http.Request) (*http.Response, error) {
	body, err := bodyOf(request)
	if err != nil {
		return nil, err
	}
	mishap := r.Plan(request)
	if request.Method == http.MethodPatch && mishap != LoseBefore && mishap != Portal200 && mishap != Portal302 && mishap != CutHalf {
		r.sent.Add(int64(len(body)))
	}
	switch mishap {
	case LoseBefore:
		return nil, ErrCut
	case LoseAfter:
		r.lose(request, body)
		return nil, ErrCut
	case FiveLost:
		_, _ = r.five(request, body) //nolint:bodyclose // read to its end and kept in memory
		return nil, ErrCut
	case Five:
		return r.five(request, body)
	case Portal200:
		return page(request, http.StatusOK, ""), nil
	case Portal302:
		return page(request, http.StatusFound, "http://hotel.example/login"), nil
	case CutHalf:
		return nil, r.cut(request, body)
	}
	return r.Next.RoundTrip(again(request, body))
}

func (r *Road) lose(request *http.Request, body []byte) {
	if answer, err := r.Next.RoundTrip(again(request, body)); err == nil {
		_, _ = io.Copy(io.Discard, answer.Body)
		answer.Body.Close()
	}
}

// five sends the request five times at once and returns the answer of the first, read to its end.
func (r *Road) five(request *http.Request, body []byte) (*http.Response, error) {
	var all sync.WaitGroup
	var answers [5]*http.Response
	var texts [5][]byte
	var failures [5]error
	for i := range answers {
		all.Go(func() { answers[i], texts[i], failures[i] = r.whole(again(request, body)) }) //nolint:bodyclose // whole closes it
	}
	all.Wait()
	var heard []Answer
	for i, a := range answers {
		if failures[i] == nil {
			heard = append(heard, Answer{Status: a.StatusCode, Body: texts[i]})
		}
	}
	if r.Heard != nil {
		r.Heard(request, heard)
	}
	return answers[0], failures[0]
}

// whole carries a request and reads its answer to the end.
func (r *Road) whole(request *http.Request) (*http.Response, []byte, error) {
	answer, err := r.Next.RoundTrip(request)
	if err != nil {
		return nil, nil, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	answer.Body = io.NopCloser(bytes.NewReader(text))
	return answer, text, err
}

// cut lets half of the body through and then breaks the connection.
func (r *Road) cut(request *http.Request, body []byte) error {
	half := len(body) / 2
	if request.Method == http.MethodPatch {
		r.sent.Add(int64(half))
	}
	broken := again(request, nil)
	broken.Body = io.NopCloser(io.MultiReader(bytes.NewReader(body[:half]), breaking{}))
	broken.ContentLength = int64(len(body))
	if answer, err := r.Next.RoundTrip(broken); err == nil {
		answer.Body.Close()
	}
	return ErrCut
}

type breaking struct{}

func (breaking) Read([]byte) (int, error) { return 0, ErrCut }

func bodyOf(request *http.Request) ([]byte, error) {
	if request.Body == nil {
		return nil, nil
	}
	defer request.Body.Close()
	return io.ReadAll(request.Body)
}

func again(request *http.Request, body []byte) *http.Request {
	copied := request.Clone(request.Context())
	copied.Body, copied.GetBody = http.NoBody, nil
	if len(body) > 0 {
		copied.Body = io.NopCloser(bytes.NewReader(body))
	}
	copied.ContentLength = int64(len(body))
	return copied
}

func page(request *http.Request, status int, location string) *http.Response {
	header := http.Header{"Content-Type": {"text/html"}}
	if location != "" {
		header.Set("Location", location)
	}
	return &http.Response{StatusCode: status, Status: http.StatusText(status), Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: header, Body: io.NopCloser(strings.NewReader("<html><body>Welcome to the hotel</body></html>")), Request: request}
}
