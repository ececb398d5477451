package main

import (
	"bufio"
	"flag"
	"os"
	"path/filepath"
	"strings"

	"github.com/sodale/sodale/sync/mutuad/archive"
	"github.com/sodale/sodale/sync/mutuad/post"
)

// carriers is how messages to members leave. Secrets come from files: neither arguments nor environment hold one.
type carriers struct {
	smtpURL, smtpFrom, smtpSecret string
	smsWebhook, smsSecret         string
}

func (k *carriers) flags(f *flag.FlagSet) {
	f.StringVar(&k.smtpURL, "smtp-url", "", "mail server, smtps://HOST:465 or smtp://HOST:587 with STARTTLS; none = a file for each message in outgoing")
	f.StringVar(&k.smtpFrom, "smtp-from", "", "sender, for example 'Mutua Aurora <avvisi@mutua.example>'")
	f.StringVar(&k.smtpSecret, "smtp-secret", "", "file with user name and password for the mail server, a line each")
	f.StringVar(&k.smsWebhook, "sms-webhook", "", "https address that takes {\"to\", \"text\"}; none = a file for each message in outgoing")
	f.StringVar(&k.smsSecret, "sms-secret", "", "file with the provider's bearer secret")
}

// postman puts together what the flags say. Who names no carrier gets the folder.
func (k *carriers) postman(a *archive.Archive) (archive.Postman, error) {
	folder := post.NewFolder(filepath.Join(a.Dir, "outgoing"), a.Clock, a.NewID)
	both := post.Both{Mailer: folder, Texter: folder}
	if k.smtpURL != "" {
		lines, err := secretLines(k.smtpSecret, 2)
		if err != nil {
			return nil, err
		}
		if both.Mailer, err = post.NewSMTP(post.MailServer{URL: k.smtpURL, From: k.smtpFrom, User: lines[0], Password: lines[1]}); err != nil {
			return nil, err
		}
	}
	if k.smsWebhook != "" {
		lines, err := secretLines(k.smsSecret, 1)
		if err != nil {
			return nil, err
		}
		if both.Texter, err = post.NewWebhook(k.smsWebhook, lines[0], nil, a.NewID); err != nil {
			return nil, err
		}
	}
	return both, nil
}

// secretLines reads the first n lines of a file of secrets that only its owner reads; empty ones where there is no file.
func secretLines(path string, n int) ([]string, error) {
	lines := make([]string, n)
	if path == "" {
		return lines, nil
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	if shared(info) {
		return nil, &usageError{path + ": others may read it; chmod 600 it first"}
	}
	scan := bufio.NewScanner(file)
	for i := 0; i < n && scan.Scan(); i++ {
		lines[i] = strings.TrimSpace(scan.Text())
	}
	return lines, scan.Err()
}

// shared reports whether others may read a file, where its mode says so.
func shared(info os.FileInfo) bool { return os.PathSeparator == '/' && info.Mode().Perm()&0o077 != 0 }
