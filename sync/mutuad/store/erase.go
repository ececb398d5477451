package store

import (
	"context"
	"time"

	"github.com/sodale/sodale/app/complaint"
	"github.com/sodale/sodale/app/submission"
)

// closedStates are those of claims that nothing more comes of by themselves (CLM-48).
const closedStates = `('paid', 'rejected', 'merged', 'withdrawn')`

// openClaims are a member's claims that something may still come of: also those that were joined to one of them (CLM-24).
const openClaims = `(SELECT subject FROM claim WHERE member_id = $1 AND (state NOT IN ` + closedStates + ` OR joined_to IN (
		SELECT protocol FROM claim WHERE member_id = $1 AND state NOT IN ` + closedStates + `)))`

// spokenKinds are events that say how things stand: only the newest of each is needed.
const spokenKinds = `('household', 'cards', 'account', 'consents', 'rules')`

// eraseEvents empties events; the place of each stays, so that the feed has no gap.
const eraseEvents = `UPDATE event SET kind = '` + submission.EventErased + `', subject = '', words = '', body = $2 WHERE member_id = $1`

// EraseHistory empties what a member was told of claims that are closed, of complaints that are answered, and of how things stood before they changed (DEL-02).
func (tx *Tx) EraseHistory(ctx context.Context, memberID string) error {
	return tx.exec(ctx, "store.erase-history", eraseEvents+` AND NOT (
		kind = 'claim.status' AND subject IN `+openClaims+`
		OR kind = '`+submission.EventComplaint+`' AND subject IN (SELECT subject FROM complaint WHERE member_id = $1 AND state <> '`+string(complaint.Answered)+`')
		OR kind IN `+spokenKinds+` AND seq = (SELECT MAX(newest.seq) FROM event newest WHERE newest.member_id = $1 AND newest.kind = event.kind))`,
		memberID, []byte{})
}

// ofAccount removes what a member had only for the account. The book of claims, the log of consents and the audit stay; they name
// the person by id alone, and the bodies of claims are sealed.
var ofAccount = []string{
	`DELETE FROM recovery WHERE member_id = $1`,
	`DELETE FROM factor WHERE member_id = $1`,
	`DELETE FROM user_alias WHERE member_id = $1`,
	`DELETE FROM code WHERE owner IN (SELECT id FROM enrolment WHERE member_id = $1) OR owner = 'contacts/' || $1`,
	`DELETE FROM enrolment WHERE member_id = $1`,
	`DELETE FROM account WHERE member_id = $1`,
	`DELETE FROM pending WHERE member_id = $1`,
	`DELETE FROM notice WHERE member_id = $1`,
	`DELETE FROM complaint WHERE member_id = $1`,
	`DELETE FROM revision WHERE member_id = $1 AND kind <> 'claim'`,
	`UPDATE person SET details = '{}', dossier = 0, mobile = '', code = '' WHERE member_id = $1`,
	`UPDATE household SET disabled = 0 WHERE member_id = $1`,
	`UPDATE device SET name = '', share = '' WHERE member_id = $1`,
	`UPDATE member SET user_name = number, password = '' WHERE id = $1`,
}

// EraseAccount removes what a member had for the account, empties the feed and signs every device out (DEL-03). What is left is a
// membership whose access nobody has taken up yet.
func (tx *Tx) EraseAccount(ctx context.Context, memberID string, at time.Time) error {
	for _, statement := range ofAccount {
		if err := tx.exec(ctx, "store.erase-account", statement, memberID); err != nil {
			return err
		}
	}
	if err := tx.exec(ctx, "store.erase-account", eraseEvents, memberID, []byte{}); err != nil {
		return err
	}
	return tx.exec(ctx, "store.erase-account", `UPDATE device SET revoked_at = $2 WHERE member_id = $1 AND revoked_at = 0`, memberID, micros(at))
}

// DropLooseBlobs forgets the files of a member that belong to no revision, and lists their digests.
func (tx *Tx) DropLooseBlobs(ctx context.Context, memberID string) ([]string, error) {
	rows, err := tx.q.QueryContext(ctx, `DELETE FROM blob WHERE member_id = $1
		AND digest NOT IN (SELECT digest FROM attachment WHERE member_id = $1) RETURNING digest`, memberID)
	if err != nil {
		return nil, failed("store.drop-blobs", err)
	}
	defer func() { _ = rows.Close() }()
	var loose []string
	for rows.Next() {
		var digest string
		if err := rows.Scan(&digest); err != nil {
			return nil, failed("store.drop-blobs", err)
		}
		loose = append(loose, digest)
	}
	return loose, failed("store.drop-blobs", rows.Err())
}

// Scrub lets nothing of what was erased lie on in SQLite's log. What is erased from its pages is overwritten at once. It does
// what it can while others read, and nothing on a database of its own.
func (s *Store) Scrub(ctx context.Context) error {
	if s.batch == nil {
		return nil
	}
	_, err := s.db.ExecContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`)
	return failed("store.scrub", err)
}
