// Package storage is the vault of one member: drafts, claims, requests, what was frozen for the mutual, and what the mutual
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
//   - Nothing that waits to be delivered is ever deleted by the program, unless the member leaves and says so.
//   - A locked vault delivers: frozen bytes are sealed to the mutual already.
//   - Leaving destroys the keys before anything else, and is ended by the next Open when it is cut off.
//
// What it does not promise: that a whole folder put back from an older copy is noticed here (the mutual's feed shows it: the
// cursor falls behind); that the number and size of records is hidden; that the files courier and throttle resist one who
// may write to the folder, or the throttle one who sets the clock forward; that a disk forgets what was written over.
//
// # The folder
//
//	slots              the vault key, wrapped once for each way in; two generations, or what is left of them (package slots)
//	vault.db           bbolt, page size 4096; buckets below
//	vault.db.prev      the generation before: a verified copy, made at most daily after Unlock, and by Close after changes
//	vault.db.damaged-… a damaged database, kept for whoever can help; deleted only by leaving
//	vault.db.pre-v<n>  the database before it was migrated from schema n
//	blobs/<digest>     one sealed attachment each; the name is the hex SHA-256 of the sealed bytes
//	courier            what a locked vault needs (package courier)
//	throttle           wrong passwords so far (package throttle); missing = none
//	lock               held by the one program that has the vault open
//	ballast            2 MiB, given up when the disk is full so that drafts can still be saved
//	*.tmp              unfinished; swept by Open
//
// A new vault has a name ending in ".new-<random>" until all its files are durable. One whose keys were destroyed while something
// waited in it gets ".destroyed-<instant>" once another takes its place.
//
// # Keys
//
//	password ─ Argon2id (t=3, 64 MiB, p=4) ─ HKDF ─┐
//	recovery code, printed, 128 bits ─ HKDF ───────┤
//	share, at the mutual, 256 bits ─ HKDF ─────────┼─ unwrap ─ vault key ─┬─ HKDF "vault":   record, name and manifest keys
//	secret in the system's keyring, 256 bits ─ HKDF┘                      └─ HKDF "courier" ─ courier secret ─ its own three keys
//
// A share opens nothing without the slot on this disk, nor the slot without the share. A new one is remembered in the vault until
// the mutual has it, and the one before opens until then: whichever of the two arrived, a reset opens the vault.
//
// The courier's secret also lies, unprotected, in the file courier, with what a locked vault needs: the upload token and the key
// that proves it, how the mutual is reached and its rules, and the given name and user name of the unlock screen. In the outbox it
// opens ids, digests, statuses and bytes that are sealed to the mutual, nothing about a person.
//
// The vault's password is the account's. A record says of which moment (SetPassword); the vault is Stale once the mutual says that
// the account's was changed after it, or when it was given a password of its own (SetPasswordHere).
//
// # vault.db
//
//	bucket           keys, sealed with                          name → value
//	meta             plain                                      "schema" → 4 bytes; "vault" → 16 bytes;
//	                                                            "vault-manifest", "courier-manifest" → package record
//	claims           HMAC of the name, 16 bytes; vault          claim id → claim.Claim
//	inbox            likewise; vault                            event id → event and notice; "cursor" → submission.Cursor
//	profile          likewise; vault                            "household", "cards", "mutual", "rules", "standing", "consents",
//	                                                            "identity", "tokens", "device", "greeting", "alignment", "share",
//	                                                            "backups", "help-uses"
//	requests         likewise; vault                            op id → request.Filed with its place in the order
//	edits            likewise; vault                            member id → member.Edit
//	pasts            likewise; vault                            number → member.Past
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
// saved; removal goes the other way. A share is remembered before its slot is written. A database that takes the place of another (migration, salvage) is written beside it,
// synced, verified, then renamed. Freeze is one transaction: claim or request, frozen bytes, delivery, audit row.
//
// Leaving goes: both halves of the slot file, synced one after the other; everything else; the lock; the slot file; the folder.
//
// # Opening
//
// CheckInChild, then Open: version first (a newer vault is refused untouched), lock, structure (package pages, which trusts
// nothing), outbox. Then Unlock: throttle, key, every record, manifests. Where something fails: salvage from the file and
// its previous generation (salvage.go), what the mutual said is read again from the events that are left (mend.go), and
// Store.Damage tells.
//
// # Versions
//
// Schema 1 (November 2026) is the first; the buckets requests, edits and pasts came to it and are made when they are first needed.
// An older schema is migrated on Unlock: copied, transformed, verified, renamed; the
// bytes of frozen submissions stay as they are.
package storage
