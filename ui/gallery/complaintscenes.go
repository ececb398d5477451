package gallery

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/complaint"
	"github.com/sodale/sodale/app/request"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/ui/desktop"
	"github.com/sodale/sodale/ui/words"
)

// complaintScenes are what a member writes to the mutual, and its answers.
var complaintScenes = []Scene{
	{"reclami-nessuno", under(desktop.Complaints)},
	{"reclami", func(w *World) error { return errors.Join(w.wrote(), w.show(desktop.Complaints, "")) }},
	{"reclamo-scrivi", func(w *World) error {
		return errors.Join(filled(w), w.show(desktop.Claims, "c-rejected"), w.Press(words.T("claims.action.complain")), w.settle())
	}},
	{"reclamo-manca", func(w *World) error {
		return errors.Join(filled(w), w.show(desktop.Claims, "c-rejected"), w.Press(words.T("claims.action.complain")), w.settle(),
			w.Fill(words.T("complaint.field.why"), "Male"), w.Press(words.T("complaint.send")), w.settle())
	}},
	{"reclamo-servizio", func(w *World) error {
		return errors.Join(under(desktop.Complaints)(w), w.Press(words.T("complaint.way.complaint")), w.settle(), w.Choose(words.T("complaint.field.about"), words.T("complaint.about.service")), w.settle())
	}},
	{"reclamo-risposta", func(w *World) error {
		err := w.wrote()
		letters, readErr := w.Requests.Letters(context.Background())
		return errors.Join(err, readErr, w.show(desktop.Complaints, letters[len(letters)-1].ID))
	}},
	{"reclamo-risposta-strade", func(w *World) error {
		err := w.wrote()
		letters, readErr := w.Requests.Letters(context.Background())
		return errors.Join(err, readErr, w.show(desktop.Complaints, letters[len(letters)-1].ID), w.below())
	}},
	{"reclamo-rifiutato", func(w *World) error {
		err := w.wrote()
		w.Arrive(submission.Held, "submission.content")
		letters, readErr := w.Requests.Letters(context.Background())
		return errors.Join(err, readErr, w.show(desktop.Complaints, letters[0].ID))
	}},
	{"domanda-scrivi", func(w *World) error {
		return errors.Join(under(desktop.Complaints)(w), w.Press(words.T("complaint.way.question")), w.settle())
	}},
	{"pratiche-reclamo", func(w *World) error { return errors.Join(w.wrote(), w.show(desktop.Claims, "c-rejected")) }},
}

// wrote lets Elena have written three letters: a complaint that was answered, a question that is looked at, a complaint that waits.
func (w *World) wrote() error {
	err := filled(w)
	answered, sendErr := w.Requests.Complain(context.Background(), complaint.Complaint{About: complaint.OfClaim, Claim: "c-rejected", Matter: complaint.Eligibility,
		Why: "La visita era stata prescritta dal medico di famiglia e la ricetta era allegata.", Asked: "Chiedo che la pratica sia riesaminata con la ricetta."}, "")
	err = errors.Join(err, sendErr)
	w.Arrive(submission.Delivered, "")
	w.HearOf(answered, 48*time.Hour, complaint.StatusNews{State: complaint.Received, Number: "R26-000031"})
	w.HearOf(answered, 30*time.Hour, complaint.StatusNews{State: complaint.InReview, Number: "R26-000031"})
	w.HearOf(answered, time.Hour, complaint.StatusNews{State: complaint.Answered, Number: "R26-000031", Outcome: complaint.Partly, By: "Commissione sussidi",
		Answer: "La ricetta c’era: la visita viene rimborsata. Gli esami restano esclusi dal piano, perché eseguiti a solo scopo preventivo."})
	question, sendErr := w.Requests.Ask(context.Background(), complaint.Question{Topic: "Orari di dicembre", Text: "L’ufficio è aperto il 24 e il 31 dicembre?"}, "")
	err = errors.Join(err, sendErr)
	w.Arrive(submission.Delivered, "")
	w.HearOf(question, 3*time.Hour, complaint.StatusNews{State: complaint.InReview, Number: "R26-000035"})
	_, sendErr = w.Requests.Complain(context.Background(), complaint.Complaint{About: complaint.OfService, Named: "Sportello di Milano, via Torino", On: civil.Of(now).AddDays(-4),
		Why: "Ho aspettato due ore e poi l’ufficio ha chiuso.", Asked: "Chiedo di essere richiamata per un appuntamento."}, "")
	return errors.Join(err, sendErr, w.settle())
}

// HearOf lets the mutual say something of a letter, so long ago.
func (w *World) HearOf(r request.Request, ago time.Duration, news complaint.StatusNews) {
	body, err := json.Marshal(news)
	if err != nil {
		panic(err) // texts can always be written
	}
	w.Asked.Hear(submission.FeedEvent{ID: r.ID + string(news.State), Kind: submission.EventComplaint, Subject: r.ID, At: now.Add(-ago), Body: body})
	w.Say()
}
