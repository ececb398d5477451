// Package change carries the word that something stored is now different, from the vault to whoever shows it.
// It is said after the commit, and only when the content differs.
package change

import "sync"

// Topic says what kind of thing changed.
type Topic string

// The topics.
const (
	Claims   Topic = "claims"   // a claim, its draft or its state
	Profile  Topic = "profile"  // person, family, contacts, card
	Notices  Topic = "notices"  // a notice arrived or was read
	Delivery Topic = "delivery" // an outbox entry or the link to the mutual
)

// Change names one thing that is different now. ID is empty when the whole topic may differ.
type Change struct {
	Topic Topic
	ID    string
}

// Feed hands changes to its listeners in order. The zero Feed is ready to use and safe for concurrent use.
type Feed struct {
	mu        sync.Mutex
	next      int
	listeners map[int]func(Change)
}

// Listen calls f for every change from now on, on the goroutine that made the change, until cancel is called.
// f must be quick and must not write to the vault.
func (f *Feed) Listen(listener func(Change)) (cancel func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.listeners == nil {
		f.listeners = map[int]func(Change){}
	}
	n := f.next
	f.next++
	f.listeners[n] = listener
	return func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		delete(f.listeners, n)
	}
}

// Say tells every listener of the changes.
func (f *Feed) Say(changes ...Change) {
	f.mu.Lock()
	listeners := make([]func(Change), 0, len(f.listeners))
	for i := 0; i < f.next; i++ {
		if l, ok := f.listeners[i]; ok {
			listeners = append(listeners, l)
		}
	}
	f.mu.Unlock()
	for _, c := range changes {
		for _, l := range listeners {
			l(c)
		}
	}
}
