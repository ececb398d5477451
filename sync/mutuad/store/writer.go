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
	conn  *sql.Conn
	pen   *prepared // writes on conn
	jobs  chan job
	ended chan struct{}
	rests chan struct{} // closed when no job runs any more
	once  sync.Once
}

type job struct {
	work func(*Tx) error
	done chan error
}

// newBatcher writes on conn, which it closes in the end.
func newBatcher(conn *sql.Conn) *batcher {
	b := &batcher{conn: conn, pen: &prepared{on: conn}, jobs: make(chan job), ended: make(chan struct{}), rests: make(chan struct{})}
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

// close ends the batcher and its connection. No write may be under way or follow.
func (b *batcher) close() error {
	b.once.Do(func() { close(b.ended) })
	<-b.rests
	return b.conn.Close()
}

func (b *batcher) run() {
	defer close(b.rests)
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
	if err := b.do("BEGIN IMMEDIATE"); err != nil {
		return failed("store.begin", err)
	}
	err := b.runAll(batch, results)
	if err == nil {
		err = failed("store.commit", b.do("COMMIT"))
	}
	if err != nil {
		_ = b.do("ROLLBACK") // fails where the database did it by itself
	}
	return err
}

// runAll runs each job under a savepoint of its own.
func (b *batcher) runAll(batch []job, results []error) error {
	for i, j := range batch {
		if err := b.do("SAVEPOINT job"); err != nil {
			return failed("store.savepoint", err)
		}
		if results[i] = run(&Tx{&Queries{steady{b.pen}}}, j.work); results[i] != nil {
			if err := b.do("ROLLBACK TO job"); err != nil {
				return failed("store.savepoint", err)
			}
		}
		if err := b.do("RELEASE job"); err != nil {
			return failed("store.savepoint", err)
		}
	}
	return nil
}

func (b *batcher) do(statement string) error {
	_, err := b.pen.ExecContext(context.Background(), statement)
	return err
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
type steady struct{ q querier }

func (s steady) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	return s.q.ExecContext(context.WithoutCancel(ctx), query, args...)
}

func (s steady) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return s.q.QueryContext(context.WithoutCancel(ctx), query, args...)
}

func (s steady) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	return s.q.QueryRowContext(context.WithoutCancel(ctx), query, args...)
}
