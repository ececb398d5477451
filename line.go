package main

import (
	"context"
	"io"
	"net/http"
	"sync"
	"syscall"
)

// line is the way to the mutual with a switch in it, for the tour and for tests: while it is cut nothing gets through, and
// what is under way breaks off, as when a cable is pulled out.
type line struct {
	next http.RoundTripper

	mu     sync.Mutex
	isCut  bool
	serial int
	live   map[int]context.CancelFunc
}

func newLine(next http.RoundTripper) *line {
	return &line{next: next, live: map[int]context.CancelFunc{}}
}

// cut pulls the cable out.
func (l *line) cut() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.isCut = true
	for _, cancel := range l.live {
		cancel()
	}
}

// mend puts it back.
func (l *line) mend() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.isCut = false
}

// begin notes a request that is under way, or refuses it.
func (l *line) begin(parent context.Context) (context.Context, func(), error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.isCut {
		return nil, nil, syscall.ENETUNREACH
	}
	ctx, cancel := context.WithCancel(parent)
	n := l.serial
	l.serial++
	l.live[n] = cancel
	return ctx, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		delete(l.live, n)
		cancel()
	}, nil
}

// RoundTrip implements http.RoundTripper.
func (l *line) RoundTrip(r *http.Request) (*http.Response, error) {
	ctx, done, err := l.begin(r.Context())
	if err != nil {
		return nil, err
	}
	answer, err := l.next.RoundTrip(r.WithContext(ctx))
	if err != nil {
		done()
		return nil, err
	}
	answer.Body = &endingBody{answer.Body, done}
	return answer, nil
}

// endingBody tells when an answer was read.
type endingBody struct {
	io.ReadCloser
	done func()
}

func (b *endingBody) Close() error {
	defer b.done()
	return b.ReadCloser.Close()
}
