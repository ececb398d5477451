package takeout

import (
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/complaint"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/privacy"
	"github.com/sodale/sodale/app/submission"
)

// The Italian names of what stands in the copy. A value without a name is shown as it is.
var (
	roleWords    = map[member.Role]string{member.Holder: "Titolare", member.Spouse: "Coniuge o convivente", member.Child: "Figlio o figlia", member.Other: "Altro familiare"}
	sexWords     = map[member.Sex]string{member.Female: "Femminile", member.Male: "Maschile"}
	postalWords  = map[member.Postal]string{"": "Residenza", member.ToResidence: "Residenza", member.ToDomicile: "Domicilio"}
	paymentWords = map[member.Payment]string{"": "Bonifico", member.ByTransfer: "Bonifico", member.ByCheque: "Assegno"}
	fieldWords   = map[member.Field]string{member.FieldDomicile: "Domicilio", member.FieldEMail: "E-mail", member.FieldMobile: "Cellulare", member.FieldPostal: "Recapito postale",
		member.FieldPayment: "Pagamento", member.FieldIBAN: "IBAN", member.FieldPhoto: "Foto"}
	stateWords = map[claim.State]string{claim.Draft: "Bozza", claim.Ready: "Pronta", claim.Queued: "In coda", claim.Sending: "In invio", claim.Unconfirmed: "Da verificare",
		claim.Delivered: "Consegnata", claim.Held: "Serve il tuo intervento", claim.Registered: "Protocollata", claim.InReview: "In esame", claim.DocumentsRequested: "Da integrare",
		claim.Blocked: "Blocco amministrativo", claim.Approved: "Approvata", claim.Rejected: "Respinta", claim.Merged: "Accorpata", claim.Paid: "Liquidata", claim.Withdrawn: "Ritirata"}
	statusWords = map[submission.Status]string{submission.Queued: "In coda", submission.Sending: "In invio", submission.Unconfirmed: "Da verificare", submission.Delivered: "Consegnata",
		submission.Held: "Serve il tuo intervento"}
	erasureWords = map[privacy.Erasure]string{privacy.DisableService: "Disattivazione del servizio", privacy.ClearHistory: "Azzeramento dello storico", privacy.DeleteAccount: "Eliminazione dell'account"}
	aboutWords   = map[complaint.About]string{complaint.OfClaim: "Su una pratica", complaint.OfBenefit: "Su una prestazione del piano", complaint.OfService: "Su un servizio"}
	whoseWords   = map[string]string{member.WhoseMine: "Tuo", member.WhoseMutual: "Della mutua"}
)

// word names a value in Italian.
func word[K ~string](words map[K]string, value K) string {
	if w, ok := words[value]; ok {
		return w
	}
	return string(value)
}

func yes(b bool) string {
	if b {
		return "sì"
	}
	return "no"
}
