package desk

import (
	"github.com/sodale/sodale/app/plan"
)

// reasons are why a document is not paid, or not yet, as the member reads them in the decision.
var reasons = map[plan.Code]string{
	plan.PersonNotCovered:    "La persona non è fra quelle coperte dal piano.",
	plan.NotInPlan:           "La prestazione non è prevista dal piano.",
	plan.ExcludedBenefit:     "La prestazione è esclusa dal piano",
	plan.PrivateNot:          "Le prestazioni private non sono rimborsate.",
	plan.FormNotAllowed:      "Il piano non rimborsa la prestazione in questa forma.",
	plan.BeforeCoverage:      "La spesa è precedente all'inizio della copertura",
	plan.Ceased:              "La copertura era cessata.",
	plan.Suspended:           "La copertura era sospesa per contributi non versati.",
	plan.Reacquiring:         "Dopo il versamento in ritardo i diritti non erano ancora riacquisiti.",
	plan.ExcludedCause:       "La causa della spesa è esclusa dal piano",
	plan.PreexistingCode:     "La malattia è precedente all'iscrizione.",
	plan.PregnancyBefore:     "La gravidanza era in corso al momento dell'iscrizione.",
	plan.InjuryBefore:        "L'infortunio è precedente alla copertura",
	plan.WaitingPeriod:       "La spesa cade nel periodo di carenza",
	plan.Late:                "La richiesta è arrivata oltre il termine",
	plan.DirectLate:          "L'assistenza diretta è stata chiesta oltre il termine",
	plan.Advance:             "Le fatture di acconto per prestazioni non ancora eseguite non sono rimborsate.",
	plan.AgeOrSex:            "Il programma non è previsto per questa persona",
	plan.NotAffiliated:       "La struttura non è convenzionata.",
	plan.NotAuthorised:       "La prestazione non era stata autorizzata.",
	plan.NotEligible:         "Il tipo di struttura non è ammesso.",
	plan.DayHospital:         "Il day hospital è riconosciuto solo per i motivi previsti dal piano.",
	plan.NotAtHome:           "L'assistenza non è stata prestata a domicilio.",
	plan.OutOfWindow:         "L'assistenza è fuori dal periodo previsto",
	plan.SameStay:            "Per lo stesso ricovero è già chiesto o pagato un rimborso.",
	plan.TooShort:            "L'iscrizione non dura ancora il tempo previsto.",
	plan.NotMet:              "Manca una condizione prevista dal regolamento.",
	plan.AlreadyPaid:         "La prestazione è già stata riconosciuta una volta.",
	plan.Prescriber:          "Chi prescrive e chi esegue la prestazione sono lo stesso medico.",
	plan.Expired:             "La prescrizione è scaduta.",
	plan.AfterExpense:        "La prescrizione è successiva alla spesa.",
	plan.NotPertinent:        "La prestazione non è pertinente alla diagnosi.",
	plan.Frequency:           "La prestazione è già stata riconosciuta nel periodo previsto.",
	plan.VisitsExceeded:      "Il numero di visite dell'anno per la specialità è esaurito.",
	plan.Exhausted:           "Il massimale è esaurito",
	plan.NotCertified:        "Serve il verbale del Pronto Soccorso.",
	plan.PrescriptionMissing: "Manca la prescrizione del medico.",
	plan.DiagnosisInvalid:    "La prescrizione non riporta una diagnosi valida.",
	plan.DocumentMissing:     "Manca un documento",
	plan.DocumentIncomplete:  "Il documento è incompleto",
}

// lessened are why less is paid than was asked for.
var lessened = map[plan.Warning]string{
	plan.CappedEach:   "È stato applicato il massimo previsto per ogni prestazione.",
	plan.CappedAnnual: "È stato riconosciuto quanto restava del massimale dell'anno.",
	plan.PartialDays:  "Sono stati riconosciuti solo i giorni coperti dal piano.",
	plan.ChargesOut:   "Imposta di bollo e spese amministrative non sono rimborsate.",
	plan.ItemsOut:     "Una parte della spesa non è coperta dal piano.",
	plan.OtherCover:   "È stato tenuto conto di quanto hanno pagato altri.",
}

// reasonOf says a finding in Italian: what it is about stands at its end, unless the sentence is whole without.
func reasonOf(f plan.Finding) string {
	text := reasons[f.Code]
	switch {
	case text == "":
		return string(f.Code)
	case text[len(text)-1] == '.':
		return text
	case f.Name != "":
		return text + ": " + f.Name + "."
	case !f.Day.IsZero():
		return text + " (" + f.Day.Italian() + ")."
	}
	return text + "."
}

// partly says why an estimate pays less, or "".
func partly(said plan.Estimate) string {
	text := ""
	for _, w := range said.Warnings {
		if s := lessened[w]; s != "" {
			if text != "" {
				text += " "
			}
			text += s
		}
	}
	return text
}
