package member

import (
	"bytes"
	"slices"
)

// Fields lists every field of Details in the order they are shown.
var Fields = []Field{FieldDomicile, FieldEMail, FieldMobile, FieldPostal, FieldPayment, FieldIBAN, FieldPhoto}

// Details returns what the mutual says of one person's details: the holder's are the household's own, a relative's lie with the
// relative. false when the household has no such person.
func (h Household) Details(person ID) (Details, bool) {
	if person == h.Holder.ID {
		return Details{Domicile: h.Domicile, EMail: h.EMail, Mobile: h.Mobile, Postal: h.Postal, Payment: h.Payment, IBAN: h.IBAN, Photo: h.Photo}, true
	}
	p, ok := h.Person(person)
	return p.Details, ok
}

// With returns the household with one person's details replaced. Nothing happens for a person it does not have.
func (h Household) With(person ID, d Details) Household {
	if person == h.Holder.ID {
		h.Domicile, h.EMail, h.Mobile, h.Postal, h.Payment, h.IBAN, h.Photo = d.Domicile, d.EMail, d.Mobile, d.Postal, d.Payment, d.IBAN, d.Photo
		return h
	}
	h.Family = slices.Clone(h.Family)
	for i := range h.Family {
		if h.Family[i].ID == person {
			h.Family[i].Details = d
		}
	}
	return h
}

// Living returns the details of somebody whose residence is home: a domicile equal to it is none (PER-03).
func (d Details) Living(home Address) Details {
	if d.Domicile != nil && *d.Domicile == home {
		d.Domicile = nil
	}
	return d
}

// Same reports whether a field says the same in both. A postal or payment choice left empty is its default.
func (d Details) Same(o Details, f Field) bool {
	switch f {
	case FieldDomicile:
		if d.Domicile == nil || o.Domicile == nil {
			return d.Domicile == o.Domicile
		}
		return *d.Domicile == *o.Domicile
	case FieldEMail:
		return d.EMail == o.EMail
	case FieldMobile:
		return d.Mobile == o.Mobile
	case FieldPostal:
		return d.postal() == o.postal()
	case FieldPayment:
		return d.payment() == o.payment()
	case FieldIBAN:
		return d.IBAN == o.IBAN
	case FieldPhoto:
		return bytes.Equal(d.Photo, o.Photo)
	}
	return true
}

// Equal reports whether every field says the same in both.
func (d Details) Equal(o Details) bool { return len(Change{Base: d, Mine: o}.Fields()) == 0 }

// With returns the details with one field taken from other.
func (d Details) With(f Field, other Details) Details {
	switch f {
	case FieldDomicile:
		d.Domicile = other.Domicile
	case FieldEMail:
		d.EMail = other.EMail
	case FieldMobile:
		d.Mobile = other.Mobile
	case FieldPostal:
		d.Postal = other.Postal
	case FieldPayment:
		d.Payment = other.Payment
	case FieldIBAN:
		d.IBAN = other.IBAN
	case FieldPhoto:
		d.Photo = other.Photo
	}
	return d
}

// Only returns the details with nothing but one field.
func (d Details) Only(f Field) Details { return Details{}.With(f, d) }

func (d Details) postal() Postal {
	if d.Postal == "" {
		return ToResidence
	}
	return d.Postal
}

func (d Details) payment() Payment {
	if d.Payment == "" {
		return ByTransfer
	}
	return d.Payment
}

// Fields lists what the member changed: where Mine differs from Base.
func (c Change) Fields() []Field {
	var changed []Field
	for _, f := range Fields {
		if !c.Base.Same(c.Mine, f) {
			changed = append(changed, f)
		}
	}
	return changed
}
