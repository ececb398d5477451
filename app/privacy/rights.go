package privacy

import "github.com/sodale/sodale/app/mutual"

// Right is something that a member may ask for (PRV-09, PRV-10). The written-out values are keys of sentences.
type Right string

// The rights.
const (
	Access      Right = "access"      // see what is held
	Portability Right = "portability" // take it away (GDPR art. 20)
	Rectify     Right = "rectify"     // have it corrected or brought up to date
	Erase       Right = "erase"       // have it deleted
	Restrict    Right = "restrict"    // have its use restricted
	Anonymise   Right = "anonymise"   // have it made anonymous
	Object      Right = "object"      // object to its use
	Withdraw    Right = "withdraw"    // take a consent back
	Complain    Right = "complain"    // go to the authority
)

// Means is how a right is used.
type Means string

// The means.
const (
	ByTakeout  Means = "takeout"  // the copy of everything that is held
	ByDetails  Means = "details"  // the page of personal data
	ByErasure  Means = "erasure"  // one of the Erasures
	ByConsents Means = "consents" // the page of consents
	ByWriting  Means = "writing"  // a message to the mutual: Contacts.DPOEMail, or EMail
	ByAddress  Means = "address"  // AuthorityPage
)

// AuthorityPage is where the authority explains how to complain (PRV-10).
const AuthorityPage = "https://www.garanteprivacy.it/web/guest/home/docweb/-/docweb-display/docweb/4535524"

// Choice is one right with how it is used.
type Choice struct {
	Right Right
	Means Means
}

// Rights lists what a member may ask for, in the order it is shown.
func Rights() []Choice {
	return []Choice{{Access, ByTakeout}, {Portability, ByTakeout}, {Rectify, ByDetails}, {Erase, ByErasure}, {Restrict, ByWriting},
		{Anonymise, ByWriting}, {Object, ByWriting}, {Withdraw, ByConsents}, {Complain, ByAddress}}
}

// WriteTo is the address for the rights that are asked for in writing: the data protection officer's where the mutual named one,
// else the mutual's. "" when the profile has neither.
func WriteTo(p mutual.Profile) string {
	if p.Contacts.DPOEMail != "" {
		return p.Contacts.DPOEMail
	}
	return p.Contacts.EMail
}

// Matter is something that a deletion takes away or leaves. The written-out values are keys of sentences.
type Matter string

// The matters.
const (
	MatterAccess     Matter = "access"     // signing in to the reserved area
	MatterAccount    Matter = "account"    // user name, password, second factor, sessions
	MatterHistory    Matter = "history"    // what the dossier showed until now
	MatterRecords    Matter = "records"    // personal, contact, bank and health data and images at the mutual
	MatterComputer   Matter = "computer"   // what lies on this computer: leaving it is asked for apart
	MatterMembership Matter = "membership" // the membership and its fees: withdrawal goes another way (DEL-06)
	MatterQueue      Matter = "queue"      // what was sent and waits here: it is delivered first
)

// Stay is a matter that a deletion leaves at the mutual or here.
type Stay struct {
	Matter Matter
	Years  int // after the membership is lost, where a law wants it kept; 0 = the source says nothing of a time
}

// Effect is what one deletion does, said before it is confirmed (DEL-04, DEL-05, DEL-06).
type Effect struct {
	Erasure Erasure
	Goes    []Matter
	Stays   []Stay
}

// EffectOf says what a deletion takes away and what it leaves with this mutual, the years of PRV-08 with it.
func EffectOf(e Erasure, p mutual.Profile) Effect {
	goes := map[Erasure][]Matter{DisableService: {MatterAccess}, ClearHistory: {MatterHistory}, DeleteAccount: {MatterAccess, MatterAccount}}
	effect := Effect{Erasure: e, Goes: goes[e], Stays: []Stay{{MatterRecords, p.Terms.RetainYears}, {Matter: MatterMembership}, {Matter: MatterComputer}}}
	if e == ClearHistory {
		return effect
	}
	effect.Stays = append(effect.Stays, Stay{Matter: MatterQueue})
	return effect
}
