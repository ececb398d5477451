package blobs

import "sync"

// syncer lets those who want the same folder synced at the same time share one sync. The zero syncer is ready to use.
type syncer struct {
	mu      sync.Mutex
	folders map[string]*rounds
}

// rounds are the sync of one folder that runs, and the one that will run after it.
type rounds struct {
	running *round
	next    *round
}

type round struct {
	done chan struct{}
	err  error // set before done is closed
}

// sync returns after a sync of dir that began after the call: whatever was in the folder then is durable.
func (s *syncer) sync(dir string) error {
	s.mu.Lock()
	if s.folders == nil {
		s.folders = map[string]*rounds{}
	}
	f := s.folders[dir]
	if f == nil {
		f = &rounds{}
		s.folders[dir] = f
	}
	if f.running == nil {
		mine := &round{done: make(chan struct{})}
		f.running = mine
		s.mu.Unlock()
		s.run(dir, f)
		return mine.err
	}
	if f.next == nil {
		f.next = &round{done: make(chan struct{})}
	}
	mine := f.next
	s.mu.Unlock()
	<-mine.done
	return mine.err
}

// run syncs until nobody wants another round. Later rounds run beside, so that no caller works for those after it.
func (s *syncer) run(dir string, f *rounds) {
	f.running.err = syncFolder(dir)
	close(f.running.done)
	s.mu.Lock()
	defer s.mu.Unlock()
	if f.running, f.next = f.next, nil; f.running == nil {
		delete(s.folders, dir)
		return
	}
	go s.run(dir, f)
}
