// Package storage is the vault of one member: drafts, claims, what was frozen for the mutual, and what the mutual
// said, in one folder, sealed record by record. It knows package app and nothing else of the program.
//
// # What it promises
//
//   - A method that changes something returns after the commit. An error does not mean "not saved": after one, memory is
//     read back from the disk, and ids make every retry harmless.
//   - A record opens only in the place it was sealed for. One that is gone, older than the last commit, or altered is noticed
//     when the vault is unlocked, and named.
//   - A damaged file never ends or hangs the program, and no wrong value is shown. What is intact is salvaged, the damaged file
//     is kept aside, what is lost is named.
//   - Nothing that waits to be delivered is ever deleted by the program.
//   - A locked vault delivers: frozen bytes are sealed to the mutual already.
//
// What it does not promise: that a whole folder put back from an older copy is noticed here (the mutual's feed shows it: the
// cursor falls behind); that the number and size of records is hidden; that the files courier and throttle resist one who
// may write to the folder.
//
// # The folder
//
//	slots              the vault key, wrapped by the password and by the recovery code; two generations (package slots)
//	vault.db           bbolt, page size 4096; buckets below
//	vault.db.prev      the generation before: a verified copy, made at most daily after Unlock, and by Close after changes
//	vault.db.damaged-… a damaged database, kept for whoever can help; never deleted by the program
//	vault.db.pre-v<n>  the database before it was migrated from schema n
//	blobs/<digest>     one sealed attachment each; the name is the hex SHA-256 of the sealed bytes
//	courier            what a locked vault needs (package courier)
//	throttle           wrong passwords so far (package throttle); missing = none
//	lock               held by the one program that has the vault open
//	ballast            2 MiB, given up when the disk is full so that drafts can still be saved
//	*.tmp              unfinished; swept by Open
//
// A new vault has a name ending in ".new-<random>" until all its files are durable.
//
// # Keys
//
//	password ─ Argon2id (t=3, 64 MiB, p=4) ─ HKDF ─┐
//	                                                ├─ unwrap ─ vault key ─┬─ HKDF "vault":   record, name and manifest keys
//	recovery code, 128 bits ─ HKDF ────────────────┘                      └─ HKDF "courier" ─ courier secret ─ its own three keys
//
// The courier's secret also lies, unprotected, in the file courier: it opens ids, digests, statuses and bytes that are sealed
// to the mutual, nothing about a person.
//
// # vault.db
//
//	bucket           keys, sealed with                          name → value
//	meta             plain                                      "schema" → 4 bytes; "vault" → 16 bytes;
//	                                                            "vault-manifest", "courier-manifest" → package record
//	claims           HMAC of the name, 16 bytes; vault          claim id → claim.Claim
//	inbox            likewise; vault                            event id → event and notice; "cursor" → submission.Cursor
//	profile          likewise; vault                            "household", "cards", "mutual", "identity", "tokens", "greeting"
//	roster           bucket id, shard; vault                    record.Roster of the domain vault
//	deliveries       HMAC of the name, 16 bytes; courier        op id → submission.Delivery
//	frozen           likewise; courier                          op id → submission.Submission
//	audit            likewise; courier                          number → one row of a hash chain
//	roster-courier   bucket id, shard; courier                  record.Roster of the domain courier
//
// Values are JSON, sealed as package record says. A record's version is the epoch of the commit that wrote it; the epoch grows
// by one with every commit. Each commit rewrites the manifests of the domains it touches: count and keyed sum of all sealed
// values of each bucket. A roster lists the names and versions of one shard; a record that is overwritten is noted in the
// manifest's tail instead until that is full, so that saving a draft writes five pages.
//
// # Order of writing
//
// Bytes before the record that names them: an attachment is synced under its final name before the draft that shows it is
// saved; removal goes the other way. A database that takes the place of another (migration, salvage) is written beside it,
// synced, verified, then renamed. Freeze is one transaction: claim, frozen bytes, delivery, audit row.
//
// # Opening
//
// CheckInChild, then Open: version first (a newer vault is refused untouched), lock, structure (package pages, which trusts
// nothing), outbox. Then Unlock: throttle, key, every record, manifests. Where something fails: salvage from the file and
// its previous generation (salvage.go), and Store.Damage tells.
//
// # Versions
//
// Schema 1 (November 2026) is the first. An older schema is migrated on Unlock: copied, transformed, verified, renamed; the
// bytes of frozen submissions stay as they are.
package storage
