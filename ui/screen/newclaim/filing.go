package newclaim

import (
	"slices"

	"github.com/sodale/sodale/app/claim"
)

// fileAt finds a file of the open document by its id; -1 = it is not there.
func (m *model) fileAt(attachmentID string) int {
	return slices.IndexFunc(m.document().Attachments, func(a claim.Attachment) bool { return a.ID == attachmentID })
}

// MoveFile moves a file of the open document up (-1) or down (+1), and reports whether it did.
func (m *model) MoveFile(attachmentID string, by int) bool {
	d := m.document()
	i := m.fileAt(attachmentID)
	if to := i + by; i < 0 || to < 0 || to >= len(d.Attachments) {
		return false
	}
	m.before(where(d.ID, claim.FieldFiles), "")
	files := slices.Clone(d.Attachments)
	files[i], files[i+by] = files[i+by], files[i]
	d.Attachments = files
	return true
}

// HandFile gives a file of the open document to another one.
func (m *model) HandFile(attachmentID, documentID string) {
	from, to, i := m.document(), m.Claim.Document(documentID), m.fileAt(attachmentID)
	if i < 0 || to == nil || to == from {
		return
	}
	m.before(where(from.ID, claim.FieldFiles), "")
	file := from.Attachments[i]
	from.Attachments = slices.Delete(slices.Clone(from.Attachments), i, i+1)
	to.Attachments = append(slices.Clone(to.Attachments), file)
}

// SetRole says what a file of the open document proves.
func (m *model) SetRole(attachmentID string, role claim.Role) {
	i := m.fileAt(attachmentID)
	if i < 0 || m.document().Attachments[i].Role == role {
		return
	}
	m.before(where(m.Current, claim.FieldFiles), "")
	d := m.document()
	d.Attachments = slices.Clone(d.Attachments)
	d.Attachments[i].Role = role
}

// ReplaceFiles puts one file in the place of the first of some files of the open document; the others go.
func (m *model) ReplaceFiles(documentID string, old []string, with claim.Attachment) bool {
	d := m.Claim.Document(documentID)
	if d == nil {
		return false
	}
	at := slices.IndexFunc(d.Attachments, func(a claim.Attachment) bool { return slices.Contains(old, a.ID) })
	if at < 0 {
		return false
	}
	m.before(where(documentID, claim.FieldFiles), "")
	with.Role = d.Attachments[at].Role
	files := slices.Clone(d.Attachments)
	files[at] = with
	d.Attachments = slices.DeleteFunc(files, func(a claim.Attachment) bool { return a.ID != with.ID && slices.Contains(old, a.ID) })
	return true
}

// AddFile puts a file into a document (CLM-13, CLM-16). A document that is gone meanwhile takes nothing.
func (m *model) AddFile(documentID string, a claim.Attachment) bool {
	d := m.Claim.Document(documentID)
	if d == nil {
		return false
	}
	m.before(where(documentID, claim.FieldFiles), "")
	d.Attachments = append(slices.Clone(d.Attachments), a)
	return true
}
