package storage

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/identity"
)

// auditRow is one line of the hash chain: what was done to which submission, never who or what it was about.
type auditRow struct {
	Number int       `json:"number"` // from 1
	At     time.Time `json:"at"`     // UTC, this computer's clock
	What   string    `json:"what"`   // "created", "frozen", "delivered", "held", "released", "recovered", or which way in was renewed: "password", "share", …
	Item   string    `json:"item"`   // op id, or ""
	Before string    `json:"before"` // Hash of the row before, "" for the first
	Hash   string    `json:"hash"`   // hex SHA-256 of this row with an empty Hash
}

func (r auditRow) sum() (string, error) {
	r.Hash = ""
	data, err := json.Marshal(r)
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:]), err
}

func auditName(number int) string { return fmt.Sprintf("%016d", number) }

// audit adds the next row to a transaction. s.outbox knows of it once the commit returned.
func (s *Store) audit(w *writes, what, item string) error {
	size, head := s.outbox.auditSize, s.outbox.auditHead
	if w.audited != nil {
		size, head = w.audited.Number, w.audited.Hash
	}
	r := auditRow{Number: size + 1, At: s.options.Clock.Now().UTC(), What: what, Item: item, Before: head}
	var err error
	if r.Hash, err = r.sum(); err != nil {
		return err
	}
	w.put(audit, auditName(r.Number), r)
	w.audited = &r
	return nil
}

// checkAudit walks the chain, in order of Number.
func checkAudit(rows []auditRow) error {
	before := ""
	for i, r := range rows {
		sum, err := r.sum()
		if err != nil || r.Number != i+1 || r.Before != before || r.Hash != sum {
			return fault.New(identity.CodeRecord, "storage.audit", audit.name+"/"+auditName(i+1))
		}
		before = r.Hash
	}
	return nil
}

// AuditRow is one line of the audit as it is shown.
type AuditRow struct {
	Number int
	At     time.Time // UTC, this computer's clock
	What   string
	Item   string // op id, or ""
}

// Audit returns what was done, oldest first, after walking the chain. CodeRecord names the first row that does not fit.
func (s *Store) Audit(context.Context) ([]AuditRow, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.ready("audit"); err != nil {
		return nil, err
	}
	var rows []auditRow
	c := s.chambers[domainCourier]
	for n := 1; n <= s.outbox.auditSize; n++ {
		r, err := s.read(c, audit, auditName(n))
		if err != nil {
			return nil, err
		}
		var row auditRow
		if err := json.Unmarshal(r.Data, &row); err != nil {
			return nil, fault.Wrap(identity.CodeRecord, "storage.audit", audit.name+"/"+r.Name, err)
		}
		rows = append(rows, row)
	}
	if err := checkAudit(rows); err != nil {
		return nil, err
	}
	shown := make([]AuditRow, 0, len(rows))
	for _, r := range rows {
		shown = append(shown, AuditRow{r.Number, r.At, r.What, r.Item})
	}
	return slices.Clip(shown), nil
}
