package store

import (
	"context"
	"database/sql"
	"sync"
)

// prepared asks each query through a statement that was compiled once: SQLite would otherwise compile it each time. It is as
// safe for concurrent use as what it asks.
type prepared struct {
	on    preparer
	stmts sync.Map // query → *sql.Stmt, closed with the connection
}

type preparer interface {
	PrepareContext(ctx context.Context, query string) (*sql.Stmt, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func (p *prepared) stmt(ctx context.Context, query string) (*sql.Stmt, error) {
	if known, ok := p.stmts.Load(query); ok {
		return known.(*sql.Stmt), nil
	}
	mine, err := p.on.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	if first, taken := p.stmts.LoadOrStore(query, mine); taken {
		return first.(*sql.Stmt), mine.Close()
	}
	return mine, nil
}

// ExecContext is that of *sql.DB.
func (p *prepared) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	s, err := p.stmt(ctx, query)
	if err != nil {
		return nil, err
	}
	return s.ExecContext(ctx, args...)
}

// QueryContext is that of *sql.DB.
func (p *prepared) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	s, err := p.stmt(ctx, query)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(ctx, args...)
}

// QueryRowContext is that of *sql.DB.
func (p *prepared) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	s, err := p.stmt(ctx, query)
	if err != nil {
		return p.on.QueryRowContext(ctx, query, args...) // a Row tells its error only so
	}
	return s.QueryRowContext(ctx, args...)
}
