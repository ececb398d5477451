package post

import (
	"context"
	"crypto/tls"
	"net/url"
	"strconv"
	"time"

	"github.com/wneessen/go-mail"

	"github.com/sodale/sodale/app/fault"
)

// MailServer says which mail server takes the mutual's e-mail, and as whom.
type MailServer struct {
	URL      string      // "smtps://host:465" speaks TLS from the first byte, "smtp://host:587" after STARTTLS, and never without
	From     string      // address, with or without a name: "Mutua Aurora <avvisi@mutua.example>"
	User     string      // "" = no sign-in
	Password string      // of User
	TLS      *tls.Config // whom to believe; nil = the system's certificates
}

// smtpTime is how long one e-mail may take.
const smtpTime = 20 * time.Second

// SMTP hands e-mail to a mail server (RFC 5321), always over TLS.
type SMTP struct {
	from   string
	client *mail.Client
}

// NewSMTP returns the carrier to a mail server; nothing is sent yet. CodeAddress for a URL or sender that can't be used.
func NewSMTP(s MailServer) (*SMTP, error) {
	u, err := url.Parse(s.URL)
	if err != nil || u.Hostname() == "" || u.User != nil {
		return nil, fault.New(CodeAddress, "post.smtp", "url")
	}
	options := []mail.Option{mail.WithTimeout(smtpTime), mail.WithoutNoop()}
	port := 587
	switch u.Scheme {
	case "smtp":
		options = append(options, mail.WithTLSPolicy(mail.TLSMandatory))
	case "smtps":
		port = 465
		options = append(options, mail.WithSSL())
	default:
		return nil, fault.New(CodeAddress, "post.smtp", "scheme")
	}
	if text := u.Port(); text != "" {
		if port, err = strconv.Atoi(text); err != nil {
			return nil, fault.New(CodeAddress, "post.smtp", "port")
		}
	}
	options = append(options, mail.WithPort(port))
	if s.TLS != nil {
		believe := s.TLS.Clone()
		believe.ServerName, believe.MinVersion = u.Hostname(), tls.VersionTLS12
		options = append(options, mail.WithTLSConfig(believe))
	}
	if s.User != "" {
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(s.User), mail.WithPassword(s.Password))
	}
	if _, err := compose(s.From, s.From, "", ""); err != nil {
		return nil, err
	}
	client, err := mail.NewClient(u.Hostname(), options...)
	if err != nil {
		return nil, fault.Wrap(CodeAddress, "post.smtp", "url", err)
	}
	return &SMTP{from: s.From, client: client}, nil
}

// EMail hands one e-mail over; nil once the mail server took it.
func (s *SMTP) EMail(ctx context.Context, to, subject, text string) error {
	m, err := compose(s.from, to, subject, text)
	if err != nil {
		return err
	}
	if err := s.client.DialAndSendWithContext(ctx, m); err != nil {
		return fault.Wrap(CodeCarrier, "post.smtp", "", err)
	}
	return nil
}
