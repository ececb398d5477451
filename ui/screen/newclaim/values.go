package newclaim

import (
	"slices"
	"strconv"
	"strings"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/entitlement"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/plan"
)

// field names one field of a document as claim.Problem.Where does.
type field = string

// fieldNotes is the line to the mutual, which nothing checks (CLM-08).
const fieldNotes field = "notes"

// plainField points at a field of d that is words or a choice; nil for amounts and dates.
func plainField(d *claim.ExpenseDocument, f field) *string {
	switch f {
	case claim.FieldType:
		return (*string)(&d.Type)
	case claim.FieldPerson:
		return (*string)(&d.Person)
	case claim.FieldService:
		return (*string)(&d.Service)
	case claim.FieldSchool:
		return &d.School
	case claim.FieldMark:
		return &d.Mark
	case claim.FieldCurrency:
		return &d.Currency
	case claim.FieldNumber:
		return &d.Number
	case claim.FieldProvince:
		return &d.Province
	case claim.FieldProvider:
		return &d.Provider
	case claim.FieldVAT:
		return &d.ProviderVAT
	case claim.FieldBenefit:
		return (*string)(&d.Benefit)
	case claim.FieldForm:
		return (*string)(&d.Form)
	case claim.FieldCause:
		return (*string)(&d.Cause)
	case claim.FieldNamed:
		return &d.Named
	case claim.FieldSpecialty:
		return &d.Specialty
	case claim.FieldReason:
		return &d.Reason
	case claim.FieldLens:
		return &d.Lens
	case claim.FieldSightIssuer:
		return &d.Sight.Issuer
	case claim.FieldSight:
		return (*string)(&d.Sight.Changed)
	case claim.FieldPermanent:
		return (*string)(&d.Loss.Permanent)
	case claim.FieldCover:
		return (*string)(&d.Cover.Answer)
	case claim.FieldCoverBody:
		return &d.Cover.Body
	case claim.FieldDiagnosis:
		return &d.Diagnosis
	case fieldNotes:
		return &d.Notes
	}
	return nil
}

// amountField points at the two places of an amount of d: what was read, and what stands there while it can't be read.
func amountField(d *claim.ExpenseDocument, f field) (*money.Cents, *string) {
	switch f {
	case claim.FieldAmount:
		return &d.Amount, &d.AmountText
	case claim.FieldForeign:
		return (*money.Cents)(&d.Foreign), &d.ForeignText
	case claim.FieldCoverAmount:
		return &d.Cover.Amount, &d.Cover.AmountText
	case claim.FieldStampDuty:
		return &d.StampDuty, new(string) // ticked or not, never typed
	}
	return nil, nil
}

// dayField points at the two places of a date of d.
func dayField(d *claim.ExpenseDocument, f field) (*civil.Date, *string) {
	switch f {
	case claim.FieldAdmitted:
		return &d.Admitted, &d.AdmittedText
	case claim.FieldDischarged:
		return &d.Discharged, &d.DischargedText
	case claim.FieldIssued:
		return &d.IssuedOn, &d.IssuedText
	case claim.FieldPrescribed:
		return &d.PrescribedOn, &d.PrescribedText
	case claim.FieldInjured:
		return &d.Injured, &d.InjuredText
	case claim.FieldSightOn:
		return &d.Sight.On, &d.Sight.OnText
	case claim.FieldLossSince:
		return &d.Loss.Since, &d.Loss.SinceText
	}
	return nil, nil
}

// textOf is what a field of d shows.
func textOf(d *claim.ExpenseDocument, f field) string {
	if words := plainField(d, f); words != nil {
		return *words
	}
	if amount, kept := amountField(d, f); amount != nil {
		return amountText(*amount, *kept)
	}
	if text, ok := listText(d, f); ok {
		return text
	}
	day, kept := dayField(d, f)
	if *kept != "" {
		return *kept
	}
	return day.Italian()
}

// put takes what stands in a field of d. What is no amount or no date is kept as text, and nothing typed is lost.
func put(d *claim.ExpenseDocument, f field, text string) {
	if words := plainField(d, f); words != nil {
		*words = text
		return
	}
	if amount, kept := amountField(d, f); amount != nil {
		*amount, *kept = readAmount(text)
		return
	}
	if putList(d, f, text) {
		return
	}
	day, kept := dayField(d, f)
	read, err := civil.ParseItalian(text)
	*day, *kept = civil.Date{}, ""
	switch {
	case strings.TrimSpace(text) == "":
	case err != nil:
		*kept = text
	default:
		*day = read
	}
}

