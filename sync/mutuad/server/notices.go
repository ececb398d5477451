package server

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/sync/mutuad/store"
)

// How notices leave.
const (
	noticePace  = 2 * time.Second  // how often Serve looks for them
	noticeAgain = 10 * time.Minute // between two tries of one
	noticeTries = 12
	noticeBatch = 50
)

// noticeWords say what happened to a claim in words that may lie on any telephone or in any mailbox: no health data (NTF-02 … NTF-04).
var noticeWords = map[claim.State]string{
	claim.Registered:         "la pratica NUMERO è stata ricevuta.",
	claim.Blocked:            "la pratica NUMERO è ferma per un blocco amministrativo.",
	claim.DocumentsRequested: "per la pratica NUMERO serve una tua risposta.",
	claim.Approved:           "c'è una decisione sulla pratica NUMERO.",
	claim.Rejected:           "c'è una decisione sulla pratica NUMERO.",
	claim.Paid:               "per la pratica NUMERO è stato disposto un pagamento.",
}

// SendNotices sends the notices about claims that are due, and returns how many left. One that the carrier does not take is tried again
// later, and given up in the end: the member's program has the news in any case.
func (s *Server) SendNotices(ctx context.Context) (int, error) {
	now := s.archive.Now()
	var due []store.Notice
	err := s.archive.Store.Write(ctx, func(tx *store.Tx) error {
		var err error
		due, err = tx.TakeNotices(ctx, now, now.Add(noticeAgain), noticeBatch)
		return err
	})
	if err != nil {
		return 0, err
	}
	slices.SortFunc(due, func(a, b store.Notice) int { return strings.Compare(a.ID, b.ID) })
	sent := 0
	for _, n := range due {
		failed := s.sendNotice(ctx, n)
		if failed != nil {
			s.log.Error("notice not sent", "number", n.Protocol, "tries", n.Tries, "code", string(fault.CodeOf(failed)))
			if n.Tries < noticeTries {
				continue
			}
		} else {
			sent++
		}
		if err := s.archive.Store.Write(ctx, func(tx *store.Tx) error { return tx.DropNotice(ctx, n.ID) }); err != nil {
			return sent, err
		}
	}
	return sent, nil
}

// sendNotice sends one to the address that the household has now. Where there is none, it goes nowhere.
func (s *Server) sendNotice(ctx context.Context, n store.Notice) error {
	h, err := s.archive.Store.Household(ctx, n.Member)
	if fault.CodeOf(err) == store.CodeNone {
		return nil
	}
	if err != nil {
		return err
	}
	m, err := s.archive.Mutual(ctx)
	if err != nil {
		return err
	}
	words := strings.Replace(noticeWords[claim.State(n.About)], "NUMERO", n.Protocol, 1)
	if words == "" {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, postingTime)
	defer cancel()
	text := m.Name + ": " + words + " Entra in area riservata per i dettagli."
	switch {
	case n.Channel == store.ChannelMobile && h.Mobile != "":
		return s.postman.SMS(ctx, h.Mobile, text)
	case n.Channel == store.ChannelEMail && h.EMail != "":
		return s.postman.EMail(ctx, h.EMail, m.Name+": pratica "+n.Protocol, text)
	}
	return nil
}

// keepSending sends notices until ctx ends.
func (s *Server) keepSending(ctx context.Context) {
	look := time.NewTicker(noticePace)
	defer look.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-look.C:
		}
		if _, err := s.SendNotices(ctx); err != nil && ctx.Err() == nil {
			s.log.Error("notices not sent", "code", string(fault.CodeOf(err)))
		}
	}
}
