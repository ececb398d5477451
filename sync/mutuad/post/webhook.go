package post

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/sodale/sodale/app/fault"
)

// webhookTime is how long one SMS may take to hand over.
const webhookTime = 15 * time.Second

// Webhook hands SMS to a provider: POST {"to": "+39…", "text": "…"} over HTTPS, with "Authorization: Bearer" and the secret, and an
// Idempotency-Key. Any answer of the 200s means that the provider has it.
type Webhook struct {
	url    string
	secret string
	client *http.Client
	newID  func() (string, error)
}

// NewWebhook returns the carrier to a provider; transport nil is the usual one. CodeAddress for an address that is not https.
func NewWebhook(address, secret string, transport http.RoundTripper, newID func() (string, error)) (*Webhook, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil {
		return nil, fault.New(CodeAddress, "post.webhook", "url")
	}
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse } // the secret goes nowhere else
	return &Webhook{url: address, secret: secret, newID: newID, client: &http.Client{Transport: transport, Timeout: webhookTime, CheckRedirect: stay}}, nil
}

// SMS hands one SMS over.
func (w *Webhook) SMS(ctx context.Context, to, text string) error {
	body, err := json.Marshal(map[string]string{"to": to, "text": text})
	if err != nil {
		return err
	}
	key, err := w.newID()
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, w.url, bytes.NewReader(body))
	if err != nil {
		return fault.Wrap(CodeAddress, "post.webhook", "", err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Idempotency-Key", key)
	if w.secret != "" {
		request.Header.Set("Authorization", "Bearer "+w.secret)
	}
	answer, err := w.client.Do(request)
	if err != nil {
		return fault.Wrap(CodeCarrier, "post.webhook", "", err)
	}
	defer answer.Body.Close()
	if _, err := io.Copy(io.Discard, io.LimitReader(answer.Body, 64<<10)); err != nil || answer.StatusCode/100 != 2 {
		return fault.New(CodeCarrier, "post.webhook", strconv.Itoa(answer.StatusCode))
	}
	return nil
}
