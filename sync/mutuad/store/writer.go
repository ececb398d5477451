package store

import (
	"context"
	"database/sql"
	"fmt"
	"runtime/debug"
	"sync"

	"github.com/sodale/sodale/app/fault"
)

// maxBatch is how many writes share one commit at most.
const maxBatch = 64

// batcher lets writes that wait at the same time share one commit, and so one sync of the disk, on a database with one
// writer. Each write has its own savepoint: one that fails takes nothing of the others with it.
type batcher struct {
	db    *sql.DB
	jobs  chan job
	ended chan struct{}
	once  sync.Once
}

type job struct {
	work func(*Tx) error
	done chan error
}

func newBatcher(db *sql.DB) *batcher {
	b := &batcher{db: db, jobs: make(chan job), ended: make(chan struct{})}
	go b.run()
	return b
}

// write hands work over and returns after its commit.
func (b *batcher) write(_ context.Context, work func(*Tx) error) error {
	j := job{work: work, done: make(chan error, 1)}
	select {
	case b.jobs <- j:
		return <-j.done
	case <-b.ended:
		return fault.New(CodeFailed, "store.write", "closed")
	}
}

// close ends the batcher. No write may be under way or follow.
func (b *batcher) close() { b.once.Do(func() { close(b.ended) }) }

func (b *batcher) run() {
	for {
		select {
		case first := <-b.jobs:
			b.commit(b.gather(first))
		case <-b.ended:
			return
		}
	}
}

// gather takes what waits already, and waits for nothing.
func (b *batcher) gather(first job) []job {
	batch := []job{first}
	for len(batch) < maxBatch {
		select {
		case j := <-b.jobs:
			batch = append(batch, j)
		default:
			return batch
		}
	}
	return batch
}

// commit runs a batch in one transaction and tells everybody how it went.
func (b *batcher) commit(batch []job) {
	results := make([]error, len(batch))
	err := b.transact(batch, results)
	for i, j := range batch {
		if results[i] == nil {
			results[i] = err
		}
		j.done <- results[i]
	}
}

func (b *batcher) transact(batch []job, results []error) error {
	ctx := context.Background()
	t, err := b.db.BeginTx(ctx, nil)
	if err != nil {
		return failed("store.begin", err)
	}
	defer func() { _ = t.Rollback() }() // after the commit it does nothing
	for i, j := range batch {
		if _, err := t.ExecContext(ctx, "SAVEPOINT job"); err != nil {
			return failed("store.savepoint", err)
		}
		if results[i] = run(&Tx{&Queries{steady{t}}}, j.work); results[i] != nil {
			if _, err := t.ExecContext(ctx, "ROLLBACK TO job"); err != nil {
				return failed("store.savepoint", err)
			}
		}
		if _, err := t.ExecContext(ctx, "RELEASE job"); err != nil {
			return failed("store.savepoint", err)
		}
	}
	return failed("store.commit", t.Commit())
}

// run does one piece of work; a panic in it becomes its error, since the batch of others goes on.
func run(tx *Tx, work func(*Tx) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fault.Wrap(CodeFailed, "store.write", "", fmt.Errorf("panic: %v\n%s", p, debug.Stack()))
		}
	}()
	return work(tx)
}

// steady asks inside a transaction whatever becomes of the asker: a query that is cut off would take the whole
// transaction with it.
type steady struct{ t *sql.Tx }

func (s steady) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	return s.t.ExecContext(context.WithoutCancel(ctx), query, args...)
}

func (s steady) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return s.t.QueryContext(context.WithoutCancel(ctx), query, args...)
}

func (s steady) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	return s.t.QueryRowContext(context.WithoutCancel(ctx), query, args...)
}
