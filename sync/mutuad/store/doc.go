// Package store is the mutual's memory in SQL: members, devices, how much of each file has come, revisions with their
// receipts, claims, the feed of each member and the audit. It decides nothing that is not about keeping things whole.
//
// The same SQL runs on the embedded SQLite (WAL, synchronous FULL, one writer) and on PostgreSQL: times are BIGINT
// microseconds, amounts BIGINT cents, ids TEXT, no sequences, triggers, advisory locks or LISTEN.
//
// Rules that the tables keep:
//
//   - revision: (member, subject, revision) once, with the exact bytes of its receipt;
//   - event: (member, seq) once; seq is taken from member.feed_seq in the transaction that writes the event, so that
//     what is committed has no gap and no late comer;
//   - blob: have counts bytes that were synced to disk before; it falls only when the bytes turned out to be wrong.
//
// Files themselves lie in package blobs.
package store

import "github.com/sodale/sodale/app/fault"

// Codes of this package.
const (
	CodeOpen      fault.Code = "store.open"      // the database can't be opened
	CodeNewer     fault.Code = "store.newer"     // it was written by a newer mutuad
	CodeNone      fault.Code = "store.none"      // no such row
	CodeStale     fault.Code = "store.stale"     // somebody else changed the row meanwhile; read it again
	CodeFailed    fault.Code = "store.failed"    // the database refused; nothing was changed
	CodeAmbiguous fault.Code = "store.ambiguous" // more than one row of that name
)
