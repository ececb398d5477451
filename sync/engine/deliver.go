package engine

import (
	"context"
	"time"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/api"
)

// rounds is how often one try follows the mutual when it says that files are missing after all.
const rounds = 3

// send uploads what is missing and hands over the frozen bytes.
func (e *Engine) send(ctx context.Context, it *item, s submission.Submission) error {
	for range rounds {
		if err := e.upload(ctx, it, s); err != nil {
			return err
		}
		epoch := e.line.currentEpoch()
		if err := e.ask(ctx, it, len(s.Blobs)); err != nil {
			return err
		}
		e.cfg.Fail("put.before")
		r, raw, err := e.wire.put(ctx, e.token(), s)
		e.cfg.Fail("put.after")
		if signedAs(err, api.CodeBlobsMissing) {
			continue
		}
		if err != nil {
			return err
		}
		return e.confirm(ctx, it, r, raw, epoch)
	}
	return fault.New(CodeNoProgress, "engine.send", s.OpID)
}

// ask commits that the last request is about to leave. A delivered submission that goes again keeps its state.
func (e *Engine) ask(ctx context.Context, it *item, files int) error {
	if it.d.Status == submission.Delivered {
		return nil
	}
	now := e.cfg.Clock.Now().UTC()
	err := e.move(ctx, it, submission.Ask, func(d *submission.Delivery) { d.AskedAt, d.BlobsDone = now, files })
	if err == nil {
		e.cfg.Fail("ask.committed")
	}
	return err
}

// confirm commits a verified receipt. One that was delivered before keeps its state and only gets the newer proof.
func (e *Engine) confirm(ctx context.Context, it *item, r api.Receipt, raw []byte, epoch string) error {
	step := submission.Receipt
	if it.d.Status == submission.Delivered {
		step = ""
	}
	err := e.move(ctx, it, step, func(d *submission.Delivery) { proven(d, r, raw, epoch) })
	if err != nil {
		return err
	}
	it.tries = 0
	e.log.Info("delivered", "op", it.d.OpID, "protocol", r.Protocol)
	e.cfg.Fail("receipt.committed")
	return nil
}

// proven writes down a verified receipt.
func proven(d *submission.Delivery, r api.Receipt, raw []byte, epoch string) {
	d.Receipt, d.DoneAt, d.Protocol, d.Epoch = raw, r.At, r.Protocol, epoch
	d.BlobsDone, d.Attempts, d.NextTry, d.Reason = len(d.Blobs), 0, time.Time{}, ""
}

// settle asks what became of a submission whose answer was lost. Only a receipt or the mutual's signed word that nothing
// arrived changes anything; a receipt of other content is answered by handing over ours, which the mutual then judges.
func (e *Engine) settle(ctx context.Context, it *item, s submission.Submission) error {
	epoch := e.line.currentEpoch()
	r, raw, err := e.inquire(ctx, s)
	switch {
	case err == nil:
		return e.confirm(ctx, it, r, raw, epoch)
	case it.d.Status == submission.Held:
		return patiently(err)
	case signedAs(err, api.CodeNothing):
		return e.nothingThere(ctx, it, s)
	case fault.CodeOf(err) == CodeReceipt:
		return e.send(ctx, it, s)
	}
	return patiently(err)
}

func (e *Engine) inquire(ctx context.Context, s submission.Submission) (api.Receipt, []byte, error) {
	e.cfg.Fail("settle.before")
	r, raw, err := e.wire.receipt(ctx, e.token(), s)
	e.cfg.Fail("settle.after")
	return r, raw, err
}

// nothingThere queues the submission again. One with files ends its lane here and comes back as one that uploads.
func (e *Engine) nothingThere(ctx context.Context, it *item, s submission.Submission) error {
	err := e.move(ctx, it, submission.NothingThere, func(d *submission.Delivery) { d.BlobsDone, d.NextTry = 0, time.Time{} })
	if err != nil {
		return err
	}
	e.cfg.Fail("nothing.committed")
	if len(s.Blobs) > 0 {
		e.board.postpone(it, 0)
		return nil
	}
	return e.send(ctx, it, s)
}

// patiently turns a refusal of a question into a reason to ask again later: only what refuses the submission itself may hold it.
func patiently(err error) error {
	if v := judge(err); v.who == theMember {
		return fault.New(v.code, "engine.settle", "")
	}
	return err
}

// reoffer makes sure that a mutual which came back from a backup still has a delivered submission. The receipt in hand
// stays a proof; if the mutual has nothing, the same bytes go again and its new receipt takes the place of the old.
func (e *Engine) reoffer(ctx context.Context, it *item, s submission.Submission) error {
	epoch := e.line.currentEpoch()
	r, raw, err := e.inquire(ctx, s)
	switch {
	case err == nil:
		return e.confirm(ctx, it, r, raw, epoch)
	case signedAs(err, api.CodeNothing), fault.CodeOf(err) == CodeReceipt:
		e.log.Warn("mutual lost a delivery, sending it again", "op", s.OpID)
		return e.send(ctx, it, s)
	}
	return err
}
