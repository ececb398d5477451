package person

import (
	"strings"

	"github.com/sodale/sodale/app/iban"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/ui/words"
)

// addressText writes an address on one line: "Via dei Tigli 14, 20100 Milano (MI)".
func addressText(a member.Address) string {
	town := strings.TrimSpace(a.PostCode + " " + a.Town)
	if a.Province != "" {
		town += " (" + a.Province + ")"
	}
	switch {
	case a.Street == "":
		return strings.TrimSpace(town)
	case town == "":
		return a.Street
	}
	return a.Street + ", " + town
}

// valueText writes one field as a person reads it; "" where it is not given.
func valueText(d member.Details, f member.Field, rules mutual.Profile) string {
	switch f {
	case member.FieldDomicile:
		if d.Domicile == nil {
			return words.T("person.domicile.same")
		}
		return addressText(*d.Domicile)
	case member.FieldEMail:
		return d.EMail
	case member.FieldMobile:
		return rules.ShowMobile(d.Mobile)
	case member.FieldPostal:
		if d.Postal == member.ToDomicile {
			return words.T("person.postal.domicile")
		}
		return words.T("person.postal.residence")
	case member.FieldPayment:
		if d.Payment == member.ByCheque {
			return words.T("person.payment.cheque")
		}
		return words.T("person.payment.transfer")
	case member.FieldIBAN:
		return iban.Group(d.IBAN)
	case member.FieldPhoto:
		if len(d.Photo) > 0 {
			return words.T("person.photo.new")
		}
		return words.T("person.photo.none")
	}
	return ""
}

// copyOf is what the copy button of a field copies; "" where there is nothing that is needed elsewhere.
func copyOf(d member.Details, f member.Field) string {
	switch f {
	case member.FieldDomicile:
		if d.Domicile != nil {
			return addressText(*d.Domicile)
		}
	case member.FieldEMail:
		return d.EMail
	case member.FieldMobile:
		return d.Mobile
	case member.FieldIBAN:
		return d.IBAN
	}
	return ""
}

// changeText names what a change is about: "Modifica: e-mail, IBAN".
func (p *Page) changeText(changed []member.Field) string {
	if len(changed) == 0 {
		return words.T("person.change.none")
	}
	return words.T("person.change", "Fields", fieldNames(changed))
}

func fieldNames(list []member.Field) string {
	names := make([]string, len(list))
	for i, f := range list {
		names[i] = words.T("person.field." + string(f))
	}
	return strings.Join(names, ", ")
}
