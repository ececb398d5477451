package claims

import (
	"slices"

	"github.com/sodale/sodale/app/claim"
)

// Action is one thing a member may do with a claim now.
type Action string

// The actions. Each is a button; its words are "claims.action.<value>".
const (
	Resume      Action = "resume"       // Riprendi: goes on with the draft or the correction
	Send        Action = "send"         // Invia: opens the draft at its summary
	CheckNow    Action = "check"        // Controlla adesso
	ShowReceipt Action = "receipt"      // Ricevuta firmata
	AddDocument Action = "add-document" // Aggiungi documento: the next revision
	Correct     Action = "correct"      // Correggi: the next revision
	CorrectHeld Action = "correct-held" // Correggi e reinvia
	Release     Action = "release"      // Riprova così com'è
	Discard     Action = "discard"      // Elimina la bozza
	Remind      Action = "remind"       // Promemoria: the paper before there is a receipt
	Again       Action = "again"        // Duplica come nuova
	Withdraw    Action = "withdraw"     // Ritira la pratica
	Ask         Action = "ask"          // Chiedi alla mutua: a message, and the telephone number
	Complain    Action = "complain"     // Fai reclamo: a complaint about what was decided (CMP-01)
)

// Actions lists what may be done with a claim, the one that helps most first (UX section 3). rules say whether it may be
// withdrawn.
func Actions(s claim.Summary, rules claim.Rules) []Action {
	var actions []Action
	if s.Claim.Open && s.Claim.Revision > 0 {
		actions = []Action{Resume, Send}
	} else {
		actions = own(s.State)
	}
	if s.Claim.Revision == 0 {
		return actions
	}
	if s.Delivery != nil && len(s.Delivery.Receipt) > 0 {
		actions = append(actions, ShowReceipt)
	} else {
		actions = append(actions, Remind)
	}
	if correctable(s.State) && !s.Claim.Open && !s.Claim.Withdrawing {
		actions = append(actions, Correct)
	}
	if claim.Withdrawable(s, rules) {
		actions = append(actions, Withdraw)
	}
	if contestable(s) && s.State != claim.Rejected {
		actions = append(actions, Complain)
	}
	return append(actions, Again, Ask)
}

// contestable reports whether the mutual refused a claim or a part of what was asked for (CMP-01).
func contestable(s claim.Summary) bool {
	if !Decided(s.State) {
		return false
	}
	refused := slices.ContainsFunc(s.Claim.Mutual.Outcomes, func(o claim.Outcome) bool { return o.State == claim.Rejected })
	return s.State == claim.Rejected || refused || s.Claim.Kind == claim.Refund && s.Claim.Mutual.Granted < s.Claim.Total()
}

// own is the part of the table of UX section 3 that does not depend on the receipt.
func own(s claim.State) []Action {
	switch s {
	case claim.Draft:
		return []Action{Resume, Discard}
	case claim.Ready:
		return []Action{Send, Resume, Discard}
	case claim.Unconfirmed:
		return []Action{CheckNow}
	case claim.Held:
		return []Action{CorrectHeld, Release}
	case claim.DocumentsRequested:
		return []Action{AddDocument}
	case claim.Rejected:
		return []Action{Complain}
	}
	return nil
}

// correctable reports whether a plain correction makes sense: the mutual has the claim and has not decided.
func correctable(s claim.State) bool {
	switch s {
	case claim.Delivered, claim.Registered, claim.InReview, claim.Blocked:
		return true
	}
	return false
}
