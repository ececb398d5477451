package server

import (
	"strconv"
	"sync"
	"time"

	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/store"
)

const (
	maxWait    = 30 * time.Second
	pageEvents = 500     // events in one answer
	pageBytes  = 1 << 20 // bytes of event bodies in one answer; the first event always goes
)

// events answers with what follows the cursor, and waits for it when asked to. A cursor of another epoch counts as the
// beginning, and is answered at once.
func (s *Server) events(c *call) (answer, error) {
	q := c.request.URL.Query()
	after, err := number(q.Get("after"))
	if err != nil {
		return answer{}, malformed("after")
	}
	seconds, err := number(q.Get("wait"))
	if err != nil {
		return answer{}, malformed("wait")
	}
	deadline := time.NewTimer(min(maxWait, time.Duration(min(seconds, 3600))*time.Second))
	defer deadline.Stop()
	look := time.NewTicker(s.poll)
	defer look.Stop()
	for {
		news := s.feeds.listen(c.who.Member)
		e, sameEpoch, err := s.page(c, q.Get("epoch"), after)
		if err != nil {
			return answer{}, err
		}
		if len(e.Events) > 0 || !sameEpoch || seconds == 0 {
			return s.hand(c, e)
		}
		select {
		case <-news:
		case <-look.C:
		case <-deadline.C:
			seconds = 0
		case <-s.stopping:
			seconds = 0
		case <-c.request.Context().Done():
			seconds = 0
		}
	}
}

// number reads 0 or more; "" is 0.
func number(text string) (int64, error) {
	if text == "" {
		return 0, nil
	}
	n, err := strconv.ParseUint(text, 10, 63)
	return int64(n), err
}

// page reads one answer's worth of the feed.
func (s *Server) page(c *call, epoch string, after int64) (api.Events, bool, error) {
	now, err := s.archive.Epoch(c.ctx)
	if err != nil {
		return api.Events{}, false, err
	}
	if epoch != now {
		after = 0
	}
	e := api.Events{Epoch: now}
	if e.Events, err = s.archive.Store.Events(c.ctx, c.who.Member, after, pageEvents); err != nil {
		return e, false, err
	}
	if e.Last, err = s.archive.Store.LastSeq(c.ctx, c.who.Member); err != nil {
		return e, false, err
	}
	size := 0
	for i := range e.Events {
		if size += len(e.Events[i].Body); i > 0 && size > pageBytes {
			e.Events = e.Events[:i]
			break
		}
	}
	return e, epoch == now, nil
}

// hand answers with a page. That a device read what the mutual says of somebody's health is written down before.
func (s *Server) hand(c *call, e api.Events) (answer, error) {
	if len(e.Events) > 0 {
		err := s.archive.Store.Write(c.ctx, func(tx *store.Tx) error {
			return s.archive.Audit(c.ctx, tx, c.who.Device, "events.read", c.who.Member, "")
		})
		if err != nil {
			return answer{}, err
		}
	}
	return answerJSON(e)
}

// hub wakes the feeds of a member that wait in this process. The zero hub is ready to use.
type hub struct {
	mu      sync.Mutex
	waiting map[string]chan struct{}
}

// listen returns a channel that is closed at the member's next news.
func (h *hub) listen(memberID string) <-chan struct{} {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.waiting == nil {
		h.waiting = map[string]chan struct{}{}
	}
	if h.waiting[memberID] == nil {
		h.waiting[memberID] = make(chan struct{})
	}
	return h.waiting[memberID]
}

// wake closes the channel of everybody who listens for the member.
func (h *hub) wake(memberID string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if c := h.waiting[memberID]; c != nil {
		close(c)
		delete(h.waiting, memberID)
	}
}
