package store

import (
	"context"
	"encoding/base64"
	"time"

	"github.com/sodale/sodale/app/fault"
)

// Device is one computer of a member. Only hashes of its tokens are kept.
type Device struct {
	ID          string
	Member      string
	Name        string
	Token       string // hex SHA-256 of the token that may do everything
	UploadToken string // hex SHA-256 of the token that may only deliver
	Key         []byte // Ed25519 public key that its proofs verify with
	CreatedAt   time.Time
	LastSeen    time.Time
	RevokedAt   time.Time // zero = it is signed in
	Destroy     bool      // it is to destroy the key of its vault
}

// AddDevice stores a new device.
func (tx *Tx) AddDevice(ctx context.Context, d Device) error {
	return tx.exec(ctx, "store.add-device", `INSERT INTO device (id, member_id, name, token, upload_token, public_key, created_at, last_seen)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $7)`, d.ID, d.Member, d.Name, d.Token, d.UploadToken, base64.StdEncoding.EncodeToString(d.Key), micros(d.CreatedAt))
}

const deviceColumns = `id, member_id, name, token, upload_token, public_key, created_at, last_seen, revoked_at, destroy`

func scanDevice(row interface{ Scan(...any) error }) (Device, error) {
	var d Device
	var key string
	var created, seen, revoked, destroy int64
	if err := row.Scan(&d.ID, &d.Member, &d.Name, &d.Token, &d.UploadToken, &key, &created, &seen, &revoked, &destroy); err != nil {
		return d, failed("store.device", err)
	}
	var err error
	if d.Key, err = base64.StdEncoding.DecodeString(key); err != nil {
		return d, fault.Wrap(CodeFailed, "store.device", d.ID, err)
	}
	d.CreatedAt, d.LastSeen, d.RevokedAt, d.Destroy = instant(created), instant(seen), instant(revoked), destroy == 1
	return d, nil
}

// Device reads one by id, signed in or not; CodeNone for an unknown one.
func (q *Queries) Device(ctx context.Context, id string) (Device, error) {
	return scanDevice(q.q.QueryRowContext(ctx, `SELECT `+deviceColumns+` FROM device WHERE id = $1`, id))
}

// Bearer is whose token it is and what it may do.
type Bearer struct {
	Device string
	Member string
	Full   bool // false: it may only deliver
}

// DeviceByToken finds the device whose token, of either kind, has that hash; CodeNone for an unknown one. A device that was
// signed out is found as well.
func (q *Queries) DeviceByToken(ctx context.Context, hash string) (Device, error) {
	return scanDevice(q.q.QueryRowContext(ctx, `SELECT `+deviceColumns+` FROM device WHERE token = $1 OR upload_token = $1`, hash))
}

// Devices lists those of a member that are signed in, newest first (SES-02).
func (q *Queries) Devices(ctx context.Context, memberID string) ([]Device, error) {
	rows, err := q.q.QueryContext(ctx, `SELECT `+deviceColumns+` FROM device WHERE member_id = $1 AND revoked_at = 0 ORDER BY created_at DESC, id DESC`, memberID)
	if err != nil {
		return nil, failed("store.devices", err)
	}
	defer func() { _ = rows.Close() }()
	var all []Device
	for rows.Next() {
		d, err := scanDevice(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, d)
	}
	return all, failed("store.devices", rows.Err())
}

// SeeDevice notes that a device was there.
func (tx *Tx) SeeDevice(ctx context.Context, id string, at time.Time) error {
	return tx.exec(ctx, "store.see-device", `UPDATE device SET last_seen = $2 WHERE id = $1 AND last_seen < $2`, id, micros(at))
}

// RevokeDevice ends both tokens of a device for ever and forgets its share.
func (tx *Tx) RevokeDevice(ctx context.Context, id string, at time.Time) error {
	return tx.exec(ctx, "store.revoke-device", `UPDATE device SET revoked_at = $2, share = '' WHERE id = $1 AND revoked_at = 0`, id, micros(at))
}

// DestroyAtDevice asks a device that was signed out to destroy the key of its vault at its next contact.
func (tx *Tx) DestroyAtDevice(ctx context.Context, id string) error {
	return tx.exec(ctx, "store.destroy-at-device", `UPDATE device SET destroy = 1 WHERE id = $1 AND revoked_at > 0`, id)
}

// RevokeOthers signs out every device of a member but one.
func (tx *Tx) RevokeOthers(ctx context.Context, memberID, keep string, at time.Time) error {
	return tx.exec(ctx, "store.revoke-others", `UPDATE device SET revoked_at = $3, share = '' WHERE member_id = $1 AND id <> $2 AND revoked_at = 0`,
		memberID, keep, micros(at))
}

// Share reads what a signed-in device left of its vault's key, sealed; "" when it left nothing.
func (q *Queries) Share(ctx context.Context, deviceID string) (string, error) {
	var share string
	err := failed("store.share", q.q.QueryRowContext(ctx, `SELECT share FROM device WHERE id = $1 AND revoked_at = 0`, deviceID).Scan(&share))
	if fault.CodeOf(err) == CodeNone {
		return "", nil
	}
	return share, err
}

// PutShare stores a device's sealed share in the place of the one before.
func (tx *Tx) PutShare(ctx context.Context, deviceID, share string) error {
	return tx.exec(ctx, "store.put-share", `UPDATE device SET share = $2 WHERE id = $1 AND revoked_at = 0`, deviceID, share)
}
