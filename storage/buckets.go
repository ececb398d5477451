package storage

import (
	"github.com/sodale/sodale/storage/record"
)

// Schema is the version of everything in a vault that this program writes. History: 1 (November 2026) first version.
const Schema = 1

// Names of the bbolt buckets that are not made of sealed records.
const (
	bucketMeta = "meta"

	keySchema = "schema" // 4 bytes, big-endian
	keyVault  = "vault"  // 16 bytes
)

// bucket is one bbolt bucket of sealed records. The ids are stored.
type bucket struct {
	id   byte
	name string
}

// The buckets, by domain. Those of the courier can be read while the vault is locked.
var (
	claims  = &bucket{1, "claims"}  // claim id → claim.Claim
	inbox   = &bucket{2, "inbox"}   // event id → inboxItem; "cursor" → submission.Cursor
	profile = &bucket{3, "profile"} // the names below
	rosterV = &bucket{4, "roster"}  // bucket id, shard → record.Roster

	deliveries = &bucket{5, "deliveries"}     // op id → submission.Delivery
	frozen     = &bucket{6, "frozen"}         // op id → submission.Submission
	audit      = &bucket{7, "audit"}          // number → auditRow
	rosterC    = &bucket{8, "roster-courier"} // bucket id, shard → record.Roster

	requests = &bucket{9, "requests"} // op id → requestRecord
	edits    = &bucket{10, "edits"}   // member id → member.Edit
	pasts    = &bucket{11, "pasts"}   // order → pastRecord
)

// Names in the bucket profile.
const (
	nameHousehold = "household"
	nameCards     = "cards"
	nameMutual    = "mutual"
	nameIdentity  = "identity"
	nameTokens    = "tokens"
	nameGreeting  = "greeting"
	nameRules     = "rules"
	nameDevice    = "device"
	nameAlignment = "alignment"
	nameStanding  = "standing"
	nameConsents  = "consents"
	nameShare     = "share"
	nameBackups   = "backups"
	nameHelpUses  = "help-uses"
	nameLetters   = "letters"
)

// nameCursor is the one name in the bucket inbox that is no event.
const nameCursor = "cursor"

// rosterKeySize is the length of a key in a roster bucket: bucket id, shard.
const rosterKeySize = 2

// domain is the buckets that one set of keys seals and one manifest counts.
type domain struct {
	id      byte
	name    string // also the key of its manifest in the bucket meta
	buckets []*bucket
	roster  *bucket
}

var (
	domainVault   = &domain{'v', "vault-manifest", []*bucket{claims, inbox, profile, requests, edits, pasts}, rosterV}
	domainCourier = &domain{'c', "courier-manifest", []*bucket{deliveries, frozen, audit}, rosterC}
)

var allDomains = []*domain{domainVault, domainCourier}

// domainOf returns the domain that a bucket belongs to.
func domainOf(b *bucket) *domain {
	for _, d := range allDomains {
		if b == d.roster {
			return d
		}
		for _, x := range d.buckets {
			if x == b {
				return d
			}
		}
	}
	panic("bucket of no domain: " + b.name)
}

// all lists the buckets of a domain with its roster bucket last.
func (d *domain) all() []*bucket { return append(append([]*bucket(nil), d.buckets...), d.roster) }

// byName returns the bucket of that name or nil.
func (d *domain) byName(name string) *bucket {
	for _, b := range d.all() {
		if b.name == name {
			return b
		}
	}
	return nil
}

// byID returns the bucket of that id or nil.
func (d *domain) byID(id byte) *bucket {
	for _, b := range d.all() {
		if b.id == id {
			return b
		}
	}
	return nil
}

// shardKey is where the roster of a record's shard lies.
func shardKey(b *bucket, key [record.KeySize]byte) [rosterKeySize]byte {
	return [rosterKeySize]byte{b.id, key[0]}
}

// chamber is a domain that is open: its keys and what its manifest and rosters say now.
type chamber struct {
	*domain
	keys     *record.Keys
	schema   uint32
	manifest record.Manifest
	rosters  map[[rosterKeySize]byte]record.Roster
}

func newChamber(d *domain, secret []byte, vault record.VaultID, schema uint32) (*chamber, error) {
	keys, err := record.Derive(secret, vault, map[byte]string{'v': "vault", 'c': "courier"}[d.id])
	if err != nil {
		return nil, err
	}
	c := &chamber{domain: d, keys: keys, schema: schema}
	c.empty()
	return c, nil
}

// empty forgets everything but the keys.
func (c *chamber) empty() {
	c.manifest = record.Manifest{Buckets: map[byte]record.Tally{}}
	c.rosters = map[[rosterKeySize]byte]record.Roster{}
}

func (c *chamber) place(b *bucket, key []byte) record.Place {
	return record.Place{Bucket: b.id, Key: key, Schema: c.schema}
}
