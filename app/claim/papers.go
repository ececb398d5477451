package claim

import (
	"slices"

	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/reading"
)

// flawCodes are the warnings about files that are hard to read.
var flawCodes = map[document.Flaw]fault.Code{document.Blank: CodeBlankFile, document.Blurred: CodeBlurredFile,
	document.Dark: CodeDarkFile, document.Turned: CodeTurnedFile}

// files checks what is attached: that it is there, what it is, and what else the document needs beside the expense itself.
func (k *checker) files(c Claim, d ExpenseDocument) {
	missing := CodeNoFile
	if d.Type == SchoolCertificate {
		missing = CodeNoCertificate
	}
	k.need(len(d.Attachments) > 0, missing, FieldFiles)
	for _, a := range d.Attachments {
		k.file(a)
	}
	k.warn(!k.NeedsPrescription(d) || d.prescribed(), CodeNoPrescription, FieldFiles, nil)
	stay := d.Asks(FieldAdmitted) && !slices.ContainsFunc(c.Documents, func(other ExpenseDocument) bool {
		return other.Person == d.Person && other.discharged()
	})
	k.warn(!stay, CodeNoLetter, FieldFiles, nil)
}

func (k *checker) file(a Attachment) {
	if a.Size > k.MaxFile() {
		k.add(Problem{Code: CodeFileTooLarge, Where: FieldFiles, Blocking: true,
			Values: a.says("Size", document.Megabytes(a.Size), "Max", document.Megabytes(k.MaxFile()))})
	}
	if a.Kind != "" && !k.Takes(a.Kind) {
		k.add(Problem{Code: CodeFileKind, Where: FieldFiles, Blocking: true, Values: a.says()})
	}
	flaws := slices.Clone(a.Flaws)
	if a.Paper != nil && a.Paper.Turned && !slices.Contains(flaws, document.Turned) {
		flaws = append(flaws, document.Turned)
	}
	for _, f := range flaws {
		if code, ok := flawCodes[f]; ok {
			k.warn(false, code, FieldFiles, a.says())
		}
	}
	k.warn(a.Paper == nil || !a.Paper.Stranger, CodeStranger, FieldFiles, a.says())
}

// prescribed reports whether a prescription is attached. In an emergency room there is none: the report of the access takes
// its place (AMB-10).
func (d ExpenseDocument) prescribed() bool {
	return slices.ContainsFunc(d.Attachments, func(a Attachment) bool {
		return a.Proves() == Prescription || d.Service == Emergency && slices.Contains([]Role{OtherPaper, DischargeLetter, EmergencyReport}, a.Role)
	})
}

// discharged reports whether the document is, or has, the paper that ends a stay: a discharge letter, a certificate of the
// hospital or the clinical record (CLM-31).
func (d ExpenseDocument) discharged() bool {
	return d.Type == ClinicalRecord || d.Type == HospitalCertificate ||
		slices.ContainsFunc(d.Attachments, func(a Attachment) bool { return a.Proves() == DischargeLetter })
}

// Proves is what a file proves: by the member's word, else by what was read from it.
func (a Attachment) Proves() Role {
	if a.Role != ExpensePaper || a.Paper == nil {
		return a.Role
	}
	switch a.Paper.Type {
	case reading.Prescription:
		return Prescription
	case reading.Discharge:
		return DischargeLetter
	}
	return ExpensePaper
}

// papers compares what was typed with what the papers say. A paper that says nothing of a field is no witness.
func (k *checker) papers(d ExpenseDocument) {
	if i := slices.IndexFunc(d.Attachments, func(a Attachment) bool {
		return a.Paper != nil && a.Paper.Person != "" && d.Person != "" && a.Paper.Person != d.Person
	}); i >= 0 {
		k.warn(false, CodeOtherPerson, FieldPerson, d.Attachments[i].says("Person", string(d.Attachments[i].Paper.Person)))
	}
	k.total(d)
	differs := func(code fault.Code, field string, typed bool, read func(reading.Paper) string, same func(reading.Paper) bool) {
		if !typed || !d.Asks(field) {
			return
		}
		if a, ok := d.witness(func(p reading.Paper) bool { return read(p) != "" }, same); ok {
			k.warn(false, code, field, a.says("Read", read(*a.Paper)))
		}
	}
	differs(CodeOtherNumber, FieldNumber, d.Number != "", func(p reading.Paper) string { return p.Number },
		func(p reading.Paper) bool { return foldNumber(p.Number) == foldNumber(d.Number) })
	differs(CodeOtherDate, FieldIssued, !d.IssuedOn.IsZero(), func(p reading.Paper) string { return p.IssuedOn.Italian() },
		func(p reading.Paper) bool { return p.IssuedOn == d.IssuedOn })
}

// total compares the amount with the totals read. Several receipts in one document may be summed up.
func (k *checker) total(d ExpenseDocument) {
	typed, field := d.Amount, FieldAmount
	if d.Asks(FieldForeign) {
		typed, field = money.Cents(d.Foreign), FieldForeign
	}
	if typed <= 0 || !d.Asks(field) {
		return
	}
	states := func(p reading.Paper) bool { return p.Total > 0 && p.Currency == d.Currency }
	var sum money.Cents
	for _, a := range d.expenses() {
		if states(*a.Paper) {
			sum += a.Paper.Total
		}
	}
	if a, ok := d.witness(states, func(p reading.Paper) bool { return p.Total == typed }); ok && sum != typed {
		k.warn(false, CodeOtherAmount, field, a.says("Read", a.Paper.Total.String(), "Typed", typed.String()))
	}
}

// expenses are the files that state the expense and were read.
func (d ExpenseDocument) expenses() []Attachment {
	var list []Attachment
	for _, a := range d.Attachments {
		if a.Role == ExpensePaper && a.Paper != nil && a.Paper.Type != reading.Prescription && a.Paper.Type != reading.Discharge {
			list = append(list, a)
		}
	}
	return list
}

// witness is the first file of the expense that states something, if none that does agrees.
func (d ExpenseDocument) witness(states, agrees func(reading.Paper) bool) (first Attachment, found bool) {
	for _, a := range d.expenses() {
		if !states(*a.Paper) {
			continue
		}
		if agrees(*a.Paper) {
			return Attachment{}, false
		}
		if !found {
			first, found = a, true
		}
	}
	return first, found
}

// says is what the sentence about a file needs.
func (a Attachment) says(pairs ...string) map[string]string {
	values := map[string]string{"File": a.ID, "Name": a.Name}
	for i := 0; i+1 < len(pairs); i += 2 {
		values[pairs[i]] = pairs[i+1]
	}
	return values
}