// amountText is what an amount's field shows, and readAmount what was typed into one: kept is what can't be read.
func amountText(amount money.Cents, kept string) string {
	if kept == "" && amount != 0 {
		return amount.String()
	}
	return kept
}

func readAmount(text string) (amount money.Cents, kept string) {
	if strings.TrimSpace(text) == "" {
		return 0, ""
	}
	amount, err := money.Parse(text)
	if err != nil {
		return 0, text
	}
	return amount, ""
}

// Text is what a field of the open document shows.
func (m *model) Text(f field) string {
	switch text := textOf(m.document(), f); {
	case f == claim.FieldService:
		return m.service()
	case f == claim.FieldForm && text == "" && m.benefit() != nil:
		return string(entitlement.Form(m.benefit(), *m.document()))
	case f == claim.FieldCause && text == "":
		return string(plan.Illness)
	default:
		return text
	}
}

// Type takes what stands in a field after a key.
func (m *model) Type(f field, text string) {
	m.before(where(m.Current, f), word(where(m.Current, f), text))
	m.put(f, text)
}

// Choose takes an option of a field, and reports whether the form now asks for other fields than before.
func (m *model) Choose(f field, value string) (otherFields bool) {
	m.before(where(m.Current, f), "")
	asked := m.asked()
	m.chosen[where(m.Current, f)] = true
	m.put(f, value)
	m.settle()
	return !slices.Equal(asked, m.asked())
}

func (m *model) put(f field, text string) {
	if f == claim.FieldService {
		m.putService(text)
	} else {
		put(m.document(), f, text)
	}
	m.Claim.Field = where(m.Current, f)
	m.Look(f)
}

// optional are the fields that some documents are not asked for, in the order of the form.
var optional = []field{claim.FieldService, claim.FieldBenefit, claim.FieldForm, claim.FieldNamed, claim.FieldSpecialty, claim.FieldTreatments,
	claim.FieldReason, claim.FieldLens, claim.FieldSightOn, claim.FieldSightIssuer, claim.FieldSight, claim.FieldActs, claim.FieldLossSince, claim.FieldPermanent,
	claim.FieldCause, claim.FieldInjured, claim.FieldSchool, claim.FieldMark, claim.FieldAdmitted, claim.FieldDischarged, claim.FieldCurrency,
	claim.FieldForeign, claim.FieldAmount, claim.FieldStampDuty, claim.FieldNumber, claim.FieldProvince, claim.FieldProvider, claim.FieldVAT,
	claim.FieldCover, claim.FieldCoverBody, claim.FieldCoverAmount, claim.FieldPrescribed, claim.FieldDiagnosis}

// asked is what the form of the open document is laid out by: the optional fields, and the choices that others follow.
func (m *model) asked() []field {
	d := m.document()
	list := []field{string(d.Cover.Answer), d.School, strconv.Itoa(len(d.Treatments))}
	for _, f := range optional {
		if m.asks(d, f) {
			list = append(list, f)
		}
	}
	if m.rules().NeedsPrescription(*d) {
		list = append(list, "needed")
	}
	return list
}

// settle takes away what the open document is no longer asked for, and gives back what was taken away before: a choice
// that is undone costs nothing.
func (m *model) settle() {
	d := m.document()
	aside := m.setAside[d.ID]
	if aside == nil {
		aside = map[field]string{}
		m.setAside[d.ID] = aside
	}
	for _, f := range optional {
		switch text := textOf(d, f); {
		case !m.asks(d, f) && text != "":
			aside[f] = text
			put(d, f, "")
		case m.asks(d, f) && text == "" && aside[f] != "":
			put(d, f, aside[f])
			delete(aside, f)
		}
	}
	if d.Mark != "" && !slices.Contains(m.rules().Marks(d.School), d.Mark) {
		d.Mark = ""
	}
}

// Look notes that the member has seen what was read into a field of the open document.
func (m *model) Look(f field) bool {
	d := m.document()
	i := slices.Index(d.Proposed, f)
	if i < 0 {
		return false
	}
	d.Proposed = slices.Delete(slices.Clone(d.Proposed), i, i+1)
	return true
}

// LookAll is *Ho controllato*: all that was read into the open document was seen.
func (m *model) LookAll() {
	m.before(where(m.Current, claim.FieldFiles), "")
	m.document().Proposed = nil
}

// Unseen reports whether a field of the open document holds what was read and not looked at.
func (m *model) Unseen(f field) bool { return slices.Contains(m.document().Proposed, f) }
