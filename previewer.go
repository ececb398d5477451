package main

import (
	"context"
	"image"
	"sync"

	"github.com/sodale/sodale/app/document"
)

// latePreviewer is a previewer whose workers start when they are first needed, or when warm is called, whichever is sooner:
// the window's first frame does not share the processor with them.
type latePreviewer struct {
	config document.Config

	mu     sync.Mutex
	pool   *document.Pool // nil until it is started
	closed bool
}

// warm starts the workers and returns their pool. After Close it is a closed one, which refuses every call.
func (l *latePreviewer) warm() *document.Pool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.pool == nil {
		l.pool = document.Start(l.config)
		if l.closed {
			_ = l.pool.Close() // has nothing to end yet
		}
	}
	return l.pool
}

// Look implements document.Previewer.
func (l *latePreviewer) Look(ctx context.Context, data []byte) (document.Info, error) {
	return l.warm().Look(ctx, data)
}

// Page implements document.Previewer.
func (l *latePreviewer) Page(ctx context.Context, data []byte, r document.Request) (*image.RGBA, error) {
	return l.warm().Page(ctx, data, r)
}

// Text implements document.Previewer.
func (l *latePreviewer) Text(ctx context.Context, data []byte, page int) ([]document.Line, error) {
	return l.warm().Text(ctx, data, page)
}

// Convert implements document.Converter.
func (l *latePreviewer) Convert(ctx context.Context, data []byte) (*image.RGBA, error) {
	return l.warm().Convert(ctx, data)
}

// Close implements document.Previewer.
func (l *latePreviewer) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
	if l.pool == nil {
		return nil
	}
	return l.pool.Close()
}
