package post

import (
	"bytes"
	"context"
	"os"
	"path/filepath"

	"github.com/wneessen/go-mail"

	"github.com/sodale/sodale/app/clock"
	"github.com/sodale/sodale/app/fault"
)

// Folder keeps messages as files that only their owner reads, so that nothing leaves the machine: one .eml for each e-mail and one
// .sms.txt for each SMS, in the order they were written.
type Folder struct {
	dir   string
	clock clock.Clock
	newID func() (string, error)
}

// folderSender is who the e-mail in a folder is from.
const folderSender = "mutua@localhost.localdomain"

// NewFolder returns the one at dir, which is made with the first message.
func NewFolder(dir string, c clock.Clock, newID func() (string, error)) *Folder {
	return &Folder{dir: dir, clock: c, newID: newID}
}

// EMail writes an e-mail as RFC 5322 has it.
func (f *Folder) EMail(_ context.Context, to, subject, text string) error {
	m, err := compose(folderSender, to, subject, text)
	if err != nil {
		return err
	}
	m.SetDateWithValue(f.clock.Now())
	var b bytes.Buffer
	if _, err := m.WriteTo(&b); err != nil {
		return fault.Wrap(CodeCarrier, "post.folder", "", err)
	}
	return f.put(b.Bytes(), ".eml")
}

// SMS writes the number, an empty line and the text.
func (f *Folder) SMS(_ context.Context, to, text string) error {
	return f.put([]byte(to+"\n\n"+text+"\n"), ".sms.txt")
}

// put writes a file beside its name and then gives it that name: whoever sees it sees all of it.
func (f *Folder) put(content []byte, ending string) error {
	name, err := f.newID()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(f.dir, 0o700); err != nil {
		return fault.Wrap(CodeCarrier, "post.folder", "", err)
	}
	path := filepath.Join(f.dir, name+ending)
	if err := os.WriteFile(path+".new", content, 0o600); err != nil {
		return fault.Wrap(CodeCarrier, "post.folder", "", err)
	}
	if err := os.Rename(path+".new", path); err != nil {
		return fault.Wrap(CodeCarrier, "post.folder", "", err)
	}
	return nil
}

// compose writes an e-mail of plain text.
func compose(from, to, subject, text string) (*mail.Msg, error) {
	m := mail.NewMsg()
	if err := m.From(from); err != nil {
		return nil, fault.Wrap(CodeAddress, "post.compose", "from", err)
	}
	if err := m.To(to); err != nil {
		return nil, fault.Wrap(CodeAddress, "post.compose", "to", err)
	}
	m.Subject(subject)
	m.SetMessageID()
	m.SetDate()
	m.SetBodyString(mail.TypeTextPlain, text)
	return m, nil
}
